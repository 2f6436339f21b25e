"""The best times as a table and as a strip of working hours over the zones."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.personal_assistant.tools import _zones as zones
from experts.personal_assistant.tools.find_meeting_slots import MeetingSlots
from experts.personal_assistant.views._svg import FAIR, GOOD, INK, MUTED, POOR, Canvas, fit

_LEFT, _CELL = 190, 30


def view(result: MeetingSlots, arguments: Mapping[str, Any]) -> View:
    """Slots best first, with each person's local time, and the day of the best one by the hour."""
    if result.slots:
        best = result.slots[0]
        whom = f"; outside hours for {', '.join(best.inconvenienced)}" if best.inconvenienced else ", in hours for all"
        title = f"Best time: {best.start_utc[:10]} {best.start_utc[11:16]} UTC{whom}"
    else:
        title = "No time suits everyone in this window"
    people = list(arguments["people"])
    columns = {"rank": ("Rank", "count"), **{key: (key, "text") for key in people}, "late": ("Outside hours", "text")}
    rows = [
        {
            "rank": str(slot.rank),
            **{
                key: f"{one.start[:10]} {one.start[11:16]}" if one.free else "not free"
                for key, one in slot.people.items()
            },
            "late": ", ".join(f"{key} {slot.people[key].outside} min" for key in slot.inconvenienced) or "nobody",
        }
        for slot in result.slots
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="overlap", title=title, alt=f"Working hours by zone and UTC hour. {title}."),
            *([grid("Times, local to each person", columns, rows)] if rows else []),
            *closing(result),
        ),
        pictures={"overlap": _strip(result, arguments, title)},
    )


def _strip(result: MeetingSlots, arguments: Mapping[str, Any], title: str) -> str:
    day = result.slots[0].start_utc[:10] if result.slots else f"{arguments['first']}"
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    canvas = Canvas(_LEFT + 24 * _CELL + 30, title)
    top = canvas.top + 14
    canvas.text(_LEFT, top, f"Local hour at each hour UTC, {day}", 11, MUTED)
    y = top + 10
    for key, person in arguments["people"].items():
        place = zones.zone(person.zone)
        opens, closes = zones.clock(person.work_start, "work_start"), zones.clock(person.work_end, "work_end")
        canvas.text(20, y + 14, fit(key, _LEFT - 30, 12), 12, weight="bold")
        canvas.text(20, y + 28, fit(person.zone, _LEFT - 30, 10), 10, MUTED)
        for hour in range(24):
            local = (midnight + timedelta(hours=hour)).astimezone(place)
            now = local.hour * 60 + local.minute
            stretch = arguments.get("stretch", 0)
            weekday = local.weekday() < 5
            fill = GOOD if weekday and opens <= now < closes else POOR
            if fill == POOR and weekday and opens - stretch <= now < closes + stretch:
                fill = FAIR
            canvas.rect(_LEFT + hour * _CELL, y, _CELL - 2, 34, fill)
            canvas.text(_LEFT + hour * _CELL + _CELL / 2 - 1, y + 21, f"{local:%H}", 11, INK, "middle")
        y += 40
    for slot in result.slots[:1]:
        at = datetime.fromisoformat(slot.start_utc)
        length = (datetime.fromisoformat(slot.end_utc) - at).total_seconds() / 3600
        x = _LEFT + (at.hour + at.minute / 60) * _CELL
        canvas.rect(x - 1, top + 7, length * _CELL, y - top - 10, "none", "#B42318", 3)
    for hour in range(0, 24, 3):
        canvas.text(_LEFT + hour * _CELL + _CELL / 2, y + 14, f"{hour:02d}", 11, MUTED, "middle")
    canvas.text(20, y + 14, "Hour, UTC", 11, MUTED)
    x = 20.0
    for fill, label in ((GOOD, "working hours"), (FAIR, "within the stretch"), (POOR, "off"), ("none", "best time")):
        canvas.rect(x, y + 28, 14, 14, fill, "#B42318" if fill == "none" else "none")
        canvas.text(x + 20, y + 40, label, 11, MUTED)
        x += 150
    return canvas.svg(y + 56)
