"""What one customer brings, what one costs, and when the first pays for the second.

Limits: later orders are not discounted; no overheads, taxes, refunds or a retention that changes with
a customer's age. Retention of exactly 1 has no finite lifetime: no number is given, and a warning says so.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, Months, NonNegativeMoney, Ratio, Share, plain, round_to
from experts.finance_accountant.tools._curves import EXACT, LARGEST

MOST_MONTHS = 1200
"""A payback beyond a hundred years is none."""


class UnitEconomics(Model):
    """Money per customer in the given currency; the first order falls at the start of the first month."""

    contribution_per_order: Annotated[Money, Field(description="Order value times gross margin.")]
    cost_per_order: Annotated[Money, Field(description="Order value less contribution per order.")]
    cost_per_result: NonNegativeMoney
    first_order_profit: Annotated[
        Money, Field(description="Contribution of the first order less the cost of winning it.")
    ]
    payback_months: Annotated[
        Months | None, Field(description="The month whose order covers the cost; absent: never.")
    ] = None
    lifetime_contribution: Annotated[
        Money | None, Field(description="Undiscounted; absent: no retention, or no end.")
    ] = None
    lifetime_to_cost: Annotated[
        Ratio | None, Field(description="Lifetime contribution per cost of winning a customer.")
    ] = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


METHOD = (
    "Contribution per order = order value times gross margin. Customers order once a month, the first time at once "
    "(month 0), and a constant share r of them stays from month to month, so after k orders the cumulative "
    "contribution is m*(1 - r^k)/(1 - r) and over a lifetime m/(1 - r), undiscounted (simple retention model; Gupta "
    "and Lehmann, Managing Customers as Investments, 2005; Farris et al., Marketing Metrics, 2010). Payback is the "
    "smallest k that covers the cost per result: 1 means within the first month, by the first order alone"
)


def analyze_unit_economics(
    order_value: NonNegativeMoney,
    gross_margin: Share,
    cost_per_result: NonNegativeMoney,
    currency: str,
    monthly_retention: Share | None = None,
) -> UnitEconomics:
    """A customer's contribution, payback and lifetime value.

    Use when winning customers costs money.
    """
    for value, field in ((gross_margin, "gross_margin"), (monthly_retention, "monthly_retention")):
        if value is not None and not 0 <= value <= 1:
            raise InvalidInput(
                f"{field} {plain(value)!r} is not a share; write a fraction from 0 to 1, for example '0.48'",
                field=f"economics.{field}",
            )
    for amount, field in ((order_value, "order_value"), (cost_per_result, "cost_per_result")):
        if amount < 0:
            raise InvalidInput(f"{field} {plain(amount)!r} is negative; write an amount of zero or more", field=field)
    with localcontext(EXACT):
        exact = order_value * gross_margin
        contribution = round_money(exact, currency)
        months = _payback(exact, cost_per_result, monthly_retention)
        lifetime = None
        if monthly_retention is not None and monthly_retention < 1:
            lifetime = exact / (1 - monthly_retention)
        quotable = lifetime is not None and lifetime < LARGEST
        return UnitEconomics(
            contribution_per_order=contribution,
            cost_per_order=order_value - contribution,
            cost_per_result=cost_per_result,
            first_order_profit=round_money(exact - cost_per_result, currency),
            payback_months=None if months is None else Decimal(months),
            lifetime_contribution=round_money(lifetime, currency) if lifetime is not None and quotable else None,
            lifetime_to_cost=_ratio(lifetime, cost_per_result) if quotable else None,
            method=METHOD,
            assumptions=_assumptions(monthly_retention),
            warnings=_warnings(exact, cost_per_result, monthly_retention, months),
        )


def _payback(contribution: Decimal, cost: Decimal, retention: Decimal | None) -> int | None:
    """The least k with m*(1 - r^k)/(1 - r) >= cost; None if there is none within MOST_MONTHS."""
    if contribution == 0:
        return None
    if contribution >= cost:
        return 1
    if not retention:
        return None
    if retention == 1:
        orders = cost / contribution
    else:
        left = 1 - cost * (1 - retention) / contribution
        if left <= 0:
            return None
        orders = left.ln() / retention.ln()
    if orders > MOST_MONTHS:
        return None
    # The quotient may miss a whole number by the last digit, so the neighbours are tried exactly.
    guess = max(int(orders) - 1, 1)
    while guess <= MOST_MONTHS and _cumulative(contribution, retention, guess) < cost:
        guess += 1
    return guess if guess <= MOST_MONTHS else None


def _cumulative(contribution: Decimal, retention: Decimal, orders: int) -> Decimal:
    if retention == 1:
        return contribution * orders
    # Rounded far below any amount of money, so that an exact tie is not missed by the noise of the power.
    return round_to(contribution * (1 - retention**orders) / (1 - retention), 12)


def _ratio(lifetime: Decimal | None, cost: Decimal) -> Decimal | None:
    if lifetime is None or cost == 0 or lifetime / cost >= LARGEST:
        return None
    return round_to(lifetime / cost, 6)


def _assumptions(retention: Decimal | None) -> list[str]:
    if retention is None:
        return ["No retention is given, so only the first order of a customer counts."]
    return [
        "Customers order once a month, the first time at once, and leave at a constant rate.",
        "Later orders are not discounted.",
    ]


def _warnings(contribution: Decimal, cost: Decimal, retention: Decimal | None, months: int | None) -> list[str]:
    found = []
    if retention == 1:
        found.append("At this retention no customer ever leaves, so a lifetime contribution has no finite value.")
    if contribution == 0:
        found.append("An order contributes nothing, so nothing is paid back.")
    elif months is None:
        if retention is None:
            found.append("The first order does not cover the cost of winning it, and repeat orders are not known.")
        else:
            found.append("A customer's contribution never covers the cost of winning one at this retention.")
    elif contribution < cost:
        found.append("A customer pays back only with repeat orders: the first order alone makes a loss.")
    return found
