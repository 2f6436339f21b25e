"""Post journal entries by double entry: ledger balances and a trial balance.

Every entry's debits must equal its credits; each line is either a debit or a credit of a positive
amount to an account of the chart. A balance is debit less credit; the trial balance shows it on
the side where it falls. Source: the double-entry system as in Weygandt, Kimmel & Kieso, Accounting
Principles, chapters 1 to 3; assets, expenses and dividends are normally debit, liabilities, equity
and revenue credit.

Limits: one currency; it checks arithmetic and form, not whether GAAP or IFRS wants that entry.
Nothing is stored: balances to carry on from are given as the opening entry.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, plain
from experts.finance_accountant.tools._curves import LARGEST

Kind = Literal["asset", "liability", "equity", "revenue", "expense", "dividend"]
_DEBIT = ("asset", "expense", "dividend")


class Line(Model):
    """A debit or a credit."""

    account: Key
    debit: NonNegativeMoney = Decimal(0)
    credit: NonNegativeMoney = Decimal(0)
    memo: Annotated[str, Field(max_length=200)] = ""


class Entry(Model):
    """Must balance."""

    date: Day
    lines: Annotated[list[Line], Field(min_length=2, max_length=100)]


class Account(Model):
    """An account after posting; debit or credit is where its balance falls."""

    kind: Kind
    debits: Money
    credits: Money
    debit: Money
    credit: Money


class TrialBalance(Model):
    """Money in the given currency; accounts in the chart's order."""

    accounts: dict[Key, Account]
    total_debit: Money
    total_credit: Money
    net_income: Annotated[Money, Field(description="Revenue less expenses posted, before closing.")]
    entries_posted: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def post_journal_entries(
    entries: Annotated[list[Entry], Field(min_length=1, max_length=500)],
    chart: Annotated[dict[Key, Kind], Field(min_length=2, max_length=300)],
    currency: str,
    period_start: Day | None = None,
    period_end: Day | None = None,
) -> TrialBalance:
    """Post entries by double entry: ledger and trial balance.

    Use when bookings are checked.
    """
    if period_start and period_end and period_start > period_end:
        raise InvalidInput(f"period_start {period_start} is after period_end {period_end}", field="period_start")
    debits = dict.fromkeys(chart, Decimal(0))
    credits = dict.fromkeys(chart, Decimal(0))
    for number, entry in enumerate(entries):
        _check(entry, number, chart, currency, period_start, period_end)
        for line in entry.lines:
            debits[line.account] += line.debit
            credits[line.account] += line.credit
    if sum(debits.values(), Decimal(0)) >= LARGEST:
        raise InvalidInput("the amounts add up to more than can be kept exactly; post in thousands", field="entries")
    accounts = {
        key: Account(
            kind=kind,
            debits=debits[key],
            credits=credits[key],
            debit=max(debits[key] - credits[key], Decimal(0)),
            credit=max(credits[key] - debits[key], Decimal(0)),
        )
        for key, kind in chart.items()
    }
    income = sum((a.credit - a.debit for a in accounts.values() if a.kind in ("revenue", "expense")), Decimal(0))
    unusual = [key for key, a in accounts.items() if (a.credit if a.kind in _DEBIT else a.debit) > 0]
    return TrialBalance(
        accounts=accounts,
        total_debit=sum((account.debit for account in accounts.values()), Decimal(0)),
        total_credit=sum((account.credit for account in accounts.values()), Decimal(0)),
        net_income=income,
        entries_posted=len(entries),
        method="Double entry: each entry's debits equal its credits; balance = debits - credits, shown on its side "
        "(Weygandt, Kimmel & Kieso, Accounting Principles, chapters 1 to 3).",
        assumptions=["Accounts start at zero; opening balances are posted as an entry of their own."],
        warnings=[
            f"{key} ends on the side opposite to its normal one; check whether that is meant." for key in unusual
        ],
    )


def _check(
    entry: Entry, number: int, chart: dict[str, Kind], currency: str, start: date | None, end: date | None
) -> None:
    where = f"entries.{number}"
    if (start and entry.date < start) or (end and entry.date > end):
        raise InvalidInput(
            f"entry {number + 1} is dated {entry.date}, outside {start or 'the beginning'} to {end or 'the end'}; "
            "correct the date or post it in its own period",
            field=f"{where}.date",
        )
    for at, line in enumerate(entry.lines):
        field = f"{where}.lines.{at}"
        if line.account not in chart:
            raise InvalidInput(
                f"entry {number + 1} posts to {line.account!r}, which is not in the chart; add the account or correct "
                "its id",
                field=f"{field}.account",
            )
        if (line.debit > 0) == (line.credit > 0):
            raise InvalidInput(
                f"entry {number + 1}, {line.account!r}: debit {plain(line.debit)} and credit {plain(line.credit)}; "
                "write exactly one of them above zero",
                field=field,
            )
        amount = line.debit + line.credit
        if round_money(amount, currency) != amount:
            raise InvalidInput(
                f"entry {number + 1}, {line.account!r}: {plain(amount)!r} is finer than the unit of {currency}; round "
                "it",
                field=field,
            )
    debit = sum((line.debit for line in entry.lines), Decimal(0))
    credit = sum((line.credit for line in entry.lines), Decimal(0))
    if debit != credit:
        short = "credits" if debit > credit else "debits"
        raise InvalidInput(
            f"entry {number + 1} does not balance: debits {plain(debit)}, credits {plain(credit)}, difference "
            f"{plain(abs(debit - credit))}; add the missing {short} or correct a line",
            field=where,
        )
