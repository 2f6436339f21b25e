"""Scores against published ones.

SUS: the worked example of Brooke (1996), 22 points, score 55. Wilson: Newcombe (1998), Table I, method 3: 81/263 is
0.2553 to 0.3662, 15/148 is 0.0624 to 0.1605, 0/20 is 0 to 0.1611, 1/29 is 0.0061 to 0.1718.
"""

from decimal import Decimal

import pytest

from experts.art_design.tools.score_usability import Attempts, score_usability
from experts.core.errors import InvalidInput

BROOKE = [5, 4, 2, 1, 2, 3, 2, 4, 5, 2]


def test_brookes_example_scores_55() -> None:
    found = score_usability(sus=[BROOKE])
    assert found.sus is not None
    assert (found.sus.mean, found.sus.low, found.sus_scores) == (55, None, [55])


def test_the_ends_of_the_scale_are_0_and_100() -> None:
    found = score_usability(sus=[[5, 1] * 5, [1, 5] * 5])
    assert found.sus_scores == [100, 0]
    assert found.sus is not None and (found.sus.mean, found.sus.low, found.sus.high) == (50, 0, 100)


def test_an_interval_is_the_t_interval() -> None:
    """By hand: 5, 6, 7, 6: mean 6, s = 0.8165, t(3, 0.975) = 3.1824: 6 -+ 1.2992; the scale ends at 7."""
    found = score_usability(seq={"checkout": [5, 6, 7, 6]}).seq["checkout"]
    assert (found.mean, found.low, found.high) == (6, Decimal("4.70"), 7)


@pytest.mark.parametrize(
    ("done", "n", "low", "high"),
    [(81, 263, "0.2553", "0.3662"), (15, 148, "0.0624", "0.1605"), (0, 20, "0", "0.1611"), (1, 29, "0.0061", "0.1718")],
)
def test_completion_has_newcombes_interval(done: int, n: int, low: str, high: str) -> None:
    found = score_usability(tasks={"one": Attempts(attempts=n, completed=done)}).tasks["one"]
    assert (round(found.low, 4), round(found.high, 4)) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("answers", [BROOKE[:9], [*BROOKE, 3], [6, *BROOKE[1:]], [0, *BROOKE[1:]]])
def test_sus_without_ten_answers_from_1_to_5_is_refused(answers: list[int]) -> None:
    with pytest.raises(InvalidInput) as caught:
        score_usability(sus=[BROOKE, answers])
    assert caught.value.field == "sus.1"


def test_other_impossible_results_are_refused() -> None:
    with pytest.raises(InvalidInput, match="nothing"):
        score_usability()
    with pytest.raises(InvalidInput, match="completed 3 is above attempts 2"):
        score_usability(tasks={"one": Attempts(attempts=2, completed=3)})
    with pytest.raises(InvalidInput, match="8"):
        score_usability(seq={"one": [8]})
    with pytest.raises(InvalidInput, match="confidence"):
        score_usability(sus=[BROOKE], confidence=Decimal(1))
