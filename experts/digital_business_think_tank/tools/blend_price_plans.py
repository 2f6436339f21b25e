"""What an average customer pays and costs when price plans are mixed, and what a customer is worth while staying.

Weights are the customers of each plan: price = sum of customers x price / customers, cost alike. Contribution = price -
cost; margin = contribution / price; expected stay = 1 / churn months; lifetime contribution = contribution / churn,
undiscounted. The largest cost of winning a customer that is paid back within the months allowed, without churn:
contribution x months. Source: Farris et al., Marketing Metrics (2010); Gupta & Lehmann (2003).

Limits: one churn for all plans; the mix stays as given.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Money, Months, NonNegativeMoney, NonNegativeVolume, Rate, Share, round_to
from experts.digital_business_think_tank.tools._figures import Currency, small

LISTED = False


class PricePlan(Model):
    """Price and variable cost of a customer a month; customers weigh the plan."""

    price: NonNegativeMoney
    variable_cost: NonNegativeMoney
    customers: NonNegativeVolume


class PlanMargin(Model):
    """One plan."""

    contribution: Money
    weight: Share


class BlendedPlans(Model):
    """An average customer, a month; lifetime figures are absent without churn."""

    plans: dict[Key, PlanMargin]
    price: Money
    variable_cost: Money
    contribution: Money
    gross_margin: Rate
    retention: Share
    expected_months: Months | None = None
    lifetime_contribution: Money | None = None
    bills_a_year: Count = 12
    most_to_pay: Annotated[NonNegativeMoney, Field(description="For a customer, within the payback allowed.")]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def blend_price_plans(
    plans: Annotated[dict[Key, PricePlan], Field(min_length=1, max_length=40)],
    churn: Annotated[Share, Field(description="A month.")],
    payback_months: Annotated[Count, Field(ge=1, le=120)],
    currency: Currency,
) -> BlendedPlans:
    """Blend price plans into an average customer: price, contribution, stay, lifetime value, most to pay for one.

    Use when several plans are sold.
    """
    total = sum((plan.customers for plan in plans.values()), Decimal(0))
    if not total:
        raise InvalidInput("no plan has a customer, so there is no mix; check the market counts", field="plans")
    if any(plan.customers * max(plan.price, plan.variable_cost) > 10**13 for plan in plans.values()):
        raise InvalidInput("customers x price is out of range; check the counts and prices", field="plans")
    price = round_money(sum((p.customers * p.price for p in plans.values()), Decimal(0)) / total, currency)
    cost = round_money(sum((p.customers * p.variable_cost for p in plans.values()), Decimal(0)) / total, currency)
    if not price:
        raise InvalidInput("every price is zero; give at least one above zero", field="plans")
    contribution = price - cost
    warnings = [f"Plan {key!r} costs at least its price." for key, p in plans.items() if p.variable_cost >= p.price]
    if not churn:
        warnings.append("Without churn customers stay for ever, so no lifetime value is given.")
    lifetime = small(contribution / churn, "churn") if churn else None
    return BlendedPlans(
        plans={
            key: PlanMargin(contribution=p.price - p.variable_cost, weight=round_to(p.customers / total, 6))
            for key, p in plans.items()
        },
        price=price,
        variable_cost=cost,
        contribution=contribution,
        gross_margin=round_to(contribution / price, 6),
        retention=1 - churn,
        expected_months=round_to(1 / churn, 2) if churn else None,
        lifetime_contribution=None if lifetime is None else round_money(lifetime, currency),
        most_to_pay=max(Decimal(0), contribution * payback_months),
        method="Means weighted by customers; lifetime contribution = contribution / churn, undiscounted; most to pay = "
        "contribution x months of payback.",
        assumptions=[
            "Customers are spread over the plans as the obtainable market is.",
            "Churn is alike in all plans.",
        ],
        warnings=warnings,
    )
