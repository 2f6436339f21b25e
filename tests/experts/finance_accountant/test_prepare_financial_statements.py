"""Expected figures: Tax Consultants Inc., years 1 and 2 (Kieso, Weygandt & Warfield, Intermediate Accounting, chapter 23)."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.prepare_financial_statements import (
    FinancialStatements,
    prepare_financial_statements,
)

SECTIONS: Any = {
    "cash": "cash",
    "accounts_receivable": "receivables",
    "prepaid": "other_current_asset",
    "land": "fixed_asset",
    "buildings_net": "fixed_asset",
    "equipment_net": "fixed_asset",
    "accounts_payable": "payables",
    "bonds": "debt",
    "common_stock": "capital",
    "retained_earnings": "retained_earnings",
    "dividends": "dividends",
    "revenue": "revenue",
    "operating_expenses": "operating_expense",
    "depreciation": "depreciation",
    "income_tax": "income_tax",
}


def balances(**amounts: int) -> dict[str, Decimal]:
    return {key: Decimal(amount) for key, amount in amounts.items()}


YEAR_1_CLOSED = balances(
    cash=49000, accounts_receivable=36000, accounts_payable=-5000, common_stock=-60000, retained_earnings=-20000
)
YEAR_2 = balances(
    cash=37000,
    accounts_receivable=26000,
    prepaid=6000,
    land=70000,
    buildings_net=189000,
    equipment_net=58000,
    accounts_payable=-40000,
    bonds=-150000,
    common_stock=-60000,
    retained_earnings=-20000,
    dividends=18000,
    revenue=-492000,
    operating_expenses=269000,
    depreciation=21000,
    income_tax=68000,
)


def amount(found: FinancialStatements, statement: str, label: str) -> Decimal:
    return next(row.amount for row in getattr(found, statement) if row.label == label)


def test_the_second_year_of_tax_consultants() -> None:
    found = prepare_financial_statements(YEAR_2, SECTIONS, "USD", date(2026, 12, 31), YEAR_1_CLOSED)

    assert (found.net_income, amount(found, "income_statement", "Income before tax")) == (134000, 202000)
    assert (found.total_assets, found.total_liabilities, found.total_equity) == (386000, 190000, 196000)
    assert amount(found, "balance_sheet", "Retained earnings") == 136000
    assert (found.operating_cash_flow, found.change_in_cash) == (194000, -12000)
    assert amount(found, "cash_flow", "Cash from investing activities") == -338000
    assert amount(found, "cash_flow", "Cash from financing activities") == 132000
    assert amount(found, "cash_flow", "Cash at the end") == 37000
    assert amount(found, "equity", "Equity at the end") == 196000


def test_the_first_year_has_an_empty_balance_sheet_before_it() -> None:
    year_1 = balances(
        cash=49000,
        accounts_receivable=36000,
        accounts_payable=-5000,
        common_stock=-60000,
        dividends=14000,
        revenue=-125000,
        operating_expenses=85000,
        income_tax=6000,
    )
    found = prepare_financial_statements(year_1, SECTIONS, "USD", date(2025, 12, 31), balances(cash=0))

    assert (found.net_income, found.operating_cash_flow, found.change_in_cash) == (34000, 3000, 49000)


def test_a_disposal_is_taken_out_of_operations() -> None:
    """Machine with a book value of 40 sold for 55, depreciation 10, nothing bought: proceeds 55 in investing."""
    sections: Any = SECTIONS | {"gain": "gain_on_disposal"}
    before = balances(cash=10, equipment_net=90, common_stock=-100)
    now = balances(cash=65, equipment_net=40, common_stock=-100, depreciation=10, gain=-15)
    found = prepare_financial_statements(now, sections, "USD", date(2026, 12, 31), before, "ifrs")

    assert (found.operating_cash_flow, found.change_in_cash) == (0, 55)
    assert amount(found, "cash_flow", "Fixed assets, bought less sold") == 55
    assert found.balance_sheet[0].label == "Equipment net"


def test_without_a_prior_balance_sheet_there_is_no_cash_flow() -> None:
    found = prepare_financial_statements(YEAR_2, SECTIONS, "USD", date(2027, 12, 31), framework="ifrs")

    assert (found.cash_flow, found.change_in_cash) == ([], None)
    assert "IFRS 18" in found.method and len(found.warnings) == 2


def test_what_does_not_balance_map_or_tie_is_refused() -> None:
    end = date(2026, 12, 31)
    with pytest.raises(InvalidInput, match="credits are larger by 1000"):
        prepare_financial_statements(YEAR_2 | balances(cash=36000), SECTIONS, "USD", end)
    with pytest.raises(InvalidInput, match="no section is given for 'mystery'") as caught:
        prepare_financial_statements(YEAR_2 | balances(mystery=0), SECTIONS, "USD", end)
    assert caught.value.field == "sections"
    wrong = YEAR_1_CLOSED | balances(cash=50000, retained_earnings=-21000)
    with pytest.raises(InvalidInput, match="cash does not tie: retained earnings open at 20000 but closed at 21000"):
        prepare_financial_statements(YEAR_2, SECTIONS, "USD", end, wrong)
    with pytest.raises(InvalidInput, match="'revenue', which a closed balance sheet has not"):
        prepare_financial_statements(YEAR_2, SECTIONS, "USD", end, balances(cash=5, revenue=-5))
