"""Three federal tests by counts: FMLA leave, the ACA's applicable large employer, the WARN Act's notice.

fmla: employer with 50 employees in 20 weeks (29 CFR 825.104, 825.105); employee with 12 months of service, 1,250 hours
in the 12 months before, and 50 employees within 75 miles (825.110). Entitlement 12 weeks (26 for a covered
servicemember's care), 825.200.
ale: full-time employees plus part-time hours of a month / 120, averaged over the year; 50 or more (26 CFR 54.4980H-2).
warn: employer of 100 or more without part-time employees; plant closing with 50 losses at a site in 30 days, or mass
layoff of 500, or of 50 that are a third of the site (29 USC 2101(a), 20 CFR 639.3); 60 days' notice (29 USC 2102).

Limits: federal law only; no seasonal-worker exception of the ALE test, no 90-day aggregation or exceptions of WARN, no
public agencies or airline crews under FMLA, no integrated or joint employer analysis.
"""

from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput, MissingFacts
from experts.core.quantities import Day, NonNegativeVolume, Volume, plain
from experts.hr_people_ops.tools._reference import NOT_ADVICE

_People = Annotated[int | None, Field(ge=0, le=10_000_000)]


class Condition(Model):
    """One condition."""

    condition: str
    given: str
    met: bool
    citation: str


class LeaveEligibility(Model):
    """Whether the rule applies."""

    applies: bool
    conditions: list[Condition]
    full_time_equivalents: Volume | None = None
    notice_by: Day | None = None
    entitlement: str = ""
    jurisdiction: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def check_leave_eligibility(
    rule: Literal["fmla", "ale", "warn"],
    on: Annotated[Day, Field(description="leave starts, year tested, or losses begin")],
    employees: Annotated[_People, Field(description="fmla: in 20 weeks; warn: without part-time")] | None = None,
    months_employed: Annotated[int | None, Field(ge=0, le=1200)] | None = None,
    hours_worked: Annotated[NonNegativeVolume | None, Field(le=9000, description="last 12 months")] | None = None,
    within_75_miles: _People = None,
    full_time: Annotated[_People, Field(description="ale: monthly average")] | None = None,
    part_time_hours: Annotated[NonNegativeVolume | None, Field(le=10**9, description="ale: a month, all part-timers")]
    | None = None,
    site_employees: _People = None,
    job_losses: Annotated[_People, Field(description="warn: at the site in 30 days")] | None = None,
    closing: Annotated[bool, Field(description="warn: site or unit shuts")] = False,
) -> LeaveEligibility:
    """FMLA eligibility, ACA large employer or WARN notice, US federal.

    Use when leave is asked for, staff nears 50, or layoffs are planned.
    """
    if on.year < 1994:
        raise InvalidInput(f"on {on} is before these rules", field="on")
    given: dict[str, Any] = {
        "employees": employees,
        "months_employed": months_employed,
        "hours_worked": hours_worked,
        "within_75_miles": within_75_miles,
        "full_time": full_time,
        "part_time_hours": part_time_hours,
        "site_employees": site_employees,
        "job_losses": job_losses,
    }
    needed = {
        "fmla": ("employees", "months_employed", "hours_worked", "within_75_miles"),
        "ale": ("full_time", "part_time_hours"),
        "warn": ("employees", "site_employees", "job_losses"),
    }[rule]
    missing = tuple(key for key in needed if given[key] is None)
    if missing:
        raise MissingFacts(f"rule {rule!r} needs {', '.join(missing)}; give them", paths=missing)
    made: LeaveEligibility = {"fmla": _fmla, "ale": _ale, "warn": _warn}[rule](given, on, closing)
    return made


def _condition(said: str, value: Any, least: int, citation: str) -> Condition:
    return Condition(condition=said, given=plain(Decimal(value)), met=value >= least, citation=citation)


def _fmla(given: dict[str, Any], on: Day, closing: bool) -> LeaveEligibility:
    rows = [
        _condition("Employer has 50 employees in 20 or more weeks", given["employees"], 50, "29 CFR 825.104"),
        _condition(
            "12 months employed, not necessarily in a row", given["months_employed"], 12, "29 CFR 825.110(a)(1)"
        ),
        _condition("1,250 hours worked in the 12 months before", given["hours_worked"], 1250, "29 CFR 825.110(a)(2)"),
        _condition(
            "50 employees within 75 miles of the worksite", given["within_75_miles"], 50, "29 CFR 825.110(a)(3)"
        ),
    ]
    met = all(row.met for row in rows)
    return LeaveEligibility(
        applies=met,
        conditions=rows,
        entitlement="Up to 12 weeks in 12 months, unpaid and job-protected (26 weeks to care for a covered "
        "servicemember), if the reason qualifies"
        if met
        else "",
        jurisdiction="US federal",
        method=f"29 CFR 825.104, 825.110, tested on {on}. {NOT_ADVICE}",
        assumptions=["Hours are hours worked, as for overtime; paid leave does not count (825.110(c))."],
        warnings=[
            "State family leave, paid leave programmes and the ADA are not included and may apply where FMLA does not."
        ],
    )


def _ale(given: dict[str, Any], on: Day, closing: bool) -> LeaveEligibility:
    equivalents = (Decimal(given["part_time_hours"]) / 120).quantize(Decimal("0.01"), ROUND_FLOOR)
    total = given["full_time"] + equivalents
    # The regulation drops the fraction of the exact figure: 49.9999 is 49, however it is shown.
    whole = (given["full_time"] + Decimal(given["part_time_hours"]) / 120).to_integral_value(ROUND_FLOOR)
    row = Condition(
        condition="50 or more full-time employees and equivalents on average of the year before",
        given=f"{given['full_time']} + {plain(equivalents)} = {plain(total)}, rounded down to {plain(whole)}",
        met=whole >= 50,
        citation="26 CFR 54.4980H-2",
    )
    return LeaveEligibility(
        applies=row.met,
        conditions=[row],
        full_time_equivalents=total,
        entitlement=f"Applicable large employer for the year after the one averaged; tested for {on}"
        if row.met
        else "",
        jurisdiction="US federal",
        method=f"26 CFR 54.4980H-2: full-time (30 hours a week) plus part-time hours of the month / 120, average of twelve "
        f"months, rounded down. {NOT_ADVICE}",
        assumptions=[
            "The figures given are averages of the twelve months; no part-timer counts above 120 hours a month."
        ],
        warnings=["The seasonal-worker exception and controlled groups are not included."],
    )


def _warn(given: dict[str, Any], on: Day, closing: bool) -> LeaveEligibility:
    losses, site = given["job_losses"], given["site_employees"]
    if losses > site:
        raise InvalidInput(f"job_losses {losses} are more than the {site} employees of the site", field="job_losses")
    large = losses >= 500 or (losses >= 50 and 3 * losses >= site)
    rows = [
        _condition("Employer has 100 employees without part-time", given["employees"], 100, "29 USC 2101(a)(1)"),
        Condition(
            condition="Closing of a site or unit with 50 losses in 30 days",
            given=f"{'closing' if closing else 'no closing'}, {losses} losses",
            met=closing and losses >= 50,
            citation="29 USC 2101(a)(2)",
        ),
        Condition(
            condition="Layoff of 500, or of 50 that are a third of the site",
            given=f"{losses} of {site}",
            met=large,
            citation="29 USC 2101(a)(3)",
        ),
    ]
    applies = rows[0].met and (rows[1].met or rows[2].met)
    return LeaveEligibility(
        applies=applies,
        conditions=rows,
        notice_by=on - timedelta(days=60) if applies else None,
        entitlement="Sixty days' written notice to staff or their union, the state and the local government"
        if applies
        else "",
        jurisdiction="US federal",
        method=f"29 USC 2101, 2102; 20 CFR 639: the test by site, notice 60 days before {on}. {NOT_ADVICE}",
        assumptions=["Part-time employees (under 20 hours or 6 months) are left out of all counts."],
        warnings=[
            "An employer of 100 or more, part-time staff counted, who together work 4,000 hours a week without overtime is "
            "covered too (29 USC 2101(a)(1)(B)); that is not tested here.",
            "State WARN acts are not included; several have lower thresholds or longer notice.",
            "Losses over 90 days may be added together, and exceptions exist (29 USC 2102(b), (d)).",
        ],
    )
