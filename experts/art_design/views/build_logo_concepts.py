"""The logo sheet: each concept on its construction grid, in one colour, reversed, and at small sizes."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._color import read_opaque
from experts.art_design.tools._letters import outline_of, shorten
from experts.art_design.tools._marks import SIDE, Inks, mark
from experts.art_design.tools._scene import INK, LINE, MUTED, PANEL, Scene, pdf_of
from experts.art_design.tools.build_logo_concepts import LogoConcept, LogoConcepts
from experts.art_design.views._page import EDGE, INNER, counted, digits, foot, ratio, sheet, words
from experts.core.blocks import Callout, Picture
from experts.core.view import View, closing, document, grid

_DARK = "#111111"
_GUIDE = "#C9A3D6"
_PAGE = 595.0


def view(result: LogoConcepts, arguments: Mapping[str, Any]) -> View:
    """The sheet, the checkable figures, and every version of every concept as SVG."""
    color = read_opaque(arguments["color"], "color").hex
    accent = read_opaque(arguments["accent"], "accent").hex if arguments.get("accent") else color
    paper = read_opaque(arguments["background"], "background").hex
    name = " ".join(str(arguments.get("name", "")).split())
    title = f"{counted(len(result.concepts), 'concept')} for {name or result.initials}, in no order of merit"
    scene = _sheet(result, title, color, accent, paper, name)
    rows = [
        {
            "kind": words(each.kind),
            "idea": each.idea,
            "contrast": ratio(each.contrast),
            "px": str(each.smallest_px),
            "mm": digits(each.smallest_mm, 1),
        }
        for each in result.concepts
    ]
    heads = {
        "kind": ("Concept", "text"),
        "idea": ("Idea", "text"),
        "contrast": ("Contrast", "ratio"),
        "px": ("Smallest, px", "count"),
        "mm": ("Smallest, mm", "ratio"),
    }
    files: dict[str, str | bytes] = {"logo-sheet.pdf": pdf_of([scene], title, _PAGE / scene.width)}
    for each in result.concepts:
        for version, inks in _versions(color, accent, paper).items():
            made, _ = mark(each.kind, result.initials, inks, f"{name or result.initials}, {each.kind}, {version}")
            files[f"{each.kind}-{version}.svg"] = made.svg()
    return View(
        title=title,
        blocks=document(
            Picture(picture="logos", title=title, alt=f"Logo concepts with construction grid and versions. {title}."),
            Callout(tone="decision", text="Which concept is right is a person's choice; the figures only say what "
                    "each can bear."),
            grid("What can be checked", heads, rows),
            *closing(result),
        ),
        pictures={"logos": scene.svg()},
        files=files,
    )  # fmt: skip


def _versions(color: str, accent: str, paper: str) -> dict[str, Inks]:
    on_mark = accent if accent != color else paper
    return {
        "colour": Inks(color, accent, on_mark, paper),
        "black": Inks("#000000", "#000000", "#FFFFFF", "#FFFFFF"),
        "white": Inks("#FFFFFF", "#FFFFFF", _DARK, _DARK),
        "reversed": Inks(paper, paper, color, color),
    }


def _sheet(result: LogoConcepts, title: str, color: str, accent: str, paper: str, name: str) -> Scene:
    scene, y = sheet(title, f"Grid of {result.grid_units} units; the dashed line is the clear space of "
                            f"{result.clear_space_units} units on every side.")  # fmt: skip
    versions = _versions(color, accent, paper)
    wide = (INNER - 28) / 2
    high = 392.0
    for at, each in enumerate(result.concepts):
        x, top = EDGE + at % 2 * (wide + 28), y + at // 2 * (high + 28)
        _card(scene, x, top, wide, high, each, result, versions, name)
    y += -(-len(result.concepts) // 2) * (high + 28)
    foot(scene, y, "Smallest size: the thinnest part keeps 1 px on screens and 0.25 mm in print. Not a trademark search: "
                   "have the chosen mark cleared. Letters are outlines of DejaVu Sans Bold.")  # fmt: skip
    return scene


def _card(
    scene: Scene, x: float, y: float, w: float, high: float, each: LogoConcept, result: LogoConcepts,
    versions: dict[str, Inks], name: str,
) -> None:  # fmt: skip
    paper = versions["colour"].paper
    scene.rect(x, y, w, high, "#FFFFFF", LINE, radius=12)
    scene.text(x + 20, y + 30, words(each.kind), 15, INK, True)
    scene.lines(x + 20, y + 49, each.idea, w - 40, 2, 10.5, MUTED)
    # Construction: 24 units of 6 px, clear space of 6 units around.
    unit, cx, cy = 6.0, x + 20.0, y + 82.0
    room = (result.grid_units + 2 * result.clear_space_units) * unit
    clear = result.clear_space_units * unit
    scene.rect(cx, cy, room, room, paper, radius=6)
    for line in range(0, result.grid_units + 1, 2):
        at = clear + line * unit
        scene.line(cx + at, cy + clear, cx + at, cy + room - clear, _GUIDE, 0.5)
        scene.line(cx + clear, cy + at, cx + room - clear, cy + at, _GUIDE, 0.5)
    made, _ = mark(each.kind, result.initials, versions["colour"])
    scene.picture(made, cx + clear, cy + clear, result.grid_units * unit / SIDE)
    scene.rect(cx + 1, cy + 1, room - 2, room - 2, None, _GUIDE, 1, 6, (4, 3))
    right = cx + room + 16
    room_right = x + w - 20 - right
    half = (room_right - 8) / 2
    for at, version in enumerate(("black", "white", "reversed", "colour")):
        vx, vy = right + at % 2 * (half + 8), cy + at // 2 * (half + 8)
        scene.rect(vx, vy, half, half, versions[version].paper, LINE if version == "black" else None, radius=6)
        small, _ = mark(each.kind, result.initials, versions[version])
        scene.picture(small, vx + half * 0.22, vy + half * 0.22, half * 0.56 / SIDE)
    below = cy + 2 * half + 30
    at_x = right
    for size in (48, 32, 16):
        small, _ = mark(each.kind, result.initials, versions["colour"])
        if size >= each.smallest_px:
            scene.picture(small, at_x, below - 8 + 48 - size, size / SIDE)
            scene.text(at_x + size / 2, below + 54, str(size), 10, MUTED, anchor="middle")
            at_x += size + 14
    foot_y = y + high - 52
    scene.rect(x + 1, foot_y - 2, w - 2, 53, PANEL, radius=11)
    if name:
        small, _ = mark(each.kind, result.initials, versions["colour"])
        scene.picture(small, x + 20, foot_y + 8, 34 / SIDE)
        word = shorten(name, 11, w - 270, True)
        found = outline_of(word, True)
        fitted = min(17.0, (w - 260) / max(1.0, found.right) * 1000)
        scene.outline(x + 64, foot_y + 31, word, fitted, versions["colour"].mark)
    said = f"from {each.smallest_px} px or {digits(each.smallest_mm, 1)} mm"
    scene.text(x + w - 20, foot_y + 22, said, 10.5, INK, True, "end")
    scene.text(x + w - 20, foot_y + 38, f"contrast {ratio(each.contrast)}", 10.5, MUTED, anchor="end")
