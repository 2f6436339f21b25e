"""Screens whether a data protection impact assessment is needed (GDPR Art. 35).

Art. 35(3): always for systematic and extensive profiling with legal or similar effects, special categories or criminal
data on a large scale, or systematic monitoring of public places on a large scale. Otherwise the nine criteria of WP248
rev.01 (4 October 2017, endorsed by the EDPB): two or more, in most cases a DPIA; one can be enough.

Limits: national lists under Art. 35(4)-(5) are not included.
"""

from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day
from experts.legal_consultant.tools._legal import Legal

Criterion = Literal[
    "scoring",
    "automated_decision",
    "monitoring",
    "sensitive_data",
    "large_scale",
    "matching",
    "vulnerable_people",
    "new_technology",
    "blocks_right_or_service",
]
Always = Literal["profiling_with_legal_effect", "special_categories_large_scale", "public_monitoring_large_scale"]
CRITERIA: dict[str, str] = {
    "scoring": "Evaluation or scoring, profiling and predicting",
    "automated_decision": "Automated decision with legal or similar significant effect",
    "monitoring": "Systematic monitoring",
    "sensitive_data": "Sensitive data or data of a highly personal nature",
    "large_scale": "Data processed on a large scale",
    "matching": "Matching or combining datasets",
    "vulnerable_people": "Data on vulnerable people, employees included",
    "new_technology": "Innovative use or new technology",
    "blocks_right_or_service": "Prevents people from using a right, service or contract",
}


class CriterionMet(Model):
    """One of the nine criteria."""

    criterion: Criterion
    meaning: str
    met: bool


class DpiaScreen(Legal):
    """The outcome, which rule gave it, and the criteria."""

    outcome: Literal["required", "carry_out", "record_why_not", "not_indicated"]
    because: str
    met: Count
    criteria: list[CriterionMet]


def run_dpia_screen(
    criteria: Annotated[list[Criterion], Field(max_length=9, description="WP248 criteria that are met.")],
    as_of: Day,
    always: Annotated[list[Always] | None, Field(max_length=3, description="Cases of Art. 35(3).")] = None,
) -> DpiaScreen:
    """Screen whether a DPIA is needed: the cases of Art. 35(3), then WP248's nine criteria (two or more).

    Use when new processing is planned. It does not assess the risks themselves.
    """
    always = always or []
    for field, given in (("criteria", [str(item) for item in criteria]), ("always", [str(item) for item in always])):
        twice = next((item for item in given if given.count(item) > 1), None)
        if twice:
            raise InvalidInput(
                f"{field} names {twice!r} more than once; give each once, since they are counted", field=field
            )
    met = set(criteria)
    outcome: Literal["required", "carry_out", "record_why_not", "not_indicated"]
    if always:
        outcome, because = "required", f"Art. 35(3): {', '.join(always).replace('_', ' ')}"
    elif len(met) >= 2:
        outcome, because = "carry_out", f"{len(met)} of nine criteria are met; WP248: two or more, in most cases a DPIA"
    elif met:
        outcome, because = "record_why_not", "one criterion is met; that can be enough, so record why not"
    else:
        outcome, because = "not_indicated", "no criterion is met; keep this record (Art. 5(2))"
    needed = outcome in ("required", "carry_out")
    return DpiaScreen(
        jurisdiction="EU",
        as_of=as_of,
        sources=["GDPR Art. 35(1), (3), (7)", "WP248 rev.01, section III.B.a, endorsed by the EDPB on 25 May 2018"],
        escalate=needed,
        escalation_reason="Ask the DPO's advice (Art. 35(2)); a high remaining risk goes to the authority (Art. 36)."
        if needed
        else "",
        method="Any case of Art. 35(3): required. Two or more of nine criteria: carry out.",
        assumptions=["Criteria are as given."],
        warnings=["Look at your authority's list under Art. 35(4); it can require a DPIA by itself."],
        outcome=outcome,
        because=because,
        met=len(met),
        criteria=[
            CriterionMet.model_validate({"criterion": k, "meaning": v, "met": k in met}) for k, v in CRITERIA.items()
        ],
    )
