"""Differences between colours by CIEDE2000.

CIEDE2000 with kL = kC = kH = 1 on CIELAB under D65: Sharma, Wu and Dalal, Color Research and Application 30(1),
2005, pp. 21-30. Every colour is compared with every other, or with `reference` only.

Limits: CIEDE2000 was fitted to small differences of large patches; above about 10 it says "clearly different",
not how much. About 1 is just noticeable side by side; what a brand tolerates is its own decision, so the
tolerance is an argument. Screens and prints add differences of their own.
"""

from decimal import Decimal
from itertools import combinations
from typing import Annotated

from pydantic import Field

from experts.art_design.tools._color import read_opaque
from experts.art_design.tools._perceptual import difference
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, plain

MOST_COLORS = 60


class ColorDifference(Model):
    """Two colours and their CIEDE2000 to 4 places; `within` is at or below the tolerance."""

    first: str
    second: str
    delta_e: Ratio
    within: bool


class ColorComparison(Model):
    """Pairs from the most to the least alike."""

    pairs: list[ColorDifference]
    within_count: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compare_colors(
    colors: Annotated[dict[Key, str], Field(description="CSS colours by id")],
    reference: Annotated[str | None, Field(description="id of the colour that the others are compared with")] = None,
    tolerance: Annotated[Ratio, Field(description="CIEDE2000 up to which two colours count as the same")] = Decimal(1),
) -> ColorComparison:
    """Measure how different colours look (CIEDE2000), pair by pair or against a reference.

    Use when a reproduction is held against a brand colour, or near-duplicates are sought.
    It does not measure contrast for reading (check_contrast) or colour vision deficiency (build_palette).
    """
    if not 2 <= len(colors) <= MOST_COLORS:
        raise InvalidInput(f"colors has {len(colors)} entries; give from 2 to {MOST_COLORS}", field="colors")
    if reference is not None and reference not in colors:
        raise InvalidInput(f"reference {reference[:60]!r} is not in colors; use one of their ids", field="reference")
    if not 0 <= tolerance <= 100:
        raise InvalidInput(f"tolerance {plain(tolerance)!r} is not between 0 and 100; 1 is usual", field="tolerance")
    seen = {key: read_opaque(text, f"colors.{key}") for key, text in colors.items()}
    ids = combinations(seen, 2) if reference is None else ((reference, key) for key in seen if key != reference)
    pairs = []
    for one, other in ids:
        found = difference(seen[one], seen[other])
        pairs.append(ColorDifference(first=one, second=other, delta_e=found, within=found <= tolerance))
    pairs.sort(key=lambda pair: (pair.delta_e, pair.first, pair.second))
    return ColorComparison(
        pairs=pairs,
        within_count=sum(pair.within for pair in pairs),
        method="CIEDE2000 (Sharma, Wu and Dalal 2005), kL = kC = kH = 1, CIELAB under D65",
        assumptions=["colours are 8-bit sRGB, seen side by side"],
        warnings=["some differences are above 10, where CIEDE2000 only says: clearly different"]
        if any(pair.delta_e > 10 for pair in pairs)
        else [],
    )
