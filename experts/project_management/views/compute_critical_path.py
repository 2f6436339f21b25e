"""The network on nodes: early and late times, float, and the critical path."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools._network import Edge, build_network
from experts.project_management.tools.compute_critical_path import CriticalPath
from experts.project_management.views._look import days
from experts.project_management.views._svg import INK, MUTED, RUST, Canvas, cut

MOST_DRAWN, WIDE, TALL, GAP_X, GAP_Y, PER_BAND = 60, 148, 64, 46, 22, 7


def view(result: CriticalPath, arguments: Mapping[str, Any]) -> View:
    """Network picture, path in words, and the table of times."""
    title = f"{result.critical_count} of {result.task_count} tasks decide the end after {days(result.target_finish)}"
    rows = [
        {
            "task": key,
            "duration": str(one.duration),
            "es": str(one.early_start),
            "ef": str(one.early_finish),
            "ls": str(one.late_start),
            "lf": str(one.late_finish),
            "tf": str(one.total_float),
            "ff": str(one.free_float),
            "path": "critical" if one.critical else "",
        }
        for key, one in result.tasks.items()
    ]
    columns = {
        "task": ("Task", "text"),
        "duration": ("Days", "count"),
        "es": ("Early start", "count"),
        "ef": ("Early finish", "count"),
        "ls": ("Late start", "count"),
        "lf": ("Late finish", "count"),
        "tf": ("Total float", "count"),
        "ff": ("Free float", "count"),
        "path": ("Path", "text"),
    }
    path = result.critical_path
    shown = path if len(path) <= 20 else [*path[:10], "…", *path[-9:]]
    return View(
        title=title,
        subtitle="Critical path: " + " → ".join(shown),
        blocks=document(
            Picture(picture="network", title=title, alt=f"Activity network. {title}."),
            grid("Times in working days since the start", columns, rows),
            *closing(result),
        ),
        pictures={"network": _network(result, arguments, title)},
    )


def _network(result: CriticalPath, arguments: Mapping[str, Any], title: str) -> str:
    net = build_network(arguments["tasks"], bool(arguments.get("overlap_review")))
    chosen = sorted(net.order, key=lambda key: (result.tasks[key].total_float, net.order.index(key)))[:MOST_DRAWN]
    drawn = [key for key in net.order if key in set(chosen)]
    links = {key: [edge for edge in net.waits_for[key] if edge.before in set(chosen)] for key in drawn}
    layer: dict[str, int] = {}
    for key in drawn:
        layer[key] = max((layer[edge.before] + 1 for edge in links[key]), default=0)
    place = _rows(drawn, layer, links)
    layers = max(layer.values()) + 1
    bands = -(-layers // PER_BAND)
    tall = [
        max((row + 1 for key, row in place.items() if layer[key] // PER_BAND == band), default=1)
        for band in range(bands)
    ]
    width = 40 + min(layers, PER_BAND) * (WIDE + GAP_X)
    canvas = Canvas(max(width, 560), 200 + sum(rows * (TALL + GAP_Y) + 30 for rows in tall), title)
    tops, y = [], canvas.top + 8
    for rows in tall:
        tops.append(y)
        y += rows * (TALL + GAP_Y) + 26
    spot = {
        key: (
            20.0 + (layer[key] % PER_BAND) * (WIDE + GAP_X),
            tops[layer[key] // PER_BAND] + place[key] * (TALL + GAP_Y),
        )
        for key in drawn
    }
    _arrows(canvas, result, links, layer, spot)
    for key in drawn:
        _node(canvas, result, key, *spot[key])
    legend = "In each box: early start, days, early finish; late start, total float, late finish. Red: critical."
    canvas.text(20, y + 4, legend, 10, MUTED)
    if len(drawn) < len(net.order):
        y += 16
        canvas.text(
            20, y + 4, f"The {len(drawn)} tasks with least float of {len(net.order)}; the table has all.", 10, MUTED
        )
    return canvas.svg(y + 22)


def _rows(drawn: list[str], layer: dict[str, int], links: dict[str, list[Edge]]) -> dict[str, int]:
    """The row of each task in its layer: near the rows of what it waits for."""
    place: dict[str, int] = {}
    for number in range(max(layer.values()) + 1):
        centre: dict[str, float] = {}
        for key in drawn:
            if layer[key] == number:
                befores = [place[edge.before] for edge in links[key]]
                centre[key] = sum(befores) / len(befores) if befores else 0.0
        place |= {key: row for row, key in enumerate(sorted(sorted(centre), key=centre.__getitem__))}
    return place


def _arrows(
    canvas: Canvas,
    result: CriticalPath,
    links: dict[str, list[Edge]],
    layer: dict[str, int],
    spot: dict[str, tuple[float, float]],
) -> None:
    on_path = {pair for path in result.critical_paths for pair in pairwise(path)}
    for after, edges in links.items():
        for number, edge in enumerate(edges):
            red = (edge.before, after) in on_path
            color, thick = (RUST, 2.2) if red else ("#8A97A3", 1.1)
            x, y = spot[after]
            from_x, from_y = spot[edge.before]
            enter = y + TALL / 2 + 7 * (number - (len(edges) - 1) / 2)
            leave, begin = from_y + TALL / 2, from_x + WIDE
            lane = x - 14 - 4 * (number % 4)
            label = "" if edge.type == "FS" and not edge.lag else f"{edge.type}{edge.lag:+d}" if edge.lag else edge.type
            if layer[after] // PER_BAND != layer[edge.before] // PER_BAND:  # crosses to another band
                canvas.path([(begin, leave), (begin + 10, leave)], color, thick)
                canvas.path([(x - 16, enter), (x, enter)], color, thick, arrow=True)
                canvas.text(x + 2, y - 3 - 9 * number, cut(f"from {edge.before} {label}", 8, WIDE), 8, MUTED)
                continue
            if layer[after] - layer[edge.before] > 1:  # between the rows, past what stands in between
                between = from_y + TALL + 9 if y >= from_y else from_y - 9
                points = [(begin, leave), (begin + 12, leave), (begin + 12, between), (lane, between), (lane, enter)]
                canvas.path([*points, (x, enter)], color, thick, arrow=True)
            else:
                canvas.path([(begin, leave), (lane, leave), (lane, enter), (x, enter)], color, thick, arrow=True)
            if label:
                canvas.text(lane - 3, enter - 3, label, 8.5, INK, anchor="end")


def _node(canvas: Canvas, result: CriticalPath, key: str, x: float, y: float) -> None:
    one = result.tasks[key]
    color = RUST if one.critical else "#5F7282"
    canvas.box(x, y, WIDE, TALL, "#FDF1EC" if one.critical else "#FFFFFF", color, 1.8 if one.critical else 1)
    canvas.text(x + WIDE / 2, y + 36, cut(key.replace("_", " "), 11, WIDE - 10, True), 11, INK, True, "middle")
    for at, values in ((17, (one.early_start, one.duration, one.early_finish)),
                       (55, (one.late_start, one.total_float, one.late_finish))):  # fmt: skip
        for place, value in zip((0.14, 0.5, 0.86), values, strict=True):
            canvas.text(x + WIDE * place, y + at, f"{value:,}", 10, MUTED, anchor="middle")
    canvas.path([(x, y + 22), (x + WIDE, y + 22)], color, 0.6)
    canvas.path([(x, y + 43), (x + WIDE, y + 43)], color, 0.6)
