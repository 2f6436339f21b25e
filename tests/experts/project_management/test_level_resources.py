"""Levelling: a published optimum, every plan tried on small cases, and what is refused."""

import itertools
import random
from typing import Any

import pytest

from experts.core.errors import Infeasible, InvalidInput
from experts.project_management.tools.level_resources import Demand, Leveled, level_resources
from tests.experts.project_management import psplib_j301_1


def run(tasks: dict[str, Any], capacities: dict[str, int], exact: bool = True) -> Leveled:
    return level_resources({key: Demand.model_validate(task) for key, task in tasks.items()}, capacities, exact)


def holds(made: Leveled, tasks: dict[str, Any], capacities: dict[str, int]) -> bool:
    for key, task in tasks.items():
        for before in task.get("predecessors", []):
            if made.tasks[before].finish > made.tasks[key].start:
                return False
    for day in range(made.makespan):
        for name, capacity in capacities.items():
            running = [key for key, one in made.tasks.items() if one.start <= day < one.finish]
            if sum(tasks[key].get("demand", {}).get(name, 0) for key in running) > capacity:
                return False
    return True


def test_the_optimum_of_psplib_is_found_and_proven() -> None:
    tasks = psplib_j301_1.tasks()
    made = run(tasks, psplib_j301_1.CAPACITIES)

    assert (made.makespan, made.without_limits) == (psplib_j301_1.OPTIMUM, psplib_j301_1.WITHOUT_LIMITS)
    assert (made.optimal, made.lower_bound, made.bound_by) == (True, 43, "linear relaxation")
    assert holds(made, tasks, psplib_j301_1.CAPACITIES)


def test_without_the_exact_search_nothing_is_claimed() -> None:
    made = run(psplib_j301_1.tasks(), psplib_j301_1.CAPACITIES, exact=False)

    assert (made.optimal, made.lower_bound, made.bound_by) == (False, 38, "critical path")
    assert "not settled" in made.warnings[0]


def best_of_all_orders(tasks: dict[str, Any], capacity: int) -> int:
    """The shortest of all schedules that some order of the tasks makes, each as early as it fits.

    One of them is an optimum (Kolisch 1996: serial schedule generation makes every active schedule).
    """
    shortest = 10**9
    for order in itertools.permutations(tasks):
        start: dict[str, int] = {}
        for key in order:
            if any(before not in start for before in tasks[key]["predecessors"]):
                break
            at = max((start[b] + tasks[b]["duration"] for b in tasks[key]["predecessors"]), default=0)
            need, length = tasks[key]["demand"]["r"], tasks[key]["duration"]
            while any(
                need + sum(tasks[k]["demand"]["r"] for k, s in start.items() if s <= d < s + tasks[k]["duration"])
                > capacity
                for d in range(at, at + length)
            ):
                at += 1
            start[key] = at
        else:
            shortest = min(shortest, max(start[key] + tasks[key]["duration"] for key in tasks))
    return shortest


@pytest.mark.parametrize("seed", range(8))
def test_small_cases_agree_with_trying_every_order(seed: int) -> None:
    dice = random.Random(seed)
    tasks = {
        f"t{i}": {
            "duration": dice.randint(1, 5),
            "predecessors": [f"t{j}" for j in range(i) if dice.random() < 0.25],
            "demand": {"r": dice.randint(1, 3)},
        }
        for i in range(6)
    }
    made = run(tasks, {"r": 4})

    assert made.optimal
    assert made.makespan == best_of_all_orders(tasks, 4)
    assert holds(made, tasks, {"r": 4})


def test_tasks_of_one_person_follow_each_other_and_work_content_proves_it() -> None:
    made = run({key: {"duration": 3, "demand": {"ann": 1}} for key in "abc"}, {"ann": 1})

    assert (made.makespan, made.optimal, made.bound_by) == (9, True, "work content of ann")
    assert made.resources["ann"].peak_before == 3
    assert made.resources["ann"].days_over_before == 3
    assert sorted(one.moved for one in made.tasks.values()) == [0, 3, 6]


def test_milestones_and_tasks_without_demand_are_never_moved() -> None:
    made = run({"a": {"duration": 2}, "m": {"duration": 0, "predecessors": ["a"]}}, {"r": 0})

    assert (made.makespan, made.optimal, made.tasks["m"].start) == (2, True, 2)


def test_three_hundred_tasks_are_levelled_within_their_capacities() -> None:
    dice = random.Random(5)
    tasks = {
        f"t{i}": {
            "duration": dice.randint(1, 9),
            "predecessors": [f"t{dice.randint(max(0, i - 12), i - 1)}"] if i else [],
            "demand": {f"r{dice.randint(0, 3)}": dice.randint(1, 4)},
        }
        for i in range(300)
    }
    capacities = {f"r{n}": 5 for n in range(4)}
    made = run(tasks, capacities)

    assert made.lower_bound <= made.makespan
    assert holds(made, tasks, capacities)


@pytest.mark.parametrize(
    ("tasks", "capacities", "error", "said"),
    [
        ({"a": {"duration": 1, "demand": {"crane": 2}}}, {"crane": 1}, Infeasible, "needs 2 of 'crane' at once"),
        ({"a": {"duration": 1, "demand": {"cran": 1}}}, {"crane": 1}, InvalidInput, "did you mean 'crane'"),
        ({"a": {"duration": -1}}, {"crane": 1}, InvalidInput, "must be from 0"),
        ({}, {"crane": 1}, InvalidInput, "0 tasks"),
        ({"a": {"duration": 1}}, {}, InvalidInput, "0 resources"),
        (
            {"a": {"duration": 1, "predecessors": ["b"]}, "b": {"duration": 1, "predecessors": ["a"]}},
            {"crane": 1},
            Infeasible,
            "a → b",
        ),
    ],
)
def test_what_cannot_be_levelled_is_refused(
    tasks: dict[str, Any], capacities: dict[str, int], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        run(tasks, capacities)


def test_a_gap_that_no_bound_explains_is_closed_by_trying_every_order() -> None:
    # Three tasks of two days that need 2 of 3 each: one after another, although the work content is only 4 days.
    made = run({key: {"duration": 2, "demand": {"r": 2}} for key in "abc"}, {"r": 3})

    assert (made.makespan, made.optimal, made.bound_by) == (6, True, "search of every order")


def test_cases_too_large_to_level_are_refused() -> None:
    with pytest.raises(InvalidInput, match="6,000"):
        run({f"t{i}": {"duration": 100, "demand": {"r": 1}} for i in range(61)}, {"r": 1})
