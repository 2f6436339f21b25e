"""Expected figures: Webb Company's flexible budget (Horngren, Datar & Rajan, Cost Accounting, chapter 7)."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.build_budget import PlanLine, build_budget

D = Decimal
WEBB = {
    "revenue": PlanLine(kind="revenue", amount=D(120), driver="jackets"),
    "material": PlanLine(kind="cost", amount=D(60), driver="jackets"),
    "labour": PlanLine(kind="cost", amount=D(16), driver="jackets"),
    "variable_overhead": PlanLine(kind="cost", amount=D(12), driver="jackets"),
    "fixed": PlanLine(kind="cost", amount=D(23000)),
}


def test_webbs_static_and_flexible_budget() -> None:
    """12,000 jackets: income 108,000; at 10,000 (five sixths) 44,000, as printed. Fixed cost is 276,000 a year."""
    level = D(10) / D(12)
    found = build_budget(WEBB, date(2027, 1, 15), "USD", {"jackets": [D(1000)] * 12}, [round(level, 18), D(1)])

    assert (found.total_revenue, found.total_profit) == (1440000, 108000)
    flexed = found.flexible[0]
    assert (flexed.revenue, flexed.variable_cost, flexed.fixed_cost, flexed.profit) == (1200000, 880000, 276000, 44000)
    assert found.flexible[1].profit == found.total_profit
    assert (found.months[0], found.months[-1]) == (date(2027, 1, 1), date(2027, 12, 1))


def test_growth_compounds_by_month_and_rounds_to_the_currency() -> None:
    """1,000 growing 1 percent a month: 1,000.00, 1,010.00, 1,020.10, 1,030.30 …, sum 12,682.50."""
    found = build_budget({"fees": PlanLine(kind="revenue", amount=D(1000), growth=D("0.01"))}, date(2026, 12, 1), "USD")

    assert found.lines["fees"].months[:4] == [1000, 1010, D("1020.10"), D("1030.30")]
    assert abs(found.total_revenue - D("12682.50")) <= D("0.03")
    assert found.months[1] == date(2027, 1, 1)


def test_missing_months_unknown_drivers_and_wild_growth_are_refused() -> None:
    start = date(2027, 1, 1)
    with pytest.raises(InvalidInput, match="driver 'jackets' has 11 months, not 12") as caught:
        build_budget(WEBB, start, "USD", {"jackets": [D(1)] * 11})
    assert caught.value.field == "drivers.jackets"
    with pytest.raises(InvalidInput, match="uses driver 'jackets', which is not among drivers"):
        build_budget(WEBB, start, "USD", {"jacket": [D(1)] * 12})
    with pytest.raises(InvalidInput, match="growth '2' of 'a'"):
        build_budget({"a": PlanLine(kind="cost", amount=D(1), growth=D(2))}, start, "USD")
    with pytest.raises(InvalidInput, match="not an ISO 4217 code"):
        build_budget({"a": PlanLine(kind="cost", amount=D(1))}, start, "US$")


def test_a_driver_that_nothing_uses_is_named() -> None:
    found = build_budget({"a": PlanLine(kind="cost", amount=D(1))}, date(2027, 1, 1), "USD", {"idle": [D(1)] * 12})

    assert found.warnings == ["No line uses these drivers: idle."]
    assert (found.profit_margin, found.total_profit) == (None, -12)
