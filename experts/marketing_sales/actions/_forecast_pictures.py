"""The pictures of a KPI forecast. Floats are for drawing only; no figure is read from a picture."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from experts.core.quantities import round_to
from experts.marketing_sales.actions._forecast_text import AT_MOST
from experts.marketing_sales.actions._words import joined

if TYPE_CHECKING:
    from experts.marketing_sales.actions.campaign_kpi_forecast import Brief, KpiForecastRow, Output

MOST_BARS = 16
_WIDEST = 4.0
"""The target picture ends here, at this many times the target; what lies beyond gets an arrow."""


def pictures_of(brief: Brief, output: Output) -> dict[str, str]:
    """SVG by id: "results" and "kpis", each only if it has something to show."""
    pictures = {}
    if any(channel.expected for channel in output.channels.values()):
        pictures["results"] = _results(brief, output)
    if shown_kpis(output):
        pictures["kpis"] = _kpis(brief, output)
    return pictures


def channel_finding(output: Output) -> str:
    """What the picture of results shows, in a sentence without digits."""
    top = output.channels[_by_results(output)[0]].label
    return f"Most results are expected from {top}"


def kpi_finding(output: Output) -> str:
    """What the picture of targets shows, in a sentence without digits."""
    rows = [output.kpis[key] for key in shown_kpis(output)]
    missed = [row.label for row in rows if row.verdict == "missed"]
    if missed:
        return f"Expected to miss the target: {joined(missed, 3)}"
    risk = [row.label for row in rows if row.verdict == "at risk"]
    if risk:
        return f"Met as expected, but not at the low end: {joined(risk, 3)}"
    return "Every forecast stays on the good side of its target, also at the low end"


def shown_kpis(output: Output) -> list[str]:
    """The KPIs with a forecast, in the order of the brief."""
    return [key for key, row in output.kpis.items() if row.forecast is not None][:MOST_BARS]


def _by_results(output: Output) -> list[str]:
    keys = [key for key, channel in output.channels.items() if channel.expected]
    return sorted(keys, key=lambda key: (-output.channels[key].expected, key))[:MOST_BARS]


def _shown(value: Decimal) -> str:
    return f"{round_to(value, 0):,f}" if value >= 100 else f"{round_to(value, 1):,f}"


def _results(brief: Brief, output: Output) -> str:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    from experts.core.charts import ACCENT, GRID, MUTED, figure, shorten, svg

    keys = _by_results(output)
    ranges = [output.channels[key] for key in keys]
    top = max(float(item.high) for item in ranges)
    with figure(7.4, 1.7 + 0.42 * len(keys), channel_finding(output)) as (made, axes):
        for place, item in enumerate(ranges):
            low, high = float(item.low), float(item.high)
            axes.barh(place, high - low, left=low, height=0.34, color=ACCENT, alpha=0.35)
            axes.plot([float(item.expected)], [place], "o", color=ACCENT, ms=7)
            axes.text(
                high + top * 0.015,
                place,
                f"{_shown(item.expected)} ({_shown(item.low)}\u2013{_shown(item.high)})",
                va="center",
            )
        axes.set_yticks(range(len(keys)), [shorten(item.label, 28) for item in ranges])
        axes.invert_yaxis()
        axes.set_xlim(0, top * 1.36)
        axes.xaxis.set_major_locator(MaxNLocator(6))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:,.0f}" if x >= 10 or x == 0 else f"{x:,.2g}"))
        axes.set_xlabel(f"{shorten(brief.campaign.result_name, 50)} (number)")
        axes.xaxis.grid(True, color=GRID)
        axes.set_axisbelow(True)
        axes.tick_params(axis="y", length=0)
        axes.plot([], [], "o", color=ACCENT, ms=7, label="expected")
        axes.barh([0], [0], color=ACCENT, alpha=0.35, label="low to high end")
        made.legend(loc="outside lower left", ncols=2, frameon=False, labelcolor=MUTED)
        return svg(made)


def _reached(row: KpiForecastRow, value: Decimal | None) -> float:
    """How far a value reaches the target: one at the target, more if better, whichever way the measure counts."""
    if value is None:
        return 0.0
    if row.measure in AT_MOST:
        return float(row.target / value) if value else _WIDEST
    return float(value / row.target)


def _bar(row: KpiForecastRow) -> tuple[float, float, float]:
    """Worst, expected and best end on the axis of the target picture."""
    low, high = sorted((_reached(row, row.low), _reached(row, row.high)))
    return min(low, _WIDEST), min(_reached(row, row.forecast), _WIDEST), min(high, _WIDEST)


def _label(brief: Brief, row: KpiForecastRow) -> str:
    """The expected value with its unit, and the target."""
    word = "at most" if row.measure in AT_MOST else "at least"
    forecast = row.forecast or Decimal(0)
    if row.measure == "cost_per_result":
        return f"{brief.currency} {round_to(forecast, 2):,f}, {word} {_number(row.target)}"
    unit = (" month" if forecast == 1 else " months") if row.measure == "payback_months" else ""
    return f"{_number(forecast)}{unit}, {word} {_number(row.target)}"


def _number(value: Decimal) -> str:
    places = max(0, min(2, -int(value.normalize().as_tuple().exponent)))
    return f"{round_to(value, 0 if value >= 1000 else places):,f}"


def _kpis(brief: Brief, output: Output) -> str:
    from textwrap import fill

    from experts.core.charts import ACCENT, GRID, INK, MUTED, SECOND, figure, shorten, svg

    keys = shown_kpis(output)
    with figure(7.4, 1.9 + 0.5 * len(keys), kpi_finding(output)) as (made, axes):
        bars = {key: _bar(output.kpis[key]) for key in keys}
        edge = max(1.2, *(right for _, _, right in bars.values()))
        for place, key in enumerate(keys):
            row = output.kpis[key]
            left, middle, right = bars[key]
            color: Any = SECOND if row.verdict == "missed" else ACCENT
            axes.barh(place, right - left, left=left, height=0.3, color=color, alpha=0.35)
            axes.plot([middle], [place], "o" if _reached(row, row.forecast) <= _WIDEST else ">", color=color, ms=7)
            # Never across the line of the target.
            axes.text(max(right, middle, 1) + 0.04 * edge, place, _label(brief, row), va="center")
        axes.axvline(1, color=INK, linewidth=1.5)
        axes.set_yticks(range(len(keys)), [fill(shorten(output.kpis[key].label, 44), 24) for key in keys])
        axes.set_ylim(len(keys) - 0.4, -0.6)
        axes.set_xlim(0, edge * 1.75)
        axes.set_xticks([tick / 2 for tick in range(int(edge * 2) + 1)] if edge < 2.5 else list(range(int(edge) + 1)))
        axes.set_xlabel("Forecast against target (line: exactly on target; right is better)")
        axes.xaxis.set_major_formatter(lambda x, _: f"{x * 100:.0f}%")
        axes.xaxis.grid(True, color=GRID)
        axes.set_axisbelow(True)
        axes.tick_params(axis="y", length=0)
        axes.plot([], [], "o", color=MUTED, ms=7, label="expected")
        axes.barh([0], [0], color=MUTED, alpha=0.35, label="worst to best end")
        made.legend(loc="outside lower left", ncols=2, frameon=False, labelcolor=MUTED)
        return svg(made)
