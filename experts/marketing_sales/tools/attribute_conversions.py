"""Conversions credited to the channels on the way to them.

Rules: `last` and `first` touch; `linear`: equal parts; `position`: 40% first, 40% last, 20% shared between (half each
with two touches); `time_decay`: weight 2^(-days before conversion / half-life), half-life 7 days unless given; where
days are not given, a step counts as one day. `markov`: removal effect in a first-order Markov chain of the touches
(Anderl, Becker, von Wangenheim & Schumann, International Journal of Research in Marketing 33, 2016): effect = 1 -
P(conversion with the channel's traffic lost) / P(conversion); conversions are shared in proportion to the effects. It
needs journeys without conversion too. Credits are rounded half up to four places.

Limits: descriptive. No rule shows what a channel causes: a channel that only meets people who would have bought anyway
is credited too. For large decisions run an experiment (holdout, geographic test).
"""

from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, NonNegativeVolume, Rate, Volume, plain, round_to
from experts.marketing_sales.tools._curves import EXACT

Rule = Literal["last", "first", "linear", "position", "time_decay", "markov"]
MOST_CHANNELS = 25
MOST_DAYS = Decimal(3650)

_METHODS: dict[Rule, str] = {
    "last": "Last touch: all credit to the last channel.",
    "first": "First touch: all credit to the first channel.",
    "linear": "Linear: equal credit to every touch.",
    "position": "Position-based: 40% first, 40% last, 20% shared between.",
    "time_decay": "Time decay: weight halves with every half-life before the conversion.",
    "markov": "Removal effect in a first-order Markov chain (Anderl et al. 2016).",
}


class Journey(Model):
    """Touches in order of time, and how many people went this way with and without converting."""

    touches: Annotated[list[Key], Field(min_length=1, max_length=50)]
    conversions: Count = 0
    lost: Count = 0
    days_before: Annotated[list[NonNegativeVolume], Field(max_length=50)] = []


class Credit(Model):
    conversions: Volume
    share: Rate
    removal_effect: Rate | None = None


class Attribution(Model):
    channels: dict[Key, Credit]
    conversions: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def attribute_conversions(
    journeys: Annotated[
        list[Journey],
        Field(description="touches first to last; days_before: days from each touch to conversion", max_length=1000),
    ],
    rule: Rule = "linear",
    half_life_days: Annotated[NonNegativeVolume, Field(description="time_decay only")] = Decimal(7),
) -> Attribution:
    """Credit conversions to channels: last, first, linear, position (40-20-40), time decay, Markov removal.

    Use when journeys over several channels are known. Describes only; it does not show
    cause: run an experiment for large decisions.
    """
    if not 0 < half_life_days <= MOST_DAYS:
        raise InvalidInput(
            f"half_life_days {plain(half_life_days)} must be above 0 and at most {MOST_DAYS}", field="half_life_days"
        )
    channels = sorted({touch for journey in journeys for touch in journey.touches})
    if len(channels) > MOST_CHANNELS:
        raise InvalidInput(
            f"journeys name {len(channels)} channels; {MOST_CHANNELS} are the most, so join small ones",
            field="journeys",
        )
    for index, journey in enumerate(journeys):
        _check(index, journey)
    total = sum(journey.conversions for journey in journeys)
    if total == 0:
        raise InvalidInput("journeys have 0 conversions, so there is nothing to credit", field="journeys")
    warnings = ["Descriptive: credit is not what the channel caused. Confirm large decisions by an experiment."]
    effects: dict[str, Decimal] = {}
    with localcontext(EXACT):
        if rule == "markov":
            if not any(journey.lost for journey in journeys):
                warnings.append("No journeys without conversion are given; removal effects are then exaggerated.")
            effects = _removal(journeys, channels)
            whole = sum(effects.values(), Decimal(0))
            credit = {channel: effect / whole * total for channel, effect in effects.items()}
        else:
            credit = dict.fromkeys(channels, Decimal(0))
            for journey in journeys:
                weights = _weights(journey, rule, half_life_days)
                each = journey.conversions / sum(weights, Decimal(0))
                for touch, weight in zip(journey.touches, weights, strict=True):
                    credit[touch] += each * weight
        return Attribution(
            channels={
                channel: Credit(
                    conversions=round_to(got, 4),
                    share=round_to(got / total, 6),
                    removal_effect=round_to(effects[channel], 6) if effects else None,
                )
                for channel, got in credit.items()
            },
            conversions=total,
            method=_METHODS[rule],
            assumptions=["The journeys are complete: no touch is missing that mattered."],
            warnings=warnings,
        )


def _check(index: int, journey: Journey) -> None:
    days = journey.days_before
    if not days:
        return
    if len(days) != len(journey.touches):
        raise InvalidInput(
            f"journeys.{index} has {len(journey.touches)} touches and {len(days)} days_before; give one each",
            field=f"journeys.{index}.days_before",
        )
    for position, (earlier, later) in enumerate(pairwise(days)):
        if later > earlier:
            raise InvalidInput(
                f"journeys.{index}.days_before.{position + 1} {plain(later)} is longer before the conversion than the "
                f"touch before it, {plain(earlier)}; the first touch stands first",
                field=f"journeys.{index}.days_before",
            )
    if days[0] > MOST_DAYS:
        raise InvalidInput(
            f"journeys.{index}.days_before.0 {plain(days[0])} is above {MOST_DAYS} days",
            field=f"journeys.{index}.days_before",
        )


def _weights(journey: Journey, rule: Rule, half_life: Decimal) -> list[Decimal]:
    n = len(journey.touches)
    if rule == "linear":
        return [Decimal(1)] * n
    if rule == "position":
        if n <= 2:
            return [Decimal(1)] * n
        return [Decimal("0.4"), *[Decimal("0.2") / (n - 2)] * (n - 2), Decimal("0.4")]
    if rule == "time_decay":
        days = journey.days_before or [Decimal(n - 1 - index) for index in range(n)]
        nearest = days[-1]  # only differences matter; so the last touch never vanishes
        rate = Decimal(2).ln() / half_life
        return [(-(day - nearest) * rate).exp() for day in days]
    place = 0 if rule == "first" else n - 1
    return [Decimal(index == place) for index in range(n)]


def _removal(journeys: list[Journey], channels: list[str]) -> dict[str, Decimal]:
    """1 - P(conversion without the channel) / P(conversion), for every channel."""
    index = {channel: number + 1 for number, channel in enumerate(channels)}  # 0 is the start
    size = len(channels) + 1
    moves = [[0] * size for _ in range(size)]
    wins, ends = [0] * size, [0] * size
    for journey in journeys:
        steps = [0, *(index[touch] for touch in journey.touches)]
        people = journey.conversions + journey.lost
        for here, there in pairwise(steps):
            moves[here][there] += people
        wins[steps[-1]] += journey.conversions
        ends[steps[-1]] += people
    full = _chance(moves, wins, ends, None)
    return {channel: 1 - _chance(moves, wins, ends, index[channel]) / full for channel in channels}


def _chance(moves: list[list[int]], wins: list[int], ends: list[int], without: int | None) -> Decimal:
    """P(conversion) from the start: Gauss elimination of x = Qx + w; a removed channel converts nobody."""
    size = len(moves)
    rows: list[list[Decimal]] = []
    for here in range(size):
        out = sum(moves[here]) + ends[here]
        row = [Decimal(int(here == there)) for there in range(size)] + [Decimal(0)]
        if here != without and out:
            for there in range(size):
                row[there] -= Decimal(moves[here][there]) / out
            row[size] = Decimal(wins[here]) / out
        rows.append(row)
    for pivot in range(size - 1, 0, -1):  # eliminate all but the start; diagonally dominant, so no exchange is needed
        for here in range(pivot):
            factor = rows[here][pivot] / rows[pivot][pivot]
            if factor:
                for column in (*range(pivot + 1), size):
                    rows[here][column] -= factor * rows[pivot][column]
    return rows[0][size] / rows[0][0]
