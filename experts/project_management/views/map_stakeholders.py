"""The power/interest grid with names, and the engagement that is missing."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Callout, Picture
from experts.core.view import View, closing, document, grid, spoken
from experts.project_management.tools.map_stakeholders import StakeholderMap
from experts.project_management.views._svg import INK, MUTED, Canvas, cut

CELL_W, CELL_H, PER_CELL = 164, 96, 5
_FILL = {"manage_closely": "#DCE8F1", "keep_satisfied": "#EFEAF5", "keep_informed": "#E6F1E4", "monitor": "#F2F4F6"}


def view(result: StakeholderMap, arguments: Mapping[str, Any]) -> View:
    """Grid and table in order of priority."""
    close = len(result.quadrants["manage_closely"])
    short = sum(bool(one.gap) for one in result.stakeholders.values())
    title = f"Manage {close} of {len(result.stakeholders)} stakeholders closely; {short} lack engagement"
    given = arguments["stakeholders"]
    order = sorted(result.stakeholders, key=lambda key: result.stakeholders[key].priority)
    rows = [
        {
            "rank": str(result.stakeholders[key].priority),
            "who": key,
            "power": str(given[key].power),
            "interest": str(given[key].interest),
            "quadrant": spoken(result.stakeholders[key].quadrant),
            "now": given[key].engagement or "",
            "needed": given[key].needed or "",
            "gap": "" if result.stakeholders[key].gap is None else str(result.stakeholders[key].gap),
        }
        for key in order
    ]
    columns = {
        "rank": ("Priority", "count"),
        "who": ("Stakeholder", "text"),
        "power": ("Power", "count"),
        "interest": ("Interest", "count"),
        "quadrant": ("Quadrant", "text"),
        "now": ("Engagement now", "text"),
        "needed": ("Needed", "text"),
        "gap": ("Steps missing", "count"),
    }
    return View(
        title=title,
        blocks=document(
            Picture(picture="grid", title=title, alt=f"Power/interest grid. {title}."),
            Callout(tone="note", text="Confidential: scores are judgements about people's positions."),
            grid("Stakeholders by priority", columns, rows),
            *closing(result),
        ),
        pictures={"grid": _grid(result, arguments, title)},
    )


def _grid(result: StakeholderMap, arguments: Mapping[str, Any], title: str) -> str:
    given, high = arguments["stakeholders"], arguments.get("high_from", 3)
    left = 60
    canvas = Canvas(left + 5 * CELL_W + 24, 200 + 5 * CELL_H, title)
    top = canvas.top + 8
    for power in range(1, 6):
        for interest in range(1, 6):
            name = {
                (True, True): "manage_closely",
                (True, False): "keep_satisfied",
                (False, True): "keep_informed",
                (False, False): "monitor",
            }[power >= high, interest >= high]
            x, y = left + (interest - 1) * CELL_W, top + (5 - power) * CELL_H
            canvas.box(x, y, CELL_W, CELL_H, _FILL[name], "#FFFFFF", 1.5)
            corner = (power, interest) in {(5, 5), (5, 1), (1, 5), (1, 1)}
            if corner:
                side = x + 8 if interest == 1 else x + CELL_W - 8
                at = y + 15 if power == 5 else y + CELL_H - 8
                canvas.text(side, at, spoken(name), 11, MUTED, True, "start" if interest == 1 else "end")
            here = [key for key in given if (given[key].power, given[key].interest) == (power, interest)]
            room = PER_CELL - corner
            first = y + (30 if corner and power == 5 else 16)
            shown = here if len(here) <= room else here[: room - 1]
            for number, key in enumerate(shown):
                gap = result.stakeholders[key].gap
                label = cut(key.replace("_", " "), 11, CELL_W - (44 if gap else 16))
                canvas.text(x + 8, first + 16 * number, label, 11, INK)
                if gap:
                    canvas.text(x + CELL_W - 8, first + 16 * number, f"▲{gap}", 10.5, "#A4441D", True, "end")
            if len(shown) < len(here):
                canvas.text(x + 8, first + 16 * len(shown), f"+{len(here) - len(shown)} more", 10.5, MUTED)
        canvas.text(left - 10, top + (5 - power) * CELL_H + CELL_H / 2 + 4, str(power), 11, MUTED, anchor="end")
        canvas.text(
            left + (power - 1) * CELL_W + CELL_W / 2, top + 5 * CELL_H + 17, str(power), 11, MUTED, anchor="middle"
        )
    canvas.text(14, top - 6, "Power", 11, INK, True)
    canvas.text(left + 2.5 * CELL_W, top + 5 * CELL_H + 36, "Interest", 11, INK, True, "middle")
    canvas.text(left, top + 5 * CELL_H + 54, "▲ steps of engagement that are missing", 10.5, MUTED)
    return canvas.svg(top + 5 * CELL_H + 68)
