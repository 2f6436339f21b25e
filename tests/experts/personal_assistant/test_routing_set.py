"""The router on the labelled tuning requests, and on the traps it must not fall into; `pytest -s` prints the table."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experts.core.discovery import profiles
from experts.core.errors import InvalidInput
from experts.core.profile import load_profile
from experts.personal_assistant.tools import _routing, _words
from experts.personal_assistant.tools.route_request import route_request

ROOT = Path(__file__).parents[3]

Call = Callable[..., Any]
FLOOR = 0.95
DELICATE = {"finance-accountant", "hr-people-ops", "legal-consultant"}
EIGHT = DELICATE | {
    "art-design",
    "digital-business-think-tank",
    "marketing-sales",
    "personal-assistant",
    "project-management",
}
needs_all = pytest.mark.skipif(not profiles().keys() >= EIGHT, reason="not all eight experts are installed")


def _requests() -> list[dict[str, str]]:
    with (ROOT / "examples/routing/requests.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # A suite without one of the experts is measured on what it has.
    return [row for row in rows if row["expected"] == "ask" or set(row["expected"].split("|")) <= profiles().keys()]


def _answer(request: str) -> str:
    return "|".join(sorted(route_request(request).experts)) or "ask"


def test_the_router_holds_its_floor_on_the_tuning_requests() -> None:
    confusion = Counter((row["expected"], _answer(row["request"])) for row in _requests())
    for (expected, answer), count in sorted(confusion.items()):
        print(f"{expected:55} {answer:55} {count:3}{'' if expected == answer else '  *'}")
    right = sum(count for (expected, answer), count in confusion.items() if expected == answer)
    print(f"{right} of {confusion.total()} = {right / confusion.total():.3f}")
    assert right >= FLOOR * confusion.total()


def test_no_delicate_expert_is_guessed_wrongly() -> None:
    for row in _requests():
        wanted, got = set(row["expected"].split("|")), set(route_request(row["request"]).experts)
        assert got & wanted or not got & DELICATE, row["request"]


def test_the_set_is_large_and_holds_every_kind_of_request() -> None:
    rows = _requests()
    assert len(rows) >= 340 and len({row["request"] for row in rows}) == len(rows)
    assert sum("|" in row["expected"] for row in rows) >= 30
    assert sum(row["expected"] == "ask" for row in rows) >= 30
    assert sum(len(row["request"].split(". ")) >= 3 for row in rows) >= 12


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("market", "marketing"),
        ("visual", "visuals"),
        ("credit", "credits"),
        ("financial", "financials"),
        ("hire", "hired"),
        ("accrue", "accrual"),
        ("dependency", "dependencies"),
        ("sale", "sales"),
        ("good", "goods"),
    ],
)
def test_words_with_another_meaning_stay_apart(one: str, other: str) -> None:
    assert _words.normal(one) != _words.normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Employees'", "employee"),
        ("colours", "color"),
        ("organised", "organized"),
        ("policies", "policy"),
        ("taxes", "tax"),
        ("on-boarding", "onboarding"),
        ("licence", "license"),
        ("analyses", "analysis"),
        ("bonuses", "bonus"),
    ],
)
def test_spelling_and_plural_are_evened_out(one: str, other: str) -> None:
    assert _words.normal(one) == _words.normal(other)


def test_other_forms_of_a_verb_count_only_where_the_list_asks_for_them() -> None:
    assert _words.keys("dismiss~") == [("dismiss",), ("dismissed",), ("dismissing",)]
    assert _words.keys("hire") == [("hire",)]
    assert ("refinancing",) in _words.keys("refinance~") and ("diversified",) in _words.keys("diversify~")


@needs_all
@pytest.mark.parametrize(
    "word", ["market", "visual", "credit", "financial", "hired", "accrue", "colleague", "staff", "dependency"]
)
def test_a_neighbour_of_a_listed_word_is_no_strong_evidence(word: str) -> None:
    assert all(hit.tier < _routing.TOPIC for found in _routing.hits(word).values() for hit in found)


@needs_all
@pytest.mark.parametrize(
    "request_",
    [
        "Is it safe to park here?",
        "We took the lift to the second floor",
        "Let us float that on the lake",
        "That was an epic match",
        "Both parties were fun",
        "I hired a car",
        "The staff and our colleagues",
    ],
)
def test_everyday_words_reach_no_expert(request_: str) -> None:
    assert route_request(request_).experts == []


@needs_all
@pytest.mark.parametrize(
    ("request_", "expert"),
    [
        ("What does the SAFE convert into?", "digital-business-think-tank"),
        ("Terms of a safe note", "digital-business-think-tank"),
        ("How large is the conversion lift?", "marketing-sales"),
        ("Total float of each activity", "project-management"),
        ("We want to raise a round", "digital-business-think-tank"),
    ],
)
def test_the_same_words_count_with_a_partner_or_in_capitals(request_: str, expert: str) -> None:
    assert route_request(request_).experts == [expert]


@needs_all
@pytest.mark.parametrize("request_", ["The rule in the letter", "people and team", "the price and the cost of it"])
def test_weak_words_never_reach_a_delicate_expert(request_: str) -> None:
    found = route_request(request_)
    assert found.outcome == "ask" and found.question.endswith("?")
    assert found.candidates[0].expert in DELICATE and found.confidence <= 0.5


@needs_all
@pytest.mark.parametrize(
    ("request_", "experts"),
    [
        ("Payroll is a mess", {"finance-accountant", "hr-people-ops"}),
        ("Is the employee bonus taxable?", {"finance-accountant", "hr-people-ops"}),
        ("Does the offer bind us if the candidate accepts?", {"hr-people-ops", "legal-consultant"}),
        ("Are our contractors employees under the law?", {"hr-people-ops", "legal-consultant"}),
        ("Is the settlement from the lawsuit tax deductible?", {"finance-accountant", "legal-consultant"}),
        ("Can we fire someone who hired a lawyer, and what tax is due on the severance?", DELICATE),
    ],
)
def test_where_delicate_fields_meet_all_concerned_are_named(request_: str, experts: set[str]) -> None:
    found = route_request(request_)
    assert found.outcome == "several" and set(found.experts) == experts and found.warnings


@needs_all
def test_the_object_of_a_task_and_the_background_of_a_request_name_no_expert() -> None:
    assert route_request("TAM SAM SOM for a payroll API").experts == ["digital-business-think-tank"]
    found = route_request(
        "We are a design agency. Last year we ran a campaign. Please prepare a 13-week cash forecast."
    )
    assert found.experts == ["finance-accountant"]


@needs_all
def test_a_long_request_for_three_experts_names_all_three() -> None:
    found = route_request(
        "We sell refillable soap in two cities and think about a third. How large is the market there, what would a "
        "launch campaign look like, and when would the store break even?"
    )
    assert set(found.experts) == {"digital-business-think-tank", "finance-accountant", "marketing-sales"}


@needs_all
def test_a_request_for_more_than_three_experts_is_asked_back_which_comes_first() -> None:
    found = route_request("We need an NDA, a logo, a job ad, a balance sheet and a Gantt chart by Friday")
    assert (found.outcome, found.experts) == ("ask", []) and "Which comes first" in found.question
    assert {one.expert for one in found.candidates} >= DELICATE | {"art-design", "project-management"}


@needs_all
def test_a_phrase_with_a_gap_hides_nothing_that_stands_in_the_gap() -> None:
    found = route_request("Can we let a sales manager go who is on sick leave?")
    assert set(found.experts) == {"hr-people-ops", "legal-consultant"}


@needs_all
def test_a_route_explains_itself_with_words_of_the_request() -> None:
    request = "Please check the non-disclosure agreement for Delaware"
    found = route_request(request)
    assert (found.outcome, found.experts) == ("route", ["legal-consultant"])
    assert all(word in request.replace("-", " ") for word in found.candidates[0].words)
    assert "the text of the document" in found.candidates[0].missing_inputs


def test_an_unclear_request_gets_a_question_and_no_expert() -> None:
    found = route_request("Can you help me?")
    assert (found.outcome, found.experts) == ("ask", []) and found.question.endswith("?")


@needs_all
def test_one_slip_in_a_long_word_is_mended_and_a_real_word_is_left_alone() -> None:
    assert route_request("amoritzation schedule please").experts == ["finance-accountant"]
    assert route_request("which colours suit the typografy of our site").experts == ["art-design"]
    assert route_request("onbording checklist").experts == ["hr-people-ops"]
    known = _routing.lists().vocabulary
    assert [_words.near(word, known) for word in ("statue", "patient", "marked", "deprecation")] == [None] * 4


def test_every_listed_phrase_keeps_two_words_without_articles() -> None:
    for folder in profiles().values():
        routing = load_profile(folder / "expert.toml").routing
        for entry in (*routing.strong, *routing.weak):
            keys = _words.keys(entry.removesuffix("?"))
            assert keys and all(keys), entry
            assert len(entry.split()) == 1 or len(keys[0]) > 1 or entry.startswith("series "), entry


def test_a_long_request_without_a_listed_word_and_one_in_capitals_are_answered() -> None:
    assert route_request("xyzzyx " * 570).outcome == "ask"
    assert route_request("IS IT SAFE?").experts == []


def test_a_request_without_words_is_refused(call: Call) -> None:
    with pytest.raises(InvalidInput, match="has no words"):
        route_request("?! ...")
    with pytest.raises(ValueError, match="at most 4000"):
        call("route_request", request="x" * 5000)
