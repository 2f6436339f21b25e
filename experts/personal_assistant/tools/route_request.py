"""Which expert or experts a request is for, with the words that say so, or a question back.

Every expert's `[routing]` section lists strong and weak words and phrases. The request is split into
words, stemmed (British and American spelling meet; one slip in a long word is forgiven), and each
phrase that occurs counts once: a strong one 3, a weak one 1, each further word of a phrase 1.5; of
phrases that overlap only the longest counts. An expert with 3 points, or with 2 weak words, is a
candidate. One candidate, or one with two and a half times the points of the next: route. Otherwise those with
40 percent of the first's points: several, where each has a strong phrase of its own; else ask. Where legal, HR and finance
meet, the second is never dropped: a candidate among them with a strong phrase is named too, and if
only weak words tell them apart the outcome is ask. Confidence is the first's share of all points.
Limits: words, not meaning; English; what no list knows ends in ask, by design.
"""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Ratio, Share, round_to
from experts.personal_assistant.tools import _words

_DELICATE = ("finance-accountant", "hr-people-ops", "legal-consultant")
_STRONG, _WEAK, _LONGER = 3.0, 1.0, 1.5
_ENOUGH, _SHARE = 2.0, 0.4


class Candidate(Model):
    """words are quoted from the request."""

    expert: str
    points: Ratio
    words: list[str]
    missing_inputs: list[str]
    reason: str


class Route(Model):
    """experts are those to call; candidates all that any word points to, best first."""

    outcome: Literal["route", "several", "ask"]
    experts: list[str]
    question: str = ""
    confidence: Share
    candidates: list[Candidate]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


class _Hit(Model):
    start: int
    length: int
    strong: bool
    words: str


def route_request(
    request: Annotated[str, Field(min_length=1, max_length=4000)],
    known: Annotated[list[str], Field(max_length=30, description="inputs already at hand, e.g. jurisdiction")] = [],  # noqa: B006 - read only
) -> Route:
    """Which expert a request is for, the words that say so, missing inputs; asks instead of guessing.

    Use when a request may belong to another expert or to several.
    """
    if not re.search(r"\w", request):
        raise InvalidInput(f"request {request[:40]!r} has no words; write what is wanted", field="request")
    hits = _hits(request)
    points = {expert: sum(map(_worth, found)) for expert, found in hits.items()}
    order = sorted(points, key=lambda expert: (-points[expert], expert))
    outcome, chosen = _decide(order, points, hits)
    have = {_words.stem(word) for one in known for word in one.split()} | {one.lower() for one in known}
    candidates = [
        Candidate(
            expert=expert,
            points=_rounded(points[expert]),
            words=[hit.words for hit in hits[expert]],
            missing_inputs=_missing(expert, request, have) if expert in chosen or outcome == "ask" else [],
            reason=_reason(hits[expert]),
        )
        for expert in order[:5]
    ]
    total = sum(points.values())
    share = _rounded(points[order[0]] / total) if total else _rounded(0)
    return Route(
        outcome=outcome,
        experts=chosen,
        question=_question(candidates) if outcome == "ask" else "",
        confidence=share,
        candidates=candidates,
        method="Strong phrases 3 points, weak 1, each further word 1.5, longest phrase first; route where no other has 40 percent "
        "of its points, several where each has a strong phrase, else ask; legal, HR and finance are never chosen over each other on weak words.",
        warnings=_warnings(chosen),
    )


def _rounded(value: float) -> Ratio:
    """Points as an exact decimal with two places."""
    from decimal import Decimal

    return round_to(Decimal(str(value)), 2)


def _worth(hit: _Hit) -> float:
    return (_STRONG if hit.strong else _WEAK) + _LONGER * (hit.length - 1)


def _decide(
    order: list[str], points: dict[str, float], hits: dict[str, list[_Hit]]
) -> tuple[Literal["route", "several", "ask"], list[str]]:
    enough = [expert for expert in order if points[expert] >= _ENOUGH]
    if not enough:
        return "ask", []
    first = enough[0]
    strong = {expert: any(hit.strong for hit in hits[expert]) for expert in enough}
    near = [expert for expert in enough if points[expert] >= _SHARE * points[first]]
    named = [expert for expert in near if strong[expert]]
    if first in _DELICATE:
        named += [expert for expert in enough if expert in _DELICATE and strong[expert] and expert not in named]
        rivals = [e for e in order if e in _DELICATE and e != first and points[e] >= _SHARE * points[first]]
        if not strong[first] and rivals:
            return "ask", []
        # A second delicate field that several words hint at is named too: nothing is guessed between the three.
        named += [expert for expert in rivals if expert in enough and expert not in named]
    if not strong[first]:
        return ("ask", []) if len(near) > 1 else ("route", [first])
    named = [expert for expert in order if expert in named][:3]
    return ("several", named) if len(named) > 1 else ("route", named)


@cache
def _phrases() -> dict[tuple[str, ...], dict[str, bool]]:
    """Stemmed phrase to expert to whether it is strong there."""
    from experts.core.discovery import profiles
    from experts.core.profile import load_profile

    made: dict[tuple[str, ...], dict[str, bool]] = {}
    for expert, folder in profiles().items():
        routing = load_profile(folder / "expert.toml").routing
        for strong, listed in ((False, routing.weak), (True, routing.strong)):
            for phrase in listed:
                key = tuple(one for _, one in _words.tokens(phrase))
                made.setdefault(key, {})[expert] = strong
    return made


@cache
def _vocabulary() -> dict[str, str]:
    """Every word of the lists to its stem."""
    from experts.core.discovery import profiles
    from experts.core.profile import load_profile

    listed = [load_profile(folder / "expert.toml").routing for folder in profiles().values()]
    return {
        text.lower(): one
        for routing in listed
        for phrase in (*routing.strong, *routing.weak)
        for text, one in _words.tokens(phrase)
    }


def _hits(request: str) -> dict[str, list[_Hit]]:
    phrases = _phrases()
    stems = frozenset(word for phrase in phrases for word in phrase)
    words = [
        (text, one if one in stems else _words.near(text, _vocabulary()) or one) for text, one in _words.tokens(request)
    ]
    longest = max((len(phrase) for phrase in phrases), default=0)
    found: dict[str, list[_Hit]] = {}
    taken: dict[str, set[int]] = {}
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for length in range(longest, 0, -1):
        for start in range(len(words) - length + 1):
            key = tuple(one for _, one in words[start : start + length])
            for expert, strong in sorted(phrases.get(key, {}).items()):
                place = set(range(start, start + length))
                if (expert, key) in seen or place & taken.setdefault(expert, set()):
                    continue
                seen.add((expert, key))
                taken[expert] |= place
                text = " ".join(text for text, _ in words[start : start + length])
                found.setdefault(expert, []).append(_Hit(start=start, length=length, strong=strong, words=text))
    # A word inside a longer phrase of one expert says nothing for the others.
    for expert in list(found):
        kept = [hit for hit in found[expert] if not _inside(hit, expert, found)]
        found[expert] = sorted(kept, key=lambda hit: hit.start)
    return {expert: kept for expert, kept in found.items() if kept}


def _inside(hit: _Hit, expert: str, found: dict[str, list[_Hit]]) -> bool:
    return any(
        other != expert and one.length > hit.length and one.start <= hit.start < one.start + one.length
        and hit.start + hit.length <= one.start + one.length
        for other, hits in found.items()
        for one in hits
    )  # fmt: skip


@cache
def _needs() -> dict[str, list[dict[str, str]]]:
    from experts.core.tables import load_table

    return dict(load_table(Path(__file__).parent.parent / "tables" / "routing_inputs.toml").current())


def _missing(expert: str, request: str, have: set[str]) -> list[str]:
    """Inputs that the expert asks for and that neither the request nor `known` gives."""
    return [
        need["name"]
        for need in _needs().get(expert, [])
        if (not need.get("when") or re.search(need["when"], request, re.IGNORECASE))
        and not re.search(need["given_by"], request)
        and need["key"] not in have
    ]


def _reason(hits: list[_Hit]) -> str:
    strong = [f"“{hit.words}”" for hit in hits if hit.strong]
    weak = [f"“{hit.words}”" for hit in hits if not hit.strong]
    parts = ([f"clear: {', '.join(strong)}"] if strong else []) + ([f"hints: {', '.join(weak)}"] if weak else [])
    return "; ".join(parts)


def _question(candidates: list[Candidate]) -> str:
    if not candidates:
        return "What should come out of this: a document, a figure, a decision, a date? And what is it about?"
    names = " or ".join(f"{_OFFERS.get(one.expert, one.expert)}" for one in candidates[:3])
    if len(candidates) == 1:
        return f"Is this about {names}, or about something else? What should come out of it?"
    return f"What do you need here: {names}?"


_OFFERS = {
    "art-design": "the look (colour, type, layout, files)",
    "digital-business-think-tank": "strategy and the business model",
    "finance-accountant": "the figures, books or taxes",
    "hr-people-ops": "the people side (hiring, pay, performance, leave)",
    "legal-consultant": "the legal side (contract, claim, compliance)",
    "marketing-sales": "customers, campaigns or sales",
    "personal-assistant": "dates, travel, mail or paperwork",
    "project-management": "tasks, schedule and progress of a project",
}


def _warnings(chosen: list[str]) -> list[str]:
    delicate = [expert for expert in chosen if expert in _DELICATE]
    if len(delicate) > 1:
        return [f"Several of legal, HR and finance are concerned ({', '.join(delicate)}); hear all before acting."]
    return []
