"""Cash of a launch, against small plans worked out by hand."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.project_launch_cash import (
    ChannelSpend,
    PaidClearance,
    SalesMonth,
    ScenarioSales,
    WorkMonth,
    project_launch_cash,
)

D = Decimal


def sold(*units: int) -> ScenarioSales:
    """Months of one product sold at 100 in one market."""
    return ScenarioSales(
        months={
            f"m{n:02}": SalesMonth(number=n, skus={"lamp": each}, markets={"shop": D(100 * each)})
            for n, each in enumerate(units, 1)
        }
    )


PLAN: dict[str, Any] = {
    "scenarios": {"base": sold(10, 20)},
    "unit_costs": {"lamp": D(40)},
    "launch": date(2027, 10, 5),
    "currency": "EUR",
    "collection_months": {"shop": 1},
    "production_lead_months": 2,
    "running": {"desk": D(50)},
    "marketing": {"search": ChannelSpend(spend=D(100), lead_months=1, months=3)},
    "work": {"2027-08": WorkMonth(begins=date(2027, 8, 1), planned=D(300))},
    "clearances": {"mark": PaidClearance(cost=D(90), paid=date(2027, 9, 17))},
    "opening_cash": D(2000),
}


def test_cash_moves_in_the_months_that_terms_and_leads_say() -> None:
    """August: work 300, units of October 400. September: 800 for November, 33.33 search, 90 fee. October: 50, 33.34.

    November: 1,000 in, 50, 33.33. December: 2,000 in. Cumulative: -700, -1,623.33, -1,706.67, -790, 1,210.
    """
    found = project_launch_cash(**PLAN)

    base = found.scenarios["base"]
    assert {key: str(month.cumulative) for key, month in base.months.items()} == {
        "2027-08": "-700.00",
        "2027-09": "-1623.33",
        "2027-10": "-1706.67",
        "2027-11": "-790.00",
        "2027-12": "1210.00",
    }
    assert [month.marketing for month in base.months.values()] == [0, D("33.33"), D("33.34"), D("33.33"), 0]
    assert (base.lowest, base.lowest_month, base.payback_month) == (D("-1706.67"), date(2027, 10, 1), date(2027, 12, 1))
    assert base.lowest_balance == D("293.33")
    assert (found.launch_budget, found.sales_begin) == (490, date(2027, 10, 1))


def test_profit_is_what_is_left_when_all_cash_has_moved() -> None:
    """3,000 - 1,200 - 100 - 490 = 1,210, the last cumulative figure; averages 100 and 40."""
    base = project_launch_cash(**PLAN).scenarios["base"]

    assert (base.revenue, base.unit_costs, base.contribution, base.running, base.fixed) == (3000, 1200, 1800, 100, 590)
    assert base.profit == base.months["2027-12"].cumulative == 1210
    assert (base.average_price, base.average_cost, base.units) == (100, 40, 30)


@pytest.mark.parametrize(("day", "month"), [(15, 10), (16, 11)])
def test_a_launch_in_the_second_half_of_a_month_sells_from_the_next(day: int, month: int) -> None:
    assert project_launch_cash(**{**PLAN, "launch": date(2027, 10, day)}).sales_begin == date(2027, month, 1)


def test_a_scenario_that_never_pays_back_has_no_payback_and_says_so() -> None:
    found = project_launch_cash(**{**PLAN, "scenarios": {"low": sold(1, 1)}})

    assert found.scenarios["low"].payback_month is None
    assert found.warnings == ["In scenario 'low' the cash is not back when the last month ends."]


def test_a_launch_that_costs_nothing_before_it_sells_never_falls_below_zero() -> None:
    plain: dict[str, Any] = {"scenarios": {"base": sold(10)}, "unit_costs": {"lamp": D(40)}, "launch": date(2027, 1, 1)}
    base = project_launch_cash(currency="EUR", **plain).scenarios["base"]

    assert (base.lowest, base.lowest_month, base.payback_month, base.lowest_balance) == (0, None, None, None)
    assert base.profit == 600


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"unit_costs": {"lmap": D(40)}}, "did you mean 'lmap'"),
        ({"marketing": {"search": ChannelSpend(spend=D(1), months=0)}}, "over 0 months"),
        ({"production_lead_months": 40}, "more than 36 months"),
        ({"work": {"old": WorkMonth(begins=date(2000, 1, 1), planned=D(1))}}, "more than 120 months"),
        ({"running": {"desk": D(10**15)}}, "use thousands"),
    ],
)
def test_launches_that_cannot_be_planned_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        project_launch_cash(**{**PLAN, **changes})
