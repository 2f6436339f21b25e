"""Colours side by side with the size of their difference."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._color import read_opaque
from experts.art_design.tools._letters import shorten
from experts.art_design.tools._scene import GOOD, INK, LINE, MUTED, Scene
from experts.art_design.tools.compare_colors import ColorComparison
from experts.art_design.views._page import EDGE, INNER, counted, digits, foot, sheet, words
from experts.core.blocks import Picture
from experts.core.quantities import plain
from experts.core.view import View, closing, document, grid

_MOST = 24


def view(result: ColorComparison, arguments: Mapping[str, Any]) -> View:
    """Pairs from the most to the least alike."""
    tolerance = plain(arguments["tolerance"])
    title = f"{result.within_count} of {counted(len(result.pairs), 'pair')} within a difference of {tolerance}"
    colors = {key: read_opaque(text, f"colors.{key}").hex for key, text in arguments["colors"].items()}
    rows = [
        {
            "first": words(pair.first),
            "second": words(pair.second),
            "delta": digits(pair.delta_e),
            "within": "within" if pair.within else "outside",
        }
        for pair in result.pairs
    ]
    heads = {
        "first": ("Colour", "text"),
        "second": ("Against", "text"),
        "delta": ("CIEDE2000", "ratio"),
        "within": (f"Tolerance {tolerance}", "text"),
    }
    return View(
        title=title,
        blocks=document(
            Picture(picture="pairs", title=title, alt=f"Pairs of colours side by side. {title}."),
            grid("Differences", heads, rows),
            *closing(result),
        ),
        pictures={"pairs": _pairs(result, colors, title).svg()},
    )


def _pairs(result: ColorComparison, colors: dict[str, str], title: str) -> Scene:
    scene, y = sheet(title, "Each pair side by side, the most alike first; 1 is about just noticeable.")
    for pair in result.pairs[:_MOST]:
        scene.rect(EDGE, y, 120, 48, colors[pair.first])
        scene.rect(EDGE + 120, y, 120, 48, colors[pair.second])
        scene.rect(EDGE, y, 240, 48, None, LINE)
        name = shorten(f"{words(pair.first)} and {words(pair.second)}", 14, INNER - 420, True)
        scene.text(EDGE + 264, y + 21, name, 14, INK, True)
        scene.text(EDGE + 264, y + 39, f"{colors[pair.first]}  {colors[pair.second]}", 11, MUTED)
        scene.text(EDGE + INNER, y + 22, digits(pair.delta_e), 17, INK, True, "end")
        scene.text(EDGE + INNER, y + 40, "within" if pair.within else "outside", 11, GOOD if pair.within else MUTED, True, "end")  # fmt: skip
        y += 64
    if len(result.pairs) > _MOST:
        scene.text(EDGE, y + 4, f"{len(result.pairs) - _MOST} more pairs are in the table.", 11, MUTED)
        y += 18
    foot(scene, y + 8, result.method + ".")
    return scene
