"""Course sessions spread over months: bookings, hours and cost by course and month.

Sessions = people / seats, rounded up; the first sessions are full, the last takes the rest. All sessions form one
row in the order of the courses, and session i of N is held in month floor(i x months / N), so the load is even and
a course that stands first is held first. Cost of a session = its people x fee + session cost; hours = people x hours.
The method is plain arithmetic; sums over months equal the plan's totals.

Limits: rooms, trainers' calendars and shifts are not looked at; months count from the start, not from the first.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, NonNegativeVolume, Volume

LISTED = False  # plan_training says who is booked; this dates the sessions for a plan


class CourseLoad(Model):
    """One course: who is booked, and what a session holds and costs."""

    people: Count
    seats: Annotated[Count, Field(ge=1, le=1000)]
    hours: NonNegativeVolume
    fee: NonNegativeMoney = Decimal(0)
    session_cost: NonNegativeMoney = Decimal(0)


class Held(Model):
    """Sessions of one course, or of all, in a month."""

    sessions: Count
    people: Count
    hours: Volume
    cost: Money


class TrainingMonth(Model):
    """One month; courses without a session in it are left out."""

    begins: Day
    total: Held
    courses: dict[str, Held]


class TrainingCalendar(Model):
    """Months by year and month, all of the window."""

    months: dict[str, TrainingMonth]
    bookings: Count
    sessions: Count
    total_hours: Volume
    total_cost: Money
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def spread_training(
    courses: Annotated[dict[Key, CourseLoad], Field(max_length=80)],
    start: Day,
    months: Annotated[int, Field(ge=1, le=36)],
    currency: str,
) -> TrainingCalendar:
    """Spread course sessions over months, with bookings, hours and cost by course and month.

    Use when a training plan is dated.
    """
    minor_units(currency)
    if start.year > 9990:
        raise InvalidInput(f"start {start} is out of range", field="start")
    queue: list[tuple[str, int]] = []
    for key, course in courses.items():
        left = course.people
        while left:
            here = min(left, course.seats)
            queue.append((key, here))
            left -= here
    held: list[dict[str, list[int]]] = [{} for _ in range(months)]
    for at, (key, people) in enumerate(queue):
        held[at * months // len(queue)].setdefault(key, []).append(people)
    rows = {}
    for at, month in enumerate(held):
        parts = {key: _held(courses[key], sizes) for key, sizes in month.items()}
        begins = _month(start, at)
        rows[f"{begins:%Y-%m}"] = TrainingMonth(begins=begins, total=_sum(list(parts.values())), courses=parts)
    whole = _sum([row.total for row in rows.values()])
    return TrainingCalendar(
        months=rows,
        bookings=whole.people,
        sessions=whole.sessions,
        total_hours=whole.hours,
        total_cost=whole.cost,
        method="Sessions = people / seats rounded up, in the order of the courses, spread evenly over the months; cost = "
        f"people x fee + sessions x session cost, {currency}.",
        assumptions=["Sessions may be held in any week of their month."],
    )


def _held(course: CourseLoad, sizes: list[int]) -> Held:
    people = sum(sizes)
    return Held(
        sessions=len(sizes),
        people=people,
        hours=course.hours * people,
        cost=course.fee * people + course.session_cost * len(sizes),
    )


def _sum(parts: list[Held]) -> Held:
    return Held(
        sessions=sum(part.sessions for part in parts),
        people=sum(part.people for part in parts),
        hours=sum((part.hours for part in parts), Decimal(0)),
        cost=sum((part.cost for part in parts), Decimal(0)),
    )


def _month(start: date, at: int) -> date:
    count = start.year * 12 + start.month - 1 + at
    return date(count // 12, count % 12 + 1, 1)
