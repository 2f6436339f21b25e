"""Where the money goes: spend by channel with what it is expected to bring."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.optimize_budget_allocation import OptimizedBudget
from experts.finance_accountant.views._look import bounds, money, money_axis, number

_SHOWN = 30


def view(result: OptimizedBudget, arguments: Mapping[str, Any]) -> View:
    """Spend and results by channel, the bounds that bind, and what one more unit brings."""
    currency = result.currency
    title = f"{money(result.media, currency)} {currency} of media"
    if result.expected_results is not None:
        title += f" bring {number(result.expected_results, 0)} results"
    if result.marginal_cost is not None:
        title += f"; one more costs {money(result.marginal_cost, currency)}"
    columns = {
        "channel": ("Channel", "text"),
        "spend": ("Spend", "money"),
        "results": ("Results", "count"),
        "cost": ("Cost per result", "money"),
        "marginal": ("Cost of one more", "money"),
    }
    rows = [
        {
            "channel": line.label,
            "spend": money(line.spend, currency),
            "results": number(line.expected_results, 0),
            "cost": "" if line.cost_per_result is None else money(line.cost_per_result, currency),
            "marginal": "" if line.marginal_cost is None else money(line.marginal_cost, currency),
        }
        for line in result.lines.values()
    ]
    pairs = [
        ("Total", result.total),
        ("Reserve", result.reserve),
        ("Production", result.production),
        ("Media", result.media),
        ("Unallocated", result.unallocated),
    ]
    tables = [
        grid(f"Channels, {currency}", columns, rows),
        grid(
            "The total",
            {"name": ("Part", "text"), "value": (currency, "money")},
            [{"name": n, "value": money(v, currency)} for n, v in pairs],
        ),
    ]
    if result.binding:
        bounds = [
            {
                "channel": one.label,
                "bound": f"{one.bound} of {money(one.amount, currency)}",
                "gain": str(one.gain_per_unit),
            }
            for one in result.binding.values()
        ]
        heads = {
            "channel": ("Channel", "text"),
            "bound": ("Bound", "text"),
            "gain": (f"Results per {currency} of slack", "ratio"),
        }
        tables.append(grid("Bounds that cost results", heads, bounds))
    return View(
        title=title,
        blocks=document(
            Picture(picture="allocation", title=title, alt=f"Spend by channel. {title}."), *tables, *closing(result)
        ),
        pictures={"allocation": _chart(result, title)},
    )


def _chart(result: OptimizedBudget, title: str) -> str:
    from experts.core.charts import ACCENT, GRID, figure, shorten, svg

    lines = sorted(result.lines.values(), key=lambda line: (-line.spend, line.label))[:_SHOWN]
    with figure(9, 1.8 + 0.42 * len(lines), title) as (made, axes):
        axes.barh(range(len(lines)), [float(line.spend) for line in lines], 0.6, color=ACCENT)
        for at, line in enumerate(lines):
            said = money(line.spend, result.currency)
            if not line.used:
                said = "not used"
            elif line.expected_results is not None:
                said += f" → {number(line.expected_results, 0)} results"
            axes.annotate(
                said, (float(line.spend), at), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9
            )
        axes.set_yticks(range(len(lines)), [shorten(line.label, 30) for line in lines])
        axes.invert_yaxis()
        bounds(axes, [line.spend for line in lines], right=0.4)
        axes.set_xlabel(f"Spend, {result.currency}")
        money_axis(axes.xaxis)
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return svg(made)
