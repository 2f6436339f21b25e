"""Screening of ledger entries: duplicates, number gaps, round amounts, weekend postings, Benford.

Duplicates: same date, account and amount under another id. Gaps: numbers missing between the first
and last number given. Round: whole multiples of round_to. Weekend: dated Saturday or Sunday. Benford: first
digits of amounts of 10 and more against log10(1 + 1/d), by chi-square with eight degrees of freedom (critical value
15.507 at 5 percent) and mean absolute deviation (0.006 close, 0.012 acceptable, 0.015 marginal, above
nonconforming), only with 300 amounts or more. Source: Nigrini, Benford's Law: Applications for Forensic
Accounting, Auditing, and Fraud Detection, chapters 4 to 8; AU-C 240 (journal entry testing).

Limits: a flag is a reason to look, never proof of error or fraud. Benford does not suit assigned numbers, prices with thresholds
or amounts of one narrow size.
"""

import itertools
from collections import Counter
from decimal import Decimal
from math import exp, log10
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, Rate, Ratio, plain

LEAST_FOR_BENFORD = 300
_SHOWN = 100
CRITICAL = Decimal("15.507")


class LedgerEntry(Model):
    """A posting; number for gap tests."""

    id: Annotated[str, Field(max_length=60)]
    date: Day
    amount: Money
    account: Annotated[str, Field(max_length=60)] = ""
    number: Annotated[int | None, Field(ge=0, le=10**9)] = None


class Digit(Model):
    """A first digit's share in the ledger and by Benford's law."""

    digit: Count
    count: Count
    actual: Rate
    expected: Rate


class Benford(Model):
    """First-digit test."""

    amounts: Count
    digits: list[Digit]
    chi_square: Ratio
    p_value: Ratio
    mean_absolute_deviation: Ratio
    conformity: Literal["close", "acceptable", "marginal", "nonconforming"]


class Anomalies(Model):
    """Flags by test; lists show at most 100."""

    entries: Count
    duplicates: Annotated[list[list[str]], Field(description="Ids that agree in date, account and amount.")]
    missing_numbers: list[int]
    missing_count: Count
    round_amounts: list[str]
    round_count: Count
    weekend: list[str]
    weekend_count: Count
    benford: Benford | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def check_ledger_anomalies(
    entries: Annotated[list[LedgerEntry], Field(min_length=1, max_length=10_000)],
    round_to: NonNegativeMoney = Decimal(1000),
    benford: bool = False,
) -> Anomalies:
    """Duplicates, gaps, round amounts, weekends, Benford in a ledger.

    Use when closing books.
    """
    if round_to <= 0:
        raise InvalidInput(f"round_to {plain(round_to)!r} must be above zero, for example '1000'", field="round_to")
    seen = Counter(entry.id for entry in entries)
    twice = [key for key, count in seen.items() if count > 1]
    if twice:
        raise InvalidInput(f"id {twice[0]!r} is given {seen[twice[0]]} times; give each entry its own", field="entries")
    groups: dict[tuple[object, ...], list[str]] = {}
    for entry in entries:
        groups.setdefault((entry.date, entry.account, entry.amount), []).append(entry.id)
    missing, missing_count = _gaps(sorted({e.number for e in entries if e.number is not None}))
    rounds = [e.id for e in entries if e.amount and e.amount % round_to == 0]
    weekend = [e.id for e in entries if e.date.weekday() >= 5]
    return Anomalies(
        entries=len(entries),
        duplicates=[ids for ids in groups.values() if len(ids) > 1][:_SHOWN],
        missing_numbers=missing,
        missing_count=missing_count,
        round_amounts=rounds[:_SHOWN],
        round_count=len(rounds),
        weekend=weekend[:_SHOWN],
        weekend_count=len(weekend),
        benford=_benford(entries) if benford else None,
        method="Duplicates by date, account and amount; gaps between first and last number; multiples of "
        f"{plain(round_to)}; Saturdays and Sundays; Benford's first digits by chi-square and mean absolute deviation (Nigrini).",
        assumptions=["Entries are complete for the period, and numbers are issued one by one."],
        warnings=["Flags are reasons to look, not findings: ask for the document behind each."],
    )


def _gaps(numbers: list[int]) -> tuple[list[int], int]:
    missing: list[int] = []
    count = 0
    for one, following in itertools.pairwise(numbers):
        count += following - one - 1
        room = _SHOWN - len(missing)
        missing += range(one + 1, min(following, one + 1 + room))
    return missing, count


def _benford(entries: list[LedgerEntry]) -> Benford:
    amounts = [abs(entry.amount) for entry in entries if abs(entry.amount) >= 10]
    total = len(amounts)
    if total < LEAST_FOR_BENFORD:
        raise InvalidInput(
            f"{total} amounts of 10 and more are too few for Benford's law, which needs {LEAST_FOR_BENFORD}; leave benford false",
            field="benford",
        )
    counts = Counter(int(str(amount.normalize().as_tuple().digits[0])) for amount in amounts)
    chi, deviation, digits = 0.0, 0.0, []
    for digit in range(1, 10):
        share = log10(1 + 1 / digit)
        actual = counts[digit] / total
        chi += (counts[digit] - total * share) ** 2 / (total * share)
        deviation += abs(actual - share) / 9
        digits.append(
            Digit(digit=digit, count=counts[digit], actual=Decimal(f"{actual:.6f}"), expected=Decimal(f"{share:.6f}"))
        )
    half = chi / 2  # the chi-square tail with eight degrees of freedom has a closed form
    tail = exp(-half) * (1 + half + half**2 / 2 + half**3 / 6)
    limits: list[tuple[float, Literal["close", "acceptable", "marginal"]]] = [
        (0.006, "close"),
        (0.012, "acceptable"),
        (0.015, "marginal"),
    ]
    return Benford(
        amounts=total,
        digits=digits,
        chi_square=Decimal(f"{chi:.4f}"),
        p_value=Decimal(f"{tail:.6f}"),
        mean_absolute_deviation=Decimal(f"{deviation:.6f}"),
        conformity=next((name for limit, name in limits if deviation <= limit), "nonconforming"),
    )
