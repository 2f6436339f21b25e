"""Dates for a schedule in working-day numbers: weekends and public holidays are not worked."""

from datetime import date
from typing import Annotated

from pydantic import Field

from experts.core.calendar import WorkingCalendar, working_calendar
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Day, Days
from experts.project_management.tools.compute_critical_path import TaskTiming

LISTED = False  # build_gantt_schedule takes the tasks themselves
METHOD = (
    "Working days are numbered from the first one on or after the start. A task of d days occupies d working days: "
    "it starts on the first of them and finishes on the last. A milestone (no days) falls on the working day on "
    "which what it waits for finishes, or starts if it waits for a start only. Weekends and public holidays, "
    "observed days included, are those of the `holidays` library (vacanza)."
)


class TaskDates(Model):
    """First and last day of a task, as early and as late as the path to the target allows."""

    start: Day
    finish: Day
    late_start: Day
    late_finish: Day


class DayOff(Model):
    """A public holiday on a day that would be worked."""

    date: Day
    name: str


class CalendarSchedule(Model):
    """A schedule with dates.

    `start` is the first working day, `rolled` whether that is later than the start asked for.
    `working_days` counts from `start` to `target_finish`. `slack_to_latest` counts the working
    days from the target's finish to the latest date, negative if it is missed; `late_by` is
    there only then, and positive.
    """

    tasks: dict[Key, TaskDates]
    start: Day
    rolled: bool
    finish: Day
    target_finish: Day
    working_days: Days
    slack_to_latest: Days | None = None
    late_by: Days | None = None
    holidays: dict[str, DayOff] = {}
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def schedule_on_calendar(
    tasks: Annotated[dict[Key, TaskTiming], Field(description="tasks as compute_critical_path returns them")],
    start: Annotated[Day, Field(description="day from which work may start, ISO 8601")],
    country: Annotated[str, Field(description="whose holidays are free: 'US'")],
    subdivision: Annotated[str | None, Field(description="ISO 3166-2 code without the country: 'WA'")] = None,
    weekend: Annotated[list[str] | None, Field(description="days not worked, if not the country's: ['friday']")] = None,
    target: Annotated[
        Key | None, Field(description="task whose finish is compared with `latest`; none: the last")
    ] = None,
    latest: Annotated[Day | None, Field(description="latest acceptable finish of the target")] = None,
) -> CalendarSchedule:
    """Put a critical path schedule on the calendar of a country: dates for every task.

    Use when working-day numbers from compute_critical_path are to become dates, and when the
    question is how far a finish lies from a latest date. A start on a day that is not worked
    moves to the next working day, and the answer says so. It knows no leave of single people
    and no company holidays.

    Raises InvalidInput for an unknown country, subdivision, weekday or target, timings that do
    not fit together, and days in years for which no holidays are known.
    """
    calendar = working_calendar(country, subdivision, weekend)
    calendar.check(start, "start")
    _check(tasks, target)
    first = calendar.on_or_after(start)
    days = calendar.days_from(first, 1 + max(timing.late_finish for timing in tasks.values()))
    dated = {key: _dates(timing, days) for key, timing in tasks.items()}
    finish = max(dates.finish for dates in dated.values())
    aim = dated[target].finish if target else finish
    slack = None
    if latest is not None:
        slack = calendar.between(aim, calendar.check(latest, "latest"))
    counted = calendar.working_days(first, aim)
    return CalendarSchedule(
        tasks=dated,
        start=first,
        rolled=first != start,
        finish=finish,
        target_finish=aim,
        working_days=len(counted),
        slack_to_latest=slack,
        late_by=-slack if slack is not None and slack < 0 else None,
        holidays={
            day.isoformat(): DayOff(date=day, name=name)
            for day, name in calendar.holidays_between(first, finish).items()
        },
        method=METHOD,
        assumptions=["Nobody is on leave, and the company has no holidays of its own."],
        warnings=_warnings(calendar, start, first, finish, latest),
    )


def _check(tasks: dict[Key, TaskTiming], target: str | None) -> None:
    if not tasks:
        raise InvalidInput("there are no tasks to date; give those that compute_critical_path returned", field="tasks")
    if target is not None and target not in tasks:
        raise InvalidInput(f"target {target!r} is not one of the tasks{did_you_mean(target, tasks)}", field="target")
    for key, timing in tasks.items():
        early = timing.early_finish - timing.early_start
        late = timing.late_finish - timing.late_start
        if timing.early_start < 0 or timing.late_start < timing.early_start or {early, late} != {timing.duration}:
            raise InvalidInput(
                f"task {key!r}: its times (early {timing.early_start} to {timing.early_finish}, late "
                f"{timing.late_start} to {timing.late_finish}) do not fit its duration {timing.duration}; take them "
                "from compute_critical_path",
                field=f"tasks.{key}",
            )


def _dates(timing: TaskTiming, days: list[date]) -> TaskDates:
    if timing.duration:
        return TaskDates(
            start=days[timing.early_start],
            finish=days[timing.early_finish - 1],
            late_start=days[timing.late_start],
            late_finish=days[timing.late_finish - 1],
        )
    back = 0 if timing.at_start else 1
    early = days[max(0, timing.early_start - back)]
    late = days[max(0, timing.late_start - back)]
    return TaskDates(start=early, finish=early, late_start=late, late_finish=late)


def _warnings(calendar: WorkingCalendar, start: date, first: date, finish: date, latest: date | None) -> list[str]:
    made = []
    if first != start:
        why = "on a weekend" if calendar.is_weekend(start) else f"a public holiday ({calendar.holiday(start)})"
        made.append(f"The start, {start}, is {why}; work starts on {first}, the next working day.")
    if latest is not None and not calendar.is_working(latest):
        made.append(f"The latest date, {latest}, is not worked; the target must finish on a working day before it.")
    named = calendar.holidays_between(first, finish)
    if guessed := [str(day) for day, name in named.items() if "estimated" in name]:
        made.append(
            f"The dates of these holidays are estimates: {', '.join(guessed)}; check them when they are announced."
        )
    made += [
        f"The calendar lists no public holiday for {calendar.place} in {year}; check that none is observed."
        for year in calendar.years_without_holidays(first, finish)
    ]
    return made
