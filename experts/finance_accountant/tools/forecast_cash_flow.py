"""Thirteen-week cash forecast by the direct method, with the lowest balance and the first shortfall.

Each expected receipt or payment falls in the week of its due date plus the days it is usually
late; a repeated one falls again every so many weeks. Closing = opening + receipts - payments, week
by week from the start date. Due dates before the start count in the first week (overdue). A slow
case delays every receipt by the weeks given. Source: the direct method of ASC 230-10-45-25 /
IAS 7.18(a), applied to a forecast; thirteen weeks is a quarter.

Limits: only what is listed happens; no interest on overdrafts; one currency.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, plain
from experts.finance_accountant.tools._curves import LARGEST

WEEKS = 13


class CashItem(Model):
    """Expected cash."""

    kind: Literal["receipt", "payment"]
    amount: NonNegativeMoney
    due: Day
    days_late: Count = 0
    every_weeks: Annotated[int, Field(ge=0, le=13)] = 0


class Week(Model):
    """One week; closing_slow is its closing balance when receipts come later."""

    start: Day
    receipts: Money
    payments: Money
    closing: Money
    closing_slow: Money


class CashForecast(Model):
    """Money in the given currency."""

    weeks: list[Week]
    lowest: Money
    lowest_week: Day
    lowest_slow: Money
    first_below_minimum: Day | None = None
    first_below_minimum_slow: Day | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def forecast_cash_flow(
    opening_cash: Money,
    start: Day,
    items: Annotated[dict[Key, CashItem], Field(min_length=1, max_length=300)],
    currency: str,
    minimum_cash: NonNegativeMoney = Decimal(0),
    slow_weeks: Count = 2,
) -> CashForecast:
    """13-week cash forecast: lowest balance, covenant breach, slow payers.

    Use when cash may run short.
    """
    if start.year > 9990 or abs(opening_cash) >= LARGEST / 1000:
        raise InvalidInput(
            f"start {start} or opening_cash {plain(opening_cash)!r} is out of range; check both", field="start"
        )
    if not 1 <= slow_weeks <= 12:
        raise InvalidInput(f"slow_weeks {slow_weeks!r} is not between 1 and 12; 2 is usual", field="slow_weeks")
    for key, item in items.items():
        if item.days_late > 365:
            raise InvalidInput(
                f"days_late {item.days_late!r} of {key!r} is above 365; give the day it is due",
                field=f"items.{key}.days_late",
            )
        if round_money(item.amount, currency) != item.amount or item.amount >= LARGEST / 10**4:
            raise InvalidInput(
                f"amount {plain(item.amount)!r} of {key!r} is finer than the unit of {currency} or out of range",
                field=f"items.{key}.amount",
            )
    flows = [(week, item) for item in items.values() for week in _weeks(item, start)]
    cash = slow = round_money(opening_cash, currency)
    rows: list[Week] = []
    for week in range(WEEKS):
        receipts = sum((i.amount for at, i in flows if at == week and i.kind == "receipt"), Decimal(0))
        late = sum((i.amount for at, i in flows if at + slow_weeks == week and i.kind == "receipt"), Decimal(0))
        payments = sum((i.amount for at, i in flows if at == week and i.kind == "payment"), Decimal(0))
        cash, slow = cash + receipts - payments, slow + late - payments
        rows.append(
            Week(
                start=start + timedelta(weeks=week),
                receipts=receipts,
                payments=payments,
                closing=cash,
                closing_slow=slow,
            )
        )
    lowest = min(rows, key=lambda row: row.closing)
    below = next((row.start for row in rows if row.closing < minimum_cash), None)
    below_slow = next((row.start for row in rows if row.closing_slow < minimum_cash), None)
    outside = [key for key, item in items.items() if not _weeks(item, start)]
    warnings = [f"In the week of {below} cash closes below {plain(minimum_cash)} {currency}."] if below else []
    if below_slow and not below:
        warnings.append(f"If receipts come {slow_weeks} weeks later, cash is short in the week of {below_slow}.")
    if outside:
        warnings.append(f"These fall after the thirteen weeks: {', '.join(outside)}.")
    return CashForecast(
        weeks=rows,
        lowest=lowest.closing,
        lowest_week=lowest.start,
        lowest_slow=min(row.closing_slow for row in rows),
        first_below_minimum=below,
        first_below_minimum_slow=below_slow,
        method="Direct method (ASC 230-10-45-25, IAS 7.18(a)) over thirteen weeks; items fall in the week of due date "
        "plus days late; closing = opening + receipts - payments at each week's end.",
        assumptions=[
            "Nothing but the items listed moves cash; what is overdue falls in the first week.",
            f"In the slow case every receipt comes {slow_weeks} weeks later and payments stay on time.",
        ],
        warnings=warnings,
    )


def _weeks(item: CashItem, start: Day) -> list[int]:
    """Weeks of the forecast in which the item falls; an overdue one in the first."""
    first = ((item.due - start).days + item.days_late) // 7
    if not item.every_weeks:
        return [max(first, 0)] if first < WEEKS else []
    if first < 0:
        # Earlier rounds of something repeated are taken as settled.
        first %= item.every_weeks
    return list(range(first, WEEKS, item.every_weeks))
