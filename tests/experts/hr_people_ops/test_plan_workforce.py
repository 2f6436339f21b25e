"""Hiring plans position by position, and what a role costs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.hr_people_ops.tools.compute_employment_cost import compute_employment_cost
from experts.hr_people_ops.tools.plan_workforce import Position, RoleCost, plan_workforce
from experts.hr_people_ops.tools.price_payroll import PaidRole, price_payroll
from experts.hr_people_ops.tools.price_roles import PricedRole, price_roles

D = Decimal
ROLES = {"cook": RoleCost(annual_cost=D(1000), hiring_cost=D(70)), "clerk": RoleCost(annual_cost=D(1200))}


def plan(positions: dict[str, Position], **more: Any) -> Any:
    settings: dict[str, Any] = {"roles": ROLES, "start": date(2028, 1, 1), "months": 6, "currency": "USD"}
    return plan_workforce(positions, **{**settings, **more})


def at(role: str, day: str, **more: Any) -> Position:
    return Position(role=role, start=date.fromisoformat(day), **more)


def test_positions_cost_twelfths_from_their_month_and_hiring_once() -> None:
    """Two cooks: 2 x 1,000 / 12 = 166.67 a month; 140 to hire; a clerk from March at 100."""
    found = plan({"a": at("cook", "2028-02-15"), "b": at("cook", "2028-02-01"), "c": at("clerk", "2028-03-01")})
    assert [month.headcount for month in found.months.values()] == [0, 2, 3, 3, 3, 3]
    assert [month.cost for month in found.months.values()][:3] == [0, D("306.67"), D("266.67")]
    assert found.total_cost == 140 + 5 * D("166.67") + 4 * 100
    assert found.years["2028"].cost == found.total_cost
    assert (found.first_start, found.total_hiring) == (date(2028, 2, 1), 140)


def test_starts_move_with_the_opening_then_wait_and_are_held() -> None:
    positions = {
        "moves": at("cook", "2028-02-01"),
        "stays": at("cook", "2028-01-01", moves=False),
        "waits": at("clerk", "2028-02-01", deferrable=True),
    }
    found = plan(
        positions,
        planned_opening=date(2028, 2, 1),
        opening=date(2028, 3, 20),
        defer_months=2,
        not_before=date(2028, 1, 5),
    )
    assert {key: day.month for key, day in found.starts.items()} == {"moves": 3, "stays": 2, "waits": 5}
    assert (found.moved, found.held, found.deferred) == (1, 1, 1)
    assert found.headcount_opening == 2


def test_share_of_receipts_and_people_employed_already_are_counted() -> None:
    found = plan({"a": at("clerk", "2028-01-01")}, receipts={"2028": D(2400)}, existing=4)
    assert found.years["2028"].receipts_share == D("0.25")  # 600 of 2,400
    assert found.employees_end == 5


@pytest.mark.parametrize(
    ("positions", "said"),
    [
        ({"a": at("cok", "2028-01-01")}, "did you mean 'cook'"),
        ({"a": at("cook", "2027-12-01")}, "before the plan's first month 2028-01"),
        ({"a": at("cook", "2030-01-01")}, "no position starts within the plan"),
    ],
)
def test_positions_that_cannot_be_planned_are_refused(positions: dict[str, Position], said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        plan(positions)
    assert said in str(refused.value)


def test_a_role_costs_salary_on_cost_and_benefits() -> None:
    """38,000 + 30 % + 1,200 = 50,600."""
    found = price_roles({"m": PricedRole(salary=D(38_000), on_cost_rate=D("0.3"), benefits=D(1200))}, "EUR")
    assert found.roles["m"].annual_cost == 50_600
    with pytest.raises(InvalidInput, match="write a fraction"):
        price_roles({"m": PricedRole(salary=D(1), on_cost_rate=D(22))}, "EUR")


def test_a_payroll_prices_each_role_as_one_employee() -> None:
    """50,000 + 6.2 % + 1.45 % + 42 = 53,867 without state tax, and 5,000 of benefits (IRC 3111, 3301)."""
    found = price_payroll({"m": PaidRole(salary=D(50_000), benefits=D(5_000))}, 2026, "US-OH")
    assert found.roles["m"].annual_cost == 50_000 + D("3825") + 42 + 5_000
    one = compute_employment_cost(D(50_000), 2026, "US-OH", benefits={"benefits": D(5_000)})
    assert found.roles["m"].annual_cost == one.per_employee
    assert found.warnings == one.warnings


def test_a_start_that_moves_past_the_end_of_the_calendar_is_refused() -> None:
    first = at("cook", "2028-02-01")
    late = {"a": first, "late": at("cook", "9999-12-31", deferrable=True)}
    assert plan(late).beyond == ["late"]
    with pytest.raises(InvalidInput, match="'late' of 9999-12-31 would start after the year 9999"):
        plan(late, defer_months=1)
    with pytest.raises(InvalidInput, match="after the year 9999"):
        plan({"a": first}, not_before=date(9999, 12, 31))
