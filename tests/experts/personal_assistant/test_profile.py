"""The expert as the suite discovers it."""

from experts.core.discovery import Expert


def test_every_module_loads_and_every_served_area_names_what_exists(expert: Expert) -> None:
    assert expert.failed == {}
    served = {name for area in expert.profile.areas for name in area.served_by}
    assert set(expert.tools) - expert.unlisted <= served <= set(expert.tools) | set(expert.actions)


def test_the_profile_is_the_catalogues(expert: Expert) -> None:
    profile = expert.profile
    assert (profile.id, profile.endpoint, profile.use_case) == (
        "personal-assistant",
        "/mcp/pa-coordinator",
        "personal_assistant",
    )
    assert profile.can_collaborate_with == ["all_experts"]
    assert len(profile.areas) == 10 and profile.estimated_setup_time == 20


def test_the_tools_are_these(expert: Expert) -> None:
    assert set(expert.tools) - expert.unlisted == {
        "build_meeting_pack",
        "convert_timezones",
        "create_calendar_event",
        "expand_recurrence",
        "extract_action_items",
        "find_meeting_slots",
        "normalize_contacts",
        "organize_documents",
        "plan_event",
        "plan_itinerary",
        "plan_workdays",
        "prioritize_tasks",
        "route_request",
        "run_workflow",
        "track_expenses",
        "triage_email",
    }
    assert all("Use when" in (tool.__doc__ or "") for tool in expert.tools.values())
