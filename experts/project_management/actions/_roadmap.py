"""A dated plan of work with costs, as several flows need it: facts, workings, figures and documents.

An action names its tasks as `Work` (from the brief's rows, and perhaps from what other experts need
done first), calls `plan_work`, and builds its Output on `RoadmapOutput` with `roadmap_fields` and
`roadmap_grounds`. The documents are in `_roadmap_document.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from experts.core.contract import Key, Model, Text
from experts.core.drafting import title_of
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Days, NonNegativeMoney
from experts.core.worksheet import Worksheet
from experts.project_management.tools._network import Task
from experts.project_management.tools.build_gantt_schedule import Bar, GanttSchedule
from experts.project_management.tools.compute_critical_path import CriticalPath, compute_critical_path
from experts.project_management.tools.schedule_on_calendar import CalendarSchedule, DayOff, schedule_on_calendar
from experts.project_management.tools.spread_task_costs import CostedDates, SpreadCosts, spread_task_costs

MOST_TASKS = 2000


class TaskFacts(Model):
    """A task of the brief: whole working days (0 is a milestone), what comes first, who, and what it costs."""

    label: Text | None = None
    duration: Days
    predecessors: list[str] = Field(
        [], json_schema_extra={"reason": "no predecessor is named, so it can start at once"}
    )
    owner: Text | None = None
    phase: Text | None = None
    kind: Literal["work", "review", "approval", "gate"] = Field(
        "work", json_schema_extra={"reason": "a task is work unless the brief calls it a review, an approval or a gate"}
    )
    cost: NonNegativeMoney | None = None


class Schedule(Model):
    """The calendar: holidays are those of the country, and of the subdivision if one is named."""

    start: Day
    deadline: Day | None = None
    country: Text
    subdivision: Text | None = None
    weekend: list[str] | None = None


@dataclass(frozen=True)
class Work:
    """One task to plan. `duration_ref` and `cost_ref` say where the figures come from."""

    label: str
    duration: int
    duration_ref: str
    predecessors: tuple[str, ...] = ()
    owner: str | None = None
    phase: str | None = None
    kind: Literal["work", "review", "approval", "gate"] = "work"
    cost: Any = None
    cost_ref: str = ""


class PlannedTask(Model):
    """A dated task; floats in working days. `critical`: a day lost here is a day lost at the end."""

    label: str
    owner: str | None = None
    phase: str | None = None
    kind: str
    start: Day
    finish: Day
    latest_finish: Day
    duration: Days
    total_float: Days
    critical: bool
    cost: NonNegativeMoney | None = None


class PlannedMonth(Model):
    """What is planned to be spent in a month, and up to its end."""

    begins: Day
    planned: NonNegativeMoney
    cumulative: NonNegativeMoney


class RoadmapOutput(Model):
    """The dated plan. `finish` is the end of the target task, or of all work; `bac` the sum of task costs."""

    tasks: dict[Key, PlannedTask]
    critical_path: list[str]
    task_count: Count
    critical_count: Count
    start: Day
    finish: Day
    working_days: Days
    slack_to_deadline: Days | None = None
    late_by: Days | None = None
    holidays: dict[str, DayOff] = {}
    bac: NonNegativeMoney
    months: dict[str, PlannedMonth] = {}


@dataclass(frozen=True)
class Roadmap:
    """A plan with the answers it was made from; `in_order` has the tasks by date."""

    work: Mapping[str, Work]
    when: Schedule
    currency: str
    path: CriticalPath
    dated: CalendarSchedule
    costs: SpreadCosts
    in_order: Sequence[str]


def work_of(tasks: Mapping[str, TaskFacts], table: str = "tasks") -> dict[str, Work]:
    """The brief's rows as tasks to plan."""
    return {
        key: Work(
            label=title_of(key, task.label),
            duration=task.duration,
            duration_ref=f"fact:{table}.{key}.duration",
            predecessors=tuple(task.predecessors),
            owner=task.owner,
            phase=task.phase,
            kind=task.kind,
            cost=task.cost,
            cost_ref=f"fact:{table}.{key}.cost",
        )
        for key, task in tasks.items()
    }


def plan_work(
    sheet: Worksheet,
    work: Mapping[str, Work],
    when: Schedule,
    currency: str,
    *,
    target: str | None = None,
    overlap_review: bool = False,
) -> Roadmap:
    """Date all work by the critical path method on the working calendar, and spread its cost over months.

    Records the workings `path`, `schedule` and `costs`. Raises InvalidInput naming the fact that is wrong,
    Infeasible for a circle of tasks.
    """
    if not work:
        raise InvalidInput("there are no tasks to plan; give at least one with its duration", field="tasks")
    if len(work) > MOST_TASKS:
        raise InvalidInput(f"there are {len(work)} tasks, at most {MOST_TASKS} are planned at once", field="tasks")
    with _fact_fields():
        path = sheet.run(
            "path",
            {f"tasks.{key}.duration": each.duration_ref for key, each in work.items()},
            compute_critical_path,
            tasks={
                key: Task(
                    duration=each.duration,
                    predecessors=list(each.predecessors),
                    kind="approval" if each.kind == "gate" else each.kind,
                )
                for key, each in work.items()
            },
            target=target,
            overlap_review=overlap_review,
        )
        dated = sheet.run(
            "schedule",
            {
                "tasks.*.*": "working:path#tasks.*.*",
                "start": "fact:schedule.start",
                "latest": "fact:schedule.deadline",
            },
            schedule_on_calendar,
            tasks=path.tasks,
            start=when.start,
            country=when.country,
            subdivision=when.subdivision,
            weekend=when.weekend,
            target=target,
            latest=when.deadline,
        )
        costs = sheet.run(
            "costs",
            {
                "tasks.*.start": "working:schedule#tasks.*.start",
                "tasks.*.finish": "working:schedule#tasks.*.finish",
                **{f"tasks.{key}.cost": each.cost_ref for key, each in work.items() if each.cost is not None},
            },
            spread_task_costs,
            tasks={
                key: CostedDates(start=dated.tasks[key].start, finish=dated.tasks[key].finish, cost=each.cost)
                for key, each in work.items()
                if each.cost is not None
            },
            currency=currency,
            country=when.country,
            subdivision=when.subdivision,
            weekend=when.weekend,
        )
    return Roadmap(
        work=work,
        when=when,
        currency=currency,
        path=path,
        dated=dated,
        costs=costs,
        in_order=sorted(work, key=lambda key: (dated.tasks[key].start, dated.tasks[key].finish, key)),
    )


def roadmap_fields(roadmap: Roadmap, owners: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The fields of RoadmapOutput; `owners` gives the names of owners that tasks name by id."""
    names = owners or {}
    path, dated = roadmap.path, roadmap.dated
    return {
        "tasks": {
            key: PlannedTask(
                label=each.label,
                owner=names.get(each.owner, each.owner) if each.owner else None,
                phase=each.phase,
                kind=each.kind,
                start=dated.tasks[key].start,
                finish=dated.tasks[key].finish,
                latest_finish=dated.tasks[key].late_finish,
                duration=each.duration,
                total_float=path.tasks[key].total_float,
                critical=path.tasks[key].critical,
                cost=each.cost,
            )
            for key, each in roadmap.work.items()
        },
        "critical_path": path.critical_path,
        "task_count": path.task_count,
        "critical_count": path.critical_count,
        "start": dated.start,
        "finish": dated.target_finish,
        "working_days": dated.working_days,
        "slack_to_deadline": dated.slack_to_latest,
        "late_by": dated.late_by,
        "holidays": dated.holidays,
        "bac": roadmap.costs.bac,
        "months": {key: PlannedMonth(**dict(month)) for key, month in roadmap.costs.months.items()},
    }


def roadmap_grounds(roadmap: Roadmap) -> dict[str, str]:
    """The grounds of RoadmapOutput's figures."""
    return {
        **{f"tasks.{key}.duration": each.duration_ref for key, each in roadmap.work.items()},
        **{f"tasks.{key}.cost": each.cost_ref for key, each in roadmap.work.items() if each.cost is not None},
        "tasks.*.start": "working:schedule#tasks.*.start",
        "tasks.*.finish": "working:schedule#tasks.*.finish",
        "tasks.*.latest_finish": "working:schedule#tasks.*.late_finish",
        "tasks.*.total_float": "working:path#tasks.*.total_float",
        "task_count": "working:path#task_count",
        "critical_count": "working:path#critical_count",
        "start": "working:schedule#start",
        "finish": "working:schedule#target_finish",
        "working_days": "working:schedule#working_days",
        "slack_to_deadline": "working:schedule#slack_to_latest",
        "late_by": "working:schedule#late_by",
        "holidays.*.date": "working:schedule#holidays.*.date",
        "bac": "working:costs#bac",
        **{f"months.*.{name}": f"working:costs#months.*.{name}" for name in PlannedMonth.model_fields},
    }


def roadmap_warnings(roadmap: Roadmap) -> list[str]:
    """Warnings of the workings; a missed deadline first."""
    found = []
    if roadmap.dated.late_by:
        found.append("The plan ends after its deadline; shorten critical tasks, start earlier or move the deadline.")
    return [*found, *roadmap.path.warnings, *roadmap.dated.warnings, *roadmap.costs.warnings]


def as_gantt(roadmap: Roadmap) -> GanttSchedule:
    """The plan in the form that the Gantt chart is drawn from, tasks by date."""
    path, dated = roadmap.path, roadmap.dated
    return GanttSchedule(
        bars={
            key: Bar(
                label=roadmap.work[key].label,
                owner=roadmap.work[key].owner or "",
                start=dated.tasks[key].start,
                finish=dated.tasks[key].finish,
                late_finish=dated.tasks[key].late_finish,
                duration=roadmap.work[key].duration,
                total_float=path.tasks[key].total_float,
                free_float=path.tasks[key].free_float,
                critical=path.tasks[key].critical,
                milestone=not roadmap.work[key].duration,
                done=0,
            )
            for key in roadmap.in_order
        },
        critical_path=path.critical_path,
        start=dated.start,
        finish=dated.target_finish,
        working_days=dated.working_days,
        rolled=dated.rolled,
        slack_to_latest=dated.slack_to_latest,
        critical_count=path.critical_count,
        holidays=dated.holidays,
        place=f"{roadmap.when.country}-{roadmap.when.subdivision}"
        if roadmap.when.subdivision
        else roadmap.when.country,
        method=dated.method,
    )


# Where a tool's argument is a fact under another name.
_FACTS = {
    "latest": "schedule.deadline",
    **{name: f"schedule.{name}" for name in ("start", "country", "subdivision", "weekend")},
}


@contextmanager
def _fact_fields() -> Iterator[None]:
    """Let errors of tools name facts instead of arguments."""
    try:
        yield
    except InvalidInput as error:
        error.field = _FACTS.get(error.field, error.field)
        raise
