"""Velocity ranges against Cohn's table and the binomial of scipy."""

from decimal import Decimal as D

import pytest
from scipy.stats import binom

from experts.core.errors import InvalidInput
from experts.project_management.tools.plan_sprints import plan_sprints


@pytest.mark.parametrize(
    ("sprints", "nth"), [(5, 1), (8, 2), (11, 3), (13, 4), (16, 5), (18, 6), (21, 7), (23, 8), (26, 9)]
)
def test_the_range_starts_at_the_velocity_of_cohns_table(sprints: int, nth: int) -> None:
    # Cohn, Succeeding with Agile (2009), chapter 15: the nth lowest and highest velocity for a 90% interval.
    found = plan_sprints([D(n) for n in range(1, sprints + 1)], D(100))
    assert (found.velocity_low, found.velocity_high) == (D(nth), D(sprints + 1 - nth))
    assert float(found.coverage) == pytest.approx(1 - 2 * binom.cdf(nth - 1, sprints, 0.5), abs=1e-4)
    assert found.coverage >= D("0.9") and not found.warnings


def test_a_backlog_takes_whole_sprints_at_each_end_of_the_range() -> None:
    velocities = [D(n) for n in (21, 34, 27, 30, 24, 29, 31, 26)]
    found = plan_sprints(velocities, D(240), sprint_weeks=2, availability=D("0.8"))
    assert (found.velocity_low, found.velocity_median, found.velocity_high) == (D(24), D(28), D(31))
    assert (found.sprints_at_high, found.sprints_at_median, found.sprints_at_low) == (8, 9, 10)
    assert (found.weeks_at_median, found.weeks_at_low) == (18, 20)
    assert found.next_low == D("19.2")


def test_few_sprints_give_their_lowest_and_highest_with_a_warning() -> None:
    found = plan_sprints([D(20), D(30)], D(60))
    assert (found.velocity_low, found.velocity_high, found.coverage) == (D(20), D(30), D("0.5"))
    assert "fewer than five" in found.warnings[0]


def test_nothing_finished_no_sprint_and_long_sprints_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"velocities\.1 is 0"):
        plan_sprints([D(20), D(0)], D(60))
    with pytest.raises(InvalidInput, match="0 past sprints"):
        plan_sprints([], D(60))
    with pytest.raises(InvalidInput, match="sprint_weeks 6"):
        plan_sprints([D(20)], D(60), sprint_weeks=6)
    with pytest.raises(InvalidInput, match=r"more than 10,000 sprints"):
        plan_sprints([D("0.001")], D(600))
