"""The expert as the suite discovers it."""

from pathlib import Path

import experts.finance_accountant
from experts.core.discovery import load_expert

EXPERT = load_expert(Path(experts.finance_accountant.__file__).parent, "experts.finance_accountant")


def test_every_module_loads_and_every_served_area_names_what_exists() -> None:
    assert EXPERT.failed == {}
    served = {name for area in EXPERT.profile.areas for name in area.served_by}
    assert set(EXPERT.tools) - EXPERT.unlisted <= served <= set(EXPERT.tools) | set(EXPERT.actions)


def test_the_profile_is_the_catalogues() -> None:
    profile = EXPERT.profile
    assert (profile.id, profile.endpoint) == ("finance-accountant", "/mcp/finance-expert")
    assert len(profile.areas) == 10
    assert profile.can_collaborate_with == [
        "marketing-sales",
        "project-management",
        "legal-consultant",
        "hr-people-ops",
    ]


def test_every_tool_says_what_it_does_and_when_to_use_it() -> None:
    for name, tool in EXPERT.tools.items():
        text = tool.__doc__ or ""
        assert "Use when" in text, name


def test_the_tools_are_these_and_only_what_actions_need_is_not_listed() -> None:
    assert set(EXPERT.tools) - EXPERT.unlisted == {
        "allocate_overhead_abc",
        "analyze_break_even",
        "analyze_cost_variances",
        "analyze_financial_ratios",
        "analyze_unit_economics",
        "build_amortization_schedule",
        "build_budget",
        "build_depreciation_schedule",
        "build_macrs_schedule",
        "check_ledger_anomalies",
        "compare_budget_to_actual",
        "compute_inventory_cost",
        "compute_wacc",
        "estimate_us_corporate_tax",
        "estimate_us_individual_tax",
        "evaluate_investment",
        "forecast_cash_flow",
        "forecast_series",
        "measure_portfolio_risk",
        "optimize_budget_allocation",
        "plan_audit_sample",
        "plan_tax_calendar",
        "post_journal_entries",
        "prepare_financial_statements",
        "price_bond",
        "score_financial_distress",
        "value_business_dcf",
    }
