"""The picture of a channel plan. Floats are for drawing only; no figure is read from a picture."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from experts.marketing_sales.tools._curves import results_at

if TYPE_CHECKING:
    from experts.marketing_sales.actions.campaign_strategy_development import Brief, Output

MOST_LINES = 8
_POINTS = 60
_NOMINAL_EDGE = Decimal(10_000)
"""Where the axis ends when the brief names no amount at all: power curves look the same at any scale."""


def pictures_of(brief: Brief, output: Output) -> dict[str, str]:
    """SVG by id: "curves", if any channel has one."""
    return {"curves": _curves(brief, output)} if any(c.curve for c in output.channels.values()) else {}


def finding(output: Output) -> str:
    """What the picture shows, in a sentence without digits."""
    keys = _drawn(output, _edge(output))
    if len(keys) == 1:
        return f"Each further amount spent on {output.channels[keys[0]].label} brings less than the one before"
    leaders = {_leader(output, keys, _edge(output) * step / 10) for step in range(1, 11)}
    if len(leaders) == 1:
        return f"At equal spend most comes from {output.channels[keys[0]].label}, and every channel slows down"
    return f"Which channel brings most depends on the spend; at the right end it is {output.channels[keys[0]].label}"


def _leader(output: Output, keys: list[str], spend: Decimal) -> str:
    return max(keys, key=lambda key: _results(output, key, spend))


def _results(output: Output, key: str, spend: Decimal) -> Decimal:
    curve = output.channels[key].curve
    return results_at(curve, spend, key) if curve else Decimal(0)


def _edge(output: Output) -> Decimal:
    """Right end of the axis: twice the largest amount named, or the largest maximum if all channels have one."""
    with_curve = [channel for channel in output.channels.values() if channel.curve]
    if all(channel.maximum is not None for channel in with_curve):
        return max(channel.maximum or Decimal(0) for channel in with_curve) or _NOMINAL_EDGE
    named = [Decimal(0)]
    for channel in with_curve:
        named += [channel.minimum, channel.maximum or Decimal(0)]
        named += [channel.curve.scale or Decimal(0)] if channel.curve else []
        named += [channel.fit.largest_spend] if channel.fit else []
        named += [2 * channel.answers.spend_now] if channel.answers else []
    return 2 * max(named) or _NOMINAL_EDGE


def _drawn(output: Output, edge: Decimal) -> list[str]:
    """The channels with a line, those that bring most at the right end first."""
    keys = [key for key, channel in output.channels.items() if channel.curve]
    return sorted(keys, key=lambda key: (-_results(output, key, edge), key))[:MOST_LINES]


def _points(brief: Brief, output: Output, key: str) -> list[tuple[float, float]]:
    """What is known about the channel: past rows, or the two answers."""
    answers = output.channels[key].answers
    if answers is not None:
        return [
            (float(answers.spend_now), float(answers.results_now)),
            (2 * float(answers.spend_now), float(answers.results_at_double)),
        ]
    return [(float(row.spend), float(row.results)) for row in (brief.channels[key].past or {}).values()]


def _curves(brief: Brief, output: Output) -> str:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    from experts.core.charts import GRID, MUTED, SERIES, figure, shorten, svg

    edge = _edge(output)
    keys = _drawn(output, edge)
    dots = False
    with figure(7.4, 4.4 + 0.08 * len(keys), finding(output)) as (made, axes):
        for key, color in zip(keys, SERIES, strict=False):
            channel = output.channels[key]
            first, last = channel.minimum, min(channel.maximum or edge, edge)
            spends = [first + (last - first) * (Decimal(step) / _POINTS) ** 2 for step in range(_POINTS + 1)]
            results = [float(_results(output, key, spend)) for spend in spends]
            axes.plot([float(s) for s in spends], results, color=color, linewidth=2, label=shorten(channel.label, 40))
            ends = ([first] if first else []) + ([last] if channel.maximum is not None else [])
            axes.plot(
                [float(s) for s in ends],
                [float(_results(output, key, s)) for s in ends],
                "|",
                color=color,
                ms=11,
                mew=2,
            )
            points = _points(brief, output, key)
            dots = dots or bool(points)
            axes.plot([p[0] for p in points], [p[1] for p in points], "o", color=color, ms=4, alpha=0.7)
        axes.set_xlim(0, float(edge) * 1.02)
        axes.set_ylim(bottom=0)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(MaxNLocator(6))
            axis.set_major_formatter(FuncFormatter(_tick))
        axes.set_xlabel(f"Spend on the channel ({brief.currency})")
        axes.set_ylabel(f"{shorten(output.result_name, 40)} (number)")
        axes.grid(True, color=GRID)
        axes.set_axisbelow(True)
        if any(c.minimum or c.maximum is not None for c in output.channels.values()):
            axes.plot([], [], "|", color=MUTED, ms=11, mew=2, label="least or most it takes")
        if dots:
            axes.plot([], [], "o", color=MUTED, ms=4, label="what is known")
        ncols = 3 if all(len(output.channels[key].label) <= 20 for key in keys) else 2
        made.legend(loc="outside lower left", ncols=ncols, frameon=False, labelcolor=MUTED)
        return svg(made)


def _tick(value: float, _: Any) -> str:
    return f"{value:,.0f}" if value == 0 or abs(value) >= 10 else f"{value:,.2g}"
