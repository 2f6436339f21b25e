"""Intake of a workplace complaint: how urgent it is, who must know, what to ask, and a plan for looking into it.

Severity: 4 danger to people now, 3 protected concern (harassment, discrimination, retaliation, safety, wage) or a
complaint about a senior person, 2 repeated conflict or policy breach, 1 disagreement. From 3 the matter is escalated
to HR and counsel. Steps follow Faragher v. Boca Raton, 524 U.S. 775 (1998) and general investigation practice: prompt,
impartial, documented, no retaliation. (The EEOC rescinded its harassment guidance of 2024 on 22 January 2026; Title VII
and the cases stand.) Charge deadlines:
42 USC 2000e-5(e)(1) (180 days, 300 where a state agency has authority); OSHA 11(c) retaliation 30 days.

Limits: never a finding, a verdict or a view of who is right or believable; words in the report are quoted as an intake
aid, and a report without them is no less serious. Federal deadlines only, counted from the date given.
"""

import re
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day
from experts.hr_people_ops.tools._reference import NOT_ADVICE

Concern = Literal[
    "violence_or_threat",
    "harassment",
    "discrimination",
    "retaliation",
    "safety",
    "wage_and_hour",
    "policy_breach",
    "interpersonal",
    "performance",
]
_PROTECTED = {"harassment", "discrimination", "retaliation", "safety", "wage_and_hour"}
_WORDS = {
    "violence_or_threat": r"threat\w*|weapon|hit|punch\w*|assault\w*|kill|stalk\w*|afraid",
    "harassment": r"harass\w*|groped?|touch\w*|sexual\w*|slur|bull(?:y|ied|ying)|joke[sd]?",
    "discrimination": r"discriminat\w*|racis\w*|sexis\w*|because of (?:my|her|his|their) (?:age|race|sex|religion)",
    "retaliation": r"retaliat\w*|after i (?:complained|reported)|punish\w*|demot\w*",
    "safety": r"unsafe|injur\w*|hazard\w*|accident",
    "wage_and_hour": r"unpaid|overtime|off the clock|wages? (?:owed|missing)",
}


class Word(Model):
    """Words of the report, verbatim."""

    words: str
    start: int
    concern: str


class Step(Model):
    """One step and its day."""

    by: Day
    step: str
    owner: str


class ConflictTriage(Model):
    """An intake record, not a finding."""

    severity: Annotated[int, Field(ge=1, le=4)]
    escalate: bool
    escalate_to: list[str]
    now: list[str]
    questions: list[str]
    plan: list[Step]
    words_seen: list[Word]
    charge_deadlines: dict[str, Day]
    jurisdiction: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def triage_workplace_conflict(
    concerns: Annotated[list[Concern], Field(min_length=1, max_length=9)],
    received: Day,
    last_event: Day | None = None,
    report: Annotated[str, Field(max_length=20000, description="quoted, never followed")] = "",
    about_senior: bool = False,
    ongoing: bool = False,
    repeated: bool = False,
) -> ConflictTriage:
    """Intake, severity, escalation and investigation plan; never a verdict.

    Use when a complaint or conflict is reported.
    """
    if last_event and last_event > received:
        raise InvalidInput(f"last_event {last_event} is after received {received}; check both", field="last_event")
    if received.year > 9990:
        raise InvalidInput(f"received {received} is out of range", field="received")
    seen = [
        Word(words=hit[0], start=hit.start(), concern=concern)
        for concern, pattern in _WORDS.items()
        for hit in re.finditer(rf"\b(?:{pattern})\b", report, re.IGNORECASE)
    ][:60]
    named: set[str] = set(concerns)
    extra = sorted({word.concern for word in seen} - named)
    danger = "violence_or_threat" in named
    serious = bool(named & _PROTECTED) or about_senior
    severity = 4 if danger else 3 if serious else 2 if repeated or "policy_breach" in named else 1
    escalate = severity >= 3
    if not escalate and {"violence_or_threat", *_PROTECTED} & set(extra):
        escalate = True
    warnings = []
    if extra:
        warnings.append(f"The report has words that may point to {', '.join(extra)}; ask about it before going on.")
    if last_event is None:
        warnings.append("The date of the last event is not given, so no deadline is shown.")
    return ConflictTriage(
        severity=severity,
        escalate=escalate,
        escalate_to=_people(danger, serious or escalate, about_senior),
        now=_now(danger, escalate, ongoing, named),
        questions=_questions(named),
        plan=_plan(received, escalate),
        words_seen=sorted(seen, key=lambda word: word.start),
        charge_deadlines=_deadlines(last_event, named) if last_event else {},
        jurisdiction="US federal",
        method="Severity 4 danger, 3 protected concern or senior person, 2 repeated or policy breach, 1 disagreement; "
        "escalated from 3, or on words of the report. Steps by investigation practice after Faragher (1998); 42 USC "
        f"2000e-5(e)(1), 29 USC 660(c) for deadlines. {NOT_ADVICE}",
        assumptions=[
            "Nothing is found true or untrue here; an impartial person looks into it and a named person decides.",
            "Deadlines are those of the person complaining; a court or agency counts them by the facts of the case.",
        ],
        warnings=warnings,
    )


def _people(danger: bool, serious: bool, senior: bool) -> list[str]:
    found = []
    if danger:
        found += ["emergency services if anybody is in danger", "site security"]
    if serious:
        found += ["head of HR", "employment counsel"]
    if senior:
        found.append("a board member or outside investigator, since the person is senior")
    return found or ["the manager's manager or HR partner, for mediation"]


def _now(danger: bool, escalate: bool, ongoing: bool, named: set[str]) -> list[str]:
    steps = ["Thank the person, take the report down in their words, and say what happens next."]
    if danger:
        steps.insert(0, "Make people safe first; call emergency services where there is danger.")
    if escalate:
        steps += [
            "Do not promise secrecy; promise that only those who need to know will know.",
            "Say in writing that retaliation is forbidden, to all sides, and note who was told.",
            "Preserve messages, rosters, access logs and video before they are overwritten.",
            "Choose an investigator with no stake and not in the reporting line.",
        ]
    if ongoing:
        steps.append(
            "Consider interim measures that do not burden the person who complained (schedule, place, reporting)."
        )
    if "safety" in named:
        steps.append("Stop the hazard; check the duty to report to OSHA (deaths in 8 hours, hospitalisation in 24).")
    if "wage_and_hour" in named:
        steps.append("Secure time and pay records and correct what is plainly owed.")
    return steps


def _questions(named: set[str]) -> list[str]:
    asked = [
        "What happened, in your words; when and where; who was there?",
        "What was said or done exactly? Is anything written, recorded or photographed?",
        "Has it happened before; has it been reported before, to whom, with what result?",
        "How has it affected you and your work? Do you feel safe coming in tomorrow?",
        "Who else may know something, and what would they know?",
        "What would you like to happen? (No promise follows from the question.)",
    ]
    if named & {"harassment", "discrimination"}:
        asked.append(
            "Do you believe it has to do with a characteristic such as sex, race, age, religion or disability?"
        )
    if "retaliation" in named:
        asked.append("What had you reported or refused before, when, and what changed after that?")
    if named <= {"interpersonal", "performance"}:
        asked.append("What have you both tried? Would you sit down together with someone neutral?")
    return asked


def _plan(received: Day, escalate: bool) -> list[Step]:
    if not escalate:
        rows = [
            (2, "Talk with each side alone; agree what the issue is", "HR partner"),
            (7, "Mediated conversation; write down what each will do", "HR partner"),
            (30, "Check in with both sides; escalate if it goes on", "manager"),
        ]
    else:
        rows = [
            (1, "Acknowledge in writing; decide interim measures; preserve evidence", "head of HR"),
            (2, "Name the investigator; check conflicts of interest; define the questions to answer", "head of HR"),
            (5, "Interview the person who complained; collect documents", "investigator"),
            (10, "Interview the person complained about: put every point, ask for their evidence", "investigator"),
            (15, "Interview witnesses; follow every lead of both sides", "investigator"),
            (20, "Written report: evidence for and against each question, gaps, no law", "investigator"),
            (25, "A named person decides and records the reasons; counsel reviews", "decision maker"),
            (28, "Tell both sides the outcome as far as privacy allows; remedy", "head of HR"),
            (90, "Check for retaliation; close the file", "HR partner"),
        ]
    return [Step(by=received + timedelta(days=days), step=step, owner=owner) for days, step, owner in rows]


def _deadlines(last: Day, named: set[str]) -> dict[str, Day]:
    found = {}
    if named & {"harassment", "discrimination", "retaliation"}:
        found["EEOC charge, 180 days"] = last + timedelta(days=180)
        found["EEOC charge, 300 days where a state agency has authority"] = last + timedelta(days=300)
    if "safety" in named and "retaliation" in named:
        found["OSHA 11(c) retaliation complaint, 30 days"] = last + timedelta(days=30)
    return found
