"""The simulation against exact triangular percentiles and an independent simulation by numpy."""

from decimal import Decimal as D
from typing import Any

import numpy as np
import pytest
from scipy.stats import beta, triang

from experts.core.errors import InvalidInput
from experts.project_management.tools._three_point import ThreePoint
from experts.project_management.tools.simulate_schedule_risk import simulate_schedule_risk
from tests.experts.project_management.reliable_construction import ESTIMATES


def task(low: str, likely: str, high: str, *before: str) -> ThreePoint:
    return ThreePoint(optimistic=D(low), most_likely=D(likely), pessimistic=D(high), predecessors=list(before))


def test_one_task_comes_near_the_exact_percentiles_of_its_triangle() -> None:
    found = simulate_schedule_risk({"a": task("0", "3", "10")}, deadline=D(3), trials=40_000)
    # F(x) = x^2/30 up to 3, 1 - (10 - x)^2/70 beyond: P50 = 10 - sqrt(35), P80 = 10 - sqrt(14), F(3) = 0.3
    assert float(found.p50) == pytest.approx(10 - 35**0.5, abs=0.06)
    assert float(found.p80) == pytest.approx(10 - 14**0.5, abs=0.06)
    assert float(found.deadline_probability or 0) == pytest.approx(0.3, abs=0.01)
    assert found.criticality == {"a": D(1)}
    assert "fewer than half" in found.warnings[0]


def test_reliable_construction_agrees_with_a_simulation_by_numpy() -> None:
    # The network of Hillier & Lieberman; their chapter on simulation warns that PERT's 84% is too high.
    rng = np.random.default_rng(5)
    draw = {
        key: rng.triangular(float(one.optimistic), float(one.most_likely), float(one.pessimistic), 50_000)
        if one.pessimistic > one.optimistic
        else np.full(50_000, float(one.most_likely))
        for key, one in ESTIMATES.items()
    }
    finish: dict[str, np.ndarray] = {}
    for key, one in ESTIMATES.items():
        waits = [finish[before] for before in one.predecessors]
        finish[key] = (np.max(waits, axis=0) if waits else 0) + draw[key]
    ends = np.max(list(finish.values()), axis=0)
    found = simulate_schedule_risk(ESTIMATES, trials=20_000, deadline=D(47))
    assert float(found.p50) == pytest.approx(np.percentile(ends, 50), abs=0.15)
    assert float(found.p80) == pytest.approx(np.percentile(ends, 80), abs=0.2)
    assert float(found.deadline_probability or 0) == pytest.approx((ends <= 47).mean(), abs=0.02)
    assert found.criticality["a"] == 1


def test_equal_parallel_tasks_share_the_criticality_and_the_same_seed_gives_the_same() -> None:
    tasks = {"start": task("1", "2", "3"), "x": task("1", "2", "4", "start"), "y": task("1", "2", "4", "start")}
    found = simulate_schedule_risk(tasks, trials=5000, seed=3)
    assert found == simulate_schedule_risk(tasks, trials=5000, seed=3)
    assert found.criticality["start"] == 1
    assert found.criticality["x"] + found.criticality["y"] == 1
    assert float(found.criticality["x"]) == pytest.approx(0.5, abs=0.03)
    assert found != simulate_schedule_risk(tasks, trials=5000, seed=4)


def test_certain_durations_give_one_end() -> None:
    found = simulate_schedule_risk({"a": task("2", "2", "2"), "b": task("3", "3", "3", "a")}, trials=100)
    assert found.p10 == found.p90 == found.likely_plan == D(5)
    assert found.plan_probability == 1 and not found.warnings


def test_too_many_or_too_few_trials_and_bad_estimates_are_refused() -> None:
    with pytest.raises(InvalidInput, match="trials 99 "):
        simulate_schedule_risk({"a": task("1", "2", "3")}, trials=99)
    with pytest.raises(InvalidInput, match=r"at most 800,000 steps in all \(1,333 trials here\)"):
        many = {f"t{n}": task("1", "2", "3", *(["t0"] if n else [])) for n in range(300)}
        many["t0"] = task("1", "2", "3")
        simulate_schedule_risk(dict(many, extra=task("1", "2", "3")), trials=50_000)
    with pytest.raises(InvalidInput, match="not in rising order"):
        simulate_schedule_risk({"a": task("3", "2", "1")})


@pytest.mark.parametrize("distribution", ["triangular", "beta"])
def test_one_task_has_the_percentiles_of_its_distribution(distribution: Any) -> None:
    task = ThreePoint(optimistic=D(4), most_likely=D(7), pessimistic=D(16))
    made = simulate_schedule_risk({"a": task}, trials=50_000, distribution=distribution)
    law = triang(0.25, 4, 12) if distribution == "triangular" else beta(2, 4, 4, 12)

    for name, end in made.curve.items():
        assert float(end) == pytest.approx(law.ppf(int(name[1:]) / 100), abs=0.09)
    assert float(made.mean) == pytest.approx(law.mean(), abs=0.03)  # 9 and (4 + 28 + 16) / 6 = 8


def test_a_certain_task_is_certain_in_the_beta_too() -> None:
    made = simulate_schedule_risk(
        {"a": ThreePoint(optimistic=D(3), most_likely=D(3), pessimistic=D(3))}, distribution="beta"
    )

    assert made.earliest == made.latest == D(3)


def test_decimals_that_add_up_to_the_deadline_keep_it_and_tie_with_an_equal_path() -> None:
    """0.1 + 0.2 is 0.30000000000000004 in binary; both paths take 0.3 and the deadline of 0.3 is certain."""
    made = simulate_schedule_risk(
        {"a": task("0.1", "0.1", "0.1"), "b": task("0.2", "0.2", "0.2", "a"), "c": task("0.3", "0.3", "0.3")},
        deadline=D("0.3"),
        trials=100,
    )

    assert made.deadline_probability == 1
    assert made.criticality == {"a": D(1), "b": D(1), "c": D(1)}
