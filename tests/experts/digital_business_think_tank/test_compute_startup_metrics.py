"""Worked by hand from the definitions named in the tool: Sacks' burn multiple, Skok's payback, Scale's magic number."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.compute_startup_metrics import compute_startup_metrics

D = Decimal


def test_every_metric_by_hand() -> None:
    found = compute_startup_metrics(
        "USD",
        cash=D(1_800_000),
        monthly_net_burn=D(150_000),
        net_new_arr=D(100_000),
        start_mrr=D(100_000),
        expansion_mrr=D(15_000),
        contraction_mrr=D(3_000),
        churned_mrr=D(5_000),
        sales_marketing=D(240_000),
        new_customers=120,
        revenue_per_customer=D(250),
        gross_margin=D("0.8"),
        revenue_quarter=D(390_000),
        revenue_quarter_before=D(330_000),
        revenue_growth=D("0.9"),
        profit_margin=D("-0.45"),
    )
    assert {m.name: m.value for m in found.metrics} == {
        "runway": 12,
        "burn_multiple": D("1.5"),
        "nrr": D("1.07"),
        "grr": D("0.92"),
        "cac": 2000,
        "cac_payback": 10,
        "magic_number": 1,
        "rule_of_40": D("0.45"),
    }
    assert found.missing == {} and found.runway_months == 12
    assert "45 % reaches the 40 %" in found.warnings[0]


def test_what_is_missing_is_listed_and_division_by_nothing_is_undefined() -> None:
    found = compute_startup_metrics("USD", cash=D(5), monthly_net_burn=D(-10), net_new_arr=D(0))
    assert found.metrics == []
    assert found.missing["cac"] == ["sales_marketing", "new_customers"]
    assert any("burns no cash" in text for text in found.warnings)
    assert any(text.startswith("burn_multiple is undefined") for text in found.warnings)


def test_impossible_retention_and_nothing_at_all_are_refused() -> None:
    with pytest.raises(InvalidInput, match="exceed the start"):
        compute_startup_metrics("USD", start_mrr=D(10), churned_mrr=D(11))
    with pytest.raises(InvalidInput, match="start_mrr is missing"):
        compute_startup_metrics("USD", churned_mrr=D(11))
    with pytest.raises(InvalidInput, match="nothing to compute"):
        compute_startup_metrics("USD")
