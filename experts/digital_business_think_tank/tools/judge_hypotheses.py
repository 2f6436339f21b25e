"""Holds answers to yes-or-no questions against the share that a business needs: supported, refuted, or still open.

The 95 % Wilson score interval of yes / asked is compared with the share needed: wholly at or above it, supported; wholly
below, refuted; else open. Answers needed to settle an open question, should the share stay as it is:
n = z^2 p0 (1 - p0) / (p - p0)^2, where the interval's end meets p0. Source: Wilson, Journal of the American Statistical
Association 22 (1927); falsifiable hypotheses with a threshold set before: Ries, The Lean Startup (2011).

Limits: people asked must be like those to be sold to; what people say is weaker than what they pay.
"""

import math
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Rate, Share, round_to
from experts.digital_business_think_tank.tools._figures import dec
from experts.digital_business_think_tank.tools._intervals import Z95, wilson

LISTED = False
Verdict = Literal["supported", "refuted", "open"]


class Hypothesis(Model):
    """How many were asked, how many said or did it, and the share needed."""

    asked: Count
    yes: Count
    needed: Share


class Judged(Model):
    """Share with its interval; `answers_needed` in all, if the question is open and can be settled."""

    share: Rate
    low: Rate
    high: Rate
    verdict: Verdict
    answers_needed: Count | None = None


class Judgements(Model):
    """Each hypothesis, and how many there are of each verdict."""

    hypotheses: dict[Key, Judged]
    supported: Count
    refuted: Count
    open: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def judge_hypotheses(
    hypotheses: Annotated[dict[Key, Hypothesis], Field(min_length=1, max_length=60)],
) -> Judgements:
    """Judge hypotheses by the answers so far: supported, refuted or open, and how many answers would settle it.

    Use when an idea was tested on people.
    """
    made = {}
    for key, item in hypotheses.items():
        if not item.asked:
            raise InvalidInput(f"{key!r}: nobody was asked; leave it out until somebody is", field=f"{key}.asked")
        if item.yes > item.asked:
            raise InvalidInput(f"{key!r}: {item.yes} of {item.asked} cannot be; check both", field=f"{key}.yes")
        low, high = wilson(item.yes, item.asked)
        verdict: Verdict = "supported" if low >= item.needed else "refuted" if high < item.needed else "open"
        needed, share = float(item.needed), item.yes / item.asked
        more = None
        if verdict == "open" and abs(share - needed) > 1e-6:
            more = math.ceil(Z95**2 * needed * (1 - needed) / (share - needed) ** 2)
        made[key] = Judged(
            share=round_to(dec(share, 8), 6),
            low=low,
            high=high,
            verdict=verdict,
            answers_needed=more if more is not None and more <= 10**6 else None,
        )
    few = [key for key, item in hypotheses.items() if item.asked < 10]
    counts = {name: sum(each.verdict == name for each in made.values()) for name in ("supported", "refuted", "open")}
    return Judgements(
        hypotheses=made,
        **counts,
        method="95 % Wilson score interval of yes / asked against the share needed.",
        assumptions=["Those asked are like those to be sold to, and each was asked once."],
        warnings=[f"Fewer than ten were asked: {', '.join(few)}."] if few else [],
    )
