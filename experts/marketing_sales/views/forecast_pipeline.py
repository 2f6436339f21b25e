"""The pipeline: open and expected amounts by stage, and the range against the target."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.marketing_sales.tools.forecast_pipeline import PipelineForecast
from experts.marketing_sales.views._look import compact, money, percent, words


def view(result: PipelineForecast, arguments: Mapping[str, Any]) -> View:
    """Bars by stage, range line, table."""
    currency = str(arguments["currency"])
    title = f"{money(result.expected, currency)} {currency} expected, {money(result.low, currency)} to {money(result.high, currency)}"
    if result.gap is not None:
        title += f"; {money(abs(result.gap), currency)} {'short of' if result.gap > 0 else 'above'} the target"
    chances = arguments["stages"]
    rows = [
        {
            "stage": words(name),
            "chance": percent(chances[name]),
            "deals": str(row.deals),
            "amount": money(row.amount, currency),
            "expected": money(row.expected, currency),
        }
        for name, row in result.stages.items()
    ]
    heads = {
        "stage": ("Stage", "text"),
        "chance": ("Probability", "rate"),
        "deals": ("Deals", "count"),
        "amount": (f"Open, {currency}", "money"),
        "expected": (f"Expected, {currency}", "money"),
    }
    note = f"Coverage of the target {percent(result.coverage, 0)}." if result.coverage is not None else ""
    return View(
        title=title,
        blocks=document(
            Picture(picture="pipeline", title=title, alt=f"Open and expected amounts by stage. {title}."),
            grid("Stages", heads, rows, note),
            *closing(result),
        ),
        pictures={"pipeline": _chart(result, arguments, title, currency)},
    )


def _chart(result: PipelineForecast, arguments: Mapping[str, Any], title: str, currency: str) -> str:
    from matplotlib.ticker import FuncFormatter

    from experts.core.charts import ACCENT, GRID, INK, SECOND, figure, shorten, svg

    names = list(result.stages)
    target = arguments.get("target")
    labels = [shorten(words(name), 24) for name in names] + ["All: expected, range"]
    with figure(7.4, 1.9 + 0.5 * len(labels), title) as (made, axes):
        for at, name in enumerate(names):
            row = result.stages[name]
            axes.barh(at, float(row.amount), 0.6, color=GRID)
            axes.barh(at, float(row.expected), 0.6, color=ACCENT)
        last = len(names)
        axes.plot([float(result.low), float(result.high)], [last, last], color=SECOND, linewidth=3)
        axes.plot([float(result.expected)], [last], "o", color=SECOND, markersize=8)
        if target is not None:
            axes.axvline(float(target), color=INK, linestyle=":", linewidth=1.2)
        axes.set_yticks(range(len(labels)), labels)
        axes.invert_yaxis()
        most = max(
            float(value) for value in [result.high, target or Decimal(0), *(r.amount for r in result.stages.values())]
        )
        axes.set_xlim(0, most * 1.05 or 1)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: compact(value)))
        dotted = "; dotted: target" if target is not None else ""
        axes.set_xlabel(f"{currency} (grey: open, blue: expected{dotted})")
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return svg(made)
