"""From income to tax: interest, losses, taxable income and what is due when."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import ItemList, Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.estimate_us_corporate_tax import CorporateTax
from experts.finance_accountant.views._look import bounds, compact, money, money_axis, percent


def view(result: CorporateTax, arguments: Mapping[str, Any]) -> View:
    """The steps as bars, the carryforwards and the instalments."""
    title = f"{arguments['year']} federal tax is {money(result.tax, 'USD')} USD"
    if result.effective_rate is not None:
        title += f", {percent(result.effective_rate)} of income before losses"
    pairs = [
        ("Income before interest and losses", arguments["income"]),
        ("Business interest deducted", -result.interest_deducted),
        ("Income before losses", result.income_before_losses),
        ("Losses used", -result.losses_used),
        ("Taxable income", result.taxable_income),
        ("Tax before credits", result.tax_before_credits),
        ("Tax", result.tax),
    ]
    kept = [
        ("Interest carried forward", result.interest_carried_forward),
        ("Losses carried forward", result.losses_left),
    ]
    heads = {"name": ("Figure", "text"), "value": ("Amount", "money")}
    tables = [
        grid("From income to tax, USD", heads, [{"name": n, "value": money(v, "USD")} for n, v in pairs]),
        grid("Carried to later years, USD", heads, [{"name": n, "value": money(v, "USD")} for n, v in kept]),
    ]
    if result.estimates:
        due = [{"name": f"{one.due:%a} {one.due}", "value": money(one.amount, "USD")} for one in result.estimates]
        tables.append(grid("Estimated tax, USD", {"name": ("Due", "text"), "value": ("Amount", "money")}, due))
    return View(
        title=title,
        subtitle="C corporation, United States, federal",
        blocks=document(
            Picture(picture="steps", title=title, alt=f"From income to tax. {title}."),
            *tables,
            ItemList(title="Not included", items=result.not_included),
            *closing(result),
            ItemList(title="Sources", items=result.sources),
        ),
        pictures={
            "steps": _steps([(name, float(amount)) for name, amount in pairs if name != "Tax before credits"], title)
        },
    )


def _steps(pairs: list[tuple[str, float]], title: str) -> str:
    from experts.core.charts import ACCENT, GRID, SECOND, figure, svg

    with figure(9, 1.8 + 0.42 * len(pairs), title) as (made, axes):
        for at, (_, amount) in enumerate(pairs):
            axes.barh(at, amount, 0.6, color=SECOND if amount < 0 else ACCENT)
            axes.annotate(
                compact(amount),
                (max(amount, 0), at),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                fontsize=9,
            )
        axes.set_yticks(range(len(pairs)), [name for name, _ in pairs])
        axes.invert_yaxis()
        bounds(axes, [amount for _, amount in pairs])
        axes.set_xlabel("USD")
        money_axis(axes.xaxis)
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return svg(made)
