"""A trip as a strip of time, tables and a calendar file."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from experts.core.blocks import ItemList, Picture
from experts.core.quantities import plain
from experts.core.view import View, closing, document, grid
from experts.personal_assistant.tools.plan_itinerary import Itinerary, Leg
from experts.personal_assistant.views._draw import BLUE, GREEN, LINE, MUTED, PLUM, RUST, Drawing, counted, shorten

_COLOURS = {"flight": BLUE, "train": GREEN, "drive": PLUM, "event": RUST, "stay": MUTED}
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)  # what a calendar must carry; fixed, so that the file is the same each time


def view(result: Itinerary, arguments: Mapping[str, Any]) -> View:
    """Legs, connections and papers; connections that are too short are in the title."""
    short = [one for one in result.connections if not one.enough]
    title = (
        f"{counted(len(result.legs), 'part')} in {_span(result.total_minutes)}, {plain(result.kilometres)} km by air"
    )
    if short:
        title += f"; {counted(len(short), 'connection')} below {arguments['minimum_connection']} minutes"
    elif result.nights_without_stay:
        title += f"; {counted(len(result.nights_without_stay), 'night')} without a bed"
    columns = {
        "number": ("No.", "count"),
        "what": ("What", "text"),
        "start": ("Starts, local", "text"),
        "end": ("Ends, local", "text"),
        "elapsed": ("Takes", "text"),
        "shift": ("Body clock, hours", "ratio"),
        "km": ("km", "ratio"),
    }
    rows = [
        {
            "number": f"{leg.number}",
            "what": leg.label + (f" ({leg.date_line})" if leg.date_line else ""),
            "start": _local(leg.start),
            "end": _local(leg.end),
            "elapsed": _span(leg.elapsed_minutes),
            "shift": plain(leg.jet_lag_hours) if leg.clock_shift_minutes else "",
            "km": plain(leg.kilometres) if leg.kilometres is not None else "",
        }
        for leg in result.legs
    ]
    names = {leg.number: leg.label for leg in result.legs}
    between = [
        {
            "after": names[one.after],
            "minutes": _span(one.minutes),
            "state": "enough" if one.enough else "too short",
            "place": "another place" if one.change_of_place else "same place",
        }
        for one in result.connections
    ]
    gaps = {
        "after": ("After", "text"),
        "minutes": ("Time", "text"),
        "state": ("Against the minimum", "text"),
        "place": ("Next part starts at", "text"),
    }
    return View(
        title=title,
        blocks=document(
            Picture(picture="strip", title=title, alt=f"The parts of the trip along one line of time. {title}."),
            grid("Itinerary", columns, rows, note="Times are local with their offset from UTC."),
            *([grid("Connections", gaps, between)] if between else []),
            ItemList(title="Papers to have ready", items=result.checklist),
            *closing(result),
        ),
        pictures={"strip": _strip(result, title)},
        files={"itinerary.ics": _calendar(result)},
    )


def _span(minutes: int) -> str:
    days, rest = divmod(minutes, 1440)
    return " ".join([f"{days} d"] * (days > 0) + [f"{rest // 60} h {rest % 60:02d} min"])


def _local(text: str) -> str:
    at = datetime.fromisoformat(text)
    return f"{at:%a %Y-%m-%d %H:%M} ({text[-6:]})"


def _strip(result: Itinerary, title: str) -> str:
    made = Drawing(980, title)
    first = min(datetime.fromisoformat(leg.start) for leg in result.legs)
    last = max(datetime.fromisoformat(leg.end) for leg in result.legs)
    whole = max((last - first).total_seconds() / 60, 1)
    left, room, y = 250.0, 500.0, made.top + 16
    step = next((one for one in (60, 120, 240, 480, 720, 1440, 2880, 10080) if whole / one <= 10), 43200)
    bottom = y + 34 * len(result.legs)
    for number in range(int(whole // step) + 1):
        x = left + room * number * step / whole
        made.line(x, y - 6, x, bottom, LINE)
        if x < left + room - 14:
            made.text(x, y - 10, _tick(number * step, step), 10, MUTED, "middle")
    tight = {one.after: one.minutes for one in result.connections if not one.enough}
    for leg in result.legs:
        _row(made, leg, y, (left, room, whole, first), tight)
        y += 34
    made.text(left, y + 14, "Hours since the trip began, whatever local clocks say", 10, MUTED)
    x = 620.0
    for kind in dict.fromkeys(leg.kind for leg in result.legs):
        made.rect(x, y + 5, 11, 11, _COLOURS[kind], radius=2)
        made.text(x + 16, y + 15, kind, 10, MUTED)
        x += 68
    return made.svg(y + 28)


def _tick(minutes: int, step: int) -> str:
    return f"day {minutes // 1440 + 1}" if step >= 1440 else f"{minutes // 60} h"


def _row(made: Drawing, leg: Leg, y: float, scale: tuple[float, float, float, datetime], tight: dict[int, int]) -> None:
    left, room, whole, first = scale
    start, end = datetime.fromisoformat(leg.start), datetime.fromisoformat(leg.end)
    x = left + room * (start - first).total_seconds() / 60 / whole
    made.text(20, y + 18, shorten(f"{leg.number}. {leg.label}", 11, left - 34), 11)
    made.rect(x, y + 5, max(3, room * leg.elapsed_minutes / whole), 18, _COLOURS[leg.kind], radius=3)
    made.text(left + room + 14, y + 12, f"{start:%d %b %H:%M} → {end:%d %b %H:%M}", 10)
    note = _span(leg.elapsed_minutes)
    if leg.jet_lag_hours:
        note += f", body clock {'+' if leg.jet_lag_hours > 0 else ''}{plain(leg.jet_lag_hours)} h"
    made.text(left + room + 14, y + 25, note, 10, MUTED)
    if leg.number in tight:
        made.text(20, y + 30, f"then only {tight[leg.number]} min to connect", 9.5, RUST)


def _calendar(result: Itinerary) -> bytes:
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//Pixel Experts//Itinerary//EN")
    made.add("version", "2.0")
    for leg in result.legs:
        event = Event()
        key = f"{leg.label}|{leg.start}|{leg.end}"
        event.add("uid", hashlib.sha256(key.encode()).hexdigest()[:32] + "@pixel-experts")
        event.add("dtstamp", _STAMP)
        event.add("dtstart", datetime.fromisoformat(leg.start).astimezone(UTC))
        event.add("dtend", datetime.fromisoformat(leg.end).astimezone(UTC))
        event.add("summary", leg.label)
        event.add("description", f"Local: {_local(leg.start)} to {_local(leg.end)}")
        event.add("categories", [leg.kind])
        made.add_component(event)
    return bytes(made.to_ical())
