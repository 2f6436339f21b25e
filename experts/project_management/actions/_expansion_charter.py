"""The charter and the risk register of an expansion, from the brief's words and the plan's dates."""

from collections.abc import Mapping
from decimal import Decimal

from pydantic import Field

from experts.core.contract import Key, Model, Text
from experts.core.errors import InvalidInput
from experts.core.quantities import Money, NonNegativeMoney, Share
from experts.core.worksheet import Worksheet
from experts.project_management.actions._roadmap import Roadmap
from experts.project_management.tools.analyze_risk_register import Risk, RiskAnalysis, analyze_risk_register
from experts.project_management.tools.draft_charter import Charter, draft_charter

MOST_MILESTONES = 40


class ObjectiveFacts(Model):
    """What the expansion is to reach, and what will be measured."""

    objective: Text
    criterion: Text


class Expansion(Model):
    """What is planned, why, who authorises it and who runs it; `budget` is the ceiling of the project's own cost."""

    name: Text
    sponsor: Text
    manager: Text
    purpose: Text
    objectives: dict[Key, ObjectiveFacts] = Field(max_length=20)
    in_scope: list[Text]
    out_of_scope: list[Text] = []
    constraints: list[Text] = []
    budget: NonNegativeMoney | None = None


class RiskFacts(Model):
    """What may happen, its chance and cost, and what is left of both after the response."""

    label: Text
    probability: Share
    impact: Money
    owner: Text | None = None
    response: Text | None = None
    response_cost: NonNegativeMoney = Field(
        Decimal(0), json_schema_extra={"reason": "no cost of the response is named, so it is taken to cost nothing"}
    )
    residual_probability: Share | None = None
    residual_impact: Money | None = None


def milestones_of(roadmap: Roadmap) -> list[str]:
    """Gates, approvals and tasks without duration, by date."""
    return [
        key
        for key in roadmap.in_order
        if roadmap.work[key].kind in ("gate", "approval") or not roadmap.work[key].duration
    ][:MOST_MILESTONES]


def charter_of(
    sheet: Worksheet, facts: Expansion, currency: str, roadmap: Roadmap, risks: Mapping[str, RiskFacts]
) -> Charter:
    """The charter as drafted, with what is still open in it. Raises InvalidInput for what it cannot do without."""
    dated: dict[str, str] = {}
    for key in milestones_of(roadmap):
        label = roadmap.work[key].label
        dated[label if label not in dated else f"{label} ({key})"] = key
    try:
        return sheet.run(
            "charter",
            {
                **{f"milestones.{label}": f"working:schedule#tasks.{key}.finish" for label, key in dated.items()},
                "budget": "fact:expansion.budget",
            },
            draft_charter,
            title=facts.name,
            sponsor=facts.sponsor,
            manager=facts.manager,
            purpose=facts.purpose,
            objectives={each.objective: each.criterion for each in facts.objectives.values()},
            in_scope=facts.in_scope,
            out_of_scope=facts.out_of_scope,
            milestones={label: roadmap.dated.tasks[key].finish for label, key in dated.items()},
            budget=facts.budget,
            currency=currency,
            budget_reference="the brief" if facts.budget is not None else "",
            risks=[risk.label for risk in risks.values()],
            constraints=facts.constraints,
        )
    except InvalidInput as error:
        if not error.field.startswith("currency"):
            error.field = f"expansion.{error.field}"
        raise


def risks_of(sheet: Worksheet, risks: Mapping[str, RiskFacts], confidence: Decimal) -> RiskAnalysis | None:
    """The register valued and ranked; nothing without risks."""
    if not risks:
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
            for key, risk in risks.items()
        },
        confidence=confidence,
    )
