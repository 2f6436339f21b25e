"""One colour as a swatch with every notation of it."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._scene import INK, LINE, MUTED, Scene, readable_on
from experts.art_design.tools.convert_color import ConvertedColor
from experts.art_design.views._page import EDGE, INNER, foot, sheet
from experts.core.blocks import Picture
from experts.core.quantities import plain
from experts.core.view import View, closing, document, grid


def view(result: ConvertedColor, arguments: Mapping[str, Any]) -> View:
    """The swatch and the notations as a table."""
    title = f"{result.hex} in every notation"
    notations = _notations(result)
    rows = [{"name": name, "value": value} for name, value in notations]
    return View(
        title=title,
        blocks=document(
            Picture(picture="swatch", title=title, alt=f"A swatch of {result.hex} with its notations."),
            grid("Notations", {"name": ("Notation", "text"), "value": ("Value", "text")}, rows),
            *closing(result),
        ),
        pictures={"swatch": _card(result, title, notations).svg()},
    )


def _notations(result: ConvertedColor) -> list[tuple[str, str]]:
    def lab(axes: Mapping[str, Any]) -> str:
        return ", ".join(plain(axes[axis]) for axis in "lab")

    hue = "none" if result.hsl_hue is None else plain(result.hsl_hue)
    turn = "none" if result.oklch_hue is None else plain(result.oklch_hue)
    return [
        ("Hex", result.hex),
        ("RGB", f"{result.red}, {result.green}, {result.blue}"),
        ("HSL", f"{hue}, {plain(result.hsl_saturation)}%, {plain(result.hsl_lightness)}%"),
        ("OKLCH", f"{plain(result.oklch_lightness)}, {plain(result.oklch_chroma)}, {turn}"),
        ("Lab, D50", lab(result.lab_d50)),
        ("Lab, D65", lab(result.lab_d65)),
        ("CMYK, naive", ", ".join(f"{plain(result.cmyk[ink])}%" for ink in "cmyk")),
    ]


def _card(result: ConvertedColor, title: str, notations: list[tuple[str, str]]) -> Scene:
    scene, y = sheet(title)
    high = len(notations) * 44.0 + 8
    scene.rect(EDGE, y, 380, high, result.hex, LINE, radius=12)
    scene.text(EDGE + 28, y + high - 30, result.hex, 30, readable_on(result.hex), True)
    left = EDGE + 420
    for at, (name, value) in enumerate(notations):
        top = y + at * 44
        scene.text(left, top + 28, name, 13, MUTED)
        scene.text(left + 130, top + 28, value, 16, INK, True)
        if at:
            scene.line(left, top, EDGE + INNER, top, LINE)
    foot(scene, y + high + 26, "Naive CMYK is arithmetic without an ICC profile: ask the printer for a proof.")
    return scene
