"""How many customers of a market can be reached and won, by segment."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.quantities import NonNegativeVolume, Share, Volume, round_to
from experts.digital_business_think_tank.tools._figures import small

LISTED = False  # size_market is the one a person calls


class CustomerShare(Model):
    """Customers who could buy, and the shares that can be reached and, of those, won."""

    customers: NonNegativeVolume
    reachable: Share
    obtainable: Share


class CustomerCount(Model):
    """Customers of one segment."""

    reachable: Volume
    obtainable: Volume


class CustomerCounts(Model):
    """Whole customers by segment, and their sums."""

    segments: dict[Key, CustomerCount]
    customers: Volume
    reachable: Volume
    obtainable: Volume
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def count_customers(
    segments: Annotated[dict[Key, CustomerShare], Field(min_length=1, max_length=40)],
) -> CustomerCounts:
    """Count the customers of a market who can be reached and won, by segment.

    Use when an adoption forecast needs its potential. The counts are those behind size_market's SAM and SOM.
    """
    found = {
        key: CustomerCount(
            reachable=round_to(small(item.customers, f"segments.{key}.customers") * item.reachable, 0),
            obtainable=round_to(item.customers * item.reachable * item.obtainable, 0),
        )
        for key, item in segments.items()
    }
    return CustomerCounts(
        segments=found,
        customers=sum((item.customers for item in segments.values()), Decimal(0)),
        reachable=sum((item.reachable for item in found.values()), Decimal(0)),
        obtainable=sum((item.obtainable for item in found.values()), Decimal(0)),
        method="customers x reachable, x obtainable, by segment (Blank & Dorf, The Startup Owner's Manual, 2012, market size)",
        assumptions=["The shares are the user's judgement; segments do not overlap."],
    )
