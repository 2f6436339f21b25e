"""Weighted mean and deviation against the statistics of the weighted sample, by hand."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.build_scenarios import Scenario, build_scenarios

D = Decimal


def scenario(weight: str, npv: int, signpost: str = "seen in the register") -> Scenario:
    return Scenario(weight=D(weight), outcomes={"npv": D(npv)}, signpost=signpost)


def test_expected_value_spread_and_breaking_weight_by_hand() -> None:
    """0.5x100 + 0.3x40 - 0.2x60 = 50; variance 0.5x50^2 + 0.3x10^2 + 0.2x110^2 = 3,700.
    Others mean (62)/0.8 = 77.5; 77.5(1 - w) - 60w = 0 at w = 77.5/137.5 = 0.5636."""
    found = build_scenarios({"up": scenario("0.5", 100), "flat": scenario("0.3", 40), "down": scenario("0.2", -60)})
    (row,) = found.outcomes
    assert (row.expected, row.low, row.high, row.worst_scenario) == (50, -60, 100, "down")
    assert row.standard_deviation == D("60.8276") and row.chance_below == D("0.2")
    assert row.weight_that_breaks == D("0.5636")
    assert found.warnings == ["npv: falls below 0 in scenarios that weigh 20 %."]


def test_a_robust_plan_has_no_breaking_weight_and_a_favourite_is_questioned() -> None:
    found = build_scenarios({"a": scenario("0.8", 5), "b": scenario("0.2", 3, "")})
    assert found.outcomes[0].weight_that_breaks is None
    assert found.without_signpost == ["b"] and any("forecast with decoration" in text for text in found.warnings)


def test_weights_axes_and_outcomes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"add up to 0\.9"):
        build_scenarios({"a": scenario("0.5", 1), "b": scenario("0.4", 2)})
    with pytest.raises(InvalidInput, match="two axes and four"):
        build_scenarios({"a": scenario("0.5", 1), "b": scenario("0.5", 2)}, axes=["price"])
    with pytest.raises(InvalidInput, match=r"outcomes \['cash', 'npv'\]"):
        odd = Scenario(weight=D("0.5"), outcomes={"cash": D(1)})
        build_scenarios({"a": scenario("0.5", 1), "b": odd})
