"""The icon sheet, and each icon as an SVG file of its own."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._color import read_opaque
from experts.art_design.tools._icons import icon
from experts.art_design.tools._letters import shorten
from experts.art_design.tools._scene import INK, LINE, MUTED, Scene
from experts.art_design.tools.build_icon_set import IconSet
from experts.art_design.views._page import EDGE, INNER, counted, foot, label, ratio, sheet
from experts.core.blocks import Picture
from experts.core.quantities import plain
from experts.core.view import View, closing, document, grid

_GUIDE = "#C9A3D6"


def view(result: IconSet, arguments: Mapping[str, Any]) -> View:
    """The sheet, the rules, and the icons."""
    color = read_opaque(arguments["color"], "color").hex
    paper = read_opaque(arguments["background"], "background").hex
    stroke = float(result.stroke_px)
    title = f"{counted(len(result.icons), 'icon')} on one grid with one stroke of {plain(result.stroke_px)} px"
    rows = [
        {
            "name": each.name,
            "strokes": str(each.strokes),
            "dots": str(each.dots),
            "inside": "yes" if each.inside_padding else "no",
        }
        for each in result.icons
    ]
    heads = {
        "name": ("Icon", "text"),
        "strokes": ("Strokes", "count"),
        "dots": ("Dots", "count"),
        "inside": ("Inside padding", "text"),
    }
    return View(
        title=title,
        blocks=document(
            Picture(picture="icons", title=title, alt=f"Sheet of icons: {', '.join(e.name for e in result.icons)}."),
            grid("Icons", heads, rows),
            *closing(result),
        ),
        pictures={"icons": _sheet(result, title, color, paper, stroke).svg()},
        files={f"{each.name}.svg": drawn(each.name, color, stroke, result.size_px).svg() for each in result.icons},
    )


def drawn(name: str, color: str, stroke: float, size: float = 24) -> Scene:
    """One icon of `size` px, transparent around its strokes."""
    scene, scale = Scene(size, size, name, background=None), size / 24
    for kind, commands in icon(name):
        if kind == "line":
            scene.path(commands, stroke=color, thick=stroke * scale, scale=scale)
        else:
            x, y = commands[0][1]
            scene.circle(x * scale, y * scale, stroke * 0.62 * scale, color)
    return scene


def _sheet(result: IconSet, title: str, color: str, paper: str, stroke: float) -> Scene:
    scene, y = sheet(
        title, f"24-px grid, 2 px of padding, round ends; {color} on {paper} has {ratio(result.contrast)}."
    )
    y = label(scene, y + 4, "Construction")
    names = [each.name for each in result.icons]
    for at, name in enumerate(names[:4]):
        x, side = EDGE + at * 228, 192.0
        scene.rect(x, y, side, side, paper, LINE)
        for line in range(1, 24):
            where = line * side / 24
            thick = 0.9 if line in (2, 22, 12) else 0.35
            scene.line(x + where, y, x + where, y + side, _GUIDE, thick)
            scene.line(x, y + where, x + side, y + where, _GUIDE, thick)
        scene.picture(drawn(name, color, stroke, side), x, y, 1)
    y = label(scene, y + 192 + 40, f"The set at 40 px, and at {result.size_px} px as used")
    across, wide = 6, INNER / 6
    for at, name in enumerate(names):
        x, top = EDGE + at % across * wide, y + at // across * 104
        scene.rect(x, top - 8, wide - 12, 92, paper, LINE, radius=8)
        scene.picture(drawn(name, color, stroke, 40), x + 18, top + 4, 1)
        small = min(float(result.size_px), 48.0)
        scene.picture(drawn(name, color, stroke, small), x + wide - 30 - small, top + 24 - small / 2, 1)
        scene.rect(x + 1, top + 58, wide - 14, 25, "#FFFFFF", radius=7)
        scene.text(x + (wide - 12) / 2, top + 75, shorten(name, 11, wide - 28), 11, INK, anchor="middle")
    y += -(-len(names) // across) * 104
    scene.text(EDGE, y + 6, "An icon that stands alone needs a text alternative (WCAG 2.2, 1.1.1).", 11, MUTED)
    foot(scene, y + 24, result.method + ".")
    return scene
