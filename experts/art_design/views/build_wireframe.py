"""Wireframes: all screens side by side, then each on its grid."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._components import DEVICES
from experts.art_design.tools._letters import shorten, width_of
from experts.art_design.tools._scene import INK, LINE, MUTED, PANEL, Scene, pdf_of
from experts.art_design.tools.build_wireframe import Frame, Placed, Wireframe
from experts.art_design.views._page import EDGE, counted, sheet, words
from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid

_FILL, _DARK, _MID, _GRID = "#E9EDF2", "#323F4B", "#CBD2D9", "#F8F2FA"


def view(result: Wireframe, arguments: Mapping[str, Any]) -> View:
    """The flow, then one picture a screen, and where everything stands."""
    devices = list(dict.fromkeys(frame.device for frame in result.screens.values()))
    named = devices[0] if len(devices) == 1 else f"{', '.join(devices[:-1])} and {devices[-1]}"
    title = f"{counted(len(result.screens), 'screen')} for {named}"
    scenes = {key: _screen(frame) for key, frame in result.screens.items()}
    overview = _overview(result, scenes, title)
    pictures = {"flow": overview.svg(), **{key: scene.svg() for key, scene in scenes.items() if key != "flow"}}
    shown = [Picture(picture="flow", title=title, alt=f"Wireframes side by side. {title}.")]
    rows = [
        {
            "screen": words(key),
            "part": part.label,
            "kind": part.kind,
            "at": f"{part.x}, {part.y}",
            "size": f"{part.width} x {part.height}",
        }
        for key, frame in result.screens.items()
        for part in frame.components
    ]
    heads = {
        "screen": ("Screen", "text"),
        "part": ("Component", "text"),
        "kind": ("Kind", "text"),
        "at": ("At x, y in px", "text"),
        "size": ("Size in px", "text"),
    }
    return View(
        title=title,
        blocks=document(*shown, grid("Components", heads, rows), *closing(result)),
        pictures=pictures,
        files={"wireframes.pdf": pdf_of([overview, *scenes.values()], title, 0.6)},
    )


def _overview(result: Wireframe, scenes: dict[str, Scene], title: str) -> Scene:
    scene, y = sheet(title, "Boxes with a cross are pictures; the dark button is the main action; the dashed line ends "
                            "the first view.", 1200)  # fmt: skip
    gap, room = 44.0, 1200 - 2 * EDGE
    frames = list(result.screens.items())
    scale = min(0.6, room / 2.15 / max(frame.width for _, frame in frames)) if len(frames) > 1 else 0.8
    scale = min(scale, room / frames[0][1].width)
    x, tallest = EDGE, 0.0
    for key, frame in frames:
        made = scenes[key]
        if x > EDGE and x + frame.width * scale > EDGE + room:
            x, y, tallest = EDGE, y + tallest + 56, 0.0
        scene.text(x, y + 6, shorten(frame.title, 13, max(90.0, frame.width * scale - 4), True), 13, INK, True)
        scene.text(x, y + 23, f"{frame.device}, {frame.width} px, {frame.columns} columns"[: int(frame.width * scale / 5.6)], 10, MUTED)  # fmt: skip
        scene.rect(x - 1, y + 33, frame.width * scale + 2, frame.height * scale + 2, None, LINE)
        scene.picture(made, x, y + 34, scale)
        x, tallest = x + frame.width * scale + gap, max(tallest, frame.height * scale)
    scene.height = y + 34 + tallest + EDGE
    return scene


def _screen(frame: Frame) -> Scene:
    scene = Scene(frame.width, frame.height, f"Wireframe: {frame.title}")
    device = DEVICES[frame.device]
    column = (device.width - 2 * device.margin - (device.columns - 1) * device.gutter) / device.columns
    for at in range(device.columns):
        scene.rect(device.margin + at * (column + device.gutter), 0, column, frame.height, _GRID)
    for part in frame.components:
        _DRAWN.get(part.kind, _bar)(scene, part)
    if frame.height > frame.first_view:
        scene.line(0, frame.first_view, frame.width, frame.first_view, "#9B4DB5", 1.5, (8, 6))
    return scene


def _label(scene: Scene, x: float, y: float, said: str, size: float, room: float, fill: str = INK,
           bold: bool = False, anchor: str = "start") -> None:  # fmt: skip
    scene.text(x, y, shorten(said, size, room, bold), size, fill, bold, anchor)


def _lines(scene: Scene, x: float, y: float, w: float, count: int, thick: float = 8, gap: float = 20) -> None:
    for at in range(count):
        scene.rect(x, y + at * gap, w * (0.62 if at == count - 1 and count > 1 else 1), thick, _MID, radius=thick / 2)


def _cross(scene: Scene, x: float, y: float, w: float, h: float) -> None:
    scene.rect(x, y, w, h, _FILL, _MID)
    scene.line(x, y, x + w, y + h, _MID)
    scene.line(x, y + h, x + w, y, _MID)


def _button(scene: Scene, x: float, y: float, said: str, room: float, primary: bool, h: float = 48) -> None:
    w = min(room, width_of(said, 15, True) + 48)
    scene.rect(x, y, w, h, _DARK if primary else "#FFFFFF", _DARK, 1.5, 8)
    _label(scene, x + w / 2, y + h / 2 + 5, said, 15, w - 20, "#FFFFFF" if primary else INK, True, "middle")


def _header(scene: Scene, p: Placed) -> None:
    scene.rect(p.x, p.y, p.width, p.height, "#FFFFFF")
    scene.line(p.x, p.y + p.height, p.x + p.width, p.y + p.height, _MID)
    scene.circle(p.x + 44, p.y + p.height / 2, 16, _DARK)
    _label(scene, p.x + 72, p.y + p.height / 2 + 6, p.label, 17, p.width * 0.4, INK, True)
    right = p.x + p.width - 24
    if p.width < 700:
        for at in (-8, 0, 8):
            scene.line(right - 24, p.y + p.height / 2 + at, right, p.y + p.height / 2 + at, _DARK, 2.5)
    else:
        for at in range(4):
            scene.rect(right - 90 - at * 120, p.y + p.height / 2 - 5, 90, 10, _MID, radius=5)


def _hero(scene: Scene, p: Placed) -> None:
    scene.rect(p.x, p.y, p.width, p.height, _FILL)
    wide = p.width >= 700
    x, room = p.x + (48 if wide else 24), p.width * (0.44 if wide else 1) - 48
    size = 38.0 if wide else 26.0
    y = p.y + (p.height * 0.3 if wide else 56)
    y = scene.lines(x, y, p.label, room, 3, size, INK, True, 1.2)
    _lines(scene, x, y - size * 0.5, room, 2, 10, 24)
    _button(scene, x, y + 36, "Main action" if p.primary else "Action", room, p.primary)
    if wide:
        _cross(scene, p.x + p.width * 0.54, p.y + 40, p.width * 0.46 - 48, p.height - 80)


def _picture(scene: Scene, p: Placed) -> None:
    _cross(scene, p.x, p.y, p.width, p.height)
    size = min(p.width - 24.0, width_of(p.label, 13) + 24)
    scene.rect(p.x + (p.width - size) / 2, p.y + p.height / 2 - 14, size, 28, "#FFFFFF", radius=14)
    _label(scene, p.x + p.width / 2, p.y + p.height / 2 + 5, p.label, 13, size - 12, MUTED, False, "middle")
    if p.kind == "video":
        cx, cy = p.x + p.width / 2, p.y + p.height / 2 - 52
        scene.circle(cx, cy, 26, _DARK)
        scene.path((("M", (-7.0, -11.0)), ("L", (12.0, 0.0)), ("L", (-7.0, 11.0)), ("Z", ())), "#FFFFFF", x=cx, y=cy)


def _heading(scene: Scene, p: Placed) -> None:
    _label(scene, p.x, p.y + 29, p.label, 26, p.width, INK, True)


def _text(scene: Scene, p: Placed) -> None:
    _label(scene, p.x, p.y + 16, p.label, 14, p.width, MUTED)
    _lines(scene, p.x, p.y + 30, p.width, 3)


def _cards(scene: Scene, p: Placed) -> None:
    gap, high = 24.0, 240.0
    wide = (p.width - (p.per_row - 1) * gap) / p.per_row
    for at in range(p.count):
        x, y = p.x + at % p.per_row * (wide + gap), p.y + at // p.per_row * (high + gap)
        scene.rect(x, y, wide, high, "#FFFFFF", _MID, radius=8)
        _cross(scene, x + 12, y + 12, wide - 24, 116)
        _label(scene, x + 12, y + 156, f"{p.label} {at + 1}", 15, wide - 24, INK, True)
        _lines(scene, x + 12, y + 174, wide - 24, 2)


def _list(scene: Scene, p: Placed) -> None:
    for at in range(p.count):
        y = p.y + at * 64
        scene.rect(p.x, y, p.width, 64, "#FFFFFF", _MID)
        scene.rect(p.x + 16, y + 14, 36, 36, _FILL, _MID, radius=6)
        _label(scene, p.x + 68, y + 29, f"{p.label} {at + 1}", 14, p.width - 100, INK, True)
        scene.rect(p.x + 68, y + 40, (p.width - 120) * 0.7, 8, _MID, radius=4)


def _table(scene: Scene, p: Placed) -> None:
    scene.rect(p.x, p.y, p.width, p.height, "#FFFFFF", _MID)
    scene.rect(p.x, p.y, p.width, 48, _FILL, _MID)
    _label(scene, p.x + 16, p.y + 30, p.label, 14, p.width * 0.4, INK, True)
    columns = 4 if p.width > 500 else 3
    for row in range(p.count + 1):
        scene.line(p.x, p.y + row * 48, p.x + p.width, p.y + row * 48, _MID)
        for column in range(columns):
            if row or column * p.width / columns > width_of(p.label, 14, True) + 24:
                scene.rect(p.x + 16 + column * p.width / columns, p.y + row * 48 + 20, p.width / columns * 0.6, 8, _MID,
                           radius=4)  # fmt: skip


def _form(scene: Scene, p: Placed) -> None:
    for at in range(p.count):
        y = p.y + at * 80
        _label(scene, p.x, y + 15, f"Label {at + 1}", 14, p.width, INK, True)
        scene.rect(p.x, y + 24, p.width, 44, "#FFFFFF", MUTED, 1.2, 6)
    _button(scene, p.x, p.y + p.count * 80 + 4, p.label, p.width, p.primary)


def _single(scene: Scene, p: Placed) -> None:
    _button(scene, p.x, p.y, p.label, p.width, p.primary, p.height)


def _search(scene: Scene, p: Placed) -> None:
    scene.rect(p.x, p.y, p.width, p.height, "#FFFFFF", MUTED, 1.2, 24)
    scene.circle(p.x + 26, p.y + 22, 8, None, MUTED, 2)
    scene.line(p.x + 32, p.y + 28, p.x + 38, p.y + 34, MUTED, 2)
    _label(scene, p.x + 52, p.y + 29, p.label, 14, p.width - 70, MUTED)


def _items(scene: Scene, p: Placed) -> None:
    upright = p.kind == "nav" and p.height > 48
    if upright:
        scene.rect(p.x, p.y, p.width, p.height, "#FFFFFF", _MID, radius=6)
        for at in range(p.count):
            _label(scene, p.x + 16, p.y + at * 40 + 26, f"{p.label} {at + 1}", 14, p.width - 32, INK, at == 0)
        return
    wide = p.width / p.count
    scene.rect(p.x, p.y, p.width, p.height, "#FFFFFF")
    scene.line(p.x, p.y + p.height, p.x + p.width, p.y + p.height, _MID, 1.5)
    for at in range(p.count):
        said = f"{p.label} {at + 1}"
        _label(
            scene, p.x + (at + 0.5) * wide, p.y + 29, said, 14, wide - 12, INK if at == 0 else MUTED, at == 0, "middle"
        )
    scene.rect(p.x, p.y + p.height - 3, wide, 4, _DARK)


def _chart(scene: Scene, p: Placed) -> None:
    scene.rect(p.x, p.y, p.width, p.height, "#FFFFFF", _MID, radius=6)
    _label(scene, p.x + 20, p.y + 32, p.label, 15, p.width - 40, INK, True)
    base, room = p.y + p.height - 28, p.height - 100.0
    count = max(3, min(12, int(p.width / 60)))
    step = (p.width - 40.0) / count
    for at in range(count):
        high = room * (0.35 + 0.6 * ((at * 5 + 3) % 7) / 6)
        scene.rect(
            p.x + 20 + at * step + step * 0.15, base - high, step * 0.7, high, _DARK if at == count - 1 else _MID
        )
    scene.line(p.x + 20, base, p.x + p.width - 20, base, MUTED, 1.5)


def _footer(scene: Scene, p: Placed) -> None:
    scene.rect(p.x, p.y, p.width, p.height, _DARK)
    _label(scene, p.x + 24, p.y + 40, p.label, 16, p.width - 48, "#FFFFFF", True)
    count = 4 if p.width >= 700 else 2
    wide = (p.width - 48.0) / count
    for at in range(count):
        for row in range(3):
            scene.rect(p.x + 24 + at * wide, p.y + 66 + row * 22, wide * (0.6 - 0.1 * row), 8, "#7B8794", radius=4)


def _bar(scene: Scene, p: Placed) -> None:
    if p.kind == "link":
        _label(scene, p.x, p.y + 17, p.label, 15, p.width, INK)
        scene.line(p.x, p.y + 22, p.x + min(p.width, width_of(p.label, 15)), p.y + 22, INK)
        return
    scene.rect(p.x, p.y, p.width, p.height, PANEL, _MID)
    _label(scene, p.x + p.width / 2, p.y + p.height / 2 + 5, p.label, 15, p.width - 32, INK, True, "middle")


_DRAWN = {
    "header": _header,
    "hero": _hero,
    "image": _picture,
    "video": _picture,
    "map": _picture,
    "heading": _heading,
    "text": _text,
    "cards": _cards,
    "list": _list,
    "table": _table,
    "form": _form,
    "button": _single,
    "search": _search,
    "nav": _items,
    "tabs": _items,
    "chart": _chart,
    "footer": _footer,
}
