"""RFM segments: recency, frequency and monetary value of customers by quantiles.

Each measure is scored 1 to `bins`: 1 + floor(bins * customers strictly worse / customers), so that equal values have
equal scores and the order of the input does not matter (independent quantiles; Hughes, Strategic Database Marketing,
1994; Fader, Hardie & Lee 2005). Recency: fewer days since the last purchase are better. Segment names are this suite's
own rule: recency high above two thirds of the bins, low within the lowest third; value high where frequency and
monetary score together exceed bins + 1.

  recency high: champions (value high), new_or_small (low); middle: loyal, occasional; low: at_risk, lapsed

Limits: a score is a rank among these customers, not a forecast. With many equal values the bins are uneven.
"""

from bisect import bisect_left
from datetime import date
from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Days, Money, NonNegativeMoney, Rate, round_to
from experts.marketing_sales.tools._curves import EXACT

LONGEST = 100_000
NAMES = (("lapsed", "at_risk"), ("occasional", "loyal"), ("new_or_small", "champions"))


class Customer(Model):
    last_purchase: Day
    orders: Count
    spend: NonNegativeMoney


class CustomerScore(Model):
    days_since: Days
    recency: Count
    frequency: Count
    monetary: Count
    segment: str


class Segment(Model):
    customers: Count
    share: Rate
    spend: Money
    spend_share: Rate | None = None


class Segmentation(Model):
    customers: dict[Key, CustomerScore]
    segments: dict[Key, Segment]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def segment_customers(
    customers: Annotated[dict[Key, Customer], Field(max_length=5000)],
    as_of: Annotated[Day, Field(description="day from which recency counts back")],
    bins: Annotated[Count, Field(description="quantiles: 3 to 10")] = 5,
) -> Segmentation:
    """Segment customers by recency, frequency and monetary value (RFM) with quantile scores.

    Use when each customer's last purchase, orders and spend are known. It does not
    predict purchases. Equal values score equally.
    """
    if not 3 <= bins <= 10:
        raise InvalidInput(f"bins {bins} must be from 3 to 10; the usual choice is 5", field="bins")
    if len(customers) < bins:
        raise InvalidInput(
            f"customers has {len(customers)}, fewer than bins {bins}; take more customers or fewer bins",
            field="customers",
        )
    days: dict[str, int] = {}
    for name, customer in customers.items():
        days[name] = _since(name, customer, as_of)
    recency = _scores({name: Decimal(-since) for name, since in days.items()}, bins)
    frequency = _scores({name: Decimal(customer.orders) for name, customer in customers.items()}, bins)
    monetary = _scores({name: customer.spend for name, customer in customers.items()}, bins)
    warnings = [
        f"All customers have the same {label}; it tells them not apart, so their score is 1."
        for label, scores in (("recency", recency), ("number of orders", frequency), ("spend", monetary))
        if set(scores.values()) == {1}
    ]
    scored = {
        name: CustomerScore(
            days_since=days[name],
            recency=recency[name],
            frequency=frequency[name],
            monetary=monetary[name],
            segment=_name(recency[name], frequency[name] + monetary[name], bins),
        )
        for name in customers
    }
    total = sum((customer.spend for customer in customers.values()), Decimal(0))
    segments = {}
    with localcontext(EXACT):
        for segment in sorted({score.segment for score in scored.values()}):
            members = [name for name, score in scored.items() if score.segment == segment]
            spend = sum((customers[name].spend for name in members), Decimal(0))
            segments[segment] = Segment(
                customers=len(members),
                share=round_to(Decimal(len(members)) / len(customers), 6),
                spend=spend,
                spend_share=round_to(spend / total, 6) if total else None,
            )
    return Segmentation(
        customers=scored,
        segments=segments,
        method=f"RFM with {bins} independent quantiles, ties scored equally (Hughes 1994); segment names by rule.",
        assumptions=["Orders and spend of all customers cover the same stretch of time."],
        warnings=warnings,
    )


def _since(name: str, customer: Customer, as_of: date) -> int:
    since = (as_of - customer.last_purchase).days
    if not 0 <= since <= LONGEST:
        raise InvalidInput(
            f"customers.{name}.last_purchase {customer.last_purchase} is not before as_of {as_of}, or centuries ago; "
            "check the dates",
            field=f"customers.{name}.last_purchase",
        )
    return since


def _scores(values: dict[str, Decimal], bins: int) -> dict[str, int]:
    ordered = sorted(values.values())
    return {name: 1 + bins * bisect_left(ordered, value) // len(ordered) for name, value in values.items()}


def _name(recency: int, value: int, bins: int) -> str:
    level = 2 if 3 * recency > 2 * bins else 0 if 3 * recency <= bins else 1
    return NAMES[level][value > bins + 1]
