"""Weighted sales pipeline with a range.

Expected = sum of amount * probability of the deal's stage. Range: deals are taken to close independently, so the
variance is the sum of amount^2 p (1 - p); the ends are expected -/+ z * standard deviation (normal approximation),
kept within zero and the sum of all open amounts. Sums of Bernoulli variables: any textbook, e.g. Ross, A First Course
in Probability. Each stage's probability is the user's, best taken from deals that passed the stage and are decided.

Limits: deals that hang together (one budget, one season) vary more than this range. A few large deals make the normal
approximation rough; that is warned about, and the largest deal's share is given.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Money, NonNegativeMoney, Rate, Share, round_to
from experts.marketing_sales.tools._chance import quantile
from experts.marketing_sales.tools._curves import EXACT

FEW, LARGE = 10, Decimal("0.25")


class Deal(Model):
    stage: Key
    amount: NonNegativeMoney


class StageSum(Model):
    deals: Count
    amount: Money
    expected: Money


class PipelineForecast(Model):
    """`coverage` is all open amounts over the target; `gap` is target less expected."""

    stages: dict[Key, StageSum]
    open_amount: Money
    expected: Money
    low: Money
    high: Money
    deviation: Money
    largest_share: Rate | None = None
    coverage: Rate | None = None
    gap: Money | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def forecast_pipeline(
    stages: Annotated[dict[Key, Share], Field(description="probability to win by stage", min_length=1, max_length=20)],
    deals: Annotated[dict[Key, Deal], Field(min_length=1, max_length=2000)],
    currency: Annotated[str, Field(description="ISO 4217")],
    target: NonNegativeMoney | None = None,
    confidence: Annotated[Share, Field(description="of the range")] = Decimal("0.8"),
) -> PipelineForecast:
    """Forecast sales from open deals: amounts weighted by stage probability, with a range and gap to target.

    Use when deals and each stage's probability are known. It does not estimate the
    probabilities or the dates. Deals are taken to close independently.
    """
    z = quantile(confidence)
    for name, deal in deals.items():
        if deal.stage not in stages:
            raise InvalidInput(
                f"deals.{name}.stage {deal.stage!r} has no probability{did_you_mean(deal.stage, stages)}",
                field=f"deals.{name}.stage",
            )
    with localcontext(EXACT):
        sums = {}
        for stage, chance in stages.items():
            amounts = [deal.amount for deal in deals.values() if deal.stage == stage]
            amount = sum(amounts, Decimal(0))
            sums[stage] = (len(amounts), amount, amount * chance)
        total = sum((deal.amount for deal in deals.values()), Decimal(0))
        expected = sum((row[2] for row in sums.values()), Decimal(0))
        variance = sum((d.amount**2 * stages[d.stage] * (1 - stages[d.stage]) for d in deals.values()), Decimal(0))
        deviation = variance.sqrt()
        low, high = max(Decimal(0), expected - z * deviation), min(total, expected + z * deviation)
        largest = max(d.amount for d in deals.values()) / total if total else None
        coverage = round_to(total / target, 6) if target else None
    warnings = []
    if len(deals) < FEW or (largest is not None and largest > LARGE):
        warnings.append("Few or very unequal deals: the normal range is rough; look at the largest deals one by one.")
    return PipelineForecast(
        stages={
            stage: StageSum(deals=n, amount=round_money(a, currency), expected=round_money(e, currency))
            for stage, (n, a, e) in sums.items()
        },
        open_amount=round_money(total, currency),
        expected=round_money(expected, currency),
        low=round_money(low, currency),
        high=round_money(high, currency),
        deviation=round_money(deviation, currency),
        largest_share=None if largest is None else round_to(largest, 6),
        coverage=coverage,
        gap=None if target is None else round_money(target - expected, currency),
        method="Amount times stage probability; range: normal approximation of independent wins and losses.",
        assumptions=["Deals close independently of each other; stage probabilities are the user's."],
        warnings=warnings,
    )
