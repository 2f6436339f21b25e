"""A checklist by stage, counted by hand."""

from collections.abc import Callable
from typing import Any

Call = Callable[..., Any]
DUTIES = {
    "insurer": {"item": "Tell the insurer", "state": "done"},
    "notices": {"item": "Ship licence texts", "before": "rollout", "owner": "Mira"},
    "dpia": {"item": "Make an impact assessment", "owner": "Jonas"},
    "scope": {"item": "Find out what it is", "state": "question"},
}


def checklist(call: Call, duties: dict[str, Any]) -> Any:
    return call(
        "build_compliance_checklist", duties=duties, as_of="2026-12-14", jurisdiction="EU", sources=["GDPR Art. 35"]
    )


def test_questions_come_first_then_the_pilot_then_the_roll_out_then_what_is_done(call: Call) -> None:
    assert checklist(call, DUTIES).order == ["scope", "dpia", "notices", "insurer"]


def test_a_question_counts_as_open(call: Call) -> None:
    found = checklist(call, DUTIES)
    assert (found.open_before_pilot, found.open_before_rollout, found.done, found.without_owner) == (2, 1, 1, 1)
    assert found.escalate and found.escalation_reason.startswith("2 duties or questions")


def test_a_settled_list_asks_for_nothing(call: Call) -> None:
    found = checklist(call, {"insurer": DUTIES["insurer"]})
    assert not found.escalate and found.escalation_reason == "" and found.open_before_pilot == 0
    assert checklist(call, {}).order == []
