"""Expected figures: the flexible budget of Horngren's Webb Company, chapter 7 (12,000 jackets planned, 10,000 made)."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.compare_budget_to_actual import BudgetLine, compare_budget_to_actual

D = Decimal
WEBB = {
    "revenue": BudgetLine(kind="revenue", budget=D(1440000), actual=D(1250000), variable=True),
    "materials": BudgetLine(kind="cost", budget=D(720000), actual=D(621600), variable=True),
    "labour": BudgetLine(kind="cost", budget=D(192000), actual=D(198000), variable=True),
    "variable_overhead": BudgetLine(kind="cost", budget=D(144000), actual=D(130500), variable=True),
    "fixed_overhead": BudgetLine(kind="cost", budget=D(276000), actual=D(285000)),
}


def test_webb_flexed() -> None:
    """Profit 108,000 planned, 44,000 flexed, 14,900 made: 93,100 unfavourable in all."""
    found = compare_budget_to_actual(WEBB, "USD", D(12000), D(10000))

    assert (found.budget_profit, found.flexed_profit, found.actual_profit) == (108000, 44000, 14900)
    assert (found.profit_variance, found.verdict) == (-93100, "unfavourable")
    materials = found.lines["materials"]
    assert (materials.flexed, materials.volume_variance, materials.spending_variance) == (600000, -120000, 21600)
    assert materials.verdict == "favourable" and found.lines["revenue"].verdict == "unfavourable"


def test_without_units_nothing_is_flexed_and_small_variances_need_no_review() -> None:
    found = compare_budget_to_actual(WEBB, "USD")

    assert found.flexed_profit == found.budget_profit
    assert [key for key, line in found.lines.items() if line.review] == ["revenue", "materials"]


def test_a_line_without_a_budget_has_no_percent() -> None:
    found = compare_budget_to_actual({"fine": BudgetLine(kind="cost", budget=D(0), actual=D(5))}, "USD")

    assert (found.lines["fine"].percent, found.lines["fine"].review) == (None, True)
    assert found.warnings == ["fine had no budget."]


def test_only_one_number_of_units_is_refused() -> None:
    with pytest.raises(InvalidInput, match="planned_units '5' and actual_units None") as caught:
        compare_budget_to_actual(WEBB, "USD", D(5))
    assert caught.value.field == "planned_units"
    with pytest.raises(InvalidInput, match="planned_units '0'"):
        compare_budget_to_actual(WEBB, "USD", D(0), D(5))
