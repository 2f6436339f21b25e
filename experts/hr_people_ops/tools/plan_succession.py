"""Succession by role: bench coverage and exposure, and a nine-box grid of counts.

Bench strength of a role = ready now + ready in one to two years. Coverage = share of critical roles with at least one
ready now; depth = mean bench of critical roles. Exposure of a role: risk of loss x impact of loss, each 1 (low) to 3
(high), so 1 to 9; raised to "act" where exposure is 6 or more and nobody is ready now. Nine-box: performance (1 to 3) by
potential (1 to 3), counts only; a placement without evidence is not counted.

Limits: a rubric, not a measurement; placements are managers' judgements and are shown as counts. The tool neither
orders nor names people, and a box is no decision about anybody.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Share, Volume, round_to

Level = Literal["low", "medium", "high"]
_VALUE = {"low": 1, "medium": 2, "high": 3}


class SuccessionRole(Model):
    """A role and its bench."""

    critical: bool = True
    risk_of_loss: Level = "medium"
    impact: Level = "medium"
    ready_now: Annotated[int, Field(ge=0, le=50)] = 0
    ready_later: Annotated[int, Field(ge=0, le=50, description="in 1-2 years")] = 0


class Placement(Model):
    """A manager's placement and what it rests on."""

    performance: Annotated[int, Field(ge=1, le=3)]
    potential: Annotated[int, Field(ge=1, le=3)]
    evidence: Annotated[str, Field(max_length=500)] = ""


class RolePlan(Model):
    """One role."""

    bench: int
    exposure: int
    status: Literal["act", "develop", "covered", "not critical"]
    next_step: str


class Succession(Model):
    """Roles in the order given; boxes are performance-potential."""

    roles: dict[str, RolePlan]
    coverage: Share
    depth: Volume
    boxes: dict[str, int]
    without_evidence: int
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_succession(
    roles: Annotated[dict[Key, SuccessionRole], Field(min_length=1, max_length=100)],
    placements: Annotated[dict[Key, Placement], Field(max_length=1000, description="1 low to 3 high, with evidence")]
    | None = None,
) -> Succession:
    """Bench coverage and exposure by role, and nine-box counts.

    Use when successors are reviewed; people stay unnamed and unranked.
    """
    if placements is None:
        placements = {}
    critical = {key: role for key, role in roles.items() if role.critical}
    if not critical:
        raise InvalidInput("no role is marked critical; mark at least one", field="roles")
    grounded = [item for item in placements.values() if item.evidence.strip()]
    boxes = {f"{performance}-{potential}": 0 for performance in (1, 2, 3) for potential in (1, 2, 3)}
    for item in grounded:
        boxes[f"{item.performance}-{item.potential}"] += 1
    missing = len(placements) - len(grounded)
    rows = {key: _role(role) for key, role in roles.items()}
    acting = [key for key, row in rows.items() if row.status == "act"]
    warnings = [f"Exposed with nobody ready: {', '.join(acting)}."] if acting else []
    if missing:
        warnings.append(f"Placements without evidence, not counted: {missing}; ask for it.")
    top = sum(boxes[box] for box in ("3-3", "3-2", "2-3"))
    if grounded and top * 2 > len(grounded):
        warnings.append("More than half stand in the top three boxes; calibrate the scale before using the grid.")
    return Succession(
        roles=rows,
        coverage=round_to(Decimal(sum(role.ready_now > 0 for role in critical.values())) / len(critical), 4),
        depth=round_to(
            Decimal(sum(role.ready_now + role.ready_later for role in critical.values())) / len(critical), 2
        ),
        boxes=boxes,
        without_evidence=missing,
        method="Coverage = critical roles with one ready now; exposure = risk of loss x impact (1 to 9), act from 6 with "
        "nobody ready now; nine-box as counts of placements with evidence.",
        assumptions=[
            "Risk, impact, readiness and placements are managers' judgements; changing risk or impact by one level "
            "changes the status of a role near 6.",
            "One person who is ready for several roles is counted in each.",
        ],
        warnings=warnings,
    )


def _role(role: SuccessionRole) -> RolePlan:
    exposure = _VALUE[role.risk_of_loss] * _VALUE[role.impact]
    status: Literal["act", "develop", "covered", "not critical"]
    if not role.critical:
        status, step = "not critical", "Review when the role changes."
    elif role.ready_now:
        status, step = "covered", "Keep the successor current: two assignments a year in the role's hardest tasks."
    elif exposure >= 6:
        status, step = "act", "Name an interim now; retention talk with the holder; start an outside search list."
    else:
        status, step = "develop", "Agree a development plan with a date for at least one possible successor."
    return RolePlan(bench=role.ready_now + role.ready_later, exposure=exposure, status=status, next_step=step)
