"""A palette's roles, tints and shades, and whether its colours can be told apart.

Roles by OKLCH: surface from lightness 0.9 up, ink up to 0.4, else neutral below chroma
0.03 and accent above. Tints and shades keep the hue, and chroma as far as sRGB has it.
Difference: CIEDE2000 (Sharma, Wu and Dalal 2005) under D65, for normal vision and for
full protanopia, deuteranopia and tritanopia simulated in linear sRGB (Machado, Oliveira
and Fernandes 2009; least certain for tritanopia) and rounded to 8 bits; to 2 places.

Harmonies turn the hue of OKLCH: complementary 180 degrees, analogous 30 either way, triadic 120, split 150 and 210,
square 90. They are a convention of the colour wheel and a start, not a rule; a grey has none.

A mood adds five colours, "mood_primary" to "mood_ink": lightness and chroma in the direction of Valdez and Mehrabian
(1994), hues by convention or, with colours given, from the first of them (tools/_moods.py has the recipe).

Raises InvalidInput for neither colours nor a mood, what is no opaque colour, more than 60 colours, and a `tell_apart`
outside 0 to 100.
"""

import math
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import Annotated, Literal

from pydantic import Field

from experts.art_design.tools._color import Rgb, read_opaque
from experts.art_design.tools._moods import Mood, mood_colors
from experts.art_design.tools._perceptual import at_lightness, difference, oklab
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, plain, round_to

MOST_COLORS = 60

Vision = Literal["normal", "protan", "deutan", "tritan"]
Harmony = Literal["none", "complementary", "analogous", "triadic", "split", "square"]
Role = Literal["surface", "ink", "neutral", "accent"]

VISIONS: dict[Vision, str] = {
    "normal": "normal vision",
    "protan": "protanopia (no red cones)",
    "deutan": "deuteranopia (no green cones)",
    "tritan": "tritanopia (no blue cones)",
}
_TURNS: dict[Harmony, tuple[int, ...]] = {
    "none": (),
    "complementary": (180,),
    "analogous": (-30, 30),
    "triadic": (120, 240),
    "split": (150, 210),
    "square": (90, 180, 270),
}
# OKLCH lightness of the tints and shades, in hundredths.
_SCALE = (95, 85, 75, 65, 55, 45, 35, 25, 15)


class Swatch(Model):
    """A colour: OKLCH lightness 0 to 1, chroma 0 to about 0.3, hue in degrees (absent for a grey), role, scale.

    `scale` maps "l95" (a light tint) to "l15" (a dark shade) to the colour of that OKLCH
    lightness with this hue.
    """

    hex: str
    lightness: Ratio
    chroma: Ratio
    hue: Ratio | None = None
    role: Role
    scale: dict[Key, str]


class Closest(Model):
    """The two colours that look most alike to one kind of vision, and their CIEDE2000."""

    first: str
    second: str
    delta_e: Ratio


class Confusion(Model):
    """Two colours of the palette that are hard to tell apart, the vision to which they look most alike, and how."""

    vision: Vision
    first_seen: str
    second_seen: str
    delta_e: Ratio
    normal_delta_e: Ratio


class Palette(Model):
    """`confusions` is keyed by the first colour's id, then the second's; `harmonies` by colour, then "h180" for degrees."""

    colors: dict[Key, Swatch]
    closest: dict[Vision, Closest] = {}
    confusions: dict[Key, dict[Key, Confusion]] = {}
    confusion_count: Count
    harmonies: dict[Key, dict[Key, str]] = {}
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_palette(
    colors: Annotated[
        dict[Key, str] | None, Field(description="the palette's colours by id, for example '#12355B'")
    ] = None,
    tell_apart: Annotated[
        Ratio, Field(description="CIEDE2000 below which two colours count as hard to tell apart")
    ] = Decimal(10),
    harmony: Annotated[Harmony, Field(description="also turn each hue")] = "none",
    mood: Annotated[
        Mood | None, Field(description="adds five starting colours, from the first colour's hue if given")
    ] = None,
) -> Palette:
    """Give a palette roles, tints and shades, start one from a mood, and find colours that people may confuse.

    Use when brand colours are chosen or reviewed, and before colour alone carries a meaning
    (a chart, a status). It does not check text against a background; check_contrast does.
    """
    if colors is None and mood is None:
        raise InvalidInput("neither colors nor a mood is given; give one of them", field="colors")
    colors = colors or {}
    if len(colors) > MOST_COLORS:
        raise InvalidInput(
            f"{len(colors)} colours are more than {MOST_COLORS}; a palette is what people choose from, so leave "
            "tints and shades out",
            field="colors",
        )
    if not 0 <= tell_apart <= 100:
        raise InvalidInput(
            f"tell_apart {plain(tell_apart)} must be from 0 to 100; 10 is the usual choice", field="tell_apart"
        )
    read = {key: read_opaque(text, f"colors.{key}") for key, text in colors.items()}
    if mood is not None:
        started = mood_colors(mood, next(iter(read.values()), None))
        taken = [key for key in started if key in read]
        if taken:
            raise InvalidInput(f"colour id {taken[0]!r} is one that a mood adds; rename it", field=f"colors.{taken[0]}")
        read |= started
    seen = {vision: {key: simulated(color, vision) for key, color in read.items()} for vision in VISIONS}
    apart = {
        (first, second): {vision: difference(seen[vision][first], seen[vision][second]) for vision in VISIONS}
        for first, second in combinations(read, 2)
    }
    confusions: dict[str, dict[str, Confusion]] = {}
    for (first, second), by_vision in apart.items():
        worst = min(VISIONS, key=lambda vision: by_vision[vision])
        if by_vision[worst] < tell_apart:
            confusions.setdefault(first, {})[second] = Confusion(
                vision=worst,
                first_seen=seen[worst][first].hex,
                second_seen=seen[worst][second].hex,
                delta_e=round_to(by_vision[worst], 2),
                normal_delta_e=round_to(by_vision["normal"], 2),
            )
    assumptions = []
    if apart:
        assumptions.append(
            f"Colours count as hard to tell apart below CIEDE2000 {plain(tell_apart)}; no standard sets that limit."
        )
    if mood is not None:
        assumptions.append(
            f"The colours of mood {mood!r} are a start by convention; what colours mean differs between people and cultures."
        )
    return Palette(
        colors={key: _swatch(color) for key, color in read.items()},
        closest=dict(_closest(apart)),
        confusions=confusions,
        confusion_count=sum(len(others) for others in confusions.values()),
        harmonies={key: turned for key, color in read.items() if (turned := _harmonies(color, harmony))},
        method=(
            "OKLCH (Ottosson 2020) for roles, tints and shades; CIEDE2000 (Sharma, Wu and Dalal 2005) for differences; "
            "colour vision deficiency at full severity by Machado, Oliveira and Fernandes 2009."
        ),
        assumptions=assumptions,
        warnings=[
            _warning(first, second, found) for first, others in confusions.items() for second, found in others.items()
        ],
    )


def _warning(first: str, second: str, found: Confusion) -> str:
    seen, normal = plain(found.delta_e), plain(found.normal_delta_e)
    if found.vision == "normal":
        return f"{first} and {second} are hard to tell apart: CIEDE2000 {seen}."
    return (
        f"{first} and {second} are hard to tell apart with {VISIONS[found.vision]}: CIEDE2000 {seen}, against {normal} "
        "with normal vision."
    )


def _closest(apart: dict[tuple[str, str], dict[Vision, Decimal]]) -> Iterator[tuple[Vision, Closest]]:
    for vision in VISIONS if apart else ():
        first, second = min(apart, key=lambda pair: (apart[pair][vision], pair))
        yield vision, Closest(first=first, second=second, delta_e=round_to(apart[first, second][vision], 2))


def simulated(color: Rgb, vision: Vision) -> Rgb:
    """How a colour looks to a kind of vision, in 8 bits (Machado, Oliveira and Fernandes 2009)."""
    if vision == "normal":
        return color
    from coloraide import Color  # slow to load

    channels = Color(color.hex).filter(vision, 1, method="machado").convert("srgb").clip().coords()
    red, green, blue = (int(round_to(Decimal(f"{channel * 255:.6f}"), 0)) for channel in channels)
    return Rgb(red, green, blue)


def _swatch(color: Rgb) -> Swatch:
    lab = oklab(color)
    chroma = math.hypot(lab.a, lab.b)
    # A grey's hue is noise of the matrices; no 8-bit colour that is not grey has so little chroma.
    hue = math.degrees(math.atan2(lab.b, lab.a)) % 360 if chroma >= 0.0005 else None
    role: Role = "neutral" if chroma < 0.03 else "accent"
    if lab.light >= 0.9:
        role = "surface"
    elif lab.light <= 0.4:
        role = "ink"
    return Swatch(
        hex=color.hex,
        lightness=_places(lab.light, 4),
        chroma=_places(chroma if hue is not None else 0.0, 4),
        hue=_places(hue, 2) if hue is not None else None,
        role=role,
        scale={f"l{light}": at_lightness(lab, light / 100).hex for light in _SCALE},
    )


def _harmonies(color: Rgb, harmony: Harmony) -> dict[str, str]:
    """The colour at other hues of OKLCH, with its lightness and its chroma as far as sRGB has it; none for a grey."""
    lab = oklab(color)
    if math.hypot(lab.a, lab.b) < 0.0005:
        return {}
    found = {}
    for turn in _TURNS[harmony]:
        angle = math.radians(turn)
        a = lab.a * math.cos(angle) - lab.b * math.sin(angle)
        b = lab.a * math.sin(angle) + lab.b * math.cos(angle)
        found[f"h{turn % 360}"] = at_lightness(lab._replace(a=a, b=b), lab.light).hex
    return found


def _places(value: float, places: int) -> Decimal:
    return round_to(Decimal(f"{value:.9f}"), places)
