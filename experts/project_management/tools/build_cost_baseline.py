"""The cost baseline: what is planned to be spent, week by week.

Refused: a flight of no week or more than 520, amounts finer than the currency's unit, production cost
without a working day to fall on, tasks whose dates do not hold their working days, and an unknown
country, subdivision or currency.
"""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from experts.core.calendar import WorkingCalendar, working_calendar
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units, split_by_largest_remainder
from experts.core.quantities import Count, Day, Days, Money, NonNegativeMoney, plain

LONGEST_FLIGHT = 520

METHOD = (
    "Time-phased budget (planned value) by ISO 8601 week. Production is spread over the working days of the tasks "
    "that make assets, each day of each task alike; media evenly over the calendar days of the flight, which begins "
    "on the go-live day. Cumulative planned value at the end of a week is the exact share of the days past, rounded "
    "half up to the currency's unit; a week's planned value is the difference to the week before, so the last week "
    "closes at the budget at completion (BAC = production + media) to the cent. A task's cost is rounded by largest "
    "remainder. In PMI's terms (PMBOK Guide, determine budget) project budget = cost baseline + management reserve: "
    "a reserve that nobody may plan against is held outside the baseline, whatever the brief calls it; PMI's "
    "contingency reserve would be inside."
)


class CostedTask(Model):
    """A dated task. Only tasks that make assets carry production cost."""

    start: Day
    finish: Day
    duration: Days
    makes_assets: bool = True


class TaskCost(Model):
    cost: NonNegativeMoney


class BaselineWeek(Model):
    """A week from Monday (`begins`): planned spend, and what it is made of.

    `production_days` are the working days of asset-making tasks in it (two tasks on one day
    count twice), `media_days` the days of the flight.
    """

    begins: Day
    planned: NonNegativeMoney
    cumulative: NonNegativeMoney
    production_days: Days
    media_days: Days


class CostBaseline(Model):
    """Planned value by week. `budget_total` = BAC + reserve + unallocated."""

    tasks: dict[Key, TaskCost]
    weeks: dict[str, BaselineWeek]
    flight_start: Day
    flight_end: Day
    bac: Money
    reserve: Money
    unallocated: Money
    budget_total: Money
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_cost_baseline(
    tasks: Annotated[dict[Key, CostedTask], Field(description="dated, by id")],
    go_live: Annotated[Day, Field(description="media starts")],
    campaign_weeks: Annotated[Count, Field(description="of media")],
    media: NonNegativeMoney,
    production: NonNegativeMoney,
    currency: str,
    country: Annotated[str, Field(description="whose holidays are free: 'US'")],
    subdivision: Annotated[str | None, Field(description="'WA'")] = None,
    weekend: Annotated[list[str] | None, Field(description="if not the country's: ['friday']")] = None,
    reserve: NonNegativeMoney = Decimal(0),
    unallocated: NonNegativeMoney = Decimal(0),
) -> CostBaseline:
    """Spread a campaign's production and media over weeks: planned value up to the BAC, reserve outside.

    Use when earned value needs a baseline. It does not know when invoices are paid.
    """
    calendar = working_calendar(country, subdivision, weekend)
    _check_amounts(currency, media=media, production=production, reserve=reserve, unallocated=unallocated)
    if not 1 <= campaign_weeks <= LONGEST_FLIGHT:
        raise InvalidInput(
            f"campaign_weeks {campaign_weeks} must be from 1 to {LONGEST_FLIGHT}; it says how long media runs after "
            "go-live",
            field="campaign_weeks",
        )
    calendar.check(go_live, "go_live")
    flight_end = go_live + timedelta(days=7 * campaign_weeks - 1)
    making = {key: _days_of(key, task, calendar) for key, task in tasks.items() if task.makes_assets}
    days = [day for found in making.values() for day in found]
    if production and not days:
        raise InvalidInput(
            f"production {plain(production)} {currency} has no working day to fall on; "
            "give a task that makes assets a duration of at least one day",
            field="production",
        )
    shares = {key: production * len(found) / len(days) for key, found in making.items() if days}
    costs = split_by_largest_remainder(shares, production, currency) if shares else {}
    first = min([go_live, *(task.start for task in tasks.values())])
    flight = [go_live + timedelta(days=n) for n in range(7 * campaign_weeks)]
    weeks = _weeks(first, max([flight_end, *days]), days, flight, production, media, minor_units(currency))
    return CostBaseline(
        tasks={key: TaskCost(cost=costs.get(key, Decimal(0))) for key in tasks},
        weeks=weeks,
        flight_start=go_live,
        flight_end=flight_end,
        bac=production + media,
        reserve=reserve,
        unallocated=unallocated,
        budget_total=production + media + reserve + unallocated,
        method=METHOD,
        assumptions=[
            "Money counts as spent when the work is done or the media runs, not when it is invoiced or paid.",
            "Every working day of making assets costs the same; media spends the same every day of the flight.",
        ],
    )


def _check_amounts(currency: str, **amounts: Decimal) -> None:
    unit = Decimal(1).scaleb(-minor_units(currency))
    for name, amount in amounts.items():
        if amount % unit:
            raise InvalidInput(
                f"{name} {plain(amount)} is finer than the smallest unit of {currency}, {plain(unit)}; round it",
                field=name,
            )


def _days_of(key: str, task: CostedTask, calendar: WorkingCalendar) -> list[date]:
    if not task.duration:
        return []
    found = calendar.working_days(task.start, task.finish)
    if len(found) != task.duration:
        raise InvalidInput(
            f"task {key!r}: there are {len(found)} working days from {task.start} to {task.finish} in "
            f"{calendar.place}, not {task.duration}; take the dates from schedule_on_calendar with the same calendar",
            field=f"tasks.{key}",
        )
    return found


def _weeks(
    first: date, last: date, making: list[date], flight: list[date], production: Decimal, media: Decimal, digits: int
) -> dict[str, BaselineWeek]:
    made_in = Counter(_monday(day) for day in making)
    runs_in = Counter(_monday(day) for day in flight)
    weeks: dict[str, BaselineWeek] = {}
    made = ran = 0
    before = Decimal(0)
    monday = _monday(first)
    while monday <= last:
        made += made_in[monday]
        ran += runs_in[monday]
        spent = Fraction(production) * made / len(making) if making else Fraction(0)
        cumulative = _rounded(spent + Fraction(media) * ran / len(flight), digits)
        year, week, _ = monday.isocalendar()
        weeks[f"{year}-w{week:02}"] = BaselineWeek(
            begins=monday,
            planned=cumulative - before,
            cumulative=cumulative,
            production_days=made_in[monday],
            media_days=runs_in[monday],
        )
        before = cumulative
        monday += timedelta(days=7)
    return weeks


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _rounded(amount: Fraction, digits: int) -> Decimal:
    """Half up to `digits` places, exactly, whatever the size."""
    units = (amount * 10**digits + Fraction(1, 2)).__floor__()
    return Decimal(units).scaleb(-digits)
