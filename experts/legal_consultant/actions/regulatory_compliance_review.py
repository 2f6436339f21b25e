"""Step of business_expansion_planning: requirements by jurisdiction with lead time, cost, owner and source."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Days, NonNegativeMoney
from experts.core.worksheet import Worksheet
from experts.legal_consultant.actions._expansion_document import document_of, narrative_of, pictures_of, warnings_of
from experts.legal_consultant.actions._expansion_law import Entity, Privacy, entity_of, privacy_of, questions_of
from experts.legal_consultant.tools.compare_entity_types import EntityMatrix
from experts.legal_consultant.tools.schedule_clearances import Clearance, ClearanceSchedule, schedule_clearances

KIND = "LegalRequirements"
VERSION = 1
NEEDS = {"expansion_plan": "ExpansionPlan"}

ComplianceCost = Annotated[NonNegativeMoney, Field(json_schema_extra={"x-metric": "compliance_cost"})]
MOST_REQUIREMENTS = 300
Status = Literal["cleared", "in_progress", "open", "refused"]


class JurisdictionFacts(Model):
    """Where rules apply: country as ISO 3166-1 ("US"), and perhaps the subdivision ("OH")."""

    label: Text | None = None
    country: Text
    subdivision: Text | None = None


class RequirementFacts(Model):
    """A permit, registration, licence or contract that the expansion needs.

    `lead_days` in calendar days from the application; `after` is the task that must be finished before it can be
    applied for, `blocks` the task that cannot start without it (the opening, if none is named).
    """

    label: Text
    jurisdiction: Text
    authority: Text | None = None
    kind: Text | None = None
    status: Status = Field("open", json_schema_extra={"reason": "nobody said that it is applied for or in hand"})
    owner: Text | None = None
    lead_days: Days | None = None
    expedited_days: Days | None = None
    cost: NonNegativeMoney | None = None
    expedite_cost: NonNegativeMoney | None = None
    after: Text | None = None
    blocks: Text | None = None
    gating: bool = True
    before_hiring: bool = False
    source: Text | None = None


class Schedule(Model):
    start: Day
    country: Text
    subdivision: Text | None = None
    weekend: list[str] | None = None


class Person(Model):
    name: Text


class Law(Model):
    """The day for which the law is read."""

    as_of: Day | None = None


class Brief(Model):
    """Where the expansion goes, what it needs there, and the facts that decide which law applies."""

    jurisdictions: dict[Key, JurisdictionFacts] = Field(max_length=60)
    requirements: dict[Key, RequirementFacts] = Field({}, max_length=MOST_REQUIREMENTS)
    schedule: Schedule
    team: dict[Key, Person] = {}
    entity: Entity = Field(default_factory=Entity)
    privacy: Privacy = Field(default_factory=Privacy)
    law: Law = Field(default_factory=Law)


class TaskView(Model):
    label: str
    start: Day
    finish: Day
    latest_finish: Day


class ExpansionPlanView(Model):
    tasks: dict[Key, TaskView]
    opening: Day
    before_opening: list[str] = []


class Inputs(Model):
    expansion_plan: ExpansionPlanView


class Judgement(Model):
    """Whether offices that decide faster for a fee are paid to do so."""

    expedite: bool = Field(
        False, json_schema_extra={"reason": "a faster decision costs a fee, so it is bought only if the date needs it"}
    )


class Requirement(Model):
    """A requirement with its dates. `latest` is the last day in hand that does not move the opening."""

    label: str
    jurisdiction: str
    authority: str | None = None
    kind: str | None = None
    status: Status
    owner: str | None = None
    gating: bool
    before_hiring: bool
    expedited: bool
    after: str | None = None
    blocks: str | None = None
    lead_days: Days | None = None
    working_days: Days | None = None
    starts: Day | None = None
    in_hand: Day | None = None
    latest: Day | None = None
    days_before_opening: Days | None = None
    cost: NonNegativeMoney
    source: str | None = None
    why: str = ""


class Place(Model):
    """A jurisdiction and how many requirements the brief has for it."""

    label: str
    requirements: list[str]


class FormVerdict(Model):
    name: str
    eligible: str
    liability: str
    tax: str
    delaware_minimum_usd: NonNegativeMoney | None = None


class PrivacyVerdict(Model):
    law: str
    applies: str
    reason: str


class Output(Model):
    """The requirements. `gating` names those that work waits for; `employer_ready` is when people may be employed."""

    items: dict[Key, Requirement]
    jurisdictions: dict[Key, Place]
    gating: list[str]
    planned: Count
    cleared: Count
    open_blockers: Count
    expedited: Count
    cost: ComplianceCost
    all_in_hand: Day | None = None
    employer_ready: Day | None = None
    form: str | None = None
    form_eligible: str | None = None
    forms: dict[str, FormVerdict] = {}
    privacy: dict[str, PrivacyVerdict] = {}
    open_questions: list[str] = []


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """List what the law asks of an expansion: requirements with dates, cost and owner; form of company; privacy law.

    Lead times run in calendar days from the day the application can be made; days and offices are the brief's, dates
    are worked out. It is information for counsel to check, not advice. Raises InvalidInput for a requirement that
    names an unknown jurisdiction or task.
    """
    sheet = Worksheet()
    _check(brief, inputs)
    dated = _dates(sheet, brief, inputs, judgement)
    matrix = entity_of(sheet, brief.entity, brief.law.as_of, [j.country for j in brief.jurisdictions.values()])
    scope = privacy_of(sheet, brief.privacy, brief.law.as_of)
    ready = _employer_ready(brief, dated)
    output = Output(
        items={key: _item(brief, inputs, key, dated) for key in brief.requirements},
        jurisdictions={
            key: Place(
                label=title_of(key, place.label),
                requirements=[item for item, each in brief.requirements.items() if each.jurisdiction == key],
            )
            for key, place in brief.jurisdictions.items()
        },
        gating=sorted(
            key for key, row in dated.items.items() if brief.requirements[key].gating and row.working_days is not None
        ),
        planned=dated.planned,
        cleared=dated.cleared,
        open_blockers=dated.open_blockers,
        expedited=dated.expedited,
        cost=dated.cost,
        all_in_hand=dated.clearance_date,
        employer_ready=None if ready is None else dated.items[ready].clear,
        form=brief.entity.form,
        form_eligible=_eligible(brief, matrix),
        forms={
            key: FormVerdict(
                name=form.name,
                eligible=form.eligible,
                liability=form.liability,
                tax=form.tax,
                delaware_minimum_usd=form.delaware_minimum_usd,
            )
            for key, form in (matrix.entities.items() if matrix else ())
        },
        privacy={
            f"l{number}": PrivacyVerdict(law=verdict.law, applies=verdict.applies, reason=verdict.reason)
            for number, verdict in enumerate(scope.verdicts if scope else [], 1)
        },
        open_questions=questions_of(brief, matrix is None, scope is None),
    )
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds={
            "items.*.lead_days": "fact:requirements.*.lead_days",
            **{
                f"items.{key}.lead_days": f"fact:requirements.{key}.expedited_days"
                for key, row in dated.items.items()
                if row.expedited
            },
            "items.*.working_days": "working:requirements#items.*.working_days",
            "items.*.starts": "working:requirements#items.*.starts",
            "items.*.in_hand": "working:requirements#items.*.clear",
            "items.*.days_before_opening": "working:requirements#items.*.days_before_launch",
            "items.*.cost": "working:requirements#items.*.cost",
            **{f"items.{key}.latest": f"expansion_plan#tasks.req-{key}.latest_finish" for key in brief.requirements},
            **{
                name: f"working:requirements#{name}"
                for name in ("planned", "cleared", "open_blockers", "expedited", "cost")
            },
            "all_in_hand": "working:requirements#clearance_date",
            "employer_ready": f"working:requirements#items.{ready}.clear",
            "forms.*.delaware_minimum_usd": "working:entity#entities.*.delaware_minimum_usd",
        },
        narrative=narrative_of(brief, output),
        document=document_of(brief, inputs, output, matrix, scope),
        pictures=pictures_of(brief, inputs, output),
        warnings=warnings_of(brief, output, dated, matrix, scope),
    )


def _check(brief: Brief, inputs: Inputs) -> None:
    for key, item in brief.requirements.items():
        if item.jurisdiction not in brief.jurisdictions:
            raise InvalidInput(
                f"requirement {key!r} is of the jurisdiction {item.jurisdiction!r}, which is not one of the jurisdictions"
                f"{did_you_mean(item.jurisdiction, brief.jurisdictions)}",
                field=f"requirements.{key}.jurisdiction",
                seen=item.jurisdiction,
            )
        for name in ("after", "blocks"):
            task = getattr(item, name)
            tasks = [each for each in inputs.expansion_plan.tasks if not each.startswith("req-")]
            if task is not None and task not in tasks:
                raise InvalidInput(
                    f"requirement {key!r} names the task {task!r} in {name!r}, which is not one of the tasks"
                    f"{did_you_mean(task, tasks)}",
                    field=f"requirements.{key}.{name}",
                    seen=task,
                )


def _dates(sheet: Worksheet, brief: Brief, inputs: Inputs, judgement: Judgement) -> ClearanceSchedule:
    when, plan = brief.schedule, inputs.expansion_plan
    money = ("lead_days", "expedited_days", "cost", "expedite_cost")
    afters = {key: item.after for key, item in brief.requirements.items() if item.after}
    try:
        return sheet.run(
            "requirements",
            {
                **{f"items.*.{name}": f"fact:requirements.*.{name}" for name in money},
                **{f"items.{key}.after": f"expansion_plan#tasks.{task}.finish" for key, task in afters.items()},
                "start": "fact:schedule.start",
                "launch": "expansion_plan#opening",
            },
            schedule_clearances,
            items={
                key: Clearance(
                    status=item.status,
                    blocking=item.gating and (item.blocks is None or item.blocks in plan.before_opening),
                    owner=_name(brief, item.owner) or "",
                    after=plan.tasks[afters[key]].finish if key in afters else None,
                    lead_days=item.lead_days,
                    expedited_days=item.expedited_days,
                    cost=item.cost,
                    expedite_cost=item.expedite_cost,
                )
                for key, item in brief.requirements.items()
            },
            start=when.start,
            launch=plan.opening,
            jurisdiction="; ".join(title_of(key, each.label) for key, each in brief.jurisdictions.items())[:200],
            country=when.country,
            subdivision=when.subdivision,
            weekend=when.weekend,
            expedite=judgement.expedite,
        )
    except InvalidInput as error:
        error.field = error.field.replace("items.", "requirements.", 1)
        raise


def _name(brief: Brief, owner: str | None) -> str | None:
    return brief.team[owner].name if owner in brief.team else owner


def _employer_ready(brief: Brief, dated: ClearanceSchedule) -> str | None:
    """The requirement that is the last in hand of those that must be before anybody is employed."""
    days: dict[str, date] = {
        key: clear
        for key, item in brief.requirements.items()
        if item.before_hiring and (clear := dated.items[key].clear) is not None
    }
    return max(days, key=lambda key: (days[key], key)) if days else None


def _item(brief: Brief, inputs: Inputs, key: str, dated: ClearanceSchedule) -> Requirement:
    facts, row = brief.requirements[key], dated.items[key]
    waiting = inputs.expansion_plan.tasks.get(f"req-{key}")
    return Requirement(
        label=facts.label,
        jurisdiction=facts.jurisdiction,
        authority=facts.authority,
        kind=facts.kind,
        status=facts.status,
        owner=_name(brief, facts.owner),
        gating=facts.gating,
        before_hiring=facts.before_hiring,
        expedited=row.expedited,
        after=facts.after,
        blocks=facts.blocks,
        lead_days=facts.expedited_days if row.expedited else facts.lead_days,
        working_days=row.working_days,
        starts=row.starts,
        in_hand=row.clear,
        latest=waiting.latest_finish if waiting and facts.gating else None,
        days_before_opening=row.days_before_launch,
        cost=row.cost,
        source=facts.source,
        why=row.why,
    )


def _eligible(brief: Brief, matrix: EntityMatrix | None) -> str | None:
    if matrix is None or brief.entity.form is None:
        return None
    if brief.entity.form not in matrix.entities:
        raise InvalidInput(
            f"entity.form {brief.entity.form!r} is not one of the forms that are compared"
            f"{did_you_mean(brief.entity.form, matrix.entities)}",
            field="entity.form",
            seen=brief.entity.form,
        )
    return matrix.entities[brief.entity.form].eligible
