"""The expert as the suite discovers it."""

from pathlib import Path

import experts.finance_accountant
from experts.core.discovery import load_expert

EXPERT = load_expert(Path(experts.finance_accountant.__file__).parent, "experts.finance_accountant")


def test_every_module_loads_and_every_served_area_names_what_exists() -> None:
    assert EXPERT.failed == {}
    assert set(EXPERT.actions) == {"budget_analysis_and_optimization"}
    served = {name for area in EXPERT.profile.areas for name in area.served_by}
    assert served == set(EXPERT.tools) | set(EXPERT.actions)


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


def test_every_tool_says_what_it_does_when_to_use_it_and_what_it_does_not_do() -> None:
    for name, tool in EXPERT.tools.items():
        text = tool.__doc__ or ""
        assert "Use when" in text, name
        assert "It does not" in text, name
