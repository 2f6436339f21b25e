"""A technology radar: blips in rings and quadrants, placed so that none overlap, the same way every time.

Rings from the centre: adopt, trial, assess, hold; up to four quadrants, in order of first appearance (the
layout that Thoughtworks published from 2010). Each ring and quadrant has fixed places on arcs, chosen from
the middle of the arc outwards, at least one blip's width apart; radius and positions are in units of the
outer circle (1). Blips are numbered by quadrant, ring, then name.

Limits: the ring is the user's judgement; the tool records its reason and flags rings without one.
"""

import math
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Ratio
from experts.digital_business_think_tank.tools._figures import Line, dec

RINGS: tuple[Literal["adopt", "trial", "assess", "hold"], ...] = ("adopt", "trial", "assess", "hold")
EDGES = (0.0, 0.40, 0.66, 0.85, 1.0)
BLIP = 0.031
MOST = 80


class Blip(Model):
    """One technology."""

    name: Line
    quadrant: Line
    ring: Literal["adopt", "trial", "assess", "hold"]
    moved: Annotated[Literal["in", "out", "none", "new"], Field(description="Since the last radar.")] = "none"
    reason: Annotated[str, Field(max_length=300)] = ""


class Placed(Model):
    """A blip with its number and place; x to the right, y up, the outer circle has radius 1."""

    number: int
    name: str
    quadrant: str
    ring: str
    moved: str
    reason: str
    x: Ratio
    y: Ratio


class TechnologyRadar(Model):
    """Quadrants run anticlockwise from the upper right."""

    quadrants: list[str]
    blips: list[Placed]
    blip_radius: Ratio
    ring_edges: list[Ratio]
    counts: dict[str, int]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_technology_radar(
    blips: Annotated[list[Blip], Field(min_length=1, max_length=MOST)],
) -> TechnologyRadar:
    """Build a technology radar (adopt, trial, assess, hold) with every blip placed without overlap.

    Use when technologies are to be shown by maturity for the company.
    """
    seen: dict[str, str] = {}
    for at, blip in enumerate(blips):
        key = " ".join(blip.name.lower().split())
        if key in seen:
            raise InvalidInput(f"{blip.name!r} stands twice on the radar; keep one", field=f"blips.{at}.name")
        seen[key] = blip.name
    quadrants = list(dict.fromkeys(blip.quadrant for blip in blips))
    if len(quadrants) > 4:
        raise InvalidInput(
            f"{len(quadrants)} quadrants: {', '.join(quadrants)}; a radar has at most four", field="blips"
        )
    placed: list[Placed] = []
    for quadrant_at, quadrant in enumerate(quadrants):
        for ring_at, ring in enumerate(RINGS):
            here = sorted(
                (b for b in blips if b.quadrant == quadrant and b.ring == ring), key=lambda b: (b.name.lower(), b.name)
            )
            places = _places(ring_at, len(here))
            if len(places) < len(here):
                raise InvalidInput(
                    f"{len(here)} blips in ring {ring!r} of {quadrant!r} do not fit; at most {len(places)}, so split the quadrant or "
                    "drop some",
                    field="blips",
                )
            for blip, (radius, angle) in zip(here, places, strict=True):
                turn = angle + quadrant_at * math.pi / 2
                placed.append(
                    Placed(
                        number=len(placed) + 1,
                        name=blip.name,
                        quadrant=quadrant,
                        ring=ring,
                        moved=blip.moved,
                        reason=blip.reason.strip(),
                        x=dec(radius * math.cos(turn)),
                        y=dec(radius * math.sin(turn)),
                    )
                )
    bare = [blip.name for blip in placed if not blip.reason]
    counts = {ring: sum(1 for blip in placed if blip.ring == ring) for ring in RINGS}
    warnings = [f"{len(bare)} of {len(placed)} blips carry no reason for their ring."] if bare else []
    if counts["adopt"] > len(placed) / 2 and len(placed) >= 8:
        warnings.append("More than half are in adopt: a radar that recommends everything recommends nothing.")
    return TechnologyRadar(
        quadrants=quadrants,
        blips=placed,
        blip_radius=dec(BLIP),
        ring_edges=[dec(edge) for edge in EDGES[1:]],
        counts=counts,
        method="Rings adopt, trial, assess, hold from the centre; fixed places on arcs, at least one blip apart; numbered by "
        "quadrant, ring and name.",
        assumptions=["Rings are the user's judgement for this company, not the market's."],
        warnings=warnings,
    )


def _places(ring: int, count: int) -> list[tuple[float, float]]:
    """`count` places of one quarter ring, or all there are, as (radius, angle), a blip's width and more apart."""
    inner, outer = EDGES[ring] + BLIP * 1.3, EDGES[ring + 1] - BLIP * 1.3
    gap = BLIP * 2.3
    inner = max(inner, gap * 1.6)
    rows = max(1, int((outer - inner) / gap) + 1)
    for used in range(1, rows + 1):
        radii = (
            [(inner + outer) / 2] if used == 1 else [inner + (outer - inner) * at / (used - 1) for at in range(used)]
        )
        capacity = [_capacity(radius, gap) for radius in radii]
        if sum(capacity) >= count or used == rows:
            return _spread(radii, capacity, min(count, sum(capacity)), gap)
    return []


def _capacity(radius: float, gap: float) -> int:
    margin = math.asin(min(1.0, BLIP * 1.4 / radius))
    free = math.pi / 2 - 2 * margin
    return 0 if free < 0 else int(free / (2 * math.asin(min(1.0, gap / 2 / radius)))) + 1


def _spread(radii: list[float], capacity: list[int], count: int, gap: float) -> list[tuple[float, float]]:
    """Fill the arcs in proportion to their room, each arc evenly."""
    total = sum(capacity)
    taken = [min(room, count * room // total) for room in capacity]
    at = len(radii) - 1
    while sum(taken) < count:
        if taken[at] < capacity[at]:
            taken[at] += 1
        at = (at - 1) % len(radii)
    places = []
    for radius, number in zip(radii, taken, strict=True):
        margin = math.asin(min(1.0, BLIP * 1.4 / radius))
        free = math.pi / 2 - 2 * margin
        # A full arc is filled from end to end; on any other the blips stand in the middle of equal parts.
        full = number == _capacity(radius, gap) and number > 1
        steps = [k / (number - 1) if full else (k + 0.5) / number for k in range(number)]
        places += [(radius, margin + free * step) for step in steps]
    return places
