"""An event as a short sheet and as the file that calendars import."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View, closing, document, grid
from experts.personal_assistant.tools.create_calendar_event import CalendarEvent


def view(result: CalendarEvent, arguments: Mapping[str, Any]) -> View:
    """What, when, where, who."""
    title = f"{arguments['summary']}: {result.start} to {result.end}"
    facts = {
        "Starts": result.start,
        "Ends": result.end,
        "Zone": arguments["zone"],
        "Place": arguments.get("location", ""),
        "Organizer": arguments.get("organizer", ""),
        "Attendees": ", ".join(arguments.get("attendees", [])),
        "Repeats": arguments.get("rrule", ""),
    }
    rows = [{"what": key, "value": value} for key, value in facts.items() if value]
    return View(
        title=title,
        blocks=document(grid("Event", {"what": ("What", "text"), "value": ("Value", "text")}, rows), *closing(result)),
        files={"event.ics": result.ics},
    )
