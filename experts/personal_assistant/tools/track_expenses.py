"""An expense report: receipts by category and currency, mileage by date, policy breaches, duplicates.

Amounts in another currency are multiplied by the rate given (units of the report's currency for one of
the other) and rounded half up to the currency's unit. Mileage = miles x the IRS standard business rate
of the trip's date (2026 changes on 1 July: 72.5 then 76 cents, Announcement 2026-11), rounded a trip;
only where the report is in USD. A receipt with the date, merchant, amount and currency of an earlier one
is a suspected duplicate and left out of the totals, unless its `number` differs. Policy limits are per
receipt or per day and category; breaches are named and stay in the totals.

Per diem = meals and incidentals of each day of a journey at the standard continental rate of that day
(reference://per_diem, GSA by fiscal year from 1 October): 75 percent on the day of departure and the last day,
the whole between (41 CFR 301-11.101). It is added to the total; the lodging rate is only the ceiling for
receipts. A place or day that the table lacks is refused. Limits: United States mileage and per diem only; meals
provided by others are not deducted (41 CFR 301-11.18), and travel of 12 hours or less has none (301-11.1);
reimbursement and its tax treatment follow the employer's plan.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units, round_money
from experts.core.quantities import Day, Money, NonNegativeMoney, NonNegativeVolume, Ratio, plain
from experts.personal_assistant.tools._per_diem import Journey, PerDiemLine, check_apart
from experts.personal_assistant.tools._per_diem import per_diem as allowance
from experts.personal_assistant.tools._reference import table

_MEALS = ("meal", "food", "breakfast", "lunch", "dinner", "restaurant", "incidental")


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
    per_diem: list[PerDiemLine] = []
    by_category: dict[str, Money]
    by_currency: dict[str, Money]
    receipts_total: Money
    mileage_total: Money
    per_diem_total: Money = Decimal(0)
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
    per_diem: Annotated[list[Journey], Field(max_length=60, description="US federal meals allowance")] = [],  # noqa: B006 - read only
) -> ExpenseReport:
    """Expense report: totals, currencies, IRS mileage and GSA per diem by date, policy breaches, duplicate receipts.

    Use when receipts, mileage or per diem are claimed.
    """
    minor_units(currency)
    if not receipts and not trips and not per_diem:
        raise InvalidInput("there is nothing to report; give receipts, trips or per_diem", field="receipts")
    for code, rate in rates.items():
        minor_units(code)
        if rate <= 0:
            raise InvalidInput(f"rate {plain(rate)!r} of {code} must be above 0", field=f"rates.{code}")
    if trips and currency != "USD":
        raise InvalidInput(
            f"mileage rates are US dollars by IRS table, the report is in {currency!r}; report trips in USD",
            field="trips",
        )
    if per_diem and currency != "USD":
        raise InvalidInput(
            f"per diem rates are US dollars by GSA table, the report is in {currency!r}; report per_diem in USD",
            field="per_diem",
        )
    check_apart(per_diem)
    days = [allowance(journey, f"per_diem.{at}") for at, journey in enumerate(per_diem)]
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
    allowed = sum((line.meals_and_incidentals for line in days), Decimal(0))
    if days:
        by_category["per diem"] = by_category.get("per diem", Decimal(0)) + allowed
    return ExpenseReport(
        currency=currency,
        receipts=lines,
        mileage=miles,
        per_diem=days,
        by_category=dict(sorted(by_category.items())),
        by_currency=dict(sorted(by_currency.items())),
        receipts_total=spent,
        mileage_total=driven,
        per_diem_total=allowed,
        total=spent + driven + allowed,
        breaches=_breaches(counted, receipts, policy, receipt_needed_above, currency),
        duplicates=duplicates,
        method=_method(miles, days),
        assumptions=[
            *(["Breaches of policy are named and stay in the totals; approval is the company's."] if policy else []),
            *(
                [
                    "Each journey lasts more than 12 hours, and nobody else pays for its meals (41 CFR 301-11.1, 301-11.18)."
                ]
                if days
                else []
            ),
        ],
        warnings=[
            *(
                [f"{len(duplicates)} suspected duplicates are left out; give each a number if they are real."]
                if duplicates
                else []
            ),
            *_twice(counted, days),
        ],
    )


def _method(miles: list[MileageLine], days: list[PerDiemLine]) -> str:
    said = "Amount x rate given, rounded half up a receipt; "
    if miles:
        source = table("mileage_rates")
        said += f"miles x reference://{source.id} at the trip's date ({source.source}). "
    if days:
        source = table("per_diem")
        rows = "; ".join(dict.fromkeys(row for line in days for row in line.rows))
        said += (
            f"Per diem by reference://{source.id} ({rows}; checked {source.checked_on}): 75 percent on the first and last "
            f"day, the whole between. Source: {source.source}. "
        )
    return said + "Suspected duplicates are not counted."


def _twice(counted: list[ReceiptLine], days: list[PerDiemLine]) -> list[str]:
    """Receipts that the per diem of their day already covers, or lodging above its ceiling."""
    found = []
    for line in days:
        during = [one for one in counted if line.start <= one.day <= line.end]
        meals = [one for one in during if any(word in one.category for word in _MEALS)]
        if meals:
            found.append(
                f"Receipts {', '.join(str(one.number) for one in meals)} are meals on days with per diem, which covers them."
            )
        beds = sum((one.amount for one in during if one.category in ("lodging", "hotel")), Decimal(0))
        if beds > line.lodging_limit:
            found.append(
                f"Lodging of {plain(beds)} USD from {line.start} to {line.end} is above the ceiling of "
                f"{plain(line.lodging_limit)} for {line.nights} nights."
            )
    return found


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
