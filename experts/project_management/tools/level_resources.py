"""Resource levelling: the shortest schedule that the capacities allow (RCPSP), and how near it is to the best.

The resource-constrained project scheduling problem, finish to start, one mode, renewable resources.
Schedules are made by serial schedule generation (Kelley 1963; Kolisch, European Journal of Operational
Research 90, 1996) under six priority rules and a seeded sample of the latest-start rule, each improved
forward and backward (Li & Willis 1992; Valls, Ballestin & Quintanilla 2005). Lower bounds: the critical
path without limits, and for each resource its work content divided by its capacity. Where a gap remains
and the case is small, a search over the precedence tree (Patterson et al. 1989) with a bounded number of
nodes tries every order, and a time-indexed linear relaxation (Pritsker, Watters & Wolfe, Management
Science 16, 1969; Christofides et al. 1987; solved by HiGHS) refutes lengths that no schedule can have.
`optimal` is true only where the length equals a proven bound.

Limits: capacities are the same on every day, tasks are not interrupted, whole working days.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import Infeasible, InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Days, Share, round_to
from experts.project_management.tools._leveling import Instance, level
from experts.project_management.tools._three_point import topological

METHOD = (
    "Resource-constrained project scheduling: serial schedule generation under six priority rules and seeded sampling, "
    "forward-backward improvement; bounds by critical path, work content, bounded search of the precedence tree and the "
    "time-indexed linear relaxation (Pritsker, Watters & Wolfe 1969; HiGHS)."
)
MOST_TASKS, MOST_RESOURCES, LONGEST, MOST_DAYS = 300, 20, 1000, 6_000


class Demand(Model):
    """A task and how much it needs of each resource on each of its days."""

    duration: Days
    predecessors: list[Key] = []
    demand: dict[Key, Count] = {}


class Placed(Model):
    """Working days elapsed at start and finish; `moved` is how much later than without limits."""

    start: Days
    finish: Days
    moved: Days


class Use(Model):
    """A resource: peak with and without levelling, days above capacity before, share of its capacity used."""

    capacity: Count
    peak_before: Count
    days_over_before: Days
    peak: Count
    used: Share


class Leveled(Model):
    """The schedule; it cannot be shorter than `lower_bound`, and is shortest possible if `optimal`."""

    tasks: dict[Key, Placed]
    resources: dict[Key, Use]
    makespan: Days
    without_limits: Days
    lower_bound: Days
    bound_by: str
    optimal: bool
    rule: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def level_resources(
    tasks: Annotated[dict[Key, Demand], Field(description="by id, working days; demand: resource → units a day")],
    capacities: Annotated[dict[Key, Count], Field(description="resource → units there are")],
    exact: Annotated[bool, Field(description="if small, search for a proof")] = True,
) -> Leveled:
    """Level resources: the shortest schedule within capacities, its lower bound, and whether it is proven optimal.

    Use when people or machines are asked for too much at once. It does not interrupt tasks.
    """
    _check(tasks, capacities)
    order = topological(tasks)
    at = {key: number for number, key in enumerate(order)}
    names = list(capacities)
    before = [sorted({at[one] for one in tasks[key].predecessors}) for key in order]
    after: list[list[int]] = [[] for _ in order]
    for number, befores in enumerate(before):
        for one in befores:
            after[one].append(number)
    made = Instance(
        [tasks[key].duration for key in order],
        before,
        after,
        [[tasks[key].demand.get(name, 0) for name in names] for key in order],
        [capacities[name] for name in names],
    )
    free: list[int] = []
    for number in range(len(order)):
        free.append(max((free[one] + made.duration[one] for one in before[number]), default=0))
    found = level(made, exact)
    bound_by = found.bound_by
    if bound_by.startswith("resource "):
        bound_by = f"work content of {names[int(bound_by.split()[1])]}"
    return Leveled(
        tasks={
            key: Placed(
                start=found.start[at[key]],
                finish=found.start[at[key]] + tasks[key].duration,
                moved=found.start[at[key]] - free[at[key]],
            )
            for key in tasks
        },
        resources={name: _use(made, number, free, found.start, found.makespan) for number, name in enumerate(names)},
        makespan=found.makespan,
        without_limits=max(begin + length for begin, length in zip(free, made.duration, strict=True)),
        lower_bound=found.bound,
        bound_by=bound_by,
        optimal=found.optimal,
        rule=found.rule,
        method=METHOD,
        assumptions=["Capacities are the same on every day, and a task once begun runs to its end."],
        warnings=[]
        if found.optimal
        else [
            f"The best schedule found takes {found.makespan} days; none can take fewer than {found.bound}. Whether one "
            "lies between was not settled."
        ],
    )


def _check(tasks: dict[str, Demand], capacities: dict[str, int]) -> None:
    if not tasks or len(tasks) > MOST_TASKS:
        raise InvalidInput(f"{len(tasks)} tasks; give from 1 to {MOST_TASKS}", field="tasks")
    if not capacities or len(capacities) > MOST_RESOURCES:
        raise InvalidInput(f"{len(capacities)} resources; give from 1 to {MOST_RESOURCES}", field="capacities")
    for key, task in tasks.items():
        if not 0 <= task.duration <= LONGEST:
            raise InvalidInput(
                f"task {key!r}: duration {task.duration} must be from 0 to {LONGEST:,} working days",
                field=f"tasks.{key}.duration",
            )
        for name, units in task.demand.items():
            if name not in capacities:
                raise InvalidInput(
                    f"task {key!r} needs {name!r}, which has no capacity{did_you_mean(name, capacities)}; add it to "
                    "`capacities`",
                    field=f"tasks.{key}.demand.{name}",
                )
            if units > capacities[name] and task.duration:
                raise Infeasible(
                    f"task {key!r} needs {units} of {name!r} at once, and there are {capacities[name]}; raise the "
                    "capacity, or split the task into smaller ones",
                    field=f"tasks.{key}.demand.{name}",
                    seen=units,
                )
    size = sum(task.duration * max(1, len(task.demand)) for task in tasks.values())
    if size > MOST_DAYS:
        raise InvalidInput(
            f"the tasks take {size:,} days of their resources, more than the {MOST_DAYS:,} that can be levelled at once; "
            "level phase by phase, or use weeks as the unit",
            field="tasks",
        )


def _use(one: Instance, number: int, free: list[int], start: list[int], makespan: int) -> Use:
    capacity = one.capacity[number]
    before, now = profile(one, number, free), profile(one, number, start)
    return Use(
        capacity=capacity,
        peak_before=max(before, default=0),
        days_over_before=sum(units > capacity for units in before),
        peak=max(now, default=0),
        used=round_to(Decimal(sum(now)) / max(1, capacity * makespan), 4),
    )


def profile(one: Instance, number: int, start: list[int]) -> list[int]:
    """Units of a resource that are in use, day by day."""
    end = max((begin + length for begin, length in zip(start, one.duration, strict=True)), default=0)
    used = [0] * end
    for begin, length, needs in zip(start, one.duration, one.demand, strict=True):
        for day in range(begin, begin + length):
            used[day] += needs[number]
    return used
