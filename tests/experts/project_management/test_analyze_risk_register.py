"""Risks against TenStep's published register and against counting every combination."""

import itertools
from decimal import Decimal as D

import pytest

from experts.core.errors import InvalidInput
from experts.project_management.tools.analyze_risk_register import Risk, analyze_risk_register

# TenStep, Use Expected Monetary Value (EMV) to Create a Risk Contingency Budget (tenstep.com).
TENSTEP = {"a": ("0.8", 10), "b": ("0.3", 30), "c": ("0.5", 8), "d": ("0.1", 40), "e": ("0.3", 20), "f": ("0.25", 10)}
RISKS = {key: Risk(probability=D(chance), impact=D(impact * 1000)) for key, (chance, impact) in TENSTEP.items()}


def test_the_published_register_calls_for_33_500() -> None:
    found = analyze_risk_register(RISKS)
    assert {key: int(one.emv) for key, one in found.risks.items()} == {
        "b": 9000, "a": 8000, "e": 6000, "d": 4000, "c": 4000, "f": 2500,
    }  # fmt: skip
    assert list(found.risks) == ["b", "a", "e", "d", "c", "f"]
    assert (found.emv, found.residual_emv, found.worst_case) == (D(33_500), D(33_500), D(118_000))


def test_the_percentile_agrees_with_counting_every_combination() -> None:
    totals = []
    for happens in itertools.product((0, 1), repeat=6):
        likely, cost = 1.0, 0
        for on, (chance, impact) in zip(happens, TENSTEP.values(), strict=True):
            likely *= float(chance) if on else 1 - float(chance)
            cost += on * impact * 1000
        totals.append((cost, likely))
    for level in (0.5, 0.8, 0.9):
        least = min(
            cost for cost, _ in totals if sum(likely for other, likely in totals if other <= cost) >= level - 1e-9
        )
        assert analyze_risk_register(RISKS, D(str(level))).contingency_at_confidence == least
    within = sum(likely for cost, likely in totals if cost <= 33_500)
    assert float(analyze_risk_register(RISKS).covered_by_emv) == pytest.approx(within, abs=1e-4)


def test_responses_count_by_their_cost_and_what_remains() -> None:
    found = analyze_risk_register(
        {
            "good": Risk(probability=D("0.5"), impact=D(1000), response_cost=D(100), residual_probability=D("0.1")),
            "dear": Risk(probability=D("0.1"), impact=D(1000), response_cost=D(300), residual_impact=D(0)),
            "luck": Risk(probability=D("0.2"), impact=D(-500)),
        }
    )
    assert found.risks["good"].response_benefit == D(300)  # 500 - 100 - 100
    assert found.risks["dear"].response_benefit == D(-200)
    assert found.risks["luck"].response_benefit is None
    assert found.residual_emv == D(0)  # 100 + 0 - 100
    assert found.contingency_at_confidence == 0
    assert "'dear' costs more" in found.warnings[0]
    assert "One risk alone can cost 1000, more than the contingency of 0" in found.warnings[1]


def test_many_risks_are_simulated_with_a_stated_seed_near_the_expected_value() -> None:
    many = {f"r{n}": Risk(probability=D("0.5"), impact=D(10)) for n in range(100)}
    found = analyze_risk_register(many, D("0.5"))
    assert not found.exact and "seed 1" in found.assumptions[1]
    assert found.contingency_at_confidence == D(500)
    assert found == analyze_risk_register(many, D("0.5"))


def test_no_risk_a_change_of_sign_and_certainty_are_refused() -> None:
    with pytest.raises(InvalidInput, match="0 risks"):
        analyze_risk_register({})
    with pytest.raises(InvalidInput, match="different signs"):
        analyze_risk_register({"a": Risk(probability=D("0.5"), impact=D(10), residual_impact=D(-1))})
    with pytest.raises(InvalidInput, match="confidence 0 "):
        analyze_risk_register(RISKS, D(0))


def test_the_matrix_uses_the_amounts_given_and_a_value_on_an_edge_stays_below() -> None:
    risks = {
        "top": Risk(probability=D("0.71"), impact=D(401)),
        "edge": Risk(probability=D("0.7"), impact=D(400)),
        "mid": Risk(probability=D("0.31"), impact=D(-101)),
        "low": Risk(probability=D("0.1"), impact=D(50)),
    }
    made = analyze_risk_register(risks, impact_levels=[D(x) for x in (50, 100, 200, 400)])

    levels = {key: (one.probability_level, one.impact_level, one.rating) for key, one in made.risks.items()}
    assert levels == {
        "top": (5, 5, "high"),
        "edge": (4, 4, "high"),
        "mid": (3, 3, "moderate"),
        "low": (1, 1, "low"),
    }


def test_without_amounts_impact_levels_are_fifths_of_the_largest() -> None:
    made = analyze_risk_register({"a": Risk(probability=D("0.5"), impact=D(1000))})

    assert made.impact_levels == [200, 400, 600, 800]
    assert made.reserve_curve["p50"] == 0 and made.reserve_curve["p55"] == 1000  # nothing happens in half of the cases


def test_impact_levels_out_of_order_are_refused() -> None:
    with pytest.raises(InvalidInput, match="four rising amounts"):
        analyze_risk_register({"a": Risk(probability=D("0.5"), impact=D(1))}, impact_levels=[D(3), D(2)])
