"""Expected figures: discounted by hand; Gordon growth checked against a perpetuity."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
import statistics
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


PEERS = [D(x) for x in (1, 2, 4, 7, 8, 9, 10, 12)]


def test_quartiles_of_multiples_are_excels_and_pythons() -> None:
    """The data of Excel's QUARTILE documentation: the first quartile of 1, 2, 4, 7, 8, 9, 10, 12 is 3.5."""
    made = value_business_dcf([D(10)], D("0.1"), D(0), D(50), "USD", "end", {"ebitda": D(100)}, {"ebitda": PEERS})
    found = made.multiples["ebitda"]

    assert [found.multiple_low, found.multiple_median, found.multiple_high] == [D("3.5"), D("7.5"), D("9.25")]
    expected = statistics.quantiles(map(float, PEERS), n=4, method="inclusive")
    assert [float(found.multiple_low), float(found.multiple_median), float(found.multiple_high)] == expected
    assert (found.equity_low, found.equity_median, found.equity_high) == (300, 700, 875)


def test_price_earnings_gives_equity_and_few_peers_are_said() -> None:
    metrics = {"net_income": D(10), "ebitda": D(-5)}
    found = value_business_dcf(
        [D(10)], D("0.1"), D(0), D(40), "USD", "end", metrics, {"net_income": [D(15)], "ebitda": [D(8)]}
    )

    only = found.multiples["net_income"]
    assert (list(found.multiples), only.equity_median, only.enterprise_median) == (["net_income"], 150, 190)
    assert found.warnings[-2:] == [
        "net_income: fewer than four peers, so the range says little.",
        "ebitda is not above zero, so its multiple does not apply.",
    ]


def test_multiples_under_other_names_or_of_losses_are_refused() -> None:
    with pytest.raises(InvalidInput, match="give the same names") as caught:
        value_business_dcf([D(1)], D("0.1"), D(0), D(0), "USD", metrics={"revenue": D(1)})
    assert caught.value.field == "multiples"
    with pytest.raises(InvalidInput, match="leave out peers with losses"):
        value_business_dcf([D(1)], D("0.1"), D(0), D(0), "USD", "end", {"ebitda": D(1)}, {"ebitda": [D(-1)]})
