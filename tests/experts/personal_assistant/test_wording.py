"""The wording model of the router: its file is what the script makes, its sums are right, its answers readable."""

import importlib.util
import json
import math
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from experts.core.discovery import profiles
from experts.personal_assistant.tools import _weighing, _wording
from experts.personal_assistant.tools._routing import CLEAR, DELICATE, TOPIC, WEAK, Hit
from experts.personal_assistant.tools.route_request import route_request

ROOT = Path(__file__).parents[3]
STORED: dict[str, Any] = json.loads((ROOT / "experts/personal_assistant/tools/_wording.json").read_text("utf-8"))
needs_all = pytest.mark.skipif(
    not profiles().keys() >= set(STORED["experts"]), reason="not all eight experts are installed"
)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_wording", ROOT / "examples/routing/train_wording.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_stored_model_is_made_from_the_stored_requests(script: ModuleType) -> None:
    assert STORED["inputs"] == script.inputs(), "run examples/routing/train_wording.py"


def test_training_again_gives_the_stored_model(script: ModuleType) -> None:
    # One step of rounding apart is the same model: the solver ends a little differently on another machine.
    made = script.train(script.rows())
    assert made["experts"] == STORED["experts"] and made["features"].keys() == STORED["features"].keys()
    apart = [
        abs(one - other)
        for name, row in made["features"].items()
        for one, other in zip(row, STORED["features"][name], strict=True)
    ]
    assert max(apart) <= 1
    assert max(abs(one - other) for one, other in zip(made["bias"], STORED["bias"], strict=True)) <= 5


def test_the_model_file_stays_small() -> None:
    assert (ROOT / "experts/personal_assistant/tools/_wording.json").stat().st_size <= 400_000


def test_no_training_request_is_one_of_the_tuning_requests_and_none_is_there_twice(script: ModuleType) -> None:
    asked = [request.lower() for _, _, request, _ in script.rows()]
    assert len(asked) == len(set(asked)) >= 2500


def test_the_training_requests_name_known_experts_in_alphabetical_order(script: ModuleType) -> None:
    for _, expected, request, _ in script.rows():
        names = expected.split("|")
        assert names == sorted(set(names)) and (names == ["ask"] or set(names) <= set(STORED["experts"])), request


def test_log_odds_are_bias_plus_weights_times_scaled_values(monkeypatch: pytest.MonkeyPatch) -> None:
    # By hand: "tax" twice has value (1 + ln 2) x 1.00 = 1.6931, "rent" 1 x 2.00; length 2.6204, so 0.6461 and 0.7632.
    # Log odds: -1 + 0.6461 x 2.0 + 0.7632 x -0.5 = -0.0894.
    small = _wording.Model(["finance-accountant"], [-1000], {"tax": [100, 40], "rent": [200, -10]})
    monkeypatch.setattr(_wording, "model", lambda: small)
    found = _wording.opinion(_wording.words_of("Tax or rent, tax"))
    assert found.odds["finance-accountant"] == pytest.approx(-0.0894, abs=5e-5)
    assert found.words["finance-accountant"] == ["Tax"] and found.telling == 2


def test_the_sums_agree_with_scikit_learn(script: ModuleType) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    names = list(STORED["features"])
    vectorizer = TfidfVectorizer(
        analyzer=lambda text: [feature for feature, _ in _wording.features(_wording.words_of(text))],
        vocabulary=names,
        sublinear_tf=True,
    )
    vectorizer.fit([""])
    vectorizer.idf_ = np.array([STORED["features"][name][0] / 100 for name in names])
    for request in (
        "My cook wants more money and the rent is due, what now, what now?",
        "zzz",
        "Draw a sign for the door",
    ):
        values = vectorizer.transform([request]).toarray()[0]
        odds = _wording.opinion(_wording.words_of(request)).odds
        for at, expert in enumerate(STORED["experts"]):
            weights = [STORED["features"][name][1 + at] / 20 for name in names]
            summed = STORED["bias"][at] / 1000 + sum(
                value * weight for value, weight in zip(values, weights, strict=True)
            )
            assert odds[expert] == pytest.approx(summed, abs=1e-9)


def test_figures_count_as_one_word_and_endings_are_cut() -> None:
    made = [feature for feature, _ in _wording.features(_wording.words_of("Painted 12 or 3,500 painters"))]
    assert made == ["paint", "#", "or", "#", "paint", "paint #", "# or", "or #", "# paint"]


def _hit(tier: int, points: float) -> Hit:
    return Hit(start=0, end=1, tier=tier, points=points, words="x", sentence=0, part=0, whole=True)


def test_a_chance_is_the_logistic_of_the_summed_evidence() -> None:
    # By hand: -1.2 + 0.9 x 1 + 1.3 (clear) + 0.8 x 4/5 (share) + 1.15 (named) = 2.79; 1 / (1 + e^-2.79) = 0.9421.
    # The other: -1.2 + 0.9 x -1 + 0.75 x 1 (weak) + 0.8 x 1/5 = -1.19; 0.2333.
    opinion = _wording.Opinion({"art-design": 1.0, "marketing-sales": -1.0}, {}, 5)
    hits = {"art-design": [_hit(CLEAR, 4.0)], "marketing-sales": [_hit(WEAK, 1.0)]}
    found = _weighing.chances(hits, opinion, ["art-design"], ["art-design", "marketing-sales"])
    assert found["art-design"] == pytest.approx(0.9421, abs=5e-5)
    assert found["marketing-sales"] == pytest.approx(0.2333, abs=1e-4)


def test_two_words_alone_halve_the_chance_of_a_delicate_expert() -> None:
    # By hand: -1.2 + 0.9 x 3 + 0.5 (none named) = 2.0; 0.8808.
    few, enough = (_wording.Opinion({"legal-consultant": 3.0, "art-design": 3.0}, {}, telling) for telling in (2, 3))
    experts = ["art-design", "legal-consultant"]
    assert _weighing.chances({}, enough, [], experts)["legal-consultant"] == pytest.approx(0.8808, abs=5e-5)
    assert _weighing.chances({}, few, [], experts)["legal-consultant"] == pytest.approx(0.4404, abs=5e-5)
    assert _weighing.chances({}, few, [], experts)["art-design"] == pytest.approx(0.8808, abs=5e-5)
    topic = {"legal-consultant": [_hit(TOPIC, 2.0)]}
    assert _weighing.chances(topic, few, [], experts)["legal-consultant"] > 0.9


@pytest.mark.parametrize(
    ("chance", "clear", "expected"),
    [
        ({"art-design": 0.36, "legal-consultant": 0.1}, [], ["art-design"]),
        ({"art-design": 0.34, "legal-consultant": 0.1}, [], []),
        ({"legal-consultant": 0.59, "art-design": 0.1}, [], []),
        ({"legal-consultant": 0.61, "hr-people-ops": 0.41}, [], ["legal-consultant", "hr-people-ops"]),
        ({"legal-consultant": 0.61, "art-design": 0.41}, [], ["legal-consultant"]),
        ({"art-design": 0.7, "marketing-sales": 0.51}, [], ["art-design", "marketing-sales"]),
        ({"art-design": 0.05, "marketing-sales": 0.3}, ["art-design"], ["art-design"]),
        ({"art-design": 0.9, "marketing-sales": 0.19}, ["art-design", "marketing-sales"], ["art-design"]),
        ({}, [], []),
    ],
)
def test_who_is_named_follows_the_stated_chances(
    chance: dict[str, float], clear: list[str], expected: list[str]
) -> None:
    assert _weighing.chosen(chance, {expert: [_hit(CLEAR, 4.0)] for expert in clear}, clear) == expected


@needs_all
@pytest.mark.parametrize(
    ("request_", "expert"),
    [
        ("two of my waiters hate each other", "hr-people-ops"),
        ("somebody copied my pictures, what can I demand", "legal-consultant"),
        ("will the money last until summer", "finance-accountant"),
        ("the painter and the plumber both come on Tuesday", "project-management"),
    ],
)
def test_plain_words_that_no_list_holds_reach_the_expert(request_: str, expert: str) -> None:
    found = route_request(request_)
    assert expert in found.experts
    leading = next(one for one in found.candidates if one.expert == expert)
    assert "wording: “" in leading.reason and "chance 0." in leading.reason
    assert leading.words and all(word in request_ for word in leading.words)


@needs_all
def test_words_that_carry_no_meaning_are_no_reason() -> None:
    for request in ("What should I do with it and why?", "Can you and he be there?"):
        found = route_request(request)
        assert found.experts == [] and "wording" not in " ".join(one.reason for one in found.candidates)


@needs_all
def test_an_expert_that_the_model_does_not_know_is_named_by_its_phrases_alone() -> None:
    opinion = _wording.Opinion({}, {}, 4)
    found = _weighing.chances({"gardener": [_hit(CLEAR, 4.0)]}, opinion, ["gardener"], ["gardener"])
    assert _weighing.chosen(found, {"gardener": [_hit(CLEAR, 4.0)]}, ["gardener"]) == ["gardener"]
    assert math.isclose(sum(found.values()), found["gardener"]) and not DELICATE.count("gardener")
