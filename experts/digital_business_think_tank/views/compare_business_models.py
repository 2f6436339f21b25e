"""Cash of each model over the years, and the figures behind it."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.compare_business_models import ModelComparison
from experts.digital_business_think_tank.views._page import amount, brief, figure, grid, page, percent, words


def view(result: ModelComparison, arguments: Mapping[str, Any]) -> View:
    """Title, lines of cumulative cash, and the comparison."""
    currency = str(arguments["currency"])
    first, second = result.ranking[0], result.ranking[1]
    turn = (
        ""
        if result.flips is None
        else f"; they draw level if {brief(words(first.model))} wins only {percent(result.flips, 0)} of its customers"
    )
    title = f"{brief(words(first.model))} leaves {amount(first.cash_by_year[-1], currency)} after {len(first.cash_by_year)} years, {brief(words(second.model))} {amount(second.cash_by_year[-1], currency)}{turn}"
    rows = [
        {
            "name": words(row.model),
            "revenue": figure(row.revenue),
            "contribution": figure(row.contribution),
            "result": figure(row.result),
            "even": "never" if row.break_even_customers is None else figure(row.break_even_customers),
            "ltv": "" if row.lifetime_contribution is None else figure(row.lifetime_contribution),
            "ratio": "" if row.ltv_to_cac is None else figure(row.ltv_to_cac),
            "cash": figure(row.cash_by_year[-1]),
            "half": figure(row.cash_if_customers_halve),
        }
        for row in result.ranking
    ]
    columns = {
        "name": ("Model", "text"),
        "revenue": (f"Revenue a year, {currency}", "money"),
        "contribution": ("Contribution", "money"),
        "result": ("Result", "money"),
        "even": ("Break-even customers", "count"),
        "ltv": ("Lifetime contribution", "money"),
        "ratio": ("LTV / CAC", "ratio"),
        "cash": ("Cash at the end", "money"),
        "half": ("Cash with half the customers", "money"),
    }
    return page(
        title, result, grid("Side by side", columns, rows), pictures={"cash": (_lines(result, title, currency), title)}
    )


def _lines(result: ModelComparison, title: str, currency: str) -> str:
    from experts.core import charts
    from experts.digital_business_think_tank.views._plots import PALETTE, distinct, thousands

    with charts.figure(8.4, 4.6, title) as (made, axes):
        years = len(result.ranking[0].cash_by_year)
        ends = []
        for at, row in enumerate(result.ranking):
            values = [0.0, *[float(v) for v in row.cash_by_year]]
            axes.plot(range(years + 1), values, color=PALETTE[at], linewidth=2.2, marker="o", markersize=4)
            ends.append(values[-1])
        low, high = axes.get_ylim()
        for at, y in enumerate(distinct(ends, (high - low) * 0.06)):
            label = charts.shorten(words(result.ranking[at].model), 22)
            axes.annotate(
                label,
                (years, y),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                color=PALETTE[at],
                fontsize=9,
                fontweight="bold",
                annotation_clip=False,
            )
        axes.axhline(0, color=charts.MUTED, linewidth=1, linestyle=(0, (4, 3)))
        axes.set_xticks(range(years + 1))
        axes.set_xlabel("Year")
        axes.set_ylabel(f"Cumulative cash, {currency}")
        thousands(axes)
        axes.grid(axis="y", color=charts.GRID, linewidth=0.6)
        return charts.svg(made)
