"""Task costs by month: planned value of a dated schedule.

Refused: amounts finer than the currency's unit, a task that finishes before it starts, more than 2,000
tasks, and an unknown country, subdivision or currency.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from experts.core.calendar import WorkingCalendar, working_calendar
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units
from experts.core.quantities import Day, NonNegativeMoney, plain

LISTED = False  # build_cost_baseline and measure_earned_value are the ones a person calls
LONGEST_TASK = 10_000

METHOD = (
    "Time-phased budget (planned value) by calendar month. A task's cost is spread evenly over its working days; that "
    "of a task without one falls on its finish. Cumulative planned value at the end of a month is the exact share, "
    "rounded half up to the currency's unit; a month's planned value is the difference to the month before, so that "
    "the last month closes at the budget at completion (BAC), the sum of all costs."
)


class CostedDates(Model):
    """A dated task and what it costs."""

    start: Day
    finish: Day
    cost: NonNegativeMoney = Decimal(0)


class CostMonth(Model):
    """A month from its first day (`begins`): planned spend, and the sum so far."""

    begins: Day
    planned: NonNegativeMoney
    cumulative: NonNegativeMoney


class SpreadCosts(Model):
    """Planned value by month ("2027-03"), without gaps between the first and the last; `bac` is the sum."""

    months: dict[str, CostMonth]
    bac: NonNegativeMoney
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def spread_task_costs(
    tasks: Annotated[dict[Key, CostedDates], Field(max_length=2000, description="dated, by id")],
    currency: str,
    country: Annotated[str, Field(description="whose holidays are free: 'US'")],
    subdivision: Annotated[str | None, Field(description="'WA'")] = None,
    weekend: Annotated[list[str] | None, Field(description="if not the country's: ['friday']")] = None,
) -> SpreadCosts:
    """Spread the costs of dated tasks over calendar months: planned value up to the BAC.

    Use when a plan needs a budget by month. It does not know when invoices are paid.
    """
    calendar = working_calendar(country, subdivision, weekend)
    places = minor_units(currency)
    spent: Counter[str] = Counter()
    exact: dict[str, Fraction] = {}
    for key, task in tasks.items():
        _check(key, task, places, currency)
        days = list(_worked(task, calendar)) if task.cost else [task.finish]
        for month, count in Counter(f"{day:%Y-%m}" for day in days).items():
            exact[month] = exact.get(month, Fraction(0)) + Fraction(task.cost) * count / len(days)
        spent.update([f"{task.start:%Y-%m}", f"{task.finish:%Y-%m}"])
    months: dict[str, CostMonth] = {}
    total, before = Fraction(0), Decimal(0)
    for month in _between(min(spent), max(spent)) if spent else ():
        total += exact.get(month, Fraction(0))
        so_far = _half_up(total, places)
        begins = date.fromisoformat(f"{month}-01")
        months[month] = CostMonth(begins=begins, planned=so_far - before, cumulative=so_far)
        before = so_far
    return SpreadCosts(
        months=months,
        bac=sum((task.cost for task in tasks.values()), Decimal(0)),
        method=METHOD,
        assumptions=["Money counts as spent when the work is done, evenly over its working days, not when it is paid."],
    )


def _check(key: str, task: CostedDates, places: int, currency: str) -> None:
    if task.finish < task.start:
        raise InvalidInput(
            f"task {key!r} finishes on {task.finish}, before it starts on {task.start}; give its dates in order",
            field=f"tasks.{key}.finish",
        )
    if (task.finish - task.start).days > LONGEST_TASK:
        raise InvalidInput(
            f"task {key!r} lasts from {task.start} to {task.finish}, more than {LONGEST_TASK} days; split it",
            field=f"tasks.{key}.finish",
        )
    if task.cost % Decimal(1).scaleb(-places):
        raise InvalidInput(
            f"the cost of task {key!r}, {plain(task.cost)} {currency}, is finer than the currency's unit; "
            f"give at most {places} decimals",
            field=f"tasks.{key}.cost",
        )


def _worked(task: CostedDates, calendar: WorkingCalendar) -> Iterator[date]:
    """The task's working days, or its finish where it has none."""
    days = [task.start + timedelta(days=n) for n in range((task.finish - task.start).days + 1)]
    yield from [day for day in days if calendar.is_working(day)] or [task.finish]


def _between(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:])
    while f"{year:04}-{month:02}" <= last:
        yield f"{year:04}-{month:02}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _half_up(value: Fraction, places: int) -> Decimal:
    scaled = value * 10**places
    return Decimal((scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)).scaleb(-places)
