"""The trial balance as a document and as a workbook that adds up by formulas."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Table
from experts.core.view import View, closing, document, grid
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.finance_accountant.tools.post_journal_entries import TrialBalance
from experts.finance_accountant.views._look import currency_of, money, words

_MOST_LINES = 120


def view(result: TrialBalance, arguments: Mapping[str, Any]) -> View:
    """Accounts with debit and credit, the totals, and a journal behind them."""
    currency = currency_of(arguments)
    title = (
        f"Trial balance: debits and credits agree at {money(result.total_debit, currency)} {currency}, "
        f"net income {money(result.net_income, currency)}"
    )
    rows = [
        {
            "account": words(key),
            "kind": account.kind,
            "debit": money(account.debit, currency) if account.debit else "",
            "credit": money(account.credit, currency) if account.credit else "",
        }
        for key, account in result.accounts.items()
    ]
    rows.append(
        {
            "account": "Total",
            "kind": "",
            "debit": money(result.total_debit, currency),
            "credit": money(result.total_credit, currency),
        }
    )
    columns = {
        "account": ("Account", "text"),
        "kind": ("Kind", "text"),
        "debit": (f"Debit, {currency}", "money"),
        "credit": (f"Credit, {currency}", "money"),
    }
    return View(
        title=title,
        blocks=document(
            grid("Trial balance", columns, rows), *_journal(arguments["entries"], currency), *closing(result)
        ),
        files={"trial-balance.xlsx": _book(result, arguments, currency)},
    )


def _journal(entries: Any, currency: str) -> list[Table]:
    """The lines as posted, where anybody would read them on paper."""
    lines = [(number, entry, line) for number, entry in enumerate(entries, 1) for line in entry.lines]
    if len(lines) > _MOST_LINES:
        return []
    columns = {
        "entry": ("Entry", "text"),
        "date": ("Date", "text"),
        "account": ("Account", "text"),
        "memo": ("Memo", "text"),
        "debit": (f"Debit, {currency}", "money"),
        "credit": (f"Credit, {currency}", "money"),
    }
    rows = [
        {
            "entry": str(number),
            "date": str(entry.date),
            "account": words(line.account),
            "memo": line.memo,
            "debit": money(line.debit, currency) if line.debit else "",
            "credit": money(line.credit, currency) if line.credit else "",
        }
        for number, entry, line in lines
    ]
    if not any(row["memo"] for row in rows):
        del columns["memo"]
        rows = [{key: cell for key, cell in row.items() if key != "memo"} for row in rows]
    return [grid("Journal", columns, rows)]


def _book(result: TrialBalance, arguments: Mapping[str, Any], currency: str) -> bytes:
    """Balances are formulas over the journal sheet, so a correction there carries through."""
    journal: list[tuple[Cell, ...]] = [
        (entry.date, number, words(line.account), line.debit or None, line.credit or None, line.memo)
        for number, entry in enumerate(arguments["entries"], 1)
        for line in entry.lines
    ]
    last = FIRST_ROW + len(journal) - 1
    names, debit, credit = (f"Journal!${column}${FIRST_ROW}:${column}${last}" for column in "CDE")
    rows: list[tuple[Cell, ...]] = []
    for at, (key, account) in enumerate(result.accounts.items()):
        row = FIRST_ROW + at
        net = f"SUMIF({names},A{row},{debit})-SUMIF({names},A{row},{credit})"
        rows.append(
            (
                words(key),
                account.kind,
                Formula(f"=MAX({net},0)", account.debit),
                Formula(f"=MAX(-({net}),0)", account.credit),
            )
        )
    end = FIRST_ROW + len(rows) - 1
    rows.append(
        (
            "Total",
            "",
            Formula(f"=SUM(C{FIRST_ROW}:C{end})", result.total_debit),
            Formula(f"=SUM(D{FIRST_ROW}:D{end})", result.total_credit),
        )
    )
    rows.append(("Difference", "", Formula(f"=C{end + 1}-D{end + 1}", Decimal(0)), None))
    total = len(rows) - 2
    return workbook(
        Grid(
            "Trial balance",
            f"Trial balance, {currency}",
            (("Account", "text", 34), ("Kind", "text", 12), ("Debit", "money", 16), ("Credit", "money", 16)),
            tuple(rows),
            bold=frozenset({total}),
        ),
        Grid(
            "Journal",
            f"Journal, {currency}",
            (
                ("Date", "date", 12),
                ("Entry", "count", 8),
                ("Account", "text", 34),
                ("Debit", "money", 16),
                ("Credit", "money", 16),
                ("Memo", "text", 40),
            ),
            tuple(journal),
            inputs=frozenset((row, column) for row in range(len(journal)) for column in (3, 4)),
        ),
    )
