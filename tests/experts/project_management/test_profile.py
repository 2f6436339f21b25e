"""The expert as the suite discovers it."""

from pathlib import Path

import experts.project_management
from experts.core.discovery import load_expert

EXPERT = load_expert(Path(experts.project_management.__file__).parent, "experts.project_management")


def test_every_module_loads_and_every_served_area_names_what_exists() -> None:
    assert EXPERT.failed == {}
    assert set(EXPERT.tools) - EXPERT.unlisted == {
        "analyze_risk_register",
        "build_cost_baseline",
        "build_gantt_schedule",
        "build_raci",
        "build_wbs",
        "check_resource_load",
        "compute_critical_path",
        "draft_charter",
        "estimate_pert",
        "level_resources",
        "make_status_report",
        "map_stakeholders",
        "measure_earned_value",
        "measure_flow",
        "optimize_schedule_crash",
        "plan_acceptance_sampling",
        "plan_quality",
        "plan_sprints",
        "recommend_methodology",
        "simulate_schedule_risk",
    }
    served = {name for area in EXPERT.profile.areas for name in area.served_by}
    assert set(EXPERT.tools) - EXPERT.unlisted <= served <= set(EXPERT.tools) | set(EXPERT.actions)


def test_the_profile_is_the_catalogues() -> None:
    profile = EXPERT.profile
    assert (profile.id, profile.endpoint) == ("project-management", "/mcp/pm-expert")
    assert len(profile.areas) == 10
    assert set(profile.extra["methodologies"]) == {"waterfall", "agile", "hybrid"}


def test_every_tool_says_what_it_does_when_to_use_it_and_what_it_does_not_do() -> None:
    for name, tool in EXPERT.tools.items():
        text = tool.__doc__ or ""
        assert "Use when" in text, name
        assert "does not" in text or "knows no" in text, name
