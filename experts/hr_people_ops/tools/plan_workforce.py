"""A hiring plan from a list of positions with start months: headcount, hires and people cost by month, role and year.

A position costs annual cost / 12 in every month from its start month, and its role's hiring cost once in that month;
a role's pay in a month is heads * annual cost / 12, rounded half up to the currency's smallest unit. Positions that are
tied to the opening move by the whole calendar months between the planned and the actual opening, never backwards; then
deferrable positions start `defer_months` later; then no position starts before the first full month on or after
`not_before`. Headcount is people in post in the month.

Limits: nobody leaves, and nobody's pay rises; forecast_headcount has attrition. Months are paid in full.
"""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, Rate, round_to

LISTED = False  # forecast_headcount is what a person calls
MOST_POSITIONS = 2000
_YEAR = 12
_LARGEST = Decimal(10) ** 9


class Position(Model):
    """One position to fill; any day of its start month."""

    role: Key
    start: Day
    moves: bool = True
    deferrable: bool = False


class RoleCost(Model):
    """What one position of a role costs a year, and once to fill."""

    annual_cost: NonNegativeMoney
    hiring_cost: NonNegativeMoney | None = None


class PeopleMonth(Model):
    """A month of the plan."""

    begins: Day
    hires: Count
    headcount: Count
    pay: NonNegativeMoney
    hiring: NonNegativeMoney
    cost: NonNegativeMoney


class PeopleYear(Model):
    """A calendar year up to `ends`; headcount then; `receipts_share` is people cost over the receipts given."""

    ends: Day
    hires: Count
    headcount: Count
    cost: NonNegativeMoney
    receipts_share: Rate | None = None


class RoleTotal(Model):
    """A role over the whole plan."""

    positions: Count
    first_start: Day
    annual_cost: NonNegativeMoney
    cost: NonNegativeMoney


class WorkforcePlan(Model):
    """`starts` has the first day of each position's start month; `beyond` those that start after the last month."""

    starts: dict[str, Day]
    moved: Annotated[Count, Field(description="Months by which positions tied to the opening moved.")]
    held: Annotated[Count, Field(description="Positions moved to keep not_before.")]
    deferred: Count
    months: dict[str, PeopleMonth]
    years: dict[str, PeopleYear]
    roles: dict[str, RoleTotal]
    positions: Count
    headcount_end: Count
    employees_end: Count
    headcount_opening: Count | None = None
    first_start: Day
    total_cost: NonNegativeMoney
    total_hiring: NonNegativeMoney
    beyond: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_workforce(
    positions: Annotated[dict[Key, Position], Field(min_length=1, max_length=MOST_POSITIONS)],
    roles: Annotated[dict[Key, RoleCost], Field(min_length=1, max_length=60)],
    start: Annotated[Day, Field(description="in the first month")],
    months: Annotated[int, Field(ge=1, le=120)],
    currency: str,
    planned_opening: Day | None = None,
    opening: Day | None = None,
    defer_months: Annotated[int, Field(ge=0, le=36)] = 0,
    not_before: Day | None = None,
    receipts: Annotated[dict[str, Money] | None, Field(description="by year")] = None,
    existing: Annotated[Count, Field(description="employed already, not in positions")] = 0,
) -> WorkforcePlan:
    """Headcount, hires and people cost by month from positions with start months.

    Use when a hiring plan is listed position by position.
    """
    first = _index(start)
    if (first + months) // _YEAR > date.max.year - 1:
        raise InvalidInput(f"{months} months from {start} run out of the calendar; start earlier", field="start")
    for key, cost in roles.items():
        if cost.annual_cost > _LARGEST or (cost.hiring_cost or 0) > _LARGEST:
            raise InvalidInput(f"role {key!r} costs a billion or more; check the amount", field=f"roles.{key}")
    shift = max(0, _index(opening) - _index(planned_opening)) if planned_opening and opening else 0
    earliest = None if not_before is None else _index(not_before) + (not_before.day > 1)
    at: dict[str, int] = {}
    held = deferred = 0
    for key, position in positions.items():
        if position.role not in roles:
            raise InvalidInput(
                f"position {key!r} has the role {position.role!r}, which has no row in roles"
                f"{did_you_mean(position.role, roles)}",
                field=f"positions.{key}.role",
            )
        month = _index(position.start) + (shift if position.moves else 0)
        if month < first:
            raise InvalidInput(
                f"position {key!r} starts in {_name(month)}, before the plan's first month {_name(first)}; leave out who "
                "is already there, or start the plan earlier",
                field=f"positions.{key}.start",
            )
        if position.deferrable and defer_months:
            month, deferred = month + defer_months, deferred + 1
        if earliest is not None and month < earliest:
            month, held = earliest, held + 1
        if month // _YEAR > date.max.year:
            raise InvalidInput(
                f"position {key!r} of {position.start} would start after the year {date.max.year}, the end of the "
                "calendar; give an earlier month",
                field=f"positions.{key}.start",
            )
        at[key] = month
    beyond = [key for key, month in at.items() if month >= first + months]
    inside = {key: month for key, month in at.items() if month < first + months}
    if not inside:
        raise InvalidInput(f"no position starts within the plan, {_name(first)} to {_name(first + months - 1)}")
    hires = {role: Counter(month for key, month in inside.items() if positions[key].role == role) for role in roles}
    used = [role for role in roles if hires[role]]
    heads = dict.fromkeys(used, 0)
    spent = dict.fromkeys(used, Decimal(0))
    rows: dict[str, PeopleMonth] = {}
    for month in range(first, first + months):
        pay = hiring = Decimal(0)
        for role in used:
            heads[role] += hires[role][month]
            wage = round_money(heads[role] * roles[role].annual_cost / _YEAR, currency)
            once = hires[role][month] * (roles[role].hiring_cost or Decimal(0))
            spent[role] += wage + once
            pay, hiring = pay + wage, hiring + once
        rows[_name(month)] = PeopleMonth(
            begins=_day(month),
            hires=sum(hires[role][month] for role in used),
            headcount=sum(heads.values()),
            pay=pay,
            hiring=hiring,
            cost=pay + hiring,
        )
    opens = None if opening is None else rows.get(_name(_index(opening)))
    return WorkforcePlan(
        starts={key: _day(month) for key, month in at.items()},
        moved=shift,
        held=held,
        deferred=deferred,
        months=rows,
        years=_years(rows, receipts or {}),
        roles={
            role: RoleTotal(
                positions=sum(hires[role].values()),
                first_start=_day(min(hires[role])),
                annual_cost=roles[role].annual_cost,
                cost=spent[role],
            )
            for role in used
        },
        positions=len(inside),
        headcount_end=len(inside),
        employees_end=existing + len(inside),
        headcount_opening=None if opens is None else opens.headcount,
        first_start=_day(min(at.values())),
        total_cost=sum(spent.values(), Decimal(0)),
        total_hiring=sum((row.hiring for row in rows.values()), Decimal(0)),
        beyond=beyond,
        method="Annual cost / 12 a month from the start month, hiring cost once; heads in post by month.",
        assumptions=["Nobody leaves and pay stays level within the plan; months are paid in full."],
        warnings=[f"{len(beyond)} positions start after {_name(first + months - 1)} and are not counted."]
        if beyond
        else [],
    )


def _years(rows: dict[str, PeopleMonth], receipts: dict[str, Decimal]) -> dict[str, PeopleYear]:
    found = {}
    for year in dict.fromkeys(name[:4] for name in rows):
        within = [row for name, row in rows.items() if name.startswith(year)]
        cost = sum((row.cost for row in within), Decimal(0))
        received = receipts.get(year, Decimal(0))
        found[year] = PeopleYear(
            ends=date(within[-1].begins.year, within[-1].begins.month, 1)
            + timedelta(days=monthrange(within[-1].begins.year, within[-1].begins.month)[1] - 1),
            hires=sum(row.hires for row in within),
            headcount=within[-1].headcount,
            cost=cost,
            receipts_share=round_to(cost / received, 6) if received > 0 else None,
        )
    return found


def _index(day: date) -> int:
    return day.year * _YEAR + day.month - 1


def _name(index: int) -> str:
    return f"{index // _YEAR:04d}-{index % _YEAR + 1:02d}"


def _day(index: int) -> date:
    return date(index // _YEAR, index % _YEAR + 1, 1)
