"""Calendars against the dates of Python's calendar and the published order of weighted round-robin."""

from datetime import date

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.build_content_calendar import build_content_calendar


def test_pillars_come_in_the_published_order_of_smooth_round_robin() -> None:
    """nginx, commit 52327e0 (2012): weights 5, 1, 1 give a a b a c a a."""
    made = build_content_calendar({"a": 5, "b": 1, "c": 1}, date(2027, 3, 1), ["monday"], 7)
    assert "".join(item.pillar for item in made.items) == "aabacaa"
    assert made.pillars == {"a": 5, "b": 1, "c": 1}
    assert {item.weekday for item in made.items} == {"monday"}
    assert made.items[-1].day == date(2027, 4, 12)


def test_public_holidays_are_skipped_or_marked() -> None:
    """Labor Day is the first Monday of September (5 U.S.C. 6103): 6 September 2027."""
    skipped = build_content_calendar({"a": 1}, date(2027, 8, 30), ["monday"], 2, "US")
    assert [item.day for item in skipped.items] == [date(2027, 8, 30)]
    assert skipped.skipped == ["2027-09-06: Labor Day"]
    marked = build_content_calendar({"a": 1}, date(2027, 8, 30), ["monday"], 2, "US", "mark")
    assert [item.holiday for item in marked.items] == [None, "Labor Day"]


def test_a_pillar_that_never_comes_up_is_warned_about() -> None:
    made = build_content_calendar({"a": 1, "b": 1}, date(2027, 8, 30), ["monday"], 1)
    assert "'b' never comes up" in made.warnings[0]


def test_weeks_weights_and_countries_out_of_bounds_are_refused() -> None:
    with pytest.raises(InvalidInput, match="weeks 0"):
        build_content_calendar({"a": 1}, date(2027, 8, 30), ["monday"], 0)
    with pytest.raises(InvalidInput, match=r"pillars\.a 0"):
        build_content_calendar({"a": 0}, date(2027, 8, 30), ["monday"])
    with pytest.raises(InvalidInput, match="country 'USA'"):
        build_content_calendar({"a": 1}, date(2027, 8, 30), ["monday"], 1, "USA")
    with pytest.raises(InvalidInput, match="start 1800"):
        build_content_calendar({"a": 1}, date(1800, 8, 30), ["monday"])
