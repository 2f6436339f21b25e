"""Features by Kano's questionnaire: must-be, one-dimensional, attractive, indifferent, reverse, questionable.

Each answer is a pair of digits, functional then dysfunctional: 1 I like it, 2 I expect it, 3 neutral, 4 I can
live with it, 5 I dislike it. Kano's evaluation table turns it into A, O, M, I, R or Q; a feature's category is
its most frequent (ties by M > O > A > I). Better = (A + O)/(A + O + M + I), worse = -(O + M)/(A + O + M + I).
Category strength is the lead of the first over the second; Fong's test says whether it is significant:
|a - b| against 1.65 sqrt((a + b)(2n - a - b)/(2n)). Sources: Kano et al., "Attractive Quality and Must-Be
Quality" (1984); Berger et al., Center for Quality of Management Journal 2(4), 1993; Fong (1996).

Limits: categories hold for those who were asked, and age (what delights becomes expected); segments differ.
"""

import math
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Rate, Share, round_to
from experts.digital_business_think_tank.tools._figures import Whole, questions

# Rows: functional answer 1-5; columns: dysfunctional answer 1-5 (Berger et al. 1993, after Kano 1984).
EVALUATION = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
NAMES = {
    "M": "must-be",
    "O": "one-dimensional",
    "A": "attractive",
    "I": "indifferent",
    "R": "reverse",
    "Q": "questionable",
}
FEW = 20


class Feature(Model):
    """One feature; counts by category letter."""

    feature: str
    category: str
    counts: dict[str, int]
    answers: int
    better: Share | None = None
    worse: Annotated[Rate | None, Field(description="-1 to 0.")] = None
    strength: Annotated[Share, Field(description="Lead of the first category over the second.")]
    significant: Annotated[bool, Field(description="Fong 1996, 90 %.")]


class KanoResult(Model):
    """Features: must-be first, then one-dimensional, attractive, indifferent."""

    features: list[Feature]
    questions: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def classify_kano_features(
    answers: Annotated[
        dict[Key, dict[Annotated[str, Field(max_length=2)], Whole]],
        Field(
            min_length=1,
            max_length=60,
            description="Feature, pair: count. '15' = functional 1, dysfunctional 5 (1 like, 2 expect, 3 neutral, 4 live with, 5 dislike).",
        ),
    ],
) -> KanoResult:
    """Classify features by Kano: must-be, one-dimensional, attractive, indifferent; better and worse coefficients.

    Use when Kano answers are in.
    """
    rows = [_feature(key, pairs) for key, pairs in answers.items()]
    order = list(NAMES.values())
    rows.sort(
        key=lambda row: (
            order.index(row.category),
            row.worse if row.worse is not None else Decimal(0),
            -(row.better or Decimal(0)),
        )
    )
    warnings = []
    few = [row.feature for row in rows if row.answers < FEW]
    if few:
        warnings.append(f"Fewer than {FEW} answers: {', '.join(few)}.")
    doubtful = [row.feature for row in rows if row.counts["Q"] > row.answers * 0.1]
    if doubtful:
        warnings.append(
            f"More than a tenth of the answers contradict themselves (Q); reword the question: {', '.join(doubtful)}."
        )
    split = [row.feature for row in rows if not row.significant]
    if split:
        warnings.append(f"The first two categories are not significantly apart: {', '.join(split)}; look for segments.")
    return KanoResult(
        features=rows,
        questions=questions("design_thinking", "Define"),
        method="Kano's evaluation table (1984; Berger et al. 1993); category = most frequent, ties M > O > A > I; better = (A+O)/(A+O+M+I), "
        "worse = -(O+M)/(A+O+M+I); Fong (1996) for significance.",
        assumptions=["Those asked are like the customers meant."],
        warnings=warnings,
    )


def _feature(key: str, pairs: dict[str, int]) -> Feature:
    counts = dict.fromkeys(NAMES, 0)
    for pair, count in pairs.items():
        if len(pair) != 2 or any(digit not in "12345" for digit in pair):
            raise InvalidInput(
                f"{key!r}: {pair!r} is no pair of answers; write two digits from 1 to 5, functional then dysfunctional, e.g. '15'",
                field=f"answers.{key}",
            )
        counts[EVALUATION[int(pair[0]) - 1][int(pair[1]) - 1]] += count
    total = sum(counts.values())
    if not total:
        raise InvalidInput(f"{key!r} has no answers; leave it out", field=f"answers.{key}")
    order = list(NAMES)
    ranked = sorted(counts, key=lambda letter: (-counts[letter], order.index(letter)))
    first, second = counts[ranked[0]], counts[ranked[1]]
    base = sum(counts[letter] for letter in "AOMI")
    limit = 1.65 * math.sqrt((first + second) * (2 * total - first - second) / (2 * total))
    return Feature(
        feature=key,
        category=NAMES[ranked[0]],
        counts=counts,
        answers=total,
        better=round_to(Decimal(counts["A"] + counts["O"]) / base, 6) if base else None,
        worse=round_to(-Decimal(counts["O"] + counts["M"]) / base, 6) if base else None,
        strength=round_to(Decimal(first - second) / total, 6),
        significant=first - second > limit,
    )
