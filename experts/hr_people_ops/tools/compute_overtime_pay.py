"""Overtime pay of one workweek under the Fair Labor Standards Act: the regular rate and the premium.

Regular rate = all remuneration of the week that is not excluded by 29 USC 207(e) / hours worked; hours over 40 earn one
and one half times it. By method:
- hourly: rate x hours, several rates averaged by hours (29 CFR 778.110, 778.115); premium of one half on hours over 40.
- piece_rate: piece earnings plus other hours' pay over all hours (778.111); premium of one half.
- salary: the week's salary is for `salary_hours` (778.113); further hours at the same rate, premium of one half over 40.
- fluctuating: fixed salary for whatever hours (778.114, rule of 2020): salary plus other pay over hours worked, premium
  of one half; the salary must never fall below the minimum wage.
A monthly salary becomes a weekly one by 12/52, a semi-monthly one by 24/52 (778.113(b)).
The regular rate is kept exact; pay is rounded to the cent at the end.

Limits: federal law only. States may require daily overtime or forbid the fluctuating workweek. No section 7(g), 7(k),
tipped, hospital or public-sector rules; commissions and deferred bonuses count in the weeks they belong to.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Day, Money, NonNegativeMoney, NonNegativeVolume, Volume, plain, round_to
from experts.hr_people_ops.tools._reference import NOT_ADVICE, caution, cited, sources, values_on

WEEK = Decimal(40)


class OtherHours(Model):
    """Hours of the week at another rate: a second job, waiting time."""

    hours: Annotated[NonNegativeVolume, Field(le=168)]
    rate: Annotated[NonNegativeMoney, Field(le=10**6)]


class OvertimePay(Model):
    """USD for one workweek."""

    straight_time: Money
    regular_rate: Money
    overtime_hours: Volume
    premium_rate: Money
    overtime_premium: Money
    total: Money
    jurisdiction: str
    sources: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compute_overtime_pay(
    method: Literal["hourly", "piece_rate", "salary", "fluctuating"],
    hours: Annotated[NonNegativeVolume, Field(ge=Decimal("0.01"), le=168, description="all hours worked in the week")],
    pay: Annotated[NonNegativeMoney, Field(le=10**6, description="hourly rate, or week's piece earnings or salary")],
    on: Annotated[Day, Field(description="day in the workweek")],
    bonus: Annotated[NonNegativeMoney, Field(le=10**6, description="week's other pay not excludable")] = Decimal(0),
    other_hours: Annotated[list[OtherHours], Field(max_length=20, description="part of hours, paid apart")]
    | None = None,
    salary_hours: Annotated[NonNegativeVolume, Field(ge=1, le=168, description="hours the salary is for")] = WEEK,
) -> OvertimePay:
    """FLSA regular rate and overtime of a workweek, federal law.

    Use when a non-exempt employee worked over 40 hours.
    """
    if other_hours is None:
        other_hours = []
    apart = sum((item.hours for item in other_hours), Decimal(0))
    if apart > hours:
        raise InvalidInput(
            f"other_hours add up to {plain(apart)}, more than the {plain(hours)} hours worked", field="other_hours"
        )
    if other_hours and method in ("salary", "fluctuating"):
        raise InvalidInput(f"other_hours do not go with method {method!r}; add their pay to bonus", field="other_hours")
    minimum = Decimal(values_on("flsa_salary_levels", on)["minimum_wage"])
    extra = sum((item.hours * item.rate for item in other_hours), Decimal(0))
    warnings = []
    if method == "hourly":
        base = pay * (hours - apart)
        rule = "29 CFR 778.110" + (", 778.115 (rates averaged by hours)" if other_hours else "")
    elif method == "piece_rate":
        base, rule = pay, "29 CFR 778.111"
    elif method == "salary":
        base, rule = max(pay, pay / salary_hours * hours), "29 CFR 778.113"
    else:
        base, rule = pay, "29 CFR 778.114"
        warnings.append("Some states forbid the fluctuating workweek; this tool does not know which apply.")
    straight = base + extra + bonus
    # Under a salary for fixed hours a shorter week does not raise the rate.
    rated = max(hours, salary_hours) if method == "salary" else hours
    regular = straight / rated
    if regular < minimum:
        warnings.append(
            f"The regular rate is below the federal minimum wage of {plain(minimum)} USD; it is raised to it, and the "
            "shortfall of straight time is owed as well."
        )
        straight, regular = minimum * hours, minimum
    over = max(hours - WEEK, Decimal(0))
    premium = round_money(regular / 2 * over, "USD")
    paid = round_money(straight, "USD")
    return OvertimePay(
        straight_time=paid,
        regular_rate=round_to(regular, 4),
        overtime_hours=over,
        premium_rate=round_to(regular / 2, 4),
        overtime_premium=premium,
        total=paid + premium,
        jurisdiction="US federal",
        sources=sources("flsa_salary_levels", day=on),
        method=f"{rule}: regular rate = remuneration / hours; one half of it on hours over 40 besides straight time. "
        f"Minimum wage by {cited('flsa_salary_levels', on)}. {NOT_ADVICE}",
        assumptions=[
            "The employee is not exempt, and the week stands alone (29 CFR 778.104).",
            "What is excludable under 29 USC 207(e), such as gifts and discretionary bonuses, is left out of bonus.",
        ],
        warnings=[
            *warnings,
            "State law is not included: daily overtime, double time or a higher minimum may apply.",
            *caution("flsa_salary_levels"),
        ],
    )
