"""The pages of a brand book, 1280 x 720."""

from dataclasses import dataclass
from typing import Any

from experts.art_design.tools._letters import shorten, wrap, wrap_most
from experts.art_design.tools._marks import SIDE, Inks, mark, quarter
from experts.art_design.tools._scene import BAD, GOOD, INK, LINE, MUTED, PANEL, Scene, naive_cmyk, readable_on
from experts.art_design.tools.compose_brand_guidelines import BrandGuidelines, ColorUse
from experts.art_design.views._page import ratio, words

WIDTH, HEIGHT, EDGE, TOP = 1280.0, 720.0, 80.0, 190.0


@dataclass(frozen=True)
class Book:
    """The result, the arguments it was made from, and the colours as #RRGGBB."""

    result: BrandGuidelines
    given: dict[str, Any]
    colors: dict[str, str]

    @property
    def main(self) -> str:
        return next(iter(self.colors.values()))

    @property
    def surface(self) -> str:
        found = [self.colors[use.surface] for use in self.result.uses if use.surface in self.colors]
        return found[0] if found else "#FFFFFF"

    @property
    def accent(self) -> str:
        others = [color for color in self.colors.values() if color not in (self.main, self.surface)]
        return others[0] if others else self.main

    @property
    def initials(self) -> str:
        return str(self.given.get("initials", "")).strip()


def pages(book: Book) -> dict[str, Scene]:
    """The pages that the book has, by id."""
    made = {"cover": _cover(book)}
    drawn = {
        "Purpose": _purpose,
        "Mark": _mark,
        "Colours": _colors,
        "Colour pairs": _pairs,
        "Typography": _type,
        "Spacing": _spacing,
        "Voice": _voice,
        "Imagery": _imagery,
        "Do and don't": _rules,
    }
    for number, part in enumerate(book.result.pages[1:], 2):
        scene = Scene(WIDTH, HEIGHT, part)
        scene.rect(0, 0, 16, HEIGHT, book.main)
        scene.text(EDGE, 72, shorten(book.result.brand, 13, 500, True), 13, MUTED, True)
        scene.text(EDGE, 132, part, 40, INK, True)
        scene.text(WIDTH - EDGE, HEIGHT - 40, str(number), 13, MUTED, anchor="end")
        drawn[part](scene, book)
        made["page-" + "".join(letter if letter.isalpha() else "-" for letter in part.lower())] = scene
    return made


def _inks(book: Book, paper: str) -> Inks:
    return Inks(book.main, book.accent, book.accent if book.accent != book.main else paper, paper)


def _drawn(book: Book, scene: Scene, inks: Inks, x: float, y: float, side: float) -> None:
    made, _ = mark(str(book.given["logo"]), book.initials, inks)
    scene.picture(made, x, y, side / SIDE)


def _cover(book: Book) -> Scene:
    scene = Scene(WIDTH, HEIGHT, f"{book.result.brand}, brand guidelines", book.main)
    on = readable_on(book.main)
    if book.initials and book.given.get("logo"):
        _drawn(book, scene, Inks(on, on, book.main, book.main), WIDTH - 520, 140, 440)
    else:
        scene.circle(WIDTH - 300, 360, 220, book.accent if book.accent != book.main else on)
    size = 72.0
    while size > 20 and len(wrap(book.result.brand, size, 600, True) or (1, 2, 3)) > 2:
        size -= 2
    y = 330.0
    for line in wrap_most(book.result.brand, size, 600, 3, True):
        scene.text(EDGE, y, line, size, on, True)
        y += size * 1.12
    y += 80 - size * 1.12
    scene.rect(EDGE, y - 44, 72, 6, book.accent if book.accent != book.main else on)
    scene.text(EDGE, y + 6, "Brand guidelines", 26, on)
    return scene


def _purpose(scene: Scene, book: Book) -> None:
    _corner(scene, book)
    scene.lines(EDGE, 290, str(book.given["purpose"]), WIDTH - 2 * EDGE - 100, 7, 38, book.main
                if readable_on(book.main) == "#FFFFFF" else INK, True, 1.35)  # fmt: skip


def _mark(scene: Scene, book: Book) -> None:
    surface, unit = book.surface, 11.0
    room, clear = 36 * unit, 6 * unit
    scene.rect(EDGE, TOP, room, room, surface, LINE, radius=8)
    for line in range(0, 25, 2):
        at = clear + line * unit
        scene.line(EDGE + at, TOP + clear, EDGE + at, TOP + room - clear, "#C9A3D6", 0.6)
        scene.line(EDGE + clear, TOP + at, EDGE + room - clear, TOP + at, "#C9A3D6", 0.6)
    _drawn(book, scene, _inks(book, surface), EDGE + clear, TOP + clear, 24 * unit)
    scene.text(EDGE, TOP + room + 26, "Clear space: a quarter of the mark's height on every side", 14, MUTED)
    x, side = EDGE + room + 56, 190.0
    white = Inks("#FFFFFF", "#FFFFFF", "#111111", "#111111")
    versions = [
        ("In colour", _inks(book, surface)),
        ("Reversed", Inks(surface, surface, book.main, book.main)),
        ("Black", Inks("#000000", "#000000", "#FFFFFF", "#FFFFFF")),
        ("White", white),
    ]
    for at, (name, inks) in enumerate(versions):
        left, top = x + at % 2 * (side + 24), TOP + at // 2 * (side + 36)
        scene.rect(left, top, side, side, inks.paper, LINE, radius=8)
        _drawn(book, scene, inks, left + side * 0.24, top + side * 0.24, side * 0.52)
        scene.text(left, top + side + 20, name, 13, MUTED)
    left = x + 2 * (side + 24) + 24
    scene.text(left, TOP + 16, "Never", 18, INK, True)
    y = TOP + 50
    for rule in ("stretch or turn it", "change its colours", "put it on a busy picture", "add shadows or outlines",
                 "let anything into the clear space"):  # fmt: skip
        y = scene.lines(left, y, f"• {rule}", WIDTH - EDGE - left, 2, 14, INK) + 6


def _colors(scene: Scene, book: Book) -> None:
    count = len(book.colors)
    across = count if count <= 4 else -(-count // 2) if count <= 8 else 4
    rows = -(-count // across)
    gap = 20.0
    wide = (WIDTH - 2 * EDGE - (across - 1) * gap) / across
    high = (440.0 - (rows - 1) * gap) / rows
    for at, (key, color) in enumerate(book.colors.items()):
        x, y = EDGE + at % across * (wide + gap), TOP + at // across * (high + gap)
        on = readable_on(color)
        scene.rect(x, y, wide, high, color, LINE if color == book.surface else None, radius=10)
        scene.text(x + 20, y + 38, shorten(words(key), 20, wide - 40, True), 20, on, True)
        red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
        inks = " ".join(f"{ink * 100:.0f}" for ink in naive_cmyk(color))
        lines = [color, f"RGB {red} {green} {blue}", f"CMYK {inks}"] if high > 120 else [color]
        base = y + high - 22 * (len(lines) - 1) - 22
        for line, said in enumerate(lines):
            scene.text(x + 20, base + 22 * line, said, 14, on)
    scene.text(EDGE, HEIGHT - 40, "CMYK is arithmetic without an ICC profile; ask the printer for a proof.", 13, MUTED)


def _corner(scene: Scene, book: Book) -> None:
    """A quarter disc in the lower right corner of pages with few words."""
    color = book.accent if book.accent != book.main else book.main
    scene.path(quarter(WIDTH, HEIGHT, 190, 2), fill=color)
    scene.text(WIDTH - EDGE, HEIGHT - 40, scene.shapes[3].said, 13, readable_on(color), anchor="end")


def _pairs(scene: Scene, book: Book) -> None:
    uses = sorted(book.result.uses, key=lambda use: -use.ratio)[:10]
    if len(uses) <= 4:
        _few_pairs(scene, book, uses)
        return
    scene.text(EDGE, TOP - 24, "What may carry text, by WCAG 2.2: 4.5:1 for text, 3:1 for large text", 15, MUTED)
    half = (WIDTH - 2 * EDGE - 32) / 2
    for at, use in enumerate(uses):
        x, y = EDGE + at % 2 * (half + 32), TOP + 6 + at // 2 * 92
        paper = book.colors.get(use.surface, "#FFFFFF")
        scene.rect(x, y, 250, 76, paper, LINE, radius=8)
        scene.text(x + 125, y + 48, "Read this", 28, book.colors[use.color], True, "middle")
        name = f"{words(use.color)} on {use.surface.replace('-', ' ')}"
        scene.text(x + 274, y + 32, shorten(name, 16, half - 280, True), 16, INK, True)
        color = {"text": GOOD, "large text": INK, "decoration": BAD}[use.use]
        scene.text(x + 274, y + 57, f"{ratio(use.ratio)}, {use.use}", 14, color)


def _few_pairs(scene: Scene, book: Book, uses: list[ColorUse]) -> None:
    scene.text(EDGE, TOP - 24, "What may carry text, by WCAG 2.2: 4.5:1 for text, 3:1 for large text", 15, MUTED)
    high = min(136.0, 440.0 / max(1, len(uses)))
    for at, use in enumerate(uses):
        y = TOP + 6 + at * high
        scene.rect(EDGE, y, 560, high - 20, book.colors.get(use.surface, "#FFFFFF"), LINE, radius=10)
        scene.text(EDGE + 280, y + (high - 20) / 2 + 16, "Read this line", 44, book.colors[use.color], True, "middle")
        name = f"{words(use.color)} on {use.surface.replace('-', ' ')}"
        scene.text(EDGE + 600, y + (high - 20) / 2 - 6, shorten(name, 24, 500, True), 24, INK, True)
        color = {"text": GOOD, "large text": INK, "decoration": BAD}[use.use]
        scene.text(EDGE + 600, y + (high - 20) / 2 + 26, f"{ratio(use.ratio)}, {use.use}", 18, color)


def _type(scene: Scene, book: Book) -> None:
    faces = dict(book.given["typefaces"])
    high = 440.0 / len(faces)
    for at, (role, family) in enumerate(faces.items()):
        y = TOP + at * high
        scene.line(EDGE, y, WIDTH - EDGE, y, LINE)
        scene.text(EDGE, y + 34, shorten(words(role), 15, 190, True), 15, MUTED, True)
        size = min(84.0, high * 0.36)
        bold = "bold" in family.lower() or at == 0
        scene.text(EDGE + 220, y + 16 + size, shorten(family, size, WIDTH - 2 * EDGE - 220, bold), size, INK, bold)
        small = min(26.0, high * 0.12)
        said = "ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789"
        scene.text(EDGE + 220, y + 24 + size + small * 1.6, shorten(said, small, WIDTH - 2 * EDGE - 220), small, MUTED)
    scene.text(
        EDGE, HEIGHT - 40, "Names are set in a stand-in typeface. Each use needs a licence of its own.", 13, MUTED
    )


def _spacing(scene: Scene, book: Book) -> None:
    steps = sorted(set(book.given["spacing_px"]))
    gap = 28.0
    scale = min(
        5.0, (WIDTH - 2 * EDGE - gap * len(steps)) / max(1, sum(max(step, 10) for step in steps)), 360 / max(steps)
    )
    x, base = EDGE, 580.0
    for step in steps:
        side = max(step * scale, 2.0)
        scene.rect(x, base - side, side, side, book.accent if book.accent != book.surface else book.main)
        scene.text(x, base + 26, str(step), 16, INK, True)
        x += max(side, 24) + gap
    scene.text(EDGE, base + 52, "px, drawn to one scale; every distance is one of these steps", 14, MUTED)


def _points(scene: Scene, book: Book, points: list[str], color: str) -> None:
    """Numbered statements, in the largest size at which all of them fit the page."""
    x, width, room = EDGE, WIDTH - 2 * EDGE, HEIGHT - TOP - 60
    size = 34.0
    while size > 14 and sum(len(_two(point, size, width)) * size * 1.4 + size * 0.8 for point in points) > room:
        size -= 1
    if len(points) <= 3:
        _corner(scene, book)
    y = TOP + 20 + size * 0.6
    for number, point in enumerate(points, 1):
        scene.circle(x + 18, y - size * 0.36, size * 0.53, color)
        scene.text(x + 18, y - size * 0.36 + size * 0.18, str(number), size / 2, readable_on(color), True, "middle")
        for line in _two(point, size, width):
            scene.text(x + 60, y, line, size, INK)
            y += size * 1.4
        y += size * 0.8


def _two(point: str, size: float, width: float) -> list[str]:
    return wrap_most(point, size, width - 260 if size == 34.0 else width - 60, 2)


def _voice(scene: Scene, book: Book) -> None:
    _points(scene, book, list(book.given["voice"]), book.main)


def _imagery(scene: Scene, book: Book) -> None:
    _points(scene, book, list(book.given["imagery"]), book.accent)


def _rules(scene: Scene, book: Book) -> None:
    half = (WIDTH - 2 * EDGE - 40) / 2
    for at, (name, key, color, sign) in enumerate((("Do", "do", GOOD, "+"), ("Don't", "dont", BAD, "×"))):
        x = EDGE + at * (half + 40)
        scene.rect(x, TOP - 30, half, 480, PANEL, radius=10)
        scene.text(x + 24, TOP + 4, name, 20, color, True)
        points = list(book.given[key])
        size, y = 24.0 if len(points) <= 3 else 17.0, TOP + 56.0
        for point in points:
            scene.circle(x + 38, y - size * 0.36, 13, color)
            scene.text(x + 38, y - size * 0.36 + 5, sign, 15, "#FFFFFF", True, "middle")
            y = scene.lines(x + 66, y, point, half - 94, 2, size, INK) + size * 0.8
