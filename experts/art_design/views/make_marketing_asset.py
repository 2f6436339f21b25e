"""The asset itself: SVG and PNG of its exact size, and a PDF (CMYK for flyers)."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._color import read_opaque
from experts.art_design.tools._marks import quarter
from experts.art_design.tools._scene import Scene, pdf_of
from experts.art_design.tools.make_marketing_asset import MarketingAsset, room_of
from experts.art_design.views._page import digits, ratio, words
from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid


def view(result: MarketingAsset, arguments: Mapping[str, Any]) -> View:
    """The asset, what was checked, and its files."""
    verdict = "all text can be read" if result.passes else "some text has too little contrast"
    title = f"{result.name}, {result.width_px} x {result.height_px} px: {verdict}"
    scene = drawn(result, arguments)
    heads = {
        "part": ("Part", "text"),
        "lines": ("Text", "text"),
        "size": ("Size, px", "ratio"),
        "ratio": ("Contrast", "ratio"),
        "needs": ("Needs", "ratio"),
    }
    rows = [
        {
            "part": words(key),
            "lines": " / ".join(block.lines),
            "size": digits(block.size_px, 1),
            "ratio": ratio(block.contrast),
            "needs": ratio(block.required),
        }
        for key, block in result.texts.items()
    ]
    printed = result.format.startswith("flyer")
    stem = result.format.replace("_", "-")
    return View(
        title=title,
        blocks=document(
            Picture(picture="asset", title=title, alt=_alternative(result)),
            grid("Text as set", heads, rows),
            *closing(result),
        ),
        # Half the size, because pictures are turned into PNG at twice theirs: the PNG has the exact pixels.
        pictures={"asset": scene.svg(0.5)},
        files={
            f"{stem}.svg": scene.svg(),
            f"{stem}.pdf": pdf_of([scene], title, 72 / 300 if printed else 0.75, cmyk=printed),
        },
    )


def _alternative(result: MarketingAsset) -> str:
    return ". ".join(" ".join(block.lines).rstrip(".") for block in result.texts.values()) + "."


def drawn(result: MarketingAsset, arguments: Mapping[str, Any]) -> Scene:
    """The asset in its own pixels, text as outlines."""
    width, height = float(result.width_px), float(result.height_px)
    paper, ink, accent = (read_opaque(arguments[key], key).hex for key in ("background", "text", "accent"))
    scene = Scene(width, height, _alternative(result), paper)
    colors = [accent, ink, _mixed(accent, paper, 0.45)]
    flat = width > 2.2 * height
    edge = min(width, height) * (0.14 if flat else 0.07)
    if result.template == "frame":
        thick = edge * (0.3 if flat else 0.42)
        scene.rect(thick / 2, thick / 2, width - thick, height - thick, None, accent, thick)
    if result.template == "split":
        if width >= height:
            left = width * 0.66
            _pattern(scene, left, 0, width - left, height, colors, _mixed(accent, paper, 0.16))
        else:
            _pattern(scene, 0, 0, width, height * 0.34, colors, _mixed(accent, paper, 0.16))
    elif not flat:
        _fill(scene, result, colors, edge)
    elif result.template == "poster":
        scene.rect(0, 0, max(4.0, edge * 0.4), height, accent)
    if result.button:
        x, y, w, h = (float(value) for value in result.button)
        scene.rect(x, y, w, h, accent, radius=h * 0.22)
    for block in result.texts.values():
        y = float(block.y)
        for line in block.lines:
            scene.outline(float(block.x), y, line, float(block.size_px), block.color, block.bold)
            y += float(block.leading_px)
    return scene


def _fill(scene: Scene, result: MarketingAsset, colors: list[str], edge: float) -> None:
    """A pattern in the room that the text leaves free, if it is worth filling."""
    x, y, w, h = room_of(result.width_px, result.height_px, result.safe_px, result.template)
    last = result.texts.get("body") or result.texts["headline"]
    top = float(last.y) + float(last.leading_px) * (len(last.lines) - 1) + float(last.size_px) * 0.5 + edge * 0.6
    feet = [float(result.button[1])] if result.button else []
    if "brand" in result.texts:
        feet.append(float(result.texts["brand"].y) - float(result.texts["brand"].size_px))
    bottom = min(feet) - edge * 0.6 if feet else y + h
    if bottom - top > 0.14 * h and w > 0:
        _pattern(scene, x, top, w, bottom - top, colors, None)


def _pattern(scene: Scene, x: float, y: float, w: float, h: float, colors: list[str], panel: str | None) -> None:
    """Quarter discs, discs and squares on a square grid that fits the panel."""
    if panel:
        scene.rect(x, y, w, h, panel)
    columns, rows = _cells(w, h)
    side = min(w / columns, h / rows)
    left, top = (x + (w - columns * side) / 2, y + (h - rows * side) / 2) if panel else (x, y + h - rows * side)
    pad = side * 0.03
    for row in range(rows):
        for column in range(columns):
            at = row * 5 + column * 3
            fill = colors[(row + column * 2) % 3]
            cx, cy, inner = left + column * side + pad, top + row * side + pad, side - 2 * pad
            kind = at % 6
            if kind == 4:
                scene.circle(cx + inner / 2, cy + inner / 2, inner / 2, fill)
            elif kind == 5:
                scene.rect(cx, cy, inner, inner, fill)
                scene.circle(cx + inner / 2, cy + inner / 2, inner * 0.26, colors[(row + column * 2 + 1) % 3])
            else:
                turn = (row + column + kind) % 4
                corner = (cx + (inner if turn in (1, 2) else 0), cy + (inner if turn in (2, 3) else 0))
                scene.path(quarter(*corner, inner, turn), fill)


def _cells(w: float, h: float) -> tuple[int, int]:
    """Columns and rows of squares that leave least of a panel empty; fewer, larger squares count a little more."""
    found = []
    for columns in range(1, 9):
        for rows in range(1, 9):
            side = min(w / columns, h / rows)
            empty = 1 - columns * rows * side * side / (w * h)
            found.append((round(empty + 0.012 * columns * rows + (0.2 if columns * rows < 3 else 0), 9), columns, rows))
    _, columns, rows = min(found)
    return columns, rows


def _mixed(color: str, paper: str, share: float) -> str:
    """A colour laid thinly over the paper."""
    parts = []
    for at in (1, 3, 5):
        above, below = int(color[at : at + 2], 16), int(paper[at : at + 2], 16)
        parts.append(f"{round(below + (above - below) * share):02X}")
    return "#" + "".join(parts)
