"""The nearest colour that passes: along the colour's own hue, lighter or darker."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from experts.art_design.tools._color import Rgb, contrast, luminance
from experts.art_design.tools._perceptual import at_lightness, difference, oklab

# The boundary is found to far less than an 8-bit step of lightness (about 0.003); candidates are then
# taken on both sides of it, because rounding to bytes makes the contrast uneven along the way.
_HALVINGS = 14
_AROUND = 0.004
_STEP = 0.0001


class Near(NamedTuple):
    """A colour that passes, its unrounded ratio and its CIEDE2000 from the colour it would replace."""

    color: Rgb
    ratio: Decimal
    distance: Decimal


@lru_cache(maxsize=4096)
def nearest_passing(color: Rgb, against: Rgb, required: Decimal) -> Near | None:
    """The least change of `color` that reaches `required` contrast with `against`; None where no colour does.

    OKLCH lightness is varied; hue stays, and chroma as far as sRGB has it. Among the 8-bit
    colours on that way that pass unrounded, the one with the smallest CIEDE2000 (to 4 places)
    is taken; of equals the one whose hex sorts first. Black and white end the way, so there
    is an answer whenever any colour passes.
    """
    passing = []
    for candidate in sorted(set(_candidates(color, against, required))):
        ratio = contrast(candidate, against)
        if ratio >= required:
            passing.append(Near(candidate, ratio, difference(color, candidate)))
    return min(passing, key=lambda near: (near.distance, near.color.hex), default=None)


def _candidates(color: Rgb, against: Rgb, required: Decimal) -> Iterator[Rgb]:
    yield color
    own = oklab(color)
    other = luminance(against)
    for end in (0.0, 1.0):
        yield at_lightness(own, end)
        passes, fails = end, 1.0 - end
        for _ in range(_HALVINGS):
            middle = (passes + fails) / 2
            tried = at_lightness(own, middle)
            on_this_side = luminance(tried) < other if end == 0.0 else luminance(tried) > other
            if on_this_side and contrast(tried, against) >= required:
                passes = middle
            else:
                fails = middle
        steps = round(_AROUND / _STEP)
        for step in range(-steps, steps + 1):
            yield at_lightness(own, passes + step * _STEP)
