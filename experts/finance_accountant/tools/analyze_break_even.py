"""How many units cover the fixed costs, alone or in a mix of products, before and after tax.

With other products sold along with each unit, the unit is the bundle: price and cost are those of
the unit plus units_each * price or cost of the others. A target profit is after tax at tax_rate:
target / (1 - rate) before tax.

Limits: price, cost and mix stay the same at every volume; no discounts. Refused when the unit price
does not exceed the unit cost, because then no number of units covers the fixed costs.
"""

from decimal import ROUND_CEILING, Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units, round_money
from experts.core.quantities import (
    Count,
    Money,
    NonNegativeMoney,
    NonNegativeVolume,
    Rate,
    Ratio,
    Share,
    Volume,
    plain,
    round_to,
)
from experts.finance_accountant.tools._curves import EXACT, LARGEST

_MOST_UNITS = Decimal(10) ** 12


class Other(Model):
    """Another product of the mix: how many of it go with each unit."""

    price: NonNegativeMoney
    cost: NonNegativeMoney
    units_each: NonNegativeVolume


class BreakEven(Model):
    """Whole units and money in the given currency."""

    contribution_per_unit: Money
    contribution_ratio: Annotated[Rate, Field(description="Contribution per unit of revenue.")]
    units: Annotated[Count, Field(description="Fewest whole units that cover the fixed costs.")]
    revenue: Annotated[Money, Field(description="Revenue of these whole units.")]
    target_units: Annotated[Count | None, Field(description="Fewest whole units that also earn the target profit.")] = (
        None
    )
    target_revenue: Money | None = None
    margin_of_safety_units: Annotated[Volume | None, Field(description="Expected units less break-even units.")] = None
    margin_of_safety: Annotated[Rate | None, Field(description="The same as a fraction of expected units.")] = None
    expected_profit: Annotated[Money | None, Field(description="Profit at the expected units, before tax.")] = None
    expected_profit_after_tax: Money | None = None
    other_units: Annotated[dict[Key, Volume], Field(description="Of the other products at break-even.")] = {}
    operating_leverage: Annotated[Ratio | None, Field(description="Contribution per profit at the expected units.")] = (
        None
    )
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


METHOD = (
    "Cost-volume-profit analysis: units = fixed costs / (unit price - unit cost), rounded up to whole units; with a "
    "target profit, (fixed costs + target) / contribution; margin of safety = (expected - break-even) / expected "
    "(Horngren, Datar and Rajan, Cost Accounting, chapter 3)"
)


def analyze_break_even(
    fixed_costs: NonNegativeMoney,
    unit_price: NonNegativeMoney,
    unit_cost: NonNegativeMoney,
    currency: str,
    target_profit: NonNegativeMoney | None = None,
    expected_units: NonNegativeVolume | None = None,
    others: Annotated[dict[Key, Other] | None, Field(max_length=100)] = None,
    tax_rate: Share = Decimal(0),
) -> BreakEven:
    """Break-even units, target profit, margin of safety, operating leverage.

    Use when sales must cover costs.
    """
    for amount, field in (
        (fixed_costs, "fixed_costs"),
        (unit_price, "unit_price"),
        (unit_cost, "unit_cost"),
        (target_profit, "target_profit"),
        (expected_units, "expected_units"),
    ):
        if amount is not None and amount < 0:
            raise InvalidInput(f"{field} {plain(amount)!r} is negative; write zero or more", field=field)
    minor_units(currency)
    if not 0 <= tax_rate < 1:
        raise InvalidInput(f"tax_rate {plain(tax_rate)!r} leaves nothing; give a fraction below 1", field="tax_rate")
    with localcontext(EXACT):
        for other in (others or {}).values():
            unit_price += other.units_each * other.price
            unit_cost += other.units_each * other.cost
        contribution = unit_price - unit_cost
        if contribution <= 0:
            raise InvalidInput(
                f"each unit sold at {plain(unit_price)} costs {plain(unit_cost)}, so no number of units covers the "
                "fixed costs; raise the price or lower the unit cost",
                field="unit_price",
            )
        units = _whole(fixed_costs, contribution)
        target = None if target_profit is None else _whole(fixed_costs + target_profit / (1 - tax_rate), contribution)
        profit = None if expected_units is None else expected_units * contribution - fixed_costs
        safety = None if not expected_units else (expected_units - units) / expected_units
        return BreakEven(
            contribution_per_unit=contribution,
            contribution_ratio=round_to(contribution / unit_price, 6),
            units=units,
            revenue=_money(units * unit_price, currency),
            target_units=target,
            target_revenue=None if target is None else _money(target * unit_price, currency),
            margin_of_safety_units=None if expected_units is None else round_to(expected_units - units, 2),
            margin_of_safety=None if safety is None else _quotable(round_to(safety, 6)),
            expected_profit=None if profit is None else _money(profit, currency),
            expected_profit_after_tax=None
            if profit is None or not tax_rate
            else _money(profit - max(profit, Decimal(0)) * tax_rate, currency),
            other_units={key: _volume(units * other.units_each) for key, other in (others or {}).items()},
            operating_leverage=_leverage(profit, fixed_costs),
            method=METHOD,
            assumptions=["Price, unit cost and fixed costs stay the same at every volume."],
            warnings=_warnings(units, expected_units),
        )


def _whole(costs: Decimal, contribution: Decimal) -> int:
    exact = costs / contribution
    if exact > _MOST_UNITS:
        raise InvalidInput(
            f"a contribution of {plain(contribution)} per unit would need more than {_MOST_UNITS:,f} units to cover "
            f"{plain(costs)}; check the price and the unit cost",
            field="unit_price",
        )
    units = int(exact.to_integral_value(ROUND_CEILING))
    # The quotient is rounded; the product is not.
    return units - 1 if units and (units - 1) * contribution >= costs else units


def _volume(units: Decimal) -> Decimal:
    if units >= LARGEST:
        raise InvalidInput(f"{units:.3e} units of another product are out of range; check the mix", field="others")
    return round_to(units, 4)


def _money(amount: Decimal, currency: str) -> Decimal:
    if abs(amount) >= LARGEST:
        raise InvalidInput(
            f"an amount of {amount:.3e} {currency} is out of range; check price and units", field="unit_price"
        )
    return round_money(amount, currency)


def _quotable(number: Decimal) -> Decimal | None:
    return number if abs(number) < LARGEST else None


def _leverage(profit: Decimal | None, fixed_costs: Decimal) -> Decimal | None:
    return None if profit is None or profit <= 0 else _quotable(round_to((profit + fixed_costs) / profit, 6))


def _warnings(units: int, expected: Decimal | None) -> list[str]:
    if expected is not None and expected < units:
        return ["The expected units do not cover the fixed costs."]
    return []
