"""Who can meet when: busy times from lists and iCalendar text, working hours and days off of each person."""

import re
from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field

from experts.core.calendar import WorkingCalendar, working_calendar
from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.personal_assistant.tools import _zones as zones

Span = tuple[datetime, datetime]


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


class Person:
    """A participant with busy times and days off worked out for a window."""

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
        """Whether nothing busy overlaps the half-open interval."""
        at = bisect_right(self.starts, start)
        before = at == 0 or self.busy[at - 1][1] <= start
        return before and (at == len(self.busy) or self.busy[at][0] >= end)

    def works_on(self, day: date) -> bool:
        """Whether the day is neither a weekend nor, where a country is given, a public holiday."""
        return day.weekday() < 5 if self.book is None else self.book.is_working(day)

    def outside(self, start: datetime, end: datetime) -> int | None:
        """How many minutes the meeting reaches beyond working hours; None where it touches a day off."""
        local, until = start.astimezone(self.place), end.astimezone(self.place)
        if not self.works_on(local.date()) or not self.works_on((until - timedelta(minutes=1)).date()):
            return None
        opens, closes = self.opening(local.date())
        return zones.minutes(max(timedelta(), opens - start, end - closes))

    def opening(self, day: date) -> tuple[datetime, datetime]:
        """When work begins and ends on a local day."""
        return self._at(day, self.hours[0]), self._at(day, self.hours[1])

    def _at(self, day: date, minutes: int) -> datetime:
        return zones.readings(zones.midnight(day) + timedelta(minutes=minutes), self.place)[0]


def merged(spans: list[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap joined."""
    made: list[Span] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def _listed(given: list[Busy], place: ZoneInfo, at: str) -> list[Span]:
    made = []
    for number, one in enumerate(given):
        field = f"{at}.busy.{number}"
        start, end = (zones.readings(zones.moment(text, field), place)[0] for text in (one.start, one.end))
        if end <= start:
            raise InvalidInput(f"busy time {one.start!r} to {one.end!r} ends before it starts; swap them", field=field)
        made.append((start, end))
    return made


def _from_ics(text: str, place: ZoneInfo, first: date, last: date, at: str) -> list[Span]:
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
