"""Expected figures: a small firm's quarter, added up by hand (direct method, ASC 230-10-45-25)."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.forecast_cash_flow import CashItem, forecast_cash_flow

D = Decimal
START = date(2027, 1, 4)
ITEMS = {
    "invoice": CashItem(kind="receipt", amount=D(12000), due=date(2027, 1, 15), days_late=10),
    "payroll": CashItem(kind="payment", amount=D(4000), due=date(2027, 1, 8), every_weeks=2),
}


def test_a_quarter_by_hand() -> None:
    """Payroll in weeks 1, 3, …, 13; the invoice, due on the 15th and ten days late, in week 4 (25 January)."""
    found = forecast_cash_flow(D(9000), START, ITEMS, "USD", minimum_cash=D(1500))

    assert [week.closing for week in found.weeks[:5]] == [5000, 5000, 1000, 13000, 9000]
    assert (len(found.weeks), found.weeks[3].start, found.weeks[3].receipts) == (13, date(2027, 1, 25), 12000)
    assert found.weeks[-1].closing == 9000 + 12000 - 7 * 4000 == found.lowest
    assert found.first_below_minimum == date(2027, 1, 18)
    assert found.warnings == ["In the week of 2027-01-18 cash closes below 1500 USD."]


def test_slow_receipts_can_break_what_the_plan_keeps() -> None:
    one = {"invoice": ITEMS["invoice"], "rent": CashItem(kind="payment", amount=D(5000), due=date(2027, 2, 1))}
    found = forecast_cash_flow(D(1000), START, one, "USD")

    assert (found.first_below_minimum, found.first_below_minimum_slow) == (None, date(2027, 2, 1))
    assert found.lowest_slow == -4000


def test_overdue_items_fall_in_the_first_week_and_late_ones_are_named() -> None:
    items = {
        "overdue": CashItem(kind="receipt", amount=D(10), due=date(2026, 12, 1)),
        "far": CashItem(kind="payment", amount=D(10), due=date(2027, 4, 5)),
        "rent": CashItem(kind="payment", amount=D(1), due=date(2026, 12, 28), every_weeks=4),
    }
    found = forecast_cash_flow(D(0), START, items, "USD")

    assert found.weeks[0].receipts == 10
    assert [number for number, week in enumerate(found.weeks) if week.payments] == [3, 7, 11]
    assert found.warnings == ["These fall after the thirteen weeks: far."]


def test_amounts_finer_than_the_currency_are_refused() -> None:
    item = CashItem(kind="payment", amount=D("0.5"), due=START)
    with pytest.raises(InvalidInput, match=r"amount '0\.5' of 'fee' is finer than the unit of JPY") as caught:
        forecast_cash_flow(D(0), START, {"fee": item}, "JPY")
    assert caught.value.field == "items.fee.amount"
