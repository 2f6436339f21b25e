"""A structured interview scorecard, and how far the interviewers agree.

Each interviewer rates each candidate on each criterion on one scale. Shown per candidate, in the order given: the
range of the interviewers' weighted means and the criteria on which they differ by two points or more, to be discussed.
Agreement: Cohen's kappa and quadratically weighted kappa for each pair of interviewers over all shared ratings (Cohen
1960, 1968); ICC(2,1) and ICC(2,k) of the weighted means, two-way random effects, absolute agreement (Shrout & Fleiss
1979). Weighted kappa by squared distance on the whole scale.

Limits: the tool neither orders nor selects candidates; a named panel decides on the evidence. Kappa over few ratings is
unstable; raters who all give one value leave it undefined.
"""

from decimal import Decimal
from itertools import combinations
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Ratio, Share, plain, round_to
from experts.hr_people_ops.tools._groups import mean

_Scores = dict[str, dict[str, dict[str, int]]]


class Candidate(Model):
    """Evidence on one candidate, not a rank."""

    lowest: Ratio
    highest: Ratio
    criterion_means: dict[str, Ratio]
    discuss: list[str]


class Pair(Model):
    """Agreement of two interviewers."""

    interviewers: list[str]
    ratings: int
    exact_agreement: Share
    kappa: Ratio | None = None
    weighted_kappa: Ratio | None = None


class InterviewScores(Model):
    """Candidates in the order given."""

    candidates: dict[str, Candidate]
    pairs: list[Pair]
    icc_single: Ratio | None = None
    icc_average: Ratio | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def score_interviews(
    ratings: Annotated[
        dict[Key, dict[Key, dict[Key, int]]],
        Field(min_length=1, max_length=60, description="candidate: interviewer: criterion: score"),
    ],
    weights: Annotated[dict[Key, Annotated[Share, Field(gt=0)]], Field(min_length=1, max_length=20)],
    scale: Annotated[int, Field(ge=2, le=10, description="scores run 1 to this")] = 5,
) -> InterviewScores:
    """Structured scorecard with kappa and ICC; evidence, never a ranking.

    Use when a panel compares notes.
    """
    if sum(weights.values()) != 1:
        raise InvalidInput(f"weights add up to {plain(sum(weights.values(), Decimal(0)))}, not to 1", field="weights")
    interviewers = list(next(iter(ratings.values())))
    if not interviewers or len(interviewers) > 12:
        raise InvalidInput(f"{len(interviewers)} interviewers; give 1 to 12", field="ratings")
    _check(ratings, interviewers, weights, scale)
    means = {
        candidate: [
            sum((weights[key] * score for key, score in sheet[person].items()), Decimal(0)) for person in interviewers
        ]
        for candidate, sheet in ratings.items()
    }
    rows = {candidate: _candidate(sheet, means[candidate], weights) for candidate, sheet in ratings.items()}
    single, average = _icc(list(means.values()))
    warnings = []
    if len(interviewers) < 2:
        warnings.append("One interviewer: agreement cannot be measured.")
    elif len(ratings) < 10:
        warnings.append(f"{len(ratings)} candidates are few; kappa and ICC are rough.")
    return InterviewScores(
        candidates=rows,
        pairs=[_pair(ratings, pair, scale) for pair in combinations(interviewers, 2)],
        icc_single=single,
        icc_average=average,
        method="Weighted means by interviewer; Cohen's kappa (1960), quadratically weighted kappa (1968) by pair; ICC(2,1) "
        "and ICC(2,k), absolute agreement (Shrout & Fleiss 1979).",
        assumptions=[
            "Candidates stand in the order given; nothing here ranks, selects or rejects. A named panel decides.",
            "Every interviewer rated alone before any discussion.",
        ],
        warnings=warnings,
    )


def _check(ratings: _Scores, interviewers: list[str], weights: dict[str, Decimal], scale: int) -> None:
    for candidate, sheet in ratings.items():
        if set(sheet) != set(interviewers):
            odd = sorted(set(sheet) ^ set(interviewers))
            raise InvalidInput(
                f"ratings of {candidate!r} by {odd[0]!r} are missing or extra; every interviewer rates every candidate",
                field=f"ratings.{candidate}",
            )
        for person, scores in sheet.items():
            if set(scores) != set(weights):
                odd = sorted(set(scores) ^ set(weights))
                raise InvalidInput(
                    f"{person!r} on {candidate!r}: criterion {odd[0]!r} has a rating or a weight, but not both",
                    field=f"ratings.{candidate}.{person}",
                )
            for key, score in scores.items():
                if not 1 <= score <= scale:
                    raise InvalidInput(
                        f"score {score} of {candidate!r} on {key!r} is outside 1 to {scale}",
                        field=f"ratings.{candidate}.{person}.{key}",
                    )


def _candidate(sheet: dict[str, dict[str, int]], means: list[Decimal], weights: dict[str, Decimal]) -> Candidate:
    by_criterion = {key: [scores[key] for scores in sheet.values()] for key in weights}
    return Candidate(
        lowest=round_to(min(means), 2),
        highest=round_to(max(means), 2),
        criterion_means={key: round_to(mean([Decimal(x) for x in found]), 2) for key, found in by_criterion.items()},
        discuss=[key for key, found in by_criterion.items() if max(found) - min(found) >= 2],
    )


def _pair(ratings: _Scores, pair: tuple[str, str], scale: int) -> Pair:
    both = [(sheet[pair[0]][key], sheet[pair[1]][key]) for sheet in ratings.values() for key in sheet[pair[0]]]
    size = len(both)
    first = [sum(a == value for a, _ in both) for value in range(1, scale + 1)]
    second = [sum(b == value for _, b in both) for value in range(1, scale + 1)]
    same = Decimal(sum(a == b for a, b in both)) / size
    chance = Decimal(sum(x * y for x, y in zip(first, second, strict=True))) / size**2
    apart = Decimal(sum((a - b) ** 2 for a, b in both)) / size
    apart_by_chance = Decimal(sum((i - j) ** 2 * x * y for i, x in enumerate(first) for j, y in enumerate(second)))
    return Pair(
        interviewers=list(pair),
        ratings=size,
        exact_agreement=round_to(same, 4),
        kappa=round_to((same - chance) / (1 - chance), 4) if chance != 1 else None,
        weighted_kappa=round_to(1 - apart * size**2 / apart_by_chance, 4) if apart_by_chance else None,
    )


def _icc(table: list[list[Decimal]]) -> tuple[Decimal | None, Decimal | None]:
    """ICC(2,1) and ICC(2,k) of candidates (rows) by interviewers (columns); none where nothing varies."""
    n, k = len(table), len(table[0])
    if n < 2 or k < 2:
        return None, None
    centre = mean([value for row in table for value in row])
    rows = k * sum(((mean(row) - centre) ** 2 for row in table), Decimal(0))
    columns = n * sum(((mean(list(column)) - centre) ** 2 for column in zip(*table, strict=True)), Decimal(0))
    total = sum(((value - centre) ** 2 for row in table for value in row), Decimal(0))
    between, judges = rows / (n - 1), columns / (k - 1)
    error = (total - rows - columns) / ((n - 1) * (k - 1))
    single = between + (k - 1) * error + k * (judges - error) / n
    average = between + (judges - error) / n
    if not single or not average:
        return None, None
    return round_to((between - error) / single, 4), round_to((between - error) / average, 4)
