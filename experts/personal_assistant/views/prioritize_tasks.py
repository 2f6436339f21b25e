"""Tasks in order, as a matrix or as bars of scores, with the day plan."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.quantities import plain
from experts.core.view import View, closing, document, grid
from experts.personal_assistant.tools.prioritize_tasks import Priorities, Ranked
from experts.personal_assistant.views._draw import (
    BLUE,
    GREEN,
    INK,
    MUTED,
    PLUM,
    RUST,
    TINTS,
    Drawing,
    counted,
    shorten,
)

_CELLS = (
    ("do", "Do now", "important and urgent", RUST),
    ("schedule", "Schedule", "important, not urgent", BLUE),
    ("delegate", "Delegate", "urgent, not important", PLUM),
    ("drop", "Drop", "neither", MUTED),
)
_SHOWN = 40


def view(result: Priorities, arguments: Mapping[str, Any]) -> View:
    """What comes first, what is late, and the hours of each day."""
    title = f"First of {counted(len(result.order), 'task')}: {result.order[0].name}"
    if result.late:
        title += f"; {counted(len(result.late), 'task')} late"
    matrix = result.order[0].quadrant is not None
    picture = _matrix(result.order, title) if matrix else _bars(result.order, title, arguments["method"])
    columns = {
        "rank": ("Rank", "count"),
        "name": ("Task", "text"),
        "score": ("Quadrant" if matrix else "Score", "text" if matrix else "ratio"),
        "finishes": ("Finishes", "text"),
        "late": ("Days late", "count"),
    }
    rows = [
        {
            "rank": f"{row.rank}",
            "name": row.name,
            "score": str(row.quadrant) if matrix else plain(row.score),
            "finishes": f"{row.finishes or ''}",
            "late": f"{row.late_days or ''}",
        }
        for row in result.order
    ]
    names = {row.task: row.name for row in result.order}
    plan = [
        {
            "day": f"{day.day:%a} {day.day}",
            "work": "; ".join(f"{names[key]} {plain(hours)} h" for key, hours in day.hours.items()),
            "free": plain(day.free),
        }
        for day in result.days
    ]
    days = {"day": ("Day", "text"), "work": ("Work", "text"), "free": ("Hours free", "ratio")}
    return View(
        title=title,
        blocks=document(
            Picture(picture="order", title=title, alt=f"Tasks by priority. {title}."),
            grid("Order", columns, rows),
            *([grid("Day plan", days, plan)] if plan else []),
            *closing(result),
        ),
        pictures={"order": picture},
    )


def _matrix(order: list[Ranked], title: str) -> str:
    made = Drawing(880, title)
    width, gap, y = 415.0, 10.0, float(made.top)
    by = {key: [row for row in order if row.quadrant == key] for key, *_ in _CELLS}
    for pair in (_CELLS[:2], _CELLS[2:]):
        most = max(min(len(by[key]), _SHOWN // 2) for key, *_ in pair)
        height = 62.0 + 22 * max(most, 2)
        for at, (key, name, why, colour) in enumerate(pair):
            x = 20 + at * (width + gap)
            made.rect(x, y, width, height, TINTS[colour], colour, 6)
            made.text(x + 14, y + 24, name, 14, colour, bold=True)
            made.text(x + width - 14, y + 24, why, 11, INK, "end")
            for number, row in enumerate(by[key][: _SHOWN // 2]):
                text = f"{row.rank}. {row.name}" + (f" ({row.late_days} d late)" if row.late_days else "")
                made.text(x + 14, y + 50 + 22 * number, shorten(text, 12, width - 28), 12)
            if len(by[key]) > _SHOWN // 2:
                made.text(x + 14, y + height - 10, f"and {len(by[key]) - _SHOWN // 2} more", 11, MUTED)
        y += height + gap
    made.text(20, y + 12, "Numbers give the order of work, which respects dependencies.", 11, MUTED)
    return made.svg(y + 26)


def _bars(order: list[Ranked], title: str, method: str) -> str:
    made = Drawing(880, title)
    top = max((float(row.score) for row in order), default=0) or 1
    y = float(made.top)
    for row in order[:_SHOWN]:
        text = shorten(f"{row.rank}. {row.name}", 12, 330)
        made.text(350, y + 16, text, 12, anchor="end")
        made.rect(360, y + 3, max(2, 410 * float(row.score) / top), 17, RUST if row.late_days else GREEN, radius=2)
        made.text(366 + max(2, 410 * float(row.score) / top), y + 16, plain(row.score), 11)
        y += 26
    if len(order) > _SHOWN:
        made.text(350, y + 14, f"and {len(order) - _SHOWN} more", 11, MUTED, "end")
        y += 20
    made.text(360, y + 16, f"{method.upper()} score (relative, no unit); red ends late", 11, MUTED)
    return made.svg(y + 32)
