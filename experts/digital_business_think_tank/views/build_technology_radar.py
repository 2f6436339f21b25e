"""The radar as a picture, with its legend by quadrant."""

import math
from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.build_technology_radar import RINGS, TechnologyRadar
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import grid, page, words

COLOURS = (svg.NAVY, svg.RUST, svg.GREEN, svg.PLUM)
RADIUS, LEGEND, ROW = 340.0, 260.0, 17.5
MOVED = {"in": "moved in", "out": "moved out", "new": "new", "none": ""}


def view(result: TechnologyRadar, arguments: Mapping[str, Any]) -> View:
    """Title, radar, and a table with the reasons."""
    counts = result.counts
    news = sum(1 for blip in result.blips if blip.moved == "new")
    title = (
        f"{len(result.blips)} on the radar: {counts['adopt']} to adopt, {counts['trial']} in trial, {counts['assess']} to assess, "
        f"{counts['hold']} on hold" + (f"; {news} new" if news else "")
    )
    rows = [
        {
            "n": str(b.number),
            "name": b.name,
            "quadrant": b.quadrant,
            "ring": words(b.ring),
            "moved": MOVED[b.moved],
            "reason": b.reason or "no reason given",
        }
        for b in result.blips
    ]
    columns = {
        "n": ("No.", "count"),
        "name": ("Technology", "text"),
        "quadrant": ("Quadrant", "text"),
        "ring": ("Ring", "text"),
        "moved": ("Change", "text"),
        "reason": ("Reason", "text"),
    }
    return page(title, result, grid("Blips", columns, rows), pictures={"radar": (_radar(result, title), title)})


def _radar(result: TechnologyRadar, title: str) -> str:
    width = 2 * LEGEND + 2 * RADIUS + 72
    legends = [_legend(result, quadrant) for quadrant in result.quadrants]
    need = [30 + ROW * len(rows) for rows in legends] + [0] * (4 - len(legends))
    upper, lower = max(need[0], need[1], RADIUS + 10), max(need[2], need[3], RADIUS + 10)
    drawing = svg.Drawing(width, 84 + upper + lower + 44, title)
    top = drawing.heading(
        title, "The nearer to the centre, the more we commit; a triangle has moved, a ringed dot is new"
    )
    x0, y0 = width / 2, top + upper
    for edge, fill in zip(reversed(result.ring_edges), ("#F5F7FA", "#E9EFF4", "#D9E5EE", "#C6D9E7"), strict=True):
        drawing.circle(x0, y0, RADIUS * float(edge), fill, svg.PAPER, 1.5)
    drawing.rect(x0 - 5, y0 - RADIUS, 10, 2 * RADIUS, svg.PAPER)
    drawing.rect(x0 - RADIUS, y0 - 5, 2 * RADIUS, 10, svg.PAPER)
    edges = [0.0, *[float(edge) for edge in result.ring_edges]]
    for at, ring in enumerate(RINGS):
        middle = RADIUS * (edges[at] + edges[at + 1]) / 2
        for side in (-1, 1):
            drawing.text(x0 + side * middle, y0 + 3.2, ring.upper(), 8.5, svg.MUTED, "middle", bold=True)
    size = RADIUS * float(result.blip_radius)
    for blip in result.blips:
        colour = COLOURS[result.quadrants.index(blip.quadrant)]
        x, y = x0 + RADIUS * float(blip.x), y0 - RADIUS * float(blip.y)
        if blip.moved in ("in", "out"):
            turn = math.atan2(y0 - y, x0 - x) + (math.pi if blip.moved == "out" else 0)
            drawing.polygon(
                [
                    (
                        x + 1.25 * size * math.cos(turn + k * 2 * math.pi / 3),
                        y + 1.25 * size * math.sin(turn + k * 2 * math.pi / 3),
                    )
                    for k in range(3)
                ],
                colour,
            )
        else:
            drawing.circle(x, y, size * (0.86 if blip.moved == "new" else 1), colour)
            if blip.moved == "new":
                drawing.circle(x, y, size * 1.08, stroke=colour, thick=1.2)
        drawing.text(x, y + 3.3, str(blip.number), 9, svg.PAPER, "middle", bold=True)
    places = ((width - LEGEND - 12, top), (24.0, top), (24.0, y0 + 14), (width - LEGEND - 12, y0 + 14))
    for at, (quadrant, rows) in enumerate(zip(result.quadrants, legends, strict=True)):
        x, y = places[at]
        drawing.text(x, y + 14, svg.shorten(quadrant, 13, LEGEND - 10, True), 13, COLOURS[at], bold=True)
        for line, (label, name, strong) in enumerate(rows):
            base = y + 34 + ROW * line
            if strong:
                drawing.text(x, base, name, 9.5, svg.MUTED, bold=True)
            else:
                drawing.text(x + 20, base, label, 11, svg.INK, "end")
                drawing.text(x + 27, base, svg.shorten(name, 11, LEGEND - 40), 11)
    drawing.height = y0 + lower + 20
    return drawing.svg()


def _legend(result: TechnologyRadar, quadrant: str) -> list[tuple[str, str, bool]]:
    rows: list[tuple[str, str, bool]] = []
    for ring in RINGS:
        here = [blip for blip in result.blips if blip.quadrant == quadrant and blip.ring == ring]
        if here:
            rows.append(("", ring.upper(), True))
        rows += [(str(blip.number), blip.name, False) for blip in here]
    return rows
