"""Expected figures: textbook weighted averages, worked by hand."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.compute_wacc import compute_wacc

D = Decimal


def test_a_textbook_firm() -> None:
    """Sangria (Brealey, Myers & Allen, chapter 19): equity 750, debt 500, re 12.4%, rd 6%, tax 35%: WACC 9.0%."""
    found = compute_wacc(D(750), D(500), D("0.034"), D(1), D("0.09"), D("0.06"), D("0.35"))

    assert (found.cost_of_equity, found.equity_weight, found.debt_weight) == (D("0.124"), D("0.6"), D("0.4"))
    assert (found.after_tax_cost_of_debt, found.wacc) == (D("0.039"), D("0.09"))
    assert found.wacc_low < found.wacc < found.wacc_high


def test_without_debt_it_is_the_cost_of_equity() -> None:
    found = compute_wacc(D(10), D(0), D("0.04"), D("1.5"), D("0.05"), D("0.06"), D("0.21"))

    assert found.wacc == found.cost_of_equity == D("0.115")


def test_a_cost_of_equity_below_that_of_debt_is_warned_of() -> None:
    found = compute_wacc(D(10), D(10), D("0.01"), D(0), D("0.05"), D("0.06"), D("0.21"))

    assert found.warnings == ["The cost of equity is below the after-tax cost of debt; check beta and premium."]


def test_no_capital_and_an_absurd_beta_are_refused() -> None:
    with pytest.raises(InvalidInput, match="leave no capital") as caught:
        compute_wacc(D(0), D(0), D("0.04"), D(1), D("0.05"), D("0.06"), D("0.21"))
    assert caught.value.field == "equity"
    with pytest.raises(InvalidInput, match="beta '6' is outside"):
        compute_wacc(D(1), D(0), D("0.04"), D(6), D("0.05"), D("0.06"), D("0.21"))
