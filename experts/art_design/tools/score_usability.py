"""Scores of a usability test: SUS, SEQ and task completion.

SUS (Brooke 1996): odd items score answer - 1, even items 5 - answer; the sum of ten x 2.5 gives 0 to 100 a person.
SEQ (Sauro & Dumas 2009): the mean of answers from 1, very difficult, to 7, very easy. Both means have a t interval
from two people on. Task completion: Wilson's score interval without continuity correction (Newcombe 1998, method 3).

Limits: a SUS score is no percentage and is not graded here, because no benchmark fits every product. Intervals
take the participants as a random sample of the users; they are wide for few people, and that is right.
"""

import math
from decimal import Decimal, localcontext
from statistics import NormalDist
from typing import Annotated

from pydantic import Field

from experts.art_design.tools._color import EXACT
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Rate, Ratio, Share, plain, round_to

MOST_PEOPLE = 2_000


class MeanScore(Model):
    """A mean with its t interval, cut at the ends of the scale; no interval for one person."""

    people: Count
    mean: Ratio
    low: Ratio | None = None
    high: Ratio | None = None


class Completion(Model):
    """Share of attempts that succeeded, with Wilson's interval."""

    attempts: Count
    completed: Count
    rate: Rate
    low: Rate
    high: Rate


class UsabilityScores(Model):
    """`sus_scores` are each person's, in the order given."""

    sus: MeanScore | None = None
    sus_scores: list[Ratio] = []
    seq: dict[Key, MeanScore] = {}
    tasks: dict[Key, Completion] = {}
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


class Attempts(Model):
    """How many tried a task and how many completed it."""

    attempts: Count
    completed: Count


def score_usability(
    sus: Annotated[list[list[Count]] | None, Field(description="a list of 10 answers (1-5) per person")] = None,
    seq: Annotated[dict[Key, list[Count]] | None, Field(description="answers (1-7) by task")] = None,
    tasks: Annotated[dict[Key, Attempts] | None, Field(description="completion by task")] = None,
    confidence: Share = Decimal("0.95"),
) -> UsabilityScores:
    """Score a usability test: System Usability Scale, Single Ease Question and task completion, with intervals.

    Use when answers or task results of a usability test are in.
    It does not grade the scores against a benchmark or explain why a task failed.
    """
    sus, seq, tasks = sus or [], seq or {}, tasks or {}
    if not (sus or seq or tasks):
        raise InvalidInput("there is nothing to score; give sus, seq or tasks", field="sus")
    if not Decimal("0.5") <= confidence <= Decimal("0.999"):
        raise InvalidInput(
            f"confidence {plain(confidence)!r} is not between 0.5 and 0.999; 0.95 is usual", field="confidence"
        )
    for name, size in (("sus", len(sus)), ("seq", len(seq)), ("tasks", len(tasks))):
        if size > MOST_PEOPLE:
            raise InvalidInput(f"{name} has {size} entries; at most {MOST_PEOPLE} are scored at once", field=name)
    scores = [_sus(answers, f"sus.{index}") for index, answers in enumerate(sus)]
    ease = {}
    for key, answers in seq.items():
        if not 1 <= len(answers) <= MOST_PEOPLE:
            raise InvalidInput(f"seq.{key} has {len(answers)} answers; give 1 to {MOST_PEOPLE}", field=f"seq.{key}")
        _in_range(answers, 7, f"seq.{key}")
        ease[key] = _mean([Decimal(answer) for answer in answers], confidence, 1, 7)
    done = {key: _wilson(task, confidence, f"tasks.{key}") for key, task in tasks.items()}
    sizes = (len(scores), *(m.people for m in ease.values()), *(t.attempts for t in done.values()))
    return UsabilityScores(
        sus=_mean(scores, confidence, 0, 100) if scores else None,
        sus_scores=scores,
        seq=ease,
        tasks=done,
        method="SUS after Brooke 1996; SEQ mean; t intervals of means; Wilson score intervals of completion",
        assumptions=["participants are a random sample of the users"],
        warnings=["fewer than 10 people in places: the intervals are wide, so compare with care"]
        if any(0 < size < 10 for size in sizes)
        else [],
    )


def _in_range(answers: list[int], most: int, field: str) -> None:
    for answer in answers:
        if not 1 <= answer <= most:
            raise InvalidInput(f"{field} has the answer {answer!r}; answers run from 1 to {most}", field=field)


def _sus(answers: list[int], field: str) -> Decimal:
    if len(answers) != 10:
        raise InvalidInput(f"{field} has {len(answers)} answers; SUS needs all 10, in the order asked", field=field)
    _in_range(answers, 5, field)
    points = sum(answer - 1 if index % 2 == 0 else 5 - answer for index, answer in enumerate(answers))
    return points * Decimal("2.5")


def _mean(values: list[Decimal], confidence: Decimal, least: int, most: int) -> MeanScore:
    size = len(values)
    with localcontext(EXACT):
        mean = sum(values, Decimal(0)) / size
        if size == 1:
            return MeanScore(people=1, mean=round_to(mean, 2))
        error = (sum(((value - mean) ** 2 for value in values), Decimal(0)) / (size - 1) / size).sqrt()
        from scipy.stats import t  # slow to load

        half = error * Decimal(f"{float(t.ppf(0.5 + float(confidence) / 2, size - 1)):.9f}")
        low, high = max(Decimal(least), mean - half), min(Decimal(most), mean + half)
        return MeanScore(people=size, mean=round_to(mean, 2), low=round_to(low, 2), high=round_to(high, 2))


def _wilson(task: Attempts, confidence: Decimal, field: str) -> Completion:
    n, done = task.attempts, task.completed
    if not 1 <= n <= 10**7:
        raise InvalidInput(f"{field}.attempts {n!r} is not between 1 and 10000000; correct it", field=field)
    if done > n:
        raise InvalidInput(f"{field}.completed {done!r} is above attempts {n!r}; correct one of them", field=field)
    z = NormalDist().inv_cdf(0.5 + float(confidence) / 2)
    rate = done / n
    middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low = Decimal(0) if done == 0 else round_to(Decimal(f"{middle - half:.9f}"), 6)
    high = Decimal(1) if done == n else round_to(Decimal(f"{middle + half:.9f}"), 6)
    return Completion(attempts=n, completed=done, rate=round_to(Decimal(done) / n, 6), low=low, high=high)
