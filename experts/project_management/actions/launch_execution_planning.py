"""The launch: a dated plan of work, and when it is really done given the founders' calendars."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Days, NonNegativeMoney, Ratio, Share
from experts.core.worksheet import Worksheet
from experts.project_management.actions._roadmap import (
    PlannedMonth,
    Roadmap,
    RoadmapOutput,
    Schedule,
    TaskFacts,
    plan_work,
    roadmap_fields,
    roadmap_grounds,
    roadmap_warnings,
    work_of,
)
from experts.project_management.actions._startup_launch import document_of, narrative_of, pictures_of
from experts.project_management.tools.fit_to_capacity import FittedSchedule, FreeWeek, OwnedTask, fit_to_capacity
from experts.project_management.tools.spread_task_costs import CostedDates, SpreadCosts, spread_task_costs

KIND = "LaunchPlan"
VERSION = 1
NEEDS = {"calendar": "FounderCalendar", "formation": "FormationPack", "go_to_market": "GoToMarket"}


class Company(Model):
    name: Text


class Testing(Model):
    """The task in which the channels are tested: it costs what the channel plan's tests cost."""

    task: Text | None = None


class Brief(Model):
    company: Company
    currency: str
    schedule: Schedule
    testing: Testing
    tasks: dict[Key, TaskFacts] = Field(max_length=300)


class FounderView(Model):
    name: str


class WeekView(Model):
    begins: Day
    ends: Day
    free_days: dict[Key, Ratio]


class CalendarView(Model):
    founders: dict[Key, FounderView]
    weeks: dict[Key, WeekView]
    days_off: dict[Key, list[Day]]


class RightView(Model):
    label: str
    assigned: bool


class FormationView(Model):
    ip: dict[Key, RightView]


class GoToMarketView(Model):
    test_cost: NonNegativeMoney


class Inputs(Model):
    calendar: CalendarView
    formation: FormationView
    go_to_market: GoToMarketView


class Judgement(Model):
    share_tasks: bool = Field(
        False,
        json_schema_extra={"reason": "every task stays with the founder who was named for it, unless time is short"},
    )


class FittedTask(Model):
    """When a task is done by its owner's calendar."""

    owner: str | None = None
    start: Day
    finish: Day
    later: Days


class FounderLoad(Model):
    """A founder's work and the free days until the founder's last task ends."""

    name: str
    tasks: Count
    work_days: Days
    free_days: Ratio
    used: Share


class Output(RoadmapOutput):
    """The launch plan. `launch` is when all work is done by the founders' calendars; `later` what the calendars cost."""

    fitted: dict[Key, FittedTask]
    founders: dict[Key, FounderLoad]
    launch: Annotated[Day, Field(json_schema_extra={"x-metric": "launch_date"})]
    later: Days
    launch_slack: Days | None = None
    launch_late_by: Days | None = None
    moved: list[str] = []
    chain: list[str]
    unsigned: list[str] = []


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Plan the launch by the critical path, then by the time its owners really have.

    First as if everybody were free on every working day; then with the founders' protected days and busy weeks, one task at
    a time each. Raises InvalidInput for a link other than finish to start, Infeasible for a circle of tasks.
    """
    sheet = Worksheet()
    _check(brief, inputs)
    work = work_of(brief.tasks)
    if brief.testing.task:
        cost = inputs.go_to_market.test_cost
        work[brief.testing.task] = replace(work[brief.testing.task], cost=cost, cost_ref="go_to_market#test_cost")
    roadmap = plan_work(sheet, work, brief.schedule, brief.currency)
    fitted = _fit(sheet, brief, inputs, judgement)
    roadmap = replace(roadmap, costs=_spend(sheet, brief, roadmap, fitted))
    names = {key: one.name for key, one in inputs.calendar.founders.items()}
    output = Output(
        **roadmap_fields(roadmap, names),
        fitted={
            key: FittedTask(
                owner=names.get(one.owner, one.owner) or None, start=one.start, finish=one.finish, later=one.later
            )
            for key, one in fitted.tasks.items()
        },
        founders={key: FounderLoad(name=names[key], **load.model_dump()) for key, load in fitted.owners.items()},
        launch=fitted.finish,
        later=fitted.later,
        launch_slack=fitted.slack,
        launch_late_by=fitted.late_by,
        moved=fitted.moved,
        chain=fitted.chain,
        unsigned=[right.label for right in inputs.formation.ip.values() if not right.assigned],
    )
    grounds = {
        **roadmap_grounds(roadmap),
        **{f"months.*.{name}": f"working:spend#months.*.{name}" for name in PlannedMonth.model_fields},
        **{f"fitted.*.{name}": f"working:fitted#tasks.*.{name}" for name in ("start", "finish", "later")},
        **{
            f"founders.*.{name}": f"working:fitted#owners.*.{name}"
            for name in ("tasks", "work_days", "free_days", "used")
        },
        "launch": "working:fitted#finish",
        "later": "working:fitted#later",
        "launch_slack": "working:fitted#slack",
        "launch_late_by": "working:fitted#late_by",
    }
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=grounds,
        narrative=narrative_of(brief, output, roadmap),
        document=document_of(brief, inputs, output, roadmap),
        pictures=pictures_of(brief, output, roadmap),
        warnings=_warnings(brief, inputs, output, roadmap, fitted),
    )


def _check(brief: Brief, inputs: Inputs) -> None:
    known = inputs.calendar.founders
    task = brief.testing.task
    if task and task not in brief.tasks:
        raise InvalidInput(
            f"testing.task {task!r} is not one of the tasks{did_you_mean(task, brief.tasks)}", field="testing.task"
        )
    if task and brief.tasks[task].cost is not None:
        raise InvalidInput(
            f"task {task!r} costs what the channel tests cost, so leave out its own cost", field=f"tasks.{task}.cost"
        )
    for key, each in brief.tasks.items():
        if each.owner and each.owner not in known and "did you mean" in (hint := did_you_mean(each.owner, known)):
            raise InvalidInput(
                f"task {key!r} has the owner {each.owner!r}, who is no founder{hint}", field=f"tasks.{key}.owner"
            )


def _fit(sheet: Worksheet, brief: Brief, inputs: Inputs, judgement: Judgement) -> FittedSchedule:
    calendar, when = inputs.calendar, brief.schedule
    return sheet.run(
        "fitted",
        {
            "tasks.*.duration": "fact:tasks.*.duration",
            "start": "fact:schedule.start",
            "latest": "fact:schedule.deadline",
            "weeks.*.begins": "calendar#weeks.*.begins",
            "weeks.*.ends": "calendar#weeks.*.ends",
            "weeks.*.free_days.*": "calendar#weeks.*.free_days.*",
            "days_off.*.*": "calendar#days_off.*.*",
        },
        fit_to_capacity,
        tasks={
            key: OwnedTask(duration=task.duration, predecessors=task.predecessors, owner=task.owner or "")
            for key, task in brief.tasks.items()
        },
        start=when.start,
        country=when.country,
        weeks={
            key: FreeWeek(begins=week.begins, ends=week.ends, free_days=week.free_days)
            for key, week in calendar.weeks.items()
        },
        days_off=calendar.days_off,
        subdivision=when.subdivision,
        weekend=when.weekend,
        latest=when.deadline,
        share=judgement.share_tasks,
    )


def _spend(sheet: Worksheet, brief: Brief, roadmap: Roadmap, fitted: FittedSchedule) -> SpreadCosts:
    """The tasks' costs by month on the days that the calendars allow, instead of those without limits."""
    costed = {key: each for key, each in roadmap.work.items() if each.cost is not None}
    return sheet.run(
        "spend",
        {
            "tasks.*.start": "working:fitted#tasks.*.start",
            "tasks.*.finish": "working:fitted#tasks.*.finish",
            **{f"tasks.{key}.cost": each.cost_ref for key, each in costed.items()},
        },
        spread_task_costs,
        tasks={
            key: CostedDates(start=fitted.tasks[key].start, finish=fitted.tasks[key].finish, cost=each.cost)
            for key, each in costed.items()
        },
        currency=brief.currency,
        country=brief.schedule.country,
        subdivision=brief.schedule.subdivision,
        weekend=brief.schedule.weekend,
    )


def _warnings(brief: Brief, inputs: Inputs, output: Output, roadmap: Roadmap, fitted: FittedSchedule) -> list[str]:
    found = [text for text in roadmap_warnings(roadmap) if not text.startswith("The plan ends after")]
    if output.launch_late_by:
        found.insert(
            0,
            "By the founders' calendars the launch misses its deadline: free some of their time, give tasks to others, or launch "
            "with less.",
        )
    owners = {task.owner for task in brief.tasks.values() if task.owner}
    if not owners & set(inputs.calendar.founders):
        found.append("No task is owned by a founder, so the founders' calendars change nothing here.")
    bare = [each.label for each in roadmap.work.values() if each.duration and not each.owner]
    if bare:
        found.append(f"Nobody owns {len(bare)} of the tasks; each is taken to have somebody who is free.")
    return [*found, *fitted.warnings]
