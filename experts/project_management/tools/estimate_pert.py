"""PERT: expected duration from three-point estimates, and the chance of a deadline.

Mean (o + 4m + p) / 6 and variance ((p - o) / 6)^2 of each task (Malcolm, Roseboom, Clark &
Fazar, Application of a Technique for Research and Development Program Evaluation, Operations
Research 7, 1959). The path with the longest mean decides; of equal ones, the most uncertain.
Its duration is taken as normal, with the sum of means and variances along it; the duration at a
confidence is kept between the sums of its optimistic and of its pessimistic durations.

Limits: the chance is that of this one path. Other paths can finish later (merge bias), so the
whole project's chance is lower; simulate_schedule_risk counts them all. Tasks are taken as
independent of each other.
"""

from decimal import Decimal
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import NonNegativeVolume, Ratio, Share, Volume, round_to
from experts.project_management.tools._three_point import ThreePoint, check_estimates, topological

METHOD = (
    "PERT (Malcolm, Roseboom, Clark & Fazar, Operations Research 7, 1959): task mean (o + 4m + p) / 6, variance "
    "((p - o) / 6)^2, summed along the path with the longest mean; deadlines by the normal approximation."
)


LEAST = Decimal("0.001")


class Estimate(Model):
    """A task's expected duration, its standard deviation, and its slack on mean durations."""

    mean: Volume
    deviation: Volume
    slack: Volume
    on_path: bool


class PertEstimate(Model):
    """The path that decides on mean durations, in the unit of time of the estimates."""

    tasks: dict[Key, Estimate]
    path: list[str]
    mean: Volume
    variance: Ratio
    deviation: Volume
    probability: Share | None
    duration_at_confidence: Volume
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def estimate_pert(
    tasks: Annotated[dict[Key, ThreePoint], Field(description="by id, in one unit; finish to start")],
    deadline: Annotated[NonNegativeVolume | None, Field(description="to get its probability")] = None,
    confidence: Annotated[Share, Field(description="for the duration to promise")] = Decimal("0.8"),
) -> PertEstimate:
    """Estimate a project's duration from optimistic, most likely and pessimistic ones, and P(deadline).

    Use when durations are uncertain and a quick answer will do. It does not count
    paths that are nearly as long (simulate_schedule_risk does).
    """
    check_estimates(tasks)
    if not LEAST <= confidence <= 1 - LEAST:
        raise InvalidInput(
            f"confidence {confidence} must be from {LEAST} to {1 - LEAST}, for example 0.8", field="confidence"
        )
    order = topological(tasks)
    mean, variance = {}, {}
    for key, task in tasks.items():
        low, likely, high = Fraction(task.optimistic), Fraction(task.most_likely), Fraction(task.pessimistic)
        mean[key], variance[key] = (low + 4 * likely + high) / 6, ((high - low) / 6) ** 2
    best: dict[str, tuple[Fraction, Fraction]] = {}
    via: dict[str, str | None] = {}
    for key in order:
        before = max(tasks[key].predecessors, key=lambda one: (best[one], one), default=None)
        start = best[before] if before else (Fraction(0), Fraction(0))
        best[key], via[key] = (start[0] + mean[key], start[1] + variance[key]), before
    last: str | None = max(order, key=lambda key: (best[key], key))
    total, spread = best[last or ""]
    path: list[str] = []
    while last:
        path.append(last)
        last = via[last]
    path.reverse()
    tail = _tails(order, tasks, mean)
    slack = {key: total - (best[key][0] - mean[key]) - tail[key] for key in order}
    deviation = _root(spread)
    soonest, latest = (float(sum(getattr(tasks[key], end) for key in path)) for end in ("optimistic", "pessimistic"))
    reach = NormalDist().inv_cdf(float(confidence)) * deviation
    promised = min(latest, max(soonest, float(total) + reach))
    near = [key for key in tasks if key not in path and float(slack[key]) < deviation]
    return PertEstimate(
        tasks={
            key: Estimate(
                mean=_decimal(mean[key]),
                deviation=round_to(Decimal(_root(variance[key])), 4),
                slack=_decimal(slack[key]),
                on_path=key in path,
            )
            for key in tasks
        },
        path=path,
        mean=_decimal(total),
        variance=_decimal(spread),
        deviation=round_to(Decimal(deviation), 4),
        probability=None if deadline is None else _chance(Fraction(deadline), total, deviation),
        duration_at_confidence=round_to(Decimal(promised), 2),
        method=METHOD,
        assumptions=[
            f"The path {' → '.join(path)} decides, and its duration is normal."
            if len(path) <= 20
            else f"The path from {path[0]} to {path[-1]} decides, and its duration is normal.",
            "Task durations are independent of each other.",
        ],
        warnings=_warnings(near, deadline, soonest, latest),
    )


def _warnings(near: list[str], deadline: Decimal | None, soonest: float, latest: float) -> list[str]:
    made = []
    if near:
        made.append(
            f"Within one standard deviation of the path lie {', '.join(map(repr, near[:10]))}: the project's chance "
            "is lower than the path's; simulate_schedule_risk counts every path."
        )
    if deadline is not None and not soonest <= float(deadline) <= latest:
        side = "earlier than every optimistic" if float(deadline) < soonest else "later than every pessimistic"
        made.append(
            f"The deadline is {side} duration on the path together; the normal approximation says nothing useful there."
        )
    return made


def _tails(order: list[str], tasks: dict[str, ThreePoint], mean: dict[str, Fraction]) -> dict[str, Fraction]:
    """The longest mean duration from the start of each task to the end."""
    after = dict.fromkeys(order, Fraction(0))
    tail: dict[str, Fraction] = {}
    for key in reversed(order):
        tail[key] = mean[key] + after[key]
        for before in tasks[key].predecessors:
            after[before] = max(after[before], tail[key])
    return tail


def _chance(deadline: Fraction, mean: Fraction, deviation: float) -> Decimal:
    if not deviation:
        return Decimal(int(deadline >= mean))
    return round_to(Decimal(NormalDist().cdf(float(deadline - mean) / deviation)), 4)


def _root(value: Fraction) -> float:
    return sqrt(value)


def _decimal(value: Fraction) -> Decimal:
    return round_to(Decimal(value.numerator) / Decimal(value.denominator), 4)
