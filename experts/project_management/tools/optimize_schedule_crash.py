"""Crashing: the cheapest way to shorten a schedule, and what each day less costs.

Each task can be shortened from its normal to its crash duration at a constant cost a day
(linear time-cost trade-off: Kelley, Critical-Path Planning and Scheduling: Mathematical Basis,
Operations Research 9, 1961; Fulkerson, Management Science 7, 1961). The linear program
minimises direct cost plus overhead a day subject to the precedences and the deadline; with whole
durations its corners are whole (the dual is a network flow). Solved by HiGHS (scipy); the
answer is then checked and priced again in exact arithmetic.

Limits: finish-to-start links only, no limit on people. Of plans that cost the same, one is shown.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import Infeasible, InvalidInput
from experts.core.quantities import Days, Money, NonNegativeMoney, round_to
from experts.project_management.tools._three_point import topological

METHOD = (
    "Linear time-cost trade-off (Kelley 1961, Fulkerson 1961) as a linear program solved by HiGHS, re-priced exactly; "
    "durations in whole working days, money to two places."
)
MOST_TASKS, LONGEST, MOST_POINTS = 300, 10_000, 20
WIDEST = 10**10


class CrashTask(Model):
    """Normal and shortest duration in working days, and the direct cost of each."""

    duration: Days
    cost: NonNegativeMoney
    crash_duration: Days
    crash_cost: NonNegativeMoney
    predecessors: list[Key] = []


class Crashed(Model):
    """A task of the plan; `extra` is what its shortening costs."""

    duration: Days
    shortened: Days
    extra: Money
    cost_per_day: Money | None


class Point(Model):
    """Least direct cost at a project duration."""

    duration: Days
    direct_cost: Money
    total_cost: Money


class CrashPlan(Model):
    """The cheapest plan that keeps the deadline, and the time-cost curve from longest to shortest."""

    tasks: dict[Key, Crashed]
    duration: Days
    normal_duration: Days
    shortest_duration: Days
    direct_cost: Money
    extra: Money
    overhead: Money
    total_cost: Money
    next_day_costs: Money | None
    curve: list[Point]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


class _Plan(NamedTuple):
    shortened: dict[str, int]
    duration: int
    direct: Decimal


def optimize_schedule_crash(
    tasks: Annotated[dict[Key, CrashTask], Field(description="by id, in working days; finish to start")],
    deadline: Annotated[Days | None, Field(description="working days in all; none: least total cost")] = None,
    overhead_per_day: Annotated[NonNegativeMoney, Field(description="indirect cost of a day")] = Decimal(0),
) -> CrashPlan:
    """Find the cheapest tasks to shorten for a deadline, and the time-cost curve.

    Use when a schedule is too long and days can be bought. It does not check whether people are
    free.
    """
    _check(tasks, deadline, overhead_per_day)
    order = topological(tasks)
    normal = _length(order, tasks, {key: task.duration for key, task in tasks.items()})
    shortest = _length(order, tasks, {key: task.crash_duration for key, task in tasks.items()})
    if deadline is not None and deadline < shortest:
        raise Infeasible(
            f"deadline {deadline} cannot be kept: with every task at its crash duration the work takes {shortest} "
            "working days; move the deadline, or take work off the longest path",
            field="deadline",
            seen=deadline,
        )
    best = _solve(order, tasks, normal if deadline is None else min(deadline, normal), overhead_per_day)
    base = sum((task.cost for task in tasks.values()), Decimal(0))
    step = -(-(normal - shortest) // (MOST_POINTS - 1)) or 1
    points = {*range(normal, shortest, -step), shortest, best.duration}
    curve = [best if days == best.duration else _solve(order, tasks, days, Decimal(0)) for days in sorted(points)[::-1]]
    further = None
    if best.duration > shortest:
        further = _solve(order, tasks, best.duration - 1, Decimal(0)).direct - best.direct
    warnings = []
    if deadline is not None and deadline >= normal:
        warnings.append(f"The normal durations already take {normal} working days, within the deadline of {deadline}.")
    return CrashPlan(
        tasks={
            key: Crashed(
                duration=task.duration - best.shortened[key],
                shortened=best.shortened[key],
                extra=_extra(task, best.shortened[key]),
                cost_per_day=round_to(_slope(task), 2) if task.duration > task.crash_duration else None,
            )
            for key, task in tasks.items()
        },
        duration=best.duration,
        normal_duration=normal,
        shortest_duration=shortest,
        direct_cost=best.direct,
        extra=best.direct - base,
        overhead=overhead_per_day * best.duration,
        total_cost=best.direct + overhead_per_day * best.duration,
        next_day_costs=further,
        curve=[
            Point(
                duration=plan.duration,
                direct_cost=plan.direct,
                total_cost=plan.direct + overhead_per_day * plan.duration,
            )
            for plan in curve
        ],
        method=METHOD,
        assumptions=[
            "The cost of shortening a task is the same for each of its days, and tasks can be shortened by single days.",
            "Where several plans cost the same, one of them is shown.",
        ],
        warnings=warnings,
    )


def _check(tasks: Mapping[str, CrashTask], deadline: int | None, overhead: Decimal) -> None:
    if not tasks or len(tasks) > MOST_TASKS:
        raise InvalidInput(f"{len(tasks)} tasks; give from 1 to {MOST_TASKS}", field="tasks")
    if deadline is None and not overhead:
        raise InvalidInput(
            "without a deadline or an overhead per day nothing is gained by shortening; give one of them",
            field="deadline",
        )
    for key, task in tasks.items():
        if not 0 <= task.crash_duration <= task.duration <= LONGEST:
            raise InvalidInput(
                f"task {key!r}: crash duration {task.crash_duration} and duration {task.duration} must satisfy "
                f"0 <= crash duration <= duration <= {LONGEST:,}",
                field=f"tasks.{key}.crash_duration",
            )
        if task.crash_cost < task.cost or (task.crash_duration == task.duration and task.crash_cost != task.cost):
            raise InvalidInput(
                f"task {key!r}: crash cost {task.crash_cost} against cost {task.cost}; shortening must cost something or "
                "nothing, and a task that cannot be shortened has one cost",
                field=f"tasks.{key}.crash_cost",
            )


def _slope(task: CrashTask) -> Decimal:
    return (task.crash_cost - task.cost) / (task.duration - task.crash_duration)


def _extra(task: CrashTask, days: int) -> Decimal:
    if not days:
        return Decimal(0)
    return round_to((task.crash_cost - task.cost) * days / (task.duration - task.crash_duration), 2)


def _length(order: list[str], tasks: Mapping[str, CrashTask], duration: Mapping[str, int]) -> int:
    finish: dict[str, int] = {}
    for key in order:
        finish[key] = max((finish[before] for before in tasks[key].predecessors), default=0) + duration[key]
    return max(finish.values())


def _solve(order: list[str], tasks: Mapping[str, CrashTask], latest: int, overhead: Decimal) -> _Plan:
    """The cheapest plan of at most `latest` days, each day of which costs `overhead`.

    Variables: the finish of each task, the days taken off each task, and the end.
    """
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    count = len(order)
    at = {key: number for number, key in enumerate(order)}
    slopes = [_slope(tasks[key]) if tasks[key].duration > tasks[key].crash_duration else Decimal(0) for key in order]
    # The solver takes prices below about 1e-7 for nothing, so the smallest is made 1, as far as its precision reaches.
    prices = [price for price in (*slopes, overhead) if price] or [Decimal(1)]
    unit = max(min(prices), max(prices) / WIDEST)
    cost = [0.0] * count + [float(slope / unit) for slope in slopes] + [float(overhead / unit)]
    rows: list[tuple[int, int, float]] = []
    limits: list[float] = []

    def at_most(terms: list[tuple[int, float]], limit: int) -> None:
        rows.extend((len(limits), column, value) for column, value in terms)
        limits.append(float(limit))

    for key in order:
        finish, less = at[key], count + at[key]
        at_most([(finish, -1.0), (less, -1.0)], -tasks[key].duration)
        at_most([(finish, 1.0), (2 * count, -1.0)], 0)
        for before in dict.fromkeys(tasks[key].predecessors):
            at_most([(at[before], 1.0), (finish, -1.0), (less, -1.0)], -tasks[key].duration)
    shape = (len(limits), 2 * count + 1)
    row, column, value = zip(*rows, strict=True)
    bounds: list[tuple[float, float | None]] = [(0.0, None)] * count
    bounds += [(0.0, float(tasks[key].duration - tasks[key].crash_duration)) for key in order]
    bounds.append((0.0, float(latest)))
    matrix: Any = coo_array((value, (row, column)), shape=shape).tocsr()
    found = linprog(cost, A_ub=matrix, b_ub=limits, bounds=bounds, method="highs-ds")
    if found.x is None:
        raise Infeasible(f"no plan of {latest} working days was found: {found.message}", field="deadline")
    shortened = {key: round(float(found.x[count + at[key]])) for key in order}
    length = _length(order, tasks, {key: tasks[key].duration - shortened[key] for key in order})
    if length > latest:  # the corners are whole, so this is a fault of the solver and not of the input
        raise Infeasible(
            f"the solver's plan takes {length} working days, not {latest}; change the deadline by a day",
            field="deadline",
        )
    direct = sum((tasks[key].cost + _extra(tasks[key], shortened[key]) for key in order), Decimal(0))
    return _Plan(shortened, length, direct)
