"""Saaty, EJOR 48 (1990): buying a house (8 criteria, CR 0.169); numpy's eigenvectors; weighted sums by hand."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.score_weighted_options import score_weighted_options
from experts.digital_business_think_tank.views.score_weighted_options import view

D = Decimal
HOUSE = [
    ["1", "5", "3", "7", "6", "6", "1/3", "1/4"],
    ["1/5", "1", "1/3", "5", "3", "3", "1/5", "1/7"],
    ["1/3", "3", "1", "6", "3", "4", "6", "1/5"],
    ["1/7", "1/5", "1/6", "1", "1/3", "1/4", "1/7", "1/8"],
    ["1/6", "1/3", "1/3", "3", "1", "1/2", "1/5", "1/6"],
    ["1/6", "1/3", "1/4", "4", "2", "1", "1/5", "1/6"],
    ["3", "5", "1/6", "7", "5", "5", "1", "1/2"],
    ["4", "7", "5", "8", "6", "6", "2", "1"],
]
CRITERIA = ["size", "transport", "neighbourhood", "age", "yard", "facilities", "condition", "financing"]


def test_saatys_house_has_his_priorities_and_his_inconsistency() -> None:
    found = score_weighted_options(["a", "b"], CRITERIA, [[D(1)] * 8, [D(2)] * 8], pairwise={"criteria": HOUSE})

    published = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert [float(row.weight) for row in found.criteria] == pytest.approx(published, abs=0.0006)
    (check,) = found.consistency
    assert float(check.lambda_max) == pytest.approx(9.669, abs=0.001)
    assert float(check.consistency_ratio) == pytest.approx(0.169, abs=0.001)
    assert not check.acceptable and "above 0.10" in found.warnings[0]


def test_priorities_are_numpys_eigenvector() -> None:
    rows = [["1", "2", "4"], ["1/2", "1", "3"], ["1/4", "1/3", "1"]]
    found = score_weighted_options(["x", "y", "z"], ["only"], weights=[D(1)], pairwise={"only": rows})

    values, vectors = np.linalg.eig(np.array([[float(Fraction(cell)) for cell in row] for row in rows]))
    top = int(np.argmax(values.real))
    expected = vectors[:, top].real / vectors[:, top].real.sum()
    totals = {row.option: float(row.total) for row in found.ranking}
    assert [totals[name] for name in "xyz"] == pytest.approx(list(expected), abs=1e-6)
    ratio = (values[top].real - 3) / 2 / 0.58
    assert float(found.consistency[0].consistency_ratio) == pytest.approx(ratio, abs=1e-4)
    assert found.consistency[0].acceptable


def test_a_weighted_sum_and_where_it_flips() -> None:
    """a: 0.6x8 + 0.4x3 = 6; b: 0.6x5 + 0.4x7 = 5.8. Level where 8w + 3(1-w) = 5w + 7(1-w): w = 4/7."""
    found = score_weighted_options(["a", "b"], ["cost", "speed"], [[D(8), D(3)], [D(5), D(7)]], [D(3), D(2)])

    assert [(row.option, row.total) for row in found.ranking] == [("a", D(6)), ("b", D("5.8"))]
    assert found.lead == D("0.2")
    assert (found.criteria[0].flips_at, found.criteria[0].flips_to) == (D("0.5714"), "b")
    assert found.criteria[1].flips_at == D("0.4286")
    assert found.criteria[0].lead_at_half == D("-1.9") and found.criteria[0].lead_at_double == 3


def test_a_dominant_option_never_flips_and_ties_are_said() -> None:
    found = score_weighted_options(["a", "b"], ["x", "y"], [[D(8), D(8)], [D(5), D(7)]], [D(1), D(1)])
    assert [row.flips_at for row in found.criteria] == [None, None]
    level = score_weighted_options(["a", "b"], ["x"], [[D(1)], [D(1)]], [D(1)])
    assert "level" in level.warnings[0] and level.lead == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"pairwise": {"criteria": [["1", "3"], ["1/2", "1"]]}, "scores": [[D(1), D(1)]] * 2}, "not reciprocal"),
        ({"pairwise": {"criteria": [["1", "12"], ["1/12", "1"]]}, "scores": [[D(1), D(1)]] * 2}, "off Saaty's scale"),
        ({"pairwise": {"criteria": [["1", "x"], ["1/2", "1"]]}, "scores": [[D(1), D(1)]] * 2}, "is not a comparison"),
        ({"pairwise": {"price": [["1"]]}, "scores": []}, "neither 'criteria' nor"),
        ({"weights": [D(0), D(0)], "scores": [[D(1), D(1)]] * 2}, "all weights are zero"),
        ({"weights": [D(1)], "scores": [[D(1), D(1)]] * 2}, "1 weights for 2 criteria"),
        ({"weights": [D(1), D(1)], "scores": [[D(1)]] * 2}, "has 1 scores for 2"),
    ],
)
def test_what_cannot_be_ranked_is_refused(arguments: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        score_weighted_options(["a", "b"], ["cost", "speed"], **arguments)  # type: ignore[arg-type]
    assert said in caught.value.message


def test_a_tie_is_called_a_tie() -> None:
    options, criteria = ["Left", "Right"], ["Cost", "Speed"]
    result = score_weighted_options(options, criteria, scores=[[D(1), D(3)], [D(3), D(1)]], weights=[D(1), D(1)])
    title = view(result, {"options": options, "criteria": criteria}).title
    assert "ties with" in title and "by 0" not in title


def test_many_criteria_are_shown_in_tables_narrow_enough_for_a_page() -> None:
    criteria = [f"Criterion {at}" for at in range(12)]
    scores = [[D(at) for at in range(12)], [D(12 - at) for at in range(12)]]
    result = score_weighted_options(["Left", "Right"], criteria, scores=scores, weights=[D(1)] * 12)
    made = view(result, {"options": ["Left", "Right"], "criteria": criteria})
    tables = [block.body for block in made.blocks if block.kind == "table"]
    assert [len(table["columns"]) for table in tables[:4]] == [3, 6, 6, 3]
    assert sum(str(table["columns"]).count("Criterion ") for table in tables[1:4]) == 12
