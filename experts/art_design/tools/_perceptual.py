"""How different colours look: OKLab for moving along one hue, CIEDE2000 for the size of a difference.

Written out rather than taken from coloraide, because the search for a passing colour tries
thousands of candidates; the tests hold both against coloraide and the published data.
"""

import math
import operator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from experts.art_design.tools._color import Rgb
from experts.core.quantities import round_to


class Lab(NamedTuple):
    """A colour by lightness and two opponent axes: OKLab (L 0 to 1) or CIELAB (L 0 to 100)."""

    light: float
    a: float
    b: float


def _decoded(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


@lru_cache(maxsize=4096)
def oklab(color: Rgb) -> Lab:
    """OKLab of a colour (Ottosson 2020, https://bottosson.github.io/posts/oklab/)."""
    red, green, blue = (_decoded(channel) for channel in color)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return Lab(
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _linear(lab: Lab) -> tuple[float, float, float]:
    long = (lab.light + 0.3963377774 * lab.a + 0.2158037573 * lab.b) ** 3
    medium = (lab.light - 0.1055613458 * lab.a - 0.0638541728 * lab.b) ** 3
    short = (lab.light - 0.0894841775 * lab.a - 1.2914855480 * lab.b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def at_lightness(lab: Lab, light: float) -> Rgb:
    """The colour of `lab`'s hue at OKLab lightness `light`, with its chroma or as much of it as sRGB has."""
    if light <= 0:
        return Rgb(0, 0, 0)
    if light >= 1:
        return Rgb(255, 255, 255)
    least, most = 0.0, 1.0
    if _fits(light, lab, 1.0):
        least = 1.0
    else:
        for _ in range(20):
            middle = (least + most) / 2
            least, most = (middle, most) if _fits(light, lab, middle) else (least, middle)
    channels = _linear(Lab(light, lab.a * least, lab.b * least))
    return Rgb(*(min(255, max(0, math.floor(_encoded(max(0.0, value)) * 255 + 0.5))) for value in channels))


def _fits(light: float, lab: Lab, share: float) -> bool:
    # Half of an 8-bit step around the range still rounds to a colour of the range.
    return all(-0.0001 <= value <= 1.0001 for value in _linear(Lab(light, lab.a * share, lab.b * share)))


# sRGB to CIE XYZ, white 1 (CSS Color Module Level 4, section 18: sample code for colour conversions).
_TO_XYZ = (
    (0.41239079926595934, 0.357584339383878, 0.1804807884018343),
    (0.21263900587151027, 0.715168678767756, 0.07219231536073371),
    (0.01933081871559182, 0.11919477979462598, 0.9505321522496607),
)


@lru_cache(maxsize=4096)
def cielab(color: Rgb) -> Lab:
    """CIELAB of a colour, L 0 to 100, under sRGB's own white D65 (CIE 15)."""
    channels = [_decoded(channel) for channel in color]
    x, y, z = (_cube(sum(map(operator.mul, row, channels)) / sum(row)) for row in _TO_XYZ)
    return Lab(116 * y - 16, 500 * (x - y), 200 * (y - z))


def _cube(value: float) -> float:
    return value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116


def difference(one: Rgb, other: Rgb) -> Decimal:
    """CIEDE2000 of two colours to 4 places: about 1 is just noticeable side by side, 100 is black to white."""
    return round_to(Decimal(f"{ciede2000(cielab(one), cielab(other)):.9f}"), 4)


def ciede2000(one: Lab, other: Lab) -> float:
    """CIEDE2000 of two CIELAB colours, kL = kC = kH = 1.

    Sharma, Wu and Dalal, The CIEDE2000 Color-Difference Formula: Implementation Notes,
    Supplementary Test Data, and Mathematical Observations, Color Research and Application
    30(1), 2005, pp. 21-30; equation numbers are the paper's.
    """
    chroma = (math.hypot(one.a, one.b) + math.hypot(other.a, other.b)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(chroma**7 / (chroma**7 + 25**7))  # 4, as the 1 + G of 5
    chroma1, hue1 = math.hypot(stretch * one.a, one.b), _hue(stretch * one.a, one.b)  # 5 to 7
    chroma2, hue2 = math.hypot(stretch * other.a, other.b), _hue(stretch * other.a, other.b)
    turn, middle = hue2 - hue1, hue1 + hue2
    if chroma1 * chroma2 == 0:
        turn = 0.0  # 10 and 14: a grey has no hue, so the other colour's counts alone
    elif abs(turn) <= 180:
        middle /= 2
    else:
        turn += 360 if turn < 0 else -360
        middle = (middle + (360 if middle < 360 else -360)) / 2
    delta_hue = 2 * math.sqrt(chroma1 * chroma2) * _sin(turn / 2)  # 11
    light, chroma = (one.light + other.light) / 2, (chroma1 + chroma2) / 2  # 12, 13
    weight = (  # 15
        1
        - 0.17 * _cos(middle - 30)
        + 0.24 * _cos(2 * middle)
        + 0.32 * _cos(3 * middle + 6)
        - 0.2 * _cos(4 * middle - 63)
    )
    by_light = (other.light - one.light) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))  # 18
    by_chroma = (chroma2 - chroma1) / (1 + 0.045 * chroma)  # 19
    by_hue = delta_hue / (1 + 0.015 * chroma * weight)  # 20
    rotation = (
        -_sin(60 * math.exp(-(((middle - 275) / 25) ** 2))) * 2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    )  # 16, 17, 21
    return math.sqrt(by_light**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue)  # 22


def _hue(a: float, b: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360 if (a, b) != (0, 0) else 0.0


def _sin(degrees: float) -> float:
    return math.sin(math.radians(degrees))


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))
