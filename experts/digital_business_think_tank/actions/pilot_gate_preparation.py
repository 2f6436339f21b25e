"""The gates of a technology: may the pilot start, and by which results it goes on or ends."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, NonNegativeMoney, NonNegativeVolume, Ratio, Share
from experts.core.worksheet import Worksheet
from experts.digital_business_think_tank.actions._adoption_gate import document_of, narrative_of, pictures_of
from experts.digital_business_think_tank.tools.write_stage_gate import GateRecord, Must, Should, write_stage_gate

KIND = "PilotGate"
VERSION = 1
NEEDS = {
    "assessment": "TechAssessment",
    "case": "TechBusinessCase",
    "compliance": "ComplianceAssessment",
    "change": "ChangeImpact",
}


class KillCriterion(Model):
    """One measure of the pilot: at least (or at most) the threshold, or the project ends."""

    label: Text
    direction: Literal["at_least", "at_most"] = Field(
        "at_least", json_schema_extra={"reason": "more is better unless the brief says that less is"}
    )
    threshold: Ratio
    unit: Text | None = None
    measured_by: Text | None = None
    owner: Text | None = None


class AnswerFacts(Model):
    """An answer to a must-meet question that people give, with its evidence."""

    answer: Literal["yes", "no", "unknown"]
    evidence: Text | None = None


class ScoreFacts(Model):
    """A score from 0 to 10 for a should-meet question, with its evidence."""

    score: Annotated[int, Field(ge=0, le=10)]
    evidence: Text | None = None
    weight: NonNegativeVolume = Field(Decimal(1), json_schema_extra={"reason": "every question counts the same"})


class GateFacts(Model):
    """What people say at the gate before the pilot."""

    answers: dict[Key, AnswerFacts] = Field({}, max_length=20)
    scores: dict[Key, ScoreFacts] = Field({}, max_length=20)
    threshold: Share = Field(
        Decimal("0.6"), json_schema_extra={"reason": "three fifths of all points is a usual hurdle for a gate"}
    )


class Technology(Model):
    name: Text


class Brief(Model):
    """What the gates are made from."""

    as_of: Day
    technology: Technology
    gate: GateFacts
    kill_criteria: dict[Key, KillCriterion] = Field({}, max_length=20)


class AssessmentView(Model):
    mature_enough: bool


class CaseView(Model):
    worth_starting: bool
    rollout_probability: Share
    investment_before: NonNegativeMoney


class ComplianceView(Model):
    open_before_pilot: Count


class ChangeView(Model):
    training_before_gate: NonNegativeMoney


class Inputs(Model):
    assessment: AssessmentView
    case: CaseView
    compliance: ComplianceView
    change: ChangeView


class Judgement(Model):
    """Nothing is left open: the gate's questions are answered by the plan or by people."""


class Question(Model):
    """One question of the gate before the pilot, and what it did to the decision."""

    question: str
    kind: Literal["must-meet", "should-meet"]
    answer: str
    evidence: str | None = None
    effect: Literal["met", "kills", "holds", "counts"]


class Kill(Model):
    """One measure that ends the project if it is missed."""

    label: str
    direction: Literal["at_least", "at_most"]
    threshold: Ratio
    unit: str | None = None
    measured_by: str | None = None
    owner: str | None = None


class Output(Model):
    """The record of the gate before the pilot, and the measures of the gate after it. People decide."""

    decision: Literal["go", "hold", "kill"]
    score: Share | None = None
    threshold: Share
    decided_on: Day
    questions: dict[Key, Question]
    reasons: dict[Key, str]
    kill_criteria: dict[Key, Kill]
    money_at_risk: NonNegativeMoney
    training_at_risk: NonNegativeMoney


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Record the gate before the pilot and set the measures of the gate after it.

    Stage-gate record after Cooper (Business Horizons, 1990): a must-meet "no" kills, a missing answer or evidence
    holds, the weighted should-meet score has to reach the threshold. Value, readiness, legal state and kill criteria
    are answered by the plan, the rest by people. Raises InvalidInput for an unknown question.
    """
    sheet = Worksheet()
    record = _record(sheet, brief, inputs)
    rows = {row.criterion: row for row in record.rows}
    output = Output(
        decision=record.decision,
        score=record.score,
        threshold=record.threshold,
        decided_on=record.decided_on,
        questions={
            key: Question(
                question=_QUESTIONS.get(key) or title_of(row.question, None),
                kind="must-meet" if row.kind == "must-meet" else "should-meet",
                answer=row.answer,
                evidence=row.evidence or None,
                effect=row.effect,
            )
            for key, row in rows.items()
        },
        reasons={f"reason-{at}": text for at, text in enumerate(record.reasons, 1)},
        kill_criteria={key: Kill(**dict(each)) for key, each in brief.kill_criteria.items()},
        money_at_risk=inputs.case.investment_before,
        training_at_risk=inputs.change.training_before_gate,
    )
    warnings = list(record.warnings)
    if not brief.kill_criteria:
        warnings.append("No kill criteria are named, so nothing measurable would end the project after the pilot.")
    bare = [each.label for each in brief.kill_criteria.values() if not each.owner]
    if bare:
        warnings.append(f"Nobody is named who measures: {', '.join(bare[:5])}.")
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds={
            "score": "working:gate#score",
            "threshold": "fact:gate.threshold",
            "decided_on": "fact:as_of",
            "kill_criteria.*.threshold": "fact:kill_criteria.*.threshold",
            "money_at_risk": "case#investment_before",
            "training_at_risk": "change#training_before_gate",
        },
        narrative=narrative_of(output, inputs),
        document=document_of(brief, inputs, output),
        pictures=pictures_of(output),
        warnings=warnings,
    )


_QUESTIONS = {
    "business_case_holds": "Is the plan worth starting by the business case?",
    "readiness_shown": "Does the evidence carry the readiness level that a pilot asks for?",
    "duties_before_the_pilot_settled": "Is every duty and question before the pilot settled?",
    "kill_criteria_set": "Is it written down what would stop the project?",
}


def _record(sheet: Worksheet, brief: Brief, inputs: Inputs) -> GateRecord:
    """Must-meet questions that the plan answers are not for people to answer again."""
    taken = sorted(_QUESTIONS.keys() & brief.gate.answers.keys())
    if taken:
        raise InvalidInput(
            f"gate.answers.{taken[0]} is answered by the plan itself; leave it out", field=f"gate.answers.{taken[0]}"
        )
    known = {"market_attractiveness", "advantage", "technical_progress", "return_on_risk"}
    for key, score in brief.gate.scores.items():
        if not score.evidence and key not in known:
            raise InvalidInput(
                f"gate.scores.{key} has no evidence{did_you_mean(key, known)}; say what the score rests on",
                field=f"gate.scores.{key}.evidence",
            )
    case, compliance = inputs.case, inputs.compliance
    must = {
        "business_case_holds": Must(
            answer="yes" if case.worth_starting else "no", evidence="expected value with the right to stop"
        ),
        "readiness_shown": Must(
            answer="yes" if inputs.assessment.mature_enough else "unknown", evidence="readiness by dated evidence"
        ),
        "duties_before_the_pilot_settled": Must(
            answer="unknown" if compliance.open_before_pilot else "yes", evidence="compliance checklist"
        ),
        "kill_criteria_set": Must(
            answer="yes" if brief.kill_criteria else "unknown", evidence="the measures of the gate after the pilot"
        ),
        **{
            key: Must(answer=each.answer, evidence=(each.evidence or "")[:300])
            for key, each in brief.gate.answers.items()
        },
    }
    return sheet.run(
        "gate",
        {
            "decided_on": "fact:as_of",
            "threshold": "fact:gate.threshold",
            "should_meet.*.weight": "fact:gate.scores.*.weight",
        },
        write_stage_gate,
        project=brief.technology.name,
        gate="development",
        decided_on=brief.as_of,
        must_meet=must,
        should_meet={
            key: Should(score=each.score, evidence=(each.evidence or "")[:300], weight=each.weight)
            for key, each in brief.gate.scores.items()
        },
        threshold=brief.gate.threshold,
    )
