"""The nine-box grid as counts, and the bench of each role."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.hr_people_ops.tools.plan_succession import Succession
from experts.hr_people_ops.views._look import INK, MUTED, box, canvas, number, percent, text, words

_NAMES = {
    "1-1": "Role or support to review",
    "2-1": "Reliable in role",
    "3-1": "Expert in role",
    "1-2": "Unclear: find the cause",
    "2-2": "Steady, can grow",
    "3-2": "Strong, can grow",
    "1-3": "New or misplaced",
    "2-3": "Growing",
    "3-3": "Ready for more",
}
_FILLS = ("#F3E4DC", "#FBF3DC", "#E3EEF7", "#D5E6F3", "#D9EBDB")


def view(result: Succession, arguments: Mapping[str, Any]) -> View:
    """Grid of counts and the table of roles."""
    acting = sum(row.status == "act" for row in result.roles.values())
    title = f"{percent(result.coverage, 0)} of critical roles have somebody ready now"
    if acting:
        title += f"; {acting} {'is' if acting == 1 else 'are'} exposed and open"
    columns = {
        "role": ("Role", "text"),
        "bench": ("Bench", "count"),
        "exposure": ("Exposure, 1 to 9", "count"),
        "status": ("Status", "text"),
        "step": ("Next step", "text"),
    }
    rows = [
        {
            "role": words(key),
            "bench": f"{row.bench}",
            "exposure": f"{row.exposure}",
            "status": row.status,
            "step": row.next_step,
        }
        for key, row in result.roles.items()
    ]
    placed = sum(result.boxes.values())
    said = f"{placed} placements with evidence, by performance and potential"
    pictures = {"nine-box": _grid(result, said)} if placed else {}
    return View(
        title=title,
        subtitle=f"Average bench of critical roles: {number(result.depth, 1)}",
        blocks=document(
            *([Picture(picture="nine-box", title=said, alt=f"Nine-box grid of counts. {said}.")] if placed else []),
            grid("Bench by role", columns, rows),
            *closing(result),
        ),
        pictures=pictures,
    )


def _grid(result: Succession, title: str) -> str:
    left, top, wide, tall = 120.0, 60.0, 190.0, 108.0
    parts = []
    for potential in (1, 2, 3):
        y = top + (3 - potential) * tall
        parts.append(text(left - 14, y + tall / 2 + 4, ("low", "medium", "high")[potential - 1], 12, MUTED, "end"))
        for performance in (1, 2, 3):
            x = left + (performance - 1) * wide
            key = f"{performance}-{potential}"
            parts.append(box(x + 3, y + 3, wide - 6, tall - 6, _FILLS[performance + potential - 2]))
            parts.append(text(x + 14, y + 26, _NAMES[key], 11.5))
            parts.append(text(x + wide / 2, y + 74, f"{result.boxes[key]}", 28, INK, "middle", True))
    bottom = top + 3 * tall
    for performance, said in enumerate(("low", "medium", "high")):
        parts.append(text(left + performance * wide + wide / 2, bottom + 20, said, 12, MUTED, "middle"))
    parts.append(text(left + 1.5 * wide, bottom + 42, "Performance", 13, INK, "middle", True))
    x, y = 34, top + 1.5 * tall
    parts.append(f'<g transform="rotate(-90 {x} {y:g})">{text(x, y, "Potential", 13, INK, "middle", True)}</g>')
    note = "Counts of managers' placements; a box decides nothing about anybody."
    parts.append(text(left, bottom + 64, note, 10.5, MUTED))
    return canvas(left + 3 * wide + 20, bottom + 78, title, parts)
