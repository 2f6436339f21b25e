"""Loads counted by hand on the calendar of September 2027 (Labor Day is Monday the 6th)."""

from datetime import date

import pytest

from experts.core.errors import InvalidInput
from experts.project_management.tools.check_resource_load import (
    AssignedTask,
    Member,
    ResourceLoad,
    check_resource_load,
)


def task(owner: str, first: int, last: int, duration: int = 1) -> AssignedTask:
    return AssignedTask(owner=owner, start=date(2027, 9, first), finish=date(2027, 9, last), duration=duration)


def load(tasks: dict[str, AssignedTask], **capacity: int) -> ResourceLoad:
    return check_resource_load(tasks, {key: Member(capacity=count) for key, count in capacity.items()}, "US")


def test_two_tasks_at_once_overload_a_person_who_can_take_one() -> None:
    found = load(
        {"film": task("lena", 2, 10), "stills": task("lena", 2, 8), "kit": task("theo", 2, 14)}, lena=1, theo=1
    )
    assert found.overloaded == ["lena"]
    lena = found.people["lena"]
    assert (lena.peak, lena.days, list(lena.spans)) == (2, 4, ["1"])
    span = lena.spans["1"]
    # Thu 2, Fri 3, Tue 7, Wed 8: neither the weekend nor Labor Day counts.
    assert (span.first, span.last, span.days, span.at_once) == (date(2027, 9, 2), date(2027, 9, 8), 4, 2)
    assert span.tasks == ["film", "stills"]
    assert (found.people["theo"].peak, found.people["theo"].spans) == (1, {})


def test_a_capacity_of_two_takes_two_but_not_three() -> None:
    tasks = {"a": task("lena", 1, 3), "b": task("lena", 1, 2), "c": task("lena", 2, 3)}
    assert load(tasks, lena=2).people["lena"].days == 1
    assert load(tasks, lena=3).overloaded == []


def test_idle_or_easy_days_part_two_spans() -> None:
    tasks = {"a": task("lena", 1, 1), "b": task("lena", 1, 1), "c": task("lena", 3, 3), "d": task("lena", 3, 3)}
    spans = load(tasks, lena=1).people["lena"].spans
    assert [(span.first.day, span.last.day) for span in spans.values()] == [(1, 1), (3, 3)]


def test_a_milestone_takes_nobodys_time() -> None:
    tasks = {"a": task("lena", 1, 1), "done": task("lena", 1, 1, duration=0)}
    assert load(tasks, lena=1).overloaded == []


def test_nobody_can_take_anything_at_a_capacity_of_none() -> None:
    assert load({"a": task("lena", 1, 1)}, lena=0).overloaded == ["lena"]


def test_owners_outside_the_team_are_listed_and_a_likely_typing_error_is_pointed_out() -> None:
    found = load({"a": task("Outside counsel", 1, 1), "b": task("lenna", 1, 1)}, lena=1, theo=1)
    assert found.unchecked == ["Outside counsel", "lenna"]
    assert found.warnings == ["Owner 'lenna' is not in the team and was not checked; did you mean 'lena'?"]


def test_a_task_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"task 'a' finishes on 2027-09-01, before it starts on 2027-09-02"):
        load({"a": task("lena", 2, 1)}, lena=1)


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(InvalidInput, match="country 'XX'"):
        check_resource_load({}, {}, "XX")
