"""Options scored by weighted criteria, or by the analytic hierarchy process, with what would flip the rank.

Weighted sum: total = sum of weight x score, weights normalised to 1; scores must share one scale on
which higher is better. AHP: weights (and, where given, scores) are the principal eigenvector of a
reciprocal comparison matrix; consistency ratio CR = ((lambda_max - n)/(n - 1))/RI with Saaty's random
index; above 0.10 the comparisons contradict each other and should be revised. Where criteria have
comparison matrices and others scores, each criterion's scores are scaled to sum to 1. Sensitivity: the
weight of a criterion, the others keeping their proportions, at which the leader loses its place.
Source: Saaty, The Analytic Hierarchy Process (1980); EJOR 48 (1990) 9-26.

Limits: adding weighted scores lets strength in one criterion buy weakness in another; a must-have
belongs before the scoring, not in it. AHP can reverse ranks when an option is added.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import NonNegativeVolume, Ratio, Share, plain
from experts.digital_business_think_tank.tools._figures import Line, dec, questions
from experts.digital_business_think_tank.tools._pairwise import LARGEST_ORDER, priorities, read_matrix

Matrix = Annotated[list[list[Annotated[str, Field(max_length=20)]]], Field(max_length=LARGEST_ORDER)]


class Ranked(Model):
    """One option; `by_criterion` is weight x score."""

    rank: int
    option: str
    total: Ratio
    by_criterion: list[Ratio]


class Weighting(Model):
    """One criterion: its weight, the nearest weight at which another option leads, and the lead it swings."""

    criterion: str
    weight: Share
    flips_at: Annotated[Share | None, Field(description="Absent: no weight of it changes the leader.")] = None
    flips_to: str = ""
    lead_at_half: Annotated[Ratio, Field(description="Leader minus runner-up if the weight were half.")]
    lead_at_double: Annotated[Ratio, Field(description="If it were double, at most 1.")]


class Consistency(Model):
    """How much one comparison matrix contradicts itself."""

    matrix: str
    lambda_max: Ratio
    consistency_ratio: Ratio
    acceptable: bool


class Scoring(Model):
    """Options from best to worst."""

    ranking: list[Ranked]
    lead: Annotated[Ratio, Field(description="Total of the first minus the second.")]
    criteria: list[Weighting]
    consistency: list[Consistency] = []
    questions: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def score_weighted_options(
    options: Annotated[list[Line], Field(min_length=2, max_length=30)],
    criteria: Annotated[list[Line], Field(min_length=1, max_length=LARGEST_ORDER)],
    scores: Annotated[
        list[list[Ratio]] | None,
        Field(
            max_length=30,
            description="A row per option, a value per criterion; higher is better.",
        ),
    ] = None,
    weights: Annotated[
        list[NonNegativeVolume] | None,
        Field(max_length=LARGEST_ORDER, description="Per criterion."),
    ] = None,
    pairwise: Annotated[
        dict[str, Matrix] | None,
        Field(
            max_length=17,
            description="AHP matrices, '1/3' or '5': 'criteria' and any criterion (compares options).",
        ),
    ] = None,
) -> Scoring:
    """Rank options by weighted scores or AHP, with consistency ratio and what would change the leader.

    Use when several criteria decide.
    """
    scores = scores or []
    weights = weights or []
    pairwise = pairwise or {}
    for names, field in ((options, "options"), (criteria, "criteria")):
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise InvalidInput(f"{twice!r} stands twice in {field}; give each once", field=field)
    for name in pairwise:
        if name != "criteria" and name not in criteria:
            raise InvalidInput(f"pairwise {name!r} is neither 'criteria' nor one of them", field="pairwise")
    checks: list[Consistency] = []
    shares = _weights(criteria, weights, pairwise, checks)
    columns = _columns(options, criteria, scores, pairwise, checks)
    totals = _totals(shares, columns)
    order = sorted(range(len(options)), key=lambda at: (-totals[at], at))
    bad = [check for check in checks if not check.acceptable]
    warnings = [
        f"Matrix {check.matrix!r}: consistency ratio {plain(check.consistency_ratio)} is above 0.10; its comparisons "
        "contradict each other, so revise them before using the result."
        for check in bad
    ]
    if totals[order[0]] - totals[order[1]] < 1e-9:
        warnings.append(f"{options[order[0]]!r} and {options[order[1]]!r} are level; the scores do not decide.")
    return Scoring(
        ranking=[
            Ranked(
                rank=place,
                option=options[at],
                total=dec(totals[at]),
                by_criterion=[dec(share * column[at]) for share, column in zip(shares, columns, strict=True)],
            )
            for place, at in enumerate(order, 1)
        ],
        lead=dec(totals[order[0]] - totals[order[1]]),
        criteria=[_sensitivity(k, criteria, options, shares, columns, order) for k in range(len(criteria))],
        consistency=checks,
        questions=questions("first_principles_thinking"),
        method=(
            "Analytic hierarchy process (Saaty 1980): principal eigenvectors, CR = CI/RI, acceptable up to 0.10."
            if pairwise
            else "Weighted sum: weights normalised to 1, total = sum of weight x score."
        )
        + " Sensitivity changes one weight and keeps the proportions of the others.",
        assumptions=["All scores use one scale on which higher is better."] if scores else [],
        warnings=warnings,
    )


def _weights(
    criteria: list[str], weights: list[Decimal], pairwise: dict[str, list[list[str]]], checks: list[Consistency]
) -> list[float]:
    if "criteria" in pairwise:
        if weights:
            raise InvalidInput(
                "weights and pairwise 'criteria' both weigh the criteria; leave out one", field="weights"
            )
        return _eigen("criteria", pairwise["criteria"], len(criteria), checks)
    if len(weights) != len(criteria):
        raise InvalidInput(f"{len(weights)} weights for {len(criteria)} criteria; give one for each", field="weights")
    total = sum(weights, Decimal(0))
    if not total:
        raise InvalidInput("all weights are zero; give at least one criterion a weight", field="weights")
    return [float(weight / total) for weight in weights]


def _columns(
    options: list[str],
    criteria: list[str],
    scores: list[list[Decimal]],
    pairwise: dict[str, list[list[str]]],
    checks: list[Consistency],
) -> list[list[float]]:
    compared = [name for name in criteria if name in pairwise]
    if len(compared) < len(criteria):
        if len(scores) != len(options):
            raise InvalidInput(
                f"{len(scores)} rows of scores for {len(options)} options; give one for each", field="scores"
            )
        for at, row in enumerate(scores):
            if len(row) != len(criteria):
                raise InvalidInput(
                    f"{options[at]!r} has {len(row)} scores for {len(criteria)} criteria", field=f"scores.{at}"
                )
    made = []
    for k, name in enumerate(criteria):
        if name in pairwise:
            made.append(_eigen(name, pairwise[name], len(options), checks))
            continue
        column = [float(row[k]) for row in scores]
        if compared or "criteria" in pairwise:
            if min(column) < 0 or not sum(column):
                raise InvalidInput(
                    f"scores of {name!r} must be positive beside comparisons; shift or compare them", field="scores"
                )
            column = [value / sum(column) for value in column]
        made.append(column)
    return made


def _eigen(name: str, rows: list[list[str]], order: int, checks: list[Consistency]) -> list[float]:
    found, largest, ratio = priorities(read_matrix(rows, order, f"pairwise.{name}"))
    checks.append(
        Consistency(matrix=name, lambda_max=dec(largest, 4), consistency_ratio=dec(ratio, 4), acceptable=ratio <= 0.1)
    )
    return found


def _totals(shares: list[float], columns: list[list[float]]) -> list[float]:
    return [sum(s * c[at] for s, c in zip(shares, columns, strict=True)) for at in range(len(columns[0]))]


def _moved(shares: list[float], k: int, weight: float) -> list[float]:
    """The weights when one is `weight` and the others keep their proportions."""
    rest = 1 - shares[k]
    if rest <= 1e-12:
        others = len(shares) - 1
        return [weight if i == k else (1 - weight) / others for i in range(len(shares))] if others else [1.0]
    return [weight if i == k else s * (1 - weight) / rest for i, s in enumerate(shares)]


def _sensitivity(
    k: int, criteria: list[str], options: list[str], shares: list[float], columns: list[list[float]], order: list[int]
) -> Weighting:
    leader = order[0]
    at_none, at_all = _totals(_moved(shares, k, 0.0), columns), _totals(_moved(shares, k, 1.0), columns)
    nearest: tuple[float, float, int] | None = None
    for other in order[1:]:
        low, high = at_none[leader] - at_none[other], at_all[leader] - at_all[other]
        if (low < 0) != (high < 0) and low != high:
            crossing = low / (low - high)
            found = (abs(crossing - shares[k]), crossing, other)
            nearest = found if nearest is None or found < nearest else nearest

    def lead(weight: float) -> float:
        totals = _totals(_moved(shares, k, weight), columns)
        return totals[leader] - max(value for at, value in enumerate(totals) if at != leader)

    return Weighting(
        criterion=criteria[k],
        weight=dec(shares[k]),
        flips_at=None if nearest is None else dec(nearest[1], 4),
        flips_to="" if nearest is None else options[nearest[2]],
        lead_at_half=dec(lead(shares[k] / 2)),
        lead_at_double=dec(lead(min(1.0, shares[k] * 2))),
    )
