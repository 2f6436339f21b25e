"""Step of business_expansion_planning: the business case by scenario, with people and project cost in it."""

from decimal import Decimal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model
from experts.core.quantities import Day, NonNegativeMoney, Share
from experts.core.worksheet import Worksheet
from experts.finance_accountant.actions._case import MOST_ROWS, Costs, case_fields, case_grounds, work_case
from experts.finance_accountant.actions._case_models import (
    CaseFacts,
    CaseOutput,
    CashFlowFacts,
    FundingFacts,
    ScenarioFacts,
)
from experts.finance_accountant.actions._case_pictures import pictures_of
from experts.finance_accountant.actions._expansion_case import document_of, narrative_of, warnings_of

KIND = "BusinessCase"
VERSION = 1
NEEDS = {"expansion_plan": "ExpansionPlan", "workforce": "WorkforcePlan"}


class Schedule(Model):
    planned_opening: Day | None = None


class Brief(Model):
    """Cash flows by scenario and period, how they are judged, and what funding is committed."""

    currency: str
    case: CaseFacts
    scenarios: dict[Key, ScenarioFacts] = Field(max_length=12)
    cash_flows: dict[Key, CashFlowFacts] = Field(max_length=MOST_ROWS)
    funding: dict[Key, FundingFacts] = Field({}, max_length=60)
    schedule: Schedule = Field(default_factory=Schedule)


class ProjectMonth(Model):
    planned: NonNegativeMoney


class ExpansionPlanView(Model):
    opening: Day
    months: dict[str, ProjectMonth]


class PeopleMonth(Model):
    cost: NonNegativeMoney


class WorkforceView(Model):
    months: dict[str, PeopleMonth]


class Inputs(Model):
    expansion_plan: ExpansionPlanView
    workforce: WorkforceView | None = None


class Judgement(Model):
    sensitivity_step: Share = Field(
        Decimal("0.10"),
        json_schema_extra={"reason": "a tenth down and up shows which lines matter most; the workbook takes any other"},
    )


class Output(CaseOutput):
    """The business case; costs are those counted within its months."""

    project_cost: NonNegativeMoney | None = Field(None, json_schema_extra={"x-metric": "project_cost"})
    people_cost: NonNegativeMoney | None = Field(None, json_schema_extra={"x-metric": "people_cost"})


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Make the business case of an expansion: NPV, IRR, payback and funding need by scenario, and what moves them.

    Cash flows of the brief, the project's planned spend and the people's planned cost, month by month; rows that
    move with the opening follow it. NPV and IRR as Excel's XNPV and XIRR from the first month's end. Raises
    InvalidInput naming the row or fact that is wrong.
    """
    sheet = Worksheet()
    costs: dict[str, Costs] = {}
    if inputs.expansion_plan.months:
        costs["project"] = Costs(
            label="Project and permits",
            months={month: row.planned for month, row in inputs.expansion_plan.months.items()},
            ref="expansion_plan#months.*.planned",
        )
    if inputs.workforce is not None and inputs.workforce.months:
        costs["people"] = Costs(
            label="People",
            months={month: row.cost for month, row in inputs.workforce.months.items()},
            ref="workforce#months.*.cost",
        )
    case = work_case(
        sheet,
        currency=brief.currency,
        facts=brief.case,
        scenarios=brief.scenarios,
        rows=brief.cash_flows,
        funding=brief.funding,
        costs=costs,
        step=judgement.sensitivity_step,
        planned_opening=brief.schedule.planned_opening,
        opening=inputs.expansion_plan.opening,
        opening_ref="expansion_plan#opening",
    )
    output = Output(
        **case_fields(case),
        project_cost=case.flows.cost_totals.get("project"),
        people_cost=case.flows.cost_totals.get("people"),
    )
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds={
            **case_grounds(case),
            "project_cost": "working:flows#cost_totals.project",
            "people_cost": "working:flows#cost_totals.people",
        },
        narrative=narrative_of(case, output),
        document=document_of(case, output),
        pictures=pictures_of(case, output),
        warnings=warnings_of(case, output),
    )
