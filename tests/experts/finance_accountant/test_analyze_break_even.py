"""Expected figures: textbook cost-volume-profit examples, worked by hand."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.analyze_break_even import Other, analyze_break_even

D = Decimal


def test_the_textbook_example() -> None:
    """Price 200, cost 120, fixed 2,000 (Horngren's GMAT Success): 25 units, revenue 5,000; 1,200 profit needs 40.

    At 40 units the margin of safety is 15 units or 37.5 percent, and the operating leverage 3,200/1,200 = 2.67.
    """
    found = analyze_break_even(D(2000), D(200), D(120), "USD", target_profit=D(1200), expected_units=D(40))

    assert (found.contribution_per_unit, found.contribution_ratio) == (80, D("0.4"))
    assert (found.units, found.revenue, found.target_units, found.target_revenue) == (25, 5000, 40, 8000)
    assert (found.margin_of_safety_units, found.margin_of_safety) == (15, D("0.375"))
    assert (found.expected_profit, found.operating_leverage) == (1200, D("2.666667"))


def test_part_of_a_unit_is_rounded_up_and_a_whole_one_is_not() -> None:
    assert analyze_break_even(D(86400), D(34), D("17.68"), "USD").units == 5295  # 5,294.1
    assert analyze_break_even(D("0.3"), D("0.2"), D("0.1"), "USD").units == 3
    assert analyze_break_even(D(0), D(2), D(1), "USD").units == 0


def test_a_forecast_below_break_even_has_a_negative_margin_and_a_warning() -> None:
    found = analyze_break_even(D(1000), D(10), D(5), "USD", expected_units=D(100))

    assert (found.margin_of_safety, found.expected_profit, found.operating_leverage) == (-1, -500, None)
    assert found.warnings == ["The expected units do not cover the fixed costs."]


def test_no_expected_units_give_no_margin() -> None:
    found = analyze_break_even(D(1000), D(10), D(5), "USD", expected_units=D(0))

    assert (found.margin_of_safety, found.margin_of_safety_units) == (None, -200)


@pytest.mark.parametrize("cost", ["10", "10.01"])
def test_a_price_that_does_not_exceed_the_cost_is_refused(cost: str) -> None:
    with pytest.raises(InvalidInput, match=f"sold at 10 costs {cost}") as caught:
        analyze_break_even(D(1000), D(10), D(cost), "USD")

    assert caught.value.field == "unit_price"


def test_absurd_units_negative_costs_and_a_wrong_currency_are_refused() -> None:
    with pytest.raises(InvalidInput, match="more than 1,000,000,000,000 units"):
        analyze_break_even(D(10**15), D("0.0000000002"), D("0.0000000001"), "USD")
    with pytest.raises(InvalidInput, match="fixed_costs '-1' is negative"):
        analyze_break_even(D(-1), D(10), D(5), "USD")
    with pytest.raises(InvalidInput, match="not an ISO 4217 code"):
        analyze_break_even(D(1), D(10), D(5), "dollars")


@given(st.decimals(0, 10**6, places=2), st.decimals("0.01", 1000, places=2), st.decimals("0.01", 1000, places=2))
def test_one_unit_fewer_never_covers_the_costs(fixed: Decimal, cost: Decimal, contribution: Decimal) -> None:
    units = analyze_break_even(fixed, cost + contribution, cost, "USD").units

    assert units * contribution >= fixed
    assert units == 0 or (units - 1) * contribution < fixed


def test_a_mix_of_products_breaks_even_in_bundles() -> None:
    """Horngren, Datar & Rajan, chapter 3: Do-All (200, 120) and Superword (100, 70) sold 3 to 2; fixed cost 4,500.

    A bundle brings 300, so 15 bundles: 45 Do-All and 30 Superword.
    """
    other = Other(price=D(200), cost=D(120), units_each=D("1.5"))
    found = analyze_break_even(D(4500), D(100), D(70), "USD", others={"do_all": other})

    assert (found.units, found.other_units, found.contribution_per_unit) == (30, {"do_all": 45}, 150)
    assert found.revenue == 12000


def test_a_target_after_tax_needs_more_units() -> None:
    """The same chapter: fixed cost 2,000, contribution 80, target net income 960 at 40 percent tax: 45 units."""
    found = analyze_break_even(
        D(2000), D(200), D(120), "USD", target_profit=D(960), expected_units=D(45), tax_rate=D("0.4")
    )

    assert (found.target_units, found.expected_profit, found.expected_profit_after_tax) == (45, 1600, 960)


def test_a_tax_of_everything_is_refused() -> None:
    with pytest.raises(InvalidInput, match="tax_rate '1' leaves nothing"):
        analyze_break_even(D(1), D(2), D(1), "USD", tax_rate=D(1))
