"""Headcount and people cost by month from the staff of today, planned hires and attrition.

Each role starts with its headcount; hires join at the start of their month (1 is the first). Expected leavers of a
month = people on its first day x (1 - (1 - annual attrition)^(1/12)), so that a year loses the annual rate. With
backfill, last month's expected leavers are hired again. Cost of a month = (people on the first day - half of the
expected leavers) x annual cost / 12, rounded to the currency. The interval treats leavers as independent: variance of
survivors = p(1-p) per person, 90 percent, normal approximation.

Limits: expected values, so headcount is not whole; no pay rises, part-months of hires or hiring delays unless planned.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Day, Money, NonNegativeMoney, Share, Volume, round_to

_Z90 = Decimal("1.644854")


class Role(Model):
    """A role's plan."""

    headcount: Annotated[int, Field(ge=0, le=100_000)]
    annual_cost: Annotated[NonNegativeMoney, Field(le=10**8)]
    hires: Annotated[list[Annotated[int, Field(ge=0, le=10_000)]], Field(max_length=60)] = []
    attrition: Share = Decimal(0)
    backfill: bool = False


class HeadcountMonth(Model):
    """People at the end of the month."""

    month: Day
    hires: Volume
    leavers: Volume
    headcount: Volume
    cost: Money


class RolePlan(Model):
    """One role at the end of the plan."""

    headcount: Volume
    low: Volume
    high: Volume
    hires: Volume
    leavers: Volume
    cost: Money
    months: list[HeadcountMonth]


class HeadcountForecast(Model):
    """Money in the given currency."""

    months: list[HeadcountMonth]
    roles: dict[str, RolePlan]
    total_cost: Money
    total_without_attrition: Money
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def forecast_headcount(
    roles: Annotated[dict[Key, Role], Field(min_length=1, max_length=60, description="hires: per month from start")],
    start: Day,
    months: Annotated[int, Field(ge=1, le=60)],
    currency: str,
) -> HeadcountForecast:
    """Headcount and cost by month from hires and annual attrition, with a 90% range.

    Use when a hiring plan is budgeted.
    """
    if start.year > 9000:
        raise InvalidInput(f"start {start} is out of range", field="start")
    for key, role in roles.items():
        if len(role.hires) > months:
            raise InvalidInput(
                f"role {key!r} plans hires in {len(role.hires)} months, but the plan has {months}",
                field=f"roles.{key}.hires",
            )
        if role.attrition == 1:
            raise InvalidInput(f"role {key!r} has attrition 1; give a rate below 1", field=f"roles.{key}.attrition")
    plans = {key: _plan(role, start, months, currency) for key, role in roles.items()}
    calm = {
        key: _plan(role.model_copy(update={"attrition": Decimal(0)}), start, months, currency)
        for key, role in roles.items()
    }
    rows = [
        HeadcountMonth(
            month=_month(start, at),
            hires=sum((plan.months[at].hires for plan in plans.values()), Decimal(0)),
            leavers=sum((plan.months[at].leavers for plan in plans.values()), Decimal(0)),
            headcount=sum((plan.months[at].headcount for plan in plans.values()), Decimal(0)),
            cost=sum((plan.months[at].cost for plan in plans.values()), Decimal(0)),
        )
        for at in range(months)
    ]
    none = [key for key, role in roles.items() if not role.attrition]
    return HeadcountForecast(
        months=rows,
        roles=plans,
        total_cost=sum((plan.cost for plan in plans.values()), Decimal(0)),
        total_without_attrition=sum((plan.cost for plan in calm.values()), Decimal(0)),
        method="Monthly attrition 1 - (1 - annual rate)^(1/12) on the people of the month's first day; hires on the "
        "first day; cost = (first-day people - half the leavers) x annual cost / 12; 90% range by independent leavers.",
        assumptions=[
            "Figures are expected values; headcount need not be whole.",
            "Attrition and cost are the values given and stay level; no pay rises.",
        ],
        warnings=[f"No attrition is assumed for {', '.join(none)}."] if none else [],
    )


def _month(start: Day, at: int) -> date:
    count = start.year * 12 + start.month - 1 + at
    return date(count // 12, count % 12 + 1, 1)


def _plan(role: Role, start: Day, months: int, currency: str) -> RolePlan:
    stay = (1 - role.attrition) ** (Decimal(1) / 12)
    people, spread, lost = Decimal(role.headcount), Decimal(0), Decimal(0)
    rows = []
    for at in range(months):
        hires = Decimal(role.hires[at] if at < len(role.hires) else 0)
        hires += lost if role.backfill else Decimal(0)
        people += hires
        lost = people * (1 - stay)
        # variance of those who stay: inherited, plus this month's coin tosses
        spread = spread * stay * stay + people * stay * (1 - stay)
        cost = round_money((people - lost / 2) * role.annual_cost / 12, currency)
        people -= lost
        rows.append(
            HeadcountMonth(
                month=_month(start, at),
                hires=round_to(hires, 2),
                leavers=round_to(lost, 2),
                headcount=round_to(people, 2),
                cost=cost,
            )
        )
    width = _Z90 * spread.sqrt()
    return RolePlan(
        headcount=round_to(people, 2),
        low=round_to(max(people - width, Decimal(0)), 1),
        high=round_to(people + width, 1),
        hires=sum((row.hires for row in rows), Decimal(0)),
        leavers=sum((row.leavers for row in rows), Decimal(0)),
        cost=sum((row.cost for row in rows), Decimal(0)),
        months=rows,
    )
