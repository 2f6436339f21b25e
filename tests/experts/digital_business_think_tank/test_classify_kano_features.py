"""Kano's evaluation table as printed by Berger et al. 1993 (CQM Journal 2(4)), all 25 cells; coefficients by hand."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.classify_kano_features import classify_kano_features

D = Decimal
PUBLISHED = {
    "like": "Q A A A O",
    "must-be": "R I I I M",
    "neutral": "R I I I M",
    "live with": "R I I I M",
    "dislike": "R R R R Q",
}


def test_every_pair_of_answers_is_classified_as_published() -> None:
    for row, letters in enumerate(PUBLISHED.values(), 1):
        for column, letter in enumerate(letters.split(), 1):
            found = classify_kano_features({"f": {f"{row}{column}": 5}}).features[0]
            assert found.counts[letter] == 5, (row, column)


def test_coefficients_strength_and_significance_by_hand() -> None:
    """A 20, O 60, M 15, I 5: better 80/100, worse -75/100, lead 40/100; limit 1.65 sqrt(80 x 120/200) = 11.4."""
    found = classify_kano_features({"f": {"12": 20, "15": 60, "25": 15, "33": 5}}).features[0]
    assert found.category == "one-dimensional"
    assert (found.better, found.worse, found.strength, found.significant) == (D("0.8"), D("-0.75"), D("0.4"), True)


def test_ties_go_to_must_be_and_are_not_significant() -> None:
    found = classify_kano_features({"f": {"12": 15, "25": 15}})
    assert (found.features[0].category, found.features[0].significant) == ("must-be", False)
    assert "not significantly apart: f" in found.warnings[0]


def test_contradictions_and_few_answers_are_said_and_order_is_by_urgency() -> None:
    found = classify_kano_features({"toy": {"12": 30}, "brakes": {"25": 28, "11": 4}, "odd": {"11": 3}})
    assert [row.feature for row in found.features] == ["brakes", "toy", "odd"]
    assert found.features[2].better is None
    assert "Fewer than 20 answers: odd" in found.warnings[0] and "brakes, odd" in found.warnings[1]


def test_what_is_no_answer_is_refused() -> None:
    with pytest.raises(InvalidInput, match="'16' is no pair"):
        classify_kano_features({"f": {"16": 1}})
    with pytest.raises(InvalidInput, match="has no answers"):
        classify_kano_features({"f": {"15": 0}})
