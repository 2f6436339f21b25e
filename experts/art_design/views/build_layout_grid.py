"""The layout grid: each breakpoint's columns, gutters and margins to scale."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._scene import ACCENT, INK, LINE, MUTED, Scene
from experts.art_design.tools.build_layout_grid import LayoutGrid
from experts.art_design.views._page import EDGE, INNER, counted, digits, foot, sheet, words
from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid

_COLUMN, _GUTTER, _MARGIN = "#E6D5EC", "#FFFFFF", "#FBE7D3"
_HIGH = 150.0


def view(result: LayoutGrid, arguments: Mapping[str, Any]) -> View:
    """The grids drawn to one scale, and their measures."""
    names = ", ".join(f"{found.columns} at {digits(found.width_px)} px" for found in list(result.grids.values())[:4])
    title = f"{counted(len(result.grids), 'column grid')}: {names}"
    rows = [
        {
            "name": words(key),
            "width": digits(found.width_px),
            "columns": str(found.columns),
            "column": digits(found.column_px),
            "gutter": digits(found.gutter_px),
            "margin": digits(found.margin_px),
        }
        for key, found in result.grids.items()
    ]
    heads = {
        "name": ("Breakpoint", "text"),
        "width": ("Width, px", "ratio"),
        "columns": ("Columns", "count"),
        "column": ("Column, px", "ratio"),
        "gutter": ("Gutter, px", "ratio"),
        "margin": ("Margin, px", "ratio"),
    }
    spans = [
        {"name": words(key), "span": span.removeprefix("span_"), "px": digits(width)}
        for key, found in result.grids.items()
        for span, width in found.spans.items()
    ]
    css = "".join(f"/* {key}: {digits(found.width_px)} px */\n.grid-{key} {{ {found.css} }}\n"
                  for key, found in result.grids.items())  # fmt: skip
    return View(
        title=title,
        blocks=document(
            Picture(picture="grid", title=title, alt=f"Column grids to scale. {title}."),
            grid("Grids", heads, rows),
            grid("Widths of spans", {"name": ("Breakpoint", "text"), "span": ("Columns", "count"),
                                     "px": ("Width, px", "ratio")}, spans),
            *closing(result),
        ),
        pictures={"grid": _drawn(result, title).svg()},
        files={"grid.css": css},
    )  # fmt: skip


def _drawn(result: LayoutGrid, title: str) -> Scene:
    scene, y = sheet(title, "Drawn to one scale in CSS px: columns violet, margins orange, gutters white.")
    widest = max(float(found.width_px) for found in result.grids.values())
    scale = INNER / widest
    for key, found in result.grids.items():
        width, column = float(found.width_px) * scale, float(found.column_px) * scale
        gutter, margin = float(found.gutter_px) * scale, float(found.margin_px) * scale
        scene.text(EDGE, y + 6, words(key), 14, INK, True)
        said = (
            f"{digits(found.width_px)} px, {found.columns} columns of {digits(found.column_px)}, gutter "
            f"{digits(found.gutter_px)}, margin {digits(found.margin_px)}"
        )
        scene.text(EDGE, y + 25, said, 11, MUTED)
        top = y + 38
        scene.rect(EDGE, top, width, _HIGH, _GUTTER)
        for left in (EDGE, EDGE + width - margin):
            scene.rect(left, top, margin, _HIGH, _MARGIN)
        for at in range(found.columns):
            x = EDGE + margin + at * (column + gutter)
            scene.rect(x, top, column, _HIGH, _COLUMN)
            if column >= 14:
                scene.text(x + column / 2, top + 20, str(at + 1), min(11, column * 0.55), "#5B1A78", anchor="middle")
        for part, share in ((found.columns, 0.42), (found.columns // 2, 0.6), (found.columns // 3, 0.78)):
            span = part * column + (part - 1) * gutter
            if part < 1 or (part < found.columns and span < 66):
                continue
            mark_y = top + _HIGH * share
            scene.rect(EDGE + margin, mark_y, span, 20, ACCENT, radius=3)
            label = f"span {part}: {digits(found.spans[f'span_{part}'], 1)} px" if span >= 130 else f"span {part}"
            if span >= 50:
                scene.text(EDGE + margin + span / 2, mark_y + 14, label, 10, "#FFFFFF", True, "middle")
        scene.rect(EDGE, top, width, _HIGH, None, LINE)
        y = top + _HIGH + 34
    foot(scene, y - 6, result.method + ".")
    return scene
