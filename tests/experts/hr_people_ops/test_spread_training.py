"""Sessions over months, counted by hand."""

from datetime import date
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.hr_people_ops.tools.spread_training import CourseLoad, spread_training

COURSES = {
    "basics": CourseLoad(people=25, seats=10, hours=Decimal(4), fee=Decimal(50), session_cost=Decimal(600)),
    "upkeep": CourseLoad(people=7, seats=6, hours=Decimal(16), fee=Decimal(300), session_cost=Decimal(2000)),
}


def test_sessions_stand_in_the_order_of_courses_and_fill_the_months_evenly() -> None:
    """Sessions of 10, 10, 5 and 6, 1 people make five; over three months they are 2, 2, 1: floor(i x 3 / 5)."""
    found = spread_training(COURSES, date(2027, 12, 10), 3, "EUR")
    assert list(found.months) == ["2027-12", "2028-01", "2028-02"]
    sessions = [{key: held.sessions for key, held in month.courses.items()} for month in found.months.values()]
    assert sessions == [{"basics": 2}, {"basics": 1, "upkeep": 1}, {"upkeep": 1}]
    people = [month.total.people for month in found.months.values()]
    assert people == [20, 11, 1]
    # 20 x 50 + 2 x 600; 5 x 50 + 600 + 6 x 300 + 2000; 300 + 2000
    assert [month.total.cost for month in found.months.values()] == [2200, 4650, 2300]
    assert found.total_cost == 25 * 50 + 3 * 600 + 7 * 300 + 2 * 2000
    assert (found.bookings, found.sessions) == (32, 5) and found.total_hours == 25 * 4 + 7 * 16


def test_a_month_without_a_session_is_there_with_nothing_in_it() -> None:
    found = spread_training({"one": COURSES["upkeep"].model_copy(update={"people": 3})}, date(2028, 1, 1), 3, "EUR")
    assert [month.total.sessions for month in found.months.values()] == [1, 0, 0]
    assert spread_training({}, date(2028, 1, 1), 2, "EUR").total_cost == 0


def test_a_start_at_the_end_of_the_calendar_is_refused() -> None:
    with pytest.raises(InvalidInput, match="out of range"):
        spread_training(COURSES, date(9999, 1, 1), 3, "EUR")
