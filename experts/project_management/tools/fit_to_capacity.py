"""Dates tasks by the time their owners really have: protected days are not worked, busy weeks go slower.

Serial schedule generation (Kelley 1963; Kolisch 1996): tasks in order of their latest start on the critical path without
limits, each as early as its predecessors and its owner allow. A task of d days ends when its owner has had d free days
since it began; a week's free days are spread evenly over the owner's working days of that week. An owner works on one
task at a time, so a task waits while its owner has another. With `share` a task goes to whichever owner with a calendar
finishes it first (its own where they tie). Owners without a calendar work every working day, on any
number of tasks. Working days are those of the country (`holidays`).

Limits: a heuristic, not proven shortest (level_resources is for equal days); tasks once begun are not set aside.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.calendar import WorkingCalendar, working_calendar
from experts.core.contract import Key, Model
from experts.core.errors import Infeasible, InvalidInput
from experts.core.quantities import Count, Day, Days, Ratio, Share, round_to
from experts.project_management.tools._network import Task
from experts.project_management.tools.compute_critical_path import compute_critical_path

LISTED = False  # level_resources is the one a person calls; this needs week-by-week calendars
LONGEST = 1500
ENOUGH = Decimal("0.000001")


class OwnedTask(Model):
    """Days of work, what comes first (finish to start), and who does it."""

    duration: Days
    predecessors: list[str] = []
    owner: str = ""


class FreeWeek(Model):
    """Free days by owner in a week."""

    begins: Day
    ends: Day
    free_days: dict[Key, Ratio]


class Fitted(Model):
    """When a task is done by the owner's calendar; `later` counts working days after the plan without limits."""

    owner: str
    start: Day
    finish: Day
    plain_finish: Day
    later: Days


class OwnerLoad(Model):
    """Days of work an owner has, and free days until the owner's last task ends."""

    tasks: Count
    work_days: Days
    free_days: Ratio
    used: Share


class FittedSchedule(Model):
    """`later` is what the calendars cost at the end; `slack` counts working days to the latest date, negative if missed.

    `chain` is what decides the end: back from the last task, each time the predecessor or the owner's task before it
    that ends last (the critical chain; Goldratt, Critical Chain, 1997). `moved` are tasks that changed owner.
    """

    tasks: dict[Key, Fitted]
    owners: dict[Key, OwnerLoad]
    start: Day
    finish: Day
    plain_finish: Day
    later: Days
    slack: Days | None = None
    late_by: Days | None = None
    moved: list[str]
    chain: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def fit_to_capacity(
    tasks: Annotated[dict[Key, OwnedTask], Field(min_length=1, max_length=300)],
    start: Day,
    country: str,
    weeks: Annotated[dict[Key, FreeWeek], Field(max_length=60)],
    days_off: Annotated[dict[Key, list[Day]], Field(max_length=20)],
    subdivision: str | None = None,
    weekend: Annotated[list[str] | None, Field(max_length=7)] = None,
    latest: Annotated[date | None, Field(description="finish to keep")] = None,
    share: Annotated[bool, Field(description="Owners with a calendar take over each other's tasks.")] = False,
) -> FittedSchedule:
    """Date tasks by their owners' free time, one task at a time each, and say what that costs at the end.

    Use when the people who do the work also have other things to do. It does not add people.
    """
    for key, each in tasks.items():
        for before in each.predecessors:
            if " " in before.strip():
                raise InvalidInput(
                    f"task {key!r} waits by {before!r}; only finish to start can be fitted to people's time, so name the task "
                    "alone",
                    field=f"tasks.{key}.predecessors",
                )
    path = compute_critical_path(
        {key: Task(duration=each.duration, predecessors=each.predecessors) for key, each in tasks.items()}
    )
    book = working_calendar(country, subdivision, weekend)
    first = book.on_or_after(book.check(start, "start"))
    people = {key: _Owner(key, book, weeks, set(off)) for key, off in days_off.items()}
    order = sorted(tasks, key=lambda key: (path.tasks[key].late_start, path.tasks[key].early_start, key))
    dated: dict[str, tuple[date, date]] = {}
    by: dict[str, str] = {}
    while order:
        key = next(one for one in order if all(before in dated for before in tasks[one].predecessors))
        order.remove(key)
        dated[key], by[key] = _place(key, tasks[key], dated, people, book, first, share)
    plain = book.days_from(first, 1 + max(each.early_finish for each in path.tasks.values()))
    plain_finish = {key: plain[max(0, path.tasks[key].early_finish - 1)] for key in tasks}
    finish, end = max(finish for _, finish in dated.values()), max(plain_finish.values())
    slack = None if latest is None else book.between(finish, book.check(latest, "latest"))
    known = max((week.ends for week in weeks.values()), default=None)
    return FittedSchedule(
        tasks={
            key: Fitted(
                owner=by[key],
                start=dated[key][0],
                finish=dated[key][1],
                plain_finish=plain_finish[key],
                later=book.between(plain_finish[key], dated[key][1]),
            )
            for key in tasks
        },
        owners={
            key: _load(owner, {one: tasks[one] for one in tasks if by[one] == key}, dated, first)
            for key, owner in people.items()
        },
        start=first,
        finish=finish,
        plain_finish=end,
        later=book.between(end, finish),
        slack=slack,
        late_by=-slack if slack is not None and slack < 0 else None,
        chain=_chain(tasks, dated, by, people),
        moved=[key for key in tasks if by[key] != tasks[key].owner],
        method="Serial schedule generation by latest start; a task ends when its owner has had its days of free time, one task "
        "at a time; a week's free days are spread evenly over the owner's working days.",
        assumptions=["Work outside the owners' calendars is done by people who are there every working day."],
        warnings=[f"No calendar is known after {known}; days after it count in full."]
        if known is not None and finish > known
        else [],
    )


class _Owner:
    """Free share of each day, and which days are taken by a task."""

    def __init__(self, key: str, book: WorkingCalendar, weeks: dict[str, FreeWeek], off: set[date]) -> None:
        self.book, self.off = book, off
        self.share: dict[date, Decimal] = {}
        self.taken: set[date] = set()
        for week in weeks.values():
            if key not in week.free_days:
                raise InvalidInput(f"week of {week.begins} has no free days for {key!r}; give it", field="weeks")
            there = [day for day in book.working_days(week.begins, week.ends) if day not in off]
            for day in there:
                self.share[day] = min(Decimal(1), week.free_days[key] / len(there))

    def free(self, day: date) -> Decimal:
        if day in self.off or not self.book.is_working(day):
            return Decimal(0)
        return self.share.get(day, Decimal(1))


def _place(
    key: str,
    task: OwnedTask,
    dated: dict[str, tuple[date, date]],
    people: dict[str, _Owner],
    book: WorkingCalendar,
    first: date,
    share: bool,
) -> tuple[tuple[date, date], str]:
    """First and last day of a task, and who does it; the owner's days are then taken."""
    ends = [dated[before][1] for before in task.predecessors]
    if not task.duration:
        day = max(ends, default=first)
        return (day, day), task.owner
    day = max([first, *(end + timedelta(days=1) for end in ends)])
    if task.owner not in people:
        days = book.days_from(day, task.duration)
        return (days[0], days[-1]), task.owner
    able = [task.owner, *(name for name in people if name != task.owner)] if share else [task.owner]
    spans = {name: span for name in able if (span := _span(people[name], day, task.duration)) is not None}
    if not spans:
        raise Infeasible(
            f"task {key!r} needs {task.duration} days of {task.owner!r}, who does not have them within {LONGEST} days; give it "
            "to somebody else, or free some time",
            field=f"tasks.{key}.owner",
        )
    name = min(spans, key=lambda name: (spans[name][1], able.index(name)))
    begun, end = spans[name]
    people[name].taken |= {begun + timedelta(days=n) for n in range((end - begun).days + 1)}
    return (begun, end), name


def _span(owner: _Owner, day: date, duration: int) -> tuple[date, date] | None:
    """The first span from `day` on in which an owner has `duration` free days, none of them taken."""
    begun: date | None = None
    done = Decimal(0)
    for _ in range(LONGEST):
        if day in owner.taken:
            begun, done = None, Decimal(0)  # not enough room before the owner's next task: after it, then
        elif free := owner.free(day):
            begun = begun or day
            done += free
            if done + ENOUGH >= duration:
                return begun, day
        day += timedelta(days=1)
    return None


def _chain(
    tasks: dict[str, OwnedTask], dated: dict[str, tuple[date, date]], by: dict[str, str], people: dict[str, _Owner]
) -> list[str]:
    found = [max(dated, key=lambda key: (dated[key][1], dated[key][0], key))]
    while True:
        now = found[0]
        before = set(tasks[now].predecessors)
        if by[now] in people:
            before |= {key for key in tasks if by[key] == by[now] and key != now and dated[key][1] < dated[now][0]}
        before = {key for key in before if tasks[key].duration or key in tasks[now].predecessors}
        if not before:
            return found
        found.insert(0, max(before, key=lambda key: (dated[key][1], dated[key][0], key)))


def _load(owner: _Owner, own: dict[str, OwnedTask], dated: dict[str, tuple[date, date]], first: date) -> OwnerLoad:
    until = max((dated[one][1] for one in own), default=first)
    days = [first + timedelta(days=n) for n in range((until - first).days + 1)]
    free = sum((owner.free(day) for day in days), Decimal(0)) if own else Decimal(0)
    work = sum(task.duration for task in own.values())
    return OwnerLoad(
        tasks=len(own),
        work_days=work,
        free_days=round_to(free, 2),
        used=min(Decimal(1), round_to(work / free, 4)) if free else Decimal(0),
    )
