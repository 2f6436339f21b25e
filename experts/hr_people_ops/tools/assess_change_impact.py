"""What a change asks of people: who is below the level needed, posts released against natural leavers, cost.

A person is below level if the level held in any skill is under the level that the role will need. Counts are by role
and by skill, never by person; roles with fewer than five people are hidden together with as many others as protect
them (primary and secondary suppression, as statistical offices do: Hundepool et al., Statistical Disclosure Control,
2012). Posts released are held against expected leavers of the affected roles; what leavers do not cover is rounded
up to people who need other work. Training = before the gate + after it + preparation of those people.

Limits: expected leavers are an average, not a promise; who moves is for people to decide with those concerned, and
is not computed here.
"""

from decimal import ROUND_CEILING, Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, NonNegativeVolume, Volume
from experts.hr_people_ops.tools._groups import hidden_groups

LISTED = False  # part of a plan; plan_training and forecast_headcount are what a person asks for
SMALLEST_GROUP = 5
_Level = Annotated[int, Field(ge=0, le=5)]


class Skilled(Model):
    """A person by id: role and levels held."""

    role: Key
    levels: Annotated[dict[Key, _Level], Field(max_length=200)] = {}


class Leaving(Model):
    """Expected leavers of one month, all affected roles."""

    month: Day
    leavers: NonNegativeVolume


class RoleImpact(Model):
    """One role; `below_level` is left out where the group is too small to show."""

    people: Count
    below_level: Count | None = None


class PathMonth(Model):
    """Expected leavers up to the end of a month, and posts that they do not cover yet."""

    begins: Day
    leavers: Volume
    not_covered: Volume


class ChangeImpactFigures(Model):
    """Counts of people and money in the given currency."""

    headcount: Count
    below_level: Count
    roles: dict[str, RoleImpact]
    skills: dict[str, Count]
    hidden: list[str]
    released: Volume | None = None
    leavers: Volume | None = None
    path: dict[str, PathMonth] = {}
    covered_in: Day | None = None
    to_redeploy: Count
    redeployment_cost: Money
    redeployment_hours: Volume
    training_before_gate: Money
    training_after_gate: Money
    training_cost: Money
    training_hours: Volume
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def assess_change_impact(
    roles: Annotated[
        dict[Key, Annotated[dict[Key, _Level], Field(max_length=60)]],
        Field(max_length=60, description="role: skill: required level 0-5"),
    ],
    people: Annotated[dict[Key, Skilled], Field(min_length=1, max_length=500)],
    cost_before: NonNegativeMoney,
    cost_after: NonNegativeMoney,
    hours_before: NonNegativeVolume,
    hours_after: NonNegativeVolume,
    released: NonNegativeVolume | None = None,
    leaving: Annotated[list[Leaving] | None, Field(max_length=60)] = None,
    redeployment_cost: Annotated[NonNegativeMoney | None, Field(description="A person.")] = None,
    redeployment_hours: Annotated[NonNegativeVolume | None, Field(description="A person.")] = None,
) -> ChangeImpactFigures:
    """Sum up what a change asks of people: levels, posts against leavers, training cost. No person is ranked.

    Use when a technology changes work.
    """
    for key, person in people.items():
        if person.role not in roles:
            raise InvalidInput(
                f"role {person.role!r} of {key!r} is not in roles{did_you_mean(person.role, roles)}",
                field=f"people.{key}.role",
            )
    sizes = {role: sum(person.role == role for person in people.values()) for role in roles}
    hidden = hidden_groups({role: size for role, size in sizes.items() if size}, SMALLEST_GROUP)
    short = [person for person in people.values() if _below(person, roles[person.role])]
    skills: dict[str, int] = {}
    for person in people.values():
        for skill in _below(person, roles[person.role]):
            skills[skill] = skills.get(skill, 0) + 1
    leavers = None if leaving is None else sum((row.leavers for row in leaving), Decimal(0))
    path = _path(released, leaving or [])
    open_posts = Decimal(0) if released is None else max(Decimal(0), released - (leavers or Decimal(0)))
    move = int(open_posts.to_integral_value(ROUND_CEILING))
    prepare = move * (redeployment_cost or Decimal(0))
    warnings = []
    if hidden:
        warnings.append("Groups too small to show without pointing at people are hidden.")
    if move and redeployment_cost is None:
        warnings.append(
            "People need other work, but what preparing one of them costs is not given; it is not in the sum."
        )
    return ChangeImpactFigures(
        headcount=len(people),
        below_level=len(short),
        roles={
            role: RoleImpact(
                people=size, below_level=None if role in hidden else sum(each.role == role for each in short)
            )
            for role, size in sizes.items()
        },
        skills=dict(sorted(skills.items())),
        hidden=sorted(hidden),
        released=released,
        leavers=leavers,
        path=path,
        covered_in=next((row.begins for row in path.values() if not row.not_covered), None),
        to_redeploy=move,
        redeployment_cost=prepare,
        redeployment_hours=move * (redeployment_hours or Decimal(0)),
        training_before_gate=cost_before,
        training_after_gate=cost_after + prepare,
        training_cost=cost_before + cost_after + prepare,
        training_hours=hours_before + hours_after + move * (redeployment_hours or Decimal(0)),
        method="Below level: any skill held under the level needed; posts released less expected leavers, rounded up, need "
        f"other work; groups under {SMALLEST_GROUP} are hidden, with others that protect them.",
        assumptions=[
            "A skill that is not assessed counts as level 0.",
            "Leavers of the affected roles are not replaced.",
        ],
        warnings=warnings,
    )


def _below(person: Skilled, needs: dict[str, int]) -> list[str]:
    return [skill for skill, level in needs.items() if person.levels.get(skill, 0) < level]


def _path(released: Decimal | None, leaving: list[Leaving]) -> dict[str, PathMonth]:
    rows, total = {}, Decimal(0)
    for row in leaving:
        total += row.leavers
        rest = max(Decimal(0), (released or Decimal(0)) - total)
        rows[f"{row.month:%Y-%m}"] = PathMonth(begins=row.month, leavers=total, not_covered=rest)
    return rows
