"""When each clearance that a launch needs can be in hand, what it costs, and which ones nobody has a way to.

A clearance starts on the first working day of the plan, or on the first working day after the task it waits for. Its
lead time is counted in calendar days as Regulation 1182/71 Art. 3 counts them: the day of the start does not count, and
a last day on a weekend or public holiday moves on to the next working day. `working_days` counts the working days from
the start to that day, both included, so that a schedule in working days can carry it. With `expedite`, the expedited lead
time and its extra cost apply where both are known.

A blocker is open if it is not cleared and was refused, has no lead time or no owner, or is in hand only after the launch.

Limits: lead times are the user's or an office's own estimate; no office is bound by them.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.calendar import WorkingCalendar, working_calendar
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Days, NonNegativeMoney
from experts.legal_consultant.tools._legal import Legal

LISTED = False  # the launch plan's action calls it with the dates of a schedule

Status = Literal["cleared", "in_progress", "open", "refused"]
Why = Literal["", "refused", "no lead time", "no owner", "after the launch"]
LONGEST_DAYS = 3650


class Clearance(Model):
    """One mark, licence, claim or approval. `lead_days` in calendar days; `after` is the day its input is finished."""

    status: Status = "open"
    blocking: bool = True
    owner: Annotated[str, Field(max_length=200)] = ""
    lead_days: Days | None = None
    expedited_days: Days | None = None
    after: Day | None = None
    cost: NonNegativeMoney | None = None
    expedite_cost: NonNegativeMoney | None = None


class DatedClearance(Model):
    """When it starts and is in hand; `days_before_launch` is negative after it; `why` says why it blocks the launch."""

    starts: Day | None = None
    clear: Day | None = None
    working_days: Days | None = None
    days_before_launch: Days | None = None
    expedited: bool = False
    cost: NonNegativeMoney
    blocks_launch: bool
    why: Why = ""


class ClearanceSchedule(Legal):
    """`clearance_date` is the day on which the last blocking item with a lead time is in hand."""

    items: dict[Key, DatedClearance]
    open_blockers: Count
    planned: Count
    cleared: Count
    expedited: Count
    clearance_date: Day | None = None
    cost: NonNegativeMoney


def schedule_clearances(
    items: Annotated[dict[Key, Clearance], Field(max_length=300)],
    start: Day,
    launch: Day,
    jurisdiction: Annotated[str, Field(max_length=200)],
    country: Annotated[str, Field(description="whose holidays count: 'DE'")],
    subdivision: Annotated[str | None, Field(description="'HH'")] = None,
    weekend: Annotated[list[str] | None, Field(description="if not the country's")] = None,
    expedite: bool = False,
) -> ClearanceSchedule:
    """Date the clearances a launch needs: start, day in hand, cost, and the blockers that stay open.

    Use when marks, licences, claims and approvals have lead times. It does not judge whether one will be given.
    """
    calendar = working_calendar(country, subdivision, weekend)
    calendar.check(start, "start")
    calendar.check(launch, "launch")
    found = {key: _dated(key, item, start, launch, calendar, expedite) for key, item in items.items()}
    blocking = {key: row for key, row in found.items() if items[key].blocking and row.clear is not None}
    open_ones = [key for key, row in found.items() if row.blocks_launch]
    return ClearanceSchedule(
        jurisdiction=jurisdiction,
        as_of=start,
        sources=["Council Regulation (EEC, Euratom) 1182/71, Art. 3 (counting of calendar days)"],
        escalate=bool(open_ones),
        escalation_reason=f"Open blockers: {', '.join(open_ones[:5])}." if open_ones else "",
        method="Lead times in calendar days from the start, its day not counted, moved off weekends and public "
        "holidays; a blocker is open if refused, without lead time or owner, or in hand only after the launch.",
        assumptions=[
            "Each clearance starts as soon as what it waits for is finished, and takes its lead time in full."
        ],
        items=found,
        open_blockers=len(open_ones),
        planned=sum(row.clear is not None for row in found.values()),
        cleared=sum(item.status == "cleared" for item in items.values()),
        expedited=sum(row.expedited for row in found.values()),
        clearance_date=max((row.clear for row in blocking.values() if row.clear), default=None),
        cost=sum((row.cost for row in found.values()), Decimal(0)),
    )


def _dated(
    key: str, item: Clearance, start: date, launch: date, calendar: WorkingCalendar, expedite: bool
) -> DatedClearance:
    for name in ("lead_days", "expedited_days"):
        days = getattr(item, name)
        if days is not None and not 0 <= days <= LONGEST_DAYS:
            raise InvalidInput(
                f"{name} {days} of {key!r} must be from 0 to {LONGEST_DAYS} calendar days; correct it",
                field=f"items.{key}.{name}",
                seen=days,
            )
    if item.expedited_days is not None and item.lead_days is not None and item.expedited_days > item.lead_days:
        raise InvalidInput(
            f"expedited_days {item.expedited_days} of {key!r} is longer than its lead_days {item.lead_days}; swap them",
            field=f"items.{key}.expedited_days",
        )
    if item.status == "cleared":
        return DatedClearance(cost=Decimal(0), blocks_launch=False)
    faster = expedite and item.expedited_days is not None and item.lead_days is not None
    cost = (item.cost or Decimal(0)) + ((item.expedite_cost or Decimal(0)) if faster else Decimal(0))
    lead = item.expedited_days if faster else item.lead_days
    if lead is None or item.status == "refused":
        why: Why = "refused" if item.status == "refused" else "no lead time"
        return DatedClearance(cost=cost, blocks_launch=item.blocking, why=why if item.blocking else "")
    begins = calendar.on_or_after(start if item.after is None else max(start, item.after + timedelta(days=1)))
    clear = calendar.on_or_after(begins + timedelta(days=lead))
    why = "no owner" if not item.owner.strip() else "after the launch" if clear > launch else ""
    return DatedClearance(
        starts=begins,
        clear=clear,
        working_days=len(calendar.working_days(begins, clear)),
        days_before_launch=(launch - clear).days,
        expedited=faster,
        cost=cost,
        blocks_launch=item.blocking and bool(why),
        why=why if item.blocking else "",
    )
