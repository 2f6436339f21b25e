"""The grid of Mendelow and the engagement matrix of the PMBOK Guide."""

import pytest

from experts.core.errors import InvalidInput
from experts.project_management.tools.map_stakeholders import Engagement, Stakeholder, map_stakeholders


def who(power: int, interest: int, now: Engagement | None = None, needed: Engagement | None = None) -> Stakeholder:
    return Stakeholder(power=power, interest=interest, engagement=now, needed=needed)


def test_the_four_corners_of_mendelows_grid() -> None:
    found = map_stakeholders({"d": who(5, 5), "c": who(5, 1), "b": who(1, 5), "a": who(1, 1)})
    assert found.quadrants == {
        "manage_closely": ["d"],
        "keep_satisfied": ["c"],
        "keep_informed": ["b"],
        "monitor": ["a"],
    }
    assert [found.stakeholders[key].priority for key in "dcba"] == [1, 2, 3, 4]


def test_the_sample_of_the_engagement_matrix_shows_the_gaps() -> None:
    # PMI, PMBOK Guide, 6th edition, figure 13-6: 1 is unaware, 2 neutral, 3 supportive; all are to be supportive.
    found = map_stakeholders(
        {
            "one": who(4, 2, "unaware", "supportive"),
            "two": who(2, 2, "neutral", "supportive"),
            "three": who(4, 4, "supportive", "supportive"),
            "four": who(1, 1),
        }
    )
    assert {key: one.gap for key, one in found.stakeholders.items()} == {"one": 3, "two": 1, "three": 0, "four": None}
    assert found.warnings == ["'one' has high power, is unaware and has to be supportive: plan this first."]


def test_where_high_begins_can_be_chosen() -> None:
    assert map_stakeholders({"a": who(3, 3)}).stakeholders["a"].quadrant == "manage_closely"
    assert map_stakeholders({"a": who(3, 3)}, high_from=4).stakeholders["a"].quadrant == "monitor"


def test_scores_off_the_scale_are_refused() -> None:
    with pytest.raises(InvalidInput, match="stakeholder 'a': interest 6 is not on the scale"):
        map_stakeholders({"a": who(3, 6)})
    with pytest.raises(InvalidInput, match="high_from 1 "):
        map_stakeholders({"a": who(3, 3)}, high_from=1)
    with pytest.raises(InvalidInput, match="0 stakeholders"):
        map_stakeholders({})
