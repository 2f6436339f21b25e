"""Turnover by period and survival by cohort.

Turnover rate = leavers / average headcount of the period, average = (opening + closing) / 2; annualised = rate x 12 /
months (simple, not compounded), as SHRM's formula does for a month. Over several periods: all leavers / average of the
periods' averages x 12 / all months.
Survival: Kaplan-Meier product limit on months of service; people still employed are censored at the end of their
months. Standard error by Greenwood's formula; interval plain 95 percent, cut to 0 and 1.
S(12) gives first-year turnover 1 - S(12). Source: Kaplan & Meier (1958), JASA 53(282).

Limits: describes, does not explain; cohorts with fewer than `minimum_group` people are suppressed, and as
many of the next smallest as protect them. Transfers are not leavers.
"""

from collections import defaultdict
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Rate, Share, Volume, round_to
from experts.hr_people_ops.tools._groups import hidden_groups

_Heads = Annotated[int, Field(ge=0, le=10_000_000)]


class Period(Model):
    """Headcount and leavers of a period."""

    opening: _Heads
    closing: _Heads
    leavers: _Heads
    voluntary: _Heads | None = None
    months: Annotated[int, Field(ge=1, le=12)] = 1


class Service(Model):
    """One person's months of service, without a name."""

    months: Annotated[int, Field(ge=0, le=720)]
    left: bool
    cohort: Key = "all"


class PeriodTurnover(Model):
    """One period."""

    average_headcount: Volume
    rate: Rate
    annualised: Rate
    voluntary_annualised: Rate | None = None


class SurvivalStep(Model):
    """After `months`."""

    months: int
    at_risk: int
    left: int
    survival: Share
    standard_error: Rate
    low: Share
    high: Share


class Cohort(Model):
    """Survival of one cohort; empty where suppressed."""

    people: int | None
    left: int | None = None
    steps: list[SurvivalStep] = []
    survival_12_months: Share | None = None
    median_months: int | None = None


class Turnover(Model):
    """Rates are fractions."""

    periods: dict[str, PeriodTurnover]
    annualised: Rate | None = None
    voluntary_annualised: Rate | None = None
    cohorts: dict[str, Cohort]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def measure_turnover(
    periods: Annotated[dict[Key, Period], Field(max_length=60)] | None = None,
    service: Annotated[list[Service], Field(max_length=5000)] | None = None,
    minimum_group: Annotated[int, Field(ge=5, le=100)] = 5,
) -> Turnover:
    """Turnover by period, annualised, and Kaplan-Meier survival by hire cohort.

    Use when people leave and the rate or early attrition is asked for.
    """
    if service is None:
        service = []
    if periods is None:
        periods = {}
    if not periods and not service:
        raise InvalidInput("neither periods nor service is given; give at least one", field="periods")
    rows = {key: _period(key, period) for key, period in periods.items()}
    yearly = voluntary = None
    if rows:
        average = sum((row.average_headcount for row in rows.values()), Decimal(0)) / len(rows)
        months = sum(period.months for period in periods.values())
        yearly = round_to(Decimal(sum(p.leavers for p in periods.values())) / average * 12 / months, 4)
        if all(period.voluntary is not None for period in periods.values()):
            chosen = sum(period.voluntary or 0 for period in periods.values())
            voluntary = round_to(Decimal(chosen) / average * 12 / months, 4)
    groups: dict[str, list[Service]] = defaultdict(list)
    for person in service:
        groups[person.cohort].append(person)
    hidden = hidden_groups({key: len(people) for key, people in groups.items()}, minimum_group)
    warnings = [f"Suppressed as smaller than {minimum_group}, or to protect one that is: {', '.join(sorted(hidden))}."]
    if any(len(people) < 30 for key, people in groups.items() if key not in hidden):
        warnings.append("A cohort has fewer than 30 people; its interval is wide.")
    return Turnover(
        periods=rows,
        annualised=yearly,
        voluntary_annualised=voluntary,
        cohorts={
            key: Cohort(people=None) if key in hidden else _survival(people) for key, people in sorted(groups.items())
        },
        method="Leavers / mean of opening and closing headcount, x 12 / months; Kaplan-Meier product limit by months of "
        "service with Greenwood standard errors and a plain 95% interval.",
        assumptions=["People still employed count as censored at their months of service.", "Transfers do not leave."],
        warnings=warnings if hidden else warnings[1:],
    )


def _period(key: str, period: Period) -> PeriodTurnover:
    average = Decimal(period.opening + period.closing) / 2
    if not average:
        raise InvalidInput(f"period {key!r} has no headcount, so no turnover rate", field=f"periods.{key}.opening")
    if (period.voluntary or 0) > period.leavers:
        raise InvalidInput(
            f"period {key!r} has {period.voluntary} voluntary of {period.leavers} leavers; check both",
            field=f"periods.{key}.voluntary",
        )
    if period.leavers > period.opening + max(period.closing, period.leavers):
        raise InvalidInput(f"period {key!r} has more leavers than people", field=f"periods.{key}.leavers")
    rate = period.leavers / average
    chosen = None if period.voluntary is None else round_to(period.voluntary / average * 12 / period.months, 4)
    return PeriodTurnover(
        average_headcount=average,
        rate=round_to(rate, 4),
        annualised=round_to(rate * 12 / period.months, 4),
        voluntary_annualised=chosen,
    )


def _survival(people: list[Service]) -> Cohort:
    alive, total = Decimal(1), Decimal(0)
    steps = []
    median = None
    at_risk = len(people)
    for month in sorted({person.months for person in people}):
        here = [person for person in people if person.months == month]
        left = sum(person.left for person in here)
        if left:
            alive *= Decimal(at_risk - left) / at_risk
            if median is None and 2 * alive <= 1:
                median = month
            # Greenwood; when nobody survives the error is nil.
            total += Decimal(left) / (at_risk * (at_risk - left)) if at_risk > left else Decimal(0)
            error = alive * total.sqrt()
            spread = error * Decimal("1.959964")
            steps.append(
                SurvivalStep(
                    months=month,
                    at_risk=at_risk,
                    left=left,
                    survival=round_to(alive, 4),
                    standard_error=round_to(error, 4),
                    low=round_to(max(alive - spread, Decimal(0)), 4),
                    high=round_to(min(alive + spread, Decimal(1)), 4),
                )
            )
        at_risk -= len(here)
    followed = max(person.months for person in people)
    before = [step for step in steps if step.months <= 12]
    year = (before[-1].survival if before else Decimal(1)) if followed >= 12 else None
    return Cohort(
        people=len(people),
        left=sum(person.left for person in people),
        steps=steps,
        survival_12_months=year,
        median_months=median,
    )
