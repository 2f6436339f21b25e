"""One colour in hex, RGB, HSL, OKLCH, CIELAB (D50 and D65) and naive CMYK.

Conversions of CSS Color Module Level 4 (W3C), with its Bradford adaptation between the white points; OKLCH after
Ottosson (2020). CMYK is the arithmetic 1 - RGB with all common grey moved to black (CSS Color Module Level 5,
naive conversion): it knows no ink or paper.

Limits: sRGB, opaque colours. A lab() or oklch() colour that sRGB cannot show is mapped by lowering its OKLCH
chroma, and the result says so. CIELAB without its white point is ambiguous (D50 in print and CSS, D65 in
much software) and is refused. For print, let the printer convert with an ICC profile.
"""

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from experts.art_design.tools._color import Rgb, read_opaque
from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, round_to

MOST_DECIMALS = 4
_NUMBER = r"(-?[0-9]{1,4}(?:\.[0-9]{1,10})?)"
_LAB = re.compile(rf"lab\(\s*{_NUMBER}%?[\s,]+{_NUMBER}[\s,]+{_NUMBER}\s*\)", re.IGNORECASE)
_OKLCH = re.compile(rf"oklch\(\s*{_NUMBER}(%?)[\s,]+{_NUMBER}[\s,]+{_NUMBER}(?:deg)?\s*\)", re.IGNORECASE)


class ConvertedColor(Model):
    """Hues in degrees, absent for a grey; HSL and CMYK parts in percent; OKLCH lightness 0 to 1, CIELAB 0 to 100."""

    hex: str
    red: Count
    green: Count
    blue: Count
    hsl_hue: Ratio | None = None
    hsl_saturation: Ratio
    hsl_lightness: Ratio
    oklch_lightness: Ratio
    oklch_chroma: Ratio
    oklch_hue: Ratio | None = None
    lab_d50: dict[str, Ratio]
    lab_d65: dict[str, Ratio]
    cmyk: dict[str, Ratio]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def convert_color(
    color: Annotated[str, Field(max_length=80, description="hex, CSS name, rgb(), hsl(), lab(L a b) or oklch(L C H)")],
    white: Annotated[Literal["D50", "D65"] | None, Field(description="white point; needed for lab()")] = None,
    decimals: Annotated[Count, Field(description="digits after the point, 0-4")] = 2,
) -> ConvertedColor:
    """Convert a colour to hex, RGB, HSL, OKLCH, CIELAB (D50 and D65) and naive CMYK.

    Use when one colour is needed in another notation.
    It does not use ICC profiles, so its CMYK is only a start for a printer's proof.
    """
    if decimals > MOST_DECIMALS:
        raise InvalidInput(f"decimals {decimals!r} is above {MOST_DECIMALS}; ask for fewer digits", field="decimals")
    warnings: list[str] = []
    seen = _read(color, white, warnings)
    from coloraide import Color  # slow to load

    exact = Color("srgb", [channel / 255 for channel in seen])
    hsl, oklch = exact.convert("hsl"), exact.convert("oklch")
    # The chroma of an 8-bit grey is noise of the matrices, and its hue means nothing.
    grey = seen.red == seen.green == seen.blue

    def digits(value: float) -> Decimal:
        return round_to(Decimal(f"{value:.9f}"), decimals)

    def lab(space: str) -> dict[str, Decimal]:
        return dict(zip(("l", "a", "b"), map(digits, exact.convert(space).coords()), strict=True))

    lightest = max(seen)
    inks = [1 - Decimal(channel) / lightest if lightest else Decimal(0) for channel in seen]
    cmyk = dict(
        zip("cmyk", [round_to(100 * ink, decimals) for ink in (*inks, 1 - Decimal(lightest) / 255)], strict=True)
    )
    return ConvertedColor(
        hex=seen.hex,
        red=seen.red,
        green=seen.green,
        blue=seen.blue,
        hsl_hue=None if grey else digits(hsl["hue"]),
        hsl_saturation=digits(hsl["saturation"] * 100),
        hsl_lightness=digits(hsl["lightness"] * 100),
        oklch_lightness=digits(oklch["lightness"]),
        oklch_chroma=Decimal(0) if grey else digits(oklch["chroma"]),
        oklch_hue=None if grey else digits(oklch["hue"]),
        lab_d50=lab("lab"),
        lab_d65=lab("lab-d65"),
        cmyk=cmyk,
        method="CSS Color Module Level 4 conversions from 8-bit sRGB; naive CMYK (common grey to black)",
        assumptions=["CMYK is arithmetic without an ICC profile; a printed proof will differ"],
        warnings=warnings,
    )


def _read(color: str, white: str | None, warnings: list[str]) -> Rgb:
    text = color.strip()
    if lab := _LAB.fullmatch(text):
        if white is None:
            raise InvalidInput(
                f"lab colour {color!r} has no white point; set white to 'D50' (CSS, print) or 'D65'", field="white"
            )
        return _mapped("lab" if white == "D50" else "lab-d65", [float(part) for part in lab.groups()], color, warnings)
    if lch := _OKLCH.fullmatch(text):
        light, percent, chroma, hue = lch.groups()
        coords = [float(light) / (100 if percent else 1), float(chroma), float(hue)]
        return _mapped("oklch", coords, color, warnings)
    return read_opaque(color, "color")


def _mapped(space: str, coords: list[float], text: str, warnings: list[str]) -> Rgb:
    from coloraide import Color

    most = 1.0 if space == "oklch" else 100.0
    if not 0 <= coords[0] <= most or (space == "oklch" and coords[1] < 0):
        raise InvalidInput(
            f"colour {text!r} has a lightness outside 0 to {most:g} or a negative chroma; correct it", field="color"
        )
    found: Any = Color(space, coords).convert("srgb")
    if not found.in_gamut("srgb", tolerance=0.0005):
        warnings.append(f"{text!r} is outside sRGB; its OKLCH chroma was lowered until sRGB can show it")
        found = found.fit("srgb", method="oklch-chroma")
    red, green, blue = (min(255, max(0, int(round_to(Decimal(f"{c * 255:.6f}"), 0)))) for c in found.coords())
    return Rgb(red, green, blue)
