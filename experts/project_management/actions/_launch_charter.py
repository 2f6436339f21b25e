"""The charter and the risk register of a launch, from the brief's words and the plan's dates."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from experts.core.contract import Key, Model, Text
from experts.core.errors import InvalidInput
from experts.core.worksheet import Worksheet
from experts.project_management.actions._roadmap import Roadmap
from experts.project_management.tools.analyze_risk_register import Risk, RiskAnalysis, analyze_risk_register
from experts.project_management.tools.draft_charter import Charter as DraftedCharter
from experts.project_management.tools.draft_charter import draft_charter

if TYPE_CHECKING:
    from experts.project_management.actions.launch_project_initiation import Brief

MOST_MILESTONES = 40
MOST_LINES = 40
LONGEST_LINE = 600
LONGEST_TITLE = 200
Line = Annotated[str, Field(max_length=LONGEST_LINE)]
Name = Annotated[str, Field(max_length=LONGEST_TITLE)]


class ObjectiveFacts(Model):
    """What the launch is to reach, and what will be measured."""

    objective: Line
    criterion: Line


class Charter(Model):
    """Who authorises and runs the launch, why, and what belongs to it."""

    sponsor: Name
    manager: Name
    purpose: Text
    objectives: dict[Key, ObjectiveFacts] = Field(max_length=20)
    in_scope: list[Line] = Field(max_length=MOST_LINES)
    out_of_scope: list[Line] = Field([], max_length=MOST_LINES)
    constraints: list[Line] = Field([], max_length=MOST_LINES)


def milestones_of(roadmap: Roadmap) -> list[str]:
    """Gates, approvals and tasks without duration, by date."""
    return [
        key
        for key in roadmap.in_order
        if roadmap.work[key].kind in ("gate", "approval") or not roadmap.work[key].duration
    ][:MOST_MILESTONES]


def charter_of(sheet: Worksheet, brief: "Brief", roadmap: Roadmap) -> DraftedCharter:
    """The charter as drafted, with what is still open in it. Raises InvalidInput for what it cannot do without."""
    dated: dict[str, str] = {}
    for key in milestones_of(roadmap):
        label = roadmap.work[key].label[: LONGEST_LINE // 2]
        dated[label if label not in dated else f"{label} ({key})"] = key
    try:
        return sheet.run(
            "charter",
            {
                **{f"milestones.{label}": f"working:schedule#tasks.{key}.finish" for label, key in dated.items()},
                "budget": "fact:launch.budget",
            },
            draft_charter,
            title=brief.product.name[:LONGEST_TITLE],
            sponsor=brief.charter.sponsor,
            manager=brief.charter.manager,
            purpose=brief.charter.purpose,
            objectives={each.objective: each.criterion for each in brief.charter.objectives.values()},
            in_scope=brief.charter.in_scope,
            out_of_scope=brief.charter.out_of_scope,
            milestones={label: roadmap.dated.tasks[key].finish for label, key in dated.items()},
            budget=brief.launch.budget,
            currency=brief.currency,
            budget_reference="the brief" if brief.launch.budget is not None else "",
            risks=[risk.label[:LONGEST_LINE] for risk in brief.risks.values()][:MOST_LINES],
            constraints=brief.charter.constraints,
        )
    except InvalidInput as error:
        if not error.field.startswith(("currency", "launch")):
            error.field = f"charter.{error.field}"
        raise


def risks_of(sheet: Worksheet, brief: "Brief", confidence: Decimal) -> RiskAnalysis | None:
    """The register valued and ranked; nothing without risks."""
    if not brief.risks:
        return None
    fields = ("probability", "impact", "response_cost", "residual_probability", "residual_impact")
    return sheet.run(
        "risks",
        {
            **{f"risks.*.{name}": f"fact:risks.*.{name}" for name in fields},
            "confidence": "judgement:risk_confidence",
        },
        analyze_risk_register,
        risks={
            key: Risk.model_validate({name: value for name in fields if (value := getattr(risk, name)) is not None})
            for key, risk in brief.risks.items()
        },
        confidence=confidence,
    )
