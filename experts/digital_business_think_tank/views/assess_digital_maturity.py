"""The maturity radar: counted level against target, by dimension."""

import math
from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.assess_digital_maturity import Maturity
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import figure, grid, page

LEVELS = 5


def view(result: Maturity, arguments: Mapping[str, Any]) -> View:
    """Title, radar (bars below three dimensions), gaps and next steps."""
    worst = result.dimensions[0]
    gap = (
        "every target is met"
        if not worst.gap
        else f"the largest gap is {worst.title.lower()}, {worst.counted} against {worst.target}"
    )
    title = f"Digital maturity {figure(result.index)} of 5 by the rubric; {gap}"
    rows = [
        {
            "title": row.title,
            "counted": f"{row.counted}" + (f" (stated {row.stated})" if row.stated != row.counted else ""),
            "target": str(row.target),
            "gap": str(row.gap),
            "now": row.now,
            "next": row.next_step or "target met",
            "evidence": row.evidence or "none",
        }
        for row in result.dimensions
    ]
    columns = {
        "title": ("Dimension", "text"),
        "counted": ("Level", "text"),
        "target": ("Target", "count"),
        "gap": ("Gap", "count"),
        "now": ("Now", "text"),
        "next": ("Next step", "text"),
        "evidence": ("Evidence", "text"),
    }
    order = list(arguments["scores"])
    return page(
        title,
        result,
        grid("Gaps and next steps", columns, rows),
        pictures={"radar": (_picture(result, title, order), title)},
    )


def _picture(result: Maturity, title: str, order: list[str]) -> str:
    rows = sorted(result.dimensions, key=lambda row: order.index(row.dimension))
    drawing = svg.Drawing(760, 600, title)
    top = drawing.heading(title, "Level 1 to 5; a level above 2 counts only with evidence; no benchmark is implied")
    if len(rows) < 3:
        return _bars(drawing, rows, top)
    centre, middle, radius = 380.0, top + 238, 168.0

    def point(at: int, level: float, out: float = 0) -> tuple[float, float]:
        angle = 2 * math.pi * at / len(rows) - math.pi / 2
        reach = radius * level / LEVELS + out
        return centre + reach * math.cos(angle), middle + reach * math.sin(angle)

    for level in range(1, LEVELS + 1):
        drawing.polygon([point(at, level) for at in range(len(rows))], stroke=svg.LINE)
    for at in range(len(rows)):
        drawing.line(centre, middle, *point(at, LEVELS))
    drawing.polygon([point(at, row.target) for at, row in enumerate(rows)], stroke=svg.RUST, thick=2, dash="6 4")
    drawing.polygon([point(at, row.counted) for at, row in enumerate(rows)], svg.TEAL, svg.NAVY, 2.4, 0.28)
    for at, row in enumerate(rows):
        drawing.circle(*point(at, row.counted), 4.2, svg.NAVY, svg.PAPER, 1.2)
        x, y = point(at, LEVELS, 14)
        side = "middle" if abs(x - centre) < 12 else "start" if x > centre else "end"
        room = 160.0 if side != "middle" else 240.0
        lift = 16 if y < middle - 10 and side == "middle" else 0
        drawing.lines(x, y - lift, row.title, room, 2, 11, svg.INK, side, bold=True)
        extra = 15 * len(svg.wrap(row.title, 11, room, 2, True))
        drawing.text(x, y - lift + extra, f"{row.counted} of {row.target}", 10, svg.MUTED, side)
    for level in range(1, LEVELS + 1):
        x, y = point(0, level)
        drawing.text(x + 5, y + 4, str(level), 9, svg.MUTED)
    _key(drawing, 562)
    return drawing.svg()


def _key(drawing: svg.Drawing, y: float) -> None:
    drawing.rect(250, y + 6, 22, 12, svg.TINTS[svg.TEAL], svg.NAVY, 2, 2)
    drawing.text(280, y + 16, "counted level", 11)
    drawing.line(400, y + 12, 424, y + 12, svg.RUST, 2, "6 4")
    drawing.text(432, y + 16, "target", 11)


def _bars(drawing: svg.Drawing, rows: list[Any], top: float) -> str:
    for at, row in enumerate(rows):
        y = top + 40 + at * 90
        drawing.lines(24, y, row.title, 200, 2, 12, bold=True)
        drawing.rect(240, y - 14, 460, 22, svg.TINTS[svg.TEAL])
        drawing.rect(240, y - 14, 92.0 * row.counted, 22, svg.NAVY)
        drawing.line(240 + 92.0 * row.target, y - 20, 240 + 92.0 * row.target, y + 14, svg.RUST, 3)
        drawing.text(240, y + 26, f"level {row.counted}, target {row.target} (line)", 11, svg.MUTED)
    drawing.height = top + 40 + len(rows) * 90
    return drawing.svg()
