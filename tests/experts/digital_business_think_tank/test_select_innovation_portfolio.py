"""Against brute force over all subsets and scipy's milp; Nagji & Tuff's 70/20/10 by hand."""

# mypy: disable-error-code="comparison-overlap"
import itertools
import random
from decimal import Decimal

import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from experts.core.errors import Infeasible, InvalidInput
from experts.digital_business_think_tank.tools import select_innovation_portfolio as module
from experts.digital_business_think_tank.tools.select_innovation_portfolio import Project, select_innovation_portfolio

D = Decimal


def brute_force(projects: dict[str, Project], budget: Decimal) -> tuple[Decimal, Decimal]:
    """The greatest value, and the least cost that reaches it."""
    best = (D(0), D(0))
    for size in range(len(projects) + 1):
        for chosen in itertools.combinations(projects, size):
            cost = sum((projects[k].cost for k in chosen), D(0))
            ok = all(
                set(projects[k].needs) <= set(chosen) and not set(projects[k].excludes) & set(chosen) for k in chosen
            )
            if ok and cost <= budget:
                best = max(best, (sum((projects[k].value for k in chosen), D(0)), -cost))
    return best[0], -best[1]


@pytest.mark.parametrize("seed", range(8))
def test_the_best_set_is_brute_forces(seed: int) -> None:
    draw = random.Random(seed)
    keys = [f"p{at}" for at in range(9)]
    projects = {
        key: Project(
            cost=D(draw.randint(1, 40)),
            value=D(draw.randint(-5, 60)),
            needs=draw.sample([k for k in keys if k != key], draw.choice([0, 0, 1])),
            excludes=draw.sample([k for k in keys if k != key], draw.choice([0, 0, 0, 1])),
        )
        for key in keys
    }
    found = select_innovation_portfolio(projects, D(90), "EUR")
    assert (found.value, found.spent) == brute_force(projects, D(90))
    assert found.left == 90 - found.spent


@pytest.mark.parametrize("seed", range(4))
def test_thirty_projects_are_as_scipys_integer_program_chooses(seed: int) -> None:
    draw = random.Random(100 + seed)
    cost = [draw.randint(10, 90) for _ in range(30)]
    value = [draw.randint(5, 120) for _ in range(30)]
    projects = {f"p{at}": Project(cost=D(c), value=D(v)) for at, (c, v) in enumerate(zip(cost, value, strict=True))}
    found = select_innovation_portfolio(projects, D(500), "EUR")
    solved = milp(
        [-v for v in value], constraints=LinearConstraint([cost], 0, 500), integrality=[1] * 30, bounds=Bounds(0, 1)
    )
    assert int(found.value) == round(-solved.fun)


def test_a_search_that_cannot_end_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_NODES", 8)
    projects = {f"p{at}": Project(cost=D(20 + at % 7), value=D(20 + at % 7)) for at in range(40)}
    found = select_innovation_portfolio(projects, D(503), "EUR")
    assert any("search was stopped" in text for text in found.warnings)
    assert found.spent <= 503


MIX = {
    "core_a": Project(cost=D(40), value=D(50)),
    "core_b": Project(cost=D(30), value=D(33)),
    "near": Project(cost=D(20), value=D(22), horizon="adjacent"),
    "far": Project(cost=D(10), value=D(9), horizon="transformational"),
    "core_c": Project(cost=D(30), value=D(60)),
}


def test_the_mix_is_reported_or_enforced() -> None:
    free = select_innovation_portfolio(MIX, D(100), "EUR")
    assert free.chosen == ["core_a", "core_b", "core_c"] and free.value == 143
    assert [row.share for row in free.mix] == [1, 0, 0]
    held = select_innovation_portfolio(MIX, D(100), "EUR", D("0.05"))
    assert held.chosen == ["core_a", "near", "far", "core_c"] and held.value == 141
    assert [row.share for row in held.mix] == [D("0.7"), D("0.2"), D("0.1")]
    with pytest.raises(Infeasible, match="raise mix_tolerance"):
        select_innovation_portfolio({k: MIX[k] for k in ("core_a", "core_b")}, D(100), "EUR", D("0.05"))


def test_a_project_that_excludes_what_it_needs_is_named() -> None:
    projects = {"a": Project(cost=D(1), value=D(9), needs=["b"], excludes=["b"]), "b": Project(cost=D(1), value=D(1))}
    found = select_innovation_portfolio(projects, D(10), "EUR")
    assert found.chosen == ["b"] and "never be chosen: a" in found.warnings[0]


def test_nothing_fits_a_small_budget_and_unknown_names_are_refused() -> None:
    assert select_innovation_portfolio(MIX, D(5), "EUR").chosen == []
    with pytest.raises(InvalidInput, match="did you mean 'core_a'"):
        select_innovation_portfolio({"x": Project(cost=D(1), value=D(1), needs=["core_aa"]), **MIX}, D(5), "EUR")
