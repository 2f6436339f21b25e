"""Gantt schedule: tasks and links to dated bars, in one step.

The critical path method (compute_critical_path: FS, SS, FF, SF links with lags) gives working-day
numbers, the working calendar (schedule_on_calendar: weekends and public holidays of the `holidays`
library) gives dates. A start on a day that is not worked moves to the next working day, and the
result says so. Float is in working days; `late_finish` is the last day on which a task can finish
without moving the end.

Limits: no leave of single people, no limit on people (level_resources has one), durations certain.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.calendar import working_calendar
from experts.core.contract import Key, Model
from experts.core.quantities import Count, Day, Days, Share
from experts.project_management.tools._network import Task
from experts.project_management.tools.compute_critical_path import compute_critical_path
from experts.project_management.tools.schedule_on_calendar import DayOff, schedule_on_calendar

METHOD = (
    "Critical path method (Kelley & Walker 1959; precedence diagramming for SS, FF, SF and lags), then working days of "
    "the `holidays` calendar; a task of d days occupies d working days."
)


class GanttTask(Model):
    """A task: working days (0 is a milestone), predecessors as "a", "a SS+2", who does it, share done."""

    duration: Days
    predecessors: list[str] = []
    label: Annotated[str, Field(max_length=200)] = ""
    owner: Annotated[str, Field(max_length=100)] = ""
    done: Share = Decimal(0)


class Bar(Model):
    """A dated bar. Float in working days."""

    label: str
    owner: str
    start: Day
    finish: Day
    late_finish: Day
    duration: Days
    total_float: Days
    free_float: Days
    critical: bool
    milestone: bool
    done: Share


class GanttSchedule(Model):
    """The bars in the order given. `slack_to_latest` counts working days, negative if the date is missed."""

    bars: dict[Key, Bar]
    critical_path: list[str]
    start: Day
    finish: Day
    working_days: Days
    rolled: bool
    slack_to_latest: Days | None
    critical_count: Count
    holidays: dict[str, DayOff] = {}
    place: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_gantt_schedule(
    tasks: Annotated[dict[Key, GanttTask], Field(description="by id; predecessors as 'a', 'a SS+2', 'a FF-1'")],
    start: Day,
    country: Annotated[str, Field(description="whose holidays are free: 'US'")],
    subdivision: Annotated[str | None, Field(description="'WA'")] = None,
    weekend: Annotated[list[str] | None, Field(description="if not the country's: ['friday']")] = None,
    latest: Annotated[date | None, Field(description="finish to keep")] = None,
) -> GanttSchedule:
    """Build a dated Gantt schedule: critical path and floats on a working calendar.

    Use when work is to get dates. It knows no limits on people (level_resources does).
    """
    plain = {key: Task(duration=task.duration, predecessors=task.predecessors) for key, task in tasks.items()}
    path = compute_critical_path(plain)
    dated = schedule_on_calendar(path.tasks, start, country, subdivision, weekend, None, latest)
    bars = {}
    for key, task in tasks.items():
        timing, days = path.tasks[key], dated.tasks[key]
        bars[key] = Bar(
            label=" ".join(task.label.split()) or key,
            owner=task.owner,
            start=days.start,
            finish=days.finish,
            late_finish=days.late_finish,
            duration=timing.duration,
            total_float=timing.total_float,
            free_float=timing.free_float,
            critical=timing.critical,
            milestone=not timing.duration,
            done=task.done,
        )
    warnings = list(dated.warnings)
    if dated.late_by:
        warnings.append(
            f"The work finishes on {dated.finish}, {dated.late_by} working days after {latest}; see the playbook "
            "missed_date for the ways out in order."
        )
    return GanttSchedule(
        bars=bars,
        critical_path=path.critical_path,
        start=dated.start,
        finish=dated.finish,
        working_days=dated.working_days,
        rolled=dated.rolled,
        slack_to_latest=dated.slack_to_latest,
        critical_count=path.critical_count,
        holidays=dated.holidays,
        place=working_calendar(country, subdivision, weekend).place,
        method=METHOD,
        assumptions=[*path.assumptions, *dated.assumptions],
        warnings=warnings,
    )
