"""A budget of twelve months by line, from amounts, drivers and growth, with a flexible budget.

Each month of a line = amount * (1 + growth)^(months since the start) * driver of that month (1
without a driver), rounded to the currency's unit. Lines with a driver are variable and move with
activity; the others are fixed. The flexible budget scales every driver by an activity level and
keeps fixed lines: profit = revenue - variable cost - fixed cost. Source: Horngren, Datar & Rajan,
Cost Accounting, chapters 6 (master budget) and 7 (flexible budgets).

Limits: one currency; profit, not cash (see forecast_cash_flow); no taxes unless given as a line.
"""

from datetime import date
from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.names import did_you_mean
from experts.core.quantities import Day, Money, NonNegativeMoney, NonNegativeVolume, Rate, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE
from experts.finance_accountant.tools._curves import LARGEST

MONTHS = 12
LEVELS = (Decimal("0.8"), Decimal("0.9"), Decimal(1))


class PlanLine(Model):
    """A line."""

    kind: Literal["revenue", "cost"]
    amount: Annotated[NonNegativeMoney, Field(description="A month or driver unit.")]
    driver: Key | None = None
    growth: Rate = Decimal(0)


class MonthlyLine(Model):
    """Twelve months of a line, and their total."""

    kind: Literal["revenue", "cost"]
    variable: bool
    months: list[Money]
    total: Money


class ActivityLevel(Model):
    """The year's budget at another level of activity."""

    activity: Rate
    revenue: Money
    variable_cost: Money
    fixed_cost: Money
    profit: Money


class Budget(Model):
    """Money in the given currency."""

    months: list[Day]
    lines: dict[Key, MonthlyLine]
    revenue: list[Money]
    cost: list[Money]
    profit: list[Money]
    total_revenue: Money
    total_cost: Money
    total_profit: Money
    profit_margin: Rate | None = None
    flexible: list[ActivityLevel]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_budget(
    lines: Annotated[dict[Key, PlanLine], Field(min_length=1, max_length=150)],
    start: Day,
    currency: str,
    drivers: Annotated[
        dict[Key, list[NonNegativeVolume]] | None, Field(max_length=50, description="12 volumes each.")
    ] = None,
    levels: Annotated[list[Rate] | None, Field(max_length=9)] = None,
) -> Budget:
    """12-month budget from amounts and drivers, flexed to activity.

    Use when a year is planned.
    """
    volumes = drivers or {}
    _check(lines, volumes, start)
    for level in levels or ():
        if not 0 <= level <= 10:
            raise InvalidInput(f"level {plain(level)!r} is outside 0 to 10; 0.9 is nine tenths", field="levels")
    with localcontext(PRECISE):
        made = {key: _line(key, line, volumes, currency) for key, line in lines.items()}
        revenue, cost = _sums(made, "revenue"), _sums(made, "cost")
        profit = [r - c for r, c in zip(revenue, cost, strict=True)]
        total = sum(revenue, Decimal(0))
        earned = sum(profit, Decimal(0))
        unused = sorted(set(volumes) - {line.driver for line in lines.values()})
        return Budget(
            months=[_month(start, number) for number in range(MONTHS)],
            lines=made,
            revenue=revenue,
            cost=cost,
            profit=profit,
            total_revenue=total,
            total_cost=sum(cost, Decimal(0)),
            total_profit=earned,
            profit_margin=round_to(earned / total, 6) if total else None,
            flexible=[_level(made, level, currency) for level in (LEVELS if levels is None else levels)],
            method="Month = amount * (1 + growth)^months * driver, rounded to the currency's unit; flexible budget: lines "
            "with a driver scale with activity, others stay (Horngren, Datar & Rajan, Cost Accounting, chapters 6 and 7).",
            assumptions=["Prices and rates hold at every level of activity. Accrual figures, not cash."],
            warnings=[f"No line uses these drivers: {', '.join(unused)}."] if unused else [],
        )


def _check(lines: dict[str, PlanLine], drivers: dict[str, list[Decimal]], start: date) -> None:
    if start.year > 9990:
        raise InvalidInput(f"start {start} is out of range; give a date of this century", field="start")
    for key, volumes in drivers.items():
        if len(volumes) != MONTHS:
            raise InvalidInput(
                f"driver {key!r} has {len(volumes)} months, not 12; give every month, with 0 where nothing happens",
                field=f"drivers.{key}",
            )
    for key, line in lines.items():
        if line.driver is not None and line.driver not in drivers:
            raise InvalidInput(
                f"line {key!r} uses driver {line.driver!r}, which is not among drivers{did_you_mean(line.driver, drivers)}",
                field=f"lines.{key}.driver",
            )
        if not -1 < line.growth <= 1:
            raise InvalidInput(
                f"growth {plain(line.growth)!r} of {key!r} is outside -1 to 1 a month; 0.02 is 2 percent",
                field=f"lines.{key}.growth",
            )


def _line(key: str, line: PlanLine, drivers: dict[str, list[Decimal]], currency: str) -> MonthlyLine:
    volumes = drivers[line.driver] if line.driver is not None else [Decimal(1)] * MONTHS
    exact = [line.amount * (1 + line.growth) ** at * volume for at, volume in enumerate(volumes)]
    if max(exact) >= LARGEST / 10**4:
        raise InvalidInput(
            f"line {key!r} reaches {max(exact):.3e} a month, out of range; use thousands", field=f"lines.{key}"
        )
    months = [round_money(amount, currency) for amount in exact]
    return MonthlyLine(kind=line.kind, variable=line.driver is not None, months=months, total=sum(months, Decimal(0)))


def _sums(lines: dict[str, MonthlyLine], kind: str) -> list[Decimal]:
    return [sum((line.months[at] for line in lines.values() if line.kind == kind), Decimal(0)) for at in range(MONTHS)]


def _month(start: date, number: int) -> date:
    index = start.year * 12 + start.month - 1 + number
    return date(index // 12, index % 12 + 1, 1)


def _level(lines: dict[str, MonthlyLine], level: Decimal, currency: str) -> ActivityLevel:
    def total(kind: str, variable: bool) -> Decimal:
        found = sum(
            (line.total for line in lines.values() if line.kind == kind and line.variable == variable), Decimal(0)
        )
        return round_money(found * level, currency) if variable else found

    revenue = total("revenue", True) + total("revenue", False)
    variable, fixed = total("cost", True), total("cost", False)
    return ActivityLevel(
        activity=level, revenue=revenue, variable_cost=variable, fixed_cost=fixed, profit=revenue - variable - fixed
    )
