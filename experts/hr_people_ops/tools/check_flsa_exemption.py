"""Whether the tests of an FLSA white-collar exemption are met, and which are still open.

Salary level and salary basis by 29 CFR 541.600 to 541.602, duties by 541.100 (executive), 541.200 (administrative),
541.300 to 541.304 (professional), 541.400 (computer), 541.500 (outside sales), 541.601 (highly compensated). Levels by
date: reference://flsa_salary_levels; the rule of 2024 was vacated, so 684 a week applies. State levels:
reference://state_exempt_salaries, where listed; the higher level must be met.

Limits: titles decide nothing, duties do; the answers are the employer's. A test that is not answered stays open. No
motion picture, academic administrative, or state duties tests; a state without a listed level is compared with the
federal one only.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Day, Money, NonNegativeMoney, plain
from experts.hr_people_ops.tools._reference import NOT_ADVICE, caution, sources, table, us_state, values_on

Category = Literal[
    "executive",
    "administrative",
    "learned_professional",
    "creative_professional",
    "computer",
    "outside_sales",
    "highly_compensated",
]

_BASIS = ("salary_basis", "Is a fixed salary paid each week, without cuts for quality or quantity of work (541.602)?")
DUTIES: dict[str, list[tuple[str, str]]] = {
    "executive": [
        _BASIS,
        ("manages", "Is the primary duty to manage the enterprise or a recognised department (541.100(a)(2))?"),
        ("directs_two", "Does the person customarily direct two or more full-time employees or the equivalent?"),
        ("hires", "Can the person hire or fire, or do recommendations carry particular weight?"),
    ],
    "administrative": [
        _BASIS,
        ("office_work", "Is the primary duty office work directly related to management or general operations?"),
        ("discretion", "Does it include discretion and independent judgment on matters of significance (541.202)?"),
    ],
    "learned_professional": [
        _BASIS,
        ("advanced_knowledge", "Does the primary duty need advanced knowledge, mainly intellectual (541.301(b))?"),
        ("science_or_learning", "Is that knowledge in a field of science or learning (541.301(c))?"),
        ("prolonged_instruction", "Is it customarily acquired by a prolonged course of specialised instruction?"),
    ],
    "creative_professional": [
        _BASIS,
        ("creative", "Does the primary duty need invention, imagination, originality or talent in a creative field?"),
    ],
    "computer": [
        ("computer_duties", "Is the primary duty systems analysis, design or programming as in 541.400(b)?"),
        ("skilled", "Is the work that of a systems analyst, programmer, software engineer or similarly skilled?"),
    ],
    "outside_sales": [
        ("sells", "Is the primary duty making sales or obtaining orders (541.500(a)(1))?"),
        ("away", "Is the person customarily engaged away from the employer's place of business?"),
    ],
    "highly_compensated": [
        _BASIS,
        ("office_work", "Is the primary duty office or non-manual work (541.601(d))?"),
        ("one_exempt_duty", "Is at least one exempt executive, administrative or professional duty regular?"),
    ],
}


class PartTest(Model):
    """One test."""

    key: str
    question: str
    result: Literal["met", "not_met", "open"]


class ExemptionCheck(Model):
    """USD."""

    conclusion: Literal["conditions_met", "not_exempt_here", "open"]
    tests: list[PartTest]
    federal_weekly: Money | None = None
    state_weekly: Money | None = None
    jurisdiction: str
    as_of: Day
    sources: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def check_flsa_exemption(
    category: Category,
    on: Day,
    weekly_salary: Annotated[NonNegativeMoney, Field(le=10**6)] = Decimal(0),
    annual_pay: Annotated[NonNegativeMoney, Field(le=10**9, description="for highly_compensated")] = Decimal(0),
    hourly_rate: Annotated[
        NonNegativeMoney, Field(le=10**5, description="for computer, if paid by the hour")
    ] = Decimal(0),
    state: Annotated[str, Field(max_length=12, description="postal code; NY_downstate for NYC and around")] = "",
    answers: Annotated[dict[Key, bool], Field(max_length=10, description="duty keys; open ones are listed")]
    | None = None,
) -> ExemptionCheck:
    """Salary and duties tests of a US overtime exemption.

    Use when a job is classed exempt or non-exempt.
    """
    if answers is None:
        answers = {}
    questions = DUTIES[category]
    for key in answers:
        if key not in dict(questions):
            raise InvalidInput(
                f"answer {key!r} is no test of {category!r}{did_you_mean(key, dict(questions))}", field=f"answers.{key}"
            )
    downstate = state.strip().upper() == "NY_DOWNSTATE"
    code = "NY" if downstate else us_state(state)
    federal = values_on("flsa_salary_levels", on)
    level = Decimal(federal["salary_weekly"])
    own, warnings = _state_level(code, downstate, on, category)
    tests = _pay_tests(category, weekly_salary, annual_pay, hourly_rate, federal, own)
    tests += [
        PartTest(key=key, question=said, result="open" if key not in answers else "met" if answers[key] else "not_met")
        for key, said in questions
    ]
    results = {test.result for test in tests}
    tables = ["flsa_salary_levels", *(["state_exempt_salaries"] if own else [])]
    if federal["vacated_from"] <= on < federal["vacated_on"]:
        warnings.append(
            f"On {on} the rule of 2024 was being applied; it was vacated on {federal['vacated_on']}: "
            f"{federal['vacated_rule']}. The level restored is used here."
        )
    if category in ("learned_professional", "outside_sales"):
        warnings.append("Lawyers, doctors, teachers and outside sales staff need no minimum salary (541.303, 541.304).")
    return ExemptionCheck(
        conclusion="not_exempt_here" if "not_met" in results else "open" if "open" in results else "conditions_met",
        tests=tests,
        federal_weekly=None if category == "outside_sales" else level,
        state_weekly=own,
        jurisdiction="US federal" + (f" and {code} salary level" if own else ""),
        as_of=on,
        sources=sources(*tables, day=on),
        method=f"29 CFR part 541: every test of the {category.replace('_', ' ')} exemption must be met; unanswered ones "
        f"stay open. {NOT_ADVICE}",
        assumptions=["Duties are as answered; a job title decides nothing (541.2)."],
        warnings=[*warnings, *caution(*tables)],
    )


def _state_level(code: str, downstate: bool, on: Day, category: str) -> tuple[Decimal | None, list[str]]:
    if category == "outside_sales":
        return None, ["State duties tests are not included."]
    if not code:
        return None, ["Federal law only: some states set a higher salary level and stricter duties."]
    found = table("state_exempt_salaries")
    spans = [(row.effective_from, row.effective_to) for row in found.rows]
    if not any(begin <= on and (end is None or on <= end) for begin, end in spans):
        return None, [
            f"State levels are in the tables from {spans[0][0]} to {spans[-1][1]} only; none is compared on {on}."
        ]
    values = found.on(on)
    if code in values["own_level_not_here"]:
        return None, [
            f"{code} has a salary level of its own that is not in the tables; look it up before relying on this."
        ]
    key = "NY_downstate" if downstate else code
    if key not in values["levels"]:
        return None, [f"No salary level of {code} is in the tables; only the federal one is compared."]
    if code == "NY" and category not in ("executive", "administrative"):
        return None, [
            "New York has a level of its own only for executive and administrative work; only the federal one is compared."
        ]
    return Decimal(values["levels"][key]), ["State duties tests are not included; they can be stricter."]


def _pay_tests(
    category: str, weekly: Decimal, annual: Decimal, hourly: Decimal, federal: dict[str, str], own: Decimal | None
) -> list[PartTest]:
    level = Decimal(federal["salary_weekly"])
    made = []

    def compare(key: str, given: Decimal, least: Decimal, what: str) -> None:
        result: Literal["met", "not_met", "open"] = "open" if not given else "met" if given >= least else "not_met"
        made.append(PartTest(key=key, question=f"Is {what} at least {plain(least)} USD?", result=result))

    if category == "outside_sales":
        return made
    if category == "computer" and hourly:
        compare("hourly_level", hourly, Decimal(federal["computer_hourly"]), "the hourly rate")
    else:
        compare("salary_level", weekly, level, "the weekly salary")
    if category == "highly_compensated":
        compare("annual_level", annual, Decimal(federal["highly_compensated_annual"]), "total annual compensation")
    if own is not None:
        compare("state_salary_level", weekly, own, "the weekly salary under state law")
    return made
