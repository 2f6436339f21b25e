"""Tasks in order by Eisenhower, WSJF or RICE, with dependencies, and a day plan by capacity.

`eisenhower`: important and urgent = do, important = schedule, urgent = delegate, neither = drop.
`wsjf` (SAFe): cost of delay / size, cost of delay = value + time criticality + risk reduction, each on
the relative scale the team uses. `rice` (Intercom): reach x impact x confidence / effort. A task never
comes before one it needs, and counts at least as much as the tasks that need it. The day plan fills `hours`
each weekday from `start`, splitting tasks over days; a task that ends after its due date is named.
Limits: scores order work, they do not measure worth; one person's hours.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day, NonNegativeVolume, Ratio, Share, round_to
from experts.personal_assistant.tools import _graph

Method = Literal["eisenhower", "wsjf", "rice"]
Quadrant = Literal["do", "schedule", "delegate", "drop"]
_RANK: dict[str, int] = {"do": 4, "schedule": 3, "delegate": 2, "drop": 1}


class Task(Model):
    """Fields of the method chosen; hours for the day plan."""

    name: Annotated[str, Field(max_length=120)]
    important: bool | None = None
    urgent: bool | None = None
    value: NonNegativeVolume | None = None
    time_criticality: NonNegativeVolume | None = None
    risk_reduction: NonNegativeVolume | None = None
    size: NonNegativeVolume | None = None
    reach: NonNegativeVolume | None = None
    impact: NonNegativeVolume | None = None
    confidence: Share | None = None
    effort: NonNegativeVolume | None = None
    hours: Annotated[NonNegativeVolume, Field(le=2000)] = Decimal(0)
    due: Day | None = None
    needs: Annotated[list[str], Field(max_length=40)] = []


class Ranked(Model):
    rank: int
    task: str
    name: str
    score: Ratio
    quadrant: Quadrant | None = None
    finishes: Day | None = None
    late_days: int = 0


class DayLoad(Model):
    """hours by task."""

    day: Day
    hours: dict[str, NonNegativeVolume]
    free: NonNegativeVolume


class Priorities(Model):
    """Order that respects dependencies."""

    order: list[Ranked]
    days: list[DayLoad]
    late: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def prioritize_tasks(
    tasks: Annotated[dict[Key, Task], Field(min_length=1, max_length=200)],
    method: Method = "eisenhower",
    start: Day | None = None,
    hours: Annotated[NonNegativeVolume, Field(gt=0, le=24, description="a day")] = Decimal(6),
) -> Priorities:
    """Order tasks by Eisenhower, WSJF or RICE, respecting dependencies, and fit them into days.

    Use when there is more to do than time; start adds the day plan.
    """
    needs = {key: task.needs for key, task in tasks.items()}
    _graph.check(needs, "tasks")
    scored = {key: _score(key, task, method) for key, task in tasks.items()}
    order, moved = _order(tasks, {key: score for key, (score, _) in scored.items()})
    days, finish = _plan(order, tasks, start, hours) if start else ([], {})
    rows = []
    for number, key in enumerate(order, 1):
        due, done = tasks[key].due, finish.get(key)
        rows.append(
            Ranked(
                rank=number,
                task=key,
                name=tasks[key].name,
                score=round_to(scored[key][0], 4),
                quadrant=scored[key][1],
                finishes=done,
                late_days=max(0, (done - due).days) if due and done else 0,
            )
        )
    late = [row.task for row in rows if row.late_days]
    warnings = [
        f"{row.task} ends {row.finishes}, {_days(row.late_days)} after it is due." for row in rows if row.late_days
    ]
    if moved:
        warnings.append(f"Raised to the score of a task that needs them: {', '.join(moved)}.")
    return Priorities(
        order=rows,
        days=days,
        late=late,
        method=_METHODS[method],
        assumptions=["Days are Monday to Friday; holidays are not left out."] if start else [],
        warnings=warnings,
    )


_METHODS = {
    "eisenhower": "Eisenhower matrix: do, schedule, delegate, drop; ties by due date, then as listed.",
    "wsjf": "WSJF = (value + time criticality + risk reduction) / size (SAFe); ties by due date, then as listed.",
    "rice": "RICE = reach x impact x confidence / effort (Intercom); ties by due date, then as listed.",
}
_FIELDS: dict[str, tuple[str, ...]] = {
    "eisenhower": ("important", "urgent"),
    "wsjf": ("value", "time_criticality", "risk_reduction", "size"),
    "rice": ("reach", "impact", "confidence", "effort"),
}


def _score(key: str, task: Task, method: Method) -> tuple[Decimal, Quadrant | None]:
    for name in _FIELDS[method]:
        if getattr(task, name) is None:
            raise InvalidInput(f"{method} needs {name!r} of {key!r}; give it", field=f"tasks.{key}.{name}")
    if method == "eisenhower":
        quadrant: Quadrant = ("do" if task.urgent else "schedule") if task.important else "delegate"
        if not task.important and not task.urgent:
            quadrant = "drop"
        return Decimal(_RANK[quadrant]), quadrant
    divisor = "size" if method == "wsjf" else "effort"
    by = getattr(task, divisor)
    if by == 0:
        raise InvalidInput(f"{divisor} of {key!r} is 0; give a positive number", field=f"tasks.{key}.{divisor}")
    if method == "wsjf":
        total = (task.value or 0) + (task.time_criticality or 0) + (task.risk_reduction or 0)
        return _bounded(key, Decimal(total) / by), None
    product = Decimal(task.reach or 0) * Decimal(task.impact or 0) * Decimal(task.confidence or 0)
    return _bounded(key, product / by), None


def _bounded(key: str, score: Decimal) -> Decimal:
    if score >= 10**12:
        raise InvalidInput(f"the score of {key!r} is out of range; use smaller relative scales", field=f"tasks.{key}")
    return score


def _order(tasks: dict[str, Task], scores: dict[str, Decimal]) -> tuple[list[str], list[str]]:
    place = {key: number for number, key in enumerate(tasks)}

    def rank(key: str) -> tuple[Decimal, date, int]:
        return -inherited[key], tasks[key].due or date.max, place[key]

    # What a task needs is worth at least as much as the task.
    inherited = dict(scores)
    for stage in reversed(_graph.stages({key: task.needs for key, task in tasks.items()})):
        for key in stage:
            for other in tasks[key].needs:
                inherited[other] = max(inherited[other], inherited[key])
    left = set(tasks)
    done: list[str] = []
    moved = [key for key in tasks if inherited[key] > scores[key]]
    while left:
        ready = [key for key in left if not any(other in left for other in tasks[key].needs)]
        following = min(ready, key=rank)
        done.append(following)
        left.remove(following)
    return done, moved


def _plan(
    order: list[str], tasks: dict[str, Task], start: date, hours: Decimal
) -> tuple[list[DayLoad], dict[str, date]]:
    if start.year > 9000:
        raise InvalidInput(f"start {start} is out of range; give a date of this century", field="start")
    day, free = _weekday(start), hours
    today: dict[str, Decimal] = {}
    days: list[DayLoad] = []
    finish: dict[str, date] = {}
    for key in order:
        left = tasks[key].hours
        while left > 0:
            if not free:
                days.append(DayLoad(day=day, hours=today, free=free))
                if len(days) > 400:
                    raise InvalidInput("the tasks fill more than 400 days; plan fewer or raise hours", field="hours")
                day, free, today = _weekday(day + timedelta(days=1)), hours, {}
            part = min(left, free)
            today = {**today, key: part}
            left, free = left - part, free - part
        finish[key] = day
    if today:
        days.append(DayLoad(day=day, hours=today, free=free))
    return days, finish


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day
