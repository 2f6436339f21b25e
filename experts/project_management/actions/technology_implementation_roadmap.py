"""The dated roadmap of a technology: pilot, gate with kill criteria, roll-out, cost with training, contingency."""

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, Ratio, Share
from experts.core.worksheet import Worksheet
from experts.project_management.actions._adoption_plan import document_of, narrative_of, pictures_of
from experts.project_management.actions._roadmap import (
    Roadmap,
    RoadmapOutput,
    Schedule,
    TaskFacts,
    Work,
    plan_work,
    roadmap_fields,
    roadmap_grounds,
    roadmap_warnings,
    work_of,
)
from experts.project_management.tools.analyze_risk_register import Risk, RiskAnalysis, analyze_risk_register

KIND = "AdoptionPlan"
VERSION = 1
NEEDS = {
    "assessment": "TechAssessment",
    "case": "TechBusinessCase",
    "compliance": "ComplianceAssessment",
    "change": "ChangeImpact",
    "gate": "PilotGate",
}


class AdoptionTask(TaskFacts):
    """A task; one that is the training before the pilot or before the roll-out costs what the plan for people says."""

    training: Literal["pilot", "rollout"] | None = None


class Milestones(Model):
    """Which tasks are the pilot, the gate after it, and the roll-out."""

    pilot_task: Key = Field("pilot", json_schema_extra={"reason": "the id that most plans give the pilot"})
    gate_task: Key = Field("pilot_gate", json_schema_extra={"reason": "the id that most plans give the pilot's gate"})
    rollout_task: Key = Field("rollout", json_schema_extra={"reason": "the id that most plans give the roll-out"})


class Brief(Model):
    """What the roadmap is made from."""

    currency: str
    tasks: dict[Key, AdoptionTask] = Field(max_length=2000)
    schedule: Schedule
    milestones: Milestones


class RiskView(Model):
    label: str
    probability: Share
    impact: NonNegativeMoney
    response: str | None = None
    response_cost: NonNegativeMoney
    residual_probability: Share | None = None
    owner: str | None = None


class AssessmentView(Model):
    risks: dict[Key, RiskView] = {}


class CaseView(Model):
    investment: NonNegativeMoney
    investment_before: NonNegativeMoney
    investment_after: NonNegativeMoney


class ComplianceView(Model):
    open_before_pilot: Count


class ChangeView(Model):
    training_cost: NonNegativeMoney
    training_before_gate: NonNegativeMoney
    training_after_gate: NonNegativeMoney


class KillView(Model):
    label: str
    direction: Literal["at_least", "at_most"]
    threshold: Ratio
    unit: str | None = None


class GateView(Model):
    decision: Literal["go", "hold", "kill"]
    kill_criteria: dict[Key, KillView]


class Inputs(Model):
    assessment: AssessmentView
    case: CaseView
    compliance: ComplianceView
    change: ChangeView
    gate: GateView


class Judgement(Model):
    overlap_review: bool = Field(
        False,
        json_schema_extra={"reason": "a review of finished work is done once; overlapping saves days and risks rework"},
    )


class RiskValue(Model):
    """A risk by rank; the expected cost is after the response."""

    label: str
    rank: Count
    expected: Money
    response: str | None = None
    owner: str | None = None


class Output(RoadmapOutput):
    """The roadmap. `bac` is what the tasks cost with training; the contingency for risks stands outside it."""

    currency: str
    pilot_start: Day
    gate_date: Annotated[Day, Field(json_schema_extra={"x-metric": "gate_date"})]
    complete: Annotated[Day, Field(json_schema_extra={"x-metric": "rollout_date"})]
    cost: Annotated[NonNegativeMoney, Field(json_schema_extra={"x-metric": "adoption_cost"})]
    investment: NonNegativeMoney
    training: Annotated[NonNegativeMoney, Field(json_schema_extra={"x-metric": "training_cost"})]
    contingency: NonNegativeMoney | None = None
    expected_risk: Money | None = None
    risks: dict[Key, RiskValue] = {}
    kill_criteria: dict[Key, KillView]
    gate_decision: Literal["go", "hold", "kill"]


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Date the pilot, its gate and the roll-out, and spread their cost, training included, over months.

    Critical path method on the working calendar of the country; risks by expected monetary value with a contingency
    that covers them with four chances in five (PMI, Practice Standard for Project Risk Management, 2009). Raises
    InvalidInput naming the fact that does not fit, Infeasible for a circle of tasks.
    """
    _check(brief)
    sheet = Worksheet()
    work = _work(brief, inputs)
    roadmap = plan_work(sheet, work, brief.schedule, brief.currency, overlap_review=judgement.overlap_review)
    risks = _risks(sheet, inputs)
    output, grounds = _output(brief, inputs, roadmap, risks)
    pictures = pictures_of(roadmap)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=grounds,
        narrative=narrative_of(roadmap, output, inputs),
        document=document_of(brief, inputs, roadmap, output),
        pictures=pictures,
        warnings=[*roadmap_warnings(roadmap), *_warnings(brief, inputs, risks)],
    )


def _check(brief: Brief) -> None:
    for name, key in (("pilot_task", brief.milestones.pilot_task), ("gate_task", brief.milestones.gate_task)):
        if key not in brief.tasks:
            raise InvalidInput(
                f"milestones.{name} {key!r} is not among the tasks{did_you_mean(key, brief.tasks)}",
                field=f"milestones.{name}",
            )
    for stage in ("pilot", "rollout"):
        named = [key for key, task in brief.tasks.items() if task.training == stage]
        if len(named) > 1:
            raise InvalidInput(
                f"tasks {named[0]!r} and {named[1]!r} are both the training of the {stage}; mark one, or its cost would "
                "count twice",
                field=f"tasks.{named[1]}.training",
            )
        if named and brief.tasks[named[0]].cost is not None:
            raise InvalidInput(
                f"tasks.{named[0]} is the training of the {stage} and has a cost of its own; leave the cost out, the "
                "training plan gives it",
                field=f"tasks.{named[0]}.cost",
            )


def _work(brief: Brief, inputs: Inputs) -> dict[str, Work]:
    """The brief's tasks; training costs what the plan for people says.

    Where no task names a cost, the investment of the case stands at the pilot and at the roll-out.
    """
    work = work_of(brief.tasks)
    if not any(task.cost is not None for task in brief.tasks.values()):
        case, stages = inputs.case, brief.milestones
        for key, name, cost in (
            (stages.pilot_task, "before", case.investment_before),
            (stages.rollout_task, "after", case.investment_after),
        ):
            if key in work and brief.tasks[key].training is None:
                work[key] = replace(work[key], cost=cost, cost_ref=f"case#investment_{name}")
    for key, task in brief.tasks.items():
        if task.training is not None:
            when = "before" if task.training == "pilot" else "after"
            cost = inputs.change.training_before_gate if when == "before" else inputs.change.training_after_gate
            work[key] = replace(work[key], cost=cost, cost_ref=f"change#training_{when}_gate")
    return work


def _risks(sheet: Worksheet, inputs: Inputs) -> RiskAnalysis | None:
    risks = inputs.assessment.risks
    if not risks:
        return None
    return sheet.run(
        "risks",
        {
            f"risks.*.{name}": f"assessment#risks.*.{name}"
            for name in ("probability", "impact", "response_cost", "residual_probability")
        },
        analyze_risk_register,
        risks={
            key: Risk(
                probability=each.probability,
                impact=each.impact,
                response_cost=each.response_cost,
                residual_probability=each.residual_probability,
            )
            for key, each in risks.items()
        },
    )


def _output(
    brief: Brief, inputs: Inputs, roadmap: Roadmap, risks: RiskAnalysis | None
) -> tuple[Output, dict[str, str]]:
    pilot, gate = brief.milestones.pilot_task, brief.milestones.gate_task
    views = inputs.assessment.risks
    ranked = [] if risks is None else sorted(risks.risks, key=lambda key: risks.risks[key].rank)
    output = Output(
        **roadmap_fields(roadmap),
        currency=brief.currency,
        pilot_start=roadmap.dated.tasks[pilot].start,
        gate_date=roadmap.dated.tasks[gate].finish,
        complete=roadmap.dated.target_finish,
        cost=roadmap.costs.bac,
        investment=inputs.case.investment,
        training=inputs.change.training_cost,
        contingency=None if risks is None else risks.contingency_at_confidence,
        expected_risk=None if risks is None else risks.residual_emv,
        risks={
            key: RiskValue(
                label=views[key].label,
                rank=risks.risks[key].rank,
                expected=risks.risks[key].residual_emv,
                response=views[key].response,
                owner=views[key].owner,
            )
            for key in ranked
            if risks is not None
        },
        kill_criteria=inputs.gate.kill_criteria,
        gate_decision=inputs.gate.decision,
    )
    grounds = {
        **roadmap_grounds(roadmap),
        "pilot_start": f"working:schedule#tasks.{pilot}.start",
        "gate_date": f"working:schedule#tasks.{gate}.finish",
        "complete": "working:schedule#target_finish",
        "cost": "working:costs#bac",
        "investment": "case#investment",
        "training": "change#training_cost",
        "contingency": "working:risks#contingency_at_confidence",
        "expected_risk": "working:risks#residual_emv",
        "risks.*.rank": "working:risks#risks.*.rank",
        "risks.*.expected": "working:risks#risks.*.residual_emv",
        "kill_criteria.*.threshold": "gate#kill_criteria.*.threshold",
    }
    return output, grounds


def _warnings(brief: Brief, inputs: Inputs, risks: RiskAnalysis | None) -> list[str]:
    found = [] if risks is None else list(risks.warnings)
    stages = {task.training for task in brief.tasks.values()}
    costs = {"pilot": inputs.change.training_before_gate, "rollout": inputs.change.training_after_gate}
    for stage, cost in costs.items():
        if cost and stage not in stages:
            found.append(
                f"No task is marked as the training of the {stage}, so its cost is not in the roadmap; give a task "
                f'training = "{stage}".'
            )
    if not any(task.cost is not None for task in brief.tasks.values()):
        found.append(
            "No task names a cost, so the investment of the business case stands at the pilot and the roll-out."
        )
    if inputs.gate.decision != "go":
        found.append("The gate before the pilot is not passed; dates hold only if it is by the start of the pilot.")
    return found
