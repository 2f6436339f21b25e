"""Meeting times over several zones, calendars, working hours and holidays, ranked by inconvenience.

Starts lie on a grid (every `step` minutes of UTC). Intervals are half-open: a meeting may begin when
another ends, plus the buffer on both sides. Busy times come from the intervals given and from each
iCalendar text, recurrences expanded; cancelled and transparent events do not block. A start counts
where every required person is free and it reaches at most `stretch` minutes beyond a person's
working hours (an hour that begins two hours early reaches 120), never on a weekend or public holiday of that person. Rank: fewest people outside their
hours, then fewest minutes outside in all, then fewest optional people missing, then earliest.
Sources: RFC 5545; IANA tz database. Limits: at most 31 days and 20 people; travel is not known.
"""

import re
from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field

from experts.core.calendar import WorkingCalendar, working_calendar
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day
from experts.personal_assistant.tools import _zones as zones

_Span = tuple[datetime, datetime]


class Busy(Model):
    """Local to the person."""

    start: zones.LocalTime
    end: zones.LocalTime


class Participant(Model):
    """country adds public holidays; ics is calendar text."""

    zone: str
    work_start: zones.Clock = "09:00"
    work_end: zones.Clock = "17:00"
    country: str | None = None
    subdivision: str | None = None
    busy: Annotated[list[Busy], Field(max_length=300)] = []
    ics: Annotated[str, Field(max_length=200_000)] = ""
    optional: bool = False


class Local(Model):
    """The slot for one person; outside is how many minutes it reaches beyond working hours."""

    start: str
    end: str
    outside: int
    free: bool


class Slot(Model):
    """One candidate, best first."""

    rank: int
    start_utc: str
    end_utc: str
    people: dict[str, Local]
    inconvenienced: list[str]
    missing_optional: list[str]


class MeetingSlots(Model):
    """blocked counts, per person, grid starts that the person's calendar or day off rules out."""

    slots: list[Slot]
    found: int
    blocked: dict[str, int]
    holidays: dict[str, list[str]]
    tzdata: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


class _Person:
    def __init__(self, key: str, given: Participant, first: date, last: date) -> None:
        at = f"people.{key}"
        self.place = zones.zone(given.zone, f"{at}.zone")
        self.hours = (zones.clock(given.work_start, f"{at}.work_start"), zones.clock(given.work_end, f"{at}.work_end"))
        if self.hours[1] <= self.hours[0]:
            raise InvalidInput(
                f"working hours {given.work_start!r} to {given.work_end!r} of {key!r} are empty; end after start",
                field=f"{at}.work_end",
            )
        self.book: WorkingCalendar | None = None
        if given.country:
            self.book = working_calendar(given.country, given.subdivision, prefix=f"{at}.")
        self.busy = merged([*_listed(given.busy, self.place, at), *_from_ics(given.ics, self.place, first, last, at)])
        self.starts = [start for start, _ in self.busy]

    def free(self, start: datetime, end: datetime) -> bool:
        at = bisect_right(self.starts, start)
        before = at == 0 or self.busy[at - 1][1] <= start
        return before and (at == len(self.busy) or self.busy[at][0] >= end)

    def works_on(self, day: date) -> bool:
        return day.weekday() < 5 if self.book is None else self.book.is_working(day)

    def outside(self, start: datetime, end: datetime) -> int | None:
        """How many minutes the meeting reaches beyond working hours; None where it touches a day off."""
        local, until = start.astimezone(self.place), end.astimezone(self.place)
        if not self.works_on(local.date()) or not self.works_on((until - timedelta(minutes=1)).date()):
            return None
        opens, closes = (self._at(local.date(), minutes) for minutes in self.hours)
        return zones.minutes(max(timedelta(), opens - start, end - closes))

    def _at(self, day: date, minutes: int) -> datetime:
        return zones.readings(zones.midnight(day) + timedelta(minutes=minutes), self.place)[0]


def find_meeting_slots(
    people: Annotated[dict[Key, Participant], Field(min_length=1, max_length=20)],
    first: Day,
    last: Day,
    minutes: Annotated[int, Field(ge=5, le=720)],
    buffer: Annotated[int, Field(ge=0, le=240)] = 0,
    stretch: Annotated[int, Field(ge=0, le=720, description="minutes it may reach beyond working hours")] = 0,
    step: Annotated[int, Field(ge=5, le=240)] = 30,
    limit: Annotated[int, Field(ge=1, le=50)] = 5,
) -> MeetingSlots:
    """Ranked meeting times over zones, calendars, working hours and holidays, and whom each inconveniences.

    Use when people in several places must meet.
    """
    if last < first or (last - first).days > 31 or not 1901 < first.year < 2199:
        raise InvalidInput(f"window {first} to {last} is empty or longer than 31 days; choose another", field="last")
    if all(one.optional for one in people.values()):
        raise InvalidInput("every person is optional; at least one must be required", field="people")
    everyone = {key: _Person(key, given, first, last) for key, given in people.items()}
    window = [
        min(zones.readings(zones.midnight(first), one.place)[0] for one in everyone.values()),
        max(zones.readings(zones.midnight(last + timedelta(days=1)), one.place)[0] for one in everyone.values()),
    ]
    blocked = dict.fromkeys(people, 0)
    found: list[tuple[Any, ...]] = []
    length, gap = timedelta(minutes=minutes), timedelta(minutes=buffer)
    start = window[0]
    while start + length <= window[1]:
        candidate = _judge(start, start + length, gap, people, everyone, stretch, blocked)
        if candidate is not None:
            found.append(candidate)
        start += timedelta(minutes=step)
    found.sort(key=lambda item: item[:4])
    slots = [_slot(rank, item, length, everyone) for rank, item in enumerate(found[:limit], 1)]
    warnings = []
    if not found:
        worst = max(blocked, key=lambda key: blocked[key])
        warnings.append(
            f"No time suits everyone. {worst} rules out most starts; widen the window, raise stretch, shorten the "
            "meeting or make someone optional."
        )
    return MeetingSlots(
        slots=slots,
        found=len(found),
        blocked=blocked,
        holidays={
            key: [f"{day} {name}" for day, name in one.book.holidays_between(first, last).items()]
            for key, one in everyone.items()
            if one.book
        },
        tzdata=zones.version(),
        method=f"Half-open intervals on a {step}-minute grid, buffer {buffer} minutes on both sides; rank by people "
        f"outside hours, minutes outside, optional people missing, time. tzdata {zones.version()}.",
        assumptions=[
            "Saturday and Sunday are days off where no country is given; holidays only where one is.",
            "What no calendar shows is free.",
        ],
        warnings=warnings,
    )


def _judge(
    start: datetime,
    end: datetime,
    gap: timedelta,
    people: dict[str, Participant],
    everyone: dict[str, _Person],
    stretch: int,
    blocked: dict[str, int],
) -> tuple[Any, ...] | None:
    late: dict[str, int] = {}
    missing: list[str] = []
    suits = True
    for key, person in everyone.items():
        outside = person.outside(start, end)
        ok = outside is not None and outside <= stretch and person.free(start - gap, end + gap)
        if ok:
            late[key] = outside or 0
        else:
            blocked[key] += 1
            missing.append(key)
            suits = suits and people[key].optional
    if not suits:
        return None
    return sum(map(bool, late.values())), sum(late.values()), len(missing), start, late, missing


def _slot(rank: int, item: tuple[Any, ...], length: timedelta, everyone: dict[str, _Person]) -> Slot:
    _, _, _, start, late, missing = item
    end = start + length
    return Slot(
        rank=rank,
        start_utc=start.isoformat(timespec="minutes"),
        end_utc=end.isoformat(timespec="minutes"),
        people={
            key: Local(
                start=zones.shown(start, one.place),
                end=zones.shown(end, one.place),
                outside=late.get(key, 0),
                free=key not in missing,
            )
            for key, one in everyone.items()
        },
        inconvenienced=[key for key, minutes in late.items() if minutes],
        missing_optional=missing,
    )


def merged(spans: list[_Span]) -> list[_Span]:
    """Spans in order, those that touch or overlap joined."""
    made: list[_Span] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def _listed(given: list[Busy], place: ZoneInfo, at: str) -> list[_Span]:
    made = []
    for number, one in enumerate(given):
        field = f"{at}.busy.{number}"
        start, end = (zones.readings(zones.moment(text, field), place)[0] for text in (one.start, one.end))
        if end <= start:
            raise InvalidInput(f"busy time {one.start!r} to {one.end!r} ends before it starts; swap them", field=field)
        made.append((start, end))
    return made


def _from_ics(text: str, place: ZoneInfo, first: date, last: date, at: str) -> list[_Span]:
    if not text.strip():
        return []
    import recurring_ical_events
    from icalendar import Calendar

    if re.search(r"FREQ=(SECONDLY|MINUTELY|HOURLY)", text, re.IGNORECASE):
        raise InvalidInput("the calendar repeats an event within a day; list its busy times instead", field=f"{at}.ics")
    try:
        book = Calendar.from_ical(text)
        days = (first - timedelta(days=2), last + timedelta(days=3))
        events = recurring_ical_events.of(book).between(*days)
    except Exception as error:  # the parser raises many kinds for text that is not a calendar
        raise InvalidInput(
            f"the calendar text is not iCalendar ({type(error).__name__}: {str(error)[:80]}); give the .ics as exported",
            field=f"{at}.ics",
        ) from error
    made = []
    for event in events:
        if str(event.get("STATUS", "")) == "CANCELLED" or str(event.get("TRANSP", "")) == "TRANSPARENT":
            continue
        start, end = _moment(event.start, place), _moment(event.end, place)
        if end > start:
            made.append((start, end))
    return made


def _moment(value: Any, place: ZoneInfo) -> datetime:
    at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return zones.readings(at, place)[0] if at.tzinfo is None else at.astimezone(UTC)
