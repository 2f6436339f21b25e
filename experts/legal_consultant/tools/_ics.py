"""Calendars (RFC 5545) the same bytes for the same content."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta


@dataclass(frozen=True)
class Entry:
    """One event: a whole day, or a moment with its zone."""

    summary: str
    when: date | datetime
    description: str = ""
    remind_days: int = 7


def calendar(name: str, entries: list[Entry], as_of: date) -> str:
    """An .ics calendar; ids are made from the content and stamps from `as_of`."""
    from icalendar import Alarm, Calendar, Event

    book = Calendar()
    book.add("prodid", "-//Pixel Experts//Legal//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        digest = hashlib.sha256(f"{entry.summary}|{entry.when.isoformat()}|{entry.description}".encode()).hexdigest()
        event.add("uid", f"{digest[:32]}@pixel-experts")
        event.add("dtstamp", datetime.combine(as_of, time(0), UTC))
        event.add("summary", entry.summary)
        if isinstance(entry.when, datetime):
            event.add("dtstart", entry.when.astimezone(UTC))
            event.add("dtend", entry.when.astimezone(UTC))
        else:
            event.add("dtstart", entry.when)
            if entry.when < date.max:
                event.add("dtend", entry.when + timedelta(days=1))
        if entry.description:
            event.add("description", entry.description)
        if entry.remind_days:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", entry.summary)
            alarm.add("trigger", timedelta(days=-entry.remind_days))
            event.add_component(alarm)
        book.add_component(event)
    return str(book.to_ical().decode())
