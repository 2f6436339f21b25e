"""A job advertisement read for coded and risky wording, and for a pay range where a state requires one.

Masculine- and feminine-coded words: stems of Gaucher, Friesen & Kay (2011), JPSP 101(1), Appendix A
(reference://gendered_words). Leaning: more words of one list by at least two. Age, gender, origin and disability
phrases follow EEOC guidance on job advertisements (29 CFR 1604.5, 1625.4; 8 USC 1324b). Pay range laws:
reference://state_pay_transparency by state, date and number of employees.

Limits: words, not meaning: "lead" is counted in "lead paint" too. In the paper the wording shifted how appealing the
job seemed; it does not prove bias of an employer. English only. States not in the table, cities and counties: not included.
"""

import re
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.quantities import Day
from experts.hr_people_ops.tools._language import Flag, coded, phrases
from experts.hr_people_ops.tools._reference import NOT_ADVICE, caution, cited, sources, table, us_state

_RANGE = re.compile(r"[$€£]\s?\d[\d,.]*\s?k?\s*(?:-|–|—|to|and)\s*[$€£]?\s?\d[\d,.]*\s?k?", re.IGNORECASE)


class PayLaw(Model):
    """Whether a state requires a pay range in the posting."""

    state: str
    required: Literal["yes", "no", "not in force yet", "unknown"]
    reason: str


class JobAdLanguage(Model):
    """Offsets count characters from 0."""

    leaning: Literal["masculine", "feminine", "balanced", "neutral"]
    masculine: list[str]
    feminine: list[str]
    flags: list[Flag]
    pay_range_found: str | None = None
    pay_laws: list[PayLaw]
    sources: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def check_job_ad_language(
    text: Annotated[str, Field(min_length=1, max_length=20000)],
    on: Day,
    states: Annotated[
        list[Annotated[str, Field(max_length=6)]], Field(max_length=56, description="where the job can be done")
    ]
    | None = None,
    employees: Annotated[int, Field(ge=1, le=10_000_000)] = 1,
) -> JobAdLanguage:
    """Coded and risky words in a job ad, and state pay-range duties.

    Use when an advertisement goes out.
    """
    if states is None:
        states = []
    masculine = [flag.word for flag in coded(text, "masculine")]
    feminine = [flag.word for flag in coded(text, "feminine")]
    flags = list(phrases(text))
    found = _RANGE.search(text)
    laws = pay_laws(states, on, employees)
    needed = [law.state for law in laws if law.required == "yes"]
    warnings = []
    if needed and not found:
        warnings.append(f"No pay range was found, and {', '.join(needed)} require one.")
    if not states:
        warnings.append("No state is given, so pay-range laws are not checked.")
    gap = len(masculine) - len(feminine)
    leaning: Literal["masculine", "feminine", "balanced", "neutral"]
    if not masculine and not feminine:
        leaning = "neutral"
    elif abs(gap) < 2:
        leaning = "balanced"
    else:
        leaning = "masculine" if gap > 0 else "feminine"
    return JobAdLanguage(
        leaning=leaning,
        masculine=masculine,
        feminine=feminine,
        flags=flags,
        pay_range_found=found[0].strip() if found else None,
        pay_laws=laws,
        sources=sources("gendered_words", "state_pay_transparency"),
        method="Stems of Gaucher, Friesen & Kay (2011), leaning by two words or more; phrases after 29 CFR 1604.5, 1625.4; "
        f"{cited('gendered_words')}; {cited('state_pay_transparency')}. {NOT_ADVICE}",
        assumptions=["Words are matched without their meaning; read each flag in its sentence."],
        warnings=[*warnings, *caution("gendered_words", "state_pay_transparency")],
    )


def pay_laws(states: list[str], on: Day, employees: int) -> list[PayLaw]:
    """The pay-range law of each state on a day, for an employer of a size."""
    laws = {law["state"]: law for law in table("state_pay_transparency").current()["laws"]}
    made = []
    for state in dict.fromkeys(us_state(state, "states") for state in states):
        law = laws.get(state)
        required: Literal["yes", "no", "not in force yet", "unknown"]
        if not state:
            continue
        size = (
            "" if law is None else "every employer" if law["employees"] == 1 else f"from {law['employees']} employees"
        )
        if law is None:
            required, reason = "unknown", "not in the table; check state, city and county law"
        elif on < law["from"]:
            required, reason = "not in force yet", f"in force from {law['from']}"
        elif employees < law["employees"]:
            required, reason = "no", f"{size} since {law['from']}"
        else:
            required, reason = "yes", f"{size} since {law['from']}"
        made.append(PayLaw(state=state, required=required, reason=reason))
    return made
