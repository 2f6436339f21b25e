"""Free time by week and weekly meetings, counted by hand on the calendar of January 2027."""

# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.personal_assistant.tools.find_meeting_slots import Busy
from experts.personal_assistant.tools.measure_capacity import Commitment, PersonTime, measure_capacity
from experts.personal_assistant.tools.plan_weekly_meetings import Attendee, WeekSpan, plan_weekly_meetings

D = Decimal
ADA = PersonTime(
    country="US",
    protected_weekdays=["friday"],
    protected_days=[date(2027, 1, 20)],
    busy=[
        Commitment(start="2027-01-12T08:00", end="2027-01-12T11:00"),  # two of its hours are working hours
        Commitment(start="2027-01-12T10:00", end="2027-01-12T12:00"),  # one of its hours is taken already
        Commitment(start="2027-01-15T09:00", end="2027-01-15T17:00"),  # on a protected Friday: takes nothing
        Commitment(start="2027-01-18T09:00", end="2027-01-18T12:00"),  # on a holiday: takes nothing
        Commitment(start="2027-03-01T09:00", end="2027-03-01T12:00"),  # outside the window
    ],
)


def test_two_weeks_by_hand() -> None:
    """11 to 22 January 2027: nine US working days (the 18th is a holiday), less two Fridays and the 20th, leaves six
    days of eight hours; 9 to 12 on the 12th is taken, so 45 of 48 hours are free, 5.625 days."""
    found = measure_capacity({"ada": ADA}, date(2027, 1, 11), date(2027, 1, 22))
    ada = found.people["ada"]
    assert (ada.working_days, ada.protected_days, ada.hours, ada.busy_hours, ada.free_hours) == (9, 3, 48, 3, 45)
    assert ada.free_days == D("5.63") and ada.commitments == 4 and found.outside == 1
    assert ada.days_off == [date(2027, 1, 15), date(2027, 1, 20), date(2027, 1, 22)]
    assert [week.free_days["ada"] for week in found.weeks.values()] == [D("3.63"), 2]
    assert found.tightest == "2027-01-18"


def test_a_commitment_over_midnight_takes_hours_on_both_days() -> None:
    one = PersonTime(country="US", busy=[Commitment(start="2027-01-12T16:00", end="2027-01-13T10:00")])
    assert measure_capacity({"a": one}, date(2027, 1, 11), date(2027, 1, 15)).people["a"].busy_hours == 2


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (PersonTime(country="XX"), "not an ISO 3166 code"),
        (PersonTime(country="US", protected_weekdays=["fridy"]), "did you mean 'friday'"),
        (PersonTime(country="US", work_start="17:00", work_end="09:00"), "end after start"),
        (PersonTime(country="US", busy=[Commitment(start="2027-01-12T10:00", end="2027-01-12T09:00")]), "swap them"),
        (
            PersonTime(country="US", busy=[Commitment(start="2027-02-30T10:00", end="2027-03-01T09:00")]),
            "date and time",
        ),
    ],
)
def test_times_that_cannot_be_are_refused(person: PersonTime, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        measure_capacity({"a": person}, date(2027, 1, 11), date(2027, 1, 15))


def test_an_empty_or_endless_window_is_refused() -> None:
    with pytest.raises(InvalidInput, match="is empty or longer"):
        measure_capacity({"a": ADA}, date(2027, 1, 11), date(2029, 1, 15))


def test_the_best_time_of_a_week_avoids_days_off_and_keeps_everybodys_hours() -> None:
    """Chicago is two hours ahead of Los Angeles: from 10 to 17 Chicago both work; Monday is Ada's day off."""
    ada = Attendee(
        zone="America/Chicago",
        country="US",
        days_off=[date(2027, 1, 11)],
        busy=[Busy(start="2027-01-12T10:00", end="2027-01-12T12:00")],
    )
    ben = Attendee(zone="America/Los_Angeles", country="US", work_start="08:00")
    weeks = {"w": WeekSpan(begins=date(2027, 1, 11), ends=date(2027, 1, 17))}
    found = plan_weekly_meetings({"ada": ada, "ben": ben}, weeks).meetings["w"]
    assert (found.day, found.local) == (date(2027, 1, 12), {"ada": "12:00 to 13:00", "ben": "10:00 to 11:00"})


def test_a_week_without_a_common_time_is_named() -> None:
    days = [date(2027, 1, day) for day in range(11, 16)]
    ada = Attendee(zone="America/Chicago", country="US", days_off=days)
    weeks = {"w": WeekSpan(begins=date(2027, 1, 11), ends=date(2027, 1, 17))}
    found = plan_weekly_meetings({"ada": ada}, weeks)
    assert (found.count, found.without) == (0, ["w"]) and "No common time" in found.warnings[0]
