"""Expected figures: a small service firm's first month, worked by hand with T-accounts."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.post_journal_entries import Entry, Kind, Line, post_journal_entries

D = Decimal
CHART: dict[str, Kind] = {
    "cash": "asset",
    "equipment": "asset",
    "payable": "liability",
    "capital": "equity",
    "service_revenue": "revenue",
    "salaries": "expense",
}


def entry(day: int, debit: str, credit: str, amount: str, other: str | None = None) -> Entry:
    lines = [Line(account=debit, debit=D(amount)), Line(account=credit, credit=D(other or amount))]
    return Entry(date=date(2027, 1, day), lines=lines)


def test_a_month_of_entries_gives_an_equal_trial_balance() -> None:
    entries = [
        entry(1, "cash", "capital", "15000"),
        entry(2, "equipment", "cash", "7000"),
        entry(3, "equipment", "payable", "1600"),
        entry(9, "cash", "service_revenue", "1200"),
        entry(31, "salaries", "cash", "600"),
    ]
    found = post_journal_entries(entries, CHART, "USD")

    assert (found.accounts["cash"].debit, found.accounts["equipment"].debit) == (8600, 8600)
    assert found.total_debit == found.total_credit == 17800
    assert (found.net_income, found.entries_posted, found.warnings) == (600, 5, [])


def test_a_balance_on_the_unusual_side_is_named() -> None:
    found = post_journal_entries([entry(1, "salaries", "cash", "5")], CHART, "USD")

    assert found.accounts["cash"].credit == 5
    assert found.warnings == ["cash ends on the side opposite to its normal one; check whether that is meant."]


def test_an_unbalanced_entry_states_the_difference() -> None:
    with pytest.raises(InvalidInput, match=r"entry 1 .* debits 100, credits 90, difference 10; .*missing credits"):
        post_journal_entries([entry(1, "cash", "capital", "100", "90")], CHART, "USD")


def test_unknown_accounts_double_sides_and_dates_outside_the_period_are_refused() -> None:
    with pytest.raises(InvalidInput, match="'bank', which is not in the chart") as caught:
        post_journal_entries([entry(1, "bank", "cash", "1")], CHART, "USD")
    assert caught.value.field == "entries.0.lines.0.account"
    both = Entry(date=date(2027, 1, 1), lines=[Line(account="cash", debit=D(1), credit=D(1)), Line(account="capital")])
    with pytest.raises(InvalidInput, match="exactly one of them"):
        post_journal_entries([both], CHART, "USD")
    with pytest.raises(InvalidInput, match="dated 2027-01-05, outside 2027-02-01"):
        post_journal_entries([entry(5, "cash", "capital", "1")], CHART, "USD", period_start=date(2027, 2, 1))
