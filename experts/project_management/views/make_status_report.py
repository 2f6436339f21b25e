"""The status on one page: a picture and a slide."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Callout, ItemList, Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.make_status_report import StatusReport
from experts.project_management.views._look import figure_of, on
from experts.project_management.views._status_slide import slide
from experts.project_management.views._svg import INK, MUTED, Canvas, cut, lines_of

INKS = {"green": "#2E6B34", "amber": "#8A5A00", "red": "#B42318", "stale": "#52606D", "done": "#12507B"}
_TINTS = {"green": "#E2F0E3", "amber": "#FCEFD2", "red": "#FBE3E0", "stale": "#EEF1F4", "done": "#E3EDF5"}
WIDTH = 960


def view(result: StatusReport, arguments: Mapping[str, Any]) -> View:
    """One page for a sponsor; the .pptx has the same content."""
    title = f"{result.project} is {result.overall} on {on(result.as_of)}"
    tone: Any = {"green": "good", "amber": "note", "red": "warning"}[result.overall]
    measures = [
        {"name": one.name, "value": figure_of(one.value), "colour": one.colour, "rule": one.rule, "age": str(one.age)}
        for one in result.measures
    ]
    columns = {
        "name": ("Measure", "text"),
        "value": ("Value", "ratio"),
        "colour": ("Colour", "text"),
        "rule": ("Rule", "text"),
        "age": ("Age, days", "count"),
    }
    bodies: list[Any] = [
        Picture(picture="status", title=title, alt=f"Status on one page. {title}."),
        Callout(tone=tone, text="Why: " + "; ".join(result.reasons)),
        grid("Measures", columns, measures),
    ]
    if result.milestones:
        rows = [
            {
                "name": one.name,
                "planned": f"{one.planned}",
                "forecast": f"{one.forecast}",
                "late": str(one.late),
                "colour": one.colour,
            }
            for one in result.milestones
        ]
        heads = {
            "name": ("Milestone", "text"),
            "planned": ("Planned", "text"),
            "forecast": ("Forecast", "text"),
            "late": ("Days late", "count"),
            "colour": ("Colour", "text"),
        }
        bodies.append(grid("Milestones", heads, rows))
    for name, items in (("Done", result.done), ("Next", result.next), ("Decisions asked", result.decisions)):
        if items:
            bodies.append(ItemList(title=name, items=items))
    return View(
        title=title,
        blocks=document(*bodies, *closing(result)),
        pictures={"status": _page(result, title)},
        files={"status-report.pptx": slide(result, title)},
    )


def _page(result: StatusReport, title: str) -> str:
    canvas = Canvas(WIDTH, 2000, title)
    y = canvas.top
    canvas.box(20, y, WIDTH - 40, 34, _TINTS[result.overall], INKS[result.overall], 1.5)
    why = cut(f"{result.overall.upper()}: {'; '.join(result.reasons)}", 11.5, WIDTH - 70, True)
    canvas.text(34, y + 22, why, 11.5, INKS[result.overall], True)
    y += 50
    across = 4
    wide = (WIDTH - 40 - 12 * (across - 1)) / across
    for number, one in enumerate(result.measures):
        x = 20 + (number % across) * (wide + 12)
        top = y + (number // across) * 84
        canvas.box(x, top, wide, 74, _TINTS[one.colour], INKS[one.colour], 1.2)
        canvas.text(x + 10, top + 18, cut(one.name, 10.5, wide - 20), 10.5, INK)
        canvas.text(x + 10, top + 42, figure_of(one.value), 18, INKS[one.colour], True)
        canvas.text(x + wide - 10, top + 42, one.colour, 11, INKS[one.colour], True, "end")
        said = f"{one.age} days old" if one.colour == "stale" else one.rule
        canvas.text(x + 10, top + 62, cut(said, 8.5, wide - 20), 8.5, MUTED)
    y += -(-len(result.measures) // across) * 84 + 18
    if result.milestones:
        canvas.text(20, y, "Milestones", 12.5, INK, True)
        y += 8
        for due in result.milestones:
            canvas.box(20, y, WIDTH - 40, 22, _TINTS[due.colour], "#FFFFFF")
            canvas.text(30, y + 15, cut(due.name, 10.5, 430), 10.5, INK)
            canvas.text(490, y + 15, f"planned {on(due.planned, False)} {due.planned:%Y}", 10.5, MUTED)
            word = "reached" if due.colour == "done" else "forecast"
            canvas.text(660, y + 15, f"{word} {on(due.forecast, False)} {due.forecast:%Y}", 10.5, INK)
            late = "on time" if due.late == 0 else f"{abs(due.late)} days {'late' if due.late > 0 else 'early'}"
            canvas.text(WIDTH - 30, y + 15, late, 10.5, INKS[due.colour], True, "end")
            y += 24
        y += 24
    return canvas.svg(_lists(canvas, result, y))


def _lists(canvas: Canvas, result: StatusReport, y: float) -> float:
    lists = [(name, items) for name, items in
             (("Done", result.done), ("Next", result.next), ("Decisions asked", result.decisions)) if items]  # fmt: skip
    room = (WIDTH - 40 - 24 * (len(lists) - 1)) / max(1, len(lists))
    lowest = y
    for number, (name, items) in enumerate(lists):
        x, at = 20 + number * (room + 24), y
        canvas.text(x, at, name, 12.5, INK, True)
        for item in items:
            at += 6
            for line_number, line in enumerate(lines_of(item, 10.5, room - 14, 4)):
                at += 14
                if line_number == 0:
                    canvas.text(x, at, "•", 10.5, MUTED)
                canvas.text(x + 12, at, line, 10.5, INK)
        lowest = max(lowest, at)
    canvas.text(20, lowest + 30, cut(result.assumptions[0], 9, WIDTH - 40), 9, MUTED)
    return lowest + 46
