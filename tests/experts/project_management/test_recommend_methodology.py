"""The rubric on the home grounds of Boehm & Turner, Balancing Agility and Discipline (2003)."""

from decimal import Decimal as D
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.project_management.tools.recommend_methodology import Methodology, recommend_methodology

DRIVERS = ("requirements_change", "novelty", "criticality", "regulation", "size", "team_experience")


def recommend(*scores: int, **more: Any) -> Methodology:
    return recommend_methodology(**dict(zip(DRIVERS, scores, strict=True)), **more)


def test_the_home_grounds_get_their_methodology() -> None:
    assert recommend(1, 1, 5, 5, 2, 1).recommended == "waterfall"  # stable, critical, audited
    assert recommend(5, 5, 1, 1, 1, 5).recommended == "agile"  # changing, new, a small experienced team
    assert recommend(3, 3, 3, 3, 5, 3).recommended == "hybrid"  # mixed requirements, many teams


def test_the_score_is_the_weighted_mean_of_the_conditions_of_the_profile() -> None:
    found = recommend(2, 2, 3, 4, 2, 3)
    waterfall = found.candidates["waterfall"]
    assert {name: one.holds for name, one in waterfall.conditions.items()} == {
        "stable_requirements": D("0.75"),
        "regulatory_projects": D("0.75"),
        "high_criticality": D("0.5"),
    }
    assert waterfall.score == D("0.6667")
    weighted = recommend(2, 2, 3, 4, 2, 3, weights={"high_criticality": D(4)})
    assert weighted.candidates["waterfall"].score == D("0.5833")  # (0.75 + 0.75 + 4 x 0.5) / 6


def test_each_flip_does_change_the_recommendation_and_is_the_nearest() -> None:
    scores = dict(zip(DRIVERS, (3, 3, 3, 3, 3, 3), strict=True))
    found = recommend_methodology(**scores)
    assert found.flips
    for name, flip in found.flips.items():
        assert recommend_methodology(**{**scores, name: flip.would_be}).recommended == flip.recommended
        for nearer in range(1, 6):
            if abs(nearer - 3) < abs(flip.would_be - 3):
                assert recommend_methodology(**{**scores, name: nearer}).recommended == found.recommended


def test_a_close_call_is_said_to_be_one() -> None:
    found = recommend(3, 3, 4, 4, 3, 3)
    assert found.margin < D("0.1")
    assert found.warnings[0].startswith("A close call")


def test_scores_off_the_scale_and_unknown_conditions_are_refused() -> None:
    with pytest.raises(InvalidInput, match="novelty 6 is not on the scale"):
        recommend(1, 6, 1, 1, 1, 1)
    with pytest.raises(InvalidInput, match="did you mean 'innovation'"):
        recommend(1, 1, 1, 1, 1, 1, weights={"inovation": D(2)})
    with pytest.raises(InvalidInput, match="every condition of 'hybrid' weighs 0"):
        nil = dict.fromkeys(("mixed_requirements", "large_projects", "both_home_grounds"), D(0))
        recommend(1, 1, 1, 1, 1, 1, weights=nil)


def test_culture_counts_only_if_it_is_given_and_speaks_for_both_sides() -> None:
    drivers = {
        "requirements_change": 3,
        "novelty": 3,
        "criticality": 3,
        "regulation": 3,
        "size": 1,
        "team_experience": 3,
    }
    without = recommend_methodology(**drivers)
    order, freedom = (recommend_methodology(**drivers, culture=score) for score in (1, 5))

    assert "culture_of_order" not in without.candidates["waterfall"].conditions
    # three conditions of a half and one of 1 or 0: (1.5 + 1) / 4 and 1.5 / 4
    assert order.candidates["waterfall"].score == freedom.candidates["agile"].score == D("0.625")
    assert order.candidates["agile"].score == freedom.candidates["waterfall"].score == D("0.375")
    assert order.candidates["hybrid"] == without.candidates["hybrid"]


def test_a_culture_off_the_scale_is_refused() -> None:
    with pytest.raises(InvalidInput, match="culture 6"):
        recommend_methodology(3, 3, 3, 3, 3, 3, culture=6)
