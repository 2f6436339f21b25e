"""Expected dates: counted by hand on the calendar of Hamburg, 2027 (Good Friday 26 March, Ascension 6 May)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from experts.core.errors import InvalidInput

Call = Callable[..., Any]
PLAN = {"start": "2027-02-01", "launch": "2027-10-05", "jurisdiction": "EU", "country": "DE", "subdivision": "HH"}


def test_a_lead_time_runs_in_calendar_days_and_ends_on_a_working_day(call: Call) -> None:
    """1 February + 54 days is Saturday 27 March; Monday 29 is Easter Monday, so the day is Tuesday 30 March.

    Working days from 1 February to 30 March: 20 in February, 23 in March up to the 31st less the 31st, Good Friday
    and Easter Monday: 20 + 20 = 40.
    """
    found = call("schedule_clearances", items={"mark": {"owner": "Petra", "lead_days": 54, "cost": "900"}}, **PLAN)

    item = found.items["mark"]
    assert (item.starts, item.clear) == (date(2027, 2, 1), date(2027, 3, 30))
    assert item.working_days == 40
    assert item.days_before_launch == (date(2027, 10, 5) - date(2027, 3, 30)).days == 189
    assert (found.open_blockers, found.planned, found.clearance_date, found.cost) == (0, 1, date(2027, 3, 30), 900)


def test_a_clearance_starts_on_the_working_day_after_the_task_it_waits_for(call: Call) -> None:
    """The task ends on Wednesday 5 May; the 6th is Ascension Day, so the start is Friday the 7th, and 56 days on is 2 July."""
    item = {"owner": "Jonas", "lead_days": 56, "after": "2027-05-05"}
    found = call("schedule_clearances", items={"tests": item}, **PLAN)

    assert (found.items["tests"].starts, found.items["tests"].clear) == (date(2027, 5, 7), date(2027, 7, 2))


def test_what_is_refused_ownerless_undated_or_late_blocks_and_says_why(call: Call) -> None:
    items = {
        "refused": {"status": "refused", "owner": "Petra", "lead_days": 5},
        "undated": {"owner": "Petra"},
        "ownerless": {"lead_days": 5},
        "late": {"owner": "Petra", "lead_days": 300},
        "cleared": {"status": "cleared"},
        "harmless": {"blocking": False},
    }
    found = call("schedule_clearances", items=items, **PLAN)

    why = {key: item.why for key, item in found.items.items() if item.blocks_launch}
    assert why == {
        "refused": "refused",
        "undated": "no lead time",
        "ownerless": "no owner",
        "late": "after the launch",
    }
    assert (found.open_blockers, found.cleared) == (4, 1)
    assert found.escalate and "late" in found.escalation_reason


def test_expediting_shortens_what_can_be_expedited_and_costs_extra(call: Call) -> None:
    items = {
        "tests": {"owner": "Jonas", "lead_days": 56, "expedited_days": 35, "cost": "14800", "expedite_cost": "5200"},
        "mark": {"owner": "Petra", "lead_days": 150, "cost": "900"},
    }
    found = call("schedule_clearances", items=items, expedite=True, **PLAN)

    assert found.items["tests"].clear == date(2027, 3, 8)  # 1 February + 35 days, a Monday
    assert (found.expedited, found.cost) == (1, 14_800 + 5_200 + 900)
    assert found.items["mark"].clear == date(2027, 7, 1)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"lead_days": -1}, "from 0 to 3650"),
        ({"lead_days": 10, "expedited_days": 20}, "longer than its lead_days 10"),
    ],
)
def test_lead_times_that_cannot_be_are_refused(call: Call, item: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said) as caught:
        call("schedule_clearances", items={"mark": item}, **PLAN)

    assert caught.value.field.startswith("items.mark.")
