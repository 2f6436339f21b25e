"""US federal holidays: 5 U.S.C. 6103 and the OPM schedules of federal holidays for 2026 and 2027."""

from datetime import date

import pytest

from experts.core.calendar import working_calendar
from experts.core.errors import InvalidInput

# OPM, "2027 Federal Holidays", as observed from Monday to Friday; New Year's Day 2028 is a Saturday.
OPM_2027 = [
    *("2027-01-01", "2027-01-18", "2027-02-15", "2027-05-31", "2027-06-18", "2027-07-05", "2027-09-06", "2027-10-11"),
    *("2027-11-11", "2027-11-25", "2027-12-24", "2027-12-31"),
]


def test_us_federal_holidays_of_2027_are_those_of_opm_on_the_days_they_are_observed() -> None:
    found = working_calendar("US").holidays_between(date(2027, 1, 1), date(2027, 12, 31))
    assert [day.isoformat() for day in found] == OPM_2027
    assert found[date(2027, 9, 6)] == "Labor Day"


def test_2026_independence_day_is_observed_on_the_friday_before() -> None:
    calendar = working_calendar("US")
    assert not calendar.is_working(date(2026, 7, 3))
    assert calendar.is_working(date(2026, 7, 6))


def test_working_days_between_count_the_last_day_and_turn_negative_backwards() -> None:
    calendar = working_calendar("US")
    friday, tuesday = date(2027, 9, 3), date(2027, 9, 7)
    assert calendar.between(friday, tuesday) == 1
    assert calendar.between(tuesday, friday) == -1
    assert calendar.between(friday, friday) == 0


def test_days_from_a_weekend_begin_on_the_next_working_day() -> None:
    days = working_calendar("US").days_from(date(2027, 9, 4), 2)
    assert days == [date(2027, 9, 7), date(2027, 9, 8)]


def test_a_weekend_of_ones_own_replaces_the_countrys() -> None:
    calendar = working_calendar("US", weekend=["Friday", "sat"])
    assert not calendar.is_working(date(2027, 8, 20))
    assert calendar.is_working(date(2027, 8, 22))
    assert not calendar.is_working(date(2027, 9, 6))


def test_a_country_with_another_weekend_works_on_its_own_days() -> None:
    calendar = working_calendar("SA")
    assert not calendar.is_working(date(2027, 8, 20))
    assert calendar.is_working(date(2027, 8, 22))


def test_a_subdivision_adds_its_holidays() -> None:
    day = date(2027, 8, 16)
    assert working_calendar("US").is_working(day)
    assert working_calendar("US", "VT").holiday(day) == "Bennington Battle Day"


def test_a_substitute_workday_on_a_weekend_is_worked() -> None:
    # State Council of China, holiday arrangements for 2025: Sunday 26 January is a workday.
    assert working_calendar("CN").is_working(date(2025, 1, 26))


@pytest.mark.parametrize(
    ("country", "meant"),
    [("us", "'US'"), ("USA", "'US'"), ("United Kingdom", "'GB'"), ("UK", "'GB'"), ("Germny", "'DE'")],
)
def test_an_unknown_country_is_refused_with_the_one_that_was_meant(country: str, meant: str) -> None:
    with pytest.raises(InvalidInput, match=rf"country '{country}'.*did you mean {meant}") as caught:
        working_calendar(country, prefix="schedule.")
    assert caught.value.field == "schedule.country"


def test_an_unknown_subdivision_is_refused_with_the_list_and_the_nearest() -> None:
    with pytest.raises(InvalidInput, match=r"'Washington' is not .*AK, AL.*did you mean 'WA'"):
        working_calendar("US", "Washington")
    with pytest.raises(InvalidInput, match="no subdivisions; leave it out"):
        working_calendar("SG", "01")


def test_a_weekday_that_is_none_and_a_weekend_of_seven_days_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"'satuday' is not a day of the week.*'saturday'"):
        working_calendar("US", weekend=["satuday"])
    with pytest.raises(InvalidInput, match="leaves no working day"):
        working_calendar("US", weekend=["mon", "tue", "wed", "thu", "fri", "sat", "sun"])


def test_a_year_without_known_holidays_is_refused_and_not_worked_through() -> None:
    calendar = working_calendar("LK")
    with pytest.raises(InvalidInput, match=r"'LK' in 2099.*covers \d{4} to \d{4}"):
        calendar.is_working(date(2099, 1, 4))
    with pytest.raises(InvalidInput, match="9999"):
        working_calendar("US").between(date(2027, 1, 4), date(9999, 12, 31))
