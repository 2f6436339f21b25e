"""Sprints: how much to take on, and how many sprints a backlog needs, as a range.

The range of velocity is the 90% confidence interval of its median from past sprints, without
assuming a distribution: sort them and cut off as many at each end as the binomial with p = 1/2
allows (Cohn, Succeeding with Agile, 2009, chapter 15: of 5 sprints none, of 8 one, of 11 two).
With fewer than five sprints the lowest and highest are taken, and a warning says so. Sprints
for the backlog are rounded up: at the high, median and low velocity.

Limits: the past team, the past definition of done and the past way of estimating must hold.
Velocity compares no teams. The Scrum Guide (2020) knows no velocity; it is common practice.
"""

from decimal import Decimal
from fractions import Fraction
from math import ceil, comb
from statistics import median
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, NonNegativeVolume, Share, Volume, round_to

METHOD = (
    "90% confidence interval of the median velocity by order statistics (Cohn, Succeeding with Agile, 2009, chapter "
    "15); backlog divided by velocity, rounded up to whole sprints."
)
MOST_SPRINTS = 500


class SprintPlan(Model):
    """Velocity and the sprints needed at its low, median and high; `next_*` allow for who is there."""

    velocity_low: Volume
    velocity_median: Volume
    velocity_high: Volume
    coverage: Share
    next_low: Volume
    next_median: Volume
    next_high: Volume
    sprints_at_high: Count
    sprints_at_median: Count
    sprints_at_low: Count
    weeks_at_median: Count
    weeks_at_low: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_sprints(
    velocities: Annotated[list[NonNegativeVolume], Field(description="points finished in each past sprint")],
    backlog: Annotated[NonNegativeVolume, Field(description="points to do")],
    sprint_weeks: Annotated[Count, Field(description="1 to 4")] = 2,
    availability: Annotated[Share, Field(description="of the usual team in the next sprint")] = Decimal(1),
) -> SprintPlan:
    """Plan sprints from past velocity: a range for the next sprint and for the whole backlog.

    Use when an iterative team must say how much it takes on or when it will be done.
    It does not estimate items and gives no single date.
    """
    if not velocities or len(velocities) > MOST_SPRINTS:
        raise InvalidInput(f"{len(velocities)} past sprints; give from 1 to {MOST_SPRINTS}", field="velocities")
    if not 1 <= sprint_weeks <= 4:
        raise InvalidInput(
            f"sprint_weeks {sprint_weeks} must be from 1 to 4 (Scrum Guide 2020: a month or less)", field="sprint_weeks"
        )
    ordered = sorted(velocities)
    count = len(ordered)
    cut = _cut(count)
    low, middle, high = ordered[cut], median(ordered), ordered[-1 - cut]
    if low == 0:
        zero = velocities.index(Decimal(0))
        raise InvalidInput(
            f"velocities.{zero} is 0, so at the low end the backlog never ends; leave out sprints in which the team did "
            "not work, or give more sprints",
            field=f"velocities.{zero}",
            seen=0,
        )
    tail = Decimal(2 * sum(comb(count, k) for k in range(cut + 1))) / Decimal(2**count)
    needed = [ceil(Fraction(backlog) / Fraction(velocity)) for velocity in (high, middle, low)]
    if max(needed) > 10_000:
        raise InvalidInput(
            f"backlog {backlog} at {low} a sprint takes more than 10,000 sprints; check the units", field="backlog"
        )
    fast, usual, slow = needed
    return SprintPlan(
        velocity_low=low,
        velocity_median=middle,
        velocity_high=high,
        coverage=max(Decimal(0), round_to(1 - tail, 4)),
        next_low=round_to(low * availability, 1),
        next_median=round_to(middle * availability, 1),
        next_high=round_to(high * availability, 1),
        sprints_at_high=fast,
        sprints_at_median=usual,
        sprints_at_low=slow,
        weeks_at_median=usual * sprint_weeks,
        weeks_at_low=slow * sprint_weeks,
        method=METHOD,
        assumptions=["The team, its definition of done and its way of estimating stay as they were."],
        warnings=[]
        if count >= 5
        else [f"{count} past sprints are fewer than five: the range is their lowest and highest, with less than 90%."],
    )


def _cut(count: int) -> int:
    """How many sprints to cut off at each end so that 90% or more remain covered."""
    cut, tail = 0, 1
    while 2 * (tail + comb(count, cut + 1)) * 10 <= 2**count:
        cut += 1
        tail += comb(count, cut)
    return cut
