"""A perceptual map of brands on two attributes, and a SWOT grid.

Each brand has a mean rating on two attributes (Urban & Hauser, Design and Marketing of New Products, 2nd ed. 1993, ch. 9; of two
given attributes, without factor analysis). The map is divided at the middle of the scale. Distance is Euclidean, in points of
the scale. Pearson's correlation of the attributes over the brands: above 0.8 either way the two axes say nearly the
same, and the map shows one dimension. The SWOT grid repeats the entries as given.

Limits: an empty quadrant is a gap on the map, not a market: whether anybody wants it takes research. Ratings by the
team show the team's view; ask customers.
"""

import re
from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Ratio, plain, round_to
from experts.marketing_sales.tools._curves import EXACT

SAME = Decimal("0.8")
Entry = Annotated[str, Field(min_length=1, max_length=200)]
Entries = Annotated[list[Entry], Field(max_length=12)]


class Swot(Model):
    strengths: Entries = []
    weaknesses: Entries = []
    opportunities: Entries = []
    threats: Entries = []


class Place(Model):
    """A brand's place; the distance is to the own brand."""

    x: Ratio
    y: Ratio
    quadrant: str
    distance: Ratio


class PositioningMap(Model):
    brands: dict[Key, Place]
    nearest: str
    nearest_distance: Ratio
    empty_quadrants: list[str]
    correlation: Ratio | None = None
    swot: Swot | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def map_positioning(
    x_axis: Annotated[str, Field(min_length=1, max_length=40)],
    y_axis: Annotated[str, Field(min_length=1, max_length=40)],
    brands: Annotated[
        dict[Key, list[Ratio]], Field(description="[x, y] mean ratings by brand", min_length=2, max_length=40)
    ],
    own: Key,
    lowest: Ratio = Decimal(1),
    highest: Ratio = Decimal(10),
    swot: Swot | None = None,
) -> PositioningMap:
    """Map brands on two attributes: quadrants, gaps, distance to each rival; optionally a SWOT grid.

    Use when a position is to be chosen. It does not show demand: an empty quadrant may be empty
    for a reason.
    """
    if not lowest < highest:
        raise InvalidInput(f"lowest {plain(lowest)} must be below highest {plain(highest)}", field="lowest")
    if re.sub(r"\W", "", x_axis).lower() == re.sub(r"\W", "", y_axis).lower():
        raise InvalidInput(f"x_axis and y_axis are both {x_axis!r}; choose two attributes", field="y_axis")
    if own not in brands:
        raise InvalidInput(f"own {own!r} is not among the brands{did_you_mean(own, brands)}", field="own")
    for name, pair in brands.items():
        if len(pair) != 2 or not all(lowest <= value <= highest for value in pair):
            raise InvalidInput(
                f"brands.{name} {[plain(value) for value in pair]} must be two ratings from {plain(lowest)} to "
                f"{plain(highest)}",
                field=f"brands.{name}",
            )
    middle = (lowest + highest) / 2
    with localcontext(EXACT):
        here = brands[own]
        places = {
            name: Place(
                x=x,
                y=y,
                quadrant=_quadrant(x >= middle, y >= middle, x_axis, y_axis),
                distance=round_to(((x - here[0]) ** 2 + (y - here[1]) ** 2).sqrt(), 4),
            )
            for name, (x, y) in brands.items()
        }
    nearest = min((name for name in brands if name != own), key=lambda name: (places[name].distance, name))
    taken = {place.quadrant for place in places.values()}
    every = [_quadrant(right, top, x_axis, y_axis) for top in (True, False) for right in (False, True)]
    correlation = _correlation(list(brands.values()))
    warnings = []
    if correlation is not None and abs(correlation) > SAME:
        warnings.append(f"The axes go together (correlation {plain(correlation)}); choose one that tells brands apart.")
    if places[nearest].distance == 0:
        warnings.append(f"{nearest!r} has the same place as {own!r}.")
    return PositioningMap(
        brands=places,
        nearest=nearest,
        nearest_distance=places[nearest].distance,
        empty_quadrants=[name for name in every if name not in taken],
        correlation=correlation,
        swot=swot,
        method="Perceptual map of two rated attributes (Urban & Hauser 1993), divided at the middle of the scale.",
        assumptions=["The ratings are means of the same people on the same scale."],
        warnings=warnings,
    )


def _quadrant(right: bool, top: bool, x_axis: str, y_axis: str) -> str:
    return f"{'high' if right else 'low'} {x_axis}, {'high' if top else 'low'} {y_axis}"


def _correlation(pairs: list[list[Decimal]]) -> Decimal | None:
    """Pearson's r, six places; None for fewer than three brands or an attribute without differences."""
    n = len(pairs)
    if n < 3:
        return None
    with localcontext(EXACT):
        mean_x, mean_y = (sum((pair[i] for pair in pairs), Decimal(0)) / n for i in (0, 1))
        xx = sum(((x - mean_x) ** 2 for x, _ in pairs), Decimal(0))
        yy = sum(((y - mean_y) ** 2 for _, y in pairs), Decimal(0))
        xy = sum(((x - mean_x) * (y - mean_y) for x, y in pairs), Decimal(0))
        return round_to(xy / (xx * yy).sqrt(), 6) if xx and yy else None
