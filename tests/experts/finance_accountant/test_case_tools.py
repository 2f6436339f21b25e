"""The parts of an investment case: rows to months, values by scenario, sensitivity, funding."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.analyze_case_sensitivity import analyze_case_sensitivity
from experts.finance_accountant.tools.cover_funding import Commitment, cover_funding
from experts.finance_accountant.tools.total_cash_flows import CashRow, total_cash_flows
from experts.finance_accountant.tools.value_scenarios import value_scenarios

D = Decimal


def row(period: str, amount: str, **more: Any) -> CashRow:
    return CashRow(period=period, amount=D(amount), line=more.pop("line", "sales"), **more)


def totals(rows: dict[str, CashRow], **more: Any) -> Any:
    settings: dict[str, Any] = {"scenarios": ["base"], "start": date(2028, 1, 1), "months": 14, "currency": "USD"}
    return total_cash_flows(rows, **{**settings, **more})


def test_a_year_is_spread_over_its_months_to_the_cent() -> None:
    """100 / 12 = 8.333…: the shares round(100 k / 12) are 8.33, 16.67, 25 …, so the months are 8.33, 8.34, 8.33, …"""
    net = totals({"a": row("2028", "100")}).scenarios["base"].net
    assert net[:3] == [D("8.33"), D("8.34"), D("8.33")]
    assert sum(net[:12]) == 100
    assert net[12:] == [0, 0]
    assert sum(totals({"a": row("2028", "-100")}).scenarios["base"].net) == -100


def test_rows_that_move_follow_the_opening_by_whole_months_and_never_come_earlier() -> None:
    rows = {"a": row("2028-03", "50"), "b": row("2028-03", "-7", moves=False, line="rent")}
    late = totals(rows, planned_opening=date(2028, 1, 31), opening=date(2028, 3, 1))
    assert late.shift == 2
    assert late.scenarios["base"].net[2:5] == [-7, 0, 50]
    assert totals(rows, planned_opening=date(2028, 3, 1), opening=date(2028, 1, 5)).shift == 0


def test_need_and_payback_are_read_off_the_running_sum() -> None:
    """-100, -150, -90, 10, then a bill of 20 takes it to -10, and 30 to 20: need 150 in February, paid back from June."""
    amounts = ["-100", "-50", "60", "100", "-20", "30"]
    found = totals({f"r{at}": row(f"2028-0{at}", amount) for at, amount in enumerate(amounts, 1)}).scenarios["base"]
    assert found.running[:6] == [-100, -150, -90, 10, -10, 20]
    assert (found.funding_need, found.need_month, found.payback_month) == (150, date(2028, 2, 1), date(2028, 6, 1))


def test_rows_without_a_scenario_and_monthly_costs_count_in_every_scenario() -> None:
    found = totals(
        {"a": row("2028-01", "10"), "b": row("2028-01", "5", scenario="high")},
        scenarios=["base", "high"],
        monthly_costs={"people": {"2028-01": D(4), "2031-01": D(9)}},
    )
    assert (found.scenarios["base"].net[0], found.scenarios["high"].net[0]) == (6, 11)
    assert found.cost_totals == {"people": 4}
    assert (found.beyond, found.beyond_rows) == (-9, 1)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"a": row("2028-3", "1")}, "write a month as 2028-03 or a year as 2028"),
        ({"a": row("2027-12", "1")}, "before the first month 2028-01"),
        ({"a": row("2028", "1.005")}, "finer than the smallest unit of USD"),
        ({"a": row("2028", "1", scenario="bas")}, "did you mean 'base'"),
    ],
)
def test_rows_that_cannot_be_placed_are_refused(rows: dict[str, CashRow], said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        totals(rows)
    assert said in str(refused.value)


def test_scenarios_are_valued_as_xnpv_and_weighted() -> None:
    """One year apart at 10 %: -100 + 121 / 1.1 = 10, -100 + 99 / 1.1 = -10; returns 21 % and -1 %.

    Expected 0.6 x 10 - 0.4 x 10 = 2; variance 0.6 x 8^2 + 0.4 x 12^2 = 96.
    """
    days = [date(2027, 1, 1), date(2028, 1, 1)]  # 365 days
    found = value_scenarios(
        {"good": [D(-100), D(121)], "bad": [D(-100), D(99)]}, days, D("0.1"), "USD", {"good": D("0.6"), "bad": D("0.4")}
    )
    assert [found.scenarios[key].npv for key in ("good", "bad")] == [10, -10]
    assert [found.scenarios[key].irr for key in ("good", "bad")] == [D("0.21"), D("-0.01")]
    assert [found.expected_npv, found.probability_of_loss] == [2, D("0.4")]
    assert found.standard_deviation == D("9.80")


def test_a_scenario_of_payments_alone_has_a_value_and_no_return() -> None:
    found = value_scenarios({"only": [D(-5), D(-5)]}, [date(2027, 1, 1), date(2028, 1, 1)], D(0), "USD")
    assert [found.scenarios["only"].npv, found.scenarios["only"].irr, found.expected_npv] == [-10, None, None]
    assert "no single internal rate of return" in found.warnings[0]


def test_probabilities_must_add_up_to_one() -> None:
    with pytest.raises(InvalidInput, match=r"add up to 0\.9, not to 1"):
        value_scenarios({"a": [D(1)], "b": [D(2)]}, [date(2027, 1, 1)], D(0), "USD", {"a": D("0.5"), "b": D("0.4")})


def test_lines_and_rate_are_moved_one_at_a_time() -> None:
    """Sales 121 in a year are worth 110 at 10 %, the outlay 100: NPV 10. A tenth of sales is 11, of the outlay 10.

    Sales may fall by 10 / 110 = 9.0909 %. At 9 % and 11 %: 121 / 1.09 - 100 = 11.01, 121 / 1.11 - 100 = 9.01.
    """
    found = analyze_case_sensitivity(
        {"sales": [D(0), D(121)], "outlay": [D(-100), D(0)]},
        [date(2027, 1, 1), date(2028, 1, 1)],
        D("0.1"),
        D("0.1"),
        "USD",
    )
    assert found.npv == 10
    assert [found.lines["sales"].low, found.lines["sales"].high] == [-1, 21]
    assert [found.lines["outlay"].low, found.lines["outlay"].high] == [20, 0]
    assert found.lines["sales"].break_even_change == D("-0.090909")
    assert (found.rate.low, found.rate.high) == (D("11.01"), D("9.01"))
    assert found.ranked == ["sales", "outlay", "required_return"]


def test_funding_is_counted_from_the_month_in_which_it_can_be_drawn() -> None:
    ends = [date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31)]
    funds = {"own": Commitment(amount=D(50), available=date(2028, 1, 1)),
             "bank": Commitment(amount=D(40), available=date(2028, 3, 31))}  # fmt: skip
    found = cover_funding([D(-30), D(-60), D(-80)], ends, funds)
    assert found.headroom == [20, -10, 10]
    assert (found.gap, found.short_months) == (D(10), 1)
    assert found.lowest_month == found.first_short_month == date(2028, 2, 1)
    assert found.committed == 90
