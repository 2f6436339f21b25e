"""Step of business_expansion_planning: who is hired when, what they cost, and how they are organised."""

from typing import Any

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.quantities import Count, Day, NonNegativeMoney, Rate, Share, Volume
from experts.core.worksheet import Worksheet
from experts.hr_people_ops.actions._expansion_document import document_of, narrative_of, pictures_of, warnings_of
from experts.hr_people_ops.actions._people import (
    MOST_PEOPLE,
    PayrollFacts,
    PersonFacts,
    RoleFacts,
    RolePriced,
    check_people,
    organisation,
    price,
    role_label,
)
from experts.hr_people_ops.tools.draw_org_chart import OrgChart
from experts.hr_people_ops.tools.list_employer_obligations import Obligations, list_employer_obligations
from experts.hr_people_ops.tools.plan_workforce import Position, RoleCost, WorkforcePlan, plan_workforce

KIND = "WorkforcePlan"
VERSION = 1
NEEDS = {
    "expansion_plan": "ExpansionPlan",
    "requirements": "LegalRequirements",
    "business_case": "BusinessCase",
}


class Case(Model):
    start: Day
    horizon_months: Count


class Schedule(Model):
    planned_opening: Day | None = None


class Company(Model):
    """Who is employed already where the expansion goes; thresholds of employment law count them."""

    name: Text
    employees: Count = Field(
        0, json_schema_extra={"reason": "no people are named as employed already in the country of the expansion"}
    )


class Law(Model):
    as_of: Day | None = None


class Brief(Model):
    """Positions by role and start month, what roles cost, and where payroll is run."""

    currency: str
    company: Company
    people: dict[Key, PersonFacts] = Field({}, max_length=MOST_PEOPLE)
    roles: dict[Key, RoleFacts] = Field({}, max_length=60)
    payroll: PayrollFacts = Field(default_factory=PayrollFacts)
    case: Case
    schedule: Schedule = Field(default_factory=Schedule)
    law: Law = Field(default_factory=Law)


class ExpansionPlanView(Model):
    opening: Day


class RequirementsView(Model):
    employer_ready: Day | None = None


class ReceiptsView(Model):
    receipts: NonNegativeMoney


class BusinessCaseView(Model):
    receipts: dict[str, ReceiptsView]


class Inputs(Model):
    expansion_plan: ExpansionPlanView
    requirements: RequirementsView
    business_case: BusinessCaseView


class Judgement(Model):
    """What may give way: start months that come too early, and positions that can wait."""

    hold_until_registered: bool = Field(
        False,
        json_schema_extra={"reason": "start months are the brief's; who would start too early is shown, not moved"},
    )
    defer_optional: bool = Field(
        False, json_schema_extra={"reason": "positions that can wait are planned as the brief has them"}
    )
    deferral_months: int = Field(
        6, ge=1, le=36, json_schema_extra={"reason": "half a year is long enough to see whether the opening holds"}
    )


class PlannedPosition(Model):
    role: str
    label: str
    start: Day
    reports_to: str | None = None


class Month(Model):
    """A month: hires, people in post, pay, cost of hiring, and both together."""

    begins: Day
    hires: Count
    headcount: Count
    pay: NonNegativeMoney
    hiring: NonNegativeMoney
    cost: NonNegativeMoney


class Year(Model):
    """A calendar year up to `ends`; people in post then."""

    ends: Day
    hires: Count
    headcount: Count
    cost: NonNegativeMoney
    receipts_share: Rate | None = None


class PlannedRole(Model):
    label: str
    positions: Count
    first_start: Day
    salary: NonNegativeMoney
    annual_cost: NonNegativeMoney
    cost: NonNegativeMoney


class Organisation(Model):
    """Layers and spans of the finished organisation."""

    positions: Count
    layers: Count
    manager_share: Share
    average_span: Volume


class Duty(Model):
    law: str
    applies: str
    threshold: Count


class Output(Model):
    """The people plan; costs and counts are those within the months of the case."""

    currency: str
    positions: dict[Key, PlannedPosition] = {}
    months: dict[str, Month] = {}
    years: dict[str, Year] = {}
    roles: dict[Key, PlannedRole] = {}
    hires: Count | None = None
    headcount_end: Count | None = None
    headcount_opening: Count | None = None
    employees_end: Count | None = None
    first_start: Day | None = None
    held: Count | None = None
    deferred: Count | None = None
    moved: Count | None = None
    total_hiring: NonNegativeMoney | None = None
    people_cost: NonNegativeMoney | None = Field(None, json_schema_extra={"x-metric": "people_cost"})
    too_early: list[str] = []
    organisation: Organisation | None = None
    duties: dict[str, Duty] = {}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Plan the people of an expansion: hires and headcount by month, cost by role and year, organisation, duties.

    A position costs its role's annual cost by twelfths from its start month. Positions tied to the opening follow
    it. Raises InvalidInput for unknown roles or managers, and for a role whose cost cannot be known.
    """
    sheet = Worksheet()
    check_people(brief.people, brief.roles)
    if not brief.people:
        return _without_people(sheet, brief, judgement)
    used = {key: role for key, role in brief.roles.items() if any(p.role == key for p in brief.people.values())}
    priced, notes = price(sheet, used, brief.payroll, brief.currency)
    plan = _plan(sheet, brief, inputs, judgement, used, priced)
    chart, unorganised = organisation(sheet, brief.people, used, priced, brief.currency)
    duties = _duties(sheet, brief, plan)
    ready = inputs.requirements.employer_ready
    output = Output(
        currency=brief.currency,
        positions={
            key: PlannedPosition(
                role=person.role,
                label=role_label(used, person.role),
                start=plan.starts[key],
                reports_to=person.reports_to,
            )
            for key, person in brief.people.items()
        },
        months={key: Month(**dict(month)) for key, month in plan.months.items()},
        years={key: Year(**dict(year)) for key, year in plan.years.items()},
        roles={
            key: PlannedRole(
                label=role_label(used, key),
                positions=row.positions,
                first_start=row.first_start,
                salary=used[key].salary,
                annual_cost=row.annual_cost,
                cost=row.cost,
            )
            for key, row in plan.roles.items()
        },
        hires=plan.positions,
        headcount_end=plan.headcount_end,
        headcount_opening=plan.headcount_opening,
        employees_end=plan.employees_end,
        first_start=plan.first_start,
        held=plan.held,
        deferred=plan.deferred,
        moved=plan.moved,
        total_hiring=plan.total_hiring,
        people_cost=plan.total_cost,
        too_early=sorted(key for key, start in plan.starts.items() if ready is not None and start < ready),
        organisation=_organised(chart),
        duties={
            f"d{number}": Duty(law=row.law, applies=row.applies, threshold=row.threshold)
            for number, row in enumerate(duties.obligations if duties else [], 1)
        },
    )
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=_grounds(output),
        narrative=narrative_of(brief, inputs, output),
        document=document_of(brief, inputs, output, chart, duties, unorganised, priced),
        pictures=pictures_of(brief, output, chart),
        warnings=warnings_of(brief, output, [*plan.warnings, *notes], unorganised),
    )


def _plan(
    sheet: Worksheet,
    brief: Brief,
    inputs: Inputs,
    judgement: Judgement,
    used: dict[str, RoleFacts],
    priced: dict[str, RolePriced],
) -> WorkforcePlan:
    planned = brief.schedule.planned_opening
    hold = inputs.requirements.employer_ready if judgement.hold_until_registered else None
    receipts = {year: row.receipts for year, row in inputs.business_case.receipts.items()}
    return sheet.run(
        "people",
        {
            "positions.*.start": "fact:people.*.start",
            **{f"roles.{key}.annual_cost": each.ref for key, each in priced.items()},
            "roles.*.hiring_cost": "fact:roles.*.hiring_cost",
            "start": "fact:case.start",
            "planned_opening": "fact:schedule.planned_opening",
            "opening": "expansion_plan#opening",
            "not_before": "requirements#employer_ready",
            "receipts.*": "business_case#receipts.*.receipts",
            "existing": "fact:company.employees",
        },
        plan_workforce,
        positions={
            key: Position(
                role=person.role,
                start=person.start,
                moves=person.moves and planned is not None,
                deferrable=person.deferrable,
            )
            for key, person in brief.people.items()
        },
        roles={
            key: RoleCost.model_validate(
                {"annual_cost": priced[key].annual_cost}
                | ({} if role.hiring_cost is None else {"hiring_cost": role.hiring_cost})
            )
            for key, role in used.items()
        },
        start=brief.case.start,
        months=brief.case.horizon_months,
        currency=brief.currency,
        planned_opening=planned,
        opening=inputs.expansion_plan.opening,
        defer_months=judgement.deferral_months if judgement.defer_optional else 0,
        not_before=hold,
        receipts=receipts or None,
        existing=brief.company.employees,
    )


def _without_people(sheet: Worksheet, brief: Brief, judgement: Judgement) -> ActionResult:
    output = Output(currency=brief.currency)
    said = "The brief lists no positions, so there is no hiring plan, and no people cost is in the business case."
    from experts.core.drafting import draft, headline

    return sheet.result(
        output=output,
        judgement=judgement,
        grounds={},
        narrative=said,
        document=draft(headline(said, "warning")),
        warnings=[said],
    )


def _duties(sheet: Worksheet, brief: Brief, plan: WorkforcePlan) -> Obligations | None:
    """Federal duties by headcount; only for a payroll in the United States and a day for which the law is read."""
    where = (brief.payroll.jurisdiction or "").upper()
    if not where.startswith("US") or brief.law.as_of is None:
        return None
    return sheet.run(
        "duties",
        {"on": "fact:law.as_of"},
        list_employer_obligations,
        employees=plan.employees_end,
        on=brief.law.as_of,
        state=where.partition("-")[2],
    )


def _organised(chart: OrgChart | None) -> Organisation | None:
    if chart is None:
        return None
    return Organisation(
        positions=chart.positions,
        layers=chart.layers[-1].layer,
        manager_share=chart.manager_share,
        average_span=chart.average_span,
    )


def _grounds(output: Output) -> dict[str, str]:
    layers = 0 if output.organisation is None else output.organisation.layers - 1
    found: dict[str, Any] = {
        "positions.*.start": "working:people#starts.*",
        **{f"months.*.{name}": f"working:people#months.*.{name}" for name in Month.model_fields},
        **{f"years.*.{name}": f"working:people#years.*.{name}" for name in Year.model_fields},
        **{
            f"roles.*.{name}": f"working:people#roles.*.{name}"
            for name in ("positions", "first_start", "annual_cost", "cost")
        },
        "roles.*.salary": "fact:roles.*.salary",
        "hires": "working:people#positions",
        **{
            name: f"working:people#{name}"
            for name in (
                *("headcount_end", "headcount_opening", "employees_end", "first_start"),
                *("held", "deferred", "moved", "total_hiring"),
            )
        },
        "people_cost": "working:people#total_cost",
        "organisation.positions": "working:organisation#positions",
        "organisation.layers": f"working:organisation#layers.{layers}.layer",
        "organisation.manager_share": "working:organisation#manager_share",
        "organisation.average_span": "working:organisation#average_span",
        **{
            f"duties.{key}.threshold": f"working:duties#obligations.{number}.threshold"
            for number, key in enumerate(output.duties)
        },
    }
    return found
