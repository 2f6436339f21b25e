"""Lead scores from ratings and weights that you give.

`weighted`: score = sum of weight * rating, ratings from 0 to 1, weights adding up to 1. `logistic`: score =
1 / (1 + exp(-(intercept + sum of weight * rating))), the weights being the coefficients of a logistic regression that
was fitted elsewhere (Hosmer, Lemeshow & Sturdivant, Applied Logistic Regression, 3rd ed. 2013). `fit`: the coefficients are
fitted by maximum likelihood to the leads in `outcomes`, and the other leads scored. `auc`: the chance that a won lead scores
above a lost one, on the same leads the fit used, so it flatters. Ranked by score, then by id. A score of `weighted` is an order, not a probability.

Limits: leads that were worked because they looked good make a fit repeat that habit. Fewer than ten won or lost leads a
criterion is too few for stable coefficients (Peduzzi et al. 1996); that is warned about. Criteria that are only known after the sale leak the answer into the score; names that
look like that are warned about. Weights by judgement should be checked against leads that were won and lost.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Rate, Ratio, Share, decimal_of, plain, round_to
from experts.marketing_sales.tools import _logistic
from experts.marketing_sales.tools._curves import EXACT

LARGEST = Decimal(50)
MOST_CRITERIA, FEW_EVENTS = 12, 10
LEAKS = ("won", "closed", "purchase", "converted", "invoice", "contract", "paid", "outcome")


class LeadScore(Model):
    """`contributions` are weight times rating of each criterion."""

    lead: str
    rank: Count
    score: Rate
    above_threshold: bool | None = None
    contributions: dict[Key, Ratio]


class Coefficient(Model):
    value: Ratio
    standard_error: Ratio


class LeadScores(Model):
    """`coefficients` and `auc` are there when they were fitted; the intercept is among the coefficients."""

    leads: list[LeadScore]
    coefficients: dict[Key, Coefficient] = {}
    auc: Rate | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def score_leads(
    leads: Annotated[
        dict[Key, dict[Key, Share]],
        Field(description="by lead: rating 0-1 by criterion", min_length=1, max_length=1000),
    ],
    weights: Annotated[dict[Key, Ratio] | None, Field(description="by criterion", max_length=30)] = None,
    method: Literal["weighted", "logistic", "fit"] = "weighted",
    intercept: Annotated[Ratio, Field(description="logistic only")] = Decimal(0),
    threshold: Annotated[Share | None, Field(description="score from which a lead is worked")] = None,
    outcomes: Annotated[
        dict[Key, bool] | None, Field(description="fit: past leads, won or not", max_length=1000)
    ] = None,
) -> LeadScores:
    """Score and rank sales leads by weights adding up to 1, a known logistic model, or one fitted to past outcomes.

    Use when leads are rated on criteria and the order of work is wanted. It does not show why leads buy.
    """
    if method == "fit":
        if weights or intercept != 0:
            raise InvalidInput(
                "weights and intercept do not belong to 'fit', which finds them; leave them out", field="weights"
            )
        return _fitted(leads, outcomes or {}, threshold)
    if outcomes:
        raise InvalidInput(f"outcomes belong to 'fit', not to {method!r}; leave them out", field="outcomes")
    return _scored(weights or {}, leads, method, intercept, threshold)


def _scored(
    weights: dict[str, Decimal],
    leads: dict[str, dict[str, Decimal]],
    method: str,
    intercept: Decimal,
    threshold: Decimal | None,
) -> LeadScores:
    if not weights:
        raise InvalidInput(f"weights is empty, and {method!r} needs them; give a weight by criterion", field="weights")
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


def _fitted(leads: dict[str, dict[str, Decimal]], outcomes: dict[str, bool], threshold: Decimal | None) -> LeadScores:
    for name in outcomes:
        if name not in leads:
            raise InvalidInput(f"outcomes.{name} is not among the leads{did_you_mean(name, leads)}", field="outcomes")
    fresh = {name: ratings for name, ratings in leads.items() if name not in outcomes}
    won = sum(outcomes.values())
    criteria = list(next(iter(leads.values())))
    if not fresh or not 2 <= won <= len(outcomes) - 2:
        raise InvalidInput(
            f"outcomes has {won} won and {len(outcomes) - won} lost leads, and {len(fresh)} leads are left to score; "
            "'fit' needs two of each and one lead without outcome",
            field="outcomes",
        )
    if not 1 <= len(criteria) <= MOST_CRITERIA:
        raise InvalidInput(f"leads have {len(criteria)} criteria; 'fit' takes 1 to {MOST_CRITERIA}", field="leads")
    for name, ratings in leads.items():
        if ratings.keys() != set(criteria):
            raise InvalidInput(
                f"leads.{name} rates {sorted(ratings)}, not {sorted(criteria)}; rate all leads alike",
                field=f"leads.{name}",
            )
    rows = {name: [float(leads[name][key]) for key in criteria] for name in outcomes}
    model = _logistic.fit(list(rows.values()), list(outcomes.values()))
    if model is None:
        raise InvalidInput(
            "outcomes have no finite logistic fit: a criterion (or mix of them) separates won from lost, never changes, or "
            "repeats others; leave criteria out or add leads",
            field="outcomes",
        )
    found = [round_to(decimal_of(f"{value:.12f}"), 6) for value in model.coefficients]
    made = _scored(dict(zip(criteria, found[1:], strict=True)), fresh, "logistic", found[0], threshold)
    errors = [round_to(decimal_of(f"{value:.12f}"), 6) for value in model.errors]
    warnings = list(made.warnings)
    if min(won, len(outcomes) - won) < FEW_EVENTS * len(criteria):
        warnings.append(
            f"{won} won and {len(outcomes) - won} lost leads for {len(criteria)} criteria: fewer than ten of each a criterion, so "
            "the coefficients are unstable."
        )
    return LeadScores(
        leads=made.leads,
        coefficients={
            name: Coefficient(value=value, standard_error=error)
            for name, value, error in zip(["intercept", *criteria], found, errors, strict=True)
        },
        auc=_auc(rows, outcomes, model.coefficients),
        method="Logistic regression fitted by maximum likelihood to the outcomes; leads without outcome are scored.",
        assumptions=["New leads come the same way as those with outcomes."],
        warnings=[*warnings, "The auc is of the leads that the fit has seen; on new leads it is lower."],
    )


def _auc(rows: dict[str, list[float]], outcomes: dict[str, bool], beta: list[float]) -> Decimal:
    """The chance that a won lead scores above a lost one; equal scores count half."""
    scores = {name: round(sum(b * x for b, x in zip(beta[1:], row, strict=True)), 9) for name, row in rows.items()}
    won = [scores[name] for name, hit in outcomes.items() if hit]
    lost = [scores[name] for name, hit in outcomes.items() if not hit]
    above = sum((w > v) * 2 + (w == v) for w in won for v in lost)
    return round_to(Decimal(above) / (2 * len(won) * len(lost)), 6)
