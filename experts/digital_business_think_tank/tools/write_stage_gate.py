"""The record of a stage gate: go, hold or kill, by must-meet and should-meet criteria.

Must-meet: one "no" kills; one without an answer or without evidence holds. Should-meet: scores from 0 to 10
with weights; the weighted mean over ten must reach the threshold (default 0.6), otherwise hold. A score
without evidence counts as missing and holds. Criteria of the gate that were not answered are listed from
reference://stage_gate_criteria and hold as well. The questions come from the playbook of the framework, or of
the one whose `best_for` in reference://innovation_frameworks matches the goal. Source: Cooper, "Stage-Gate
Systems", Business Horizons 1990, and Winning at New Products (2017).

Limits: a gate record orders the meeting; people decide, and may decide otherwise with a reason.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Day, NonNegativeVolume, Share, round_to
from experts.digital_business_think_tank.tools._figures import Line, percent, questions, table

Gate = Literal["scoping", "business_case", "development", "testing", "launch"]


class Must(Model):
    """A knock-out criterion."""

    answer: Literal["yes", "no", "unknown"]
    evidence: Annotated[str, Field(max_length=300)] = ""


class Should(Model):
    """A scored criterion."""

    score: Annotated[int, Field(ge=0, le=10)]
    evidence: Annotated[str, Field(max_length=300)] = ""
    weight: NonNegativeVolume = Decimal(1)


class GateRow(Model):
    """One criterion and what it did to the decision."""

    criterion: str
    question: str
    kind: str
    answer: str
    evidence: str = ""
    effect: Literal["met", "kills", "holds", "counts"]


class GateRecord(Model):
    """The decision and why."""

    project: str
    gate: str
    decided_on: Day
    decision: Literal["go", "hold", "kill"]
    score: Annotated[Share | None, Field(description="Weighted should-meet score.")] = None
    threshold: Share
    reasons: list[str]
    rows: list[GateRow]
    missing_evidence: list[str]
    framework: str
    best_for: list[str]
    questions: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def write_stage_gate(
    project: Line,
    gate: Gate,
    decided_on: Day,
    must_meet: Annotated[dict[Key, Must], Field(max_length=20, description="reference://stage_gate_criteria, or own.")],
    should_meet: Annotated[dict[Key, Should] | None, Field(max_length=20)] = None,
    threshold: Share = Decimal("0.6"),
    framework: Annotated[str, Field(max_length=40, description="Playbook or goal.")] = "lean_startup",
) -> GateRecord:
    """Write a stage-gate record: go, hold or kill by must-meet and should-meet criteria with evidence.

    Use when a project asks for the next stage.
    """
    should_meet = should_meet or {}
    wanted = table("stage_gate_criteria").current()[gate]
    chosen, best_for = _framework(framework)
    rows: list[GateRow] = []
    for key, text in wanted["must_meet"].items():
        rows.append(_must(key, text, must_meet.get(key)))
    rows += [
        _must(key, key.replace("_", " "), item) for key, item in must_meet.items() if key not in wanted["must_meet"]
    ]
    for key, text in wanted["should_meet"].items():
        rows.append(_should(key, text, should_meet.get(key)))
    rows += [
        _should(key, key.replace("_", " "), item)
        for key, item in should_meet.items()
        if key not in wanted["should_meet"]
    ]
    weights = {key: item.weight for key, item in should_meet.items() if item.evidence.strip()}
    total = sum(weights.values(), Decimal(0))
    if total > 10**6:
        raise InvalidInput("the weights are out of range; at most a million in all", field="should_meet")
    score = None
    if total:
        score = round_to(
            sum((should_meet[key].score * weight for key, weight in weights.items()), Decimal(0)) / (10 * total), 4
        )
    kills = [row.question for row in rows if row.effect == "kills"]
    holds = [row.question for row in rows if row.effect == "holds"]
    reasons = [f"Not met: {text}" for text in kills] or [f"No evidence: {text}" for text in holds]
    decision: Literal["go", "hold", "kill"] = "kill" if kills else "hold" if holds else "go"
    if decision != "kill" and (score is None or score < threshold):
        decision = "hold"
        said = (
            "no should-meet criterion was scored with evidence"
            if score is None
            else f"{percent(score)} is below {percent(threshold)}"
        )
        reasons.append(f"Score: {said}")
    if decision == "go":
        reasons.append(
            f"Every must-meet criterion is met, and the score of {percent(score or Decimal(0))} reaches {percent(threshold)}"
        )
    return GateRecord(
        project=project,
        gate=gate,
        decided_on=decided_on,
        decision=decision,
        score=score,
        threshold=threshold,
        reasons=reasons,
        rows=rows,
        missing_evidence=holds,
        framework=chosen,
        best_for=best_for,
        questions=_asked(chosen),
        method="Cooper's gates: a must-meet 'no' kills, missing answers or evidence hold, the weighted should-meet score must reach the "
        f"threshold of {percent(threshold)} (reference://stage_gate_criteria).",
        assumptions=[
            "The threshold is the company's choice; 60 % is this tool's default.",
            "People decide; the record says on what.",
        ],
        warnings=["Killed by one criterion: make sure that it is a knock-out, not a preference."]
        if len(kills) == 1
        else [],
    )


def _framework(name: str) -> tuple[str, list[str]]:
    known = table("innovation_frameworks").current()["frameworks"]
    if name in known:
        return name, list(known[name]["best_for"])
    for key, row in known.items():
        if name in row["best_for"]:
            return key, list(row["best_for"])
    goals = [goal for row in known.values() for goal in row["best_for"]]
    raise InvalidInput(
        f"framework {name!r} is neither a playbook nor a goal{did_you_mean(name, [*known, *goals])}", field="framework"
    )


def _asked(framework: str) -> list[str]:
    """The framework's questions; those of design thinking stand by phase."""
    phases = table("innovation_frameworks").current()["frameworks"][framework]["phases"]
    return questions(framework) or [line for phase in phases for line in questions(framework, phase.capitalize())]


def _must(key: str, text: str, item: Must | None) -> GateRow:
    if item is None or item.answer == "unknown":
        return GateRow(criterion=key, question=text, kind="must-meet", answer="unknown", effect="holds")
    effect: Literal["met", "kills", "holds"] = (
        "kills" if item.answer == "no" else "met" if item.evidence.strip() else "holds"
    )
    return GateRow(
        criterion=key,
        question=text,
        kind="must-meet",
        answer=item.answer,
        evidence=item.evidence.strip(),
        effect=effect,
    )


def _should(key: str, text: str, item: Should | None) -> GateRow:
    if item is None:
        return GateRow(criterion=key, question=text, kind="should-meet", answer="unknown", effect="holds")
    effect: Literal["counts", "holds"] = "counts" if item.evidence.strip() else "holds"
    return GateRow(
        criterion=key,
        question=text,
        kind="should-meet",
        answer=f"{item.score} of 10",
        evidence=item.evidence.strip(),
        effect=effect,
    )
