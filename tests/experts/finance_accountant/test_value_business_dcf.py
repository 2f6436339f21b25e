"""Expected figures: discounted by hand; Gordon growth checked against a perpetuity."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.value_business_dcf import value_business_dcf

D = Decimal


def test_two_years_by_hand() -> None:
    """110/1.1 + 121/1.21 = 200; terminal 121*1.05/0.05 = 2,541, /1.21 = 2,100; less net debt 300: 2,000."""
    found = value_business_dcf([D(110), D(121)], D("0.1"), D("0.05"), D(300), "USD")

    assert (found.present_value_of_flows, found.present_value_of_terminal) == (200, 2100)
    assert (found.enterprise_value, found.equity_value) == (2300, 2000)
    assert found.terminal_share == D("0.913043")
    assert found.warnings == ["More than three quarters of the value lies after the forecast."]
    assert len(found.grid) == 9 and found.equity_low < 2000 < found.equity_high


def test_a_level_flow_without_growth_is_a_perpetuity() -> None:
    """100 for ever at 8 percent is worth 1,250; in the middle of the year, times the root of 1.08: 1,299.04."""
    assert value_business_dcf([D(100)] * 5, D("0.08"), D(0), D(0), "USD").enterprise_value == 1250
    mid = value_business_dcf([D(100)] * 5, D("0.08"), D(0), D(0), "USD", "mid")
    assert mid.enterprise_value == D("1299.04")


def test_growth_next_to_wacc_leaves_the_grid_open_and_debt_may_exceed_value() -> None:
    found = value_business_dcf([D(1)], D("0.05"), D("0.047"), D(10**6), "USD")

    assert len(found.grid) < 9
    assert "Net debt exceeds the enterprise value." in found.warnings


def test_growth_at_wacc_and_a_last_flow_that_loses_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"growth '0\.1' must be at least -0\.5 and below wacc '0\.1'") as caught:
        value_business_dcf([D(1)], D("0.1"), D("0.1"), D(0), "USD")
    assert caught.value.field == "growth"
    with pytest.raises(InvalidInput, match="last free cash flow '-1' is not positive"):
        value_business_dcf([D(5), D(-1)], D("0.1"), D("0.02"), D(0), "USD")
