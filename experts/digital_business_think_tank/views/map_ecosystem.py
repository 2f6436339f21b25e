"""The ecosystem as a graph: size is centrality, the dark arrows close a loop through the focus."""

import math
from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.map_ecosystem import Ecosystem
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import figure, grid, page, percent, words

COLOURS = (svg.NAVY, svg.RUST, svg.GREEN, svg.PLUM, svg.TEAL, "#7A5C00", "#8A2C4F", "#4A5568")
MANY = 14


def view(result: Ecosystem, arguments: Mapping[str, Any]) -> View:
    """Title, graph, actors, loops and flows."""
    first = result.actors[0]
    loop = (
        "no loop closes"
        if not result.loops
        else f"{len(result.loops)} loop{'s' if len(result.loops) > 1 else ''} of value"
    )
    weak = [row.actor for row in result.actors if row.cut_point]
    apart = "" if not weak else f"; without {', '.join(words(name) for name in weak[:2])} the map falls apart"
    title = f"{words(first.actor)} is the most central of {len(result.actors)} actors; {loop}{apart}"
    rows = [
        {
            "a": words(r.actor),
            "r": r.role,
            "b": percent(r.betweenness),
            "p": percent(r.pagerank),
            "g": figure(r.gives),
            "t": figure(r.gets),
            "l": "yes" if r.in_loop else "no",
            "c": "yes" if r.cut_point else "no",
        }
        for r in result.actors
    ]
    heads = {
        "a": ("Actor", "text"),
        "r": ("Role", "text"),
        "b": ("Betweenness", "rate"),
        "p": ("PageRank", "rate"),
        "g": ("Gives", "ratio"),
        "t": ("Gets", "ratio"),
        "l": ("In a loop", "text"),
        "c": ("Cut point", "text"),
    }
    flows = [
        {"n": str(at), "s": words(f.source), "t": words(f.target), "w": f.what, "v": figure(f.value)}
        for at, f in enumerate(arguments["flows"], 1)
    ]
    ways = {
        "n": ("No.", "count"),
        "s": ("From", "text"),
        "t": ("To", "text"),
        "w": ("What", "text"),
        "v": ("Value", "ratio"),
    }
    loops = [
        {"n": str(at), "l": " → ".join(words(name) for name in [*loop_, loop_[0]])}
        for at, loop_ in enumerate(result.loops, 1)
    ]
    bodies = [grid("Actors", heads, rows)]
    if loops:
        bodies.append(grid("Loops", {"n": ("No.", "count"), "l": ("Loop", "text")}, loops))
    bodies.append(grid("Flows", ways, flows))
    return page(title, result, *bodies, pictures={"graph": (_graph(result, arguments, title), title)})


def _graph(result: Ecosystem, arguments: Mapping[str, Any], title: str) -> str:
    names = list(arguments["actors"])
    focus = str(arguments.get("focus") or "")
    by_name = {row.actor: row for row in result.actors}
    middle = focus or (result.actors[0].actor if len(names) > 3 else "")
    ring = _order([name for name in names if name != middle], arguments["flows"])
    radius = max(170.0, 17.0 * len(ring))
    wide = 2 * radius + 420
    turned = len(ring) > MANY
    drawing = svg.Drawing(wide, 2 * radius + (470 if turned else 210), title)
    few = len(arguments["flows"]) <= 24
    note = "Circle: betweenness; arrow: flow, thicker with its value; dark arrows are in a loop" + (
        "; numbers as in the table of flows" if few else ""
    )
    top = drawing.heading(title, note)
    x0, y0 = wide / 2, top + radius + (190 if turned else 52)
    place = {
        name: (x0 + radius * math.cos(a), y0 + radius * math.sin(a))
        for name, a in ((n, 2 * math.pi * at / len(ring) - math.pi / 2) for at, n in enumerate(ring))
    }
    if middle:
        place[middle] = (x0, y0)
    size = {name: 15 + 22 * math.sqrt(float(by_name[name].betweenness)) for name in names}
    closed = {(a, b) for loop in result.loops for a, b in zip(loop, [*loop[1:], loop[0]], strict=True)}
    pairs: dict[tuple[str, str], list[int]] = {}
    weight: dict[tuple[str, str], float] = {}
    for at, flow in enumerate(arguments["flows"], 1):
        pairs.setdefault((flow.source, flow.target), []).append(at)
        weight[flow.source, flow.target] = weight.get((flow.source, flow.target), 0.0) + float(flow.value)
    heaviest = max(weight.values())
    marks = []
    for (a, b), numbers in pairs.items():
        (x1, y1), (x2, y2) = place[a], place[b]
        length = math.dist((x1, y1), (x2, y2)) or 1.0
        ux, uy = (x2 - x1) / length, (y2 - y1) / length
        # Arrows of the two directions bow away from each other, and around the actor in the middle.
        bend = min(26.0, length * 0.14)
        if middle and middle not in (a, b):
            off = (x0 - (x1 + x2) / 2) * -uy + (y0 - (y1 + y2) / 2) * ux
            clear = size[middle] + 30
            if abs(off - bend / 2) < clear:
                bend = 2 * (off + clear if abs(off + clear) <= abs(off - clear) else off - clear)
        cx, cy = (x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend
        start, end = _edge(cx, cy, x1, y1, size[a] + 2), _edge(cx, cy, x2, y2, size[b] + 4)
        dark = (a, b) in closed
        colour = svg.INK if dark else "#8594A3"
        thick = 1.2 + 2.6 * math.sqrt(weight[a, b] / heaviest)
        turn = math.atan2(end[1] - cy, end[0] - cx)
        tip = 7 + thick
        stop = (end[0] - tip * 0.8 * math.cos(turn), end[1] - tip * 0.8 * math.sin(turn))
        drawing.path(
            f"M{svg.number(start[0])} {svg.number(start[1])}Q{svg.number(cx)} {svg.number(cy)} {svg.number(stop[0])} {svg.number(stop[1])}",
            stroke=colour,
            thick=thick,
        )
        drawing.head(end[0], end[1], turn, colour, tip)
        marks.append(
            (
                0.25 * start[0] + 0.5 * cx + 0.25 * end[0],
                0.25 * start[1] + 0.5 * cy + 0.25 * end[1],
                ", ".join(map(str, numbers)),
            )
        )
    if few:
        for x, y, said in marks:
            room = svg.width_of(said, 9.5) + 6
            drawing.rect(x - room / 2, y - 8, room, 15, svg.PAPER, svg.LINE, 3, 0.8)
            drawing.text(x, y + 3.4, said, 9.5, svg.INK, "middle")
    roles = list(dict.fromkeys(arguments["actors"].values()))
    for name in names:
        x, y = place[name]
        colour = COLOURS[roles.index(arguments["actors"][name]) % len(COLOURS)]
        drawing.circle(x, y, size[name], colour, svg.PAPER, 2)
        if name == focus:
            drawing.circle(x, y, size[name] + 4, stroke=colour, thick=2)
        if by_name[name].cut_point:
            drawing.circle(x, y, 4, svg.PAPER)
        if turned and name != middle:
            _turned(drawing, name, x, y, x0, y0, size[name])
        else:
            _label(drawing, name, arguments["actors"][name], x, y, x0, y0, size[name], name == middle)
    drawing.text(24, drawing.height - 16, "White dot: without this actor the map falls apart.", 10, svg.MUTED)
    return drawing.svg()


def _label(
    drawing: svg.Drawing, name: str, role: str, x: float, y: float, x0: float, y0: float, size: float, middle: bool
) -> None:
    if middle:
        said = svg.shorten(words(name), 12, 150, True)
        wide = svg.width_of(said, 12, True) + 10
        drawing.rect(x - wide / 2, y + size + 6, wide, 18, svg.PAPER, "none", 3)
        drawing.text(x, y + size + 19, said, 12, svg.INK, "middle", bold=True)
        return
    steep = abs(x - x0) < 40
    side = "middle" if steep else "start" if x > x0 else "end"
    dx = 0.0 if steep else (size + 8) * (1 if x > x0 else -1)
    dy = (-(size + 22) if y < y0 else size + 16) if steep else -1.0
    drawing.text(x + dx, y + dy, svg.shorten(words(name), 12, 165, True), 12, svg.INK, side, bold=True)
    drawing.text(x + dx, y + dy + 14, svg.shorten(role, 10, 165), 10, svg.MUTED, side)


def _turned(drawing: svg.Drawing, name: str, x: float, y: float, x0: float, y0: float, size: float) -> None:
    """A name that runs outwards, for rings with many actors."""
    angle = math.atan2(y - y0, x - x0)
    tx, ty = x + (size + 8) * math.cos(angle), y + (size + 8) * math.sin(angle)
    left = math.cos(angle) < -1e-9
    turn = math.degrees(angle) + (180 if left else 0)
    tx, ty = tx - 4 * math.sin(math.radians(turn)), ty + 4 * math.cos(math.radians(turn))
    drawing.turned(
        tx, ty, svg.shorten(words(name), 11, 150, True), turn, 11, svg.INK, "end" if left else "start", bold=True
    )


def _edge(cx: float, cy: float, x: float, y: float, reach: float) -> tuple[float, float]:
    """The point on the circle around (x, y) that looks towards (cx, cy)."""
    length = math.dist((cx, cy), (x, y)) or 1.0
    return x + (cx - x) / length * reach, y + (cy - y) / length * reach


def _order(names: list[str], flows: Any) -> list[str]:
    """Names so that those who deal with each other stand near: greedy, from the first name."""
    near: dict[str, dict[str, float]] = {name: {} for name in names}
    for flow in flows:
        if flow.source in near and flow.target in near:
            near[flow.source][flow.target] = near[flow.source].get(flow.target, 0.0) + 1
            near[flow.target][flow.source] = near[flow.target].get(flow.source, 0.0) + 1
    left, order = list(names), list[str]()
    while left:
        following = (
            max(left, key=lambda name: (near[order[-1]].get(name, 0.0), -left.index(name))) if order else left[0]
        )
        order.append(following)
        left.remove(following)
    return order
