"""Customer lifetime value with constant margin and retention, by the timing of the margins.

m: margin a period, r: retention a period, i: discount rate a period, all for the same period.
`after_renewal`: first margin one period from now and only if the customer stays: m r / (1 + i - r). This is the
formula of Farris, Bendle, Pfeifer & Reibstein, Marketing Metrics, and of Gupta & Lehmann, Journal of Interactive
Marketing 17(1), 2003; it leaves out the first margin. `start`: first margin now and certain: m (1 + i) / (1 + i - r).
`end`: first margin at the end of the first period and certain: m / (1 + i - r). With a horizon of n payments each is
multiplied by 1 - (r / (1 + i))^n. Expected lifetime = 1 / (1 - r) periods. Payback: the first period in which the
expected margins, discounted or not, have covered the acquisition cost.

Limits: one retention rate for all customers and all time. Where customers differ, early retention understates the
value of those who stay (Fader & Hardie 2010). The answers at a retention five points lower and higher show how much
hangs on it.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Money, NonNegativeMoney, Ratio, Share, plain, round_to
from experts.marketing_sales.tools._curves import EXACT

Timing = Literal["after_renewal", "start", "end"]
MOST_PERIODS = 1200
STEP = Decimal("0.05")

_METHODS: dict[Timing, str] = {
    "after_renewal": "m r / (1 + i - r): first margin after the first renewal (Farris et al.; Gupta & Lehmann 2003)",
    "start": "m (1 + i) / (1 + i - r): first margin now and certain, then at the start of each period",
    "end": "m / (1 + i - r): first margin certain, at the end of the first period",
}


class LifetimeValue(Model):
    """`low` and `high` are at a retention five points lower and higher; payback counts periods."""

    value: Money
    value_low: Money
    value_high: Money | None = None
    margin_multiple: Ratio
    expected_periods: Ratio | None = None
    net_value: Money | None = None
    value_to_cost: Ratio | None = None
    payback_periods: Count | None = None
    payback_periods_discounted: Count | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compute_customer_lifetime_value(
    margin: Annotated[NonNegativeMoney, Field(description="contribution a customer a period, after variable cost")],
    retention: Annotated[Share, Field(description="share of customers kept from one period to the next")],
    discount_rate: Annotated[Share, Field(description="for the same period: 0.01 a month")],
    currency: Annotated[str, Field(description="ISO 4217")],
    timing: Timing = "after_renewal",
    periods: Annotated[Count | None, Field(description="most payments counted; without it no end")] = None,
    acquisition_cost: NonNegativeMoney | None = None,
) -> LifetimeValue:
    """Compute customer lifetime value, its ratio to acquisition cost, and payback, in periods of your choice.

    Use when margin and retention are known. It does not estimate retention. timing:
    first margin after_renewal (Farris; Gupta-Lehmann), now (start), or at the first period's end.
    """
    if periods is not None and not 1 <= periods <= MOST_PERIODS:
        raise InvalidInput(f"periods {periods} must be from 1 to {MOST_PERIODS}", field="periods")
    if retention == 1 and discount_rate == 0 and periods is None:
        raise InvalidInput(
            "retention 1 with discount_rate 0 gives no finite value; give periods, or a retention below 1",
            field="retention",
        )
    with localcontext(EXACT):
        multiple = _multiple(retention, discount_rate, timing, periods)
        value = round_money(margin * multiple, currency)
        low = _multiple(max(Decimal(0), retention - STEP), discount_rate, timing, periods)
        above = min(Decimal(1), retention + STEP)
        endless = above == 1 and discount_rate == 0 and periods is None
        high = None if endless else round_money(margin * _multiple(above, discount_rate, timing, periods), currency)
        warnings = []
        if timing == "after_renewal":
            warnings.append("The margin of the first period is left out; use start or end if it is earned too.")
        net = ratio = plain_payback = discounted = None
        if acquisition_cost is not None:
            net = value - round_money(acquisition_cost, currency)
            ratio = round_to(margin * multiple / acquisition_cost, 4) if acquisition_cost else None
            plain_payback = _payback(margin, retention, Decimal(0), timing, periods, acquisition_cost)
            discounted = _payback(margin, retention, discount_rate, timing, periods, acquisition_cost)
            if discounted is None:
                warnings.append("The discounted margins do not cover the acquisition cost.")
        return LifetimeValue(
            value=value,
            value_low=round_money(margin * low, currency),
            value_high=high,
            margin_multiple=round_to(multiple, 6),
            expected_periods=None if retention == 1 else round_to(1 / (1 - retention), 4),
            net_value=net,
            value_to_cost=ratio,
            payback_periods=plain_payback,
            payback_periods_discounted=discounted,
            method=_METHODS[timing],
            assumptions=[f"Margin and retention {plain(retention)} stay the same for all customers and periods."],
            warnings=warnings,
        )


def _multiple(r: Decimal, i: Decimal, timing: Timing, periods: int | None) -> Decimal:
    first = {"after_renewal": r / (1 + i), "start": Decimal(1), "end": 1 / (1 + i)}[timing]
    factor = r / (1 + i)
    if factor == 1:  # r = 1, i = 0: every payment is worth the same
        return first * (periods or 0)
    return first / (1 - factor) * (1 if periods is None else 1 - factor**periods)


def _payback(m: Decimal, r: Decimal, i: Decimal, timing: Timing, periods: int | None, cost: Decimal) -> int | None:
    """The number of the payment that covers `cost`, counted from 1; 0 if there is nothing to cover."""
    if cost == 0:
        return 0
    payment = m * {"after_renewal": r / (1 + i), "start": Decimal(1), "end": 1 / (1 + i)}[timing]
    covered = Decimal(0)
    for number in range(1, (periods or MOST_PERIODS) + 1):
        covered += payment
        if round_to(covered, 12) >= cost:
            return number
        payment *= r / (1 + i)
    return None
