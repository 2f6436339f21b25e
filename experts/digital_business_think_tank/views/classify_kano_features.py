"""Features by how much they please when there and displease when missing."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.classify_kano_features import NAMES, KanoResult
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import counted, grid, page, percent, words

COLOURS = {
    "must-be": svg.NAVY,
    "one-dimensional": svg.GREEN,
    "attractive": svg.RUST,
    "indifferent": "#5C6B7A",
    "reverse": svg.PLUM,
    "questionable": "#7A5C00",
}
SIDE = 440.0


def view(result: KanoResult, arguments: Mapping[str, Any]) -> View:
    """Title, plot, coefficients."""
    count = {name: [f.feature for f in result.features if f.category == name] for name in NAMES.values()}
    said = [f"{len(found)} {name}" for name, found in count.items() if found]
    title = f"{counted(len(result.features), 'feature')}: {', '.join(said)}"
    if count["must-be"]:
        title += f"; first secure {words(count['must-be'][0]).lower()}"
    rows = [
        {
            "f": words(f.feature),
            "c": f.category,
            "b": "" if f.better is None else percent(f.better),
            "w": "" if f.worse is None else percent(f.worse),
        }
        | {letter: str(number) for letter, number in f.counts.items()}
        | {"n": str(f.answers), "s": "yes" if f.significant else "no"}
        for f in result.features
    ]
    heads = {"f": ("Feature", "text"), "c": ("Category", "text"), "b": ("Better", "rate"), "w": ("Worse", "rate")}
    heads |= {letter: (letter, "count") for letter in NAMES} | {"n": ("Answers", "count"), "s": ("Significant", "text")}
    table = grid(
        "Features", heads, rows, "M must-be, O one-dimensional, A attractive, I indifferent, R reverse, Q questionable."
    )
    return page(title, result, table, pictures={"plot": (_plot(result, title), title)})


def _plot(result: KanoResult, title: str) -> str:
    shown = [f for f in result.features if f.better is not None and f.worse is not None]
    height = max(SIDE + 92, 24.0 * len(shown) + 40)
    drawing = svg.Drawing(900, 96 + height, title)
    top = drawing.heading(
        title, "Further right: displeases more when missing. Higher: pleases more when there. Numbers as in the list"
    )
    left, floor = 74.0, top + 14 + SIDE
    corners = (
        ("attractive", 0, 1, svg.TINTS[svg.RUST]),
        ("one-dimensional", 1, 1, svg.TINTS[svg.GREEN]),
        ("indifferent", 0, 0, "#F0F2F5"),
        ("must-be", 1, 0, svg.TINTS[svg.NAVY]),
    )
    for name, right, up, tint in corners:
        x, y = left + right * SIDE / 2, floor - SIDE / 2 - up * SIDE / 2
        drawing.rect(x, y, SIDE / 2, SIDE / 2, tint, svg.PAPER, thick=2)
        drawing.text(x + SIDE / 4, floor - SIDE - 8 if up else floor + 34, name, 11, COLOURS[name], "middle", bold=True)
    for tick in (0, 25, 50, 75, 100):
        at = SIDE * tick / 100
        drawing.text(left + at, floor + 16, f"{tick} %", 9.5, svg.MUTED, "middle")
        drawing.text(left - 8, floor - at + 4, f"{tick} %", 9.5, svg.MUTED, "end")
    drawing.text(left + SIDE / 2, floor + 56, "worse: share displeased when it is missing", 10.5, svg.MUTED, "middle")
    drawing.turned(22, floor - SIDE / 2, "better: share pleased when it is there", -90, 10.5, svg.MUTED)
    spots = _apart(
        [(left + SIDE * float(-(f.worse or 0)), floor - SIDE * float(f.better or 0)) for f in shown], 20.0, left, floor
    )
    for number, (feature, (x, y)) in enumerate(zip(shown, spots, strict=True), 1):
        drawing.circle(x, y, 10, COLOURS[feature.category], svg.PAPER, 1.6)
        drawing.text(x, y + 3.6, str(number), 9.5, svg.PAPER, "middle", bold=True)
        base = top + 24 + (number - 1) * 24
        drawing.circle(left + SIDE + 40, base - 4, 9, COLOURS[feature.category])
        drawing.text(left + SIDE + 40, base - 0.6, str(number), 9, svg.PAPER, "middle", bold=True)
        mark = "" if feature.significant else " (close)"
        drawing.text(
            left + SIDE + 56,
            base,
            svg.shorten(f"{words(feature.feature)}: {feature.category}{mark}", 11, 900 - left - SIDE - 76),
            11,
        )
    return drawing.svg()


def _apart(points: list[tuple[float, float]], least: float, left: float, floor: float) -> list[tuple[float, float]]:
    """Points moved as little as needed so that their circles do not cover each other."""
    placed: list[tuple[float, float]] = []
    for x, y in points:
        best = (x, y)
        for step in range(400):
            ring, turn = divmod(step, 8)
            dx, dy = ((1, 0), (0, -1), (-1, 0), (0, 1), (1, -1), (-1, -1), (-1, 1), (1, 1))[turn]
            tried = (x + dx * ring * 5.0, y + dy * ring * 5.0)
            inside = left <= tried[0] <= left + SIDE and floor - SIDE <= tried[1] <= floor
            if inside and all((tried[0] - a) ** 2 + (tried[1] - b) ** 2 >= least**2 for a, b in placed):
                best = tried
                break
        placed.append(best)
    return placed
