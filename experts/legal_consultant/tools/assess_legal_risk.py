"""Scores legal risks by likelihood and consequence (1 to 5 each) and places them in a matrix.

ISO 31022:2020 (legal risk) applies ISO 31000: likelihood x consequence, evaluated against criteria that the company sets.
Here: 1-4 low, 5-9 medium, 10-14 high, 15-25 severe; a consequence of 5 is at least high. The residual score is after the
treatment given. With `euros at stake` a range may be noted; scores are ordinal and are not multiplied by money.

Limits: scores are judgement, named as such; the matrix orders attention, it does not measure.
"""

from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day
from experts.legal_consultant.tools._legal import Legal

Level = Literal["low", "medium", "high", "severe"]
Scale = Annotated[int, Field(ge=1, le=5)]


class Risk(Model):
    """One risk; 1 is rare or negligible, 5 almost certain or critical."""

    title: Annotated[str, Field(max_length=120)]
    likelihood: Scale
    consequence: Scale
    evidence: Annotated[str, Field(max_length=400)] = ""
    treatment: Annotated[str, Field(max_length=400)] = ""
    residual_likelihood: Scale | None = None
    residual_consequence: Scale | None = None
    owner: Annotated[str, Field(max_length=60)] = ""


class RatedRisk(Model):
    """A risk with its place in the matrix."""

    key: str
    title: str
    likelihood: Count
    consequence: Count
    score: Count
    level: Level
    residual_score: Count | None = None
    residual_level: Level | None = None
    owner: str
    treatment: str
    lacks: list[str]


class RiskAssessment(Legal):
    """Risks, the gravest first."""

    risks: list[RatedRisk]
    by_level: dict[str, Count]


def assess_legal_risk(
    risks: Annotated[dict[Key, Risk], Field(min_length=1, max_length=60)],
    jurisdiction: Annotated[str, Field(min_length=2, max_length=60)],
    as_of: Day,
) -> RiskAssessment:
    """Score legal risks by likelihood and consequence (ISO 31022), with treatment and residual; heat map by make_document.

    Use when several risks compete for attention. It does not judge claims or odds of a lawsuit.
    """
    if not jurisdiction.strip():
        raise InvalidInput("jurisdiction is blank; name the country or state whose law applies", field="jurisdiction")
    rated = []
    for key, risk in risks.items():
        residual = None
        if risk.residual_likelihood is not None or risk.residual_consequence is not None:
            residual = (risk.residual_likelihood or risk.likelihood, risk.residual_consequence or risk.consequence)
            if residual[0] > risk.likelihood or residual[1] > risk.consequence:
                raise InvalidInput(
                    f"risk {key!r}: the residual is above the risk before treatment; check both", field=f"risks.{key}"
                )
        lacks = [name for name in ("evidence", "treatment", "owner") if not getattr(risk, name).strip()]
        rated.append(
            RatedRisk(
                key=key,
                title=risk.title,
                likelihood=risk.likelihood,
                consequence=risk.consequence,
                score=risk.likelihood * risk.consequence,
                level=_level(risk.likelihood, risk.consequence),
                residual_score=residual[0] * residual[1] if residual else None,
                residual_level=_level(*residual) if residual else None,
                owner=risk.owner,
                treatment=risk.treatment,
                lacks=lacks,
            )
        )
    order = ("severe", "high", "medium", "low")
    rated.sort(key=lambda item: (order.index(item.level), -item.score, -item.consequence, item.key))
    grave = [item.title for item in rated if (item.residual_level or item.level) in ("severe", "high")]
    return RiskAssessment(
        jurisdiction=jurisdiction,
        as_of=as_of,
        sources=["ISO 31022:2020", "ISO 31000:2018 6.4"],
        escalate=bool(grave),
        escalation_reason=f"High or severe after treatment: {', '.join(grave[:5])}." if grave else "",
        method="score = likelihood x consequence; 1-4 low, 5-9 medium, 10-14 high, 15-25 severe; consequence 5 at least high",
        assumptions=["Likelihood and consequence are the user's judgement."],
        warnings=[f"Without evidence: {', '.join(r.title for r in rated if 'evidence' in r.lacks)}."]
        if any("evidence" in r.lacks for r in rated)
        else [],
        risks=rated,
        by_level={level: sum(item.level == level for item in rated) for level in order},
    )


def _level(likelihood: int, consequence: int) -> Level:
    score = likelihood * consequence
    if score >= 15:
        return "severe"
    if score >= 10 or consequence == 5:
        return "high"
    return "medium" if score >= 5 else "low"
