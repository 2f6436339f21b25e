"""Cost, volume and profit: revenue against total cost, with break-even and the expected volume."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.analyze_break_even import BreakEven
from experts.finance_accountant.views._look import currency_of, money, money_axis, number, percent, words


def view(result: BreakEven, arguments: Mapping[str, Any]) -> View:
    """The CVP chart and the figures beside it."""
    currency = currency_of(arguments)
    title = f"Break-even is at {result.units:,} units, {money(result.revenue, currency)} {currency} of revenue"
    if result.margin_of_safety is not None and result.margin_of_safety > 0:
        title += f"; the plan may fall short by {percent(result.margin_of_safety)}"
    pairs = [
        ("Contribution per unit", money(result.contribution_per_unit, currency)),
        ("Contribution ratio", percent(result.contribution_ratio)),
        ("Break-even units", f"{result.units:,}"),
        ("Break-even revenue", money(result.revenue, currency)),
        ("Units for the target profit", "" if result.target_units is None else f"{result.target_units:,}"),
        ("Margin of safety", percent(result.margin_of_safety)),
        ("Expected profit before tax", _money(result.expected_profit, currency)),
        ("Expected profit after tax", _money(result.expected_profit_after_tax, currency)),
        *((f"{words(key)} at break-even", number(units)) for key, units in result.other_units.items()),
        ("Degree of operating leverage", number(result.operating_leverage)),
    ]
    rows = [{"name": name, "value": value} for name, value in pairs if value]
    return View(
        title=title,
        blocks=document(
            Picture(picture="cvp", title=title, alt=f"Revenue and total cost by units sold. {title}."),
            grid(f"Figures, {currency}", {"name": ("Figure", "text"), "value": ("Value", "money")}, rows),
            *closing(result),
        ),
        pictures={"cvp": _chart(result, arguments, title, currency)},
    )


def _money(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else money(amount, currency)


def _chart(result: BreakEven, arguments: Mapping[str, Any], title: str, currency: str) -> str:
    from experts.core.charts import ACCENT, GRID, INK, SECOND, figure, svg

    others = (arguments.get("others") or {}).values()
    price = float(arguments["unit_price"] + sum(other.units_each * other.price for other in others))
    cost, fixed = price - float(result.contribution_per_unit), float(arguments["fixed_costs"])
    expected = arguments.get("expected_units")
    most = max(
        float(result.units) * 2, float(expected or Decimal(0)) * 1.15, float(result.target_units or 0) * 1.1, 10.0
    )
    with figure(9, 4.8, title) as (made, axes):
        axes.plot([0, most], [0, most * price], color=ACCENT, label="Revenue")
        axes.plot([0, most], [fixed, fixed + most * cost], color=SECOND, label="Total cost")
        axes.plot([0, most], [fixed, fixed], color=INK, linestyle=":", label="Fixed cost")
        axes.axvline(result.units, color=GRID, linewidth=1)
        axes.plot(
            [result.units],
            [result.units * price],
            marker="o",
            color=INK,
            linestyle="none",
            label=f"Break-even, {result.units:,} units",
        )
        if expected is not None:
            axes.axvline(
                float(expected),
                color="#2E6B34",
                linestyle="--",
                linewidth=1.2,
                label=f"Expected, {number(expected, 0)} units",
            )
        axes.set_xlim(0, most)
        axes.set_ylim(0)
        axes.set_xlabel("Units")
        axes.set_ylabel(currency)
        money_axis(axes.yaxis)
        money_axis(axes.xaxis)
        axes.grid(color=GRID, linewidth=0.6)
        axes.legend(frameon=False, fontsize=9, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.15))
        return svg(made)
