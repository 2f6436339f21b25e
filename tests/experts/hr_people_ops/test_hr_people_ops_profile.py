"""The expert as the suite discovers it."""

from tests.experts.hr_people_ops.conftest import Desk


def test_every_module_loads_and_every_served_area_names_what_exists(desk: Desk) -> None:
    assert desk.expert.failed == {}
    served = {name for area in desk.expert.profile.areas for name in area.served_by}
    known = set(desk.expert.tools)
    assert known - desk.expert.unlisted <= served <= known | set(desk.expert.actions)


def test_the_profile_is_the_catalogues(desk: Desk) -> None:
    profile = desk.expert.profile
    assert (profile.id, profile.endpoint) == ("hr-people-ops", "/mcp/hr-expert")
    assert (profile.category, profile.use_case, profile.complexity_level) == (
        "human_resources",
        "hr_people_ops",
        "expert",
    )
    assert (profile.estimated_setup_time, profile.minimum_plan) == (30, "premium")
    assert len(profile.areas) == 10
    assert profile.can_collaborate_with == ["legal-consultant", "finance-accountant", "project-management"]
    assert profile.theme == {"primary_color": "#4CAF50", "accent_color": "#FF5722"}


def test_every_tool_says_what_it_does_and_when_to_use_it(desk: Desk) -> None:
    for name, tool in desk.expert.tools.items():
        assert "Use when" in (tool.__doc__ or ""), name


def test_the_tools_are_these(desk: Desk) -> None:
    assert set(desk.expert.tools) - desk.expert.unlisted == {
        "analyze_pay_equity",
        "build_pay_structure",
        "build_performance_review_pack",
        "check_flsa_exemption",
        "check_job_ad_language",
        "check_leave_eligibility",
        "compute_employment_cost",
        "compute_overtime_pay",
        "compute_training_roi",
        "draft_job_description",
        "draft_policy",
        "draw_org_chart",
        "forecast_headcount",
        "list_employer_obligations",
        "measure_recruiting_funnel",
        "measure_turnover",
        "plan_succession",
        "plan_training",
        "position_salary",
        "score_engagement",
        "score_interviews",
        "test_adverse_impact",
        "triage_workplace_conflict",
    }
    unlisted = {"assess_change_impact", "plan_workforce", "price_payroll", "price_roles", "spread_training"}
    assert unlisted <= desk.expert.unlisted


def test_no_tool_offers_to_rank_or_reject_people(desk: Desk) -> None:
    for name, tool in desk.expert.tools.items():
        said = (tool.__doc__ or "").lower()
        assert "reject" not in said, name
        assert not any(word in said for word in ("best candidate", "top performer", "shortlist")), name
