"""One event as a valid iCalendar file: VTIMEZONE, VALARM, ATTENDEE, a UID derived from the content.

Written by RFC 5545 (VEVENT 3.6.1, VTIMEZONE 3.6.5, VALARM 3.6.6) and, with attendees, as a request
by RFC 5546. The end is exclusive; an all-day event ends on the day after its last. UID is the SHA-256
of summary, start, zone and organiser: the same event keeps its UID, so that calendars update rather
than copy it (raise `sequence` then). DTSTAMP is the day given, else the start, never a clock.
Limits: one event; nothing is sent.
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day
from experts.personal_assistant.tools import _rules
from experts.personal_assistant.tools import _zones as zones

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")


class CalendarEvent(Model):
    """The file's text and what it says."""

    uid: str
    start: str
    end: str
    minutes: int
    attendees: int
    ics: str
    tzdata: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def create_calendar_event(
    summary: Annotated[str, Field(min_length=1, max_length=200)],
    start: Annotated[str, Field(max_length=16, description="local YYYY-MM-DDTHH:MM, or a date for all day")],
    end: Annotated[str, Field(max_length=16, description="exclusive; for all day the day after the last")],
    zone: str,
    organizer: Annotated[str, Field(max_length=254)] = "",
    attendees: Annotated[list[str], Field(max_length=200, description="e-mail addresses")] = [],  # noqa: B006 - read only
    location: Annotated[str, Field(max_length=300)] = "",
    description: Annotated[str, Field(max_length=4000)] = "",
    rrule: Annotated[str, Field(max_length=500)] = "",
    alarms: Annotated[
        list[Annotated[int, Field(ge=0, le=40320)]], Field(max_length=5, description="minutes before")
    ] = [],  # noqa: B006 - read only
    sequence: Annotated[int, Field(ge=0, le=9999)] = 0,
    stamp: Day | None = None,
) -> CalendarEvent:
    """A calendar event as a valid .ics with time zone, alarms and attendees.

    Use when something belongs in a calendar; nothing is sent.
    """
    place, all_day = zones.zone(zone), "T" not in start
    if ("T" not in end) != all_day:
        raise InvalidInput(f"start {start!r} and end {end!r} must both be dates or both have times", field="end")
    first, until = zones.moment(start, "start"), zones.moment(end, "end")
    begin, finish = (
        _instant(at, text, place, all_day, n) for at, text, n in ((first, start, "start"), (until, end, "end"))
    )
    if finish <= begin:
        raise InvalidInput(f"end {end!r} is not after start {start!r}; the end is exclusive", field="end")
    for at, address in enumerate([organizer, *attendees] if organizer else attendees):
        if not _EMAIL.fullmatch(address):
            raise InvalidInput(
                f"{address!r} is not an e-mail address; write it as name@example.com",
                field="organizer" if organizer and at == 0 else f"attendees.{at - bool(organizer)}",
            )
    if attendees and not organizer:
        raise InvalidInput(
            "attendees need an organizer (RFC 5546 3.2.2); give the organizer's e-mail", field="organizer"
        )
    parts = _rules.parse(rrule, all_day) if rrule else {}
    uid = (
        hashlib.sha256("|".join((summary, start, zone, organizer.lower())).encode()).hexdigest()[:32] + "@pixel-experts"
    )
    warnings = []
    if not all_day and zones.kind_of(first, place) == "fold":
        warnings.append(f"{start} comes twice in {zone}; the first is meant in the file.")
    if len(set(map(str.lower, attendees))) < len(attendees):
        warnings.append("An attendee is listed twice and written once.")
    stamped = datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC) if stamp else begin
    text = _calendar(
        summary, (first, until), place, all_day, parts, uid, stamped, sequence,
        organizer, list(dict.fromkeys(map(str.lower, attendees))), location, description, alarms,
    )  # fmt: skip
    return CalendarEvent(
        uid=uid,
        start=start if all_day else zones.shown(begin, place),
        end=end if all_day else zones.shown(finish, place),
        minutes=zones.minutes(finish - begin),
        attendees=len(set(map(str.lower, attendees))),
        ics=text,
        tzdata=zones.version(),
        method=f"RFC 5545 and, with attendees, METHOD:REQUEST of RFC 5546; zone rules of tzdata {zones.version()}.",
        assumptions=[] if stamp else ["DTSTAMP is the start, since no stamp was given."],
        warnings=warnings,
    )


def _instant(at: datetime, text: str, place: ZoneInfo, all_day: bool, field: str) -> datetime:
    return at.replace(tzinfo=UTC) if all_day else zones.first_reading(text, place, field)


def _calendar(
    summary: str,
    span: tuple[datetime, datetime],
    place: ZoneInfo,
    all_day: bool,
    parts: dict[str, str],
    uid: str,
    stamped: datetime,
    sequence: int,
    organizer: str,
    attendees: list[str],
    location: str,
    description: str,
    alarms: list[int],
) -> str:
    from icalendar import Alarm, Calendar, Event, vCalAddress, vRecur

    from experts.personal_assistant.tools._vtimezone import vtimezone

    made = Calendar()
    made.add("prodid", "-//Pixel Experts//Personal assistant//EN")
    made.add("version", "2.0")
    kind: Literal["REQUEST", "PUBLISH"] = "REQUEST" if attendees else "PUBLISH"
    made.add("method", kind)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamped)
    event.add("sequence", sequence)
    event.add("summary", summary)
    for name, at in zip(("dtstart", "dtend"), span, strict=True):
        event.add(name, at.date() if all_day else at.replace(tzinfo=place))
    if parts:
        event.add("rrule", vRecur.from_ical(";".join(f"{name}={value}" for name, value in parts.items())))
    for name, value in (("location", location), ("description", description)):
        if value:
            event.add(name, value)
    if organizer:
        event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    for address in attendees:
        person: Any = vCalAddress(f"mailto:{address}")
        person.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"})
        event.add("attendee", person, encode=False)
    for before in alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", timedelta(minutes=-before))
        event.add_component(alarm)
    if not all_day and place.key not in ("UTC", "Etc/UTC"):
        years = 12 if parts else 1
        made.add_component(vtimezone(place, span[0].year - 1, span[1].year + years))
    made.add_component(event)
    return str(made.to_ical(), "utf-8")
