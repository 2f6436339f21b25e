"""Says from which number of employees US federal employment laws apply, and how each counts.

Thresholds and counting rules: reference://us_employment_thresholds (US Code, CFR). Near a threshold (within a fifth)
the way of counting decides: 20 weeks, part-timers, full-time equivalents, affiliates.

Limits: federal law only; state and local laws often apply earlier and are not included.
"""

from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day
from experts.legal_consultant.tools._legal import Legal, caution, citation, values

_STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "DC",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
    ]
)


class EmploymentLaw(Model):
    """One law; `reached` is the plain comparison, which near a threshold is not the last word."""

    name: str
    threshold: Count
    applies: Literal["yes", "no", "near"]
    reached: bool
    counting: str
    source: str


class EmploymentRules(Legal):
    """Laws by threshold, and the next one that growth will reach."""

    laws: list[EmploymentLaw]
    next_threshold: Count | None = None


def check_employment_rule(
    headcount: Annotated[int, Field(ge=0, le=10_000_000)],
    as_of: Day,
    state: Annotated[str, Field(max_length=2, description="Two letters; federal law only is tested.")],
) -> EmploymentRules:
    """List US federal employment laws that apply at a headcount, how each counts, and the next threshold.

    Use when a company hires or asks which laws bind it. It does not cover state or local law.
    """
    if state not in _STATES:
        raise InvalidInput(
            f"state {state!r} is not one of the 50 states or DC; write two capitals such as 'TX'. Territories are not covered",
            field="state",
        )
    laws = []
    for entry in values("us_employment_thresholds", as_of).values():
        limit = int(entry["threshold"])
        # Within a fifth of a threshold, how one counts decides.
        near = limit > 1 and headcount != 0 and abs(headcount - limit) <= max(1, limit // 5)
        applies: Literal["yes", "no", "near"] = "near" if near else "yes" if headcount >= limit else "no"
        laws.append(
            EmploymentLaw(
                name=entry["name"],
                threshold=limit,
                applies=applies,
                reached=headcount >= limit,
                counting=entry["counting"],
                source=entry["cite"],
            )
        )
    laws.sort(key=lambda law: (law.threshold, law.name))
    close = [law.name for law in laws if law.applies == "near"]
    return EmploymentRules(
        jurisdiction="US (federal)",
        as_of=as_of,
        sources=[citation("us_employment_thresholds", as_of)],
        escalate=bool(close),
        escalation_reason=f"Near a threshold, counting decides: {'; '.join(close)}." if close else "",
        method="headcount >= threshold; 'near' within a fifth of it, where the counting rule must be worked through",
        assumptions=["Headcount includes part-timers and all locations; affiliates may have to be added."],
        warnings=[
            f"State and local law of {state} is not included and may apply from fewer employees.",
            *caution("us_employment_thresholds"),
        ],
        laws=laws,
        next_threshold=min((law.threshold for law in laws if law.threshold > headcount), default=None),
    )
