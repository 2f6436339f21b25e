"""Task costs by month, held against working days counted by hand on a printed calendar."""

from datetime import date
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.project_management.tools.spread_task_costs import CostedDates, spread_task_costs


def test_a_cost_falls_on_months_by_their_working_days_and_closes_at_the_bac() -> None:
    # 26 January (Tue) to 5 February 2027 (Fri): nine working days, four of them in January; 900 / 9 = 100 a day.
    # The milestone's 50 falls on its day.
    tasks = {
        "fit_out": CostedDates(start=date(2027, 1, 26), finish=date(2027, 2, 5), cost=Decimal(900)),
        "opening": CostedDates(start=date(2027, 4, 1), finish=date(2027, 4, 1), cost=Decimal(50)),
    }
    found = spread_task_costs(tasks, "USD", "US")
    assert {key: month.planned for key, month in found.months.items()} == {
        "2027-01": 400,
        "2027-02": 500,
        "2027-03": 0,
        "2027-04": 50,
    }
    assert found.months["2027-04"].cumulative == found.bac == 950


def test_a_public_holiday_carries_no_cost_and_cents_are_not_lost() -> None:
    # 28 June to 6 July 2027: six working days, since Independence Day (a Sunday) is observed on Monday 5 July;
    # three in June, so 100.01 / 2 = 50.005, half up 50.01.
    tasks = {"a": CostedDates(start=date(2027, 6, 28), finish=date(2027, 7, 6), cost=Decimal("100.01"))}
    found = spread_task_costs(tasks, "USD", "US")
    assert found.months["2027-06"].planned == Decimal("50.01")
    assert found.months["2027-07"].planned == Decimal("50.00")


def test_no_tasks_cost_nothing() -> None:
    found = spread_task_costs({}, "USD", "US")
    assert (found.months, found.bac) == ({}, 0)


@pytest.mark.parametrize(
    ("task", "word"),
    [
        (CostedDates(start=date(2027, 2, 2), finish=date(2027, 2, 1), cost=Decimal(1)), "before it starts"),
        (CostedDates(start=date(2027, 2, 1), finish=date(2027, 2, 1), cost=Decimal("0.001")), "finer"),
        (CostedDates(start=date(2000, 2, 1), finish=date(2090, 2, 1), cost=Decimal(1)), "split it"),
    ],
)
def test_dates_out_of_order_and_fractions_of_a_cent_are_refused(task: CostedDates, word: str) -> None:
    with pytest.raises(InvalidInput, match=word):
        spread_task_costs({"a": task}, "USD", "US")
