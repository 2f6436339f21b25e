"""The sums are checked with exact fractions, worked apart from the tool."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experts.core.errors import InvalidInput
from experts.project_management.tools.build_cost_baseline import CostBaseline, CostedTask, build_cost_baseline

FILM = CostedTask(start=date(2027, 9, 2), finish=date(2027, 9, 10), duration=6)
STILLS = CostedTask(start=date(2027, 9, 2), finish=date(2027, 9, 8), duration=4)
BRIEF = CostedTask(start=date(2027, 8, 16), finish=date(2027, 8, 19), duration=4, makes_assets=False)


def baseline(
    media: str = "8400", production: str = "1000", weeks: int = 4, reserve: str = "0", unallocated: str = "0"
) -> CostBaseline:
    return build_cost_baseline(
        {"film": FILM, "stills": STILLS, "brief": BRIEF},
        go_live=date(2027, 9, 23),
        campaign_weeks=weeks,
        media=Decimal(media),
        production=Decimal(production),
        currency="USD",
        country="US",
        reserve=Decimal(reserve),
        unallocated=Decimal(unallocated),
    )


def test_production_falls_on_the_days_of_asset_work_and_media_on_the_days_of_the_flight() -> None:
    """Ten task days at 100: Thu and Fri of two tasks, then 6 days after Labor Day. 28 days of flight at 300."""
    found = baseline()
    assert {key: task.cost for key, task in found.tasks.items()} == {"film": 600, "stills": 400, "brief": 0}
    planned = {key: week.planned for key, week in found.weeks.items() if week.planned}
    assert planned == {
        "2027-w35": 400,
        "2027-w36": 600,
        "2027-w38": 1200,
        "2027-w39": 2100,
        "2027-w40": 2100,
        "2027-w41": 2100,
        "2027-w42": 900,
    }
    assert (found.flight_start, found.flight_end) == (date(2027, 9, 23), date(2027, 10, 20))
    assert next(iter(found.weeks)) == "2027-w33"
    assert found.weeks["2027-w36"].production_days == 6
    assert found.weeks["2027-w37"].planned == 0


def test_the_last_week_closes_at_the_budget_at_completion_to_the_cent() -> None:
    found = baseline(media="71900", production="14500.01", weeks=12)
    last = list(found.weeks.values())[-1]
    assert last.cumulative == found.bac == Decimal("86400.01")
    assert sum(week.planned for week in found.weeks.values()) == found.bac
    assert sum(task.cost for task in found.tasks.values()) == Decimal("14500.01")


def test_reserve_and_unallocated_money_stay_outside_the_baseline() -> None:
    found = baseline(reserve="9600", unallocated="12.50")
    assert found.bac == 9400
    assert found.budget_total == Decimal("19012.50")
    assert list(found.weeks.values())[-1].cumulative == 9400
    assert "management reserve" in found.method


def test_weeks_are_named_by_iso_8601_across_the_new_year() -> None:
    """1 January 2027 is a Friday of week 53 of 2026 (ISO 8601)."""
    found = build_cost_baseline(
        {},
        go_live=date(2026, 12, 28),
        campaign_weeks=2,
        media=Decimal(140),
        production=Decimal(0),
        currency="EUR",
        country="DE",
    )
    assert list(found.weeks) == ["2026-w53", "2027-w01"]
    assert [week.planned for week in found.weeks.values()] == [70, 70]


def test_yen_are_whole() -> None:
    found = build_cost_baseline(
        {},
        go_live=date(2027, 9, 23),
        campaign_weeks=1,
        media=Decimal(1000),
        production=Decimal(0),
        currency="JPY",
        country="JP",
    )
    assert [week.planned for week in found.weeks.values()] == [571, 429]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 60), st.integers(0, 6))
def test_no_cent_is_lost_and_no_week_is_off_by_more_than_half_a_cent(
    media: int, production: int, weeks: int, shift: int
) -> None:
    go_live = date(2027, 9, 23) + timedelta(days=shift)
    found = build_cost_baseline(
        {"film": FILM, "stills": STILLS},
        go_live=go_live,
        campaign_weeks=weeks,
        media=Decimal(media).scaleb(-2),
        production=Decimal(production).scaleb(-2),
        currency="USD",
        country="US",
    )
    made = ran = 0
    for week in found.weeks.values():
        made += week.production_days
        ran += week.media_days
        exact = Fraction(production * made, 1000) + Fraction(media * ran, 100 * 7 * weeks)
        assert abs(Fraction(week.cumulative) - exact) <= Fraction(1, 200)
        assert week.planned >= 0
    assert (made, ran) == (10, 7 * weeks)
    assert week.cumulative == found.bac


def test_dates_that_do_not_hold_the_duration_are_refused() -> None:
    """Labor Day is worked where the dates were made without holidays."""
    wrong = CostedTask(start=date(2027, 9, 2), finish=date(2027, 9, 9), duration=6)
    with pytest.raises(InvalidInput, match=r"task 'film': there are 5 working days .* not 6"):
        build_cost_baseline(
            {"film": wrong},
            go_live=date(2027, 9, 23),
            campaign_weeks=1,
            media=Decimal(0),
            production=Decimal(1),
            currency="USD",
            country="US",
        )


def test_amounts_and_flights_that_make_no_plan_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"production 0\.005 is finer than the smallest unit of USD, 0\.01"):
        baseline(production="0.005")
    with pytest.raises(InvalidInput, match="campaign_weeks 0 must be from 1 to 520"):
        baseline(weeks=0)
    with pytest.raises(InvalidInput, match="production 5 USD has no working day to fall on"):
        build_cost_baseline(
            {"brief": BRIEF},
            go_live=date(2027, 9, 23),
            campaign_weeks=1,
            media=Decimal(0),
            production=Decimal(5),
            currency="USD",
            country="US",
        )
    with pytest.raises(InvalidInput, match="currency 'dollar'"):
        build_cost_baseline(
            {},
            go_live=date(2027, 9, 23),
            campaign_weeks=1,
            media=Decimal(0),
            production=Decimal(0),
            currency="dollar",
            country="US",
        )


COSTED = {
    "survey": CostedTask(start=date(2027, 3, 1), finish=date(2027, 3, 5), duration=5, cost=Decimal(1000)),
    "frame": CostedTask(start=date(2027, 3, 4), finish=date(2027, 3, 10), duration=5, cost=Decimal("500.01")),
    "permit": CostedTask(start=date(2027, 3, 12), finish=date(2027, 3, 12), duration=0, cost=Decimal(7)),
}


def test_any_project_can_give_the_cost_of_each_task() -> None:
    """Of `frame`, two of five days fall in the first week: 1000 + 200.004; the rest and the permit in the second."""
    found = build_cost_baseline(COSTED, "EUR", "DE", reserve=Decimal(100))

    assert [(week.planned, week.cumulative) for week in found.weeks.values()] == [
        (Decimal("1200.00"), Decimal("1200.00")),
        (Decimal("307.01"), Decimal("1507.01")),
    ]
    assert (found.bac, found.budget_total) == (Decimal("1507.01"), Decimal("1607.01"))
    assert (found.flight_start, found.flight_end) == (date(2027, 3, 1), date(2027, 3, 12))
    assert {key: task.cost for key, task in found.tasks.items()} == {key: task.cost for key, task in COSTED.items()}


def test_media_can_be_added_to_task_costs() -> None:
    found = build_cost_baseline(COSTED, "EUR", "DE", media=Decimal(70), go_live=date(2027, 3, 15), campaign_weeks=1)

    assert found.bac == Decimal("1577.01")
    assert found.weeks["2027-w11"].planned == 70
    assert (found.flight_start, found.flight_end) == (date(2027, 3, 15), date(2027, 3, 21))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"production": Decimal(5)}, "counted twice"),
        ({"media": Decimal(7)}, "media 7 has no days to run on"),
        ({"campaign_weeks": 2}, "go_live is missing"),
        ({"go_live": date(2027, 3, 15)}, "campaign_weeks 0 must be from 1"),
    ],
)
def test_costs_that_contradict_each_other_are_refused(more: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        build_cost_baseline(COSTED, "EUR", "DE", **more)


@pytest.mark.parametrize(
    ("start", "finish", "duration", "cost", "said"),
    [
        (date(2027, 3, 5), date(2027, 3, 1), 5, "1", "before it starts"),
        (date(2027, 3, 1), date(2027, 3, 5), 5, "1.001", r"tasks\.a\.cost 1\.001 is finer"),
        (date(1, 1, 1), date(9999, 12, 31), 5, "1", "more than 1,040 weeks"),
    ],
)
def test_hostile_dates_and_costs_are_refused(start: date, finish: date, duration: int, cost: str, said: str) -> None:
    task = CostedTask(start=start, finish=finish, duration=duration, cost=Decimal(cost))
    with pytest.raises(InvalidInput, match=said):
        build_cost_baseline({"a": task}, "EUR", "DE")


def test_more_task_days_than_can_be_spread_are_refused() -> None:
    long = CostedTask(start=date(2027, 3, 1), finish=date(2040, 3, 1), duration=100_000, cost=Decimal(1))
    with pytest.raises(InvalidInput, match="300,000 working days in all"):
        build_cost_baseline({f"t{n}": long for n in range(3)}, "EUR", "DE")


def test_nothing_to_plan_and_too_many_tasks_are_refused() -> None:
    with pytest.raises(InvalidInput, match="no tasks and no media"):
        build_cost_baseline({}, "EUR", "DE")
    with pytest.raises(InvalidInput, match="2,001 tasks"):
        build_cost_baseline({f"t{n}": COSTED["survey"] for n in range(2001)}, "EUR", "DE")
