"""A validated channel plan: bounds, response curves, and the stages of the customer's way that each channel serves.

AIDA: attention, interest, desire, action (Lewis 1898; Strong, The Psychology of Selling, 1925). RACE: reach, act,
convert, engage (Chaffey, Smart Insights 2010). A curve is a*sqrt(spend), a*spend^b or a*ln(1+spend/s); it must rise and be
concave, so that a further unit of spend brings less. Results at the bounds come from the curve; the marginal result is its
slope at the bound: a*b*spend^(b-1), or a/(s+spend). At the lower bound of nothing a power curve has no finite slope.

Limits: it does not split the budget; the finance expert's optimize_budget_allocation takes bounds and curves and does. Which
stage a channel serves is the planner's judgement. InvalidInput names a minimum above a maximum, a curve that is not concave,
and a stage of the other framework; Infeasible names minimums above the budget.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import Infeasible, InvalidInput
from experts.core.money import minor_units
from experts.core.quantities import Money, NonNegativeMoney, Ratio, Volume, plain, round_to
from experts.marketing_sales.tools._curves import EXACT, Curve, parse_curve, results_at

Framework = Literal["AIDA", "RACE"]
Stage = Literal["attention", "interest", "desire", "action", "reach", "act", "convert", "engage"]
STAGES: dict[Framework, tuple[Stage, ...]] = {
    "AIDA": ("attention", "interest", "desire", "action"),
    "RACE": ("reach", "act", "convert", "engage"),
}


class Channel(Model):
    stages: Annotated[list[Stage], Field(min_length=1, max_length=4)]
    maximum: NonNegativeMoney
    minimum: NonNegativeMoney = Decimal(0)
    curve: Annotated[str, Field(max_length=200)] = ""


class PlannedChannel(Model):
    """Marginal results are for one more unit of currency; absent without a curve, or where the slope has no end."""

    stages: list[Stage]
    minimum: Money
    maximum: Money
    curve: Curve | None = None
    results_at_minimum: Volume | None = None
    results_at_maximum: Volume | None = None
    marginal_at_minimum: Ratio | None = None
    marginal_at_maximum: Ratio | None = None


class ChannelPlan(Model):
    """`coverage` lists the channels of every stage of the framework, in its order."""

    goal: str
    audience: str
    currency: str
    framework: Framework
    channels: dict[Key, PlannedChannel]
    coverage: dict[str, list[Key]]
    uncovered: list[str]
    minimum_total: Money
    maximum_total: Money
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_channel_plan(
    goal: Annotated[str, Field(min_length=1, max_length=300)],
    audience: Annotated[str, Field(min_length=1, max_length=300)],
    channels: Annotated[
        dict[Key, Channel], Field(description="curve: 32*sqrt(spend), 5*spend^0.6, 410*ln(1+spend/6000)", max_length=40)
    ],
    currency: str,
    budget: NonNegativeMoney | None = None,
    framework: Framework = "AIDA",
) -> ChannelPlan:
    """Build a channel plan: bounds, concave response curves, and which AIDA or RACE stages channels serve.

    Use when channels are chosen and money is to be split. It does not split it: the finance
    expert's optimize_budget_allocation does.
    """
    minor_units(currency)
    if not channels:
        raise InvalidInput("channels is empty; name one channel at least", field="channels")
    made = {key: _channel(key, channel, framework) for key, channel in channels.items()}
    least = sum((row.minimum for row in made.values()), Decimal(0))
    most = sum((row.maximum for row in made.values()), Decimal(0))
    if budget is not None and least > budget:
        raise Infeasible(
            f"the minimums add up to {plain(least)}, more than the budget {plain(budget)}; lower a minimum or drop a channel",
            field="budget",
        )
    coverage = {stage: [key for key, row in made.items() if stage in row.stages] for stage in STAGES[framework]}
    uncovered = [stage for stage, keys in coverage.items() if not keys]
    warnings = [f"No channel serves the stage {stage!r}." for stage in uncovered]
    warnings += [
        f"{key!r} has no curve, so nothing says what it brings." for key, row in made.items() if row.curve is None
    ]
    if budget is not None and most < budget:
        warnings.append(f"The maximums add up to {plain(most)}, so part of the budget {plain(budget)} stays unspent.")
    return ChannelPlan(
        goal=goal,
        audience=audience,
        currency=currency,
        framework=framework,
        channels=made,
        coverage=coverage,
        uncovered=uncovered,
        minimum_total=least,
        maximum_total=most,
        method=f"{framework} stages; concave response curves at the bounds, slope as the marginal result.",
        assumptions=["Curves, bounds and stages are the user's; channels do not help or hinder each other."],
        warnings=warnings,
    )


def _channel(key: str, channel: Channel, framework: Framework) -> PlannedChannel:
    for stage in channel.stages:
        if stage not in STAGES[framework]:
            raise InvalidInput(
                f"channels.{key}.stages {stage!r} is no stage of {framework}; it has {', '.join(STAGES[framework])}",
                field=f"channels.{key}.stages",
            )
    if channel.minimum > channel.maximum:
        raise InvalidInput(
            f"channels.{key}.minimum {plain(channel.minimum)} is above its maximum {plain(channel.maximum)}; exchange them",
            field=f"channels.{key}.minimum",
        )
    curve = parse_curve(channel.curve, key) if channel.curve else None
    stages = [stage for stage in STAGES[framework] if stage in channel.stages]
    if curve is None:
        return PlannedChannel(stages=stages, minimum=channel.minimum, maximum=channel.maximum)
    return PlannedChannel(
        stages=stages,
        minimum=channel.minimum,
        maximum=channel.maximum,
        curve=curve,
        results_at_minimum=results_at(curve, channel.minimum, key),
        results_at_maximum=results_at(curve, channel.maximum, key),
        marginal_at_minimum=_slope(curve, channel.minimum),
        marginal_at_maximum=_slope(curve, channel.maximum),
    )


def _slope(curve: Curve, spend: Decimal) -> Decimal | None:
    with localcontext(EXACT):
        if curve.b is not None:
            return None if spend == 0 else round_to(curve.a * curve.b * ((curve.b - 1) * spend.ln()).exp(), 8)
        return round_to(curve.a / ((curve.scale or Decimal(1)) + spend), 8)
