"""Marks on a construction grid of 24 units: discs, tiles, rings and arcs with letters as outlines."""

import math
from collections.abc import Callable
from typing import NamedTuple

from experts.art_design.tools._letters import Command, outline_of
from experts.art_design.tools._scene import Scene

UNITS = 24
SIDE = 240.0
"""A mark is drawn on 240 x 240, ten to the unit of its grid."""
# The horizontals of DejaVu Sans Bold, its thinnest parts, are about this share of an em.
THINNEST_LETTER_EM = 0.15
_ROUND = 0.5522847498  # the handle of a cubic that stands for a quarter circle


class Inks(NamedTuple):
    """The colours of one version: the mark, its accent beside it and on it, and what lies beneath."""

    mark: str
    accent: str
    accent_on_mark: str
    paper: str


class Concept(NamedTuple):
    """A way to build a mark: what it is, and how it is drawn; drawing returns the thinnest part in units."""

    idea: str
    draw: Callable[[Scene, str, Inks], float]


def mark(kind: str, initials: str, inks: Inks, label: str = "") -> tuple[Scene, float]:
    """The mark, transparent around its shapes, and its thinnest part in units of the grid."""
    scene = Scene(SIDE, SIDE, label or f"{kind} mark", background=None)
    return scene, CONCEPTS[kind].draw(scene, initials, inks)


def quarter(x: float, y: float, r: float, turn: int) -> tuple[Command, ...]:
    """A quarter disc with its corner at (x, y); `turn` counts quarter turns clockwise from right-and-down."""
    points = [(0.0, 0.0), (r, 0.0), (r, r * _ROUND), (r * _ROUND, r), (0.0, r)]
    for _ in range(turn):
        points = [(-b, a) for a, b in points]
    flat = [(x + a, y + b) for a, b in points]
    return (("M", flat[0]), ("L", flat[1]), ("C", (*flat[2], *flat[3], *flat[4])), ("Z", ()))


def arc(x: float, y: float, r: float, start: float, end: float) -> tuple[Command, ...]:
    """An arc from `start` to `end` degrees, clockwise from the right, as cubics of at most 45 degrees."""
    steps = max(1, math.ceil(abs(end - start) / 45))
    by = math.radians(end - start) / steps
    handle = 4 / 3 * math.tan(by / 4) * r
    angle = math.radians(start)
    at = (x + r * math.cos(angle), y + r * math.sin(angle))
    made: list[Command] = [("M", at)]
    for _ in range(steps):
        to_angle = angle + by
        to = (x + r * math.cos(to_angle), y + r * math.sin(to_angle))
        one = (at[0] - handle * math.sin(angle), at[1] + handle * math.cos(angle))
        two = (to[0] + handle * math.sin(to_angle), to[1] - handle * math.cos(to_angle))
        made.append(("C", (*one, *two, *to)))
        angle, at = to_angle, to
    return tuple(made)


def letters(
    scene: Scene, text: str, x: float, y: float, w: float, h: float, fill: str, across: float = 0.5, down: float = 0.5
) -> float:
    """Letters as large as fit in a box, placed by shares of the room left; returns their thinnest part in units."""
    found = outline_of(text, True)
    width, height = found.right - found.left, found.bottom - found.top
    scale = min(w / width, h / height)
    left = x + (w - width * scale) * across - found.left * scale
    base = y + (h - height * scale) * down - found.top * scale
    scene.say(text)
    scene.path(found.commands, fill=fill, x=left, y=base, scale=scale)
    return THINNEST_LETTER_EM * 1000 * scale / 10


def _roundel(scene: Scene, text: str, inks: Inks) -> float:
    scene.circle(120, 120, 120, inks.mark)
    side = (120.0, 150.0, 184.0)[len(text) - 1]
    return letters(scene, text, 120 - side / 2, 70, side, 100, inks.paper)


def _tile(scene: Scene, text: str, inks: Inks) -> float:
    scene.rect(0, 0, 240, 240, inks.mark, radius=52)
    scene.circle(190, 50, 20, inks.accent_on_mark)
    return letters(scene, text, 32, 96, 170, 112, inks.paper, 0, 1)


def _ring(scene: Scene, text: str, inks: Inks) -> float:
    scene.path(arc(120, 120, 110, 68, 382), stroke=inks.mark, thick=20)
    angle = math.radians(45)
    scene.circle(120 + 110 * math.cos(angle), 120 + 110 * math.sin(angle), 16, inks.accent)
    side = (96.0, 124.0, 148.0)[len(text) - 1]
    return min(2.0, letters(scene, text, 120 - side / 2, 76, side, 88, inks.mark))


def _hexagon(scene: Scene, text: str, inks: Inks) -> float:
    half = 120 * math.sqrt(3) / 2
    at = [
        (120.0, 0.0),
        (120 + half, 60.0),
        (120 + half, 180.0),
        (120.0, 240.0),
        (120 - half, 180.0),
        (120 - half, 60.0),
    ]
    whole: list[Command] = [("M", at[0]), *(("L", point) for point in at[1:]), ("Z", ())]
    scene.path(tuple(whole), fill=inks.mark)
    facet: tuple[Command, ...] = (
        ("M", at[2]), ("L", at[3]), ("L", at[4]), ("L", (120 - half, 166.0)), ("L", (120.0, 226.0)),
        ("L", (120 + half, 166.0)), ("Z", ()),
    )  # fmt: skip
    scene.path(facet, fill=inks.accent_on_mark)
    return min(1.4, letters(scene, text, 52, 64, 136, 92, inks.paper))


def _quarters(scene: Scene, text: str, inks: Inks) -> float:
    cell, gap = 116.0, 8.0
    far = cell + gap
    scene.rect(0, 0, cell, cell, inks.mark)
    thin = letters(scene, text[0], 24, 24, 68, 68, inks.paper)
    scene.path(quarter(far, cell, cell, 3), fill=inks.accent)
    scene.path(quarter(cell, far, cell, 1), fill=inks.mark)
    if len(text) > 1:
        scene.rect(far, far, cell, cell, inks.mark)
        thin = min(thin, letters(scene, text[1:], far + 20, far + 24, 76, 68, inks.paper))
    else:
        scene.circle(far + cell / 2, far + cell / 2, cell / 2, inks.mark)
    return min(0.8, thin)


def _arches(scene: Scene, text: str, inks: Inks) -> float:
    for radius in (108.0, 72.0):
        scene.path(arc(120, 132, radius, 180, 360), stroke=inks.mark, thick=24)
    scene.path((*arc(120, 132, 48, 180, 360), ("Z", ())), fill=inks.accent)
    return min(1.2, letters(scene, text, 10, 168, 220, 68, inks.mark))


def _monogram(scene: Scene, text: str, inks: Inks) -> float:
    thin = letters(scene, text, 0, 16, 240, 168, inks.mark)
    scene.rect(0, 204, 240, 24, inks.accent)
    return thin


def _leaf(scene: Scene, text: str, inks: Inks) -> float:
    r, k = 120.0, 120 * (1 - _ROUND)
    body: tuple[Command, ...] = (
        ("M", (0.0, 0.0)), ("L", (r, 0.0)), ("C", (240 - k, 0.0, 240.0, k, 240.0, r)), ("L", (240.0, 240.0)),
        ("L", (r, 240.0)), ("C", (k, 240.0, 0.0, 240 - k, 0.0, r)), ("Z", ()),
    )  # fmt: skip
    scene.path(body, fill=inks.mark)
    scene.path(quarter(240, 240, 44, 2), fill=inks.accent_on_mark)
    return letters(scene, text, 40, 70, 160, 100, inks.paper)


CONCEPTS: dict[str, Concept] = {
    "roundel": Concept("Letters reversed out of a full disc; holds together at the smallest sizes.", _roundel),
    "tile": Concept("Rounded square with letters on its base line and one accent dot; made for app icons.", _tile),
    "ring": Concept("Open ring closed by an accent dot; light and airy.", _ring),
    "hexagon": Concept("Upright hexagon with an accent facet below; technical, solid.", _hexagon),
    "quarters": Concept("Four cells of a square: letters in two, quarter discs in the others; playful.", _quarters),
    "arches": Concept("Concentric arches over the letters; a rising sun, a gate, a bridge.", _arches),
    "monogram": Concept("The letters alone on an accent bar; typographic and plain.", _monogram),
    "leaf": Concept("Square with two opposite corners rounded and an accent tip; organic.", _leaf),
}
