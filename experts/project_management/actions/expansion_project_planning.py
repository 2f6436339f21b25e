"""Step of business_expansion_planning: charter, dated work with the permits it waits for, opening date, cost by month."""

from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Days, Money, NonNegativeMoney, Share
from experts.core.worksheet import Worksheet
from experts.project_management.actions._expansion_charter import Expansion, RiskFacts, charter_of, risks_of
from experts.project_management.actions._expansion_document import (
    ExpansionView,
    document_of,
    narrative_of,
    pictures_of,
    warnings_of,
)
from experts.project_management.actions._roadmap import (
    RoadmapOutput,
    TaskFacts,
    Work,
    plan_work,
    roadmap_fields,
    roadmap_grounds,
    work_of,
)
from experts.project_management.actions._roadmap import Schedule as RoadmapSchedule
from experts.project_management.tools._network import Task
from experts.project_management.tools.compute_critical_path import compute_critical_path
from experts.project_management.tools.schedule_on_calendar import schedule_on_calendar
from experts.project_management.tools.spread_task_costs import CostedDates, spread_task_costs

KIND = "ExpansionPlan"
VERSION = 1
NEEDS = {"requirements": "LegalRequirements"}

OpeningDate = Annotated[Day, Field(json_schema_extra={"x-metric": "opening_date"})]
ProjectCost = Annotated[NonNegativeMoney, Field(json_schema_extra={"x-metric": "project_cost"})]
MOST_TASKS = 1500
WAIT = "req-{}"


class Schedule(RoadmapSchedule):
    """The calendar; `planned_opening` is the opening that the brief's tables of cash and people have in mind."""

    planned_opening: Day | None = None
    opening_task: Text = Field("open", json_schema_extra={"reason": "the id that most plans give the opening"})


class Person(Model):
    name: Text
    role: Text | None = None


class Brief(Model):
    """What is planned, its work, its calendar, the people who own it and what may go wrong."""

    currency: str
    expansion: Expansion
    tasks: dict[Key, TaskFacts] = Field(max_length=MOST_TASKS)
    schedule: Schedule
    team: dict[Key, Person] = {}
    risks: dict[Key, RiskFacts] = Field({}, max_length=100)


class RequirementView(Model):
    """A requirement with its working days from the application to the day it is in hand."""

    label: str
    status: Literal["cleared", "in_progress", "open", "refused"]
    gating: bool
    owner: str | None = None
    after: str | None = None
    blocks: str | None = None
    working_days: Days | None = None
    cost: NonNegativeMoney


class RequirementsView(Model):
    items: dict[Key, RequirementView]


class Inputs(Model):
    requirements: RequirementsView | None = None


class Judgement(Model):
    """What the plan leaves open."""

    overlap_review: bool = Field(
        False,
        json_schema_extra={"reason": "a review of finished work is done once; overlapping saves days and risks rework"},
    )
    risk_confidence: Share = Field(
        "0.8", validate_default=True, json_schema_extra={"reason": "four times in five the contingency then suffices"}
    )


class PlannedRisk(Model):
    label: str
    owner: str | None = None
    rank: Count
    emv: Money
    residual_emv: Money
    rating: str


class Output(RoadmapOutput):
    """The dated plan. `opening` is the planned opening, or the day the work is finished if that is later.

    `before_opening` names the tasks that the opening waits for, `waits_for` the requirements that work waits for.
    """

    bac: ProjectCost
    opening: OpeningDate
    opens_when_ready: bool
    before_opening: list[str] = []
    waits_for: list[str] = []
    requirement_cost: NonNegativeMoney | None = Field(None, json_schema_extra={"x-metric": "compliance_cost"})
    finish_without_requirements: Day | None = None
    risks: dict[Key, PlannedRisk] = {}
    risk_emv: Money | None = None
    contingency: NonNegativeMoney | None = None
    open_points: list[str] = []


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Plan an expansion: charter, dated tasks with the permits they wait for, opening, cost by month, risks.

    Critical path method on the working calendar. A requirement that has a lead time is a task of its own, of the
    working days that legal counted. The opening is the planned one unless the work is finished later. Raises
    InvalidInput for facts that cannot be scheduled or that name unknown tasks, Infeasible for a circle of tasks.
    """
    sheet = Worksheet()
    target = brief.schedule.opening_task
    if target not in brief.tasks:
        raise InvalidInput(
            f"schedule.opening_task {target!r} is not one of the tasks{did_you_mean(target, brief.tasks)}",
            field="schedule.opening_task",
            seen=target,
        )
    work = work_of(brief.tasks)
    added = _waits(brief, inputs, target)
    for key, each in added.items():
        work[WAIT.format(key)] = each
        item = inputs.requirements.items[key] if inputs.requirements else None
        if item and item.gating:
            blocked = work[item.blocks or target]
            work[item.blocks or target] = Work(
                **{**blocked.__dict__, "predecessors": (*blocked.predecessors, WAIT.format(key))}
            )
    roadmap = plan_work(
        sheet, work, brief.schedule, brief.currency, target=target, overlap_review=judgement.overlap_review
    )
    finish, planned = roadmap.dated.target_finish, brief.schedule.planned_opening
    keeps = planned is not None and finish <= planned
    requirement_cost = None
    if added:
        requirement_cost = sheet.run(
            "requirement_costs",
            {
                "tasks.*.start": "working:schedule#tasks.*.start",
                "tasks.*.finish": "working:schedule#tasks.*.finish",
                **{f"tasks.{WAIT.format(key)}.cost": each.cost_ref for key, each in added.items()},
            },
            spread_task_costs,
            tasks={
                WAIT.format(key): CostedDates(
                    start=roadmap.dated.tasks[WAIT.format(key)].start,
                    finish=roadmap.dated.tasks[WAIT.format(key)].finish,
                    cost=each.cost,
                )
                for key, each in added.items()
            },
            currency=brief.currency,
            country=brief.schedule.country,
            subdivision=brief.schedule.subdivision,
            weekend=brief.schedule.weekend,
        ).bac
    charter = charter_of(sheet, brief.expansion, brief.currency, roadmap, brief.risks)
    risks = risks_of(sheet, brief.risks, judgement.risk_confidence)
    names = {key: member.name for key, member in brief.team.items()}
    output = Output(
        **roadmap_fields(roadmap, names),
        opening=planned if planned is not None and keeps else finish,
        opens_when_ready=not keeps,
        before_opening=sorted(key for key in brief.tasks if roadmap.path.tasks[key].leads),
        waits_for=sorted(
            key for key in added if inputs.requirements is not None and inputs.requirements.items[key].gating
        ),
        requirement_cost=requirement_cost,
        finish_without_requirements=_without(sheet, brief, target, judgement) if added else None,
        risks={
            key: PlannedRisk(
                label=brief.risks[key].label,
                owner=names.get(brief.risks[key].owner or "", brief.risks[key].owner),
                rank=rated.rank,
                emv=rated.emv,
                residual_emv=rated.residual_emv,
                rating=rated.rating,
            )
            for key, rated in (risks.risks.items() if risks else ())
        },
        risk_emv=risks.residual_emv if risks else None,
        contingency=risks.contingency_at_confidence if risks else None,
        open_points=charter.open_points,
    )
    view = ExpansionView(brief=brief, output=output, roadmap=roadmap, charter=charter, names=names)
    pictures = pictures_of(view)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds={
            **roadmap_grounds(roadmap),
            "opening": "fact:schedule.planned_opening" if keeps else "working:schedule#target_finish",
            "requirement_cost": "working:requirement_costs#bac",
            "finish_without_requirements": "working:bare_schedule#target_finish",
            **{f"risks.*.{name}": f"working:risks#risks.*.{name}" for name in ("rank", "emv", "residual_emv")},
            "risk_emv": "working:risks#residual_emv",
            "contingency": "working:risks#contingency_at_confidence",
        },
        narrative=narrative_of(view),
        document=document_of(view, pictures),
        pictures=pictures,
        warnings=[*warnings_of(view), *charter.warnings, *(risks.warnings if risks else [])],
    )


def _waits(brief: Brief, inputs: Inputs, target: str) -> dict[str, Work]:
    """Requirements with a lead time, as tasks of their own."""
    found = {}
    for key, item in (inputs.requirements.items if inputs.requirements else {}).items():
        for name in ("after", "blocks"):
            task = getattr(item, name)
            if task is not None and task not in brief.tasks:
                raise InvalidInput(
                    f"requirement {key!r} names the task {task!r} in {name!r}, which is not one of the tasks"
                    f"{did_you_mean(task, brief.tasks)}",
                    field=f"requirements.{key}.{name}",
                    seen=task,
                )
        if item.working_days is None:
            continue
        if WAIT.format(key) in brief.tasks:
            raise InvalidInput(
                f"the task {WAIT.format(key)!r} has the id that requirement {key!r} gets in the schedule; rename the task",
                field=f"tasks.{WAIT.format(key)}",
            )
        found[key] = Work(
            label=item.label,
            duration=item.working_days,
            duration_ref=f"requirements#items.{key}.working_days",
            predecessors=(item.after,) if item.after else (),
            owner=item.owner,
            phase="Requirements",
            cost=item.cost,
            cost_ref=f"requirements#items.{key}.cost",
        )
    return found


def _without(sheet: Worksheet, brief: Brief, target: str, judgement: Judgement) -> Day:
    """When the work would be finished if nothing had to be permitted: what the requirements cost in time."""
    path = sheet.run(
        "bare_path",
        {"tasks.*.duration": "fact:tasks.*.duration"},
        compute_critical_path,
        tasks={
            key: Task(
                duration=task.duration,
                predecessors=task.predecessors,
                kind="approval" if task.kind == "gate" else task.kind,
            )
            for key, task in brief.tasks.items()
        },
        target=target,
        overlap_review=judgement.overlap_review,
    )
    return sheet.run(
        "bare_schedule",
        {"tasks.*.*": "working:bare_path#tasks.*.*", "start": "fact:schedule.start"},
        schedule_on_calendar,
        tasks=path.tasks,
        start=brief.schedule.start,
        country=brief.schedule.country,
        subdivision=brief.schedule.subdivision,
        weekend=brief.schedule.weekend,
        target=target,
    ).target_finish
