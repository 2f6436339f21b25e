"""Lines of the four financial statements, from balances sorted by section."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from experts.core.contract import Model
from experts.core.quantities import Money

CURRENT_ASSETS = ("cash", "receivables", "inventory", "other_current_asset")
LONG_ASSETS = ("fixed_asset", "other_asset")
CURRENT_LIABILITIES = ("payables", "other_current_liability")
LONG_LIABILITIES = ("debt", "other_liability")
BALANCE = (*CURRENT_ASSETS, *LONG_ASSETS, *CURRENT_LIABILITIES, *LONG_LIABILITIES, "capital", "retained_earnings")
ZERO = Decimal(0)


class Row(Model):
    """One line; accounts are lines, sums are totals."""

    label: str
    amount: Money
    prior: Money | None = None
    level: Literal["line", "subtotal", "total"] = "line"


@dataclass(frozen=True)
class Sheet:
    """Balances, debits positive, and the section of every account."""

    balances: dict[str, Decimal]
    sections: dict[str, str]

    def total(self, *sections: str) -> Decimal:
        """Sum of the balances in these sections; debits positive."""
        return sum((amount for key, amount in self.balances.items() if self.sections[key] in sections), ZERO)


def label(key: str) -> str:
    """An account id as words."""
    words = key.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _total(
    text: str, amount: Decimal, level: Literal["subtotal", "total"] = "subtotal", prior: Decimal | None = None
) -> Row:
    return Row(label=text, amount=amount, prior=prior, level=level)


def _lines(now: Sheet, section: str, sign: int, before: Sheet | None = None) -> list[Row]:
    keys = [key for key in now.sections if now.sections[key] == section]
    found = []
    for key in keys:
        amount = now.balances.get(key, ZERO)
        earlier = None if before is None else sign * before.balances.get(key, ZERO)
        if key in now.balances or earlier:
            found.append(Row(label=label(key), amount=sign * amount, prior=earlier))
    return found


def income_statement(now: Sheet) -> tuple[list[Row], Decimal]:
    """Lines by function, and net income."""
    revenue, cost = -now.total("revenue"), now.total("cost_of_sales")
    gross = revenue - cost
    operating = gross - now.total("operating_expense", "depreciation")
    before_tax = operating - now.total("gain_on_disposal", "other_income", "interest")
    net = before_tax - now.total("income_tax")
    rows = [*_lines(now, "revenue", -1), *_lines(now, "cost_of_sales", -1), _total("Gross profit", gross)]
    rows += [
        *_lines(now, "operating_expense", -1),
        *_lines(now, "depreciation", -1),
        _total("Operating income", operating),
    ]
    for section in ("gain_on_disposal", "other_income", "interest"):
        rows += _lines(now, section, -1)
    rows.append(_total("Income before tax", before_tax))
    return [*rows, *_lines(now, "income_tax", -1), _total("Net income", net, "total")], net


def balance_sheet(
    now: Sheet, before: Sheet | None, net: Decimal, framework: str
) -> tuple[list[Row], tuple[Decimal, Decimal, Decimal]]:
    """Classified lines, and total assets, liabilities and equity. IFRS order puts what is not current first."""

    def group(text: str, sections: tuple[str, ...], sign: int) -> list[Row]:
        lines = [row for section in sections for row in _lines(now, section, sign, before)]
        earlier = None if before is None else sign * before.total(*sections)
        return [*lines, _total(text, sign * now.total(*sections), prior=earlier)]

    assets = [group("Total current assets", CURRENT_ASSETS, 1), group("Total non-current assets", LONG_ASSETS, 1)]
    debts = [
        group("Total current liabilities", CURRENT_LIABILITIES, -1),
        group("Total non-current liabilities", LONG_LIABILITIES, -1),
    ]
    retained = -now.total("retained_earnings") + net - now.total("dividends")
    total_assets = now.total(*CURRENT_ASSETS, *LONG_ASSETS)
    total_debts = -now.total(*CURRENT_LIABILITIES, *LONG_LIABILITIES)
    total_equity = -now.total("capital") + retained

    def earlier(sign: int, *sections: str) -> Decimal | None:
        return None if before is None else sign * before.total(*sections)

    own = [
        *_lines(now, "capital", -1, before),
        Row(label="Retained earnings", amount=retained, prior=earlier(-1, "retained_earnings")),
        _total("Total equity", total_equity, prior=earlier(-1, "capital", "retained_earnings")),
    ]
    if framework == "ifrs":
        assets.reverse()
        debts.reverse()
    owed = [row for part in debts for row in part]
    rows = [row for part in assets for row in part]
    rows.append(_total("Total assets", total_assets, "total", earlier(1, *CURRENT_ASSETS, *LONG_ASSETS)))
    rows += [*own, *owed] if framework == "ifrs" else [*owed, *own]
    rows.append(
        _total(
            "Total liabilities and equity",
            total_debts + total_equity,
            "total",
            earlier(-1, *CURRENT_LIABILITIES, *LONG_LIABILITIES, "capital", "retained_earnings"),
        )
    )
    return rows, (total_assets, total_debts, total_equity)


def cash_flow(now: Sheet, before: Sheet, net: Decimal, framework: str) -> tuple[list[Row], Decimal, Decimal]:
    """Indirect method: lines, cash from operations, and the change in cash."""

    def change(*sections: str) -> Decimal:
        return before.total(*sections) - now.total(*sections)

    depreciation, gain = now.total("depreciation"), -now.total("gain_on_disposal")
    operating = [
        Row(label="Net income", amount=net),
        Row(label="Depreciation and amortization", amount=depreciation),
        Row(label="Gains on disposal", amount=-gain),
        Row(label="Change in receivables", amount=change("receivables")),
        Row(label="Change in inventory", amount=change("inventory")),
        Row(label="Change in other current assets", amount=change("other_current_asset")),
        Row(label="Change in payables", amount=change("payables")),
        Row(label="Change in other liabilities", amount=change("other_current_liability", "other_liability")),
    ]
    investing = [
        Row(label="Fixed assets, bought less sold", amount=change("fixed_asset") - depreciation + gain),
        Row(label="Change in other assets", amount=change("other_asset")),
    ]
    financing = [
        Row(label="Change in debt", amount=change("debt")),
        Row(label="Change in capital", amount=change("capital")),
        Row(label="Dividends paid", amount=-now.total("dividends")),
    ]
    rows: list[Row] = []
    sums = []
    for name, part in (("operating", operating), ("investing", investing), ("financing", financing)):
        sums.append(sum((row.amount for row in part), ZERO))
        rows += [row for row in part if row.amount or row.label == "Net income"]
        rows.append(_total(f"Cash from {name} activities", sums[-1]))
    moved = sum(sums, ZERO)
    rows += [
        _total("Change in cash", moved, "total"),
        Row(label="Cash at the beginning", amount=before.total("cash")),
        _total("Cash at the end", now.total("cash"), "total"),
    ]
    return rows, sums[0], moved


def equity_statement(now: Sheet, before: Sheet | None, net: Decimal) -> list[Row]:
    """From opening to closing equity."""
    opening = -now.total("retained_earnings") - (now.total("capital") if before is None else before.total("capital"))
    issued = ZERO if before is None else before.total("capital") - now.total("capital")
    dividends = now.total("dividends")
    rows = [
        Row(label="Equity at the beginning", amount=opening),
        Row(label="Net income", amount=net),
        Row(label="Dividends", amount=-dividends),
        Row(label="Capital paid in less repaid", amount=issued),
    ]
    return [*rows, _total("Equity at the end", opening + net - dividends + issued, "total")]
