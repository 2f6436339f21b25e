"""Sampling plans against ISO 2859-1 (1999), and their operating characteristic against scipy."""

from decimal import Decimal as D
from typing import Any

import pytest
from scipy.stats import binom

from experts.core.errors import InvalidInput
from experts.project_management.tools.plan_acceptance_sampling import chance, plan_acceptance_sampling


@pytest.mark.parametrize(
    ("lot", "aql", "level", "letter", "size", "accept"),
    [  # Tables 1 and 2-A
        (1000, "2.5", "II", "J", 80, 5),
        (1000, "1.0", "II", "J", 80, 2),
        (1000, "10", "II", "J", 80, 14),
        (4000, "1.0", "II", "L", 200, 5),
        (4000, "0.065", "II", "L", 200, 0),
        (500, "4.0", "II", "H", 50, 5),
        (200, "1.5", "III", "H", 50, 2),
        (100, "6.5", "S-4", "D", 8, 1),
        (8, "6.5", "II", "A", 2, 0),
        (500000, "1.0", "II", "P", 800, 14),
    ],
)
def test_plans_are_those_of_the_standard(lot: int, aql: str, level: Any, letter: str, size: int, accept: int) -> None:
    made = plan_acceptance_sampling(lot, D(aql), level)

    assert (made.first_letter, made.sample_size, made.accept, made.refuse) == (letter, size, accept, accept + 1)


@pytest.mark.parametrize(
    ("lot", "aql", "first", "letter", "size", "accept"),
    [
        (50, "0.65", "D", "F", 20, 0),  # down to the plan that accepts on none
        (10, "10", "B", "C", 5, 1),  # down, to the plan that accepts one
        (1000, "0.25", "J", "H", 50, 0),  # up
        (50000, "6.5", "N", "L", 200, 21),  # up to the largest acceptance number
    ],
)
def test_arrows_lead_to_the_next_plan_and_are_named(
    lot: int, aql: str, first: str, letter: str, size: int, accept: int
) -> None:
    made = plan_acceptance_sampling(lot, D(aql))

    assert (made.first_letter, made.letter, made.sample_size, made.accept) == (first, letter, size, accept)
    assert f"leads to letter {letter}" in made.warnings[-1]


def test_the_operating_characteristic_is_binomial_and_as_published_for_letter_j() -> None:
    made = plan_acceptance_sampling(1000, D("2.5"))

    for point in made.curve:
        assert float(point.accepted) == pytest.approx(binom.cdf(5, 80, float(point.nonconforming)), abs=6e-5)
    # ISO 2859-1, Table 10-J: 95.0 percent accepted at 3.32, 10.0 percent at 11.3 (n = 80, Ac = 5)
    assert round(made.quality_95 * 100, 2) == D("3.32")
    assert round(made.quality_10 * 100, 1) == D("11.3")


def test_the_chance_holds_at_both_ends() -> None:
    assert (chance(80, 5, 0.0), chance(80, 5, 1.0)) == (1.0, 0.0)


def test_a_sample_as_large_as_the_lot_is_every_item() -> None:
    made = plan_acceptance_sampling(3, D("4.0"))

    assert (made.every_item, made.sample_size, made.accept) == (True, 3, 0)


@pytest.mark.parametrize(("found", "verdict"), [(5, "accept"), (6, "refuse")])
def test_a_sample_gets_a_verdict(found: int, verdict: str) -> None:
    assert plan_acceptance_sampling(1000, D("2.5"), found=found).verdict == verdict


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"lot_size": 1, "aql": D(1)}, "must be from 2"),
        ({"lot_size": 100, "aql": D("2")}, "nearest is 1.5"),
        ({"lot_size": 100, "aql": D("15")}, "nearest is 10"),
        ({"lot_size": 100, "aql": D("2.5"), "found": 21}, "more than the 20 items"),
    ],
)
def test_what_the_standard_has_no_plan_for_is_refused(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        plan_acceptance_sampling(**arguments)


@pytest.mark.parametrize(
    ("lot", "normal", "tightened", "reduced"),
    [
        (1000, (80, 2), (80, 1), (32, 1)),  # code letter J
        (2000, (125, 3), (125, 2), (50, 2)),  # K
        (5000, (200, 5), (200, 3), (80, 3)),  # L
        (20000, (315, 7), (315, 5), (125, 5)),  # M
    ],
)
def test_tightened_and_reduced_plans_are_those_of_tables_2_b_and_2_c(
    lot: int, normal: tuple[int, int], tightened: tuple[int, int], reduced: tuple[int, int]
) -> None:
    """AQL 1.0 at general level II, as printed in ISO 2859-1:1999, Tables 2-A, 2-B and 2-C (and GB/T 2828.1-2012)."""
    for inspection, expected in (("normal", normal), ("tightened", tightened), ("reduced", reduced)):
        plan = plan_acceptance_sampling(lot, D("1.0"), inspection=inspection)  # type: ignore[arg-type]
        assert (plan.sample_size, plan.accept) == expected
        assert plan.switching


def test_tightened_inspection_says_how_to_go_back_to_normal() -> None:
    tightened = plan_acceptance_sampling(1000, D("1.0"), inspection="tightened")
    assert any("five consecutive lots" in rule for rule in tightened.switching)
