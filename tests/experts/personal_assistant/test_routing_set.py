"""The router measured on the labelled requests; `pytest -s` prints the confusion table."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experts.core.discovery import profiles
from experts.core.errors import InvalidInput
from experts.personal_assistant.tools.route_request import route_request

ROOT = Path(__file__).parents[3]

Call = Callable[..., Any]
FLOORS = {"tune": 0.95, "held_out": 0.85}
needs_legal = pytest.mark.skipif("legal-consultant" not in profiles(), reason="the legal expert is not installed")
SENSITIVE = {"finance-accountant", "hr-people-ops", "legal-consultant"}


def _requests() -> list[dict[str, str]]:
    with (ROOT / "examples/routing/requests.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # A suite without one of the experts is measured on what it has.
    return [row for row in rows if row["expected"] == "ask" or set(row["expected"].split("|")) <= profiles().keys()]


def _answer(request: str) -> str:
    return "|".join(sorted(route_request(request).experts)) or "ask"


def test_the_router_holds_its_floors() -> None:
    confusion: Counter[tuple[str, str]] = Counter()
    right: Counter[str] = Counter()
    rows = _requests()
    for row in rows:
        answer = _answer(row["request"])
        confusion[row["expected"], answer] += 1
        right[row["split"]] += answer == row["expected"]
    totals = Counter(row["split"] for row in rows)
    for (expected, answer), count in sorted(confusion.items()):
        print(f"{expected:55} {answer:55} {count:3}{'' if expected == answer else '  *'}")
    for split, floor in FLOORS.items():
        share = right[split] / totals[split]
        print(f"{split}: {right[split]} of {totals[split]} = {share:.3f}")
        assert share >= floor


def test_no_request_of_one_sensitive_expert_goes_to_another() -> None:
    for row in _requests():
        wanted = set(row["expected"].split("|"))
        if wanted & SENSITIVE:
            got = set(route_request(row["request"]).experts)
            assert not got or got & wanted, row["request"]


def test_the_set_is_large_enough_and_a_third_is_held_out() -> None:
    rows = _requests()
    assert len(rows) >= 160
    assert sum(row["split"] == "held_out" for row in rows) * 3 >= len(rows) - 3


@needs_legal
def test_a_route_explains_itself_with_words_of_the_request() -> None:
    request = "Please check the non-disclosure agreement for Delaware"
    found = route_request(request)
    assert (found.outcome, found.experts) == ("route", ["legal-consultant"])
    assert all(word in request.replace("-", " ") for word in found.candidates[0].words)
    assert "the text of the document" in found.candidates[0].missing_inputs


def test_an_unclear_request_gets_a_question_and_no_expert() -> None:
    found = route_request("Can you help me?")
    assert (found.outcome, found.experts) == ("ask", []) and found.question.endswith("?")


@needs_legal
def test_sensitive_overlaps_name_every_expert_concerned() -> None:
    found = route_request("Can we fire someone who hired a lawyer, and what tax is due on the severance?")
    assert found.outcome == "several" and set(found.experts) == SENSITIVE and found.warnings


def test_misspelt_and_british_words_are_understood() -> None:
    assert route_request("amoritzation schedule please").experts == ["finance-accountant"]
    assert route_request("which colours suit the typografy of our site").experts == ["art-design"]


def test_a_request_without_words_is_refused(call: Call) -> None:
    with pytest.raises(InvalidInput, match="has no words"):
        route_request("?! ...")
    with pytest.raises(ValueError, match="at most 4000"):
        call("route_request", request="x" * 5000)
