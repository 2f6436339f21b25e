"""Scenarios with weights: expected value and range of each outcome, and how wrong the weights may be.

Expected = sum of weight x value; the standard deviation is over scenarios; chance below the threshold is
the weight of those that fall below it. `weight_that_breaks` is the weight the worst scenario would need
(others in proportion) for the expected value to reach the threshold. Two axes place four scenarios in
a matrix, in the order: both high, only the first high, only the second, neither. Source: Schwartz, The Art of the Long View (1991); van der Heijden,
Scenarios (2005), for the 2 x 2.

Limits: weights are judgements about futures that nobody has counted; scenarios are for rehearsing
decisions, and their average describes none of them.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Ratio, Share, plain, round_to
from experts.digital_business_think_tank.tools._figures import Line, percent, questions, small
from experts.digital_business_think_tank.tools._tree import sums_to_one


class Scenario(Model):
    """One future: its weight and what it brings."""

    weight: Share
    outcomes: Annotated[dict[Key, Ratio], Field(min_length=1, max_length=12)]
    story: Annotated[str, Field(max_length=600)] = ""
    signpost: Annotated[str, Field(max_length=300, description="What would show it is coming.")] = ""


class OutcomeSpread(Model):
    """One outcome over all scenarios."""

    outcome: str
    expected: Ratio
    low: Ratio
    high: Ratio
    worst_scenario: str
    standard_deviation: Ratio
    chance_below: Share
    weight_that_breaks: Annotated[
        Share | None, Field(description="Of the worst; absent: none reaches the threshold.")
    ] = None


class ScenarioSet(Model):
    """Outcomes in the units given."""

    outcomes: list[OutcomeSpread]
    weights: dict[str, Share]
    axes: list[str] = []
    without_signpost: list[str]
    questions: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_scenarios(
    scenarios: Annotated[dict[Key, Scenario], Field(min_length=2, max_length=8)],
    threshold: Annotated[Ratio, Field(description="What an outcome must reach.")] = Decimal(0),
    axes: Annotated[
        list[Line] | None,
        Field(max_length=2, description="Two; order: both high, first, second, neither."),
    ] = None,
) -> ScenarioSet:
    """Weigh scenarios: expected value and range of outcomes, and how wrong the weights may be.

    Use when a plan depends on futures nobody can forecast.
    """
    axes = axes or []
    sums_to_one({key: item.weight for key, item in scenarios.items()}, "scenarios")
    names = list(next(iter(scenarios.values())).outcomes)
    for key, item in scenarios.items():
        if item.outcomes.keys() != set(names):
            odd = sorted(item.outcomes.keys() ^ set(names))
            raise InvalidInput(
                f"scenario {key!r} and the first differ in outcomes {odd}; give the same for all",
                field=f"scenarios.{key}",
            )
        for name, value in item.outcomes.items():
            small(value, f"scenarios.{key}.outcomes.{name}")
    if axes and (len(axes) != 2 or len(scenarios) != 4):
        raise InvalidInput(
            "a matrix has two axes and four scenarios, in the order both high, only the first, only the second, neither",
            field="axes",
        )
    rows = [_spread(name, scenarios, threshold) for name in names]
    bare = [key for key, item in scenarios.items() if not item.signpost.strip()]
    warnings = [f"No signpost for: {', '.join(bare)}; without one nobody notices that it has begun."] if bare else []
    warnings += [
        f"{row.outcome}: falls below {plain(threshold)} in scenarios that weigh {percent(row.chance_below)}."
        for row in rows
        if row.chance_below
    ]
    if max(item.weight for item in scenarios.values()) > Decimal("0.7"):
        warnings.append("One scenario weighs more than 70 %: that is a forecast with decoration; widen the others.")
    return ScenarioSet(
        outcomes=rows,
        weights={key: item.weight for key, item in scenarios.items()},
        axes=axes,
        without_signpost=bare,
        questions=questions("strategic_foresight"),
        method="Expected = sum of weight x value; standard deviation over scenarios; the worst scenario's weight is raised, the "
        "others kept in proportion, until the expected value meets the threshold.",
        assumptions=["Weights are the user's judgement and add up to 1."],
        warnings=warnings,
    )


def _spread(name: str, scenarios: dict[str, Scenario], threshold: Decimal) -> OutcomeSpread:
    values = {key: item.outcomes[name] for key, item in scenarios.items()}
    expected = sum((item.weight * values[key] for key, item in scenarios.items()), Decimal(0))
    variance = sum((item.weight * (values[key] - expected) ** 2 for key, item in scenarios.items()), Decimal(0))
    worst = min(values, key=lambda key: values[key])
    weight = scenarios[worst].weight
    breaks = None
    if weight < 1:
        others = (expected - weight * values[worst]) / (1 - weight)
        if values[worst] < threshold <= others:
            breaks = round_to((others - threshold) / (others - values[worst]), 4)
    below = sum((item.weight for key, item in scenarios.items() if values[key] < threshold), Decimal(0))
    return OutcomeSpread(
        outcome=name,
        expected=round_to(expected, 4),
        low=min(values.values()),
        high=max(values.values()),
        worst_scenario=worst,
        standard_deviation=round_to(variance.sqrt(), 4),
        chance_below=min(round_to(below, 6), Decimal(1)),
        weight_that_breaks=breaks,
    )
