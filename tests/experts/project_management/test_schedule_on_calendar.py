"""Dates worked by hand on the calendar of August to October 2027; Labor Day is Monday 6 September (5 U.S.C. 6103)."""

from datetime import date

import pytest

from experts.core.errors import InvalidInput
from experts.project_management.tools._network import Task
from experts.project_management.tools.compute_critical_path import TaskTiming, compute_critical_path
from experts.project_management.tools.schedule_on_calendar import schedule_on_calendar


def timed(rows: dict[str, tuple[int, str]]) -> dict[str, TaskTiming]:
    tasks = {
        key: Task(duration=days, predecessors=before.split(",") if before else [])
        for key, (days, before) in rows.items()
    }
    return compute_critical_path(tasks).tasks


def test_a_task_finishes_on_its_last_working_day_with_weekend_and_labor_day_skipped() -> None:
    """Thu 2 Sep: Thu, Fri, then Tue to Fri after Labor Day makes six days; the next task starts on Mon 13."""
    found = schedule_on_calendar(timed({"film": (6, ""), "legal": (3, "film")}), date(2027, 9, 2), "US")
    assert (found.tasks["film"].start, found.tasks["film"].finish) == (date(2027, 9, 2), date(2027, 9, 10))
    assert (found.tasks["legal"].start, found.tasks["legal"].finish) == (date(2027, 9, 13), date(2027, 9, 15))
    assert {key: day.name for key, day in found.holidays.items()} == {"2027-09-06": "Labor Day"}
    assert (found.finish, found.working_days, found.rolled) == (date(2027, 9, 15), 9, False)
    assert found.warnings == []


def test_late_dates_and_slack_to_a_latest_date_count_working_days() -> None:
    rows = {"long": (5, ""), "short": (2, ""), "live": (1, "long,short")}
    found = schedule_on_calendar(timed(rows), date(2027, 8, 16), "US", target="live", latest=date(2027, 9, 7))
    assert found.target_finish == date(2027, 8, 23)
    # 24 to 27 and 30 to 31 August, 1 to 3 September, 7 September.
    assert (found.slack_to_latest, found.late_by) == (10, None)
    assert (found.tasks["short"].late_start, found.tasks["short"].late_finish) == (date(2027, 8, 19), date(2027, 8, 20))


def test_a_missed_latest_date_is_negative_slack_and_a_positive_delay() -> None:
    found = schedule_on_calendar(timed({"a": (3, "")}), date(2027, 9, 2), "US", latest=date(2027, 9, 3))
    assert found.finish == date(2027, 9, 7)
    assert (found.slack_to_latest, found.late_by) == (-1, 1)


def test_a_start_that_is_not_worked_rolls_forward_and_says_so() -> None:
    saturday = schedule_on_calendar(timed({"a": (1, "")}), date(2027, 9, 4), "US")
    assert (saturday.start, saturday.rolled) == (date(2027, 9, 7), True)
    assert "2027-09-04, is on a weekend; work starts on 2027-09-07" in saturday.warnings[0]
    holiday = schedule_on_calendar(timed({"a": (1, "")}), date(2027, 9, 6), "US")
    assert "a public holiday (Labor Day)" in holiday.warnings[0]


def test_milestones_fall_on_the_day_their_predecessors_finish_or_start() -> None:
    rows = {"a": (3, ""), "done": (0, "a"), "b": (2, "a"), "begun": (0, "b SS"), "go": (0, "")}
    found = schedule_on_calendar(timed(rows), date(2027, 9, 1), "US").tasks
    assert found["a"].finish == found["done"].start == found["done"].finish == date(2027, 9, 3)
    assert found["b"].start == found["begun"].start == date(2027, 9, 7)
    assert found["go"].start == date(2027, 9, 1)


def test_an_observed_holiday_is_listed_on_the_day_it_is_observed() -> None:
    found = schedule_on_calendar(timed({"a": (3, "")}), date(2027, 7, 1), "US")
    assert found.tasks["a"].finish == date(2027, 7, 6)
    assert list(found.holidays) == ["2027-07-05"]
    assert "observed" in found.holidays["2027-07-05"].name


def test_a_latest_date_on_a_day_that_is_not_worked_is_pointed_out() -> None:
    found = schedule_on_calendar(timed({"a": (1, "")}), date(2027, 9, 1), "US", latest=date(2027, 9, 5))
    assert found.slack_to_latest == 2
    assert "2027-09-05, is not worked" in found.warnings[0]


def test_a_country_without_listed_holidays_is_pointed_out() -> None:
    found = schedule_on_calendar(timed({"a": (1, "")}), date(2027, 9, 1), "UA")
    assert "lists no public holiday for UA in 2027" in found.warnings[0]


def test_timings_that_do_not_fit_their_duration_are_refused() -> None:
    timing = timed({"a": (3, "")})["a"].model_copy(update={"early_finish": 9})
    with pytest.raises(InvalidInput, match=r"task 'a': its times .* do not fit its duration 3"):
        schedule_on_calendar({"a": timing}, date(2027, 9, 1), "US")


def test_unknown_places_targets_and_years_are_refused() -> None:
    tasks = timed({"a": (3, "")})
    with pytest.raises(InvalidInput, match="country 'USA'"):
        schedule_on_calendar(tasks, date(2027, 9, 1), "USA")
    with pytest.raises(InvalidInput, match="target 'b' is not one of the tasks"):
        schedule_on_calendar(tasks, date(2027, 9, 1), "US", target="b")
    with pytest.raises(InvalidInput, match="in 2200") as caught:
        schedule_on_calendar(tasks, date(2200, 9, 1), "US")
    assert caught.value.field == "start"
    with pytest.raises(InvalidInput, match="in 2101"):
        schedule_on_calendar(timed({"a": (9000, ""), "b": (9999, "a")}), date(2030, 1, 1), "US")
    with pytest.raises(InvalidInput, match="no tasks"):
        schedule_on_calendar({}, date(2027, 9, 1), "US")
