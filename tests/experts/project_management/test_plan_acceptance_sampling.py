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


LETTERS = "ABCDEFGHJKLMNPQR"
# MIL-STD-105E (1989), Table II-B, rejection numbers of tightened inspection for AQL 0.65 to 10, arrows written v and ^;
# ISO 2859-1:1999, Table 2-B, has the same plans here.
TIGHTENED = {
    "B": "v v v v v 1 v",
    "D": "v v v 1 v v 2",
    "G": "1 v v 2 3 4 6",
    "J": "v 2 3 4 6 9 13",
    "K": "2 3 4 6 9 13 19",
    "L": "3 4 6 9 13 19 ^",
    "Q": "13 19 ^ ^ ^ ^ ^",
}
# GB/T 2828.1-2012 (identical with ISO 2859-1:1999), Table 2-C, reduced inspection at an AQL of 1.0 and 2.5:
# acceptance number by letter, arrows written v and ^.
REDUCED = {
    "1.0": "v v v v 0 ^ v v 1 2 3 5 6 8 10 ^",
    "2.5": "v v 0 ^ v v 1 2 3 5 6 8 10 ^ ^ ^",
}
REDUCED_SIZES = (2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800)
LOT_OF = dict(
    zip(
        LETTERS[:-1], (5, 12, 20, 40, 80, 140, 250, 400, 900, 3000, 9000, 30_000, 90_000, 400_000, 600_000), strict=True
    )
)


@pytest.mark.parametrize("letter", sorted(TIGHTENED))
def test_tightened_plans_are_those_of_the_published_table(letter: str) -> None:
    for aql, cell in zip(("0.65", "1.0", "1.5", "2.5", "4.0", "6.5", "10"), TIGHTENED[letter].split(), strict=True):
        made = plan_acceptance_sampling(LOT_OF[letter], D(aql), inspection="tightened")
        assert made.first_letter == letter
        moved = LETTERS.index(made.letter) - LETTERS.index(letter)
        if cell in "v^":
            assert (moved > 0) == (cell == "v") and moved, aql
        else:
            assert (moved, made.refuse) == (0, int(cell)), aql


@pytest.mark.parametrize("aql", sorted(REDUCED))
def test_reduced_plans_are_those_of_the_published_table(aql: str) -> None:
    for letter, cell in zip(LETTERS, REDUCED[aql].split(), strict=True):
        level: Any = "III" if letter == "R" else "II"
        lot = 600_000 if letter == "R" else LOT_OF[letter]
        made = plan_acceptance_sampling(lot, D(aql), level, inspection="reduced")
        place = LETTERS.index(made.letter)
        assert made.first_letter == letter
        assert made.sample_size == min(lot, REDUCED_SIZES[place])
        if cell in "v^":
            assert (place > LETTERS.index(letter)) == (cell == "v"), letter
        else:
            assert (made.letter, made.accept) == (letter, int(cell))


@pytest.mark.parametrize(
    ("lot", "aql", "level", "letter", "size", "accept"),
    [
        (600_000, "0.025", "II", "S", 3150, 1),  # the one plan of letter S
        (600_000, "0.015", "III", "Q", 1250, 0),  # R has no plan, and none follows
        (600_000, "0.010", "III", "R", 2000, 0),
        (5, "6.5", "II", "B", 3, 0),
    ],
)
def test_the_edges_of_the_tightened_table_hold(
    lot: int, aql: str, level: Any, letter: str, size: int, accept: int
) -> None:
    made = plan_acceptance_sampling(lot, D(aql), level, inspection="tightened")

    assert (made.letter, made.sample_size, made.accept) == (letter, size, accept)


@pytest.mark.parametrize(
    ("inspection", "said"),
    [
        ("normal", "two of five or fewer consecutive lots"),
        ("normal", "switching score reaches 30"),
        ("tightened", "five consecutive lots are accepted"),
        ("tightened", "Discontinue: when five lots"),
        ("reduced", "one lot is refused"),
    ],
)
def test_the_switching_rules_of_the_inspection_are_named(inspection: Any, said: str) -> None:
    """ISO 2859-1:1999, 9.3 and 9.4, as charted by SQC Online, Switching rules (ISO 2859-1)."""
    made = plan_acceptance_sampling(1000, D("1.0"), inspection=inspection)

    assert made.inspection == inspection
    assert said in " ".join(made.switching)


def test_tightened_inspection_accepts_less_at_the_aql_and_reduced_inspects_less() -> None:
    normal, tightened, reduced = (
        plan_acceptance_sampling(1000, D("1.0"), inspection=kind) for kind in ("normal", "tightened", "reduced")
    )

    assert tightened.accepted_at_aql < normal.accepted_at_aql
    assert (normal.sample_size, tightened.sample_size, reduced.sample_size) == (80, 80, 32)
    assert (normal.accept, tightened.accept, reduced.accept) == (2, 1, 1)
