"""Committed funding against the running sum of a plan, month by month: headroom, and the first month that is short.

Funds available in a month = commitments whose date is on or before the month's last day. Headroom = funds available +
running sum of the net cash flow (IAS 7 direct view of a plan's cash). A negative headroom is a gap.

Limits: commitments are taken as paid in full on their date; interest and repayments count only as rows of the plan.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Money, NonNegativeMoney

LISTED = False  # a part of an investment case; forecast_cash_flow is what a person calls


class Commitment(Model):
    """Money that is promised, and from which day it can be drawn."""

    amount: NonNegativeMoney
    available: Day


class Coverage(Model):
    """By month, in the plan's order."""

    committed: NonNegativeMoney
    available: list[Money]
    headroom: list[Money]
    lowest_headroom: Money
    lowest_month: Day
    gap: NonNegativeMoney
    first_short_month: Day | None = None
    short_months: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def cover_funding(
    running: Annotated[list[Money], Field(min_length=1, max_length=361, description="running sum of net cash")],
    ends: Annotated[list[Day], Field(min_length=1, max_length=361, description="last day of each month")],
    commitments: Annotated[dict[Key, Commitment], Field(max_length=60)],
) -> Coverage:
    """Whether committed funding covers a plan's cash need in every month.

    Use when funding is set beside a plan. It arranges none.
    """
    if len(running) != len(ends):
        raise InvalidInput(f"there are {len(running)} sums for {len(ends)} months; give one a month", field="running")
    available = [
        sum((each.amount for each in commitments.values() if each.available <= end), Decimal(0)) for end in ends
    ]
    headroom = [funds + cash for funds, cash in zip(available, running, strict=True)]
    lowest = min(headroom)
    short = [at for at, left in enumerate(headroom) if left < 0]
    at = headroom.index(lowest)
    return Coverage(
        committed=sum((each.amount for each in commitments.values()), Decimal(0)),
        available=available,
        headroom=headroom,
        lowest_headroom=lowest,
        lowest_month=ends[at].replace(day=1),
        gap=max(Decimal(0), -lowest),
        first_short_month=ends[short[0]].replace(day=1) if short else None,
        short_months=len(short),
        method="Headroom = commitments available by the month's end + running sum of net cash.",
        assumptions=["Commitments are paid in full on their date and cost nothing but what the plan's rows say."],
        warnings=[],
    )
