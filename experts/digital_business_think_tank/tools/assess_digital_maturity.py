"""Digital maturity by a stated rubric: index, gaps to target, next steps. No benchmark.

Each dimension of reference://digital_maturity has five levels with observable descriptions. The index is
the weighted mean of the levels (weights default to equal). A level above 2 needs evidence; without it the
dimension counts as 2, and says so. Gap = target - counted level; next step = the description of the next
level, largest weighted gap first. Rubric: own, in the manner of MIT CISR's digital-readiness work
(Weill & Woerner 2018) and the Digital Transformation literature named in the table.

Limits: a rubric orders a discussion; it measures nothing outside the company and is compared with
nobody. The result depends on the weights: `index_if_weakest_double` shows by how much.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import NonNegativeVolume, Ratio, round_to
from experts.digital_business_think_tank.tools._figures import questions, table

UNPROVEN = 2


class Score(Model):
    """Where one dimension stands."""

    level: Annotated[int, Field(ge=1, le=5)]
    target: Annotated[int, Field(ge=1, le=5)] = 4
    evidence: Annotated[str, Field(max_length=500, description="Above 2 counts only with it.")] = ""
    weight: NonNegativeVolume = Decimal(1)


class Dimension(Model):
    """One dimension as counted."""

    dimension: str
    title: str
    stated: int
    counted: int
    target: int
    gap: int
    now: str
    next_step: str
    evidence: str = ""


class Maturity(Model):
    """Levels from 1 to 5."""

    index: Ratio
    index_as_stated: Ratio
    index_if_weakest_double: Ratio
    dimensions: Annotated[list[Dimension], Field(description="Largest weighted gap first.")]
    unscored: list[str]
    questions: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def assess_digital_maturity(
    scores: Annotated[
        dict[Key, Score], Field(min_length=1, max_length=8, description="By dimension of reference://digital_maturity.")
    ],
) -> Maturity:
    """Assess digital maturity by a stated rubric: index, gaps to target and next steps.

    Use when a transformation starts or is reviewed.
    """
    rubric = table("digital_maturity").current()["dimensions"]
    for key in scores:
        if key not in rubric:
            raise InvalidInput(
                f"dimension {key!r} is not in the rubric{did_you_mean(key, rubric)}", field=f"scores.{key}"
            )
    weight = sum((score.weight for score in scores.values()), Decimal(0))
    if not weight or weight > 10**6:
        raise InvalidInput(
            "the weights add up to zero or are out of range; give at least one, up to a million in all", field="scores"
        )
    counted = {
        key: score.level if score.level <= UNPROVEN or score.evidence.strip() else UNPROVEN
        for key, score in scores.items()
    }
    rows = []
    for key, score in scores.items():
        row, now = rubric[key], counted[key]
        rows.append(
            Dimension(
                dimension=key,
                title=row["title"],
                stated=score.level,
                counted=now,
                target=score.target,
                gap=max(score.target - now, 0),
                now=row["levels"][now - 1],
                next_step=row["levels"][now] if now < 5 and now < score.target else "",
                evidence=score.evidence.strip(),
            )
        )
    order = list(rubric)
    rows.sort(key=lambda row: (-row.gap * scores[row.dimension].weight, order.index(row.dimension)))
    weakest = min(scores, key=lambda key: (counted[key], order.index(key)))
    doubled = {key: score.weight * (2 if key == weakest else 1) for key, score in scores.items()}
    plain_weights = {key: score.weight for key, score in scores.items()}
    unproven = [row.title for row in rows if row.counted < row.stated]
    unscored = [row["title"] for key, row in rubric.items() if key not in scores]
    warnings = [f"Counted as level {UNPROVEN} for want of evidence: {', '.join(unproven)}."] if unproven else []
    if unscored:
        warnings.append(f"Not scored, so not in the index: {', '.join(unscored)}.")
    return Maturity(
        index=_mean(counted, plain_weights),
        index_as_stated=_mean({key: score.level for key, score in scores.items()}, plain_weights),
        index_if_weakest_double=_mean(counted, doubled),
        dimensions=rows,
        unscored=unscored,
        questions=questions("digital_transformation"),
        method="Weighted mean of levels 1-5 by reference://digital_maturity (own rubric); a level above 2 counts only with "
        "evidence. No benchmark exists or is implied.",
        assumptions=[
            "Levels are the company's own judgement.",
            "Targets default to level 4; not every dimension needs it.",
        ],
        warnings=warnings,
    )


def _mean(levels: dict[str, int], weights: dict[str, Decimal]) -> Decimal:
    total = sum(weights.values(), Decimal(0))
    if not total:
        return Decimal(0)
    return round_to(sum((levels[key] * weights[key] for key in levels), Decimal(0)) / total, 2)
