"""Taxable income as a bar of brackets, and how the total comes about."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import ItemList, Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.estimate_us_individual_tax import IndividualTax
from experts.finance_accountant.views._look import compact, money, money_axis, percent, words


def view(result: IndividualTax, arguments: Mapping[str, Any]) -> View:
    """From income to tax, by bracket, with the estimates to pay."""
    title = (
        f"{arguments['year']} federal tax is {money(result.total_tax, 'USD')} USD, {percent(result.effective_rate or Decimal(0))} of income; "
        f"the next dollar bears {percent(result.marginal_rate, 0)}"
    )
    pairs = [
        ("Gross income", result.gross_income),
        ("Adjusted gross income", result.adjusted_gross_income),
        (f"{words(result.deduction_kind)} deduction", -result.deduction),
        ("Deduction for seniors", -result.senior_deduction),
        ("Qualified business income deduction", -result.business_income_deduction),
        ("Taxable income", result.taxable_income),
        *((words(key), amount) for key, amount in result.taxes.items()),
        ("Total tax", result.total_tax),
        ("Withheld", -arguments["withheld"]),
        ("Balance due (refund)", result.balance_due),
    ]
    rows = [
        {"name": name, "value": money(amount, "USD")}
        for name, amount in pairs
        if amount or name in ("Taxable income", "Total tax")
    ]
    columns = {
        "kind": ("Income", "text"),
        "rate": ("Rate", "rate"),
        "income": ("In the bracket", "money"),
        "tax": ("Tax", "money"),
    }
    bands = [
        {
            "kind": words(band.kind),
            "rate": percent(band.rate, 0),
            "income": money(band.income, "USD"),
            "tax": money(band.tax, "USD"),
        }
        for band in result.brackets
    ]
    tables = [
        grid("From income to tax, USD", {"name": ("Figure", "text"), "value": ("Amount", "money")}, rows),
        grid("By bracket, USD", columns, bands),
    ]
    if result.estimates:
        due = [{"due": str(one.due), "amount": money(one.amount, "USD")} for one in result.estimates]
        tables.append(
            grid("Estimated tax, Form 1040-ES, USD", {"due": ("Due", "text"), "amount": ("Amount", "money")}, due)
        )
    return View(
        title=title,
        subtitle=f"{words(arguments['status'])}, United States, federal",
        blocks=document(
            Picture(picture="brackets", title=title, alt=f"Taxable income by bracket. {title}."),
            *tables,
            ItemList(title="Not included", items=result.not_included),
            *closing(result),
            ItemList(title="Sources", items=result.sources),
        ),
        pictures={"brackets": _chart(result, title)},
    )


def _chart(result: IndividualTax, title: str) -> str:
    from experts.core.charts import ACCENT, GRID, SECOND, THIRD, figure, svg

    bands = result.brackets
    with figure(9, 4.4, title) as (made, axes):
        if not bands:
            axes.text(0.5, 0.5, "No taxable income", ha="center", transform=axes.transAxes)
            axes.set_yticks([0], ["0"])
        names = [f"{percent(band.rate, 0)}{' on gains' if band.kind == 'gains' else ''}" for band in bands]
        places = list(range(len(bands)))
        colors = [THIRD if band.kind == "gains" else ACCENT for band in bands]
        axes.bar(places, [float(band.income) for band in bands], 0.62, color=colors, label="Income in the bracket")
        axes.bar(places, [float(band.tax) for band in bands], 0.34, color=SECOND, label="Tax on it")
        for at, band in enumerate(bands):
            axes.annotate(
                f"tax {compact(float(band.tax))}",
                (at, float(band.income)),
                xytext=(0, 4),
                textcoords="offset points",
                ha="center",
                fontsize=9,
            )
        axes.set_xticks(places, names)
        axes.set_xlabel("Rate")
        axes.set_ylabel("USD")
        axes.margins(y=0.12)
        money_axis(axes.yaxis)
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        if bands:
            axes.legend(frameon=False, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.14))
        return svg(made)
