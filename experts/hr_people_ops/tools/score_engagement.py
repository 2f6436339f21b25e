"""An engagement survey: favourability, eNPS, reliability, margins, by group with small groups hidden.

Favourable = answers in the top two points of the scale. eNPS = share of 9 and 10 less share of 0 to 6 on the 0-10
question, times 100. Cronbach's alpha over complete answers, sample variances. Margin of the overall favourability and
of eNPS: 95 percent, simple random sample of the invited, with the finite population correction; a group's difference
from the rest: pooled two-proportion z over its answers, taken as independent.

Limits: groups below `minimum_group` answers are suppressed, and as many of the next smallest as are needed so
that none can be worked out. Non-response is not random; margins say nothing of it. No benchmarks.
"""

from decimal import Decimal
from math import erfc, sqrt
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Ratio, Share, round_to
from experts.hr_people_ops.tools._groups import hidden_groups, mean, variance

_Z = Decimal("1.959964")


class Answer(Model):
    """One questionnaire without a name; 0 is no answer."""

    group: Key
    scores: Annotated[list[Annotated[int, Field(ge=0, le=10)]], Field(min_length=1, max_length=60)]
    recommend: Annotated[int | None, Field(ge=0, le=10)] = None


class QuestionScore(Model):
    """One question over all."""

    question: str
    favourable: Share
    mean: Ratio
    answers: int


class GroupScore(Model):
    """One group; suppressed if `answers` is empty."""

    answers: int | None = None
    favourable: list[Share | None] = []
    overall: Share | None = None
    enps: Ratio | None = None
    p_against_rest: Share | None = None


class Engagement(Model):
    """Shares of answers."""

    response_rate: Share
    favourable: Share
    margin: Share
    enps: Ratio | None = None
    enps_margin: Ratio | None = None
    alpha: Ratio | None = None
    questions: list[QuestionScore]
    groups: dict[str, GroupScore]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def score_engagement(
    questions: Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(min_length=1, max_length=60)],
    answers: Annotated[list[Answer], Field(min_length=1, max_length=5000, description="scores in question order")],
    invited: Annotated[int, Field(ge=1, le=10_000_000)],
    scale: Annotated[int, Field(ge=3, le=10, description="scores run 1 to this")] = 5,
    minimum_group: Annotated[int, Field(ge=5, le=100)] = 5,
) -> Engagement:
    """Survey favourability, eNPS, Cronbach's alpha, margins, by group.

    Use when survey answers are read; groups under the minimum stay hidden.
    """
    if len(answers) > invited:
        raise InvalidInput(f"{len(answers)} answers from {invited} invited; check invited", field="invited")
    if len(answers) < minimum_group:
        raise InvalidInput(
            f"{len(answers)} answers are fewer than the minimum group of {minimum_group}; nothing can be shown",
            field="answers",
        )
    for at, answer in enumerate(answers):
        if len(answer.scores) != len(questions) or max(answer.scores) > scale:
            raise InvalidInput(
                f"answer {at} has {len(answer.scores)} scores up to {max(answer.scores)}; {len(questions)} questions on "
                f"1 to {scale} are asked (0 for none)",
                field=f"answers.{at}.scores",
            )
    rows = []
    for at, question in enumerate(questions):
        given = [Decimal(answer.scores[at]) for answer in answers if answer.scores[at]]
        if len(given) < minimum_group:
            raise InvalidInput(f"question {question[:60]!r} has fewer than {minimum_group} answers", field="questions")
        rows.append(
            QuestionScore(
                question=question,
                favourable=round_to(Decimal(sum(x >= scale - 1 for x in given)) / len(given), 4),
                mean=round_to(mean(given), 2),
                answers=len(given),
            )
        )
    good, total = _favourable(answers, scale)
    share = Decimal(good) / total
    factor = Decimal(invited - len(answers)) / (invited - 1) if invited > 1 else Decimal(0)
    enps, enps_margin = _enps(answers, factor, minimum_group)
    sizes: dict[str, int] = {}
    for answer in answers:
        sizes[answer.group] = sizes.get(answer.group, 0) + 1
    if len(sizes) > 60:
        raise InvalidInput(f"{len(sizes)} groups are too many to compare; give at most 60", field="answers")
    hidden = hidden_groups(sizes, minimum_group)
    warnings = []
    if hidden:
        warnings.append(
            f"Suppressed as smaller than {minimum_group}, or to protect one that is: {', '.join(sorted(hidden))}."
        )
    rate = Decimal(len(answers)) / invited
    if rate < Decimal("0.5"):
        warnings.append("Fewer than half of those invited answered; those who did may differ from the rest.")
    return Engagement(
        response_rate=round_to(rate, 4),
        favourable=round_to(share, 4),
        margin=round_to(_Z * (share * (1 - share) / len(answers) * factor).sqrt(), 4),
        enps=enps,
        enps_margin=enps_margin,
        alpha=_alpha(answers),
        questions=rows,
        groups={
            key: GroupScore() if key in hidden else _group(key, answers, scale, minimum_group) for key in sorted(sizes)
        },
        method="Favourable = top two points; eNPS = % of 9-10 less % of 0-6; Cronbach's alpha on complete answers; 95% "
        "margins with finite population correction; groups against the rest by pooled z.",
        assumptions=["Those who answered stand for those invited.", "Margins count one unit per person."],
        warnings=warnings,
    )


def _favourable(answers: list[Answer], scale: int) -> tuple[int, int]:
    given = [score for answer in answers for score in answer.scores if score]
    return sum(score >= scale - 1 for score in given), len(given)


def _enps(answers: list[Answer], factor: Decimal, minimum: int) -> tuple[Decimal | None, Decimal | None]:
    given = [answer.recommend for answer in answers if answer.recommend is not None]
    if len(given) < minimum:
        return None, None
    up = Decimal(sum(score >= 9 for score in given)) / len(given)
    down = Decimal(sum(score <= 6 for score in given)) / len(given)
    spread = (up + down - (up - down) ** 2) / len(given) * factor
    return round_to((up - down) * 100, 1), round_to(_Z * spread.sqrt() * 100, 1)


def _alpha(answers: list[Answer]) -> Decimal | None:
    whole = [[Decimal(score) for score in answer.scores] for answer in answers if all(answer.scores)]
    if len(whole) < 10 or len(whole[0]) < 2:
        return None
    items = len(whole[0])
    total = variance([sum(row, Decimal(0)) for row in whole])
    parts = sum((variance(list(column)) for column in zip(*whole, strict=True)), Decimal(0))
    return round_to(Decimal(items) / (items - 1) * (1 - parts / total), 4) if total else None


def _group(key: str, answers: list[Answer], scale: int, minimum: int) -> GroupScore:
    here = [answer for answer in answers if answer.group == key]
    rest = [answer for answer in answers if answer.group != key]
    shares: list[Decimal | None] = []
    for at in range(len(here[0].scores)):
        given = [answer.scores[at] for answer in here if answer.scores[at]]
        enough = len(given) >= minimum
        shares.append(round_to(Decimal(sum(score >= scale - 1 for score in given)) / len(given), 4) if enough else None)
    good, total = _favourable(here, scale)
    p_value = None
    other_good, other_total = _favourable(rest, scale)
    if total and other_total:
        pooled = (good + other_good) / (total + other_total)
        spread = sqrt(pooled * (1 - pooled) * (1 / total + 1 / other_total))
        if spread:
            z = abs(good / total - other_good / other_total) / spread
            p_value = round_to(Decimal(repr(erfc(z / sqrt(2)))), 4)
    return GroupScore(
        answers=len(here),
        favourable=shares,
        overall=round_to(Decimal(good) / total, 4) if total else None,
        enps=_enps(here, Decimal(1), minimum)[0],
        p_against_rest=p_value,
    )
