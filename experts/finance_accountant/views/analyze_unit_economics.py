"""What a customer brings and costs."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.analyze_unit_economics import UnitEconomics
from experts.finance_accountant.views._look import currency_of, money, number


def view(result: UnitEconomics, arguments: Mapping[str, Any]) -> View:
    """The figures, with the payback in the title."""
    currency = currency_of(arguments)
    if result.payback_months is None:
        title = (
            f"A customer who costs {money(result.cost_per_result, currency)} {currency} is not paid back on these facts"
        )
    else:
        months = number(result.payback_months, 0)
        title = (
            f"A customer who costs {money(result.cost_per_result, currency)} {currency} is paid back in month {months}"
        )
    pairs = [
        ("Contribution of an order", money(result.contribution_per_order, currency)),
        ("Cost to win a customer", money(result.cost_per_result, currency)),
        ("Profit of the first order", money(result.first_order_profit, currency)),
        ("Months to pay back", number(result.payback_months, 0)),
        (
            "Lifetime contribution",
            "" if result.lifetime_contribution is None else money(result.lifetime_contribution, currency),
        ),
        ("Lifetime contribution to cost", number(result.lifetime_to_cost)),
    ]
    columns = {"name": ("Figure", "text"), "value": ("Value", "money")}
    rows = [{"name": name, "value": value} for name, value in pairs if value]
    return View(title=title, blocks=document(grid(f"Figures, {currency}", columns, rows), *closing(result)))
