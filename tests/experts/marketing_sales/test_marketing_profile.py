"""The expert as the suite discovers it."""

from pathlib import Path

import experts.marketing_sales
from experts.core.discovery import load_expert

EXPERT = load_expert(Path(experts.marketing_sales.__file__).parent, "experts.marketing_sales")


def test_every_module_loads_and_every_served_area_names_what_exists() -> None:
    assert EXPERT.failed == {}
    assert set(EXPERT.tools) - EXPERT.unlisted == {
        "analyze_ab_test",
        "analyze_copy",
        "analyze_funnel",
        "analyze_pricing",
        "attribute_conversions",
        "audit_page_seo",
        "build_channel_plan",
        "build_content_calendar",
        "build_utm_links",
        "check_email_campaign",
        "compute_campaign_kpis",
        "compute_customer_lifetime_value",
        "estimate_daily_visitors",
        "evaluate_kpis",
        "fit_response_curves",
        "forecast_pipeline",
        "map_positioning",
        "plan_ab_test",
        "plan_search_ads",
        "score_leads",
        "segment_customers",
    }
    served = {name for area in EXPERT.profile.areas for name in area.served_by}
    assert set(EXPERT.tools) - EXPERT.unlisted <= served <= set(EXPERT.tools) | set(EXPERT.actions)


def test_the_profile_is_the_catalogues() -> None:
    profile = EXPERT.profile
    assert (profile.id, profile.template_id) == ("marketing-sales", "marketing-sales-expert-v1")
    assert profile.endpoint == "/mcp/marketing-expert"
    assert len(profile.areas) == 10
    assert profile.theme == {"primary_color": "#E91E63", "accent_color": "#FF5722"}
    assert profile.can_collaborate_with == ["finance-accountant", "art-design", "project-management"]


def test_every_tool_says_what_it_does_when_to_use_it_and_what_it_does_not_do() -> None:
    for name, tool in EXPERT.tools.items():
        text = tool.__doc__ or ""
        assert "Use when" in text, name
        assert "does not" in text, name
