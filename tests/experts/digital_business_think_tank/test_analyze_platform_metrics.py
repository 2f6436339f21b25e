"""Shares by hand; Wilson intervals against statsmodels."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest
from statsmodels.stats.proportion import proportion_confint

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.analyze_platform_metrics import analyze_platform_metrics

D = Decimal


def test_shares_intervals_and_take_rate() -> None:
    found = analyze_platform_metrics(
        "EUR", 400, 120, 9000, 2700, D(500_000), D(60_000), 2500, 900, 80, D(300_000), 50, 41, {"trust": "yes"}
    )
    by_name = {row.name: row for row in found.proportions}
    assert by_name["seller_liquidity"].value == D("0.3") and by_name["repeat_rate"].value == D("0.36")
    low, high = proportion_confint(41, 50, method="wilson")
    assert (float(by_name["multi_homing"].low), float(by_name["multi_homing"].high)) == pytest.approx(
        (low, high), abs=1e-6
    )
    assert (found.take_rate, found.value_per_buyer, found.buyers_per_seller) == (D("0.12"), 200, D("31.25"))
    assert found.missing == [] and found.open_items == 11
    assert any("also use a rival" in text for text in found.warnings)
    assert any("Ten sellers carry 60 %" in text for text in found.warnings)


def test_a_plan_without_figures_is_a_checklist() -> None:
    found = analyze_platform_metrics("EUR")
    assert found.proportions == [] and len(found.missing) == 5
    assert all(row.answer == "unknown" for row in found.checklist)


def test_parts_above_the_whole_are_refused() -> None:
    with pytest.raises(InvalidInput, match="part exceeds the whole"):
        analyze_platform_metrics("EUR", listings=5, listings_sold=6)
    with pytest.raises(InvalidInput, match="exceeds gmv"):
        analyze_platform_metrics("EUR", gmv=D(1), platform_revenue=D(2))
    with pytest.raises(InvalidInput, match="checklist item 'trusts' is not known; did you mean 'trust'"):
        analyze_platform_metrics("EUR", checklist={"trusts": "yes"})
