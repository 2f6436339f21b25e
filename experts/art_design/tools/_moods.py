"""A palette to start from for a mood: five colours by OKLCH lightness, chroma and hue.

How a mood maps to lightness and chroma follows the direction of Valdez and Mehrabian, Effects of Color on Emotions,
Journal of Experimental Psychology: General 123(4), 1994: pleasure = 0.69 brightness + 0.22 saturation, arousal = -0.31
brightness + 0.60 saturation, dominance = -0.76 brightness + 0.32 saturation. Calm is light and weak in colour, bold is
dark and strong. Hues are conventions of the trade; they differ between cultures.
"""

import math
from typing import Literal, NamedTuple

from experts.art_design.tools._color import Rgb
from experts.art_design.tools._perceptual import Lab, at_lightness, oklab

Mood = Literal["calm", "bold", "warm", "fresh", "elegant", "playful", "natural", "serious"]
PARTS = ("mood_primary", "mood_secondary", "mood_accent", "mood_surface", "mood_ink")


class _Recipe(NamedTuple):
    """Lightness, chroma and hue (degrees) of the primary; lightness and turn of the hue of secondary and accent."""

    light: float
    chroma: float
    hue: float
    secondary: tuple[float, float]
    accent: tuple[float, float]


_RECIPES: dict[str, _Recipe] = {
    "calm": _Recipe(0.76, 0.06, 230, (0.58, -40), (0.86, 150)),
    "bold": _Recipe(0.52, 0.21, 27, (0.64, 235), (0.82, 60)),
    "warm": _Recipe(0.68, 0.14, 50, (0.50, -25), (0.84, 30)),
    "fresh": _Recipe(0.78, 0.16, 145, (0.60, 60), (0.90, -45)),
    "elegant": _Recipe(0.40, 0.07, 305, (0.60, -40), (0.78, 140)),
    "playful": _Recipe(0.72, 0.19, 350, (0.88, 110), (0.46, 240)),
    "natural": _Recipe(0.50, 0.08, 130, (0.66, -65), (0.82, -85)),
    "serious": _Recipe(0.40, 0.08, 255, (0.58, 20), (0.72, 165)),
}


def mood_colors(mood: str, seed: Rgb | None) -> dict[str, Rgb]:
    """The five colours of a mood; a seed that is no grey sets the hue from which the others turn."""
    recipe = _RECIPES[mood]
    hue = recipe.hue
    if seed is not None:
        lab = oklab(seed)
        if math.hypot(lab.a, lab.b) >= 0.02:
            hue = math.degrees(math.atan2(lab.b, lab.a))
    made = (
        _at(recipe.light, recipe.chroma, hue),
        _at(recipe.secondary[0], recipe.chroma * 0.8, hue + recipe.secondary[1]),
        _at(recipe.accent[0], max(recipe.chroma, 0.1), hue + recipe.accent[1]),
        _at(0.975, 0.012, hue),
        _at(0.26, 0.03, hue),
    )
    return dict(zip(PARTS, made, strict=True))


def _at(light: float, chroma: float, hue: float) -> Rgb:
    angle = math.radians(hue)
    return at_lightness(Lab(light, chroma * math.cos(angle), chroma * math.sin(angle)), light)
