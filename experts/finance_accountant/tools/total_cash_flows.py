"""Cash-flow rows by scenario, month by month: net flow, running sum, funding need and payback.

A row names a month ("2028-03") or a year ("2028"). The amount of a year is spread over its twelve months: the share of
month k is round(amount * k / 12) - round(amount * (k - 1) / 12), rounded half up to the currency's smallest unit, so
that the months add up to the year. Rows without a scenario count in every scenario; monthly costs are subtracted in
every scenario. Rows that move with the opening shift by the whole months between the planned opening and the actual
one, never backwards. Funding need = the lowest running sum, as a positive amount; payback = the first month from which
the running sum stays at zero or above. Source: Brealey, Myers & Allen, Principles of Corporate Finance, chapter 6
(forecasting a project's cash flows).

Limits: amounts are as given: no tax, no inflation and no value after the last month unless a row has them.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units, round_money
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, plain

LISTED = False  # a part of an investment case; evaluate_investment is what a person calls
MOST_MONTHS = 120
MOST_ROWS = 5000
_PERIOD = re.compile(r"^(\d{4})(?:-(0[1-9]|1[0-2]))?$")
_YEAR = 12


class CashRow(Model):
    """One row: receipts positive, payments negative; `moves`: later if the opening is later."""

    period: Annotated[str, Field(max_length=20, description="2028-03 or 2028")]
    amount: Money
    line: Key
    scenario: Key | None = None
    moves: bool = True


class YearSum(Model):
    """A calendar year's sums; `ends` is the last day of it that the case covers."""

    ends: Day
    receipts: NonNegativeMoney
    payments: NonNegativeMoney
    net: Money


class ScenarioFlows(Model):
    """One scenario by month; lists run from the first month."""

    net: list[Money]
    running: list[Money]
    lines: dict[str, list[Money]]
    line_totals: dict[str, Money]
    years: dict[str, YearSum]
    total: Money
    funding_need: NonNegativeMoney
    need_month: Day | None = None
    payback_month: Day | None = None


class CashTotals(Model):
    """Money in the given currency; months by their first and last day."""

    months: list[str]
    begins: list[Day]
    ends: list[Day]
    shift: Annotated[Count, Field(description="Months by which rows that move were moved.")]
    scenarios: dict[str, ScenarioFlows]
    cost_totals: Annotated[dict[str, NonNegativeMoney], Field(description="Monthly costs that were counted.")] = {}
    beyond: Annotated[Money, Field(description="Sum of what falls after the last month.")]
    beyond_rows: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def total_cash_flows(
    rows: Annotated[dict[Key, CashRow], Field(max_length=MOST_ROWS)],
    scenarios: Annotated[list[Key], Field(min_length=1, max_length=12)],
    start: Annotated[Day, Field(description="in the first month")],
    months: Annotated[int, Field(ge=1, le=MOST_MONTHS)],
    currency: str,
    monthly_costs: Annotated[dict[Key, dict[str, NonNegativeMoney]] | None, Field(max_length=20)] = None,
    planned_opening: Day | None = None,
    opening: Day | None = None,
) -> CashTotals:
    """Net cash by scenario and month from rows by month or year.

    Use when an investment case is put together. It values nothing (evaluate_investment does).
    """
    first = start.year * _YEAR + start.month - 1
    if (first + months) // _YEAR > date.max.year - 1:
        raise InvalidInput(f"{months} months from {start} run out of the calendar; start earlier", field="start")
    shift = _shift(planned_opening, opening)
    unit = Decimal(1).scaleb(-minor_units(currency))
    names = [_name(first + at) for at in range(months)]
    lines: dict[str, dict[str, list[Decimal]]] = {key: {} for key in scenarios}
    beyond, outside = Decimal(0), 0
    for key, row in rows.items():
        if row.scenario is not None and row.scenario not in scenarios:
            raise InvalidInput(
                f"row {key!r} is of the scenario {row.scenario!r}, which is not one of the scenarios"
                f"{did_you_mean(row.scenario, scenarios)}",
                field=f"rows.{key}.scenario",
            )
        _whole(row.amount, unit, currency, f"rows.{key}.amount")
        late = Decimal(0)
        for at, amount in _spread(key, row, first, shift, currency):
            if at < 0:
                raise InvalidInput(
                    f"row {key!r} has an amount in {_name(first + at)}, before the first month {names[0]}; what is "
                    "already spent does not belong into the case, so leave the row out or start earlier",
                    field=f"rows.{key}.period",
                )
            if at >= months:
                late += amount
                continue
            for scenario in scenarios if row.scenario is None else [row.scenario]:
                lines[scenario].setdefault(row.line, [Decimal(0)] * months)[at] += amount
        if late:
            beyond, outside = beyond + late, outside + 1
    counted: dict[str, Decimal] = {}
    for line, costs in (monthly_costs or {}).items():
        late, counted[line] = Decimal(0), Decimal(0)
        for month, cost in costs.items():
            _whole(cost, unit, currency, f"monthly_costs.{line}.{month}")
            at = _index(month, f"monthly_costs.{line}") - first
            if at < 0:
                raise InvalidInput(
                    f"{line} costs {plain(cost)} in {month}, before the first month {names[0]}; start the case earlier",
                    field=f"monthly_costs.{line}",
                )
            if at >= months:
                late -= cost
                continue
            counted[line] += cost
            for scenario in scenarios:
                lines[scenario].setdefault(line, [Decimal(0)] * months)[at] -= cost
        if late:
            beyond, outside = beyond + late, outside + 1
    return CashTotals(
        months=names,
        begins=[_day(first + at) for at in range(months)],
        ends=[_end(first + at) for at in range(months)],
        shift=shift,
        scenarios={key: _scenario(found, first, months) for key, found in lines.items()},
        cost_totals=counted,
        beyond=beyond,
        beyond_rows=outside,
        method="Net flow of a month = rows of the scenario and of all scenarios, less monthly costs; a year's amount is "
        "spread over its months; funding need = the lowest running sum.",
        assumptions=["Amounts are as given: no tax, inflation or value after the last month is added."],
        warnings=[f"{outside} rows or cost lines fall, wholly or in part, after {names[-1]} and are not counted."]
        if outside
        else [],
    )


def _shift(planned: date | None, actual: date | None) -> int:
    """Whole calendar months from the planned to the actual opening, never negative."""
    if planned is None or actual is None:
        return 0
    return max(0, (actual.year - planned.year) * _YEAR + actual.month - planned.month)


def _whole(amount: Decimal, unit: Decimal, currency: str, field: str) -> None:
    if amount % unit:
        raise InvalidInput(f"{plain(amount)} is finer than the smallest unit of {currency}; round it", field=field)


def _index(period: str, field: str) -> int:
    found = _PERIOD.match(period)
    if not found or not found.group(2):
        raise InvalidInput(f"{period!r} is not a month; write it as 2028-03", field=field)
    return int(found.group(1)) * _YEAR + int(found.group(2)) - 1


def _spread(key: str, row: CashRow, first: int, shift: int, currency: str) -> Iterator[tuple[int, Decimal]]:
    """Month numbers from the first month, with the amount of each."""
    found = _PERIOD.match(row.period.strip())
    if not found or not 1 <= int(found.group(1)) < date.max.year - 10:
        raise InvalidInput(
            f"row {key!r} has the period {row.period!r}; write a month as 2028-03 or a year as 2028",
            field=f"rows.{key}.period",
        )
    moved = shift if row.moves else 0
    year = int(found.group(1)) * _YEAR - first + moved
    if found.group(2):
        yield year + int(found.group(2)) - 1, row.amount
        return
    before = Decimal(0)
    for month in range(1, _YEAR + 1):
        so_far = round_money(row.amount * month / _YEAR, currency)
        yield year + month - 1, so_far - before
        before = so_far


def _scenario(lines: dict[str, list[Decimal]], first: int, months: int) -> ScenarioFlows:
    net = [sum((line[at] for line in lines.values()), Decimal(0)) for at in range(months)]
    running, total = [], Decimal(0)
    for amount in net:
        total += amount
        running.append(total)
    need = max(Decimal(0), -min(running))
    below = [at for at, amount in enumerate(running) if amount < 0]
    back = below[-1] + 1 if below else None
    years: dict[str, list[Decimal]] = {}
    for at in range(months):
        sums = years.setdefault(f"{(first + at) // _YEAR}", [Decimal(0), Decimal(0)])
        for line in lines.values():
            sums[0 if line[at] > 0 else 1] += abs(line[at])
    return ScenarioFlows(
        net=net,
        running=running,
        lines=lines,
        line_totals={key: sum(line, Decimal(0)) for key, line in lines.items()},
        years={
            year: YearSum(
                ends=_end(min(int(year) * _YEAR + _YEAR - 1, first + months - 1)),
                receipts=received,
                payments=paid,
                net=received - paid,
            )
            for year, (received, paid) in years.items()
        },
        total=total,
        funding_need=need,
        need_month=_day(first + running.index(-need)) if need else None,
        payback_month=_day(first + back) if back is not None and back < months else None,
    )


def _name(index: int) -> str:
    return f"{index // _YEAR:04d}-{index % _YEAR + 1:02d}"


def _day(index: int) -> date:
    return date(index // _YEAR, index % _YEAR + 1, 1)


def _end(index: int) -> date:
    year, month = index // _YEAR, index % _YEAR + 1
    return date(year, month, monthrange(year, month)[1])
