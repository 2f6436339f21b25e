"""Builds a record of processing activities (GDPR Art. 30) and says what is missing in it.

Art. 30(1)(a)-(g) for controllers: name and contact, purposes, categories of people and data, recipients,
third-country transfers with safeguards, time limits for erasure, security measures where possible. Art. 30(5): under
250 persons the duty still holds for processing that is not occasional, risky, or of special categories.

Limits: whether a legal basis fits and a safeguard suffices is not judged.
"""

import re
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.quantities import Count, Day
from experts.legal_consultant.tools._legal import Legal

Words = Annotated[str, Field(max_length=400)]
_SPECIAL = re.compile(
    r"health|medical|biometric|genetic|\brac(?:e|ial)\b|ethnic|religio|political|trade[ -]union|union member|sex life|sexual"
)
_BASES = ("consent", "contract", "legal obligation", "vital interest", "public task", "legitimate interest")
# "Art. 6(1)(b)" names a basis as well as its words do.
_BY_LETTER = re.compile(r"\b6\s*\(1\)\s*(?:lit\.?\s*)?\(?[a-f]\b", re.IGNORECASE)
_NONE = ("", "none", "no", "n/a", "not applicable")


class Activity(Model):
    """One processing activity."""

    name: Words
    purpose: Words = ""
    legal_basis: Words = ""
    people: Words = ""
    data: Words = ""
    recipients: Words = ""
    transfers: Annotated[str, Field(max_length=400, description="Third countries; 'none'.")] = ""
    safeguards: Words = ""
    retention: Words = ""
    security: Words = ""


class Gap(Model):
    """What an activity lacks."""

    activity: str
    field: str
    rule: str
    missing: str


class ProcessingRegister(Legal):
    """The rows as given, gaps against Art. 30, and whether a record must be kept."""

    controller: str
    contact: str
    activities: dict[Key, Activity]
    gaps: list[Gap]
    complete: Count
    record_required: bool
    record_reason: str


def build_processing_register(
    controller: Annotated[str, Field(min_length=1, max_length=200)],
    contact: Annotated[str, Field(min_length=1, max_length=200, description="And DPO, if any.")],
    activities: Annotated[dict[Key, Activity], Field(min_length=1, max_length=200)],
    as_of: Day,
    headcount: Count | None = None,
) -> ProcessingRegister:
    """Build a record of processing (GDPR Art. 30) and name what is missing; make_document gives .xlsx.

    Use when processing is to be documented. It does not judge legal bases.
    """
    gaps: list[Gap] = []
    special = []
    complete = 0
    for activity in activities.values():
        found = _gaps(activity)
        gaps += found
        complete += not found
        if _SPECIAL.search(activity.data.lower()):
            special.append(activity.name)
    reason = "250 persons or more (Art. 30(5))" if headcount is not None and headcount >= 250 else ""
    reason = reason or (f"special categories in {special[0]} (Art. 30(5), 9)" if special else "")
    reason = reason or "processing that is listed here recurs, so it is not occasional (Art. 30(5))"
    return ProcessingRegister(
        jurisdiction="EU",
        as_of=as_of,
        sources=["GDPR Art. 30(1)(a)-(g), 30(5), 9, 44-49"],
        escalate=bool(special) or any(gap.field == "safeguards" for gap in gaps),
        escalation_reason="Special categories or transfers without safeguards need counsel or the DPO."
        if special or any(gap.field == "safeguards" for gap in gaps)
        else "",
        method="Each field of Art. 30(1) is looked for; legal basis is asked for as well, though Art. 30 does not name it.",
        assumptions=["The controller's record; processors keep another (Art. 30(2))."],
        warnings=["Proposals to change Art. 30(5) are not applied; check whether one is in force."],
        controller=controller,
        contact=contact,
        activities=activities,
        gaps=gaps,
        complete=complete,
        record_required=True,
        record_reason=reason,
    )


def _gaps(activity: Activity) -> list[Gap]:
    rules = {
        "purpose": ("30(1)(b)", "the purpose"),
        "legal_basis": ("6(1)", "the legal basis"),
        "people": ("30(1)(c)", "categories of people"),
        "data": ("30(1)(c)", "categories of data"),
        "recipients": ("30(1)(d)", "categories of recipients, or 'none'"),
        "transfers": ("30(1)(e)", "third countries, or 'none'"),
        "retention": ("30(1)(f)", "the time limit for erasure"),
        "security": ("30(1)(g)", "security measures in general terms"),
    }
    gaps = [
        Gap(activity=activity.name, field=name, rule=f"Art. {rule}", missing=what)
        for name, (rule, what) in rules.items()
        if not getattr(activity, name).strip()
    ]
    abroad = activity.transfers.strip(" .").lower() not in _NONE
    if abroad and not activity.safeguards.strip():
        gaps.append(
            Gap(activity=activity.name, field="safeguards", rule="Art. 30(1)(e), 44-49", missing="the safeguards")
        )
    basis = activity.legal_basis.strip()
    if basis and not (any(word in basis.lower() for word in _BASES) or _BY_LETTER.search(basis)):
        gaps.append(
            Gap(activity=activity.name, field="legal_basis", rule="Art. 6(1)", missing=f"one of {', '.join(_BASES)}")
        )
    return gaps
