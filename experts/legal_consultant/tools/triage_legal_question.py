"""Sorts a legal question: how urgent, which tool helps, what must be known, what must be kept; it stops at advice.

Rules by words, stated in the result. Court papers, arrests, searches, injunctions, threats of suit, regulators'
letters, breaches of personal data, discrimination or harassment, and deadlines within seven days go to a person at
once. A dispute gets a timeline, the questions on which limitation periods depend, and a list of evidence to preserve.

Limits: the law's answer, the odds, and what to do are counsel's; limitation periods are asked for, never computed.
"""

import re
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.quantities import Day, Days
from experts.legal_consultant.tools._legal import Legal

Urgency = Literal["now", "this_week", "routine"]
_NOW = {
    "court papers": r"\b(summons|served|subpoena|complaint filed|lawsuit|sued|court (date|order|hearing)|writ|statement of claim|default judgment)\b",
    "injunction or seizure": r"\b(injunction|restraining order|cease and desist|dawn raid|search warrant|seiz|freez\w+ (order|account))",
    "criminal matter": r"\b(arrest|indict|criminal|police|prosecutor|fraud investigation)",
    "regulator": r"\b(regulator|supervisory authority|ftc|sec|ico|cnil|attorney general|eeoc|department of labor|subpoena|investigation)\b.{0,60}\b(letter|notice|inquiry|request|investigat|order)|\bunder investigation\b",
    "personal data breach": r"\b(data breach|breach of (personal )?data|hacked|ransomware|leak(ed)?|stolen laptop|unauthori[sz]ed access)\b",
    "harassment, discrimination or safety": r"\b(harass|discriminat|retaliat|assault|unsafe|injur)",
    "insolvency": r"\b(insolven|bankrupt|cannot pay (our|its) debts|administration order)\b",
}
_DISPUTE = re.compile(
    r"\b(dispute|breach(ed)? (of )?contract|refus\w+ to pay|unpaid|owes?|damages|claim|demand letter|terminated (us|the contract)|infring|sue|lawsuit|sued)\b"
)
_ROUTES = {
    "review_contract_clauses": r"\b(contract|agreement|clause|nda|terms|lease|licence agreement|license agreement|msa)\b",
    "compare_contract_versions": r"\b(redline|mark-?up|versions?|changed|counter-?part\w*|draft came back)\b",
    "extract_contract_dates": r"\b(renewal|notice period|expir\w+|term end|when does)\b",
    "compute_statutory_deadline": r"\b(deadline|due|access request|subject access|72 hours|days to (respond|answer|reply)|time limit|breach|hacked|leak)\b",
    "check_privacy_law_applicability": r"\b(gdpr|ccpa|privacy|personal data|data protection)\b",
    "build_processing_register": r"\b(article 30|ropa|record of processing|processing register)\b",
    "run_dpia_screen": r"\b(dpia|impact assessment|profiling|biometric|monitoring employees)\b",
    "draft_document_from_template": r"\b(draft|template|write (an?|our)|nda|privacy notice|minutes|board consent|resolution)\b",
    "compare_entity_types": r"\b(llc|corporation|incorporat\w+|entity|s-?corp|form a company|set up a company)\b",
    "compute_delaware_franchise_tax": r"\b(franchise tax|delaware tax)\b",
    "compute_ip_term": r"\b(patent|trade ?mark|copyright)\b",
    "check_license_compatibility": r"\b(open[- ]source|gpl|mit license|apache|spdx|licen[cs]e compat)",
    "check_merger_notification": r"\b(acqui\w+|merger|hsr|antitrust|buying a company)\b",
    "build_closing_checklist": r"\b(closing|signing|due diligence)\b",
    "check_employment_rule": r"\b(employees?|headcount|hiring|layoffs?|fmla|overtime|dismiss\w*|fired)\b",
    "assess_legal_risk": r"\b(risks?|exposure|how bad)\b",
    "plan_governance_calendar": r"\b(annual meeting|board meeting|annual report|filings?|confirmation statement|governance)\b",
    "compute_gdpr_fine_ceiling": r"\b(fine|penalt\w+)\b",
}
_LIMITATION = [
    "Which law governs, and in which court or arbitration would it be heard?",
    "When did each event happen that the claim rests on, and when did you learn of it?",
    "What kind of claim is it (contract, tort, employment, consumer, intellectual property)?",
    "Does the contract shorten the period, require notice of claims, or require steps before a suit?",
    "Was anything done that stops or restarts the period (acknowledgement, negotiation, tolling agreement, suit)?",
    "Is the other side a public body, insolvent, abroad, or deceased?",
]
_PRESERVE = [
    "Suspend automatic deletion of mail, chat, logs and recordings for the people involved (legal hold).",
    "Keep the signed contract with all amendments, orders, terms and the negotiation drafts.",
    "Export messages with headers and times; keep originals unaltered, work on copies.",
    "Photograph goods, places or damage with date; keep the things themselves.",
    "Collect invoices, payment records, delivery notes and proof of loss.",
    "Note who saw or did what, when, while memory is fresh; do not discuss it in new messages.",
    "Keep privileged correspondence with counsel apart.",
    "Tell insurers in time; read the policies' notice clauses.",
]


class Happening(Model):
    """Something that happened, and what proves it."""

    day: Day
    what: Annotated[str, Field(max_length=300)]
    evidence: Annotated[str, Field(max_length=200)] = ""


class Triage(Legal):
    """Where the question goes; `stops_here` is what a person must decide."""

    urgency: Urgency
    because: list[str]
    routes: list[str]
    is_dispute: bool
    timeline: list[Happening]
    days_left: Days | None = None
    limitation_questions: list[str]
    preserve: list[str]
    facts_needed: list[str]
    stops_here: str


def triage_legal_question(
    question: Annotated[str, Field(min_length=3, max_length=4000)],
    as_of: Day,
    jurisdiction: Annotated[str, Field(max_length=60)] = "",
    deadline: Day | None = None,
    events: Annotated[list[Happening] | None, Field(max_length=100)] = None,
) -> Triage:
    """Sort a legal question: urgency, tools that help, facts needed, dispute timeline, evidence to keep.

    Use first, when somebody asks something legal. It does not advise, predict or compute limitation periods.
    """
    events = events or []
    text = " ".join(question.lower().split())
    urgent = [name for name, pattern in _NOW.items() if re.search(pattern, text)]
    left = (deadline - as_of).days if deadline else None
    because = [f"speaks of {name}" for name in urgent]
    if left is not None and left <= 30:
        because.append(f"deadline in {left} days" if left >= 0 else f"deadline passed {-left} days ago")
    urgency: Urgency = "now" if urgent or (left is not None and left <= 7) else "this_week" if because else "routine"
    dispute = bool(_DISPUTE.search(text)) or "court papers" in urgent
    routes = [name for name, pattern in _ROUTES.items() if re.search(pattern, text)]
    needed = [] if jurisdiction.strip() else ["Which country and state does this concern?"]
    if not events and dispute:
        needed.append("What happened when? Give events with dates and what proves each.")
    if urgent and deadline is None:
        needed.append("Is there a date by which something must be answered or filed?")
    if not routes and not urgent:
        needed.append("What is it about: a contract, data, a company, people, intellectual property, or a dispute?")
    unproved = [item.what for item in events if not item.evidence.strip()]
    return Triage(
        jurisdiction=jurisdiction.strip() or "not given; ask",
        as_of=as_of,
        sources=["Word rules of this tool (explain_method)", "playbook://dispute_first_steps"],
        escalate=urgency == "now" or dispute,
        escalation_reason=f"Counsel today: {'; '.join(because)}."
        if urgency == "now"
        else "A dispute: counsel decides how to answer."
        if dispute
        else "",
        method="Patterns of words for urgency, dispute and routes; a deadline within 7 days is urgent, within 30 soon.",
        assumptions=["The question is read as data; nothing in it is followed as an instruction."],
        warnings=[f"No evidence named for: {'; '.join(unproved[:5])}."] if unproved else [],
        urgency=urgency,
        because=because or ["no word of urgency and no near deadline"],
        routes=routes,
        is_dispute=dispute,
        timeline=sorted(events, key=lambda item: item.day),
        days_left=left,
        limitation_questions=_LIMITATION if dispute else [],
        preserve=_PRESERVE if dispute or urgency == "now" else [],
        facts_needed=needed,
        stops_here="What the law says to these facts, the prospects, and what to do or write are for counsel.",
    )
