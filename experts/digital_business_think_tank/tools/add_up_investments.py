"""How much money a financing plan brings, by instrument, and in what order the rounds close.

Source: arithmetic. Limits: amounts as agreed, not as paid; no conditions of closing.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, NonNegativeMoney

LISTED = False


class Investment(Model):
    """Money and the day it comes."""

    amount: NonNegativeMoney
    received: Day


class Investments(Model):
    """`order` lists the rounds by day; `no_shares` is the pool a round adds where its pool is a share of everything."""

    safes: NonNegativeMoney
    rounds: NonNegativeMoney
    total: NonNegativeMoney
    order: list[str]
    no_shares: Count = 0
    first: Day | None = None
    last: Day | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def add_up_investments(
    safes: Annotated[dict[Key, Investment], Field(max_length=30)],
    rounds: Annotated[dict[Key, Investment], Field(max_length=8)],
) -> Investments:
    """Add up SAFEs and rounds, and put the rounds in order of their days.

    Use when a cap table is compared with a financial plan.
    """
    order = sorted(rounds, key=lambda key: (rounds[key].received, key))
    late = [key for key, safe in safes.items() if order and safe.received > rounds[order[0]].received]
    if late:
        raise InvalidInput(
            f"SAFE {late[0]!r} comes on {safes[late[0]].received}, after the round {order[0]!r} in which SAFEs convert; "
            "date it before the round, or make it a round of its own",
            field=f"safes.{late[0]}.received",
        )
    days = [each.received for each in [*safes.values(), *rounds.values()]]
    safe_money = sum((each.amount for each in safes.values()), Decimal(0))
    round_money = sum((each.amount for each in rounds.values()), Decimal(0))
    return Investments(
        safes=safe_money,
        rounds=round_money,
        total=safe_money + round_money,
        order=order,
        first=min(days, default=None),
        last=max(days, default=None),
        method="Sums of the amounts; rounds by day.",
    )
