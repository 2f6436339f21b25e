"""How many people a usability test needs.

Share of problems found by n people: 1 - (1 - p)^n, where p is the chance that one person meets a problem (Nielsen &
Landauer, INTERCHI 1993). People needed for a target: the smallest whole n whose share reaches it. The default p =
0.31 is the mean of the projects in that paper; it is not a property of your product.

Limits: one p for all problems, people independent. Rare problems (small p) need many more people; with p unknown,
look at the shares for half and double. Each distinct group of users needs its own sample.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.art_design.tools._color import EXACT
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Rate, Share, plain, round_to

MOST_PEOPLE = 10_000
MOST_GROUPS = 20


class UsabilityPlan(Model):
    """People needed a group and in all, the share they find, and the needs if p is half or double."""

    people_per_group: Count
    people: Count
    share_found: Rate
    people_if_half: Count | None = None
    people_if_double: Count | None = None
    share_by_people: dict[Key, Rate]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_usability_test(
    target: Annotated[Share, Field(description="share of problems to find")] = Decimal("0.85"),
    chance: Annotated[Share | None, Field(description="chance that one person meets a problem; default 0.31")] = None,
    groups: Annotated[Count, Field(description="distinct groups of users")] = 1,
) -> UsabilityPlan:
    """Plan how many people a usability test needs to find a share of the problems, 1 - (1 - p)^n.

    Use when a formative test is set up and its size is in question.
    It does not size a comparison of two designs or a survey; those need a statistical power calculation.
    """
    p = Decimal("0.31") if chance is None else chance
    if not Decimal("0.001") <= p < 1:
        raise InvalidInput(f"chance {plain(p)!r} is not from 0.001 to below 1; 0.31 is a start", field="chance")
    if not 0 < target <= Decimal("0.999"):
        raise InvalidInput(f"target {plain(target)!r} is not above 0 and at most 0.999; 0.85 is usual", field="target")
    if not 1 <= groups <= MOST_GROUPS:
        raise InvalidInput(f"groups {groups!r} is not between 1 and {MOST_GROUPS}; correct it", field="groups")
    needed = _needed(p, target)
    with localcontext(EXACT):
        found = {n: round_to(1 - (1 - p) ** n, 6) for n in sorted({*range(1, 11), 15, 20, needed})}
    return UsabilityPlan(
        people_per_group=needed,
        people=needed * groups,
        share_found=found[needed],
        people_if_half=_needed(p / 2, target),
        people_if_double=_needed(p * 2, target) if p * 2 < 1 else None,
        share_by_people={f"n{n}": share for n, share in found.items()},
        method="share found = 1 - (1 - p)^n (Nielsen & Landauer 1993); smallest n that reaches the target",
        assumptions=[
            "every problem has the same chance of being met; people are independent",
            f"chance {plain(p)}: "
            + ("by default, the mean of Nielsen & Landauer's projects" if chance is None else "by you"),
        ],
        warnings=["the chance is a default, not your product's; see how the need changes at half and double"]
        if chance is None
        else [],
    )


def _needed(p: Decimal, target: Decimal) -> int:
    with localcontext(EXACT):
        missed, n = 1 - p, 1
        left = missed
        while 1 - left < target and n < MOST_PEOPLE * 2:
            left *= missed
            n += 1
    return n
