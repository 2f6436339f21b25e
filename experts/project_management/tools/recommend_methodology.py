"""Methodology: plan-driven, agile or a mix, by a rubric whose weights can be seen and changed.

Each driver is scored from 1 to 5. The conditions for which the expert's profile says that a
methodology is best (`best_for`) are read from those scores, each from 0 to 1; plan-driven work
also gains from high criticality and agile work from an experienced team, the hybrid from both
home grounds applying at once. A methodology's score is the weighted mean of its conditions.
The drivers follow the home grounds of Boehm & Turner, Balancing Agility and Discipline (2003): size,
criticality, dynamism (requirements_change), personnel (team_experience) and culture, which counts only
if it is given; without their chart's scales, which are in head counts and percent; the weights are 1 unless given.

Limits: a rubric orders what it is told and measures nothing. `flips` says which single answer
would change the advice, which is what to talk about.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.profile import load_profile
from experts.core.quantities import Count, Ratio, Share, round_to

METHOD = (
    "Weighted rubric over the profile's methodologies and their best_for conditions, with drivers after Boehm & Turner, "
    "Balancing Agility and Discipline (2003): score = sum of weight x condition / sum of weights, each condition 0 to 1."
)
CLOSE = Decimal("0.1")
_EXTRA = {
    "waterfall": ["high_criticality"],
    "agile": ["experienced_team"],
    "hybrid": ["both_home_grounds"],
}

_CULTURE = {"waterfall": ["culture_of_order"], "agile": ["culture_of_freedom"]}


class Condition(Model):
    """A reason for a methodology: how far it holds (0 to 1) and what it weighs."""

    holds: Share
    weight: Ratio


class Candidate(Model):
    """A methodology's score and what it is made of."""

    score: Share
    conditions: dict[str, Condition]


class Flip(Model):
    """The nearest other answer to one driver that changes the recommendation."""

    now: Count
    would_be: Count
    recommended: str


class Methodology(Model):
    """The recommendation, its lead over the next, every score, and what would flip it."""

    recommended: str
    margin: Ratio
    candidates: dict[Key, Candidate]
    flips: dict[Key, Flip]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def recommend_methodology(
    requirements_change: Annotated[Count, Field(description="1 fixed … 5 weekly")],
    novelty: Annotated[Count, Field(description="1 routine … 5 first time")],
    criticality: Annotated[Count, Field(description="1 comfort … 5 lives")],
    regulation: Annotated[Count, Field(description="1 none … 5 every step")],
    size: Annotated[Count, Field(description="1 small team … 5 many firms")],
    team_experience: Annotated[Count, Field(description="iterative: 1 none … 5 long")],
    culture: Annotated[Count | None, Field(description="1 order … 5 freedom")] = None,
    weights: Annotated[dict[Key, Ratio] | None, Field(description="condition → 0 to 10: {'innovation': '2'}")] = None,
) -> Methodology:
    """Recommend waterfall, agile or hybrid from drivers scored 1 to 5, with what would flip it.

    Use when the way of working is to be chosen. It does not measure: it orders the answers.
    """
    drivers = {
        "requirements_change": requirements_change,
        "novelty": novelty,
        "criticality": criticality,
        "regulation": regulation,
        "size": size,
        "team_experience": team_experience,
        **({} if culture is None else {"culture": culture}),
    }
    for name, value in drivers.items():
        if not 1 <= value <= 5:
            raise InvalidInput(f"{name} {value} is not on the scale; score it from 1 to 5", field=name, seen=value)
    named = _conditions()
    if culture is not None:
        named = {name: [*found, *_CULTURE.get(name, [])] for name, found in named.items()}
    weigh = {condition: Decimal(1) for conditions in named.values() for condition in conditions}
    for condition, weight in (weights or {}).items():
        if condition not in weigh:
            raise InvalidInput(
                f"{condition!r} is no condition; weigh one of {', '.join(sorted(weigh))}{did_you_mean(condition, weigh)}",
                field=f"weights.{condition}",
            )
        if not 0 <= weight <= 10:
            raise InvalidInput(f"weight {weight} of {condition!r} must be from 0 to 10", field=f"weights.{condition}")
        weigh[condition] = weight
    for methodology, conditions in named.items():
        if not any(weigh[condition] for condition in conditions):
            raise InvalidInput(
                f"every condition of {methodology!r} weighs 0, so it has no score; leave one above 0", field="weights"
            )
    candidates = _score(drivers, named, weigh)
    order = _ranking(candidates)
    margin = candidates[order[0]].score - candidates[order[1]].score
    return Methodology(
        recommended=order[0],
        margin=margin,
        candidates=candidates,
        flips=_flips(drivers, named, weigh, order[0]),
        method=METHOD,
        assumptions=["Every condition weighs 1 unless `weights` says otherwise; of equal scores, hybrid comes first."],
        warnings=[f"A close call: {order[0]} leads {order[1]} by {margin} on a scale to 1; talk about `flips` first."]
        if margin < CLOSE
        else [],
    )


@cache
def _conditions() -> Mapping[str, list[str]]:
    """The conditions of each methodology: the profile's best_for list, and ours."""
    extra = load_profile(Path(__file__).parent.parent / "expert.toml").extra["methodologies"]
    return {name: [*extra[name]["best_for"], *_EXTRA.get(name, [])] for name in sorted(extra)}


def _score(drivers: dict[str, int], named: Mapping[str, list[str]], weigh: dict[str, Decimal]) -> dict[str, Candidate]:
    at = {name: Decimal(value - 1) / 4 for name, value in drivers.items()}
    plan, loose = 1 - at["requirements_change"], at["requirements_change"]
    holds = {
        "stable_requirements": plan,
        "changing_requirements": loose,
        "mixed_requirements": 1 - abs(2 * loose - 1),
        "regulatory_projects": at["regulation"],
        "innovation": at["novelty"],
        "large_projects": at["size"],
        "high_criticality": at["criticality"],
        "experienced_team": at["team_experience"],
        "culture_of_order": 1 - at.get("culture", Decimal(0)),
        "culture_of_freedom": at.get("culture", Decimal(0)),
        "both_home_grounds": min(
            max(plan, at["regulation"], at["criticality"]),
            max(loose, at["novelty"]),
        ),
    }
    return {
        name: Candidate(
            score=round_to(
                sum((weigh[one] * holds[one] for one in conditions), Decimal(0))
                / sum(weigh[one] for one in conditions),
                4,
            ),
            conditions={one: Condition(holds=holds[one], weight=weigh[one]) for one in conditions},
        )
        for name, conditions in named.items()
    }


def _ranking(candidates: dict[str, Candidate]) -> list[str]:
    return sorted(candidates, key=lambda name: (-candidates[name].score, name != "hybrid", name))


def _flips(
    drivers: dict[str, int], named: Mapping[str, list[str]], weigh: dict[str, Decimal], now: str
) -> dict[str, Flip]:
    found = {}
    for name, value in drivers.items():
        for other in sorted(range(1, 6), key=lambda score: (abs(score - value), score)):
            best = _ranking(_score({**drivers, name: other}, named, weigh))[0]
            if best != now:
                found[name] = Flip(now=value, would_be=other, recommended=best)
                break
    return found
