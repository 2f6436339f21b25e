"""Geometry: no blip over another, each in its ring and quadrant, the same every time."""

import itertools
import math

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.build_technology_radar import (
    BLIP,
    EDGES,
    RINGS,
    Blip,
    build_technology_radar,
)


def blips(*counts: int) -> list[Blip]:
    """So many blips in each ring of each of four quadrants."""
    return [
        Blip(name=f"{quadrant} {ring} {at}", quadrant=quadrant, ring=ring, reason="r")
        for quadrant in ("Techniques", "Platforms", "Tools", "Languages")
        for ring, count in zip(RINGS, counts, strict=True)
        for at in range(count)
    ]


@pytest.mark.parametrize("counts", [(1, 1, 1, 1), (5, 5, 5, 5), (2, 8, 6, 4), (0, 0, 20, 0), (0, 0, 0, 16)])
def test_nothing_overlaps_and_everything_is_in_its_place(counts: tuple[int, int, int, int]) -> None:
    found = build_technology_radar(blips(*counts))
    points = [(float(b.x), float(b.y)) for b in found.blips]
    for one, other in itertools.combinations(points, 2):
        assert math.dist(one, other) >= 2 * BLIP
    for blip, (x, y) in zip(found.blips, points, strict=True):
        at = RINGS.index(blip.ring)  # type: ignore[arg-type]
        assert EDGES[at] + BLIP <= math.hypot(x, y) <= EDGES[at + 1] - BLIP
        turn = found.quadrants.index(blip.quadrant) * math.pi / 2
        along, across = x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)
        assert along >= BLIP and across >= BLIP
    assert [b.number for b in found.blips] == list(range(1, len(points) + 1))


def test_the_order_of_the_arguments_does_not_move_blips_within_a_ring() -> None:
    given = blips(2, 2, 2, 2)
    swapped = [given[1], given[0], *given[2:]]
    assert build_technology_radar(given) == build_technology_radar(swapped)


def test_a_radar_that_adopts_everything_is_questioned() -> None:
    found = build_technology_radar([b.model_copy(update={"reason": ""}) for b in blips(3, 0, 0, 0)])
    assert "carry no reason" in found.warnings[0] and "recommends nothing" in found.warnings[1]


def test_duplicates_a_fifth_quadrant_and_a_full_ring_are_refused() -> None:
    one = Blip(name="Rust", quadrant="Languages", ring="trial")
    with pytest.raises(InvalidInput, match="stands twice"):
        build_technology_radar([one, one.model_copy(update={"name": " rust "})])
    with pytest.raises(InvalidInput, match="at most four"):
        build_technology_radar([Blip(name=f"n{q}", quadrant=f"q{q}", ring="hold") for q in range(5)])
    with pytest.raises(InvalidInput, match="do not fit"):
        build_technology_radar([Blip(name=f"n{q}", quadrant="q", ring="adopt") for q in range(60)])
