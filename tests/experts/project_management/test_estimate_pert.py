"""PERT against Hillier & Lieberman's Reliable Construction Co."""

from decimal import Decimal as D

import pytest

from experts.core.errors import Infeasible, InvalidInput
from experts.project_management.tools._three_point import ThreePoint
from experts.project_management.tools.estimate_pert import estimate_pert
from tests.experts.project_management.reliable_construction import ESTIMATES


def task(low: str, likely: str, high: str, *before: str) -> ThreePoint:
    return ThreePoint(optimistic=D(low), most_likely=D(likely), pessimistic=D(high), predecessors=list(before))


def test_reliable_construction_takes_44_weeks_and_keeps_47_with_84_percent() -> None:
    found = estimate_pert(ESTIMATES, deadline=D(47))
    assert found.path == ["a", "b", "c", "e", "f", "j", "l", "n"]
    assert (found.mean, found.variance, found.deviation) == (D(44), D(9), D(3))
    assert found.probability == D("0.8413")  # one standard deviation
    assert found.duration_at_confidence == D("46.52")  # 44 + 0.8416 x 3
    assert (found.tasks["h"].mean, found.tasks["h"].deviation) == (D(9), D(2))


def test_of_paths_of_equal_length_the_more_uncertain_one_decides_and_the_other_is_warned_of() -> None:
    found = estimate_pert({"calm": task("5", "6", "7"), "wild": task("1", "6", "11")}, deadline=D(6))
    assert found.path == ["wild"]
    assert found.probability == D("0.5")
    assert "'calm'" in found.warnings[0]


def test_without_spread_a_deadline_is_kept_or_missed() -> None:
    sure = {"a": task("3", "3", "3"), "b": task("4", "4", "4", "a")}
    assert estimate_pert(sure, deadline=D(7)).probability == 1
    assert estimate_pert(sure, deadline=D("6.9")).probability == 0


def test_estimates_out_of_order_circles_and_lags_are_refused() -> None:
    with pytest.raises(InvalidInput, match="task 'a': optimistic 1, most likely 5 and pessimistic 4 are not in rising"):
        estimate_pert({"a": task("1", "5", "4")})
    with pytest.raises(Infeasible, match="a → b → a"):
        estimate_pert({"a": task("1", "2", "3", "b"), "b": task("1", "2", "3", "a")})
    with pytest.raises(InvalidInput, match="'zz' is not a task"):
        estimate_pert({"a": task("1", "2", "3", "zz")})
    with pytest.raises(InvalidInput, match="confidence 1 "):
        estimate_pert({"a": task("1", "2", "3")}, confidence=D(1))


def test_a_duration_is_promised_only_between_the_optimistic_and_the_pessimistic_one() -> None:
    """Mean 100 000.67 and deviation 100 000: the normal tails reach below 0 and the beta of PERT does not."""
    wild = {"a": task("0", "1", "600000")}

    assert estimate_pert(wild, confidence=D("0.001")).duration_at_confidence == 0
    narrow = {"a": task("2", "2", "8")}  # mean 3, deviation 1: 3 - 3.09 is below 2
    assert estimate_pert(narrow, confidence=D("0.001")).duration_at_confidence == 2
    assert estimate_pert(narrow, confidence=D("0.999")).duration_at_confidence == D("6.09")


@pytest.mark.parametrize("confidence", ["0", "0.0001", "0.99999999999999999999", "1"])
def test_a_confidence_next_to_nothing_or_certainty_is_refused(confidence: str) -> None:
    with pytest.raises(InvalidInput, match=r"must be from 0\.001 to 0\.999"):
        estimate_pert({"a": task("1", "2", "3")}, confidence=D(confidence))


@pytest.mark.parametrize(("deadline", "said"), [("1.9", "earlier than every optimistic"), ("8.1", "later than every")])
def test_a_deadline_beyond_all_estimates_is_warned_of(deadline: str, said: str) -> None:
    assert said in estimate_pert({"a": task("2", "2", "8")}, deadline=D(deadline)).warnings[-1]
