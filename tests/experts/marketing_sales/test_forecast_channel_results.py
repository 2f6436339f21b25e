"""Results at a spend, with their range."""

import math
from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pytest
from scipy import stats

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.fit_response_curves import ChannelEvidence, fit_response_curves
from experts.marketing_sales.tools.forecast_channel_results import (
    ChannelForecast,
    ChannelSpend,
    forecast_channel_results,
)

PAST = [(900, 39), (1200, 44), (1500, 54), (1400, 49), (2000, 63), (2400, 67), (2800, 78)]


def forecast_of(spend: str, evidence: dict[str, Any]) -> ChannelForecast:
    found = fit_response_curves({"ads": ChannelEvidence.model_validate(evidence)}).channels["ads"]
    channel = {"spend": spend, "curve": found.curve, "fit": found.fit, "answers": found.answers}
    return forecast_channel_results({"ads": ChannelSpend.model_validate(channel)})


def test_a_given_curve_has_the_stated_fraction_either_way() -> None:
    made = forecast_of("10000", {"curve": "32*sqrt(spend)"})
    assert made.channels["ads"].model_dump() == {
        "low": "2560",
        "expected": "3200",
        "high": "3840",
    }
    assert any("20 percent" in text for text in made.assumptions)


def test_a_logarithmic_curve_is_worked_with_the_natural_logarithm() -> None:
    made = forecast_of("6000", {"curve": "410*ln(1+spend/6000)"})
    assert made.channels["ads"].expected == Decimal("284.19")  # 410 * ln 2 = 284.1903...


def test_the_range_of_a_fit_is_the_prediction_interval_in_matrix_form() -> None:
    past = {f"r{i}": {"spend": s, "results": r} for i, (s, r) in enumerate(PAST)}
    found = forecast_of("2600", {"past": past}).channels["ads"]
    x = np.column_stack([np.ones(len(PAST)), np.log([s for s, _ in PAST])])
    y = np.log([r for _, r in PAST])
    inverse = np.linalg.inv(x.T @ x)
    beta = inverse @ x.T @ y
    at = np.array([1.0, math.log(2600)])
    variance = float((y - x @ beta) @ (y - x @ beta)) / (len(PAST) - 2)
    half = stats.t.ppf(0.975, len(PAST) - 2) * math.sqrt(variance * (1 + at @ inverse @ at))
    assert float(found.expected) == pytest.approx(math.exp(at @ beta), abs=0.006)
    assert float(found.low) == pytest.approx(math.exp(at @ beta - half), abs=0.01)
    assert float(found.high) == pytest.approx(math.exp(at @ beta + half), abs=0.01)


def test_a_spend_outside_the_past_is_warned_about() -> None:
    past = {f"r{i}": {"spend": s, "results": r} for i, (s, r) in enumerate(PAST)}
    assert forecast_of("2800", {"past": past}).warnings == []
    assert "'ads'" in forecast_of("2801", {"past": past}).warnings[0]


def test_a_fit_that_says_nothing_at_the_spend_is_refused() -> None:
    past = {"r0": {"spend": 1, "results": 5}, "r1": {"spend": 2, "results": 3}, "r2": {"spend": 3, "results": 9}}
    with pytest.raises(InvalidInput, match="1000 times"):
        forecast_of("1000000", {"past": past})


@pytest.mark.parametrize(
    "response",
    [
        lambda s: 3 * s**0.6,
        lambda s: 40 * math.log1p(s / 300),
        lambda s: 900 * s / (s + 2000),
        lambda s: 500 * (1 - math.exp(-s / 700)),
        lambda s: min(0.4 * s, 420 + 0.01 * s),
    ],
)
def test_every_concave_response_through_both_answers_stays_within_the_range(
    response: Callable[[float], float],
) -> None:
    answers = {"spend_now": "1000", "results_now": response(1000), "results_at_double": response(2000)}
    for spend in (1, 50, 400, 900, 1000, 1100, 1500, 1999, 2000, 2500, 8000):
        found = forecast_of(str(spend), answers).channels["ads"]
        assert float(found.low) - 0.006 <= response(spend) <= float(found.high) + 0.006
        assert found.low <= found.expected <= found.high


def test_at_the_answers_themselves_the_range_closes() -> None:
    for spend, results in (("1000", Decimal(100)), ("2000", Decimal(150))):
        found = forecast_of(spend, {"spend_now": 1000, "results_now": 100, "results_at_double": 150}).channels["ads"]
        assert (found.low, found.expected, found.high) == (results, results, results)


@pytest.mark.parametrize(
    ("spend", "low", "high"),
    [("500", 50, 75), ("1500", 125, 150), ("1200", 110, 120), ("4000", 150, 250), ("0", 0, 0)],
)
def test_the_range_of_two_answers_follows_the_chords_and_their_extensions(spend: str, low: int, high: int) -> None:
    found = forecast_of(spend, {"spend_now": 1000, "results_now": 100, "results_at_double": 150}).channels["ads"]
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


def test_totals_add_the_ends() -> None:
    curve = {"form": "power", "a": "10", "b": "0.5"}
    channels = {name: ChannelSpend.model_validate({"spend": "100", "curve": curve}) for name in ("a", "b")}
    total = forecast_channel_results(channels).total
    assert (total.low, total.expected, total.high) == (Decimal(160), Decimal(200), Decimal(240))


def test_the_callers_decimal_context_changes_nothing() -> None:
    usual = forecast_of("1234.56", {"curve": "5*spend^0.6"})
    with localcontext(prec=4):
        assert forecast_of("1234.56", {"curve": "5*spend^0.6"}) == usual


def test_a_curve_that_is_not_concave_is_refused_here_too() -> None:
    channel = ChannelSpend.model_validate({"spend": "1", "curve": {"form": "power", "a": "1", "b": "1.5"}})
    with pytest.raises(InvalidInput, match="exponent 1"):
        forecast_channel_results({"ads": channel})
    channel = ChannelSpend.model_validate({"spend": "1", "curve": {"form": "log", "a": "1"}})
    with pytest.raises(InvalidInput, match="needs a scale"):
        forecast_channel_results({"ads": channel})


def test_more_than_a_trillion_results_are_taken_for_a_wrong_unit() -> None:
    with pytest.raises(InvalidInput, match="check the curve's units"):
        forecast_of("1000000000000", {"curve": "9000000*spend^0.9"})
