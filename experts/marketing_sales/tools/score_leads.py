"""Lead scores from ratings and weights that you give.

`weighted`: score = sum of weight * rating, ratings from 0 to 1, weights adding up to 1. `logistic`: score =
1 / (1 + exp(-(intercept + sum of weight * rating))), the weights being the coefficients of a logistic regression that
was fitted elsewhere (Hosmer, Lemeshow & Sturdivant, Applied Logistic Regression, 3rd ed. 2013). Ranked by score, then
by id. A score of `weighted` is an order, not a probability.

Limits: it does not fit weights. Criteria that are only known after the sale leak the answer into the score; names that
look like that are warned about. Weights by judgement should be checked against leads that were won and lost.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Rate, Ratio, Share, plain, round_to
from experts.marketing_sales.tools._curves import EXACT

LARGEST = Decimal(50)
LEAKS = ("won", "closed", "purchase", "converted", "invoice", "contract", "paid", "outcome")


class LeadScore(Model):
    """`contributions` are weight times rating of each criterion."""

    lead: str
    rank: Count
    score: Rate
    above_threshold: bool | None = None
    contributions: dict[Key, Ratio]


class LeadScores(Model):
    leads: list[LeadScore]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def score_leads(
    weights: Annotated[dict[Key, Ratio], Field(description="by criterion", min_length=1, max_length=30)],
    leads: Annotated[
        dict[Key, dict[Key, Share]],
        Field(description="by lead: rating 0-1 by criterion", min_length=1, max_length=1000),
    ],
    method: Literal["weighted", "logistic"] = "weighted",
    intercept: Annotated[Ratio, Field(description="logistic only")] = Decimal(0),
    threshold: Annotated[Share | None, Field(description="score from which a lead is worked")] = None,
) -> LeadScores:
    """Score and rank sales leads by weighted ratings, or by a logistic model whose coefficients are known.

    Use when leads are rated on criteria and the order of work is wanted. It does not fit
    weights. weighted: weights are zero or more and add up to 1.
    """
    for name, weight in weights.items():
        if abs(weight) > LARGEST or (method == "weighted" and weight < 0):
            bound = "from 0 to 1" if method == "weighted" else f"from -{LARGEST} to {LARGEST}"
            raise InvalidInput(f"weights.{name} {plain(weight)} must be {bound}", field=f"weights.{name}")
    if method == "weighted" and (total := sum(weights.values(), Decimal(0))) != 1:
        raise InvalidInput(f"weights add up to {plain(total)}, not to 1; divide each by the sum", field="weights")
    if abs(intercept) > LARGEST:
        raise InvalidInput(f"intercept {plain(intercept)} must be from -{LARGEST} to {LARGEST}", field="intercept")
    if method == "weighted" and intercept != 0:
        raise InvalidInput(f"intercept {plain(intercept)} belongs to 'logistic'; leave it out", field="intercept")
    scored = []
    with localcontext(EXACT):
        for lead, ratings in leads.items():
            for name in ratings:
                if name not in weights:
                    raise InvalidInput(
                        f"leads.{lead} rates {name!r}, which has no weight{did_you_mean(name, weights)}",
                        field=f"leads.{lead}.{name}",
                    )
            missing = sorted(weights.keys() - ratings.keys())
            if missing:
                raise InvalidInput(
                    f"leads.{lead} has no rating of {missing[0]!r}; rate it, 0 if it does not apply",
                    field=f"leads.{lead}",
                )
            parts = {name: weight * ratings[name] for name, weight in weights.items()}
            total = sum(parts.values(), Decimal(0))
            score = total if method == "weighted" else 1 / (1 + (-(intercept + total)).exp())
            scored.append((round_to(score, 6), lead, {name: round_to(part, 6) for name, part in parts.items()}))
    scored.sort(key=lambda row: (-row[0], row[1]))
    leaks = [name for name in weights if any(word in name.replace("-", "_").split("_") for word in LEAKS)]
    return LeadScores(
        leads=[
            LeadScore(
                lead=lead,
                rank=1 + sum(other[0] > score for other in scored),
                score=score,
                above_threshold=None if threshold is None else score >= threshold,
                contributions=parts,
            )
            for score, lead, parts in scored
        ],
        method=(
            "Weighted sum of ratings, weights adding up to one; an order, not a probability."
            if method == "weighted"
            else "Logistic model with the coefficients given: 1 / (1 + exp(-(intercept + sum of weight * rating)))."
        ),
        assumptions=["Weights and ratings are the user's."],
        warnings=[f"{name!r} may only be known after the sale; then it leaks the answer." for name in leaks],
    )
