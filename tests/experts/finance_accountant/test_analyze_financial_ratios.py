"""Expected figures: definitions of White, Sondhi & Fried, worked by hand on round statements."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.analyze_financial_ratios import Statements, analyze_financial_ratios

D = Decimal
NOW: Statements = {
    "cash": D(100),
    "receivables": D(200),
    "inventory": D(150),
    "current_assets": D(450),
    "total_assets": D(1200),
    "payables": D(120),
    "current_liabilities": D(300),
    "total_liabilities": D(600),
    "debt": D(300),
    "revenue": D(2000),
    "cost_of_sales": D(1200),
    "ebit": D(240),
    "interest": D(30),
    "net_income": D(150),
}
PRIOR: Statements = {**NOW, "total_assets": D(800), "total_liabilities": D(400), "inventory": D(90)}


def test_ratios_of_one_period_on_ending_balances() -> None:
    """Days: 150/1200*365 = 45.625, 200/2000*365 = 36.5, 120/1200*365 = 36.5; the cycle is DIO + DSO - DPO."""
    found = analyze_financial_ratios([NOW]).ratios

    assert (found["current_ratio"], found["quick_ratio"], found["debt_to_equity"]) == (D("1.5"), 1, D("0.5"))
    assert (found["days_inventory"], found["days_receivables"]) == (D("45.625"), D("36.5"))
    assert found["cash_conversion_cycle"] == D("45.625")
    assert (found["interest_cover"], found["gross_margin"], found["return_on_equity"]) == (8, D("0.4"), D("0.25"))


def test_a_prior_balance_sheet_gives_averages_and_dupont_multiplies_out() -> None:
    """Average assets 1,000, equity 500, inventory 120: turnover 2, return on equity 0.3 = 0.075 * 2 * 2."""
    found = analyze_financial_ratios([NOW, PRIOR])

    assert (found.ratios["asset_turnover"], found.ratios["days_inventory"]) == (2, D("36.5"))
    product = found.ratios["net_margin"] * found.ratios["asset_turnover"] * found.ratios["equity_multiplier"]
    assert found.ratios["return_on_equity"] == product == D("0.3")
    assert "averages" in found.method


def test_a_zero_denominator_is_undefined_and_negative_equity_warned_of() -> None:
    bare: Statements = {**NOW, "interest": D(0), "cost_of_sales": D(0), "total_liabilities": D(1500)}
    found = analyze_financial_ratios([bare])

    assert found.undefined["interest_cover"] == "its denominator is zero"
    assert "cash_conversion_cycle" in found.undefined and "interest_cover" not in found.ratios
    assert found.warnings == ["Equity is negative, so ratios on equity have no useful meaning."]


def test_a_part_above_its_whole_is_refused() -> None:
    with pytest.raises(InvalidInput, match="current_assets '450' exceeds total_assets '400'") as caught:
        analyze_financial_ratios([{**NOW, "total_assets": D(400)}])
    assert caught.value.field == "periods.0.current_assets"
    with pytest.raises(InvalidInput, match="make 450, above current_assets '449'"):
        analyze_financial_ratios([{**NOW, "current_assets": D(449)}])
    with pytest.raises(InvalidInput, match="inventory '-1' is negative"):
        analyze_financial_ratios([{"inventory": D(-1)}])


def test_a_missing_item_leaves_only_its_own_ratios_undefined() -> None:
    found = analyze_financial_ratios([{"current_assets": D(3), "current_liabilities": D(2)}])

    assert found.ratios == {"current_ratio": D("1.5")}
    assert found.undefined["net_margin"] == "an item that it needs is missing"
