"""Contribution arithmetic by hand; lifetime value = contribution / churn (Gupta & Lehmann 2003)."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.compare_business_models import BusinessModel, compare_business_models

D = Decimal
SUBSCRIPTION = BusinessModel(
    customers=D(1000), price=D(120), unit_cost=D(20), fixed_costs=D(40_000), acquisition_cost=D(100), churn=D("0.25")
)
LICENCE = BusinessModel(customers=D(300), price=D(400), unit_cost=D(100), fixed_costs=D(60_000))


def test_two_models_by_hand() -> None:
    """Year 1: 100,000 - 40,000 - 100,000 = -40,000; then 100,000 - 40,000 - 25,000 = 35,000 a year. Licence: 30,000."""
    found = compare_business_models({"subscription": SUBSCRIPTION, "licence": LICENCE}, "EUR", 3)
    licence, subscription = found.ranking
    assert [row.model for row in found.ranking] == ["licence", "subscription"]
    assert subscription.cash_by_year == [-40_000, -5_000, 30_000]
    assert licence.cash_by_year == [30_000, 60_000, 90_000]
    assert (subscription.break_even_customers, licence.break_even_customers) == (400, 200)
    assert (subscription.lifetime_contribution, subscription.ltv_to_cac) == (400, 4)
    assert licence.lifetime_contribution is None
    assert licence.cash_if_customers_halve == -45_000
    assert found.flips == D("0.7778")  # 90,000f x 3 - 180,000 = 30,000: f = 210/270


def test_a_price_below_cost_never_breaks_even() -> None:
    poor = LICENCE.model_copy(update={"price": D(50)})
    found = compare_business_models({"poor": poor, "licence": LICENCE}, "EUR")
    assert found.ranking[-1].break_even_customers is None
    assert "no number of customers breaks even" in found.warnings[0]


def test_figures_out_of_range_are_refused() -> None:
    with pytest.raises(InvalidInput, match="out of range"):
        compare_business_models({"a": LICENCE, "b": LICENCE.model_copy(update={"price": D(10) ** 14})}, "EUR")
