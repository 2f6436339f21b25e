"""Questions of Regulation (EU) 2024/1689 with the dates of its Art. 113; nothing is classified."""

from collections.abc import Callable
from typing import Any

import pytest

Call = Callable[..., Any]
SCOPE = {"as_of": "2026-12-14", "uses_ai": True, "in_union": True}


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        ("emotions_at_work", "2025-02-02"),  # Art. 113(a): chapters I and II
        ("literacy", "2025-02-02"),
        ("general_purpose_model", "2025-08-02"),  # Art. 113(b): chapter V
        ("manages_workers", "2026-08-02"),  # Art. 113: the Regulation applies
        ("safety_component", "2027-08-02"),  # Art. 113(c): Art. 6(1)
    ],
)
def test_each_question_applies_from_the_day_that_article_113_sets(call: Call, question: str, starts: str) -> None:
    found = call("list_ai_act_questions", **SCOPE).questions[question]
    assert found.applies_from.isoformat() == starts
    assert found.in_force is (starts <= "2026-12-14")


def test_a_fact_that_is_not_given_stays_a_question_and_is_escalated(call: Call) -> None:
    found = call("list_ai_act_questions", **SCOPE, emotions_at_work=False)
    assert found.questions["emotions_at_work"].answer == "no"
    assert found.questions["safety_component"].answer == "open"
    assert found.escalate and "safety component" in found.escalation_reason


def test_a_yes_names_the_rule_and_counsel(call: Call) -> None:
    found = call("list_ai_act_questions", **SCOPE, manages_workers=True)
    assert found.questions["manages_workers"].answer == "yes"
    assert "Annex III point 4(b)" in found.escalation_reason and "Counsel" in found.escalation_reason


@pytest.mark.parametrize("outside", [{"uses_ai": False}, {"in_union": False}])
def test_what_the_act_does_not_reach_is_not_asked_about(call: Call, outside: dict[str, bool]) -> None:
    found = call("list_ai_act_questions", **(SCOPE | outside))
    assert found.in_scope == "no" and found.questions == {} and not found.escalate
