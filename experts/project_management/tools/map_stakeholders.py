"""Stakeholders: how much to involve each, and whose support falls short.

Power/interest grid (Mendelow, Environmental Scanning, 1981; Eden & Ackermann 1998): high power and
high interest, manage closely; high power only, keep satisfied; high interest only, keep informed;
neither, monitor. Engagement from unaware through resistant, neutral and supportive to leading, as
it is and as it has to be (stakeholder engagement assessment matrix, PMI, PMBOK Guide, 6th edition,
section 13.2).

Limits: scores are judgements about people's positions, to be kept confidential and reviewed.
"""

from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count

METHOD = (
    "Power/interest grid (Mendelow 1981; Eden & Ackermann 1998) and stakeholder engagement assessment matrix (PMI, "
    "PMBOK Guide, 6th edition, section 13.2)."
)
Engagement = Literal["unaware", "resistant", "neutral", "supportive", "leading"]
_STEPS: list[Engagement] = ["unaware", "resistant", "neutral", "supportive", "leading"]
MOST = 300


class Stakeholder(Model):
    """Power and interest from 1 (little) to 5; engagement now and as needed."""

    power: Count
    interest: Count
    engagement: Engagement | None = None
    needed: Engagement | None = None


class Placed(Model):
    """Where a stakeholder stands; `gap` counts the steps of engagement that are missing."""

    quadrant: Literal["manage_closely", "keep_satisfied", "keep_informed", "monitor"]
    priority: Count
    gap: Count | None


class StakeholderMap(Model):
    """Stakeholders by id, and ids by quadrant in order of priority."""

    stakeholders: dict[Key, Placed]
    quadrants: dict[str, list[str]]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def map_stakeholders(
    stakeholders: Annotated[dict[Key, Stakeholder], Field(description="by id")],
    high_from: Annotated[Count, Field(description="2 to 5")] = 3,
) -> StakeholderMap:
    """Place stakeholders on the power/interest grid and show whose engagement falls short.

    Use when it must be decided whom to involve, and how much. It does not know people: the
    scores are yours.
    """
    if not stakeholders or len(stakeholders) > MOST:
        raise InvalidInput(f"{len(stakeholders)} stakeholders; give from 1 to {MOST}", field="stakeholders")
    if not 2 <= high_from <= 5:
        raise InvalidInput(f"high_from {high_from} must be from 2 to 5", field="high_from", seen=high_from)
    gap: dict[str, int | None] = {}
    for key, one in stakeholders.items():
        for name, score in (("power", one.power), ("interest", one.interest)):
            if not 1 <= score <= 5:
                raise InvalidInput(
                    f"stakeholder {key!r}: {name} {score} is not on the scale from 1 (little) to 5 (much)",
                    field=f"stakeholders.{key}.{name}",
                    seen=score,
                )
        gap[key] = None
        if one.engagement and one.needed:
            gap[key] = max(0, _STEPS.index(one.needed) - _STEPS.index(one.engagement))
    order = sorted(
        stakeholders,
        key=lambda key: (-stakeholders[key].power * stakeholders[key].interest, -stakeholders[key].power, key),
    )
    placed = {
        key: Placed(quadrant=_quadrant(stakeholders[key], high_from), priority=place, gap=gap[key])
        for place, key in enumerate(order, 1)
    }
    return StakeholderMap(
        stakeholders=placed,
        quadrants={
            name: [key for key in order if placed[key].quadrant == name]
            for name in ("manage_closely", "keep_satisfied", "keep_informed", "monitor")
        },
        method=METHOD,
        assumptions=[f"Power and interest are high from {high_from} on; priority goes by power x interest."],
        warnings=[
            f"{key!r} has high power, is {stakeholders[key].engagement} and has to be {stakeholders[key].needed}: plan "
            "this first."
            for key in order
            if gap[key] and stakeholders[key].power >= high_from
        ],
    )


def _quadrant(
    one: Stakeholder, high_from: int
) -> Literal["manage_closely", "keep_satisfied", "keep_informed", "monitor"]:
    if one.power >= high_from:
        return "manage_closely" if one.interest >= high_from else "keep_satisfied"
    return "keep_informed" if one.interest >= high_from else "monitor"
