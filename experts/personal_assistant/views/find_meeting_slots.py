"""The best times as a table and as strips of working hours over the zones."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.personal_assistant.tools._attendance import Person
from experts.personal_assistant.tools.find_meeting_slots import MeetingSlots, Slot
from experts.personal_assistant.views._svg import BUSY, FAIR, GOOD, INK, MUTED, POOR, Canvas, fit

_LEFT, _CELL, _ROW = 190, 30, 40
_OFF, _BEST = "#D6D9DE", "#B42318"
_QUARTER = timedelta(minutes=15)
_WIDEST = 5
"""People that a table has columns for; more are rows."""
_STRIPS = 4
"""Days that the picture shows at most."""
_LEGEND = (
    (GOOD, "working hours"),
    (FAIR, "within the stretch"),
    (BUSY, "busy"),
    (POOR, "outside hours"),
    (_OFF, "weekend, holiday"),
    ("none", "meeting"),
)


def view(result: MeetingSlots, arguments: Mapping[str, Any]) -> View:
    """Slots best first, or the meetings placed, with each person's local time, and the days by the hour."""
    title = _title(result)
    if result.plan:
        tables = [_meetings(result.plan), _people(result.plan)]
    elif result.slots:
        tables = [_ranked(result.slots)]
        if len(result.slots[0].people) > _WIDEST:
            tables.append(_people({"Rank 1": result.slots[0]}))
    else:
        tables = []
    return View(
        title=title,
        blocks=document(
            Picture(picture="overlap", title=title, alt=f"Working hours by zone and UTC hour. {title}."),
            *tables,
            *closing(result),
        ),
        pictures={"overlap": _picture(result, arguments, title)},
    )


def _title(result: MeetingSlots) -> str:
    if result.plan:
        late = list(dict.fromkeys(key for slot in result.plan.values() for key in slot.inconvenienced))
        many = "1 meeting" if len(result.plan) == 1 else f"{len(result.plan)} meetings"
        return f"{many} placed without a clash{_outside(late, result.plan.values())}"
    if not result.slots:
        return "No time suits everyone in this window"
    best = result.slots[0]
    return f"Best time: {best.start_utc[:10]} {best.start_utc[11:16]} UTC{_outside(best.inconvenienced, [best])}"


def _outside(late: list[str], slots: Any) -> str:
    missing = list(dict.fromkeys(key for slot in slots for key in slot.missing_optional))
    said = f"; outside hours for {_names(late)}" if late else f", in hours for all{' who attend' if missing else ''}"
    return said + (f"; without {_names(missing)} (optional)" if missing else "")


def _names(keys: list[str]) -> str:
    shown = [fit(key, 150, 12) for key in keys[:3]]
    more = len(keys) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _late(slot: Slot) -> str:
    return ", ".join(f"{key} {slot.people[key].outside} min" for key in slot.inconvenienced) or "nobody"


def _ranked(slots: list[Slot]) -> Any:
    people = list(slots[0].people)
    wide = people if len(people) <= _WIDEST else []
    columns = {
        "rank": ("Rank", "count"),
        **({} if wide else {"start": ("Start, UTC", "text")}),
        **{key: (key, "text") for key in wide},
        "late": ("Outside hours", "text"),
        **({} if wide else {"missing": ("Not free", "text")}),
    }
    rows = [
        {
            "rank": str(slot.rank),
            "start": f"{slot.start_utc[:10]} {slot.start_utc[11:16]}",
            **{
                key: f"{one.start[:10]} {one.start[11:16]}" if one.free else "not free"
                for key, one in slot.people.items()
            },
            "late": _late(slot),
            "missing": ", ".join(slot.missing_optional) or "nobody",
        }
        for slot in slots
    ]
    return grid(
        "Times, local to each person" if wide else "Times", columns, [{c: row[c] for c in columns} for row in rows]
    )


def _meetings(plan: dict[str, Slot]) -> Any:
    columns = {
        "number": ("No.", "count"),
        "meeting": ("Meeting", "text"),
        "start": ("Start, UTC", "text"),
        "end": ("End, UTC", "text"),
        "late": ("Outside hours", "text"),
        "missing": ("Not free", "text"),
    }
    rows = [
        {
            "number": str(slot.rank),
            "meeting": key,
            "start": f"{slot.start_utc[:10]} {slot.start_utc[11:16]}",
            "end": slot.end_utc[11:16],
            "late": _late(slot),
            "missing": ", ".join(slot.missing_optional) or "nobody",
        }
        for key, slot in plan.items()
    ]
    return grid("Meetings", columns, rows)


def _people(plan: dict[str, Slot]) -> Any:
    columns = {
        "meeting": ("Meeting", "text"),
        "who": ("Person", "text"),
        "start": ("From, local", "text"),
        "end": ("To, local", "text"),
    }
    rows = [
        {
            "meeting": key,
            "who": who,
            "start": f"{one.start[:10]} {one.start[11:16]}" if one.free else "not free",
            "end": one.end[11:16] if one.free else "",
        }
        for key, slot in plan.items()
        for who, one in slot.people.items()
    ]
    return grid("Local times", columns, rows)


def _picture(result: MeetingSlots, arguments: Mapping[str, Any], title: str) -> str:
    first, last = arguments["first"], arguments["last"]
    everyone = {key: Person(key, given, first, last) for key, given in arguments["people"].items()}
    slots = list(result.plan.values()) or result.slots[:1]
    days = sorted({slot.start_utc[:10] for slot in slots}) or [f"{first}"]
    canvas = Canvas(_LEFT + 24 * _CELL + 30, title)
    y: float = canvas.top + 14
    for day in days[:_STRIPS]:
        y = _strip(canvas, y, date.fromisoformat(day), everyone, slots, arguments.get("stretch", 0))
    if len(days) > _STRIPS:
        canvas.text(20, y, f"{len(days) - _STRIPS} more days with meetings are in the table", 11, MUTED)
        y += 20
    x = 20.0
    for fill, label in _LEGEND:
        canvas.rect(x, y, 14, 14, fill, _BEST if fill == "none" else "none")
        canvas.text(x + 20, y + 12, label, 11, MUTED)
        x += 148
    return canvas.svg(y + 28)


def _strip(
    canvas: Canvas, top: float, day: date, everyone: dict[str, Person], slots: list[Slot], stretch: int
) -> float:
    """One day of UTC; returns where the next thing may begin."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    canvas.text(20, top, f"{day}", 12, INK, weight="bold")
    canvas.text(_LEFT, top, "Local hour at each hour UTC", 11, MUTED)
    y = top + 10
    rows: dict[str, float] = {}
    for key, person in everyone.items():
        rows[key] = y
        canvas.text(20, y + 14, fit(key, _LEFT - 30, 12), 12, weight="bold")
        canvas.text(20, y + 28, fit(person.place.key, _LEFT - 30, 10), 10, MUTED)
        _hours(canvas, y, midnight, person, stretch)
        for hour in range(24):
            local = (midnight + timedelta(hours=hour)).astimezone(person.place)
            canvas.text(_LEFT + hour * _CELL + _CELL / 2 - 1, y + 21, f"{local:%H}", 11, INK, "middle")
        y += _ROW
    for slot in slots:
        start, end = datetime.fromisoformat(slot.start_utc), datetime.fromisoformat(slot.end_utc)
        left, right = _x(max(start, midnight), midnight), _x(min(end, midnight + timedelta(days=1)), midnight)
        if right <= left:
            continue
        for key, one in slot.people.items():
            if one.free:
                canvas.rect(left - 1, rows[key] - 2, right - left + 1, 38, "none", _BEST, 3)
                if len(slots) > 1:
                    canvas.text(right - 2, rows[key] + 33, f"{slot.rank}", 10, _BEST, "end", "bold")
    for hour in range(0, 24, 3):
        canvas.text(_LEFT + hour * _CELL + _CELL / 2, y + 14, f"{hour:02d}", 11, MUTED, "middle")
    canvas.text(20, y + 14, "Hour, UTC", 11, MUTED)
    return y + 42


def _x(at: datetime, midnight: datetime) -> float:
    return _LEFT + (at - midnight).total_seconds() / 3600 * _CELL


def _hours(canvas: Canvas, y: float, midnight: datetime, person: Person, stretch: int) -> None:
    """The day in quarters of an hour, neighbours of one kind joined; then what is busy, to the minute."""
    end = midnight + timedelta(days=1)
    at = midnight
    while at < end:
        fill, begun = _kind(person, at, stretch), at
        while at < end and _kind(person, at, stretch) == fill:
            at += _QUARTER
        canvas.rect(_x(begun, midnight), y, _x(at, midnight) - _x(begun, midnight), 34, fill)
    for start, stop in person.busy:
        left, right = _x(max(start, midnight), midnight), _x(min(stop, end), midnight)
        if right > left:
            canvas.rect(left, y, right - left, 34, BUSY)
    for hour in range(1, 24):
        canvas.line(_LEFT + hour * _CELL, y, _LEFT + hour * _CELL, y + 34, "#FFFFFF", 1.5)


def _kind(person: Person, at: datetime, stretch: int) -> str:
    day = at.astimezone(person.place).date()
    if not person.works_on(day):
        return _OFF
    opens, closes = person.opening(day)
    if opens <= at < closes:
        return GOOD
    more = timedelta(minutes=stretch)
    return FAIR if opens - more <= at < closes + more else POOR
