"""Sorts a legal question: how urgent, which tool helps, what must be known, what must be kept; it stops at advice.

Rules by words, stated in the result. Court papers, arrests, searches, injunctions, threats of suit, regulators'
letters, breaches of personal data, discrimination or harassment, and deadlines within seven days go to a person at
once. A decision about somebody's job, the odds of a dispute, whether something is enforceable or allowed, a tax position
and the AI Act go to counsel with the facts that counsel will ask for, since no rule here can answer them. A dispute gets
a timeline, the questions on which limitation periods depend, and a list of evidence to preserve. A question that does
not read as English goes to a person, since the rules cannot sort it.

Limits: the law's answer, the odds, and what to do are counsel's; limitation periods are asked for, never computed.
"""

import re
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.quantities import Day, Days
from experts.legal_consultant.tools._legal import Legal
from experts.legal_consultant.tools._text import looks_english, plain

Urgency = Literal["now", "this_week", "routine"]
_NOW = {
    "court papers": r"\b(summons|served (with|on us|papers|process)|(been|was|were|got) served|subpoena|complaint filed|lawsuit|sued|court (date|order|hearing)|writ|statement of claim|default judgment)\b",
    "injunction or seizure": r"\b(injunction|restraining order|cease and desist|dawn raid|search warrant|seiz|freez\w+ (order|account))",
    "criminal matter": r"\b(arrest|indict|criminal|police|prosecutor|fraud investigation)",
    "regulator": r"\b(regulator|supervisory authority|ftc|sec|ico|cnil|attorney general|eeoc|department of labor|subpoena|investigation)\b.{0,60}\b(letter|notice|inquiry|request|investigat|order)|\bunder investigation\b",
    "personal data breach": r"\b(data breach|breach of (personal )?data|hacked|ransomware|leak(ed)?|stolen laptop|unauthori[sz]ed access)\b",
    "harassment, discrimination or safety": r"\b(harass|discriminat|retaliat|assault|unsafe|injur)",
    "insolvency": r"\b(insolven|bankrupt|cannot pay (our|its) debts|administration order)\b",
}
_PERSON = r"(?:him|her|them|someone|somebody|anyone|employees?|workers?|staff|people|contractors?|managers?|directors?)"
_JOB = re.compile(
    # "fire him", "dismiss our sales manager", "let Kim go"; not "fire safety"
    rf"\b(?:fire|firing|sack|sacking|dismiss|dismissing)\s+(?:{_PERSON}\b|(?:an?|the|our|my|this|that|one|two|some)\s|[a-z]+\s+for\b)|"
    rf"\b(?:terminate|terminating|end|ending)\s+(?:an?|the|our|my|this|his|her|their)?\s*(?:[a-z]+(?:'s)?\s+)?(?:{_PERSON}|employment|contract of employment)\b|"
    r"\blet(?:ting)?\s+(?:\w+\s+){1,3}go\b|\b(?:lay|laying)\s+(?:\w+\s+){0,3}off\b|\blay-?offs?\b|\bmak(?:e|ing) .{0,30}redundant\b|"
    r"\bredundanc(?:y|ies)\b|\b(?:wrongful|unfair) (?:dismissal|termination)\b|\b(?:was|been|got|be|being|get) (?:fired|dismissed|sacked)\b|"
    r"\bdismissals?\b|\bget rid of (?:him|her|them)\b"
)
_FIRE_ITSELF = (
    r"\bfire (safety|insurance|alarm|code|doors?|drill|damage|exit|extinguishers?|department|regulations?|hazard)\b"
)
_COUNSEL = {
    "whether something is enforceable or valid": r"\b(enforceab|legally binding|(in)?valid\b|void\b|loophole)",
    "the odds of a dispute": r"\b(will|would|can|could|do) we (win|lose)\b|\b(chances?|odds|prospects?)\b.{0,60}\b(case|court|suit|lawsuit|claim|winning|success)|\bstrong case\b",
    "whether something is allowed": r"\b(is|are|am|can|may|could|would|do)\b.{0,40}\b(legal|illegal|lawful|unlawful|legally|lawfully|allowed|permitted|liable|get away with|break the law)\b",
    "a tax position": r"\btax (position|treatment|structure|residen|shelter)|\bavoid(ing)? (paying )?tax",
    "the AI Act": r"\bai act\b|\bartificial intelligence act\b",
    "whether a contract is good": r"\b(is|are) (this|the|our|it|these|that)\b.{0,40}\b(good|fair|safe|fine|ok|okay)\b|\bshould (i|we) sign\b",
}
_JOB_FACTS = [
    "Where does the person work, and under which law is the contract?",
    "Employee, agency worker or contractor; since when; is there a probation period?",
    "What is the reason, since when, and which documents show it (warnings, reviews, figures)?",
    "Has the person lately complained, reported something, been ill, injured, pregnant, on leave or elected to a body?",
    "What do the contract, handbook, collective agreement and past like cases say (notice, procedure, severance)?",
    "How many people are affected, and how many does the company employ there?",
]
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
    text = plain(question)
    urgent = [name for name, pattern in _NOW.items() if re.search(pattern, text)]
    left = (deadline - as_of).days if deadline else None
    because = [f"speaks of {name}" for name in urgent]
    if left is not None and left <= 30:
        because.append(f"deadline in {left} days" if left >= 0 else f"deadline passed {-left} days ago")
    urgency: Urgency = "now" if urgent or (left is not None and left <= 7) else "this_week" if because else "routine"
    dispute = bool(_DISPUTE.search(text)) or "court papers" in urgent
    job = bool(_JOB.search(text)) and not re.search(_FIRE_ITSELF, text)
    counsel = ["a decision about somebody's job"] if job else []
    counsel += [name for name, pattern in _COUNSEL.items() if re.search(pattern, text)]
    english = looks_english(question)
    if urgency == "routine" and (job or not english):
        urgency = "this_week"
    because += [f"asks about {name}" for name in counsel]
    if not english:
        because.append("does not read as English, so the word rules cannot sort it")
    routes = [name for name, pattern in _ROUTES.items() if re.search(pattern, text)]
    if job and "check_employment_rule" not in routes:
        routes.append("check_employment_rule")
    needed = [] if jurisdiction.strip() else ["Which country and state does this concern?"]
    if not english:
        needed.append("Please put the question in English, or have a person who reads it sort it.")
    if job:
        needed += _JOB_FACTS
    if not events and dispute:
        needed.append("What happened when? Give events with dates and what proves each.")
    if urgent and deadline is None:
        needed.append("Is there a date by which something must be answered or filed?")
    if not routes and not urgent:
        needed.append("What is it about: a contract, data, a company, people, intellectual property, or a dispute?")
    later = [str(item.day) for item in events if item.day > as_of]
    warnings = [f"Events after {as_of} are listed as they were given: {', '.join(later[:5])}."] if later else []
    unproved = [item.what for item in events if not item.evidence.strip()]
    if unproved:
        warnings.append(f"No evidence named for: {'; '.join(unproved[:5])}.")
    return Triage(
        jurisdiction=jurisdiction.strip() or "not given; ask",
        as_of=as_of,
        sources=["Word rules of this tool (explain_method)", "playbook://dispute_first_steps"],
        escalate=urgency == "now" or dispute or bool(counsel) or not english,
        escalation_reason=_reason(urgency, because, dispute, counsel, job, english),
        method="Patterns of words for urgency, dispute and routes; a deadline within 7 days is urgent, within 30 soon.",
        assumptions=["The question is read as data; nothing in it is followed as an instruction."],
        warnings=warnings,
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


def _reason(urgency: Urgency, because: list[str], dispute: bool, counsel: list[str], job: bool, english: bool) -> str:
    if urgency == "now":
        return f"Counsel today: {'; '.join(because)}."
    parts = ["A dispute: counsel decides how to answer."] if dispute else []
    if job:
        parts.append(
            "Before anybody is dismissed: nothing is said, signed or announced until counsel and HR have the facts."
        )
    others = [name for name in counsel if not name.startswith("a decision")]
    if others:
        parts.append(f"For counsel: {', '.join(others)}.")
    if not english:
        parts.append("The question could not be read; a person sorts it.")
    return " ".join(parts)
