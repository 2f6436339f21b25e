"""The four statements as a document and as a workbook of four sheets."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Table
from experts.core.view import View, closing, document, grid
from experts.core.workbook import Cell, Grid, workbook
from experts.finance_accountant.tools.prepare_financial_statements import FinancialStatements, Row
from experts.finance_accountant.views._look import currency_of, money


def view(result: FinancialStatements, arguments: Mapping[str, Any]) -> View:
    """Statements in the order of the framework; sums are marked."""
    currency, end = currency_of(arguments), arguments["period_end"]
    cash = "" if result.change_in_cash is None else _moved(result.change_in_cash, currency)
    title = f"Net income of {money(result.net_income, currency)} {currency}{cash}"
    ifrs = result.framework == "ifrs"
    parts = [
        ("Statement of profit or loss" if ifrs else "Income statement", f"Period ended {end}", result.income_statement),
        ("Statement of financial position" if ifrs else "Balance sheet", f"At {end}", result.balance_sheet),
        ("Statement of cash flows, indirect method", f"Period ended {end}", result.cash_flow),
        ("Statement of changes in equity", f"Period ended {end}", result.equity),
    ]
    tables = [_table(f"{name}: {when}", rows, currency) for name, when, rows in parts if rows]
    sheets = [_sheet(name, when, rows, currency) for name, when, rows in parts if rows]
    return View(
        title=title,
        subtitle=f"{'IFRS' if ifrs else 'US GAAP'}, {currency}",
        blocks=document(*tables, *closing(result)),
        files={"financial-statements.xlsx": workbook(*sheets)},
    )


def _moved(change: Decimal, currency: str) -> str:
    return (
        f"; cash {'falls' if change < 0 else 'rises'} by {money(abs(change), currency)}"
        if change
        else "; cash is unchanged"
    )


def _table(title: str, rows: list[Row], currency: str) -> Table:
    columns = {"label": ("", "text"), "amount": (currency, "money")}
    prior = any(row.prior is not None for row in rows)
    if prior:
        columns["prior"] = ("Prior", "money")
    written = []
    for row in rows:
        label = row.label.upper() if row.level == "total" else row.label
        cells = {"label": label if row.level != "line" else f"\u2003{label}", "amount": money(row.amount, currency)}
        if prior:
            cells["prior"] = "" if row.prior is None else money(row.prior, currency)
        written.append(cells)
    return grid(title, columns, written)


def _sheet(name: str, when: str, rows: list[Row], currency: str) -> Grid:
    cells: tuple[tuple[Cell, ...], ...] = tuple((row.label, row.amount, row.prior) for row in rows)
    return Grid(
        name.split(",")[0].replace("Statement of ", "").capitalize(),
        name,
        (("", "text", 42), (currency, "money", 18), ("Prior", "money", 18)),
        cells,
        note=when,
        bold=frozenset(at for at, row in enumerate(rows) if row.level != "line"),
    )
