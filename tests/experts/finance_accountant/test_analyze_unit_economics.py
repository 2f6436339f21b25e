"""Expected figures: the simple retention model worked by hand, and cumulative sums with exact fractions."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.analyze_unit_economics import MOST_MONTHS, analyze_unit_economics

D = Decimal


def test_tidewater_pays_back_with_the_first_order() -> None:
    """34 * 0.48 = 16.32; 16.32 - 7.55 = 8.77; 16.32 / (1 - 0.78) = 74.18; 74.1818 / 7.55 = 9.825406."""
    found = analyze_unit_economics(D(34), D("0.48"), D("7.55"), "USD", D("0.78"))

    assert (found.contribution_per_order, found.cost_per_order) == (D("16.32"), D("17.68"))
    assert (found.first_order_profit, found.payback_months) == (D("8.77"), 1)
    assert (found.lifetime_contribution, found.lifetime_to_cost) == (D("74.18"), D("9.825406"))
    assert found.warnings == []


def test_a_first_order_at_a_loss_pays_back_with_repeat_orders() -> None:
    """16.32 * (1 + 0.78 + 0.78^2) = 38.98 < 40 <= 16.32 * (1 + 0.78 + 0.78^2 + 0.78^3) = 46.72: the fourth month."""
    found = analyze_unit_economics(D(34), D("0.48"), D(40), "USD", D("0.78"))

    assert (found.payback_months, found.first_order_profit) == (4, D("-23.68"))
    assert "repeat orders" in found.warnings[0]


def test_a_customer_lifetime_value_of_the_literature() -> None:
    """Margin 100 a period and retention 0.8 at no discount give 100 / (1 - 0.8) = 500, first payment at once."""
    found = analyze_unit_economics(D(200), D("0.5"), D(250), "EUR", D("0.8"))

    assert (found.lifetime_contribution, found.lifetime_to_cost) == (500, 2)


def test_a_cost_that_equals_the_whole_lifetime_is_never_paid_back() -> None:
    found = analyze_unit_economics(D(10), D("0.5"), D(10), "USD", D("0.5"))

    assert found.payback_months is None
    assert "never covers" in found.warnings[0]


def test_a_tie_counts_as_paid_back() -> None:
    """8 * (1 + 0.5) = 12 exactly."""
    assert analyze_unit_economics(D(16), D("0.5"), D(12), "USD", D("0.5")).payback_months == 2


def test_without_retention_only_the_first_order_counts() -> None:
    covered = analyze_unit_economics(D(34), D("0.48"), D(16), "USD")
    loss = analyze_unit_economics(D(34), D("0.48"), D(17), "USD")

    assert (covered.payback_months, covered.lifetime_contribution) == (1, None)
    assert (loss.payback_months, loss.lifetime_to_cost) == (None, None)
    assert "repeat orders are not known" in loss.warnings[0]


def test_full_retention_has_a_payback_but_no_finite_lifetime() -> None:
    found = analyze_unit_economics(D(10), D("0.5"), D("10.01"), "USD", D(1))

    assert (found.payback_months, found.lifetime_contribution, found.lifetime_to_cost) == (3, None, None)
    assert "no finite value" in found.warnings[0]


def test_nothing_earned_and_nothing_spent_give_no_ratio_and_no_payback() -> None:
    worthless = analyze_unit_economics(D(0), D("0.5"), D(5), "USD", D("0.5"))
    free = analyze_unit_economics(D(10), D("0.5"), D(0), "USD", D("0.5"))

    assert (worthless.payback_months, worthless.lifetime_contribution) == (None, 0)
    assert (free.payback_months, free.lifetime_to_cost) == (1, None)


@pytest.mark.parametrize("retention", ["1.01", "-0.1", "78"])
def test_a_retention_that_is_no_share_is_refused(retention: str) -> None:
    with pytest.raises(InvalidInput, match="write a fraction from 0 to 1") as caught:
        analyze_unit_economics(D(34), D("0.48"), D(10), "USD", D(retention))

    assert caught.value.field == "economics.monthly_retention"


def test_a_margin_in_percent_and_a_negative_price_are_refused() -> None:
    with pytest.raises(InvalidInput, match="gross_margin '48'"):
        analyze_unit_economics(D(34), D(48), D(10), "USD")
    with pytest.raises(InvalidInput, match="order_value '-34' is negative"):
        analyze_unit_economics(D(-34), D("0.48"), D(10), "USD")


def _month_by_adding(contribution: Fraction, retention: Fraction, cost: Fraction) -> int | None:
    covered, order = Fraction(0), contribution
    for month in range(1, MOST_MONTHS + 1):
        covered += order
        if covered >= cost:
            return month
        order *= retention
    return None


@settings(max_examples=80, deadline=None)
@given(st.decimals("0.01", 500, places=2), st.decimals(0, "0.99", places=2), st.decimals("0.01", 2000, places=2))
def test_the_closed_form_finds_the_month_that_adding_finds(value: Decimal, retention: Decimal, cost: Decimal) -> None:
    found = analyze_unit_economics(value, D("0.5"), cost, "USD", retention)

    expected = _month_by_adding(Fraction(value) / 2, Fraction(retention), Fraction(cost))
    assert found.payback_months == expected
