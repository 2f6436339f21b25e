"""Crashing against Hillier & Lieberman's Reliable Construction Co. and against counting every plan."""

import itertools
from decimal import Decimal as D

import pytest

from experts.core.errors import Infeasible, InvalidInput
from experts.project_management.tools.optimize_schedule_crash import CrashTask, optimize_schedule_crash
from tests.experts.project_management.reliable_construction import CRASH


def task(normal: int, crash: int, cost: int, crash_cost: int, *before: str) -> CrashTask:
    return CrashTask(
        duration=normal, crash_duration=crash, cost=D(cost), crash_cost=D(crash_cost), predecessors=list(before)
    )


def test_reliable_construction_reaches_40_weeks_for_140_000() -> None:
    # The book: crash J and F by two weeks each; 4.55 million becomes 4.69 million.
    found = optimize_schedule_crash(CRASH, deadline=40)
    assert (found.normal_duration, found.shortest_duration, found.duration) == (44, 28, 40)
    assert (found.direct_cost, found.extra) == (D(4_690_000), D(140_000))
    assert {key: one.shortened for key, one in found.tasks.items() if one.shortened} == {"f": 2, "j": 2}
    assert found.curve[0].direct_cost == D(4_550_000)
    costs = [point.direct_cost for point in found.curve]
    assert costs == sorted(costs)
    assert [point.duration for point in found.curve] == list(range(44, 27, -1))


def test_the_least_total_cost_agrees_with_counting_every_plan() -> None:
    tasks = {
        "a": task(5, 3, 100, 160),
        "b": task(4, 2, 80, 180, "a"),
        "c": task(6, 3, 90, 150, "a"),
        "d": task(3, 2, 50, 95, "b", "c"),
    }
    best = None
    for less in itertools.product(range(3), range(3), range(4), range(2)):
        a, b, c, d = 5 - less[0], 4 - less[1], 6 - less[2], 3 - less[3]
        total = 320 + 30 * less[0] + 50 * less[1] + 20 * less[2] + 45 * less[3] + 40 * (a + max(b, c) + d)
        best = total if best is None else min(best, total)
    found = optimize_schedule_crash(tasks, overhead_per_day=D(40))
    assert found.total_cost == best
    assert found.total_cost == found.direct_cost + found.overhead


def test_a_deadline_that_is_kept_anyway_costs_nothing() -> None:
    found = optimize_schedule_crash({"a": task(5, 3, 100, 160)}, deadline=9)
    assert (found.duration, found.extra, found.next_day_costs) == (5, 0, D(30))
    assert "within the deadline" in found.warnings[0]


def test_a_deadline_below_the_shortest_duration_is_refused() -> None:
    with pytest.raises(Infeasible, match=r"deadline 27 cannot be kept: .* takes 28 working days"):
        optimize_schedule_crash(CRASH, deadline=27)


def test_bad_tasks_and_nothing_to_gain_are_refused() -> None:
    with pytest.raises(InvalidInput, match="crash duration 6 and duration 5"):
        optimize_schedule_crash({"a": task(5, 6, 100, 160)}, deadline=5)
    with pytest.raises(InvalidInput, match="crash cost 90 against cost 100"):
        optimize_schedule_crash({"a": task(5, 3, 100, 90)}, deadline=5)
    with pytest.raises(InvalidInput, match="nothing is gained"):
        optimize_schedule_crash({"a": task(5, 3, 100, 160)})


def test_a_cent_is_not_overlooked_beside_millions() -> None:
    """Every plan counted: with prices a billion to one apart the cheap days must still be bought in the right order."""
    tasks = {
        "a": task(4, 1, 100, 100 + 3 * 7),
        "b": task(5, 2, 100, 100 + 3 * 3, "a"),
        "c": task(3, 1, 100, 100 + 2 * 1_000_000_000, "a"),
        "d": task(4, 2, 100, 100 + 2 * 50, "b", "c"),
    }
    best: dict[int, int] = {}
    for a, b, c, d in itertools.product(range(4), range(4), range(3), range(3)):
        length = 4 - a + max(5 - b, 3 - c) + 4 - d
        cost = 400 + 7 * a + 3 * b + 1_000_000_000 * c + 50 * d
        best[length] = min(best.get(length, cost), cost)

    for deadline in range(min(best), 14):
        least = min(cost for length, cost in best.items() if length <= deadline)
        assert optimize_schedule_crash(tasks, deadline=deadline).direct_cost == least, deadline
