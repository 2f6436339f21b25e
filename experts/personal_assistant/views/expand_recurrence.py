"""The instances as a list and as months with their days marked."""

from calendar import monthcalendar
from collections.abc import Mapping
from datetime import date
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.personal_assistant.tools.expand_recurrence import Recurrence
from experts.personal_assistant.views._svg import ACCENT, INK, MUTED, Canvas

_MONTHS = 12


def view(result: Recurrence, arguments: Mapping[str, Any]) -> View:
    """Months of the first year with the days of the instances filled."""
    days = [date.fromisoformat(one.local[:10]) for one in result.instances]
    title = f"{result.count} dates from {days[0]} to {days[-1]}" if days else "The rule has no date in this span"
    if not result.complete:
        title += ", and more after"
    columns = {
        "day": ("Date", "text"),
        "time": ("Local time", "text"),
        "weekday": ("Weekday", "text"),
        "note": ("Note", "text"),
    }
    rows = [
        {
            "day": one.local[:10],
            "time": one.local[11:] or "all day",
            "weekday": one.weekday,
            "note": "clocks change" if one.clock_change != "none" else "added" if one.from_rdate else "",
        }
        for one in result.instances
    ]
    parts = [Picture(picture="months", title=title, alt=f"Months with marked days. {title}.")] if days else []
    return View(
        title=title,
        subtitle=arguments["rrule"],
        blocks=document(*parts, *([grid("Dates", columns, rows)] if rows else []), *closing(result)),
        pictures={"months": _months(days, title)} if days else {},
    )


def _months(days: list[date], title: str) -> str:
    marked = set(days)
    months = list(dict.fromkeys((day.year, day.month) for day in days))[:_MONTHS]
    across = min(3, len(months))
    canvas = Canvas(max(440, 20 + across * 250), title)
    top = canvas.top + 10
    for number, (year, month) in enumerate(months):
        x, y = 20 + number % across * 250, top + number // across * 200
        canvas.text(x, y + 14, f"{date(year, month, 1):%B %Y}", 13, weight="bold")
        for column, name in enumerate(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")):
            canvas.text(x + column * 31 + 14, y + 36, name, 10, MUTED, "middle")
        for line, week in enumerate(monthcalendar(year, month)):
            for column, day in enumerate(week):
                if not day:
                    continue
                left, low = x + column * 31, y + 42 + line * 24
                hit = date(year, month, day) in marked
                if hit:
                    canvas.rect(left + 1, low, 26, 21, ACCENT, "none", 4)
                canvas.text(
                    left + 14, low + 15, str(day), 11, "#FFFFFF" if hit else INK, "middle", "bold" if hit else ""
                )
    height = top + ((len(months) - 1) // across + 1) * 200 + 10
    later = len({(day.year, day.month) for day in days}) - len(months)
    if later:
        canvas.text(20, height, f"{later} later months are in the list", 11, MUTED)
    return canvas.svg(height + 12)
