"""An expense report: receipts by category and currency, mileage by date, policy breaches, duplicates.

Amounts in another currency are multiplied by the rate given (units of the report's currency for one of
the other) and rounded half up to the currency's unit. Mileage = miles x the IRS standard business rate
of the trip's date (2026 changes on 1 July: 72.5 then 76 cents, Announcement 2026-11), rounded a trip;
only where the report is in USD. A receipt with the date, merchant, amount and currency of an earlier one
is a suspected duplicate and left out of the totals, unless its `number` differs. Policy limits are per
receipt or per day and category; breaches are named and stay in the totals. Limits: United States
mileage only; reimbursement and its tax treatment follow the employer's plan.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units, round_money
from experts.core.quantities import Day, Money, NonNegativeMoney, NonNegativeVolume, Ratio, plain
from experts.personal_assistant.tools._reference import table


class Receipt(Model):
    """currency defaults to the report's; number tells equal receipts apart."""

    day: Day
    merchant: Annotated[str, Field(min_length=1, max_length=100)]
    category: Annotated[str, Field(min_length=1, max_length=40)]
    amount: NonNegativeMoney
    currency: str | None = None
    number: Annotated[str, Field(max_length=60)] = ""
    has_receipt: bool = True


class Trip(Model):
    day: Day
    miles: Annotated[NonNegativeVolume, Field(le=5000)]
    purpose: Annotated[str, Field(min_length=1, max_length=120)]


class Limit(Model):
    """category "*" is every one."""

    category: str
    limit: NonNegativeMoney
    per: Literal["receipt", "day"] = "receipt"


class ReceiptLine(Model):
    """In the report's currency; counted is false for a suspected duplicate."""

    number: int
    day: Day
    merchant: str
    category: str
    original: Money
    currency: str
    rate: Ratio
    amount: Money
    counted: bool


class MileageLine(Model):
    day: Day
    purpose: str
    miles: NonNegativeVolume
    cents_per_mile: Ratio
    amount: Money


class ExpenseReport(Model):
    """Money in the report's currency; by_currency in each original one."""

    currency: str
    receipts: list[ReceiptLine]
    mileage: list[MileageLine]
    by_category: dict[str, Money]
    by_currency: dict[str, Money]
    receipts_total: Money
    mileage_total: Money
    total: Money
    breaches: list[str]
    duplicates: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def track_expenses(
    currency: str,
    receipts: Annotated[list[Receipt], Field(max_length=500)] = [],  # noqa: B006 - read only
    trips: Annotated[list[Trip], Field(max_length=300, description="own car, US business miles")] = [],  # noqa: B006 - read only
    rates: Annotated[dict[str, Ratio], Field(max_length=40, description="report currency for one of the other")] = {},  # noqa: B006 - read only
    policy: Annotated[list[Limit], Field(max_length=60)] = [],  # noqa: B006 - read only
    receipt_needed_above: NonNegativeMoney | None = None,
) -> ExpenseReport:
    """Expense report: totals, currencies, IRS mileage by date, policy breaches, duplicate receipts.

    Use when receipts or mileage are claimed.
    """
    minor_units(currency)
    if not receipts and not trips:
        raise InvalidInput("there is nothing to report; give receipts or trips", field="receipts")
    for code, rate in rates.items():
        minor_units(code)
        if rate <= 0:
            raise InvalidInput(f"rate {plain(rate)!r} of {code} must be above 0", field=f"rates.{code}")
    if trips and currency != "USD":
        raise InvalidInput(
            f"mileage rates are US dollars by IRS table, the report is in {currency!r}; report trips in USD",
            field="trips",
        )
    lines, duplicates = _lines(receipts, currency, rates)
    miles = [_mileage(trip) for trip in trips]
    counted = [line for line in lines if line.counted]
    by_category: dict[str, Decimal] = {}
    by_currency: dict[str, Decimal] = {}
    for line in counted:
        by_category[line.category] = by_category.get(line.category, Decimal(0)) + line.amount
        by_currency[line.currency] = by_currency.get(line.currency, Decimal(0)) + line.original
    driven = sum((line.amount for line in miles), Decimal(0))
    spent = sum(by_category.values(), Decimal(0))
    if miles:
        by_category["mileage"] = by_category.get("mileage", Decimal(0)) + driven
    source = table("mileage_rates")
    return ExpenseReport(
        currency=currency,
        receipts=lines,
        mileage=miles,
        by_category=dict(sorted(by_category.items())),
        by_currency=dict(sorted(by_currency.items())),
        receipts_total=spent,
        mileage_total=driven,
        total=spent + driven,
        breaches=_breaches(counted, receipts, policy, receipt_needed_above, currency),
        duplicates=duplicates,
        method="Amount x rate given, rounded half up a receipt; "
        + (f"miles x reference://{source.id} at the trip's date ({source.source}). " if miles else "")
        + "Suspected duplicates are not counted.",
        assumptions=["Breaches of policy are named and stay in the totals; approval is the company's."]
        if policy
        else [],
        warnings=[f"{len(duplicates)} suspected duplicates are left out; give each a number if they are real."]
        if duplicates
        else [],
    )


def _lines(receipts: list[Receipt], currency: str, rates: dict[str, Decimal]) -> tuple[list[ReceiptLine], list[str]]:
    lines: list[ReceiptLine] = []
    duplicates: list[str] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, one in enumerate(receipts, 1):
        code = one.currency or currency
        if round_money(one.amount, code) != one.amount:
            raise InvalidInput(
                f"amount {plain(one.amount)!r} is finer than the unit of {code}; correct it",
                field=f"receipts.{number - 1}.amount",
            )
        if code != currency and code not in rates:
            raise InvalidInput(f"no rate is given for {code!r}; add it to rates", field=f"rates.{code}")
        rate = Decimal(1) if code == currency else rates[code]
        key = (one.day, " ".join(one.merchant.casefold().split()), one.amount, code, one.number)
        first = seen.setdefault(key, number)
        if first != number:
            duplicates.append(
                f"receipt {number} repeats receipt {first}: {one.day} {one.merchant} {plain(one.amount)} {code}"
            )
        lines.append(
            ReceiptLine(
                number=number,
                day=one.day,
                merchant=one.merchant,
                category=one.category.strip().lower(),
                original=one.amount,
                currency=code,
                rate=rate,
                amount=round_money(one.amount * rate, currency),
                counted=first == number,
            )
        )
    return lines, duplicates


def _mileage(trip: Trip) -> MileageLine:
    cents = Decimal(table("mileage_rates").on(trip.day)["business_cents"])
    return MileageLine(
        day=trip.day,
        purpose=trip.purpose,
        miles=trip.miles,
        cents_per_mile=cents,
        amount=round_money(trip.miles * cents / 100, "USD"),
    )


def _breaches(
    counted: list[ReceiptLine], receipts: list[Receipt], policy: list[Limit], needed: Decimal | None, currency: str
) -> list[str]:
    found = []
    for rule in policy:
        mine = [line for line in counted if rule.category in ("*", line.category)]
        groups: dict[tuple[str, ...], Decimal] = {}
        for line in mine:
            group: tuple[str, ...] = (
                (f"receipt {line.number}, {line.day} {line.merchant}",) if rule.per == "receipt" else (f"{line.day}",)
            )
            groups[group] = groups.get(group, Decimal(0)) + line.amount
        for group, amount in groups.items():
            if amount > rule.limit:
                what = "all categories" if rule.category == "*" else rule.category
                found.append(
                    f"{what}, {group[0]}: {plain(amount)} {currency} is {plain(amount - rule.limit)} above "
                    f"{plain(rule.limit)} a {rule.per}"
                )
    if needed is not None:
        found += [
            f"receipt {line.number}, {line.day} {line.merchant}: {plain(line.amount)} {currency} needs a receipt"
            for line in counted
            if line.amount > needed and not receipts[line.number - 1].has_receipt
        ]
    return found
