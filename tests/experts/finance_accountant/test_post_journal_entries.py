"""Expected figures: a small service firm's first month, worked by hand with T-accounts."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.post_journal_entries import Entry, Kind, Line, post_journal_entries
from experts.finance_accountant.views.post_journal_entries import view

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


def test_a_memo_is_kept_for_the_journal_and_never_a_formula() -> None:
    lines = [
        Line(account="cash", debit=Decimal(5), memo="=1+1"),
        Line(account="capital", credit=Decimal(5), memo="Deposit of the owner"),
    ]
    entries = [Entry(date=date(2026, 1, 2), lines=lines)]
    result = post_journal_entries(entries, {"cash": "asset", "capital": "equity"}, "USD")
    made = view(result, {"entries": entries, "currency": "USD"})

    book = made.files["trial-balance.xlsx"]
    assert isinstance(book, bytes)
    journal = openpyxl.load_workbook(io.BytesIO(book))["Journal"]
    memos = [row[5] for row in journal.iter_rows() if row[5].value in ("=1+1", "Deposit of the owner")]
    assert [cell.data_type for cell in memos] == ["s", "s"]
    assert "Deposit of the owner" in str(made.blocks)
