"""An event planned backwards from its date: latest starts, budget, seating and run sheet.

Backward pass of the critical path method: a task must end when the first task that needs it must begin,
the last ones on the eve of the event; days are calendar days. Critical tasks form the longest chain. A
task whose latest start lies before `today` is late by the difference. Budget = fixed + per guest x
guests. Seating: tables x seats against guests, spread as evenly as whole people allow. The run sheet
adds minutes from `doors`. Limits: no holidays, no quotes of suppliers.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import Infeasible, InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Day, Money, NonNegativeMoney
from experts.personal_assistant.tools import _graph
from experts.personal_assistant.tools import _zones as zones


class EventTask(Model):
    name: Annotated[str, Field(max_length=120)]
    days: Annotated[int, Field(ge=0, le=730)]
    needs: Annotated[list[str], Field(max_length=40)] = []
    owner: Annotated[str, Field(max_length=80)] = ""


class CostItem(Model):
    name: Annotated[str, Field(max_length=120)]
    fixed: NonNegativeMoney = Decimal(0)
    per_guest: NonNegativeMoney = Decimal(0)


class RunItem(Model):
    what: Annotated[str, Field(max_length=160)]
    minutes: Annotated[int, Field(ge=0, le=1440)]
    who: Annotated[str, Field(max_length=80)] = ""


class Planned(Model):
    task: str
    name: str
    owner: str
    latest_start: Day
    latest_end: Day
    critical: bool
    late_days: int


class CostLine(Model):
    name: str
    amount: Money


class RunLine(Model):
    starts: str
    ends: str
    what: str
    who: str


class EventPlan(Model):
    """tasks by latest start; per_table is guests at each table."""

    event_day: Day
    tasks: list[Planned]
    begin_by: Day
    costs: list[CostLine]
    total: Money
    left: Money | None = None
    per_table: list[int]
    empty_seats: int
    run_sheet: list[RunLine]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_event(
    event_day: Day,
    today: Day,
    guests: Annotated[int, Field(ge=1, le=100_000)],
    tasks: Annotated[dict[Key, EventTask], Field(min_length=1, max_length=100)],
    currency: str,
    costs: Annotated[list[CostItem], Field(max_length=100)] = [],  # noqa: B006 - read only
    budget: NonNegativeMoney | None = None,
    tables: Annotated[int, Field(ge=0, le=5000)] = 0,
    seats: Annotated[int, Field(ge=1, le=100)] = 10,
    doors: zones.Clock = "18:00",
    run_sheet: Annotated[list[RunItem], Field(max_length=80)] = [],  # noqa: B006 - read only
) -> EventPlan:
    """Event plan backwards from the date: latest starts, critical tasks, budget, seating, run sheet.

    Use when an event has a date.
    """
    if event_day <= today:
        raise InvalidInput(f"event_day {event_day} is not after today, {today}; choose a later date", field="event_day")
    if event_day.year > 9000 or today.year < 1900:
        raise InvalidInput(f"event_day {event_day} is out of range", field="event_day")
    if tables and tables * seats < guests:
        raise Infeasible(
            f"{tables} tables of {seats} seat {tables * seats}, {guests - tables * seats} fewer than {guests} guests; add "
            "tables or seats",
            field="tables",
        )
    rows = _backwards(tasks, event_day, today)
    if sum((c.fixed + c.per_guest * guests for c in costs), Decimal(0)) >= 10**15:
        raise InvalidInput("the costs are out of range; check fixed and per_guest", field="costs")
    lines = [CostLine(name=c.name, amount=round_money(c.fixed + c.per_guest * guests, currency)) for c in costs]
    total = sum((line.amount for line in lines), Decimal(0))
    late = [row for row in rows if row.late_days]
    warnings = [
        f"{row.name} should have begun {row.latest_start}, {_days(row.late_days)} before today." for row in late
    ]
    left = None if budget is None else round_money(budget, currency) - total
    if left is not None and left < 0:
        warnings.append(f"Costs exceed the budget by {-left} {currency}.")
    return EventPlan(
        event_day=event_day,
        tasks=rows,
        begin_by=rows[0].latest_start,
        costs=lines,
        total=total,
        left=left,
        per_table=[guests // tables + (number < guests % tables) for number in range(tables)] if tables else [],
        empty_seats=tables * seats - guests if tables else 0,
        run_sheet=_run(run_sheet, zones.clock(doors, "doors")),
        method="Critical path method, backward pass from the eve of the event in calendar days; cost = fixed + per guest "
        "x guests.",
        assumptions=["Weekends count; add days where suppliers do not work."],
        warnings=warnings,
    )


def _backwards(tasks: dict[str, EventTask], event_day: date, today: date) -> list[Planned]:
    needs = {key: task.needs for key, task in tasks.items()}
    _graph.check(needs, "tasks")
    order = [key for stage in _graph.stages(needs) for key in stage]
    # Days from the end of a task to the eve of the event, and from the longest chain's beginning to a task's.
    after: dict[str, int] = dict.fromkeys(tasks, 0)
    before: dict[str, int] = dict.fromkeys(tasks, 0)
    for key in reversed(order):
        for other in needs[key]:
            after[other] = max(after[other], after[key] + tasks[key].days)
    for key in order:
        before[key] = max((before[other] + tasks[other].days for other in needs[key]), default=0)
    longest = max(before[key] + tasks[key].days + after[key] for key in tasks)
    rows = []
    for key, task in tasks.items():
        end = event_day - timedelta(days=1 + after[key])
        start = end - timedelta(days=max(task.days - 1, 0))
        rows.append(
            Planned(
                task=key,
                name=task.name,
                owner=task.owner,
                latest_start=start,
                latest_end=end,
                critical=before[key] + task.days + after[key] == longest,
                late_days=max(0, (today - start).days),
            )
        )
    return sorted(rows, key=lambda row: (row.latest_start, row.latest_end, row.task))


def _run(items: list[RunItem], at: int) -> list[RunLine]:
    rows = []
    for item in items:
        rows.append(RunLine(starts=_clock(at), ends=_clock(at + item.minutes), what=item.what, who=item.who))
        at += item.minutes
    return rows


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _clock(minutes: int) -> str:
    days, rest = divmod(minutes, 1440)
    return f"{rest // 60:02d}:{rest % 60:02d}" + (f" (+{days} d)" if days else "")
