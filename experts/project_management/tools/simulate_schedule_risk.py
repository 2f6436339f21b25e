"""Schedule risk: the distribution of a project's end when its durations are uncertain.

Monte Carlo on the network (Van Slyke, Monte Carlo Methods and the PERT Problem, Operations
Research 11, 1963). Each trial draws every duration from a triangular distribution by inverting
its distribution function, or from the PERT beta with a = 1 + 4 (m - o) / (p - o) and
b = 1 + 4 (p - m) / (p - o), whose mean is (o + 4m + p) / 6 (Vose, Risk Analysis, 2008), schedules forward, and marks the tasks that set the end. P50 and P80
are nearest-rank percentiles of the ends; a task's criticality index is the share of trials in
which it was critical. Numbers come from Python's random.Random (Mersenne Twister) with a stated
seed; the triangular draw uses only sums, products and square roots, so every machine gets the same.

Limits: tasks vary independently, which understates the spread where causes are shared.
"""

import random
from collections.abc import Callable
from decimal import Decimal
from math import sqrt
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, NonNegativeVolume, Share, Volume, round_to
from experts.project_management.tools._three_point import ThreePoint, check_estimates, topological

METHOD = (
    "Monte Carlo on the network (Van Slyke, Operations Research 11, 1963): triangular or PERT-beta durations, "
    "percentiles by nearest rank, criticality index = share of trials in which a task sets the end."
)
FEWEST, MOST_TRIALS, MOST_STEPS, LARGEST_SEED = 100, 50_000, 800_000, 2**31


class ScheduleRisk(Model):
    """The simulated end, in the unit of the estimates. `likely_plan` is the end with every task at its most likely."""

    p10: Volume
    p50: Volume
    p80: Volume
    p90: Volume
    mean: Volume
    earliest: Volume
    latest: Volume
    likely_plan: Volume
    plan_probability: Share
    deadline_probability: Share | None
    criticality: dict[Key, Share]
    curve: dict[str, Volume] = {}
    trials: Count
    seed: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def simulate_schedule_risk(
    tasks: Annotated[dict[Key, ThreePoint], Field(description="by id, in one unit of time; finish to start")],
    deadline: NonNegativeVolume | None = None,
    trials: Annotated[Count, Field(description="100 to 50,000")] = 2000,
    seed: Count = 1,
    distribution: Annotated[Literal["triangular", "beta"], Field(description="beta: PERT")] = "triangular",
) -> ScheduleRisk:
    """Simulate a schedule with uncertain durations: P50, P80, P(deadline), criticality index.

    Use when several paths can decide the end, or a date is to be promised. It does not model
    shared causes of delay.
    """
    check_estimates(tasks)
    steps = sum(1 + len(task.predecessors) for task in tasks.values())
    if not FEWEST <= trials <= MOST_TRIALS or trials * steps > MOST_STEPS:
        raise InvalidInput(
            f"trials {trials:,} for {steps:,} tasks and links; give from {FEWEST} to {MOST_TRIALS:,}, and at most "
            f"{MOST_STEPS:,} steps in all ({min(MOST_TRIALS, MOST_STEPS // max(1, steps)):,} trials here)",
            field="trials",
            seen=trials,
        )
    if seed > LARGEST_SEED:
        raise InvalidInput(f"seed {seed} is above {LARGEST_SEED:,}; use a smaller one", field="seed")
    order = topological(tasks)
    number = {key: index for index, key in enumerate(order)}
    before = [[number[one] for one in tasks[key].predecessors] for key in order]
    dice = random.Random(seed)
    at_random = _drawing(distribution, [tasks[key] for key in order], dice)
    critical = [0] * len(order)
    ends = []
    for _ in range(trials):
        end, on_path = _trial(at_random(), before)
        ends.append(end)
        for index in on_path:
            critical[index] += 1
    ends.sort()
    plan, _ = _trial([float(tasks[key].most_likely) for key in order], before)
    within = sum(end <= plan + _near(plan) for end in ends)
    return ScheduleRisk(
        p10=_percentile(ends, 10),
        p50=_percentile(ends, 50),
        p80=_percentile(ends, 80),
        p90=_percentile(ends, 90),
        mean=_rounded(sum(ends) / trials),
        earliest=_rounded(ends[0]),
        latest=_rounded(ends[-1]),
        likely_plan=_rounded(plan),
        plan_probability=round_to(Decimal(within) / trials, 4),
        deadline_probability=None
        if deadline is None
        else round_to(Decimal(sum(end <= float(deadline) + _near(float(deadline)) for end in ends)) / trials, 4),
        criticality={key: round_to(Decimal(critical[number[key]]) / trials, 4) for key in tasks},
        curve={f"p{percent}": _percentile(ends, percent) for percent in range(5, 100, 5)},
        trials=trials,
        seed=seed,
        method=METHOD,
        assumptions=[
            f"Durations are {'triangular' if distribution == 'triangular' else 'PERT beta'} between optimistic and "
            "pessimistic, and independent of each other.",
            f"{trials:,} trials with random.Random, seed {seed}.",
        ],
        warnings=["The plan of most likely durations is kept in fewer than half of the trials; do not promise it."]
        if 2 * within < trials
        else [],
    )


def _drawing(distribution: str, tasks: list[ThreePoint], dice: random.Random) -> Callable[[], list[float]]:
    """What draws one duration for each task."""
    if distribution == "triangular":
        shape = [_triangle(task) for task in tasks]
        return lambda: [_at(triangle, dice.random()) for triangle in shape]
    beta = [_beta(task) for task in tasks]
    return lambda: [low + wide * dice.betavariate(a, b) if wide else low for low, wide, a, b in beta]


def _beta(task: ThreePoint) -> tuple[float, float, float, float]:
    """Low, width and the two shapes of the PERT beta."""
    low, mode, high = float(task.optimistic), float(task.most_likely), float(task.pessimistic)
    wide = high - low
    return (low, wide, 1 + 4 * (mode - low) / wide, 1 + 4 * (high - mode) / wide) if wide else (low, 0.0, 1.0, 1.0)


def _triangle(task: ThreePoint) -> tuple[float, float, float, float]:
    """Low, mode, high and the probability of ending up below the mode."""
    low, mode, high = float(task.optimistic), float(task.most_likely), float(task.pessimistic)
    return low, mode, high, (mode - low) / (high - low) if high > low else 0.0


def _at(triangle: tuple[float, float, float, float], level: float) -> float:
    low, mode, high, below = triangle
    if level < below:
        return low + sqrt(level * (high - low) * (mode - low))
    return high - sqrt((1.0 - level) * (high - low) * (high - mode))


def _trial(durations: list[float], before: list[list[int]]) -> tuple[float, set[int]]:
    """The end, and the tasks that set it: those that finish last and what they waited for."""
    finish: list[float] = []
    for duration, waits in zip(durations, before, strict=True):
        finish.append(max((finish[one] for one in waits), default=0.0) + duration)
    end = max(finish)
    near = _near(end)
    queue = [index for index, at in enumerate(finish) if at >= end - near]
    found = set(queue)
    while queue:
        waits = before[queue.pop()]
        start = max((finish[one] for one in waits), default=0.0)
        for one in waits:
            if finish[one] >= start - near and one not in found:
                found.add(one)
                queue.append(one)
    return end, found


def _near(value: float) -> float:
    """The difference up to which two sums of durations count as equal: 0.1 + 0.2 is not above 0.3."""
    return 1e-9 * max(1.0, value)


def _percentile(ends: list[float], percent: int) -> Decimal:
    return _rounded(ends[-(-percent * len(ends) // 100) - 1])


def _rounded(value: float) -> Decimal:
    return round_to(Decimal(value), 2)
