"""A projection against an independent one in plain Python, and statements that balance and tie in every month."""

# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.project_statements import (
    CostLine,
    Funding,
    Hire,
    project_statements,
)

D = Decimal
BASE: dict[str, Any] = {
    "currency": "USD",
    "begins": date(2027, 1, 1),
    "months": 24,
    "sales_begin": date(2027, 4, 10),
    "price": D(150),
    "variable_cost": D(20),
    "churn": D("0.02"),
    "acquisition_cost": D(600),
    "marketing": D(6000),
    "costs": {
        "rent": CostLine(kind="operating", amount=D(1400), first=date(2027, 1, 1), growth=D("0.01")),
        "laptops": CostLine(kind="equipment", amount=D(7200), first=date(2027, 2, 1), last=date(2027, 2, 28)),
        "hosting": CostLine(kind="cost_of_sales", amount=D(300), first=date(2027, 3, 1)),
    },
    "hires": {"a": Hire(salary=D(9000), starts=date(2027, 1, 1)), "b": Hire(salary=D(7000), starts=date(2027, 9, 15))},
    "funds": {
        "own": Funding(kind="founders", amount=D(50_000), received=date(2027, 1, 5)),
        "grant": Funding(kind="grant", amount=D(20_000), received=date(2027, 5, 5)),
        "angels": Funding(kind="safe", amount=D(300_000), received=date(2027, 1, 15)),
        "seed": Funding(kind="round", amount=D(900_000), received=date(2028, 1, 20)),
    },
    "reinvested": D("0.1"),
    "opening_cash": D(10_000),
    "receivable_days": D(15),
    "payable_days": D(30),
    "loading": D("0.11"),
    "life_months": 36,
    "tax_rate": D("0.21"),
    "buffer": D(25_000),
}


def test_every_month_is_what_a_loop_in_floats_gives() -> None:
    """The drivers worked again without the expert's code, in floats; cash agrees within a few cents of rounding."""
    found = list(project_statements(**BASE).months.values())
    customers = revenue = receivables = payables = net_assets = losses = 0.0
    cash = 10_000.0
    for n, month in enumerate(found):
        marketing = 6000 + 0.1 * revenue if n >= 3 else 0.0
        before, customers = customers, customers * 0.98 + marketing / 600
        revenue = (before + customers) / 2 * 150
        cos = (before + customers) / 2 * 20 + (300 if n >= 2 else 0)
        payroll = (9000 + (7000 if n >= 8 else 0)) * 1.11
        rent = 1400 * 1.01**n
        equipment = 7200 if n == 1 else 0
        depreciation = 200 if n >= 1 else 0
        grant = 20_000 if n == 4 else 0
        pre_tax = revenue - cos - payroll - rent - marketing - depreciation + grant
        tax = 0.21 * max(0.0, pre_tax - losses)
        losses = max(0.0, losses - pre_tax)
        was = (receivables, payables)
        receivables, payables = revenue / 2, cos + rent + marketing
        money = {0: 350_000, 12: 900_000}.get(n, 0)
        cash += pre_tax - tax + depreciation - (receivables - was[0]) + payables - was[1] - equipment + money
        net_assets += equipment - depreciation
        assert float(month.customers) == pytest.approx(customers, abs=0.01)
        assert float(month.revenue) == pytest.approx(revenue, abs=0.5)
        assert float(month.cash) == pytest.approx(cash, abs=5)
        assert float(month.fixed_assets) == pytest.approx(net_assets, abs=0.01)


def test_the_balance_sheet_balances_and_the_cash_flow_ties_to_the_cent_in_every_month() -> None:
    found = project_statements(**BASE)
    cash = D(10_000)
    for month in found.months.values():
        assert month.difference == 0
        assert month.assets == month.payables + month.safes + month.capital + month.retained
        cash += month.cash_change
        assert month.cash == cash
    assert sum(m.net_income for m in found.months.values()) == list(found.months.values())[-1].retained


def test_years_are_sums_of_their_months_and_balances_of_their_last() -> None:
    found = project_statements(**BASE)
    months = [m for key, m in found.months.items() if key.startswith("2028")]
    year = found.years["2028"]
    assert (year.month_count, year.revenue) == (12, sum(m.revenue for m in months))
    assert (year.cash, year.safes) == (months[-1].cash, 0)


def test_a_round_turns_safes_into_capital() -> None:
    found = project_statements(**BASE).months
    assert (found["2027-12"].safes, found["2028-01"].safes) == (300_000, 0)
    assert found["2028-01"].capital - found["2027-12"].capital == 1_200_000


def test_the_need_is_what_is_missing_below_the_buffer_without_investors() -> None:
    """Without SAFE and round the same plan's lowest cash lies the need below the buffer."""
    found = project_statements(**BASE)
    funds = {k: f for k, f in BASE["funds"].items() if f.kind in ("founders", "grant")}
    bare = project_statements(**BASE | {"funds": funds})
    assert found.funding_need == 25_000 - bare.lowest_cash
    assert found.investor_money == 1_200_000 and found.spare == 1_200_000 - found.funding_need
    enough = BASE["funds"] | {"seed": Funding(kind="round", amount=found.funding_need, received=date(2027, 1, 2))}
    assert project_statements(**BASE | {"funds": {**funds, "seed": enough["seed"]}}).lowest_cash == 25_000


def test_runway_ends_in_the_first_month_below_zero() -> None:
    found = project_statements(**BASE | {"funds": {}, "opening_cash": D(40_000)})
    first = next(key for key, m in found.months.items() if m.cash < 0)
    assert found.runway_ends is not None and f"{found.runway_ends:%Y-%m}" == first
    assert found.runway_months == list(found.months).index(first)
    assert any("below zero" in text for text in found.warnings)


def test_tax_is_paid_on_profit_beyond_earlier_losses_only() -> None:
    """A loss of 900 in the first month; then a profit of 1,500: tax on 600 at 21 % is 126."""
    plain = BASE | {
        "costs": {},
        "hires": {},
        "marketing": D(0),
        "reinvested": D(0),
        "months": 6,
        "opening_cash": D(5000),
    }
    plain["costs"] = {"fee": CostLine(kind="operating", amount=D(900), first=date(2027, 1, 1), last=date(2027, 1, 1))}
    plain["funds"] = {"g": Funding(kind="grant", amount=D(1500), received=date(2027, 2, 1))}
    found = project_statements(**plain)
    assert [m.tax for m in found.months.values()] == [0, 126, 0, 0, 0, 0]


def test_deferred_hires_leave_those_alone_who_are_there() -> None:
    found = project_statements(**BASE | {"deferred_months": 2})
    assert found.months["2027-01"].payroll == D("9990.00")
    assert [found.months[m].payroll for m in ("2027-10", "2027-11")] == [D("9990.00"), D("17760.00")]


def test_each_stress_is_the_plan_worked_again_with_that_one_thing_worse() -> None:
    found = project_statements(**BASE)
    dearer = project_statements(**BASE | {"acquisition_cost": D(720)})
    assert found.stress["acquisition_dearer"].funding_need == dearer.funding_need
    later = project_statements(**BASE | {"sales_begin": date(2027, 10, 1)})
    assert found.stress["sales_later"].lowest_cash == later.lowest_cash


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"acquisition_cost": D(0)}, "customers without end"),
        ({"receivable_days": D(400)}, "must be from 0 to 180"),
        ({"funds": {"a": Funding(kind="safe", amount=D(1), received=date(2026, 5, 1))}}, "before the plan begins"),
        (
            {"costs": {"a": CostLine(kind="operating", amount=D(1), first=date(2027, 5, 1), last=date(2027, 4, 1))}},
            "before it begins",
        ),
        ({"hires": {"a": Hire(salary=D(1), starts=date(2027, 5, 1), ends=date(2027, 1, 1))}}, "swap the dates"),
        ({"costs": {"a": CostLine(kind="operating", amount=D(1), first=date(2027, 5, 1), growth=D(3))}}, "grows by"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        project_statements(**BASE | changes)


def test_growth_without_end_is_refused_and_not_worked_for_ever() -> None:
    with pytest.raises(InvalidInput, match="the projection grows beyond"):
        project_statements(**BASE | {"reinvested": D(1), "acquisition_cost": D("0.01"), "months": 60})
