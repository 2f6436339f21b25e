"""The cost baseline: what is planned to be spent, week by week.

Two ways to give the costs: of each task (any project), or production to share among the tasks that make
assets. Media is optional and spread over its flight.

Refused: a flight of more than 520 weeks, media without a flight, both kinds of cost at once, amounts finer
than the currency's unit, production cost without a working day to fall on, tasks whose dates do not hold
their working days, more than 2,000 tasks, 200,000 task days or 1,040 weeks, and an unknown country, subdivision or currency.
"""

from bisect import bisect_left, bisect_right
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

LONGEST_FLIGHT, LONGEST_SPAN, MOST_TASKS, MOST_DAYS = 520, 1040, 2000, 200_000

METHOD = (
    "Time-phased budget (planned value) by ISO 8601 week. The cost of a task is spread evenly over its working days, that "
    "of a milestone falls on its finish. Production given as one sum is spread over the working days of the tasks "
    "that make assets, each day of each task alike; media evenly over the calendar days of the flight, which begins "
    "on the go-live day. Cumulative planned value at the end of a week is the exact share of the days past, rounded "
    "half up to the currency's unit; a week's planned value is the difference to the week before, so the last week "
    "closes at the budget at completion (BAC = task costs or production, + media) to the cent. A task's share of "
    "production is rounded by largest remainder. In PMI's terms (PMBOK Guide, determine budget) project budget = cost baseline + management reserve: "
    "a reserve that nobody may plan against is held outside the baseline, whatever the brief calls it; PMI's "
    "contingency reserve would be inside."
)


class CostedTask(Model):
    """A dated task with its own cost, or a share of production if it makes assets."""

    start: Day
    finish: Day
    duration: Days
    makes_assets: bool = True
    cost: NonNegativeMoney | None = None


class TaskCost(Model):
    cost: NonNegativeMoney


class BaselineWeek(Model):
    """A week from Monday (`begins`): planned spend, and what it is made of.

    `production_days` are the working days of the tasks that carry cost in it (two tasks on one day
    count twice), `media_days` the days of the flight.
    """

    begins: Day
    planned: NonNegativeMoney
    cumulative: NonNegativeMoney
    production_days: Days
    media_days: Days


class CostBaseline(Model):
    """Planned value by week. `budget_total` = BAC + reserve + unallocated.

    Without media the flight is the span of the tasks.
    """

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
    currency: str,
    country: Annotated[str, Field(description="whose holidays are free: 'US'")],
    go_live: Annotated[Day | None, Field(description="media starts")] = None,
    campaign_weeks: Annotated[Count, Field(description="of media")] = 0,
    media: NonNegativeMoney = Decimal(0),
    production: Annotated[NonNegativeMoney, Field(description="in one sum, instead of task costs")] = Decimal(0),
    subdivision: Annotated[str | None, Field(description="'WA'")] = None,
    weekend: Annotated[list[str] | None, Field(description="if not the country's: ['friday']")] = None,
    reserve: NonNegativeMoney = Decimal(0),
    unallocated: NonNegativeMoney = Decimal(0),
) -> CostBaseline:
    """Spread task costs, or a campaign's production and media, over weeks: planned value up to the BAC, reserve outside.

    Use when earned value needs a baseline. It does not know when invoices are paid.
    """
    calendar = working_calendar(country, subdivision, weekend)
    _check_amounts(currency, media=media, production=production, reserve=reserve, unallocated=unallocated)
    _check_tasks(tasks, production, currency)
    flight = _flight(go_live, campaign_weeks, media, calendar)
    own = any(task.cost is not None for task in tasks.values())
    carriers = {key: task for key, task in tasks.items() if (task.cost if own else task.makes_assets)}
    making = _working(carriers, calendar)
    if own:
        making = {key: days or [tasks[key].finish] for key, days in making.items()}
        costs = {key: task.cost or Decimal(0) for key, task in carriers.items()}
        spread = {key: Fraction(costs[key]) for key in making}
    else:
        costs = _shared(making, production, currency)
        count = sum(map(len, making.values()))
        spread = {key: Fraction(production) * len(days) / count for key, days in making.items() if days}
    days = [day for found in making.values() for day in found]
    dates = [*days, *flight, *(task.start for task in tasks.values())]
    if not flight:
        dates += [task.finish for task in tasks.values()]
    if not dates:
        raise InvalidInput("there are no tasks and no media to plan; give one or the other", field="tasks")
    _check_span(dates)
    daily: dict[date, Fraction] = {}
    for key, whole in spread.items():
        for day in making[key]:
            daily[day] = daily.get(day, Fraction(0)) + whole / len(making[key])
    weeks = _weeks(min(dates), max([*flight, *days] or dates), days, daily, flight, media, minor_units(currency))
    bac = sum(costs.values(), Decimal(0)) + media
    return CostBaseline(
        tasks={key: TaskCost(cost=costs.get(key, Decimal(0))) for key in tasks},
        weeks=weeks,
        flight_start=flight[0] if flight else min(dates),
        flight_end=flight[-1] if flight else max(dates),
        bac=bac,
        reserve=reserve,
        unallocated=unallocated,
        budget_total=bac + reserve + unallocated,
        method=METHOD,
        assumptions=[
            "Money counts as spent when the work is done or the media runs, not when it is invoiced or paid.",
            "Every working day of a task costs the same; media spends the same every day of the flight."
            if own
            else "Every working day of making assets costs the same; media spends the same every day of the flight.",
        ],
    )


def _flight(go_live: date | None, weeks: int, media: Decimal, calendar: WorkingCalendar) -> list[date]:
    """The days on which media runs; none without media."""
    if go_live is None and not weeks:
        if media:
            raise InvalidInput(
                f"media {plain(media)} has no days to run on; give go_live and campaign_weeks, or leave media out",
                field="go_live",
            )
        return []
    if go_live is None:
        raise InvalidInput("go_live is missing; give the day on which media starts", field="go_live")
    if not 1 <= weeks <= LONGEST_FLIGHT:
        raise InvalidInput(
            f"campaign_weeks {weeks} must be from 1 to {LONGEST_FLIGHT}; it says how long media runs after go-live",
            field="campaign_weeks",
        )
    calendar.check(go_live, "go_live")
    return [go_live + timedelta(days=n) for n in range(7 * weeks)]


def _check_tasks(tasks: dict[str, CostedTask], production: Decimal, currency: str) -> None:
    if len(tasks) > MOST_TASKS:
        raise InvalidInput(
            f"{len(tasks):,} tasks are more than the {MOST_TASKS:,} of one baseline; sum small ones up", field="tasks"
        )
    for key, task in tasks.items():
        if task.cost is not None and production:
            raise InvalidInput(
                f"task {key!r} has a cost and production {plain(production)} is given too; keep one of them, so that "
                "nothing is counted twice",
                field=f"tasks.{key}.cost",
            )
        if task.cost is not None:
            _check_amounts(currency, **{f"tasks.{key}.cost": task.cost})


def _shared(making: dict[str, list[date]], production: Decimal, currency: str) -> dict[str, Decimal]:
    """Production by task, by its working days."""
    count = sum(map(len, making.values()))
    if production and not count:
        raise InvalidInput(
            f"production {plain(production)} {currency} has no working day to fall on; "
            "give a task that makes assets a duration of at least one day",
            field="production",
        )
    shares = {key: production * len(found) / count for key, found in making.items() if count}
    return split_by_largest_remainder(shares, production, currency) if shares else {}


def _check_span(dates: list[date]) -> None:
    if (max(dates) - min(dates)).days > 7 * LONGEST_SPAN:
        raise InvalidInput(
            f"the plan runs from {min(dates)} to {max(dates)}, more than {LONGEST_SPAN:,} weeks; check the dates",
            field="tasks",
        )


def _check_amounts(currency: str, **amounts: Decimal) -> None:
    unit = Decimal(1).scaleb(-minor_units(currency))
    for name, amount in amounts.items():
        if amount % unit:
            raise InvalidInput(
                f"{name} {plain(amount)} is finer than the smallest unit of {currency}, {plain(unit)}; round it",
                field=name,
            )


def _working(tasks: dict[str, CostedTask], calendar: WorkingCalendar) -> dict[str, list[date]]:
    """The working days of each task; none of a milestone. The calendar is asked once for all of them."""
    for key, task in tasks.items():
        if task.finish < task.start:
            raise InvalidInput(
                f"task {key!r} finishes on {task.finish}, before it starts on {task.start}; give its dates in order",
                field=f"tasks.{key}.finish",
            )
    lasting = {key: task for key, task in tasks.items() if task.duration}
    if (total := sum(task.duration for task in lasting.values())) > MOST_DAYS:
        raise InvalidInput(
            f"the tasks have {total:,} working days in all, more than {MOST_DAYS:,}; plan at a coarser level",
            field="tasks",
        )
    found: dict[str, list[date]] = {key: [] for key in tasks}
    if not lasting:
        return found
    ends = [task.start for task in lasting.values()], [task.finish for task in lasting.values()]
    _check_span([*ends[0], *ends[1]])
    every = calendar.working_days(min(ends[0]), max(ends[1]))
    for key, task in lasting.items():
        first, last = bisect_left(every, task.start), bisect_right(every, task.finish)
        if last - first != task.duration:
            raise InvalidInput(
                f"task {key!r}: there are {last - first} working days from {task.start} to {task.finish} in "
                f"{calendar.place}, not {task.duration}; take the dates from build_gantt_schedule with the same calendar",
                field=f"tasks.{key}",
            )
        found[key] = every[first:last]
    return found


def _weeks(
    first: date,
    last: date,
    making: list[date],
    daily: dict[date, Fraction],
    flight: list[date],
    media: Decimal,
    digits: int,
) -> dict[str, BaselineWeek]:
    made_in = Counter(_monday(day) for day in making)
    runs_in = Counter(_monday(day) for day in flight)
    spent_in: dict[date, Fraction] = {}
    for day, cost in daily.items():
        spent_in[_monday(day)] = spent_in.get(_monday(day), Fraction(0)) + cost
    weeks: dict[str, BaselineWeek] = {}
    ran, spent, before = 0, Fraction(0), Decimal(0)
    monday = _monday(first)
    while monday <= last:
        spent += spent_in.get(monday, Fraction(0))
        ran += runs_in[monday]
        cumulative = _rounded(spent + (Fraction(media) * ran / len(flight) if flight else 0), digits)
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
