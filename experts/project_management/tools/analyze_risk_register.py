"""Risk register: what each risk is worth, which come first, and how much contingency they call for.

Expected monetary value = probability x impact (PMI, Practice Standard for Project Risk
Management, 2009; ISO 31000:2018 for the terms). A threat costs (impact above 0), an opportunity
saves (below 0). With a response, its cost and the residual probability and impact count. The
contingency by expected value is the sum of residual EMVs; the contingency at a confidence is
the least amount that covers the total cost with that probability, risks taken as independent:
every combination of up to 14 risks is counted exactly, more are simulated with a stated seed.

The probability-impact matrix sets each risk, as it stands before responses, into one of five levels of
probability (above 0.1, 0.3, 0.5, 0.7) and of impact (above the four amounts given, or fifths of the
largest), after the form of the PMBOK Guide; level x level from 15 on is high, from 5 on moderate.

Limits: probabilities are judgements. Correlated risks make the tail fatter than shown.
"""

import random
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Money, NonNegativeMoney, Share, plain, round_to

METHOD = (
    "EMV = probability x impact (PMI, Practice Standard for Project Risk Management, 2009); contingency as the sum of "
    "residual EMVs and as the percentile of the total cost of independent risks."
)
_PROBABILITY_EDGES = (Decimal("0.1"), Decimal("0.3"), Decimal("0.5"), Decimal("0.7"))
MOST_RISKS, EXACT_RISKS, TRIALS, SEED = 300, 14, 10_000, 1


class Risk(Model):
    """Impact in money: above 0 a threat, below 0 an opportunity. Residual: after the response."""

    probability: Share
    impact: Money
    response_cost: NonNegativeMoney = Decimal(0)
    residual_probability: Share | None = None
    residual_impact: Money | None = None


class Rated(Model):
    """A risk's value, its rank by size of EMV, and what its response is worth net of cost."""

    rank: Count
    emv: Money
    residual_emv: Money
    response_benefit: Money | None
    probability_level: Count = 0
    impact_level: Count = 0
    rating: Literal["high", "moderate", "low"] = "low"


class RiskAnalysis(Model):
    """Risks by rank, and the contingency they call for after responses."""

    risks: dict[Key, Rated]
    emv: Money
    residual_emv: Money
    response_cost: Money
    worst_case: Money
    contingency_at_confidence: NonNegativeMoney
    covered_by_emv: Share
    exact: bool
    reserve_curve: dict[str, Money] = {}
    impact_levels: list[NonNegativeMoney] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def analyze_risk_register(
    risks: Annotated[dict[Key, Risk], Field(description="by id")],
    confidence: Annotated[Share, Field(description="with which the contingency is to suffice")] = Decimal("0.8"),
    impact_levels: Annotated[
        list[NonNegativeMoney] | None, Field(description="four rising amounts between levels 1 to 5")
    ] = None,
) -> RiskAnalysis:
    """Value risks (EMV), rank them, place them on the probability-impact matrix, and size the contingency.

    Use when risks have a probability and an impact in money. It does not find risks.
    """
    if not risks or len(risks) > MOST_RISKS:
        raise InvalidInput(f"{len(risks)} risks; give from 1 to {MOST_RISKS}", field="risks")
    if not 0 < confidence < 1:
        raise InvalidInput(f"confidence {confidence} must lie between 0 and 1, for example 0.8", field="confidence")
    edges = _edges(risks, impact_levels)
    emv: dict[str, Decimal] = {}
    left: list[tuple[Decimal, Decimal]] = []
    residual: dict[str, Decimal] = {}
    for key, risk in risks.items():
        after = (
            risk.probability if risk.residual_probability is None else risk.residual_probability,
            risk.impact if risk.residual_impact is None else risk.residual_impact,
        )
        if after[1] * risk.impact < 0:
            raise InvalidInput(
                f"risk {key!r}: impact {risk.impact} and residual impact {after[1]} have different signs; a threat "
                "stays a threat, so write 0 where a response takes it away",
                field=f"risks.{key}.residual_impact",
            )
        emv[key], residual[key] = risk.probability * risk.impact, after[0] * after[1]
        left.append(after)
    ranked = sorted(risks, key=lambda key: (-abs(emv[key]), -abs(risks[key].impact), key))
    exact = len([1 for chance, impact in left if chance and impact]) <= EXACT_RISKS
    totals = _combinations(left) if exact else _simulated(left)
    total = sum(residual.values(), Decimal(0))
    answered = {
        key
        for key, risk in risks.items()
        if risk.response_cost or risk.residual_probability is not None or risk.residual_impact is not None
    }
    benefit = {key: emv[key] - residual[key] - risks[key].response_cost for key in answered}
    warnings = [
        f"The response to {key!r} costs more than it takes off the expected value; keep it only for another reason."
        for key in ranked
        if key in answered and benefit[key] < 0
    ]
    contingency = max(Decimal(0), _percentile(totals, confidence))
    single = max((impact for chance, impact in left if chance), default=Decimal(0))
    if single > contingency:
        warnings.append(
            f"One risk alone can cost {plain(single)}, more than the contingency of {plain(contingency)} at this "
            "confidence: decide who would pay for it."
        )
    return RiskAnalysis(
        risks={
            key: _rated(rank, risks[key], emv[key], residual[key], benefit.get(key), edges)
            for rank, key in enumerate(ranked, 1)
        },
        emv=sum(emv.values(), Decimal(0)),
        residual_emv=total,
        response_cost=sum((risk.response_cost for risk in risks.values()), Decimal(0)),
        worst_case=sum((impact for chance, impact in left if chance and impact > 0), Decimal(0)),
        contingency_at_confidence=contingency,
        covered_by_emv=min(
            Decimal(1), round_to(sum((chance for cost, chance in totals.items() if cost <= total), Decimal(0)), 4)
        ),
        exact=exact,
        reserve_curve={
            f"p{percent}": _percentile(totals, Decimal(percent) / 100) for percent in (*range(5, 100, 5), 99)
        },
        impact_levels=edges,
        method=METHOD,
        assumptions=[
            "Risks occur independently of each other, each with its full impact or not at all.",
            "Every combination of risks was counted."
            if exact
            else f"Simulated with random.Random, {TRIALS:,} trials, seed {SEED}.",
            "Impact levels are the amounts given."
            if impact_levels
            else "Impact levels are fifths of the largest impact; give `impact_levels` that mean something to you.",
        ],
        warnings=warnings,
    )


def _edges(risks: dict[str, Risk], given: list[Decimal] | None) -> list[Decimal]:
    if given is None:
        largest = max(abs(risk.impact) for risk in risks.values())
        return [largest * fifth / 5 for fifth in range(1, 5)]
    if len(given) != 4 or sorted(set(given)) != given:
        raise InvalidInput(
            f"impact_levels {', '.join(plain(edge) for edge in given[:8])} must be four rising amounts, which part five "
            "levels",
            field="impact_levels",
        )
    return given


def _rated(
    rank: int, risk: Risk, emv: Decimal, residual: Decimal, benefit: Decimal | None, edges: list[Decimal]
) -> Rated:
    chance = 1 + sum(risk.probability > edge for edge in _PROBABILITY_EDGES)
    impact = 1 + sum(abs(risk.impact) > edge for edge in edges)
    return Rated(
        rank=rank,
        emv=emv,
        residual_emv=residual,
        response_benefit=benefit,
        probability_level=chance,
        impact_level=impact,
        rating="high" if chance * impact >= 15 else "moderate" if chance * impact >= 5 else "low",
    )


def _combinations(risks: list[tuple[Decimal, Decimal]]) -> dict[Decimal, Decimal]:
    """The exact distribution of the total: cost to probability."""
    made = {Decimal(0): Decimal(1)}
    for chance, impact in risks:
        if not chance or not impact:
            continue
        after: dict[Decimal, Decimal] = {}
        for cost, likely in made.items():
            after[cost] = after.get(cost, Decimal(0)) + likely * (1 - chance)
            after[cost + impact] = after.get(cost + impact, Decimal(0)) + likely * chance
        made = after
    return made


def _simulated(risks: list[tuple[Decimal, Decimal]]) -> dict[Decimal, Decimal]:
    draw = random.Random(SEED).random
    chances = [(float(chance), impact) for chance, impact in risks]
    made: dict[Decimal, Decimal] = {}
    for _ in range(TRIALS):
        cost = sum((impact for chance, impact in chances if draw() < chance), Decimal(0))
        made[cost] = made.get(cost, Decimal(0)) + Decimal(1) / TRIALS
    return made


def _percentile(totals: dict[Decimal, Decimal], confidence: Decimal) -> Decimal:
    reached = Decimal(0)
    costs = sorted(totals)
    for cost in costs:
        reached += totals[cost]
        if round_to(reached, 12) >= confidence:
            return cost
    return costs[-1]
