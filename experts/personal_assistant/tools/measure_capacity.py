"""How much time people really have: working days less protected days and what their calendars already hold.

A day counts where the person's country works and it is neither a protected day nor a protected weekday. Hours of a day =
working hours less the part of them that commitments take (overlaps counted once, half-open intervals, local time). Free
days = free hours / hours of a working day. Weeks begin on Monday (ISO 8601); the first and last may be cut by the window.

Limits: commitments repeat only where they are listed; travel, meals and interruptions are not known.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.calendar import WEEKDAYS, working_calendar
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Days, Ratio, Share, Volume, round_to
from experts.personal_assistant.tools import _zones as zones

LISTED = False  # find_meeting_slots is what a person asks for; plans need whole weeks
LONGEST_DAYS, MOST_COMMITMENTS = 400, 3000


class Commitment(Model):
    """Local to the person."""

    start: zones.LocalTime
    end: zones.LocalTime


class PersonTime(Model):
    """When somebody works, and what is already taken."""

    country: str
    subdivision: str | None = None
    work_start: zones.Clock = "09:00"
    work_end: zones.Clock = "17:00"
    protected_weekdays: Annotated[list[str], Field(max_length=7)] = []
    protected_days: Annotated[list[Day], Field(max_length=LONGEST_DAYS)] = []
    busy: Annotated[list[Commitment], Field(max_length=MOST_COMMITMENTS)] = []


class Capacity(Model):
    """One person in the whole window; hours inside working hours. `days_off`: working days of the country kept free."""

    working_days: Days
    protected_days: Days
    commitments: Count
    hours: Volume
    busy_hours: Volume
    free_hours: Volume
    free_days: Ratio
    free_share: Share
    days_off: list[Day]


class Week(Model):
    """Monday to Sunday, cut by the window; free days by person."""

    begins: Day
    ends: Day
    free_days: dict[Key, Ratio]
    total: Ratio


class CapacityPlan(Model):
    """`tightest` is the week with the least free time of all."""

    people: dict[Key, Capacity]
    weeks: dict[Key, Week]
    week_count: Count
    free_days: Ratio
    tightest: str
    outside: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def measure_capacity(
    people: Annotated[dict[Key, PersonTime], Field(min_length=1, max_length=20)], first: Day, last: Day
) -> CapacityPlan:
    """Measure how many days people have for a project, week by week, after protected days and commitments.

    Use when a plan depends on people who are busy.
    """
    if last < first or (last - first).days >= LONGEST_DAYS:
        raise InvalidInput(
            f"window {first} to {last} is empty or longer than {LONGEST_DAYS} days; choose another", field="last"
        )
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found: dict[str, Capacity] = {}
    free: dict[str, dict[date, Decimal]] = {}
    lengths: dict[str, Decimal] = {}
    outside = 0
    for key, person in people.items():
        opens, closes = _hours(key, person)
        length = round_to(Decimal(closes - opens) / 60, 4)
        book = working_calendar(person.country, person.subdivision, prefix=f"people.{key}.")
        off = _weekdays(key, person.protected_weekdays)
        working = [day for day in days if book.is_working(day)]
        kept = [day for day in working if day.weekday() in off or day in set(person.protected_days)]
        there = [day for day in working if day not in set(kept)]
        taken, apart = _taken(key, person, first, last, opens, closes)
        outside += apart
        busy = {day: round_to(Decimal(taken.get(day, 0)) / 60, 4) for day in there}
        free[key], lengths[key] = {day: length - busy[day] for day in there}, length
        hours, used = length * len(there), sum(busy.values(), Decimal(0))
        found[key] = Capacity(
            working_days=len(working),
            protected_days=len(kept),
            commitments=len(person.busy) - apart,
            hours=round_to(hours, 2),
            busy_hours=round_to(used, 2),
            free_hours=round_to(hours - used, 2),
            free_days=round_to((hours - used) / length, 2),
            free_share=round_to((hours - used) / (length * len(working)), 4) if working else Decimal(0),
            days_off=kept,
        )
    weeks = _weeks(days, free, lengths)
    full = [key for key, one in found.items() if not one.free_days]
    return CapacityPlan(
        people=found,
        weeks=weeks,
        week_count=len(weeks),
        free_days=sum((one.free_days for one in found.values()), Decimal(0)),
        tightest=min(weeks, key=lambda key: (weeks[key].total / ((weeks[key].ends - weeks[key].begins).days + 1), key)),
        outside=outside,
        method="Working days of the country less protected days; working hours less commitments, overlaps once; free days = "
        "free hours / hours of a working day.",
        assumptions=["What no calendar shows is free.", "Commitments outside working hours take no working time."],
        warnings=[f"Nothing is free in the whole window: {', '.join(full)}."] if full else [],
    )


def _hours(key: str, person: PersonTime) -> tuple[int, int]:
    opens = zones.clock(person.work_start, f"people.{key}.work_start")
    closes = zones.clock(person.work_end, f"people.{key}.work_end")
    if closes <= opens:
        raise InvalidInput(
            f"working hours {person.work_start!r} to {person.work_end!r} of {key!r} are empty; end after start",
            field=f"people.{key}.work_end",
        )
    return opens, closes


def _weekdays(key: str, names: list[str]) -> set[int]:
    for name in names:
        if name not in WEEKDAYS:
            raise InvalidInput(
                f"protected weekday {name!r} of {key!r} is not a day of the week{did_you_mean(name, WEEKDAYS)}; "
                "write for example 'friday'",
                field=f"people.{key}.protected_weekdays",
            )
    return {WEEKDAYS.index(name) for name in names}


def _taken(
    key: str, person: PersonTime, first: date, last: date, opens: int, closes: int
) -> tuple[dict[date, int], int]:
    """Minutes of working hours that commitments take, by day; and how many commitments lie outside the window."""
    spans, apart = [], 0
    for number, one in enumerate(person.busy):
        field = f"people.{key}.busy.{number}"
        start, end = zones.moment(one.start, field), zones.moment(one.end, field)
        if end <= start:
            raise InvalidInput(f"{one.start!r} to {one.end!r} of {key!r} ends before it starts; swap them", field=field)
        if (end - start).days > LONGEST_DAYS:
            raise InvalidInput(
                f"{one.start!r} to {one.end!r} of {key!r} is longer than {LONGEST_DAYS} days; check it", field=field
            )
        if end.date() < first or start.date() > last:
            apart += 1
        else:
            spans.append((start, end))
    taken: dict[date, int] = {}
    until = datetime.min
    for start, end in sorted(spans):
        start = max(start, until)
        until = max(until, end)
        day = start.date()
        while start < end and day <= end.date():
            midnight = datetime(day.year, day.month, day.day)
            begins = max(start, midnight + timedelta(minutes=opens))
            closed = min(end, midnight + timedelta(minutes=closes))
            if closed > begins:
                taken[day] = taken.get(day, 0) + int((closed - begins).total_seconds()) // 60
            day += timedelta(days=1)
    return taken, apart


def _weeks(days: list[date], free: dict[str, dict[date, Decimal]], lengths: dict[str, Decimal]) -> dict[str, Week]:
    grouped: dict[date, list[date]] = {}
    for day in days:
        grouped.setdefault(day - timedelta(days=day.weekday()), []).append(day)
    made = {}
    for own in grouped.values():
        by = {
            key: round_to(sum((hours.get(day, Decimal(0)) for day in own), Decimal(0)) / lengths[key], 2)
            for key, hours in free.items()
        }
        made[own[0].isoformat()] = Week(begins=own[0], ends=own[-1], free_days=by, total=sum(by.values(), Decimal(0)))
    return made
