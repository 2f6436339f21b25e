"""Dates that follow from issuing founders' stock that vests: the section 83(b) election, cliff and end of vesting.

An election to be taxed on the stock's value at transfer is filed not later than 30 days after the transfer (IRC 83(b)(2); 26
CFR 1.83-2(b)); a last day on a Saturday, Sunday or legal holiday moves to the next business day (IRC 7503; federal holidays
and those of the District of Columbia). It cannot be made later. Unvested shares at a day are worked out by whole months
from the transfer, nothing before the cliff; months end on the same day or the last of a shorter month.

Limits: federal tax only; whether to elect is a question for a tax adviser; no acceleration.
"""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from experts.core.calendar import working_calendar
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Days
from experts.legal_consultant.tools._legal import Legal
from experts.legal_consultant.tools._numbers import add_months

LISTED = False  # compute_statutory_deadline counts deadlines; this is for the startup flow's formation step
ELECTION_DAYS = 30


class Vesting(Model):
    """Shares that vest when the cliff is reached, and after each further month, the last month taking the rest."""

    shares: Count
    at_cliff: Count
    each_month: Count


class FounderStock(Legal):
    """`nominal` is the day before it moves off weekends and holidays; days are counted from the transfer."""

    election_nominal: Day
    election_due: Day
    days_to_elect: Days
    cliff: Day
    vested: Day
    founders: dict[Key, Vesting]
    shares: Count


def plan_founder_stock(
    shares: Annotated[dict[Key, Count], Field(min_length=1, max_length=30, description="By founder.")],
    transferred: Day,
    vesting_months: Annotated[Count, Field(ge=1, le=120)] = 48,
    cliff_months: Annotated[Count, Field(ge=0, le=60)] = 12,
) -> FounderStock:
    """Plan the dates of founders' stock: 83(b) election, cliff, end of vesting, shares by month.

    Use when stock is issued to founders subject to vesting.
    """
    if cliff_months > vesting_months:
        raise InvalidInput(
            f"the cliff of {cliff_months} months is longer than vesting, {vesting_months} months", field="cliff_months"
        )
    book = working_calendar("US", "DC")
    book.check(transferred, "transferred")
    nominal = book.check(transferred + timedelta(days=ELECTION_DAYS), "transferred")
    due = book.on_or_after(nominal)
    total = sum(shares.values())
    if not total:
        raise InvalidInput("no founder receives a share; give how many each receives", field="shares")
    return FounderStock(
        jurisdiction="US",
        as_of=transferred,
        sources=["IRC 83(b)(2), 7503", "26 CFR 1.83-2(b)"],
        escalate=True,
        escalation_reason="Whether to elect is for each founder and a tax adviser; the day cannot be moved.",
        method="Transfer + 30 days, moved off weekends and federal or District holidays; vesting by whole months.",
        assumptions=["All founders receive their stock on the same day and vest alike."],
        warnings=["An election filed late is void, and there is no relief."],
        election_nominal=nominal,
        election_due=due,
        days_to_elect=(due - transferred).days,
        cliff=add_months(transferred, cliff_months),
        vested=add_months(transferred, vesting_months),
        founders={
            key: Vesting(shares=n, at_cliff=n * cliff_months // vesting_months, each_month=n // vesting_months)
            for key, n in shares.items()
        },
        shares=total,
    )
