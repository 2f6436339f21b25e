"""Lifetime value against the examples of Farris et al. and Gupta & Lehmann."""

from decimal import Decimal as D

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.compute_customer_lifetime_value import compute_customer_lifetime_value


def test_the_internet_provider_of_farris_is_met() -> None:
    """Marketing Metrics, ch. 5: 19.95 - 1.50 - 0.50 a month, 0.5% lost, 1% discount: 17.95 * 66.33 = $1,191."""
    made = compute_customer_lifetime_value(D("17.95"), D("0.01"), "USD", D("0.995"))
    assert (made.margin_multiple, made.value) == (D("66.333333"), D("1190.68"))


@pytest.mark.parametrize(
    ("retention", "multiple"), [("0.6", "1.15"), ("0.7", "1.67"), ("0.8", "2.50"), ("0.9", "4.09")]
)
def test_the_margin_multiples_of_gupta_and_lehmann_are_met(retention: str, multiple: str) -> None:
    """Gupta & Lehmann 2003, table of margin multiples, discount rate 12%."""
    made = compute_customer_lifetime_value(D(1), D("0.12"), "USD", D(retention))
    assert round(made.margin_multiple, 2) == D(multiple)


def test_the_timing_moves_the_value() -> None:
    """By hand: 100 a year, r = 0.8, i = 0.1: 80/0.3, 110/0.3, 100/0.3."""
    values = [
        compute_customer_lifetime_value(D(100), D("0.1"), "USD", D("0.8"), timing).value
        for timing in ("after_renewal", "start", "end")  # type: ignore[arg-type]
    ]
    assert values == [D("266.67"), D("366.67"), D("333.33")]


def test_a_horizon_sums_the_payments_one_by_one() -> None:
    made = compute_customer_lifetime_value(D(100), D("0.1"), "USD", D("0.8"), "start", 3)
    assert made.value == round(100 + D(80) / D("1.1") + D(64) / D("1.21"), 2)
    assert compute_customer_lifetime_value(D(100), D(0), "USD", D(1), "start", 12).value == 1200


def test_payback_counts_the_payments() -> None:
    """By hand: 100 + 80 + 64 = 244 covers 240; discounted 100 + 72.73 + 52.89 + 38.47 = 264.09 does."""
    made = compute_customer_lifetime_value(D(100), D("0.1"), "USD", D("0.8"), "start", acquisition_cost=D(240))
    assert (made.payback_periods, made.payback_periods_discounted) == (3, 4)
    assert (made.net_value, made.value_to_cost) == (D("126.67"), D("1.5278"))
    dear = compute_customer_lifetime_value(D(100), D("0.1"), "USD", D("0.8"), "start", acquisition_cost=D(900))
    assert dear.payback_periods is None and "do not cover" in dear.warnings[0]


def test_a_value_without_end_and_periods_out_of_bounds_are_refused() -> None:
    with pytest.raises(InvalidInput, match="retention 1 with discount_rate 0"):
        compute_customer_lifetime_value(D(1), D(0), "USD", D(1))
    with pytest.raises(InvalidInput, match="periods 0"):
        compute_customer_lifetime_value(D(1), D(0), "USD", D("0.5"), periods=0)
    assert compute_customer_lifetime_value(D(1), D(0), "USD", D("0.97")).value_high is None


@pytest.mark.parametrize("counts", [[], [100]])
def test_a_cohort_of_fewer_than_two_counts_is_refused(counts: list[int]) -> None:
    with pytest.raises(InvalidInput, match=f"cohort has {len(counts)} counts"):
        compute_customer_lifetime_value(D(1), D("0.12"), "USD", cohort=counts)
