"""Tests facts against the scope of GDPR, UK GDPR and CCPA: yes, no, or which facts are needed.

GDPR Art. 2(1)-(2), 3(1)-(2): personal data processed by automated means or in a filing system, not a purely personal
activity; an establishment in the Union, or goods or services offered to people there, or their behaviour monitored.
UK GDPR Art. 3 the same for the United Kingdom. CCPA, Cal. Civ. Code 1798.140(d): a for-profit business that does
business in California and collects Californians' data, and exceeds one of three thresholds of the date
(reference://privacy_laws). Revenue counts worldwide, of the preceding calendar year.

Limits: joint control, service providers, common branding, and exemptions by sector are questions for counsel.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.quantities import Count, Day, NonNegativeMoney, Share
from experts.legal_consultant.tools._legal import Legal, caution, citation, values

Answer = Literal["yes", "no", "needs_facts"]


class Step(Model):
    """One question of the test and what the facts say to it."""

    question: str
    answer: Answer
    fact: str


class Verdict(Model):
    """One law."""

    law: Literal["GDPR", "UK GDPR", "CCPA"]
    applies: Answer
    reason: str
    steps: list[Step]
    missing: list[str] = []


class PrivacyScope(Legal):
    """One verdict a law, and the laws that were not looked at."""

    verdicts: list[Verdict]
    not_covered: list[str]


def check_privacy_law_applicability(
    as_of: Day,
    personal_data: Annotated[bool | None, Field(description="Not purely private use.")] = None,
    eu_establishment: bool | None = None,
    eu_offers: Annotated[bool | None, Field(description="Offers goods or services to people there.")] = None,
    eu_monitoring: bool | None = None,
    uk_establishment: bool | None = None,
    uk_offers: bool | None = None,
    uk_monitoring: bool | None = None,
    ca_for_profit: Annotated[bool | None, Field(description="For profit and doing business in California.")] = None,
    revenue_usd: Annotated[NonNegativeMoney | None, Field(description="Worldwide, last calendar year.")] = None,
    ca_consumers: Annotated[Count | None, Field(description="Whose data is bought, sold or shared a year.")] = None,
    ca_sale_share: Annotated[Share | None, Field(description="Revenue from selling or sharing data.")] = None,
) -> PrivacyScope:
    """Test whether GDPR, UK GDPR and CCPA apply: yes, no, or the facts still needed.

    Use when a business collects data on people. It lists, but does not test, other laws.
    """
    law = values("privacy_laws", as_of)
    gdpr = _gdpr("GDPR", "the Union", "eu", personal_data, eu_establishment, eu_offers, eu_monitoring)
    uk = _gdpr("UK GDPR", "the United Kingdom", "uk", personal_data, uk_establishment, uk_offers, uk_monitoring)
    limit, heads, share = Decimal(law["ccpa_revenue"]), int(law["ccpa_consumers"]), Decimal(law["ccpa_share"])
    gate = Step(question="For profit, doing business in California?", answer=_said(ca_for_profit), fact="ca_for_profit")
    tests = [
        Step(
            question=f"Gross revenue above ${limit:,}?",
            answer=_said(None if revenue_usd is None else revenue_usd > limit),
            fact="revenue_usd",
        ),
        Step(
            question=f"{heads:,} or more {law['ccpa_consumers_note'].split(';')[0]}?",
            answer=_said(None if ca_consumers is None else ca_consumers >= heads),
            fact="ca_consumers",
        ),
        Step(
            question="Half of revenue or more from selling or sharing data?",
            answer=_said(None if ca_sale_share is None else ca_sale_share >= share),
            fact="ca_sale_share",
        ),
    ]
    first = Step(question="Personal data processed?", answer=_said(personal_data), fact="personal_data")
    ccpa = _combined("CCPA", [first, gate], tests)
    verdicts = [gdpr, uk, ccpa]
    missing = [verdict.law for verdict in verdicts if verdict.applies == "needs_facts"]
    yes = [verdict.law for verdict in verdicts if verdict.applies == "yes"]
    return PrivacyScope(
        jurisdiction="EU, GB, US-CA",
        as_of=as_of,
        sources=["GDPR Art. 2-3", "UK GDPR Art. 2-3", "Cal. Civ. Code 1798.140(d)", citation("privacy_laws", as_of)],
        escalate=bool(yes or missing),
        escalation_reason=f"{', '.join(yes)} applies on these facts; exemptions and roles need counsel."
        if yes
        else f"Facts are missing for {', '.join(missing)}."
        if missing
        else "",
        method="Every gate must be met and one of the alternatives; an unknown fact that could decide is asked for.",
        assumptions=["Facts are as given; thresholds are those in force on as_of."],
        warnings=[
            f"Not tested: {len(law['not_covered'])} other laws or groups of laws.",
            *caution("privacy_laws"),
        ],
        verdicts=verdicts,
        not_covered=list(law["not_covered"]),
    )


def _gdpr(
    law: Literal["GDPR", "UK GDPR"],
    where: str,
    short: str,
    data: bool | None,
    seat: bool | None,
    offers: bool | None,
    watch: bool | None,
) -> Verdict:
    gate = Step(question="Personal data processed, not purely privately?", answer=_said(data), fact="personal_data")
    ways = [
        Step(question=f"Established in {where}?", answer=_said(seat), fact=f"{short}_establishment"),
        Step(question=f"Offers to people in {where}?", answer=_said(offers), fact=f"{short}_offers"),
        Step(question=f"Monitors behaviour in {where}?", answer=_said(watch), fact=f"{short}_monitoring"),
    ]
    return _combined(law, [gate], ways)


def _combined(law: Literal["GDPR", "UK GDPR", "CCPA"], gates: list[Step], ways: list[Step]) -> Verdict:
    steps = [*gates, *ways]
    failed = next((step for step in gates if step.answer == "no"), None)
    met = next((step for step in ways if step.answer == "yes"), None)
    open_gates = [step.fact for step in gates if step.answer == "needs_facts"]
    open_ways = [step.fact for step in ways if step.answer == "needs_facts"]
    if failed:
        return Verdict(law=law, applies="no", reason=f"No: {failed.question}", steps=steps)
    if met and not open_gates:
        return Verdict(law=law, applies="yes", reason=f"Yes: {met.question}", steps=steps)
    if not met and not open_ways:
        return Verdict(law=law, applies="no", reason="None of the alternatives is met.", steps=steps)
    missing = open_gates + ([] if met else open_ways)
    return Verdict(law=law, applies="needs_facts", reason=f"Needed: {', '.join(missing)}", steps=steps, missing=missing)


def _said(fact: bool | None) -> Answer:
    return "needs_facts" if fact is None else "yes" if fact else "no"
