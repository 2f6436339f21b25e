"""A job description from its facts, with the checks an advertisement needs.

Order: purpose, what you will do, what you need (must), what helps (nice to have), pay and place, how we hire. Essential
functions come from the duties marked by their share of time. The draft is read by the same rules as
check_job_ad_language. Flags: long lists of musts, years of experience as a requirement, degree where none is needed by
law, a wide pay range (maximum above 1.5 x minimum is named, not judged).

Limits: says only what it is given; duties are not invented. Exempt status is not decided here (check_flsa_exemption).
"""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units
from experts.core.quantities import Day, NonNegativeMoney, Share, plain
from experts.hr_people_ops.tools._language import Flag
from experts.hr_people_ops.tools._reference import NOT_ADVICE, caution, cited
from experts.hr_people_ops.tools.check_job_ad_language import PayLaw, check_job_ad_language

_Line = Annotated[str, Field(min_length=3, max_length=300)]
_YEARS = re.compile(r"\b\d+\s*\+?\s*(?:or more )?years", re.IGNORECASE)
_DEGREE = re.compile(r"\b(?:bachelor|master|degree|phd)\b", re.IGNORECASE)


class Duty(Model):
    """A duty; `share` of working time if known."""

    duty: _Line
    share: Share | None = None


class JobDescription(Model):
    """A draft for a person to finish."""

    text: str
    flags: list[Flag]
    leaning: str
    pay_laws: list[PayLaw]
    open_points: list[str]
    sources: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def draft_job_description(
    title: Annotated[str, Field(min_length=2, max_length=120)],
    purpose: _Line,
    duties: Annotated[list[Duty], Field(min_length=1, max_length=20)],
    must: Annotated[list[_Line], Field(min_length=1, max_length=20)],
    on: Day,
    nice: Annotated[list[_Line], Field(max_length=20)] | None = None,
    pay_minimum: NonNegativeMoney | None = None,
    pay_maximum: NonNegativeMoney | None = None,
    currency: str = "USD",
    place: Annotated[str, Field(max_length=200)] = "",
    states: Annotated[list[Annotated[str, Field(max_length=6)]], Field(max_length=56)] | None = None,
    employees: Annotated[int, Field(ge=1, le=10_000_000)] = 1,
    benefits: Annotated[list[_Line], Field(max_length=20)] | None = None,
) -> JobDescription:
    """Job description with language and pay-range checks.

    Use when a role is opened. Duties and pay come from the user.
    """
    if benefits is None:
        benefits = []
    if states is None:
        states = []
    if nice is None:
        nice = []
    minor_units(currency)
    shares = sum((duty.share or Decimal(0) for duty in duties), Decimal(0))
    if shares > 1:
        raise InvalidInput(f"shares of time add up to {plain(shares)}, more than 1", field="duties")
    if (pay_minimum is None) != (pay_maximum is None) or (pay_minimum or 0) > (pay_maximum or 0):
        raise InvalidInput(
            f"pay_minimum {pay_minimum} and pay_maximum {pay_maximum} must both be given, minimum first",
            field="pay_minimum",
        )
    pay = "" if pay_minimum is None or pay_maximum is None else _range(pay_minimum, pay_maximum, currency)
    text = _text(title, purpose, duties, must, nice, pay, place, benefits)
    read = check_job_ad_language(text, on, states, employees)
    points = []
    if len(must) > 7:
        points.append(f"{len(must)} musts are many; keep those without which the work cannot be done on day one.")
    points += [f"{line!r}: name what the years should have taught instead." for line in must if _YEARS.search(line)]
    points += [
        f"{line!r}: keep a degree only where the law or the work needs it." for line in must if _DEGREE.search(line)
    ]
    if pay_minimum and pay_maximum and pay_maximum > pay_minimum * Decimal("1.5"):
        points.append("The pay range is wide; a posted range must be what is expected in good faith.")
    if not pay:
        points.append("No pay range is given.")
    if not place:
        points.append("The place of work is not given.")
    if not benefits:
        points.append("Benefits are not described; several states ask for them beside the range.")
    warnings = [f"{law.state} requires a pay range in the posting." for law in read.pay_laws if law.required == "yes"]
    return JobDescription(
        text=text,
        flags=read.flags,
        leaning=read.leaning,
        pay_laws=read.pay_laws,
        open_points=points,
        sources=read.sources,
        method=f"Fixed order of sections; wording and pay-range duties as check_job_ad_language, "
        f"{cited('state_pay_transparency')}. {NOT_ADVICE}",
        assumptions=["The draft holds only what was given; a hiring manager confirms duties and requirements."],
        warnings=[*(warnings if not pay else []), *caution("gendered_words", "state_pay_transparency")],
    )


def _range(low: Decimal, high: Decimal, currency: str) -> str:
    return f"{currency} {low:,f} to {high:,f} a year" if currency != "USD" else f"${low:,f} to ${high:,f} a year"


def _text(
    title: str,
    purpose: str,
    duties: list[Duty],
    must: list[str],
    nice: list[str],
    pay: str,
    place: str,
    benefits: list[str],
) -> str:
    parts = [f"# {title}", purpose, "## What you will do"]
    parts += [f"- {d.duty}" + (f" ({plain(d.share * 100)}% of the time)" if d.share else "") for d in duties]
    parts += ["## What you need", *(f"- {line}" for line in must)]
    if nice:
        parts += ["## What helps, and can be learnt here", *(f"- {line}" for line in nice)]
    parts += ["## Pay and place"]
    parts += [f"- Pay: {pay or '[pay range to be added]'}", f"- Place: {place or '[place of work to be added]'}"]
    parts += [f"- {line}" for line in benefits]
    parts += [
        "## How we hire",
        "- Everybody is asked the same questions and rated on the same criteria by at least two interviewers.",
        "- Tell us if you need an adjustment for the interview or the work; asking for it has no effect on the decision.",
    ]
    return "\n".join(parts)
