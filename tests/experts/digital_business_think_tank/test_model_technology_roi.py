"""numpy-financial-style figures: Brealey, Myers & Allen's two-root flow (-4,000, 25,000, -25,000) and scipy's brentq."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest
from scipy.optimize import brentq

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.model_technology_roi import model_technology_roi, rates_of_return

D = Decimal
COSTS = {"licence": [D(0), D(30_000), D(30_000), D(30_000)], "project": [D(120_000)]}
BENEFITS = {"time_saved": [D(0), D(70_000), D(90_000), D(90_000)], "errors": [D(0), D(10_000), D(20_000), D(20_000)]}


def test_npv_tco_and_tornado_by_hand() -> None:
    """Net -120,000, 50,000, 80,000, 80,000 at 10 %: -120,000 + 45,454.55 + 66,115.70 + 60,105.18 = 51,675.43."""
    found = model_technology_roi(COSTS, BENEFITS, D("0.1"), "USD")
    assert found.net_by_year == [-120_000, 50_000, 80_000, 80_000]
    assert (found.npv, found.tco, found.benefits) == (D("51675.43"), 210_000, 300_000)
    assert found.tco_discounted == D("194605.56") and found.roi == D("0.428571")
    assert found.payback_years == D("1.8750") and found.discounted_payback_years == D("2.1403")
    root = brentq(lambda r: sum(f / (1 + r) ** t for t, f in enumerate([-120_000, 50_000, 80_000, 80_000])), 0, 1)
    assert float(found.irr or 0) == pytest.approx(root, abs=1e-6)
    widest = found.tornado[0]
    assert widest.item == "time_saved"
    # present value of time_saved: 70,000/1.1 + 90,000/1.21 + 90,000/1.331 = 205,634.86; a fifth is 41,126.97
    assert (widest.npv_low, widest.npv_high) == (D("10548.46"), D("92802.40"))
    assert widest.breaks_at == D("-0.2513")


def test_two_rates_are_both_given_and_flagged() -> None:
    """Brealey, Myers & Allen, chapter 5: -4,000, +25,000, -25,000 has IRRs of 25 % and 400 %."""
    found = model_technology_roi({"c": [D(4000), D(0), D(25000)]}, {"b": [D(0), D(25000)]}, D("0.1"), "USD")
    assert found.irr is None and found.irr_all == [D("0.250000"), D("4.000000")]
    assert "IRR does not decide" in found.warnings[0]


def test_flows_of_one_sign_have_no_rate() -> None:
    assert rates_of_return([-1.0, -2.0]) == []
    found = model_technology_roi({"c": [D(10), D(10)]}, {"b": [D(1)]}, D("0.1"), "USD")
    assert found.irr_all == [] and found.payback_years is None


def test_what_is_no_case_is_refused() -> None:
    with pytest.raises(InvalidInput, match="a cost and a benefit"):
        model_technology_roi({"a": [D(1), D(1)]}, {"a": [D(1)]}, D("0.1"), "USD")
    with pytest.raises(InvalidInput, match="rate '10'"):
        model_technology_roi(COSTS, BENEFITS, D(10), "USD")
    with pytest.raises(InvalidInput, match="cover 1 years"):
        model_technology_roi({"a": [D(1)]}, {"b": [D(1)]}, D("0.1"), "USD")
    with pytest.raises(InvalidInput, match="all costs are zero"):
        model_technology_roi({"a": [D(0), D(0)]}, {"b": [D(1)]}, D("0.1"), "USD")


def test_a_return_beyond_the_search_is_not_called_absent() -> None:
    """1 becomes 100 in a year: 9,900 %."""
    found = model_technology_roi({"pilot": [D(1)]}, {"won": [D(0), D(100)]}, D("0.1"), "EUR")
    assert found.irr is None
    assert any("from -99 to 1,000 % a year" in warning for warning in found.warnings)
