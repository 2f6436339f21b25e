"""Colours as three bytes of sRGB: reading them, and their exact WCAG luminance and contrast."""

import math
import re
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal, localcontext
from functools import cache
from typing import NamedTuple

from experts.core.errors import InvalidInput
from experts.core.quantities import round_to

LONGEST = 60
# Forty digits: no two different ratios of 8-bit colours come closer than that to a threshold.
EXACT = Context(prec=40, rounding=ROUND_HALF_EVEN)

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_NAME = re.compile(r"[a-z]+", re.IGNORECASE)
_FUNCTION = re.compile(r"(?:rgb|hsl)a?\([0-9a-z .,%/+-]*\)", re.IGNORECASE)
_WAY_OUT = "write #RRGGBB, #RGB, rgb(18, 53, 91) or a CSS colour name"


class Rgb(NamedTuple):
    """An opaque sRGB colour of 8 bits a channel."""

    red: int
    green: int
    blue: int

    @property
    def hex(self) -> str:
        """ "#12355B"."""
        return f"#{self.red:02X}{self.green:02X}{self.blue:02X}"


WHITE = Rgb(255, 255, 255)


class Ink(NamedTuple):
    """A colour as written: its bytes and how much of it covers what lies beneath, 0 to 1."""

    rgb: Rgb
    alpha: Decimal


def read_ink(text: str, field: str) -> Ink:
    """A colour from CSS text: #RGB(A), #RRGGBB(AA), rgb(), hsl() or a name (CSS Color Module Level 4).

    Raises InvalidInput naming the value and `field` if it is none, or lies outside sRGB.
    """
    written = text.strip()
    if len(written) <= LONGEST and _HEX.fullmatch(written):
        digits = written[1:]
        if len(digits) <= 4:
            digits = "".join(digit * 2 for digit in digits)
        red, green, blue, alpha = (int(digits[i : i + 2] or "ff", 16) for i in (0, 2, 4, 6))
        return Ink(Rgb(red, green, blue), Decimal(alpha) / 255)
    if len(written) <= LONGEST and (_NAME.fullmatch(written) or _FUNCTION.fullmatch(written)):
        return _css(written, field)
    raise _invalid(text, field)


def read_opaque(text: str, field: str) -> Rgb:
    """An opaque colour from CSS text. Raises InvalidInput for one that is transparent, even partly."""
    ink = read_ink(text, field)
    if ink.alpha < 1:
        raise InvalidInput(
            f"colour {text[:LONGEST]!r} is partly transparent, so how it looks depends on what lies beneath; "
            "write the opaque colour that is seen",
            field=field,
            seen=text,
        )
    return ink.rgb


def over(ink: Ink, background: Rgb) -> Rgb:
    """What is seen of `ink` on an opaque background: source-over on the encoded values, as browsers do, in 8 bits."""
    seen = ((below + (above - below) * ink.alpha) for above, below in zip(ink.rgb, background, strict=True))
    return Rgb(*(int(round_to(value, 0)) for value in seen))


def luminance(color: Rgb) -> Decimal:
    """Relative luminance, 0 to 1: 0.2126 R + 0.7152 G + 0.0722 B on linear channels (WCAG 2.2)."""
    with localcontext(EXACT):
        red, green, blue = (linear(channel) for channel in color)
        return Decimal("0.2126") * red + Decimal("0.7152") * green + Decimal("0.0722") * blue


@cache
def linear(channel: int) -> Decimal:
    """A byte of sRGB as linear light: c/12.92 up to 0.04045, else ((c+0.055)/1.055)^2.4, c = byte/255 (WCAG 2.2)."""
    with localcontext(EXACT):
        value = Decimal(channel) / 255
        if value <= Decimal("0.04045"):
            return value / Decimal("12.92")
        return ((value + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")


def contrast(one: Rgb, other: Rgb) -> Decimal:
    """WCAG contrast ratio, 1 to 21, unrounded: (L1 + 0.05) / (L2 + 0.05) with L1 the lighter."""
    with localcontext(EXACT):
        lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
        return (lighter + Decimal("0.05")) / (darker + Decimal("0.05"))


def floor4(ratio: Decimal) -> Decimal:
    """`ratio` cut (not rounded) to 4 places, so that what fails a threshold never reads as passing it."""
    return ratio.quantize(Decimal("0.0001"), rounding=ROUND_FLOOR)


def _css(text: str, field: str) -> Ink:
    from coloraide import Color  # slow to load, and hex does not need it

    try:
        seen = Color(text.lower())
    except ValueError as error:
        raise _invalid(text, field) from error
    if any(map(math.isnan, (*seen.coords(), seen.alpha()))):  # CSS "none"
        raise _invalid(text, field)
    seen = seen.convert("srgb")
    if not seen.in_gamut("srgb"):
        raise InvalidInput(
            f"colour {text!r} is outside what sRGB screens can show; keep each channel within its range, or {_WAY_OUT}",
            field=field,
            seen=text,
        )
    # Six places of a byte drop the noise of floats, so that 25.5 is 25.5 on every machine.
    red, green, blue = (int(round_to(Decimal(f"{channel * 255:.6f}"), 0)) for channel in seen.coords())
    return Ink(Rgb(red, green, blue), min(Decimal(1), Decimal(f"{seen.alpha():.6f}")))


def _invalid(text: str, field: str) -> InvalidInput:
    return InvalidInput(f"{text[:LONGEST]!r} is not a colour; {_WAY_OUT}", field=field, seen=text)
