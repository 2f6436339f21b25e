"""The load on a team: who has more tasks at once than they can take.

Only owners who are in `team` are checked; part-time effort is not known. Refused: a task that finishes
before it starts, and an unknown country or subdivision.
"""

from collections import defaultdict
from datetime import date
from typing import Annotated

from pydantic import Field

from experts.core.calendar import working_calendar
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Days

METHOD = (
    "Resource histogram: for every working day, the number of a person's tasks that run on it, against the number "
    "that the person can take at once. A task counts on each working day from its start to its finish; a milestone "
    "counts on none."
)


class AssignedTask(Model):
    """A dated task and who does it (a key of `team`, or any other name)."""

    owner: str
    start: Day
    finish: Day
    duration: Days


class Member(Model):
    """How many tasks somebody can work on at once."""

    capacity: Count


class Span(Model):
    """Working days in a row on which somebody has too many tasks. `at_once` is the most of them on one day."""

    first: Day
    last: Day
    days: Days
    at_once: Count
    tasks: list[str]


class Load(Model):
    """One person's load. `days` counts the overloaded working days, which `spans` lists in order."""

    capacity: Count
    peak: Count
    days: Days
    spans: dict[str, Span] = {}


class ResourceLoad(Model):
    """The load by person; `overloaded` names those with a span, `unchecked` owners who are not in the team.

    A warning names an owner only where a team id is so near that it was probably meant.
    """

    people: dict[Key, Load]
    overloaded: list[str]
    unchecked: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def check_resource_load(
    tasks: Annotated[dict[Key, AssignedTask], Field(description="dated, by id")],
    team: Annotated[dict[Key, Member], Field(description="by id; capacity: tasks at once")],
    country: Annotated[str, Field(description="whose holidays are free: 'US'")],
    subdivision: Annotated[str | None, Field(description="'WA'")] = None,
    weekend: Annotated[list[str] | None, Field(description="if not the country's: ['friday']")] = None,
) -> ResourceLoad:
    """Find the days on which somebody has more tasks at once than they can take.

    Use when a dated schedule has owners. It does not move tasks (level_resources does).
    """
    calendar = working_calendar(country, subdivision, weekend)
    running: dict[str, dict[date, list[str]]] = {key: defaultdict(list) for key in team}
    for key in sorted(tasks):
        task = tasks[key]
        if task.finish < task.start:
            raise InvalidInput(
                f"task {key!r} finishes on {task.finish}, before it starts on {task.start}; correct one of the dates",
                field=f"tasks.{key}.finish",
            )
        if task.owner in running and task.duration > 0:
            for day in calendar.working_days(task.start, task.finish):
                running[task.owner][day].append(key)
    people = {}
    for person, member in team.items():
        days = sorted(running[person])
        spans = _spans(calendar.working_days(days[0], days[-1]) if days else [], running[person], member.capacity)
        people[person] = Load(
            capacity=member.capacity,
            peak=max((len(keys) for keys in running[person].values()), default=0),
            days=sum(span.days for span in spans.values()),
            spans=spans,
        )
    outside = sorted({task.owner for task in tasks.values()} - set(team))
    return ResourceLoad(
        people=people,
        overloaded=[person for person, load in people.items() if load.spans],
        unchecked=outside,
        method=METHOD,
        assumptions=["A task takes its owner's attention on every working day from start to finish."],
        warnings=[
            f"Owner {owner!r} is not in the team and was not checked{hint}"
            for owner in outside
            if "did you mean" in (hint := did_you_mean(owner, team))
        ],
    )


def _spans(days: list[date], running: dict[date, list[str]], capacity: int) -> dict[str, Span]:
    """Runs of overloaded days within `days`; any other working day ends a run."""
    runs: list[list[date]] = [[]]
    for day in days:
        if len(running.get(day, [])) > capacity:
            runs[-1].append(day)
        elif runs[-1]:
            runs.append([])
    return {
        str(number): Span(
            first=run[0],
            last=run[-1],
            days=len(run),
            at_once=max(len(running[day]) for day in run),
            tasks=sorted(
                {key for day in run for key in running[day]}, key=lambda key: (_first(key, run, running), key)
            ),
        )
        for number, run in enumerate(filter(None, runs), 1)
    }


def _first(key: str, run: list[date], running: dict[date, list[str]]) -> date:
    return next(day for day in run if key in running[day])
