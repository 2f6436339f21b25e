"""Verdicts on targets."""

from decimal import Decimal as D
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.evaluate_kpis import KpiTarget, KpiVerdict, MeasureForecast, evaluate_kpis


def verdict_of(measure: Any, target: str, **ends: Any) -> KpiVerdict:
    kpi = KpiTarget.model_validate({"measure": measure, "target": target})
    return evaluate_kpis({"kpi": kpi}, {measure: MeasureForecast.model_validate(ends)}).kpis["kpi"]


@pytest.mark.parametrize(
    ("measure", "target", "worst", "expected", "best", "verdict"),
    [
        ("results", "90", "90", "100", "110", "met"),
        ("results", "90", "89", "90", "110", "at risk"),
        ("results", "90", "80", "89", "110", "missed"),
        ("return_on_spend", "3", "3.1", "4", "5", "met"),
        ("cost_per_result", "16", "16", "12", "10", "met"),
        ("cost_per_result", "16", "17", "16", "10", "at risk"),
        ("cost_per_result", "16", "20", "17", "10", "missed"),
        ("payback_months", "4", None, "4", "2", "at risk"),
    ],
)
def test_the_worst_and_the_expected_value_decide(
    measure: str, target: str, worst: str | None, expected: str, best: str, verdict: str
) -> None:
    assert verdict_of(measure, target, worst=worst, expected=expected, best=best).verdict == verdict


def test_low_and_high_are_numbers_whichever_end_is_better() -> None:
    cost = verdict_of("cost_per_result", "16", worst="12", expected="8", best="4")
    assert (cost.low, cost.forecast, cost.high, cost.headroom) == (D(4), D(8), D(12), D("0.5"))
    results = verdict_of("results", "90", worst="4", expected="81", best="120")
    assert (results.low, results.high, results.headroom) == (D(4), D(120), D("-0.1"))


def test_a_payback_that_never_comes_is_missed_and_an_unknown_one_is_not_forecast() -> None:
    assert verdict_of("payback_months", "4", never=True).verdict == "missed"
    assert verdict_of("payback_months", "4").verdict == "not forecast"


def test_a_measure_without_any_forecast_is_not_forecast() -> None:
    kpi = KpiTarget.model_validate({"measure": "results", "target": "5"})
    assert evaluate_kpis({"kpi": kpi}, {}).kpis["kpi"].verdict == "not forecast"


def test_a_target_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidInput, match="target 0 of KPI 'kpi'"):
        verdict_of("results", "0", worst="1", expected="1", best="1")
