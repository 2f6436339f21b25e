"""Expected figures: the example of Excel's PMT documentation (10,000 at 8 percent over 10 months: 1,037.03)."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.build_amortization_schedule import build_amortization_schedule

D = Decimal


def test_the_example_of_excels_pmt_and_rows_that_add_up() -> None:
    found = build_amortization_schedule(D(10000), D("0.08"), 10, "USD")

    assert (found.payment, found.rows[0].interest, found.rows[-1].balance) == (D("1037.03"), D("66.67"), 0)
    assert sum(row.principal for row in found.rows) == 10000
    assert found.total_paid == sum(row.payment for row in found.rows) == 10000 + found.total_interest


def test_a_thirty_year_mortgage_of_100000_at_6_percent_costs_599_55() -> None:
    """The standard US mortgage example; in years the rows still add up."""
    found = build_amortization_schedule(D(100000), D("0.06"), 360, "USD", rows="year")

    assert (found.payment, len(found.rows), found.rows[-1].balance) == (D("599.55"), 30, 0)
    assert sum(row.principal for row in found.rows) == 100000


def test_without_interest_every_payment_is_principal() -> None:
    found = build_amortization_schedule(D(100), D(0), 3, "USD")

    assert [row.payment for row in found.rows] == [D("33.33"), D("33.33"), D("33.34")]
    assert found.total_interest == 0


def test_extra_payments_shorten_the_loan_and_save_interest() -> None:
    found = build_amortization_schedule(D(100000), D("0.06"), 360, "USD", extra_payment=D(100))

    assert found.payments_saved > 100 and found.interest_saved > 30000
    assert found.number_of_payments + found.payments_saved == 360


def test_loans_of_nothing_and_payments_that_only_cover_interest_are_refused() -> None:
    with pytest.raises(InvalidInput, match="principal '0' is not a loan") as caught:
        build_amortization_schedule(D(0), D("0.06"), 12, "USD")
    assert caught.value.field == "principal"
    with pytest.raises(InvalidInput, match="only pay the interest"):
        build_amortization_schedule(D(10), D(1), 600, "USD", payments_per_year=1)
    with pytest.raises(InvalidInput, match=r"'10.005' is finer"):
        build_amortization_schedule(D("10.005"), D("0.1"), 12, "USD")


def test_rounded_payments_that_end_early_or_leave_much_to_the_last_are_said() -> None:
    """15.00 in 600 parts of 0.025, rounded to 0.03: 500 payments. 100 yen in 48 of 2 leave 6 yen to the last."""
    early = build_amortization_schedule(Decimal(15), Decimal(0), 600, "USD")
    assert early.number_of_payments == 500
    assert any("in 500 payments, not 600" in warning for warning in early.warnings)
    yen = build_amortization_schedule(Decimal(100), Decimal(0), 48, "JPY")
    assert yen.rows[-1].payment == 100 - 47 * 2
    assert any("leave 6 JPY to the last" in warning for warning in yen.warnings)


def test_0_and_601_payments_are_refused() -> None:
    for payments in (0, 601):
        with pytest.raises(InvalidInput, match="not between 1 and 600"):
            build_amortization_schedule(Decimal(100), Decimal(0), payments, "USD")
