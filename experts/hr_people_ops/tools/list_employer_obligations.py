"""Which United States federal employment laws apply to an employer of a size, and which begin next.

Each law has a threshold and its own way of counting (reference://us_headcount_thresholds, with citations). Where a law
counts full-time equivalents, `full_time_equivalents` is used when given.

Limits: federal law only; state and local law is not included (reference://state_law_pointers lists what is missing).
Counting rules look at weeks or years, so near a threshold the answer is "check".
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.quantities import Day, NonNegativeVolume
from experts.hr_people_ops.tools._reference import NOT_ADVICE, caution, cited, sources, table, us_state, values_on


class Obligation(Model):
    """One law; `applies` is "check" within ten percent of the threshold."""

    law: str
    applies: Literal["yes", "no", "check"]
    threshold: int
    counting: str
    duty: str
    citation: str


class Obligations(Model):
    """Laws by threshold."""

    obligations: list[Obligation]
    next_threshold: int | None = None
    starts_next: list[str]
    jurisdiction: str
    as_of: Day
    not_included: list[str]
    sources: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def list_employer_obligations(
    employees: Annotated[int, Field(ge=1, le=10_000_000)],
    on: Day,
    state: Annotated[str, Field(max_length=6)] = "",
    full_time_equivalents: Annotated[NonNegativeVolume | None, Field(le=10**7)] | None = None,
) -> Obligations:
    """US federal employment laws by headcount, and the next to apply.

    Use when a company grows or asks what it must comply with.
    """
    code = us_state(state)
    laws = values_on("us_headcount_thresholds", on)
    rows = []
    for key, law in laws.items():
        count = full_time_equivalents if key == "aca" and full_time_equivalents is not None else Decimal(employees)
        near = law["threshold"] > 1 and abs(count - law["threshold"]) * 10 <= law["threshold"]
        rows.append(
            Obligation(
                law=law["name"],
                applies="check" if near else "yes" if count >= law["threshold"] else "no",
                threshold=law["threshold"],
                counting=law["counting"],
                duty=law["duty"],
                citation=law["cite"],
            )
        )
    above = sorted({law["threshold"] for law in laws.values() if law["threshold"] > employees})
    upcoming = above[0] if above else None
    where = f"{code} state and local law is" if code else "State and local law is"
    return Obligations(
        obligations=sorted(rows, key=lambda row: row.threshold),
        next_threshold=upcoming,
        starts_next=[law["name"] for law in laws.values() if law["threshold"] == upcoming],
        jurisdiction="US federal",
        as_of=on,
        not_included=list(table("state_law_pointers").current()["not_implemented"]),
        sources=sources("us_headcount_thresholds", day=on) + sources("state_law_pointers"),
        method=f"Headcount against each law's threshold by {cited('us_headcount_thresholds', on)}. {NOT_ADVICE}",
        assumptions=[
            "The count given is the one each law asks for; within ten percent of a threshold the law is marked check.",
            *([] if full_time_equivalents is not None else ["Full-time equivalents are taken as the headcount (ACA)."]),
        ],
        warnings=[
            f"{where} not included and often starts at fewer employees.",
            *caution("us_headcount_thresholds", "state_law_pointers"),
        ],
    )
