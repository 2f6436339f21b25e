"""Step of product_launch_coordination: the charter, the dated plan with clearances in it, the launch date, the risks."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Days, Money, NonNegativeMoney, Share
from experts.core.worksheet import Worksheet
from experts.project_management.actions._launch_charter import Charter, charter_of, risks_of
from experts.project_management.actions._launch_document import LaunchPlan, document_of, narrative_of, pictures_of
from experts.project_management.actions._roadmap import (
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
from experts.project_management.actions._roadmap_document import missing_costs
from experts.project_management.tools._network import Task
from experts.project_management.tools.compute_critical_path import compute_critical_path
from experts.project_management.tools.schedule_on_calendar import schedule_on_calendar

KIND = "LaunchPlan"
VERSION = 1
NEEDS = {"clearance": "ClearanceChecklist"}

LaunchDate = Annotated[Day, Field(json_schema_extra={"x-metric": "launch_date"})]
MOST_TASKS = 1500


class Product(Model):
    name: Text


class Launch(Model):
    """`date` is the day fixed for the launch, if one is; `task` the task that is the launch."""

    date: Day | None = None
    task: Text = Field("launch", json_schema_extra={"reason": "the id that most launch plans give their last task"})
    budget: NonNegativeMoney | None = None


class RiskFacts(Model):
    """What may happen, its chance and cost, and what is left of both after the response."""

    label: Text
    probability: Share
    impact: Money
    owner: Text | None = None
    response: Text | None = None
    response_cost: NonNegativeMoney = Field(
        "0", validate_default=True, json_schema_extra={"reason": "no cost of a response is named"}
    )
    residual_probability: Share | None = None
    residual_impact: Money | None = None


class TeamMember(Model):
    name: Text
    role: Text | None = None


class Brief(Model):
    """What the launch is, its work, its calendar, its people and its risks."""

    currency: str
    product: Product
    charter: Charter
    launch: Launch
    tasks: dict[Key, TaskFacts] = Field(max_length=MOST_TASKS)
    schedule: Schedule
    team: dict[Key, TeamMember] = {}
    risks: dict[Key, RiskFacts] = Field({}, max_length=100)


class ClearanceItemView(Model):
    """A clearance that the work has to wait for; `working_days` from its start to the day it is in hand."""

    label: str
    needed: bool
    owner: str | None = None
    after: str | None = None
    blocks: str | None = None
    working_days: Days | None = None


class ClearanceView(Model):
    items: dict[Key, ClearanceItemView]


class Inputs(Model):
    clearance: ClearanceView | None = None


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
    rank: Count
    emv: Money
    residual_emv: Money
    rating: str


class Output(RoadmapOutput):
    """The dated launch. `finish` is the day everything is ready, `launch_date` the day of the launch."""

    launch_date: LaunchDate
    launch_fixed: bool
    budget: NonNegativeMoney | None = None
    waits_for: list[str] = []
    finish_without_clearance: Day | None = None
    risks: dict[Key, PlannedRisk] = {}
    risk_emv: Money | None = None
    contingency: NonNegativeMoney | None = None
    open_points: list[str] = []


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Start a launch: charter, dated tasks with the clearances they wait for, launch date, risks and contingency.

    Critical path method on the working calendar of the country; a clearance that blocks work is a task of its
    own, of the working days that legal counted. Raises InvalidInput for facts that cannot be scheduled and
    Infeasible for a circle of tasks.
    """
    sheet = Worksheet()
    target = _target(brief)
    work = work_of(brief.tasks)
    added = _clearances(brief, inputs, target)
    for item, each in added.items():
        blocked = work[_blocked(inputs, item, target)]
        work[_blocked(inputs, item, target)] = replace(blocked, predecessors=(*blocked.predecessors, f"clear-{item}"))
        work[f"clear-{item}"] = each
    roadmap = plan_work(
        sheet, work, brief.schedule, brief.currency, target=target, overlap_review=judgement.overlap_review
    )
    bare = _without(sheet, brief, target, judgement) if added else None
    charter = charter_of(sheet, brief, roadmap)
    risks = risks_of(sheet, brief, judgement.risk_confidence)
    names = {key: member.name for key, member in brief.team.items()}
    fixed = brief.launch.date is not None
    output = Output(
        **roadmap_fields(roadmap, names),
        launch_date=brief.launch.date or roadmap.dated.target_finish,
        launch_fixed=fixed,
        budget=brief.launch.budget,
        waits_for=[f"clear-{item}" for item in added],
        finish_without_clearance=bare,
        risks={
            key: PlannedRisk(
                label=brief.risks[key].label,
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
    plan = LaunchPlan(brief=brief, output=output, roadmap=roadmap, charter=charter, names=names)
    pictures = pictures_of(plan)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds={
            **roadmap_grounds(roadmap),
            "launch_date": "fact:launch.date" if fixed else "working:schedule#target_finish",
            "budget": "fact:launch.budget",
            "finish_without_clearance": "working:bare_schedule#target_finish",
            **{f"risks.*.{name}": f"working:risks#risks.*.{name}" for name in ("rank", "emv", "residual_emv")},
            "risk_emv": "working:risks#residual_emv",
            "contingency": "working:risks#contingency_at_confidence",
        },
        narrative=narrative_of(plan),
        document=document_of(plan, pictures),
        pictures=pictures,
        warnings=[
            *roadmap_warnings(roadmap),
            *missing_costs(replace(roadmap, work={key: work[key] for key in brief.tasks})),
            *charter.warnings,
            *(risks.warnings if risks else []),
        ],
    )


def _target(brief: Brief) -> str:
    if brief.launch.task not in brief.tasks:
        raise InvalidInput(
            f"launch.task {brief.launch.task!r} is not one of the tasks{did_you_mean(brief.launch.task, brief.tasks)}",
            field="launch.task",
            seen=brief.launch.task,
        )
    return brief.launch.task


def _blocked(inputs: Inputs, item: str, target: str) -> str:
    assert inputs.clearance is not None
    return inputs.clearance.items[item].blocks or target


def _clearances(brief: Brief, inputs: Inputs, target: str) -> dict[str, Work]:
    """The clearances that tasks have to wait for, as tasks of their own."""
    found = {}
    for key, item in (inputs.clearance.items if inputs.clearance else {}).items():
        if not item.needed or item.working_days is None:
            continue
        for name in ("after", "blocks"):
            task = getattr(item, name)
            if task is not None and task not in brief.tasks:
                raise InvalidInput(
                    f"clearance {key!r} names the task {task!r}, which is not one of the tasks"
                    f"{did_you_mean(task, brief.tasks)}",
                    field=f"clearances.{key}.{name}",
                    seen=task,
                )
        if f"clear-{key}" in brief.tasks:
            raise InvalidInput(
                f"the task 'clear-{key}' has the id that the clearance {key!r} gets in the schedule; rename the task",
                field=f"tasks.clear-{key}",
            )
        found[key] = Work(
            label=item.label,
            duration=item.working_days,
            duration_ref=f"clearance#items.{key}.working_days",
            predecessors=(item.after,) if item.after else (),
            owner=item.owner,
            phase="Clearance",
        )
    return found


def _without(sheet: Worksheet, brief: Brief, target: str, judgement: Judgement) -> Day:
    """When all would be ready if nothing had to be cleared: what the clearances cost in time."""
    when = brief.schedule
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
        start=when.start,
        country=when.country,
        subdivision=when.subdivision,
        weekend=when.weekend,
        target=target,
    ).target_finish
