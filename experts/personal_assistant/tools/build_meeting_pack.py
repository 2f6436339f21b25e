"""A timeboxed agenda, or the minutes, of one meeting.

Items follow one another from the start; each has its minutes, its lead and what it is for (inform,
discuss, decide). Their sum must not exceed the slot: the excess is stated. What is left is shown as
buffer. Minutes carry decisions with who decided, and actions with owner and due date; an item that was
to be decided and has no decision is named. Limits: times are local to the zone given.
"""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import Infeasible
from experts.core.quantities import Day
from experts.personal_assistant.tools import _zones as zones


class AgendaItem(Model):
    topic: Annotated[str, Field(min_length=1, max_length=160)]
    minutes: Annotated[int, Field(ge=1, le=480)]
    lead: Annotated[str, Field(max_length=80)] = ""
    purpose: Literal["inform", "discuss", "decide"] = "discuss"
    notes: Annotated[str, Field(max_length=3000)] = ""
    decision: Annotated[str, Field(max_length=500)] = ""


class Attendee(Model):
    name: Annotated[str, Field(min_length=1, max_length=80)]
    role: Annotated[str, Field(max_length=80)] = ""
    present: bool = True


class Action(Model):
    what: Annotated[str, Field(min_length=1, max_length=300)]
    owner: Annotated[str, Field(max_length=80)] = ""
    due: Day | None = None


class TimedItem(Model):
    number: int
    starts: str
    ends: str
    topic: str
    minutes: int
    lead: str
    purpose: str
    notes: str
    decision: str


class MeetingPack(Model):
    """starts and ends are local times of the zone."""

    title: str
    kind: Literal["agenda", "minutes"]
    starts: str
    ends: str
    items: list[TimedItem]
    planned_minutes: int
    buffer_minutes: int
    attendees: list[Attendee]
    actions: list[Action]
    undecided: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_meeting_pack(
    title: Annotated[str, Field(min_length=1, max_length=160)],
    start: zones.LocalTime,
    zone: str,
    slot_minutes: Annotated[int, Field(ge=5, le=1440)],
    items: Annotated[list[AgendaItem], Field(min_length=1, max_length=40)],
    kind: Literal["agenda", "minutes"] = "agenda",
    attendees: Annotated[list[Attendee], Field(max_length=80)] = [],  # noqa: B006 - read only
    actions: Annotated[list[Action], Field(max_length=100)] = [],  # noqa: B006 - read only
) -> MeetingPack:
    """Timeboxed agenda, or minutes with decisions and actions, as a Word document.

    Use when a meeting is prepared or written up.
    """
    place = zones.zone(zone)
    begins = zones.first_reading(start, place, "start")
    planned = sum(item.minutes for item in items)
    if planned > slot_minutes:
        raise Infeasible(
            f"the items take {planned} minutes, {planned - slot_minutes} more than the slot of {slot_minutes}; shorten "
            "items, drop one or lengthen the slot",
            field="items",
        )
    rows, at = [], begins
    for number, item in enumerate(items, 1):
        until = at + timedelta(minutes=item.minutes)
        rows.append(
            TimedItem(
                number=number,
                starts=f"{at.astimezone(place):%H:%M}",
                ends=f"{until.astimezone(place):%H:%M}",
                **item.model_dump(),
            )
        )
        at = until
    undecided = [item.topic for item in items if kind == "minutes" and item.purpose == "decide" and not item.decision]
    warnings = [f"No decision is recorded on: {', '.join(undecided)}."] if undecided else []
    names = {one.name.split(" ")[0].casefold() for one in attendees}
    loose = [action.what[:60] for action in actions if not action.owner or action.due is None]
    if loose:
        warnings.append(f"Actions without owner or date: {'; '.join(loose)}.")
    absent = sorted({i.lead for i in items if i.lead and names and i.lead.split(" ")[0].casefold() not in names})
    if absent:
        warnings.append(f"Leads not among the attendees: {', '.join(absent)}.")
    if kind == "agenda" and slot_minutes - planned < slot_minutes * 0.1:
        warnings.append(f"Only {slot_minutes - planned} minutes are left as buffer.")
    return MeetingPack(
        title=title,
        kind=kind,
        starts=zones.shown(begins, place),
        ends=zones.shown(begins + timedelta(minutes=slot_minutes), place),
        items=rows,
        planned_minutes=planned,
        buffer_minutes=slot_minutes - planned,
        attendees=attendees,
        actions=actions,
        undecided=undecided,
        method=f"Items follow one another from {start} {zone}; the rest of the slot is buffer.",
        warnings=warnings,
    )
