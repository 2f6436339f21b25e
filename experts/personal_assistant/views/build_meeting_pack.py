"""An agenda or minutes, ready to send round."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Heading, ItemList, Prose
from experts.core.view import View, closing, document, grid
from experts.personal_assistant.tools.build_meeting_pack import MeetingPack
from experts.personal_assistant.views._draw import counted


def view(result: MeetingPack, arguments: Mapping[str, Any]) -> View:
    """Agenda: timed items. Minutes: decisions and actions before the notes."""
    minutes = result.kind == "minutes"
    decided = [item for item in result.items if item.decision]
    state = (
        f"{counted(len(decided), 'decision')}, {counted(len(result.actions), 'action')}"
        if minutes
        else f"{counted(len(result.items), 'item')}, {result.planned_minutes} min, {result.buffer_minutes} min buffer"
    )
    columns = {
        "time": ("Time", "text"),
        "minutes": ("Min", "count"),
        "topic": ("Topic", "text"),
        "lead": ("Lead", "text"),
        "purpose": ("To", "text"),
    }
    rows = [
        {
            "time": f"{item.starts}–{item.ends}",
            "minutes": f"{item.minutes}",
            "topic": item.topic,
            "lead": item.lead,
            "purpose": item.purpose,
        }
        for item in result.items
    ]
    people = [
        f"{one.name}{f', {one.role}' if one.role else ''}{'' if one.present or not minutes else ' (absent)'}"
        for one in result.attendees
    ]
    actions = [
        {"what": one.what, "owner": one.owner or "to be named", "due": f"{one.due or 'to be set'}"}
        for one in result.actions
    ]
    work = {"what": ("What", "text"), "owner": ("Owner", "text"), "due": ("Due", "text")}
    notes = [part for item in result.items if item.notes for part in (Heading(text=item.topic), Prose(text=item.notes))]
    return View(
        title=f"{result.title}: {state}",
        subtitle=f"{result.kind.capitalize()}, {result.starts} to {result.ends}, {arguments['zone']}",
        blocks=document(
            *([ItemList(title="Decisions", items=[f"{i.topic}: {i.decision}" for i in decided])] if decided else []),
            *([grid("Actions", work, actions)] if actions else []),
            grid("Agenda", columns, rows),
            *([ItemList(title="Attendees", items=people)] if people else []),
            *notes,
            *closing(result),
        ),
    )
