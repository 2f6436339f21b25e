"""Step of marketing_campaign_planning: from tasks and budget to dates, go-live and a cost baseline."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Days, Money, NonNegativeMoney
from experts.core.worksheet import Worksheet
from experts.project_management.actions._checks import check_facts, makers_of
from experts.project_management.actions._document import document_of
from experts.project_management.actions._pictures import pictures_of
from experts.project_management.actions._plan import Plan, title_of
from experts.project_management.actions._text import narrative_of, warnings_of
from experts.project_management.tools._network import Task
from experts.project_management.tools.build_cost_baseline import CostedTask, build_cost_baseline
from experts.project_management.tools.check_resource_load import AssignedTask, Member, Span, check_resource_load
from experts.project_management.tools.compute_critical_path import compute_critical_path
from experts.project_management.tools.schedule_on_calendar import DayOff, schedule_on_calendar

KIND = "ExecutionPlan"
VERSION = 1
NEEDS = {"manifest": "AssetManifest", "allocation": "BudgetAllocation"}

GoLive = Annotated[Day, Field(json_schema_extra={"x-metric": "go_live_date"})]
TotalBudget = Annotated[Money, Field(json_schema_extra={"x-metric": "total_budget"})]


class TaskFacts(Model):
    """A task of the brief; duration in whole working days, 0 for a milestone."""

    label: Text | None = None
    duration: Days
    predecessors: list[str] = Field(
        [], json_schema_extra={"reason": "no predecessor is named, so it can start at once"}
    )
    owner: Text | None = None
    kind: Literal["work", "review", "approval"] = Field(
        "work", json_schema_extra={"reason": "a task is work unless the brief calls it a review or an approval"}
    )


class Schedule(Model):
    """The calendar. Holidays are those of the country, and of the subdivision if one is named."""

    start: Day
    latest_go_live: Day | None = None
    country: Text
    subdivision: Text | None = None
    weekend: list[str] | None = None
    campaign_weeks: Count = Field(
        12, json_schema_extra={"reason": "one quarter; nobody said how long media should run"}
    )
    go_live_task: Text = Field("go_live", json_schema_extra={"reason": "the id that most plans give the last task"})


class TeamMember(Model):
    """Somebody who can own tasks; capacity in tasks at a time."""

    name: Text
    capacity: Count = Field(1, json_schema_extra={"reason": "one thing at a time, unless the brief says otherwise"})


class Brief(Model):
    """What the plan is made from."""

    tasks: dict[Key, TaskFacts] = Field(max_length=2000)
    schedule: Schedule
    team: dict[Key, TeamMember] = {}


class AssetView(Model):
    label: str
    made_by: str | None = None


class ManifestView(Model):
    assets: dict[Key, AssetView]


class AllocationView(Model):
    currency: str
    media: NonNegativeMoney
    production: NonNegativeMoney
    reserve: NonNegativeMoney
    unallocated: NonNegativeMoney
    working_total: NonNegativeMoney
    total: NonNegativeMoney


class Inputs(Model):
    manifest: ManifestView
    allocation: AllocationView


class Judgement(Model):
    """What the plan leaves open."""

    overlap_review: bool = Field(
        False,
        json_schema_extra={"reason": "a review of finished work is done once; overlapping saves days and risks rework"},
    )


class PlannedTask(Model):
    """A dated task. Floats are working days; `critical`: a day lost here is a day lost for go-live."""

    label: str
    owner: str | None = None
    start: Day
    finish: Day
    latest_finish: Day
    duration: Days
    total_float: Days
    free_float: Days
    critical: bool
    cost: NonNegativeMoney


class Week(Model):
    """A week from Monday: planned value, and the days it is worked out from."""

    begins: Day
    planned: NonNegativeMoney
    cumulative: NonNegativeMoney
    production_days: Days
    media_days: Days


class Overload(Model):
    """Somebody with more tasks at once than they can take; `days` are working days."""

    capacity: Count
    peak: Count
    days: Days
    spans: dict[str, Span]


class Output(Model):
    """Dates, go-live and cost baseline. `working_days` runs from start to go-live, both included."""

    tasks: dict[Key, PlannedTask]
    critical_path: list[str]
    task_count: Count
    critical_count: Count
    start: Day
    go_live: GoLive
    finish: Day
    campaign_end: Day
    working_days: Days
    slack_to_latest: Days | None = None
    late_by: Days | None = None
    overlap_saves: Days | None = None
    holidays: dict[str, DayOff] = {}
    bac: Money
    reserve: NonNegativeMoney
    unallocated: NonNegativeMoney
    total: TotalBudget
    weeks: dict[str, Week]
    overloads: dict[Key, Overload] = {}


GROUNDS = {
    "tasks.*.start": "working:schedule#tasks.*.start",
    "tasks.*.finish": "working:schedule#tasks.*.finish",
    "tasks.*.latest_finish": "working:schedule#tasks.*.late_finish",
    "tasks.*.duration": "fact:tasks.*.duration",
    "tasks.*.total_float": "working:path#tasks.*.total_float",
    "tasks.*.free_float": "working:path#tasks.*.free_float",
    "tasks.*.cost": "working:baseline#tasks.*.cost",
    "task_count": "working:path#task_count",
    "critical_count": "working:path#critical_count",
    "overlap_saves": "working:path#overlap_saves",
    "start": "working:schedule#start",
    "go_live": "working:schedule#target_finish",
    "finish": "working:schedule#finish",
    "working_days": "working:schedule#working_days",
    "slack_to_latest": "working:schedule#slack_to_latest",
    "late_by": "working:schedule#late_by",
    "holidays.*.date": "working:schedule#holidays.*.date",
    "campaign_end": "working:baseline#flight_end",
    "bac": "working:baseline#bac",
    "reserve": "allocation#reserve",
    "unallocated": "allocation#unallocated",
    "total": "allocation#total",
    **{f"weeks.*.{name}": f"working:baseline#weeks.*.{name}" for name in Week.model_fields},
    **{f"overloads.*.{name}": f"working:load#people.*.{name}" for name in ("capacity", "peak", "days")},
    **{
        f"overloads.*.spans.*.{name}": f"working:load#people.*.spans.*.{name}"
        for name in ("first", "last", "days", "at_once")
    },
}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Plan the work of a campaign: dates and float of every task, go-live, cost baseline, load on the team.

    Critical path method on the working calendar of the country; production cost falls on the
    tasks that make assets, media on the flight from go-live; reserve and unallocated money
    stay outside the baseline. A missed latest date is a warning, not an error. Raises
    InvalidInput for facts that cannot be scheduled and Infeasible for a circle of tasks or
    an allocation that does not add up.
    """
    making, unmade = makers_of(brief, inputs.manifest)
    check_facts(brief, inputs.allocation)
    when, money = brief.schedule, inputs.allocation
    sheet = Worksheet()
    with _fact_fields():
        path = sheet.run(
            "path",
            {"tasks.*.duration": "fact:tasks.*.duration"},
            compute_critical_path,
            tasks={
                k: Task(duration=t.duration, predecessors=t.predecessors, kind=t.kind) for k, t in brief.tasks.items()
            },
            target=when.go_live_task,
            overlap_review=judgement.overlap_review,
        )
        schedule = sheet.run(
            "schedule",
            {
                "tasks.*.*": "working:path#tasks.*.*",
                "start": "fact:schedule.start",
                "latest": "fact:schedule.latest_go_live",
            },
            schedule_on_calendar,
            tasks=path.tasks,
            start=when.start,
            country=when.country,
            subdivision=when.subdivision,
            weekend=when.weekend,
            target=when.go_live_task,
            latest=when.latest_go_live,
        )
        baseline = sheet.run(
            "baseline",
            {
                **_DATED,
                "go_live": "working:schedule#target_finish",
                "campaign_weeks": "fact:schedule.campaign_weeks",
                **{name: f"allocation#{name}" for name in ("media", "production", "reserve", "unallocated")},
            },
            build_cost_baseline,
            tasks={
                key: CostedTask(
                    start=d.start, finish=d.finish, duration=brief.tasks[key].duration, makes_assets=key in making
                )
                for key, d in schedule.tasks.items()
            },
            go_live=schedule.target_finish,
            campaign_weeks=when.campaign_weeks,
            media=money.media,
            production=money.production,
            currency=money.currency,
            country=when.country,
            subdivision=when.subdivision,
            weekend=when.weekend,
            reserve=money.reserve,
            unallocated=money.unallocated,
        )
        load = sheet.run(
            "load",
            {**_DATED, "team.*.capacity": "fact:team.*.capacity"},
            check_resource_load,
            tasks={
                key: AssignedTask(owner=owner, start=d.start, finish=d.finish, duration=brief.tasks[key].duration)
                for key, d in schedule.tasks.items()
                if (owner := brief.tasks[key].owner)
            },
            team={key: Member(capacity=member.capacity) for key, member in brief.team.items()},
            country=when.country,
            subdivision=when.subdivision,
            weekend=when.weekend,
        )
    output = Output(
        tasks={
            key: PlannedTask(
                label=title_of(key, task.label),
                owner=brief.team[task.owner].name if task.owner in brief.team else task.owner,
                start=schedule.tasks[key].start,
                finish=schedule.tasks[key].finish,
                latest_finish=schedule.tasks[key].late_finish,
                duration=task.duration,
                total_float=path.tasks[key].total_float,
                free_float=path.tasks[key].free_float,
                critical=path.tasks[key].critical,
                cost=baseline.tasks[key].cost,
            )
            for key, task in brief.tasks.items()
        },
        critical_path=path.critical_path,
        task_count=path.task_count,
        critical_count=path.critical_count,
        start=schedule.start,
        go_live=schedule.target_finish,
        finish=schedule.finish,
        campaign_end=baseline.flight_end,
        working_days=schedule.working_days,
        slack_to_latest=schedule.slack_to_latest,
        late_by=schedule.late_by,
        overlap_saves=path.overlap_saves,
        holidays=schedule.holidays,
        bac=baseline.bac,
        reserve=money.reserve,
        unallocated=money.unallocated,
        total=money.total,
        weeks={key: Week(**dict(week)) for key, week in baseline.weeks.items()},
        overloads={
            person: Overload(**{name: getattr(load.people[person], name) for name in Overload.model_fields})
            for person in load.overloaded
        },
    )
    plan = Plan(
        brief=brief,
        inputs=inputs,
        output=output,
        path=path,
        schedule=schedule,
        making=making,
        unmade=unmade,
        unchecked=load.unchecked,
        in_order=sorted(output.tasks, key=lambda key: (output.tasks[key].start, output.tasks[key].finish, key)),
    )
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=GROUNDS,
        narrative=narrative_of(plan),
        document=document_of(plan),
        pictures=pictures_of(plan),
        warnings=[*warnings_of(plan), *schedule.warnings, *baseline.warnings, *load.warnings],
    )


_DATED = {
    "tasks.*.start": "working:schedule#tasks.*.start",
    "tasks.*.finish": "working:schedule#tasks.*.finish",
    "tasks.*.duration": "fact:tasks.*.duration",
}
# Where a tool's argument is a fact under another name.
_FACTS = {
    "target": "schedule.go_live_task",
    "latest": "schedule.latest_go_live",
    **{name: f"schedule.{name}" for name in ("start", "country", "subdivision", "weekend", "campaign_weeks")},
}


@contextmanager
def _fact_fields() -> Iterator[None]:
    """Let errors of tools name facts instead of arguments."""
    try:
        yield
    except InvalidInput as error:
        error.field = _FACTS.get(error.field, error.field)
        raise
