"""Attribution rules by hand, and the Markov example that is worked in print."""

from decimal import Decimal as D
from itertools import pairwise

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.attribute_conversions import Journey, Rule, attribute_conversions

LONG = [Journey(touches=["a", "b", "c", "d"], conversions=100)]


def shares(journeys: list[Journey], rule: Rule, half_life: str = "7") -> dict[str, D]:
    return {key: row.conversions for key, row in attribute_conversions(journeys, rule, D(half_life)).channels.items()}


def test_the_markov_example_is_met() -> None:
    """S. Bryl, "Marketing Multi-Channel Attribution model with R (part 1)", 2016.

    c1>c2>c3 converts, c1 and c2>c3 do not: removal effects 0.5, 1, 1, so shares 0.2, 0.4, 0.4.
    """
    made = attribute_conversions(
        [
            Journey(touches=["c1", "c2", "c3"], conversions=1),
            Journey(touches=["c1"], lost=1),
            Journey(touches=["c2", "c3"], lost=1),
        ],
        "markov",
    )
    assert [made.channels[c].removal_effect for c in ("c1", "c2", "c3")] == [D("0.5"), D(1), D(1)]
    assert [made.channels[c].share for c in ("c1", "c2", "c3")] == [D("0.2"), D("0.4"), D("0.4")]


def test_each_rule_credits_as_it_says() -> None:
    assert shares(LONG, "last") == {"a": 0, "b": 0, "c": 0, "d": 100}
    assert shares(LONG, "first") == {"a": 100, "b": 0, "c": 0, "d": 0}
    assert shares(LONG, "linear") == dict.fromkeys("abcd", D(25))
    assert shares(LONG, "position") == {"a": 40, "b": 10, "c": 10, "d": 40}
    assert shares([Journey(touches=["a", "b"], conversions=10)], "position") == {"a": 5, "b": 5}


def test_time_decay_halves_with_every_half_life() -> None:
    """Google Analytics' former description: a touch 8 days before gets half the credit of one 1 day before (7 days)."""
    journey = Journey(touches=["a", "b"], conversions=3, days_before=[D(8), D(1)])
    assert shares([journey], "time_decay") == {"a": 1, "b": 2}
    assert shares([Journey(touches=["a", "b"], conversions=3)], "time_decay", "1") == {"a": 1, "b": 2}
    assert shares([journey], "time_decay", "0.00000000001") == {"a": 0, "b": 3}


def test_a_loop_ends_and_journeys_that_all_convert_are_warned_about() -> None:
    made = attribute_conversions([Journey(touches=["a", "b", "a", "a"], conversions=2)], "markov")
    assert made.channels["a"].removal_effect == 1
    assert "exaggerated" in made.warnings[1]
    assert "Descriptive" in made.warnings[0]


def test_many_channels_agree_with_numpy() -> None:
    """Absorption probabilities by numpy.linalg.solve on the same chain."""
    import numpy as np

    journeys = [
        Journey(touches=[f"c{(7 * n + step * n) % 6}" for step in range(n % 5 + 1)], conversions=n % 3, lost=n % 4)
        for n in range(1, 60)
    ]
    made = attribute_conversions(journeys, "markov")
    names = sorted(made.channels)

    def chance(without: str | None) -> float:
        size = len(names) + 1
        moves, wins = np.zeros((size, size + 1)), np.zeros(size)
        for journey in journeys:
            steps = [0, *(names.index(touch) + 1 for touch in journey.touches)]
            for here, there in pairwise(steps):
                moves[here, there] += journey.conversions + journey.lost
            moves[steps[-1], size] += journey.conversions + journey.lost
            wins[steps[-1]] += journey.conversions
        total = moves.sum(axis=1)
        if without:
            moves[names.index(without) + 1] = 0
            wins[names.index(without) + 1] = 0
        return float(np.linalg.solve(np.eye(size) - moves[:, :size] / total[:, None], wins / total)[0])

    for name in names:
        assert float(made.channels[name].removal_effect or 0) == pytest.approx(
            1 - chance(name) / chance(None), abs=1e-6
        )


def test_what_cannot_be_credited_is_refused() -> None:
    with pytest.raises(InvalidInput, match="0 conversions"):
        attribute_conversions([Journey(touches=["a"], lost=4)])
    with pytest.raises(InvalidInput, match="half_life_days 0"):
        attribute_conversions(LONG, "time_decay", D(0))
    with pytest.raises(InvalidInput, match="2 touches and 1 days_before"):
        attribute_conversions([Journey(touches=["a", "b"], conversions=1, days_before=[D(1)])])
    with pytest.raises(InvalidInput, match="longer before"):
        attribute_conversions([Journey(touches=["a", "b"], conversions=1, days_before=[D(1), D(2)])])
    with pytest.raises(InvalidInput, match="name 26 channels"):
        attribute_conversions([Journey(touches=[f"c{n}" for n in range(26)], conversions=1)])
