"""Tasks dated by their owners' time, counted by hand on the calendar of January 2027."""

from datetime import date
from decimal import Decimal

import pytest

from experts.core.errors import Infeasible, InvalidInput
from experts.project_management.tools.fit_to_capacity import FreeWeek, OwnedTask, fit_to_capacity

D = Decimal


def weeks(first: str, second: str, who: str = "ada") -> dict[str, FreeWeek]:
    return {
        "w1": FreeWeek(begins=date(2027, 1, 4), ends=date(2027, 1, 10), free_days={who: D(first)}),
        "w2": FreeWeek(begins=date(2027, 1, 11), ends=date(2027, 1, 17), free_days={who: D(second)}),
    }


def test_a_half_free_week_takes_twice_as_long() -> None:
    """Two and a half free days over five: three days of work need Monday to Friday (2.5) and half a day of the next
    week, whose four free days over five make Monday enough."""
    found = fit_to_capacity(
        {"a": OwnedTask(duration=3, owner="ada")}, date(2027, 1, 4), "US", weeks("2.5", "4"), {"ada": []}
    )
    task = found.tasks["a"]
    assert (task.start, task.finish, task.plain_finish, task.later) == (
        date(2027, 1, 4),
        date(2027, 1, 11),
        date(2027, 1, 6),
        3,
    )
    assert (found.owners["ada"].work_days, found.owners["ada"].free_days) == (3, D("3.3"))


def test_protected_days_are_not_worked() -> None:
    """With Tuesday and Wednesday off and three free days on the other three, two days of work end on Thursday."""
    off = {"ada": [date(2027, 1, 5), date(2027, 1, 6)]}
    found = fit_to_capacity({"a": OwnedTask(duration=2, owner="ada")}, date(2027, 1, 4), "US", weeks("3", "5"), off)
    assert found.tasks["a"].finish == date(2027, 1, 7)


def test_an_owner_works_on_one_task_at_a_time_and_others_do_not_wait() -> None:
    """The longer chain goes first; the short task waits for its owner; an agency's task starts at once."""
    tasks = {
        "short": OwnedTask(duration=2, owner="ada"),
        "long": OwnedTask(duration=3, owner="ada"),
        "after": OwnedTask(duration=4, predecessors=["long"], owner="agency"),
        "agency": OwnedTask(duration=1, owner="agency"),
    }
    found = fit_to_capacity(tasks, date(2027, 1, 4), "US", weeks("5", "5"), {"ada": []})
    assert (found.tasks["long"].finish, found.tasks["short"].start) == (date(2027, 1, 6), date(2027, 1, 7))
    assert found.tasks["agency"].start == date(2027, 1, 4)
    assert found.finish == date(2027, 1, 12) and found.later == 0
    assert found.chain == ["long", "after"]


def test_shared_tasks_go_to_whoever_is_done_first() -> None:
    tasks = {"a": OwnedTask(duration=3, owner="ada"), "b": OwnedTask(duration=3, owner="ada")}
    both = {
        key: week.model_copy(update={"free_days": {"ada": D(5), "ben": D(5)}}) for key, week in weeks("5", "5").items()
    }
    off: dict[str, list[date]] = {"ada": [], "ben": []}
    alone = fit_to_capacity(tasks, date(2027, 1, 4), "US", both, off)
    shared = fit_to_capacity(tasks, date(2027, 1, 4), "US", both, off, share=True)
    assert (alone.finish, shared.finish) == (date(2027, 1, 11), date(2027, 1, 6))
    assert shared.moved == ["b"] and shared.tasks["b"].owner == "ben"


def test_days_to_the_latest_date_are_counted_and_missed_ones_named() -> None:
    task = {"a": OwnedTask(duration=5, owner="agency")}
    found = fit_to_capacity(task, date(2027, 1, 4), "US", {}, {}, latest=date(2027, 1, 12))
    assert (found.slack, found.late_by) == (2, None)
    late = fit_to_capacity(task, date(2027, 1, 4), "US", {}, {}, latest=date(2027, 1, 7))
    assert (late.slack, late.late_by) == (-1, 1)


def test_what_cannot_be_fitted_is_refused() -> None:
    with pytest.raises(InvalidInput, match="only finish to start"):
        fit_to_capacity(
            {"a": OwnedTask(duration=1), "b": OwnedTask(duration=1, predecessors=["a SS+1"])},
            date(2027, 1, 4),
            "US",
            {},
            {},
        )
    never = {"ada": [date(2027, 1, 4 + day) for day in range(5)]}
    with pytest.raises(Infeasible):
        fit_to_capacity(
            {"a": OwnedTask(duration=1, predecessors=["b"]), "b": OwnedTask(duration=1, predecessors=["a"])},
            date(2027, 1, 4),
            "US",
            {},
            never,
        )
