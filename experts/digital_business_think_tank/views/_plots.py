"""Plots on axes that several views use, in the suite's one look."""

from collections.abc import Sequence
from decimal import Decimal

from experts.digital_business_think_tank.views._page import amount

LOW_COLOUR, HIGH_COLOUR = "#B5451B", "#004E89"
PALETTE = ("#12507B", "#B5451B", "#4F772D", "#6D4C91", "#7A5C00", "#1B6B62", "#6B4F45", "#4A5568")
"""Dark enough that white text on them, and text in them on white, has a contrast of at least 4.5 to 1."""


def tornado(
    title: str,
    axis: str,
    bars: Sequence[tuple[str, Decimal, Decimal]],
    centre: Decimal,
    labels: tuple[str, str],
    zero: bool = True,
) -> str:
    """Bars from low to high around a centre; (label, value at the first label, value at the second)."""
    from matplotlib.patches import Patch

    from experts.core import charts

    shown = list(bars)[:15]
    with charts.figure(8.4, 2.0 + 0.42 * len(shown), title) as (made, axes):
        for at, (_, low, high) in enumerate(reversed(shown)):
            for value, colour in ((low, LOW_COLOUR), (high, HIGH_COLOUR)):
                axes.barh(at, float(value - centre), left=float(centre), color=colour, height=0.58)
        axes.set_yticks(range(len(shown)), [charts.shorten(name, 30) for name, _, _ in reversed(shown)])
        axes.tick_params(axis="y", length=0, labelcolor=charts.INK)
        axes.axvline(float(centre), color=charts.INK, linewidth=1)
        low_end, high_end = axes.get_xlim()
        if zero and low_end <= 0 <= high_end:
            axes.axvline(0, color=charts.MUTED, linewidth=1, linestyle=(0, (4, 3)))
        axes.set_xlabel(axis)
        _thousands(axes.xaxis)
        handles = [
            Patch(color=colour, label=label) for colour, label in ((LOW_COLOUR, labels[0]), (HIGH_COLOUR, labels[1]))
        ]
        made.legend(handles=handles, loc="outside lower left", ncols=2, frameon=False, fontsize=9)
        axes.grid(axis="x", color=charts.GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return charts.svg(made)


def _thousands(axis: object) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(6))  # type: ignore[attr-defined]
    axis.set_major_formatter(FuncFormatter(lambda value, _: _short(value)))  # type: ignore[attr-defined]


def _short(value: float) -> str:
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return (
            amount(Decimal(repr(round(float(value), 6))))
            .replace(" million", " m")
            .replace(" billion", " bn")
            .replace(" trillion", " tn")
        )
    return f"{value:g}"


def thousands(axes: object, which: str = "y") -> None:
    """Tick labels with thousands separated, in words above a million."""
    _thousands(getattr(axes, f"{which}axis"))


def distinct(positions: Sequence[float], least: float) -> list[float]:
    """Positions moved apart so that none is nearer than `least` to the next; their order and middle stay."""
    order = sorted(range(len(positions)), key=lambda at: (positions[at], at))
    placed = [positions[at] for at in order]
    for _ in range(200):
        moved = False
        for at in range(len(placed) - 1):
            gap = placed[at + 1] - placed[at]
            if gap < least - 1e-9:
                shift = (least - gap) / 2
                placed[at] -= shift
                placed[at + 1] += shift
                moved = True
        if not moved:
            break
    found = [0.0] * len(positions)
    for at, value in zip(order, placed, strict=True):
        found[at] = value
    return found
