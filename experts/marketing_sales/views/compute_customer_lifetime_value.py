"""The cohort chart: who stays, by period, against the constant rate; or the value as it builds up."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.marketing_sales.tools.compute_customer_lifetime_value import LifetimeValue
from experts.marketing_sales.views._look import money, number, percent

MOST_SHOWN = 36


def view(result: LifetimeValue, arguments: Mapping[str, Any]) -> View:
    """Cohort chart, figures, and the cohort's table where one was given."""
    currency = str(arguments["currency"])
    title = (
        f"A customer is worth {money(result.value, currency)} {currency} at a retention of {percent(result.retention)}"
    )
    if result.value_to_cost is not None:
        title += f", {number(result.value_to_cost)} times its cost"
    pairs = [
        ("Value", money(result.value, currency)),
        ("Value at five points less retention", money(result.value_low, currency)),
        ("Value at five points more retention", money(result.value_high, currency)),
        ("Value less acquisition cost", money(result.net_value, currency)),
        ("Value to cost", number(result.value_to_cost)),
        ("Retention a period", percent(result.retention, 2)),
        ("Churn a period", percent(result.churn, 2)),
        ("Expected periods", number(result.expected_periods)),
        ("Payments until cost is covered", number(result.payback_periods, 0)),
        ("The same, discounted", number(result.payback_periods_discounted, 0)),
    ]
    parts: list[Any] = [
        Picture(picture="cohort", title=title, alt=f"Share of customers left by period. {title}."),
        grid(
            f"Figures, {currency}",
            {"figure": ("Figure", "text"), "value": ("Value", "money")},
            [{"figure": name, "value": value} for name, value in pairs if value],
        ),
    ]
    if result.cohort:
        rows = [
            {
                "period": str(row.period),
                "left": f"{row.left:,}",
                "retention": percent(row.retention),
                "surviving": percent(row.surviving),
            }
            for row in result.cohort
        ]
        heads = {
            "period": ("Period", "count"),
            "left": ("Customers left", "count"),
            "retention": ("Kept from the period before", "rate"),
            "surviving": ("Of the start", "rate"),
        }
        parts.append(grid("Cohort", heads, rows))
    return View(
        title=title, blocks=document(*parts, *closing(result)), pictures={"cohort": _chart(result, arguments, title)}
    )


def _chart(result: LifetimeValue, arguments: Mapping[str, Any], title: str) -> str:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    from experts.core.charts import ACCENT, GRID, SECOND, figure, svg

    rate = float(result.retention)
    last = len(result.cohort) - 1 if result.cohort else min(MOST_SHOWN, int(arguments.get("periods") or 12))
    periods = list(range(last + 1))
    with figure(7.2, 4.0, title) as (made, axes):
        if result.cohort:
            axes.bar(periods, [float(row.surviving) for row in result.cohort], color=ACCENT, width=0.7, label="cohort")
        axes.plot(
            periods,
            [rate**at for at in periods],
            color=SECOND,
            linewidth=2,
            marker="o",
            markersize=4,
            label=f"constant {rate:.1%} a period",
        )
        axes.set_xlabel("Periods since the start")
        axes.set_ylabel("Customers left, share of the start")
        axes.set_ylim(0, 1.05)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0%}"))
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.legend(frameon=False, loc="upper right")
        return svg(made)
