"""The content calendar as picture, workbook to fill in, and calendar file."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.core.workbook import Grid, workbook
from experts.marketing_sales.tools.build_content_calendar import ContentCalendar
from experts.marketing_sales.views._look import INK, MUTED, box, canvas, fit, text, words

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
COLOURS = ("#DCE8F1", "#F6E1D8", "#E1ECD8", "#E8E0F0", "#F5EBCC", "#D5EEEA", "#E9E1DE", "#E1E4E8")
CELL, ROW, LEFT, MOST_WEEKS = 104, 34, 96, 60


def view(result: ContentCalendar, arguments: Mapping[str, Any]) -> View:
    """Picture of the weeks, list of items, .xlsx with columns to fill in, .ics of all-day events."""
    title = f"{len(result.items)} items on {len(result.pillars)} pillars"
    if result.items:
        title += f", {result.items[0].day} to {result.items[-1].day}"
    rows = [
        {
            "day": str(item.day),
            "weekday": words(item.weekday),
            "pillar": words(item.pillar),
            "holiday": item.holiday or "",
        }
        for item in result.items
    ]
    heads = {
        "day": ("Date", "date"),
        "weekday": ("Weekday", "text"),
        "pillar": ("Pillar", "text"),
        "holiday": ("Holiday", "text"),
    }
    return View(
        title=title,
        blocks=document(
            Picture(picture="calendar", title=title, alt=f"Weeks with their items. {title}."),
            grid("Items", heads, rows, "; ".join(f"skipped {day}" for day in result.skipped)),
            *closing(result),
        ),
        pictures={"calendar": _picture(result, title)},
        files={"content-calendar.xlsx": _book(result), "content-calendar.ics": _events(result)},
    )


def _picture(result: ContentCalendar, title: str) -> str:
    if not result.items:
        return canvas(LEFT + CELL * 7 + 16, 100, title, [text(16, 80, "No items.", 12, MUTED)])
    monday = result.items[0].day - timedelta(days=result.items[0].day.weekday())
    weeks = min(MOST_WEEKS, (result.items[-1].day - monday).days // 7 + 1)
    colour = {name: COLOURS[at % len(COLOURS)] for at, name in enumerate(result.pillars)}
    parts = [text(LEFT + CELL * (at + 0.5), 80, day, 11, MUTED, "middle", True) for at, day in enumerate(DAYS)]
    for week in range(weeks):
        y = 90 + ROW * week
        parts.append(text(16, y + 21, str(monday + timedelta(days=7 * week)), 11, MUTED))
        parts += [box(LEFT + CELL * at + 2, y + 2, CELL - 4, ROW - 4, "#FAFBFC") for at in range(7)]
    for item in result.items:
        week = (item.day - monday).days // 7
        if week < weeks:
            x, y = LEFT + CELL * item.day.weekday(), 90 + ROW * week
            parts.append(
                box(x + 2, y + 2, CELL - 4, ROW - 4, colour[item.pillar], MUTED if item.holiday else "#FFFFFF")
            )
            parts.append(text(x + CELL / 2, y + 21, fit(words(item.pillar), 10, CELL - 10), 10, INK, "middle"))
    bottom = 90 + ROW * weeks + 24
    if (result.items[-1].day - monday).days // 7 + 1 > weeks:
        parts.append(text(16, bottom, f"The first {weeks} weeks are shown; the workbook has all.", 11, MUTED))
    return canvas(LEFT + CELL * 7 + 16, bottom + 12, title, parts)


def _book(result: ContentCalendar) -> bytes:
    columns = (
        ("Date", "date", 12),
        ("Weekday", "text", 12),
        ("Pillar", "text", 22),
        ("Holiday", "text", 18),
        ("Title", "text", 36),
        ("Channel", "text", 16),
        ("Owner", "text", 16),
        ("Status", "text", 14),
    )
    rows = tuple(
        (item.day, words(item.weekday), words(item.pillar), item.holiday or "", "", "", "", "planned")
        for item in result.items
    )
    inputs = frozenset((row, column) for row in range(len(rows)) for column in (4, 5, 6, 7))
    counts = tuple((words(name), count) for name, count in result.pillars.items())
    return workbook(
        Grid("Calendar", "Content calendar", columns, rows, "Fill in title, channel, owner and status.", inputs=inputs),
        Grid("Pillars", "Items by pillar", (("Pillar", "text", 28), ("Items", "count", 10)), counts),
    )


def _events(result: ContentCalendar) -> bytes:
    """All-day events; ids and stamps come from the content, so the same calendar is the same file."""
    from icalendar import Calendar, Event

    book = Calendar()
    book.add("prodid", "-//Pixel Experts//content calendar//EN")
    book.add("version", "2.0")
    for item in result.items:
        event = Event()
        key = hashlib.sha256(f"{item.day}|{item.pillar}".encode()).hexdigest()[:32]
        event.add("uid", f"{key}@content-calendar.pixel-experts")
        event.add("dtstamp", datetime(item.day.year, item.day.month, item.day.day, tzinfo=UTC))
        event.add("dtstart", item.day)
        event.add("dtend", item.day + timedelta(days=1))
        event.add("summary", f"Content: {words(item.pillar)}")
        event.add("transp", "TRANSPARENT")
        if item.holiday:
            event.add("description", f"Public holiday: {item.holiday}")
        book.add_component(event)
    return bytes(book.to_ical())
