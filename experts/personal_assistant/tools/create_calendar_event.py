"""One event as a valid iCalendar file: VTIMEZONE, VALARM, ATTENDEE, and a UID by which it is updated later.

Written by RFC 5545 (VEVENT 3.6.1, VTIMEZONE 3.6.5, VALARM 3.6.6) and, with attendees, as a request
by RFC 5546. The end is exclusive; an all-day event ends on the day after its last.

UID and SEQUENCE (RFC 5545 3.8.4.7, 3.8.7.4): calendars recognise an event by its UID alone and take the
higher SEQUENCE. Without `uid` the event is new: its UID is the SHA-256 of summary, first start, zone and
organizer, so that the same call gives the same file. To move or change it, give the `uid` of the first result,
whatever has changed since, and a `sequence` one higher than the last. A `sequence` without `uid` is refused, as
it would make a second event. DTSTAMP is the day given, else the start, never a clock.

VTIMEZONE holds the clock changes to the last instance where COUNT or UNTIL ends the rule, at most 60 years,
and 12 years where nothing does; the result warns where instances lie beyond.
Limits: one event; nothing is sent or cancelled.
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

_ENDLESS, _LONGEST = 12, 60
"""Years of clock changes written for a rule without end, and at most for one with."""
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
    sequence: Annotated[int, Field(ge=0, le=9999, description="raise with each change")] = 0,
    stamp: Day | None = None,
    uid: Annotated[str, Field(max_length=255, description="of the event to change")] = "",
) -> CalendarEvent:
    """A calendar event as a valid .ics with time zone, alarms and attendees.

    Use when something belongs in a calendar; nothing is sent.
    """
    for name, text in (("summary", summary), ("location", location), ("description", description)):
        control = re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)
        if control:
            raise InvalidInput(
                f"{name} has the control character {control[0]!r}, which RFC 5545 does not allow; take it out",
                field=name,
            )
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
    warnings = []
    if uid and not sequence:
        warnings.append("A calendar ignores a change whose SEQUENCE is not higher than before; raise sequence.")
    uid = _uid(uid, sequence, (summary, start, zone, organizer.lower()))
    until_year, beyond = _zone_years(parts, first, place, all_day)
    if beyond:
        warnings.append(beyond)
    if not all_day and zones.kind_of(first, place) == "fold":
        warnings.append(f"{start} comes twice in {zone}; the first is meant in the file.")
    if len(set(map(str.lower, attendees))) < len(attendees):
        warnings.append("An attendee is listed twice and written once.")
    stamped = datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC) if stamp else begin
    text = _calendar(
        summary, (first, until), place, all_day, parts, uid, stamped, sequence, max(until_year, until.year) + 1,
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


def _uid(given: str, sequence: int, identity: tuple[str, ...]) -> str:
    """The UID given, or that of a new event."""
    if given:
        if not re.fullmatch(r"[!-~]+", given):
            raise InvalidInput(
                f"uid {given[:60]!r} must be printable ASCII without spaces; copy it from the event's first file",
                field="uid",
            )
        return given
    if sequence:
        raise InvalidInput(
            f"sequence {sequence} changes an event, and which one is not said; give the uid of its first file",
            field="uid",
        )
    return hashlib.sha256("|".join(identity).encode()).hexdigest()[:32] + "@pixel-experts"


def _zone_years(parts: dict[str, str], first: datetime, place: ZoneInfo, all_day: bool) -> tuple[int, str]:
    """The last year whose clock changes the file needs, and a warning where it holds fewer."""
    if not parts or all_day:
        return first.year, ""
    if "UNTIL" in parts:
        ends = (_rules.until_of(parts) or first).year
    elif "COUNT" in parts:
        found, _ = _rules.locals_of(parts, first, place, None, int(parts["COUNT"]))
        ends = max((local.year for local in found), default=first.year)
    else:
        ends = 9999
    held = min(ends, first.year + (_ENDLESS if ends == 9999 else _LONGEST), 2198)
    last = datetime(held, 12, 31)
    moves = {(last - timedelta(days=days)).replace(tzinfo=place).utcoffset() for days in range(0, 366, 14)}
    if held == ends or len(moves) == 1:
        return held, ""
    return held, (
        f"{'The rule has no end' if ends == 9999 else 'The rule runs on'}; the file holds the clock changes of {place.key} "
        f"to the end of {held}. Later instances may be an hour off in a calendar that does not know the zone: "
        "end the rule with UNTIL or COUNT, or send it again before then."
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
    last_year: int,
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
        made.add_component(vtimezone(place, span[0].year - 1, last_year))
    made.add_component(event)
    return str(made.to_ical(), "utf-8")
