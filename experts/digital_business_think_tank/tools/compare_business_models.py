"""Business models side by side: yearly result, break-even, customer value, cash over years, and what flips the choice.

A year: revenue = customers x price; contribution = customers x (price - unit cost); result = contribution -
fixed costs. Break-even customers = fixed costs / (price - unit cost), rounded up. Lifetime contribution of a
customer = (price - unit cost) / yearly churn; LTV/CAC divides it by acquisition cost. Cumulative cash over
the horizon starts from no customers: acquisition costs fall in year 1 for all and later for those who
replace churn; customers stay level. The choice is by cumulative cash; `flips` says by which factor the
leader's customers would have to fall. Source: contribution arithmetic as in Horngren, Cost Accounting;
LTV = contribution / churn for constant churn (Gupta & Lehmann 2003).

Limits: constant price, churn and customers; nothing is discounted; the qualitative fit is for people:
`questions` asks it with the four actions of blue ocean strategy.
"""

import math
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Money, NonNegativeMoney, NonNegativeVolume, Ratio, Share, round_to
from experts.digital_business_think_tank.tools._figures import Currency, figure, questions, small


class BusinessModel(Model):
    """One model, figures a year."""

    customers: NonNegativeVolume
    price: Annotated[NonNegativeMoney, Field(description="A customer a year.")]
    unit_cost: NonNegativeMoney = Decimal(0)
    fixed_costs: NonNegativeMoney = Decimal(0)
    acquisition_cost: NonNegativeMoney = Decimal(0)
    churn: Share = Decimal(0)


class ComparedModel(Model):
    """One model's figures; money in the given currency."""

    model: str
    revenue: Money
    contribution: Money
    result: Money
    break_even_customers: Count | None = None
    lifetime_contribution: Money | None = None
    ltv_to_cac: Ratio | None = None
    cash_by_year: list[Money]
    cash_if_customers_halve: Money


class ModelComparison(Model):
    """Models by cumulative cash at the horizon."""

    ranking: list[ComparedModel]
    flips: Annotated[
        Ratio | None, Field(description="Factor on the leader's customers at which the second draws level.")
    ] = None
    questions: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compare_business_models(
    models: Annotated[dict[Key, BusinessModel], Field(min_length=2, max_length=8)],
    currency: Currency,
    years: Annotated[int, Field(ge=1, le=10)] = 3,
) -> ModelComparison:
    """Compare business models: result, break-even, LTV/CAC, cash over years, and what flips the choice.

    Use when ways of earning compete.
    """
    made = {}
    for key, model in models.items():
        for name in ("customers", "price", "unit_cost", "fixed_costs", "acquisition_cost"):
            small(getattr(model, name), f"models.{key}.{name}")
        small(model.customers * max(model.price, model.unit_cost, model.acquisition_cost), f"models.{key}")
        made[key] = _figures(key, model, currency, years)
    order = sorted(made, key=lambda key: (-made[key].cash_by_year[-1], list(models).index(key)))
    first, second = order[0], order[1]
    warnings = [
        f"{key}: each customer costs more than the price, so no number of customers breaks even."
        for key, model in models.items()
        if model.unit_cost >= model.price
    ]
    warnings += [
        f"{key}: a customer never pays back what winning one costs."
        for key, row in made.items()
        if row.ltv_to_cac is not None and row.ltv_to_cac < 1
    ]
    if not any(model.churn for model in models.values()):
        warnings.append("No model has churn: lifetime value is unbounded, so none is given.")
    return ModelComparison(
        ranking=[made[key] for key in order],
        flips=_flips(models[first], made[first], made[second].cash_by_year[-1], years),
        questions=questions("blue_ocean_strategy"),
        method=f"Cumulative cash over {years} years: customers x (price - unit cost) - fixed costs - acquisition of all in year 1 and "
        "of those who replace churn later; break-even = fixed costs / contribution a customer.",
        assumptions=["Customers, price and churn stay level; nothing is discounted."],
        warnings=warnings,
    )


def _cash(model: BusinessModel, customers: Decimal, years: int) -> list[Decimal]:
    total, rows = Decimal(0), []
    for year in range(years):
        won = customers if year == 0 else customers * model.churn
        total += customers * (model.price - model.unit_cost) - model.fixed_costs - won * model.acquisition_cost
        rows.append(total)
    return rows


def _figures(key: str, model: BusinessModel, currency: str, years: int) -> ComparedModel:
    margin = model.price - model.unit_cost
    lifetime = margin / model.churn if model.churn and margin > 0 else None
    contribution = model.customers * margin
    ratio = lifetime / model.acquisition_cost if lifetime is not None and model.acquisition_cost else None
    if (lifetime is not None and lifetime > 10**14) or (ratio is not None and ratio > 10**12):
        raise InvalidInput(
            f"models.{key}: churn or acquisition cost is too small for a lifetime value; check both",
            field=f"models.{key}.churn",
        )
    return ComparedModel(
        model=key,
        revenue=round_money(model.customers * model.price, currency),
        contribution=round_money(contribution, currency),
        result=round_money(contribution - model.fixed_costs, currency),
        break_even_customers=min(math.ceil(model.fixed_costs / margin), 10**12) if margin > 0 else None,
        lifetime_contribution=None if lifetime is None else round_money(lifetime, currency),
        ltv_to_cac=None if ratio is None else round_to(ratio, 4),
        cash_by_year=[round_money(value, currency) for value in _cash(model, model.customers, years)],
        cash_if_customers_halve=round_money(_cash(model, model.customers / 2, years)[-1], currency),
    )


def _flips(leader: BusinessModel, made: ComparedModel, other: Decimal, years: int) -> Decimal | None:
    """Cash is linear in customers, so the factor at which it equals the second's is exact."""
    at_none = _cash(leader, Decimal(0), years)[-1]
    slope = _cash(leader, leader.customers, years)[-1] - at_none
    if slope <= 0:
        return None
    factor = (other - at_none) / slope
    return round_to(factor, 4) if 0 <= factor <= 1 else None


def named(row: ComparedModel, currency: str) -> str:
    """The leader in words, for titles."""
    return (
        f"{row.model.replace('_', ' ')}: {figure(row.cash_by_year[-1])} {currency} after {len(row.cash_by_year)} years"
    )
