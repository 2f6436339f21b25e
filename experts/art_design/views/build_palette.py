"""The palette sheet: swatches with their scales, how others see them, harmonies; as SVG and PDF."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._color import Rgb
from experts.art_design.tools._letters import shorten
from experts.art_design.tools._scene import BAD, INK, LINE, MUTED, Scene, naive_cmyk, pdf_of, readable_on
from experts.art_design.tools.build_palette import VISIONS, Palette, Swatch, simulated
from experts.art_design.views._page import EDGE, INNER, counted, digits, foot, label, sheet, words
from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid

_MOST_COLORS, _MOST_PAIRS = 24, 12
_PAGE = 595.0


def view(result: Palette, arguments: Mapping[str, Any]) -> View:
    """The sheet, then the figures."""
    title = f"{counted(len(result.colors), 'colour')}, " + (
        f"{counted(result.confusion_count, 'pair')} that people may confuse"
        if result.confusion_count
        else "all of which can be told apart"
    )
    scene = _sheet(result, title)
    rows = [
        {
            "name": words(key),
            "hex": swatch.hex,
            "role": swatch.role,
            "light": digits(swatch.lightness),
            "chroma": digits(swatch.chroma, 3),
            "hue": digits(swatch.hue, 0) if swatch.hue is not None else "none",
        }
        for key, swatch in result.colors.items()
    ]
    heads = {
        "name": ("Colour", "text"),
        "hex": ("Hex", "text"),
        "role": ("Role", "text"),
        "light": ("OKLCH lightness", "ratio"),
        "chroma": ("Chroma", "ratio"),
        "hue": ("Hue, degrees", "ratio"),
    }
    scales = [{"name": words(key), **swatch.scale} for key, swatch in result.colors.items()]
    steps = {step: (step[1:], "text") for step in next(iter(result.colors.values())).scale} if result.colors else {}
    return View(
        title=title,
        blocks=document(
            Picture(picture="palette", title=title, alt=f"Swatches of the palette with tints and shades. {title}."),
            grid("Colours", heads, rows),
            grid("Tints and shades by OKLCH lightness", {"name": ("Colour", "text"), **steps}, scales),
            *closing(result),
        ),
        pictures={"palette": scene.svg()},
        files={"palette.pdf": pdf_of([scene], title, _PAGE / scene.width)},
    )


def _sheet(result: Palette, title: str) -> Scene:
    scene, y = sheet(title, "Tints and shades keep the hue in OKLCH; numbers under them are its lightness in percent.")
    shown = list(result.colors.items())[:_MOST_COLORS]
    big = len(shown) <= 8
    for key, swatch in shown:
        y = _row(scene, y, key, swatch, 116.0 if big else 74.0)
    if len(result.colors) > len(shown):
        scene.text(EDGE, y + 4, f"{len(result.colors) - len(shown)} more colours are in the table.", 11, MUTED)
        y += 20
    if shown:
        y = _visions(scene, y + 16, shown)
    pairs = [(a, b, found) for a, others in result.confusions.items() for b, found in others.items()]
    if pairs:
        y = label(scene, y + 22, "Hard to tell apart: add a word, a shape or a pattern")
        for at, (first, second, found) in enumerate(sorted(pairs, key=lambda p: p[2].delta_e)[:_MOST_PAIRS]):
            x, top = EDGE + (at % 2) * (INNER / 2), y + at // 2 * 40
            scene.rect(x, top - 14, 36, 26, found.first_seen)
            scene.rect(x + 36, top - 14, 36, 26, found.second_seen)
            name = shorten(f"{words(first)} and {words(second)}", 12, INNER / 2 - 100, True)
            scene.text(x + 84, top - 3, name, 12, INK, True)
            said = f"{VISIONS[found.vision]}: difference {digits(found.delta_e, 1)}"
            scene.text(x + 84, top + 12, said, 10.5, BAD)
        y += -(-min(len(pairs), _MOST_PAIRS) // 2) * 40
    if result.harmonies:
        y = label(scene, y + 22, "Harmonies: the same lightness and chroma at other hues")
        for key, turned in list(result.harmonies.items())[:_MOST_COLORS]:
            scene.text(EDGE, y + 20, shorten(words(key), 12, 150, True), 12, INK, True)
            wide = (INNER - 160) / (len(turned) + 1)
            for at, (turn, color) in enumerate([("h0", result.colors[key].hex), *turned.items()]):
                x = EDGE + 160 + at * wide
                scene.rect(x, y - 6, wide - 8, 42, color, radius=6)
                said = f"{color}  {'own hue' if turn == 'h0' else '+' + turn[1:] + '°'}"
                scene.text(x + 10, y + 19, said, 10.5, readable_on(color), True)
            y += 52
    foot(scene, y + 14, f"{result.method} CMYK values are arithmetic without an ICC profile: ask for a proof.")
    return scene


def _row(scene: Scene, y: float, key: str, swatch: Swatch, high: float) -> float:
    on = readable_on(swatch.hex)
    scene.rect(EDGE, y, 250, high, swatch.hex, LINE if swatch.role == "surface" else None, radius=10)
    scene.text(EDGE + 18, y + 28, shorten(words(key), 15, 214, True), 15, on, True)
    scene.text(EDGE + 18, y + 46, f"{swatch.hex}  {swatch.role}", 11, on)
    if high > 80:
        red, green, blue = _rgb(swatch.hex)
        inks = " ".join(f"{ink * 100:.0f}" for ink in naive_cmyk(swatch.hex))
        scene.text(EDGE + 18, y + 82, f"RGB {red} {green} {blue}", 10.5, on)
        scene.text(EDGE + 18, y + 99, f"CMYK {inks}", 10.5, on)
    left = EDGE + 266
    wide = (EDGE + INNER - left) / len(swatch.scale)
    for at, (step, color) in enumerate(swatch.scale.items()):
        x = left + at * wide
        scene.rect(x, y, wide - 4, high - 30, color, LINE if step == "l95" else None, radius=6)
        scene.text(x + wide / 2 - 2, y + high - 15, step[1:], 10, MUTED, anchor="middle")
        scene.text(x + wide / 2 - 2, y + high - 2, color, 10, INK, anchor="middle")
    return y + high + 18


def _visions(scene: Scene, y: float, shown: list[tuple[str, Swatch]]) -> float:
    y = label(scene, y, "As people with a colour vision deficiency see them (simulated)")
    wide = (INNER - 190) / len(shown)
    for vision, name in VISIONS.items():
        scene.text(EDGE, y + 16, name.split(" (")[0].capitalize(), 12, INK, True)
        scene.text(EDGE, y + 31, name.partition(" (")[2].rstrip(")"), 10, MUTED)
        for at, (_, swatch) in enumerate(shown):
            seen = simulated(_rgb(swatch.hex), vision).hex
            scene.rect(EDGE + 190 + at * wide, y, wide - min(6, wide * 0.1), 36, seen, radius=4)
        y += 46
    return y


def _rgb(color: str) -> Rgb:
    return Rgb(*(int(color[at : at + 2], 16) for at in (1, 3, 5)))
