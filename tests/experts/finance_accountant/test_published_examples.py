"""Named published examples of tools that are otherwise checked by hand: five textbooks and papers."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal

import pytest

from experts.finance_accountant.tools.analyze_financial_ratios import Statements, analyze_financial_ratios
from experts.finance_accountant.tools.forecast_cash_flow import CashItem, forecast_cash_flow
from experts.finance_accountant.tools.post_journal_entries import Entry, Kind, Line, post_journal_entries
from experts.finance_accountant.tools.score_financial_distress import score_financial_distress
from experts.finance_accountant.tools.value_business_dcf import value_business_dcf

D = Decimal


def test_pioneer_advertisings_trial_balance() -> None:
    """Weygandt, Kimmel & Kieso, Accounting Principles, chapter 2: October's entries, totals 28,700, cash 15,200."""
    chart: dict[str, Kind] = {
        "cash": "asset",
        "supplies": "asset",
        "prepaid": "asset",
        "equipment": "asset",
        "note": "liability",
        "payable": "liability",
        "unearned": "liability",
        "capital": "equity",
        "drawings": "dividend",
        "revenue": "revenue",
        "salaries": "expense",
        "rent": "expense",
    }
    booked = [
        (1, "cash", "capital", 10000),
        (1, "equipment", "note", 5000),
        (2, "cash", "unearned", 1200),
        (3, "rent", "cash", 900),
        (4, "prepaid", "cash", 600),
        (5, "supplies", "payable", 2500),
        (20, "drawings", "cash", 500),
        (26, "salaries", "cash", 4000),
        (31, "cash", "revenue", 10000),
    ]
    entries = [
        Entry(date=date(2026, 10, day), lines=[Line(account=to, debit=D(amount)), Line(account=by, credit=D(amount))])
        for day, to, by, amount in booked
    ]
    found = post_journal_entries(entries, chart, "USD")

    assert (found.total_debit, found.total_credit, found.accounts["cash"].debit) == (28700, 28700, 15200)
    assert (found.accounts["payable"].credit, found.net_income) == (2500, 5100)


def test_quality_department_stores_ratios() -> None:
    """Weygandt, Kimmel & Kieso, Financial Statement Analysis: printed ratios of Quality Department Store.

    Current 2.96, receivables turn 10.2 times, inventory 2.3, margin 12.6, asset turnover 1.2, return on assets
    15.4, on equity 29.3, debt to assets 45.3 percent, interest earned 13 times.
    """
    now: Statements = {
        "cash": D(120000),
        "receivables": D(230000),
        "inventory": D(620000),
        "current_assets": D(1020000),
        "total_assets": D(1835000),
        "current_liabilities": D(344500),
        "total_liabilities": D(832000),
        "revenue": D(2097000),
        "cost_of_sales": D(1281000),
        "ebit": D(468000),
        "interest": D(36000),
        "net_income": D(263800),
    }
    before: Statements = {
        "receivables": D(180000),
        "inventory": D(500000),
        "total_assets": D(1595000),
        "total_liabilities": D(800000),
    }
    found = analyze_financial_ratios([now, before]).ratios

    assert round(found["current_ratio"], 2) == D("2.96")
    assert round(found["quick_ratio"], 1) == D("1.0")
    assert (round(365 / found["days_receivables"], 1), round(365 / found["days_inventory"], 1)) == (D("10.2"), D("2.3"))
    assert (round(found["net_margin"], 3), round(found["asset_turnover"], 1)) == (D("0.126"), D("1.2"))
    assert (round(found["return_on_assets"], 3), round(found["return_on_equity"], 3)) == (D("0.154"), D("0.293"))
    assert (round(found["liabilities_to_assets"], 3), found["interest_cover"]) == (D("0.453"), 13)


def test_hayes_companys_cash_budget() -> None:
    """Weygandt, Kimmel & Kieso, Managerial Accounting, chapter 9: from 38,000 to 25,500 in the first quarter."""
    quarter = {
        "receivables": ("receipt", 60000, 1, 20),
        "sales": ("receipt", 108000, 3, 10),
        "securities": ("receipt", 2000, 2, 1),
        "payables": ("payment", 10600, 1, 15),
        "materials": ("payment", 12600, 2, 15),
        "labor": ("payment", 62000, 3, 20),
        "overhead": ("payment", 53300, 3, 20),
        "administration": ("payment", 41000, 3, 20),
        "tax": ("payment", 3000, 3, 15),
    }
    items = {
        key: CashItem.model_validate({"kind": kind, "amount": amount, "due": date(2027, month, day)})
        for key, (kind, amount, month, day) in quarter.items()
    }
    found = forecast_cash_flow(D(38000), date(2027, 1, 1), items, "USD", minimum_cash=D(15000))

    assert sum(week.receipts for week in found.weeks) == 170000
    assert sum(week.payments for week in found.weeks) == 182500
    assert (found.weeks[-1].closing, found.first_below_minimum) == (25500, None)


def test_the_concatenator_business() -> None:
    """Brealey, Myers & Allen, Principles of Corporate Finance, chapter 4: -3.6 near term + 22.4 = 18.8 million.

    The horizon value 1.59 / (0.10 - 0.06) at year 6 is the flow of year 7 and what it grows to.
    """
    flows = [D(x) for x in ("-0.80", "-0.96", "-1.15", "-1.39", "-0.20", "-0.23", "1.59")]
    found = value_business_dcf([flow * 10**6 for flow in flows], D("0.10"), D("0.06"), D(0), "USD")

    assert abs(found.enterprise_value - 18_800_000) < 60_000
    year_7 = D(1590000) / D("1.1") ** 7
    assert round((found.present_value_of_flows - year_7) / 10**6, 1) == D("-3.6")
    assert round((found.present_value_of_terminal + year_7) / 10**6, 1) == D("22.4")


@pytest.mark.parametrize(
    ("ratios", "mean", "zone"),
    [
        (("-0.061", "-0.626", "-0.318", "0.401", "1.50"), "-0.29", "distress"),
        (("0.414", "0.355", "0.153", "2.477", "1.90"), "5.02", "safe"),
    ],
)
def test_the_groups_that_altman_fitted_his_score_to(ratios: tuple[str, ...], mean: str, zone: str) -> None:
    """Altman 1968, Table 1: mean ratios of bankrupt and other firms. Group scores -0.29 and 5.02 came of unrounded ones."""
    x1, x2, x3, x4, x5 = (D(x) for x in ratios)
    found = score_financial_distress(x1 * 100, x2 * 100, x3 * 100, D(100), D(50), x4 * 50, x5 * 100, "z")

    assert abs(found.score - D(mean)) < D("0.15")
    assert found.zone == zone
