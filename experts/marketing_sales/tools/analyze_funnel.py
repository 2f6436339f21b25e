"""Conversion, loss and cost along a funnel.

Step conversion = count of a stage / count of the stage before; overall = count / count of the first stage; loss =
the difference of the counts. Interval: Wilson's score interval (Wilson 1927) at `confidence`. Cost per stage = spend
/ count, rounded half up to the currency's unit; at the last stage it is the acquisition cost where that stage is
"customer" (Farris et al., Marketing Metrics, 3rd ed. 2016).

Limits: counts of one cohort or of one period; if people need longer than the period, late stages look worse than they
are. The largest loss in heads is not by itself the best place to work: that takes a test.
"""

from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Money, NonNegativeMoney, Rate, Share, round_to
from experts.marketing_sales.tools._chance import quantile, wilson
from experts.marketing_sales.tools._curves import EXACT

SMALL = 30


class Stage(Model):
    name: Annotated[str, Field(min_length=1, max_length=60)]
    count: Count


class StageResult(Model):
    """A stage; conversion, its interval and loss are against the stage before and absent for the first."""

    name: str
    count: Count
    conversion: Rate | None = None
    conversion_low: Rate | None = None
    conversion_high: Rate | None = None
    lost: Count | None = None
    overall: Rate
    cost_each: Money | None = None


class FunnelResult(Model):
    stages: list[StageResult]
    overall: Rate
    weakest_step: str
    largest_loss: str
    revenue: Money | None = None
    return_on_spend: Rate | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def analyze_funnel(
    stages: Annotated[list[Stage], Field(description="first stage first", min_length=2, max_length=20)],
    currency: Annotated[str, Field(description="ISO 4217; needed with money")] = "",
    spend: NonNegativeMoney | None = None,
    order_value: Annotated[NonNegativeMoney | None, Field(description="sales for each at the last stage")] = None,
    confidence: Share = Decimal("0.95"),
) -> FunnelResult:
    """Analyze a funnel: conversion of each step with its interval, losses, cost at each stage, revenue.

    Use when counts of consecutive stages are known. It does not say why people leave,
    nor compare with benchmarks. A stage above the one before it is refused by name.
    """
    if (spend is not None or order_value is not None) and not currency:
        raise InvalidInput("currency '' is missing; write an ISO 4217 code, for example 'USD'", field="currency")
    names = [stage.name for stage in stages]
    for name in names:
        if names.count(name) > 1:
            raise InvalidInput(f"stage {name!r} is there twice; give each stage its own name", field="stages")
    if stages[0].count == 0:
        raise InvalidInput(f"stage {names[0]!r} has a count of 0, so no rate exists; start with people", field="stages")
    for before, stage in pairwise(stages):
        if stage.count > before.count:
            raise InvalidInput(
                f"stage {stage.name!r} has {stage.count}, more than {before.name!r} before it with {before.count}; "
                "check the order, or count people instead of events",
                field="stages",
            )
    z, first = quantile(confidence), stages[0].count
    rows, warnings = [], []
    with localcontext(EXACT):
        for index, stage in enumerate(stages):
            entered = stages[index - 1].count if index else None
            conversion = low = high = None
            if entered:
                conversion = round_to(Decimal(stage.count) / entered, 6)
                low, high = (round_to(end, 6) for end in wilson(stage.count, entered, z))
                if entered < SMALL:
                    warnings.append(f"Only {entered} people entered the step to {stage.name!r}; its interval is wide.")
            elif index:
                warnings.append(f"Nobody reached {stages[index - 1].name!r}, so {stage.name!r} has no conversion.")
            rows.append(
                StageResult(
                    name=stage.name,
                    count=stage.count,
                    conversion=conversion,
                    conversion_low=low,
                    conversion_high=high,
                    lost=None if entered is None else entered - stage.count,
                    overall=round_to(Decimal(stage.count) / first, 6),
                    cost_each=None if spend is None or not stage.count else round_money(spend / stage.count, currency),
                )
            )
        revenue = None if order_value is None else round_money(order_value * stages[-1].count, currency)
        earned = round_to(revenue / spend, 6) if revenue is not None and spend else None
    steps = [row for row in rows[1:] if row.conversion is not None]
    return FunnelResult(
        stages=rows,
        overall=rows[-1].overall,
        weakest_step=min(steps, key=lambda row: row.conversion or Decimal(0)).name,
        largest_loss=max(rows[1:], key=lambda row: row.lost or 0).name,
        revenue=revenue,
        return_on_spend=earned,
        method="Step conversion with Wilson score interval; cost per stage: spend over count (Farris et al. 2016).",
        assumptions=["All counts are people of one cohort or period, each counted once a stage."],
        warnings=warnings,
    )
