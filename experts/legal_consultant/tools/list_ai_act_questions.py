"""Lists the questions that the EU's AI Act puts to one use of AI: what is asked, where it stands, from when.

Regulation (EU) 2024/1689 (OJ L, 12 July 2024), articles 3, 4, 5(1)(f), 6(1) with Annex I, 6(2) with Annex III point 4,
25, 26(7), 50 and 53; dates of application by Art. 113: 2 February 2025 (chapters I and II), 2 August 2025 (models of
general purpose), 2 August 2026 (the rest), 2 August 2027 (Art. 6(1)). Each question is answered by a fact as yes or
no, or it stays open. A yes is no classification: it says which rule counsel has to look at.

Limits: the Commission proposed on 19 November 2025 (COM(2025) 836) to move the dates of the duties for high-risk
systems and to change others, Art. 4 among them; whether a change is in force has to be looked up. National law, sector rules and exemptions are not covered.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.quantities import Day
from experts.legal_consultant.tools._legal import Legal

LISTED = False  # a list of questions for a flow; triage_legal_question is what a person asks
FIRST, MODELS, GENERAL, PRODUCTS = date(2025, 2, 2), date(2025, 8, 2), date(2026, 8, 2), date(2027, 8, 2)

Answer = Literal["yes", "no", "open"]

# Fact: (question, basis, what a yes asks for, applies from).
QUESTIONS: dict[str, tuple[str, str, str, date]] = {
    "emotions_at_work": (
        "Does it infer emotions of people at work?",
        "Art. 5(1)(f)",
        "Forbidden except for medical or safety reasons: stop and ask counsel.",
        FIRST,
    ),
    "manages_workers": (
        "Does it allot tasks by behaviour, or watch or rate how people at work perform?",
        "Art. 6(2), Annex III point 4(b)",
        "May be a high-risk system: have counsel settle it before use; workers and their representatives are told "
        "beforehand (Art. 26(7)).",
        GENERAL,
    ),
    "recruits": (
        "Does it select, filter or rate applicants?",
        "Art. 6(2), Annex III point 4(a)",
        "May be a high-risk system: have counsel settle it before use.",
        GENERAL,
    ),
    "safety_component": (
        "Is it a safety component of a machine or other product that a third party has to assess?",
        "Art. 6(1), Annex I",
        "May be a high-risk system: ask the maker of the machine for its conformity assessment.",
        PRODUCTS,
    ),
    "biometric": (
        "Does it identify or categorise people by their bodies?",
        "Art. 5(1)(g)-(h), Annex III point 1",
        "May be forbidden or high-risk: ask counsel.",
        FIRST,
    ),
    "own_name": (
        "Is it put on the market or into service under the company's own name, or changed substantially?",
        "Art. 3(3), 25",
        "The company may be its provider, with a provider's duties: ask counsel.",
        GENERAL,
    ),
    "meets_people": (
        "Do people outside deal with it directly, or see content it makes?",
        "Art. 50",
        "Tell people that it is AI, and mark content that it made.",
        GENERAL,
    ),
    "general_purpose_model": (
        "Does the company itself offer a general-purpose AI model?",
        "Art. 53",
        "Duties of a model's provider: ask counsel.",
        MODELS,
    ),
}
ROLE_BASIS, LITERACY_BASIS = "Art. 2, 3(1)", "Art. 4"


class Question(Model):
    """One question, its answer, and what a yes asks for."""

    question: str
    basis: str
    answer: Answer
    asks_for: str
    applies_from: Day
    in_force: bool


class AiActQuestions(Legal):
    """Questions by fact; `in_scope` is the answer to whether AI is used in the Union at all."""

    in_scope: Answer
    questions: dict[str, Question]


def list_ai_act_questions(
    as_of: Day,
    uses_ai: Annotated[bool | None, Field(description="A system that infers, Art. 3(1).")] = None,
    in_union: Annotated[bool | None, Field(description="Offered or used in the Union, or its output is.")] = None,
    emotions_at_work: bool | None = None,
    manages_workers: bool | None = None,
    recruits: bool | None = None,
    safety_component: bool | None = None,
    biometric: bool | None = None,
    own_name: bool | None = None,
    meets_people: bool | None = None,
    general_purpose_model: bool | None = None,
) -> AiActQuestions:
    """List the questions of the EU AI Act for one use of AI, with basis and date of application.

    Use when AI is to be adopted. It asks and never classifies.
    """
    given = {
        "emotions_at_work": emotions_at_work,
        "manages_workers": manages_workers,
        "recruits": recruits,
        "safety_component": safety_component,
        "biometric": biometric,
        "own_name": own_name,
        "meets_people": meets_people,
        "general_purpose_model": general_purpose_model,
    }
    scope = _both(uses_ai, in_union)
    questions: dict[str, Question] = {}
    if scope != "no":
        questions["scope"] = _question(
            "Is an AI system used in the Union, or its output?",
            ROLE_BASIS,
            scope,
            "The Act is looked at further.",
            FIRST,
            as_of,
        )
        questions["literacy"] = _question(
            "Do those who run it know enough about it?",
            LITERACY_BASIS,
            scope,
            "Train the people who run it, and keep a record of it.",
            FIRST,
            as_of,
        )
        for key, (text, basis, asks, start) in QUESTIONS.items():
            questions[key] = _question(text, basis, _said(given[key]), asks, start, as_of)
    found = [each.basis for key, each in questions.items() if each.answer == "yes" and key in QUESTIONS]
    still = [key for key, each in questions.items() if each.answer == "open"]
    reasons = [
        *([f"Counsel has to look at {', '.join(found)}."] if found else []),
        *([f"Not answered yet: {', '.join(still).replace('_', ' ')}."] if still else []),
    ]
    return AiActQuestions(
        jurisdiction="EU",
        as_of=as_of,
        sources=["Regulation (EU) 2024/1689, OJ L, 12 July 2024; dates by Art. 113; written down on 25 November 2026"],
        escalate=bool(reasons),
        escalation_reason=" ".join(reasons),
        method="Each question is answered by a fact or stays open; a yes names the rule that counsel looks at.",
        assumptions=["Facts are as given."],
        warnings=[
            "A proposal of 19 November 2025, COM(2025) 836, would move dates of the duties for high-risk systems and change "
            "others, Art. 4 among them; check whether it is in force."
        ]
        if scope != "no"
        else [],
        in_scope=scope,
        questions=questions,
    )


def _question(text: str, basis: str, answer: Answer, asks: str, start: date, as_of: date) -> Question:
    return Question(
        question=text, basis=basis, answer=answer, asks_for=asks, applies_from=start, in_force=start <= as_of
    )


def _said(fact: bool | None) -> Answer:
    return "open" if fact is None else "yes" if fact else "no"


def _both(one: bool | None, other: bool | None) -> Answer:
    if one is False or other is False:
        return "no"
    return "yes" if one and other else "open"
