"""The perceptual map, and the SWOT grid where entries were given."""

import textwrap
from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.marketing_sales.tools.map_positioning import PositioningMap, Swot
from experts.marketing_sales.views._look import BAD, GOOD, INK, box, canvas, number, text, words

MOST_NAMED = 14


def view(result: PositioningMap, arguments: Mapping[str, Any]) -> View:
    """Map, distances, SWOT."""
    own = words(str(arguments["own"]))
    title = f"The nearest rival of {own} is {words(result.nearest)}, {number(result.nearest_distance)} points away"
    numbers = _numbers(result)
    rows = [
        {
            "no": str(numbers[name]),
            "brand": words(name),
            "x": number(place.x),
            "y": number(place.y),
            "quadrant": place.quadrant,
            "distance": number(place.distance),
        }
        for name, place in sorted(result.brands.items(), key=lambda pair: (pair[1].distance, pair[0]))
    ]
    heads = {
        "no": ("No.", "count"),
        "brand": ("Brand", "text"),
        "x": (str(arguments["x_axis"]), "ratio"),
        "y": (str(arguments["y_axis"]), "ratio"),
        "quadrant": ("Quadrant", "text"),
        "distance": (f"Distance to {own}", "ratio"),
    }
    note = f"Empty: {'; '.join(result.empty_quadrants)}." if result.empty_quadrants else ""
    parts: list[Any] = [
        Picture(picture="map", title=title, alt=f"Brands on two attributes. {title}."),
        grid("Brands", heads, rows, note),
    ]
    pictures = {"map": _map(result, arguments, title)}
    if result.swot is not None:
        said = f"Strengths, weaknesses, opportunities and threats of {own}"
        parts.append(Picture(picture="swot", title=said, alt=said))
        pictures["swot"] = _swot(result.swot, said)
    return View(title=title, blocks=document(*parts, *closing(result)), pictures=pictures)


def _numbers(result: PositioningMap) -> dict[str, int]:
    """Brands numbered by distance, as in the table: a crowded map shows numbers instead of names."""
    order = sorted(result.brands, key=lambda name: (result.brands[name].distance, name))
    return {name: at for at, name in enumerate(order)}


def _map(result: PositioningMap, arguments: Mapping[str, Any], title: str) -> str:
    from experts.core.charts import ACCENT, GRID, MUTED, SECOND, figure, shorten, svg

    low, high = float(arguments.get("lowest", 1)), float(arguments.get("highest", 10))
    middle, span = (low + high) / 2, high - low
    with figure(7.2, 6.2, title) as (made, axes):
        axes.axhline(middle, color=MUTED, linewidth=1)
        axes.axvline(middle, color=MUTED, linewidth=1)
        taken: list[tuple[float, float]] = []
        numbers, crowded = _numbers(result), len(result.brands) > MOST_NAMED
        reach = (0.05 if crowded else 0.28) * span
        for name, place in sorted(result.brands.items(), key=lambda pair: (-pair[1].y, pair[1].x, pair[0])):
            x, y = float(place.x), float(place.y)
            mine = name == arguments["own"]
            axes.plot([x], [y], "o", color=SECOND if mine else ACCENT, markersize=11 if mine else 8)
            right = x < low + 0.72 * span
            at = y
            while any(abs(at - other) < 0.035 * span and abs(x - there) < reach for there, other in taken):
                at -= 0.035 * span
            taken.append((x, at))
            axes.annotate(
                str(numbers[name]) if crowded else shorten(words(name), 24),
                (x, y),
                (x + (0.02 if right else -0.02) * span, at),
                ha="left" if right else "right",
                va="center",
                fontsize=9,
                fontweight="bold" if mine else "normal",
                arrowprops={"arrowstyle": "-", "color": GRID, "shrinkA": 0, "shrinkB": 4} if at != y else None,
            )
        least = min([at for _, at in taken] + [low])
        axes.set_xlim(low - 0.04 * span, high + 0.04 * span)
        axes.set_ylim(least - 0.04 * span, high + 0.04 * span)
        numbered = "; numbers as in the table" if crowded else ""
        axes.set_xlabel(f"{arguments['x_axis']}  (low to high){numbered}")
        axes.set_ylabel(f"{arguments['y_axis']}  (low to high)")
        axes.grid(color=GRID, linewidth=0.5)
        axes.set_axisbelow(True)
        return svg(made)


def _swot(swot: Swot, title: str) -> str:
    cells = (
        ("Strengths", swot.strengths, GOOD),
        ("Weaknesses", swot.weaknesses, BAD),
        ("Opportunities", swot.opportunities, GOOD),
        ("Threats", swot.threats, BAD),
    )
    wrapped = [[line for entry in entries for line in _lines(entry)] for _, entries, _ in cells]
    heights = [34 + 18 * max(len(wrapped[at]), len(wrapped[at + 1]), 2) for at in (0, 2)]
    parts = []
    for at, (label, _, colour) in enumerate(cells):
        x, y = 16 + 366 * (at % 2), 68 + (heights[0] + 10) * (at // 2)
        parts.append(box(x, y, 356, heights[at // 2]))
        parts.append(text(x + 12, y + 22, label, 13, colour, bold=True))
        parts += [text(x + 12, y + 44 + 18 * line, said, 12, INK) for line, said in enumerate(wrapped[at])]
    return canvas(754, 88 + sum(heights), title, parts)


def _lines(entry: str) -> list[str]:
    found = textwrap.wrap(entry, 38) or [""]
    return [f"• {found[0]}", *(f"   {line}" for line in found[1:])]
