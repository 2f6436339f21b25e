"""Customer lifetime value with constant margin and retention, by the timing of the margins.

m: margin a period, r: retention a period, i: discount rate a period, all for the same period.
`after_renewal`: first margin one period from now and only if the customer stays: m r / (1 + i - r). This is the
formula of Farris, Bendle, Pfeifer & Reibstein, Marketing Metrics, and of Gupta & Lehmann, Journal of Interactive
Marketing 17(1), 2003; it leaves out the first margin. `start`: first margin now and certain: m (1 + i) / (1 + i - r).
`end`: first margin at the end of the first period and certain: m / (1 + i - r). With a horizon of n payments each is
multiplied by 1 - (r / (1 + i))^n. Expected lifetime = 1 / (1 - r) periods. Payback: the first period in which the
expected margins, discounted or not, have covered the acquisition cost.

With `cohort`, the customers of one group left at the start and after each period, the retention is estimated: all who
stayed over all who could have stayed, sum of n_t+1 / sum of n_t, the maximum-likelihood estimate for a constant rate; the
rows show each period's own retention and the share surviving. A rate that climbs with time (as it mostly does: Fader &
Hardie, Journal of Interactive Marketing 21(1), 2007) is warned about, because the constant rate then misstates the value.

Limits: one retention rate for all customers and all time. Where customers differ, early retention understates the
value of those who stay (Fader & Hardie 2010). The answers at a retention five points lower and higher show how much
hangs on it.
"""

from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Money, NonNegativeMoney, Rate, Ratio, Share, plain, round_to
from experts.marketing_sales.tools._curves import EXACT

Timing = Literal["after_renewal", "start", "end"]
MOST_PERIODS = 1200
STEP = Decimal("0.05")
LONGEST_COHORT = 120
LARGEST = Decimal(10) ** 15

_METHODS: dict[Timing, str] = {
    "after_renewal": "m r / (1 + i - r): first margin after the first renewal (Farris et al.; Gupta & Lehmann 2003)",
    "start": "m (1 + i) / (1 + i - r): first margin now and certain, then at the start of each period",
    "end": "m / (1 + i - r): first margin certain, at the end of the first period",
}


class CohortRow(Model):
    """Customers left after a number of periods; retention is against the period before."""

    period: Count
    left: Count
    retention: Rate | None = None
    surviving: Rate


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
    retention: Rate
    churn: Rate
    cohort: list[CohortRow] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compute_customer_lifetime_value(
    margin: Annotated[NonNegativeMoney, Field(description="contribution a customer a period, after variable cost")],
    discount_rate: Annotated[Share, Field(description="for the same period: 0.01 a month")],
    currency: str,
    retention: Annotated[Share | None, Field(description="share of customers kept from period to period")] = None,
    timing: Timing = "after_renewal",
    periods: Annotated[Count | None, Field(description="most payments counted; without it no end")] = None,
    acquisition_cost: NonNegativeMoney | None = None,
    cohort: Annotated[
        list[Count] | None,
        Field(
            description="instead of retention: customers left at start, then after each period",
            max_length=LONGEST_COHORT,
        ),
    ] = None,
) -> LifetimeValue:
    """Compute customer lifetime value, its ratio to acquisition cost, and payback, in periods of your choice.

    Use when margin and retention, or a cohort, are known. It does not forecast changing churn. timing:
    first margin after_renewal (Farris; Gupta-Lehmann), now (start), or at the first period's end.
    """
    if (retention is None) == (cohort is None):
        both = "are both missing" if cohort is None else "are both given"
        raise InvalidInput(f"retention and cohort {both}; give exactly one of them", field="retention")
    if cohort is not None and len(cohort) < 2:
        raise InvalidInput(
            f"cohort has {len(cohort)} counts; give two counts at least: the customers at the start and after each period",
            field="cohort",
        )
    rows, climbing = _cohort(cohort or [])
    if retention is None:
        retention = _pooled(cohort or [])
    if periods is not None and not 1 <= periods <= MOST_PERIODS:
        raise InvalidInput(f"periods {periods} must be from 1 to {MOST_PERIODS}", field="periods")
    if retention == 1 and discount_rate == 0 and periods is None:
        raise InvalidInput(
            "retention 1 with discount_rate 0 gives no finite value; give periods, or a retention below 1",
            field="retention",
        )
    with localcontext(EXACT):
        multiple = _multiple(retention, discount_rate, timing, periods)
        if margin * multiple > LARGEST or (acquisition_cost and margin * multiple / acquisition_cost > LARGEST):
            raise InvalidInput(
                f"margin {plain(margin)} with retention {plain(retention)} and discount_rate {plain(discount_rate)} gives a value "
                "beyond 16 digits; check the figures, or give periods",
                field="margin",
            )
        value = round_money(margin * multiple, currency)
        low = _multiple(max(Decimal(0), retention - STEP), discount_rate, timing, periods)
        above = min(Decimal(1), retention + STEP)
        endless = above == 1 and discount_rate == 0 and periods is None
        most = Decimal(0) if endless else margin * _multiple(above, discount_rate, timing, periods)
        high = None if endless or most > LARGEST else round_money(most, currency)
        warnings = []
        if climbing:
            warnings.append(
                "Retention rises from period to period: a constant rate misstates what those who stay bring."
            )
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
            retention=retention,
            churn=1 - retention,
            cohort=rows,
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


def _pooled(cohort: list[int]) -> Decimal:
    with localcontext(EXACT):
        return round_to(Decimal(sum(cohort[1:])) / sum(cohort[:-1]), 6)


def _cohort(cohort: list[int]) -> tuple[list[CohortRow], bool]:
    """The cohort's rows, and whether retention rises at every step (three at least)."""
    if not cohort:
        return [], False
    if len(cohort) < 2 or cohort[0] == 0:
        raise InvalidInput(f"cohort {cohort[:5]} must begin above 0 and have two counts at least", field="cohort")
    for at in range(1, len(cohort)):
        if cohort[at] > cohort[at - 1]:
            raise InvalidInput(
                f"cohort.{at} {cohort[at]} is above the {cohort[at - 1]} before it; count only the customers of the start",
                field=f"cohort.{at}",
            )
    rows = []
    with localcontext(EXACT):
        for at, left in enumerate(cohort):
            before = cohort[at - 1] if at else 0
            rows.append(
                CohortRow(
                    period=at,
                    left=left,
                    retention=round_to(Decimal(left) / before, 6) if before else None,
                    surviving=round_to(Decimal(left) / cohort[0], 6),
                )
            )
    rates = [row.retention for row in rows if row.retention is not None]
    steps = list(pairwise(rates))
    return rows, len(rates) >= 3 and all(late >= early for early, late in steps) and rates[-1] > rates[0]
