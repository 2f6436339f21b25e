"""Terms of US patents, copyrights and trademark registrations, with the dates on which something must be filed.

Utility and plant patents: 20 years from the earliest US non-provisional or PCT filing whose benefit is claimed (35 USC
154(a)(2)-(3)), plus patent term adjustment (154(b)); filed before 8 June 1995: that or 17 years from grant, the later
(154(c)). Maintenance fees 3.5, 7.5 and 11.5 years after grant, payable from six months before, with six months of grace
(35 USC 41(b)). Design patents: 15 years from grant (35 USC 173), 14 if filed before 13 May 2015. Copyright, 17 USC
302-305: life and 70 years; made for hire, anonymous or pseudonymous: 95 years from publication or 120 from creation,
the earlier; published 1964-1977: 95 years; published before 1964: 95 only if renewed; made before 1978 and unpublished
then: as 302, not before the end of 2002, or of 2047 if published by then; all to the end of the year. Trademarks: 10
years, renewable (15 USC 1059); section 8 declaration between the fifth and sixth year (1058). TRIPS Art. 12, 18, 33.

Limits: no patent term extension (35 USC 156), no restored foreign copyrights, fees unpaid or disclaimers only as given.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day, Days
from experts.legal_consultant.tools._legal import Legal
from experts.legal_consultant.tools._numbers import add_months, add_period

Right = Literal["utility_patent", "design_patent", "copyright", "trademark"]
_URAA = date(1995, 6, 8)
_HAGUE = date(2015, 5, 13)


class Milestone(Model):
    """Something to file or pay: from, due, and the end of grace."""

    what: str
    opens: Day
    due: Day
    grace_ends: Day


class IpTerm(Legal):
    """The last day of the right and what keeps it alive."""

    right: Right
    expires: Day
    in_force: bool
    rule: str
    milestones: list[Milestone] = []


def compute_ip_term(
    right: Right,
    as_of: Day,
    filed: Annotated[Day | None, Field(description="Earliest non-provisional filing.")] = None,
    granted: Annotated[Day | None, Field(description="Grant or registration.")] = None,
    adjustment_days: Annotated[Days, Field(ge=0, le=5000, description="PTA.")] = 0,
    disclaimed_to: Annotated[Day | None, Field(description="Terminal disclaimer.")] = None,
    created: Annotated[int | None, Field(ge=1700, le=2200, description="Year.")] = None,
    published: Annotated[int | None, Field(ge=1700, le=2200, description="Year.")] = None,
    author_died: Annotated[int | None, Field(ge=1700, le=2200, description="Year; last author.")] = None,
    made_for_hire: Annotated[bool, Field(description="Or anonymous.")] = False,
    renewed: bool | None = None,
) -> IpTerm:
    """Compute when a US patent, copyright or trademark registration ends and what must be filed before.

    Use when a right's life matters. It does not cover other countries or term extensions.
    """
    if right in ("utility_patent", "design_patent"):
        ends, rule, steps = _patent(right, filed, granted, adjustment_days, disclaimed_to)
        sources = ["35 USC 154(a)-(c), 173, 41(b)", "TRIPS Art. 33"]
    elif right == "trademark":
        ends, rule, steps = _trademark(_needed(granted, "granted", "the registration date"), as_of)
        sources = ["15 USC 1058, 1059", "TRIPS Art. 18"]
    else:
        ends, rule, steps = *_copyright(created, published, author_died, made_for_hire, renewed), []
        sources = ["17 USC 302-305", "TRIPS Art. 12"]
    due = [step for step in steps if step.opens <= as_of <= step.grace_ends]
    return IpTerm(
        jurisdiction="US",
        as_of=as_of,
        sources=sources,
        escalate=bool(due),
        escalation_reason=f"Open now: {due[0].what}, due {due[0].due}." if due else "",
        method=rule,
        assumptions=["Fees and declarations were paid and filed in time until as_of; dates are as given."],
        warnings=_warnings(right, granted),
        right=right,
        expires=ends,
        in_force=as_of <= ends and _begun(right, as_of, granted, created, published),
        rule=rule,
        milestones=steps,
    )


def _begun(right: Right, as_of: date, granted: date | None, created: int | None, published: int | None) -> bool:
    """An application gives no right to exclude; a work is protected once it exists."""
    if right != "copyright":
        return granted is not None and granted <= as_of
    first = created if created is not None else published
    return first is not None and first <= as_of.year


def _warnings(right: Right, granted: date | None) -> list[str]:
    if right == "copyright":
        return []
    found = [
        "A last day on a weekend or holiday moves to the next business day at the office (35 USC 21(b); 37 CFR 2.196)."
    ]
    if granted is None:
        found.append("No grant was given: an application is not yet a right, and maintenance fees have no dates.")
    return found


def _patent(
    right: str, filed: date | None, granted: date | None, adjustment: int, disclaimed: date | None
) -> tuple[date, str, list[Milestone]]:
    start = _needed(filed, "filed", "the filing date")
    if granted is not None and granted < start:
        raise InvalidInput(f"granted {granted} is before filed {start}; check both", field="granted")
    if right == "design_patent":
        years = 15 if start >= _HAGUE else 14
        return (
            add_months(_needed(granted, "granted", "the grant date"), 12 * years),
            f"{years} years from grant (35 USC 173)",
            [],
        )
    ends, rule = add_months(start, 240), "20 years from filing (35 USC 154(a)(2))"
    if start < _URAA:
        seventeen = add_months(_needed(granted, "granted", "the grant date"), 204)
        if seventeen > ends:
            ends, rule = seventeen, "17 years from grant (35 USC 154(c)(1))"
    if adjustment:
        ends, rule = add_period(ends, adjustment, "day"), f"{rule} + {adjustment} days (154(b))"
    if disclaimed and disclaimed < ends:
        ends, rule = disclaimed, f"{rule}; disclaimed beyond {disclaimed} (35 USC 253)"
    fees = []
    for half_years in (7, 15, 23) if granted else ():
        due = add_months(granted, 6 * half_years)  # type: ignore[arg-type]
        fees.append(
            Milestone(
                what=f"Maintenance fee, {half_years / 2:g} years",
                opens=add_months(granted, 6 * half_years - 6),  # type: ignore[arg-type]
                due=due,
                grace_ends=add_months(granted, 6 * half_years + 6),  # type: ignore[arg-type]
            )
        )
    return ends, rule, fees


def _trademark(registered: date, as_of: date) -> tuple[date, str, list[Milestone]]:
    steps = [_filing("Declaration of use (section 8)", registered, 5, 6)]
    term = 10
    while add_months(registered, 12 * term) < as_of and term < 500:
        term += 10
    steps.append(_filing("Declaration of use and renewal (sections 8 and 9)", registered, term - 1, term))
    return add_months(registered, 12 * term), "10 years from registration, renewable (15 USC 1059)", steps


def _filing(what: str, registered: date, opens: int, due: int) -> Milestone:
    return Milestone(
        what=what,
        opens=add_months(registered, 12 * opens),
        due=add_months(registered, 12 * due),
        grace_ends=add_months(registered, 12 * due + 6),
    )


def _copyright(
    created: int | None, published: int | None, died: int | None, hire: bool, renewed: bool | None
) -> tuple[date, str]:
    if created is None and published is None:
        raise InvalidInput("a copyright's term needs the year of creation or publication; give one", field="created")
    if published is not None and published < 1978:
        if published < 1964 and renewed is None:
            raise InvalidInput(
                f"published {published}: was the copyright renewed in its 28th year? Give renewed", field="renewed"
            )
        years = 95 if published >= 1964 or renewed else 28
        return date(published + years, 12, 31), f"{years} years from publication in {published} (17 USC 304)"
    if created is None:
        raise InvalidInput("give the year of creation as well", field="created")
    if published is not None and published < created:
        raise InvalidInput(f"published {published} is before created {created}; check both", field="published")
    if hire:
        year = min(created + 120, published + 95) if published is not None else created + 120
        rule = "95 years from publication or 120 from creation, the earlier (17 USC 302(c))"
    else:
        if died is None:
            raise InvalidInput(
                "life and 70 years: in which year did the (last) author die? Give author_died", field="author_died"
            )
        if died < created:
            raise InvalidInput(f"author_died {died} is before created {created}; check both", field="author_died")
        year, rule = died + 70, "life of the author and 70 years (17 USC 302(a)-(b))"
    if created < 1978:
        floor = 2047 if published is not None and published <= 2002 else 2002
        year, rule = max(year, floor), f"{rule}, not before {floor} (17 USC 303)"
    return date(year, 12, 31), f"{rule}, to the end of the year (305)"


def _needed(day: date | None, field: str, what: str) -> date:
    if day is None:
        raise InvalidInput(f"{what} is needed; give {field}", field=field)
    return day
