"""Which expert or experts a request is for, with the words that say so, or a question back.

Two witnesses are heard. The phrases: every expert's `[routing]` section lists some in three tiers (clear 4 points,
topic 2, weak 1, each further word of a phrase 1, weak 0.5). Of phrases that overlap only the longest counts, and each
counts once. A phrase is lowered by one tier where it is the object of another expert's task ("a Gantt chart for the
audit"), the background of a longer request, or a head count. Words are compared as they are, with spelling and plural
evened out and one slip in a long word mended. The wording: a linear model over words and pairs of words, trained on
labelled requests, says how likely each expert is meant where no phrase does.

By the phrases alone, named are the experts with a clear phrase, and those that are the topic of a part of the request
that no other expert claims; of legal, HR and finance (the delicate ones) every one that is clearly meant, or has a
third of the first's points. Both witnesses together give each expert a chance, halved for a delicate one without a
topic or clear phrase where two words or fewer tell anything. Of the experts with a clear phrase the likeliest stands,
the others from 0.2 on; without such a phrase the likeliest is named from 0.35, a delicate one from 0.6. Others join
from 0.5, a second delicate one from 0.4. More than three experts, or none that is likely enough: ask. Confidence is
the chance of the likeliest of those named, or of all.
Limits: words, not meaning; English; it errs, see examples/routing/README.md.
"""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Ratio, Share, round_to
from experts.personal_assistant.tools import _routing, _weighing, _wording, _words
from experts.personal_assistant.tools._routing import CLEAR, DELICATE, TOPIC, Hit

_MOST = 3
_BESIDE, _RIVAL, _SAME_PART = 0.33, 0.6, 0.4
_WEAK_ENOUGH, _WEAK_LEAD = 3.0, 2.0
# An expert without a phrase is offered in a question from this chance on.
_WORTH_ASKING = 0.15


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


def route_request(
    request: Annotated[str, Field(min_length=1, max_length=4000)],
    known: Annotated[list[str], Field(max_length=30, description="inputs already at hand, e.g. jurisdiction")] = [],  # noqa: B006 - read only
) -> Route:
    """Which expert a request is for, the words that say so, missing inputs; asks instead of guessing.

    Use when a request may belong to another expert or to several.
    """
    if not re.search(r"\w", request):
        raise InvalidInput(f"request {request[:40]!r} has no words; write what is wanted", field="request")
    hits = _routing.hits(request)
    points = {expert: sum(hit.points for hit in found) for expert, found in hits.items()}
    by_points = sorted(points, key=lambda expert: (-points[expert], expert))
    named = _decide(by_points, points, hits, request)
    opinion = _wording.opinion([(word.normal, word.text) for word in _routing.words_of(request)])
    chance = _weighing.chances(hits, opinion, named, sorted(_installed() | points.keys()))
    too_many = len(_clear(by_points, hits)) > _MOST
    chosen = [] if too_many else _weighing.chosen(chance, hits, named)
    by_chance = sorted(chance, key=lambda expert: (expert not in chosen, -chance[expert], expert))
    order = by_points if too_many else by_chance
    candidates = [
        Candidate(
            expert=expert,
            points=_rounded(points.get(expert, 0.0)),
            words=[hit.words for hit in hits.get(expert, [])] or opinion.words.get(expert, []),
            missing_inputs=_missing(expert, request, known) if expert in chosen or not chosen else [],
            reason=_reason(hits.get(expert, []), opinion.words.get(expert, []), chance[expert]),
        )
        for expert in order
        if expert in chosen or expert in hits or chance[expert] >= _WORTH_ASKING
    ][:5]
    return Route(
        outcome="ask" if not chosen else "route" if len(chosen) == 1 else "several",
        experts=chosen,
        question="" if chosen else _question(candidates, too_many),
        confidence=_rounded(chance[by_chance[0]] if by_chance else 0.0),
        candidates=candidates,
        method="Listed phrases (clear 4 points, topic 2, weak 1, each further word 1, weak 0.5) and a linear model of the wording "
        "give each expert a chance. Of clear phrases the likeliest stands, others from 0.2 on; without one the likeliest is named "
        "from 0.35, legal, HR and finance from 0.6; others join from 0.5, a second of those three from 0.4; at most three.",
        warnings=_warnings(chosen),
    )


def _rounded(value: float) -> Ratio:
    """Points as an exact decimal with two places."""
    from decimal import Decimal

    return round_to(Decimal(str(value)), 2)


def _clear(order: list[str], hits: dict[str, list[Hit]]) -> list[str]:
    return [expert for expert in order if any(hit.tier == CLEAR for hit in hits[expert])]


def _decide(order: list[str], points: dict[str, float], hits: dict[str, list[Hit]], request: str) -> list[str]:
    """Who the phrases alone would name, best first; none if they do not say."""
    topics = [expert for expert in order if any(hit.tier >= TOPIC for hit in hits[expert])]
    if not topics:
        return _by_weak_words(order, points)
    clear = _clear(order, hits)
    own = _own_parts(topics, hits, request)
    if clear:
        named = [one for one in clear if one in DELICATE or points[one] >= _SAME_PART * points[clear[0]] or one in own]
        named += [one for one in topics if one not in named and one in own]
        leading = max((points[one] for one in named if one in DELICATE), default=0.0)
        named += [one for one in topics if one in DELICATE and one not in named and leading
                  and points[one] >= _BESIDE * leading]  # fmt: skip
    else:
        if any(points[one] >= points[topics[0]] for one in order if one not in topics):
            return []
        near = [one for one in topics if points[one] >= _RIVAL * points[topics[0]]]
        named = near if len(near) == 1 or set(near) <= set(DELICATE) or set(near) <= own else []
        if len(near) == 1:
            named += [one for one in topics if one in own and one not in near]
    if not named or len(named) > _MOST:
        return []
    return [one for one in order if one in named]


def _by_weak_words(order: list[str], points: dict[str, float]) -> list[str]:
    if not order or order[0] in DELICATE or points[order[0]] < _WEAK_ENOUGH:
        return []
    if len(order) > 1 and points[order[0]] < _WEAK_LEAD * points[order[1]]:
        return []
    return [order[0]]


def _own_parts(topics: list[str], hits: dict[str, list[Hit]], request: str) -> set[str]:
    """Experts that are the only topic of a part of the request that asks for work."""
    words = _routing.words_of(request)
    asking, working = _routing.asking_sentences(request, words), _routing.working_parts(words)
    claims: dict[int, set[str]] = {}
    for expert in topics:
        for hit in hits[expert]:
            if hit.tier >= TOPIC and hit.part in working and (hit.sentence in asking or not asking):
                claims.setdefault(hit.part, set()).add(expert)
    return {expert for claimed in claims.values() if len(claimed) == 1 for expert in claimed}


@cache
def _installed() -> frozenset[str]:
    """The experts of this suite that the wording model knows."""
    from experts.core.discovery import profiles

    return frozenset(_wording.model().experts) & profiles().keys()


@cache
def _needs() -> dict[str, list[dict[str, str]]]:
    from experts.core.tables import load_table

    return dict(load_table(Path(__file__).parent.parent / "tables" / "routing_inputs.toml").current())


def _missing(expert: str, request: str, known: list[str]) -> list[str]:
    """Inputs that the expert asks for and that neither the request nor `known` gives."""
    have = {_words.normal(word) for one in known for word in one.split()} | {one.lower() for one in known}
    return [
        need["name"]
        for need in _needs().get(expert, [])
        if (not need.get("when") or re.search(need["when"], request, re.IGNORECASE))
        and not re.search(need["given_by"], request)
        and need["key"] not in have
    ]


def _reason(hits: list[Hit], wording: list[str], chance: float) -> str:
    said = {
        "clear": [hit.words for hit in hits if hit.tier == CLEAR],
        "topic": [hit.words for hit in hits if hit.tier == TOPIC],
        "hints": [hit.words for hit in hits if hit.tier < TOPIC],
        "wording": wording,
    }
    parts = [f"{kind}: {', '.join(f'“{one}”' for one in quoted)}" for kind, quoted in said.items() if quoted]
    return "; ".join([*parts, f"chance {chance:.2f}"])


def _question(candidates: list[Candidate], too_many: bool) -> str:
    if not candidates:
        return "What should come out of this: a document, a figure, a decision, a date? And what is it about?"
    offers = [_OFFERS.get(one.expert, one.expert) for one in candidates]
    if too_many:
        return f"This needs several experts. Which comes first: {'; '.join(offers)}?"
    if len(offers) == 1:
        return f"Is this about {offers[0]}, or about something else? What should come out of it?"
    return f"What do you need here: {' or '.join(offers[:3])}?"


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
    delicate = [expert for expert in chosen if expert in DELICATE]
    if len(delicate) > 1:
        return [f"Several of legal, HR and finance are concerned ({', '.join(delicate)}); hear all before acting."]
    return []
