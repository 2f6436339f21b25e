"""The expert as the suite discovers it, and what every legal answer carries."""

import json
from pathlib import Path
from typing import Any

import pytest

from experts.core.discovery import Expert
from mcp_servers.expert_server import validated
from tests.experts.legal_consultant.conftest import EXPERT

ARGUMENTS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "e2e" / "arguments" / "legal-consultant.json").read_text("utf-8")
)


LISTED = [
    "assess_legal_risk",
    "build_closing_checklist",
    "build_processing_register",
    "check_defined_terms",
    "check_employment_rule",
    "check_license_compatibility",
    "check_merger_notification",
    "check_privacy_law_applicability",
    "compare_contract_versions",
    "compare_entity_types",
    "compute_delaware_franchise_tax",
    "compute_gdpr_fine_ceiling",
    "compute_ip_term",
    "compute_statutory_deadline",
    "draft_document_from_template",
    "extract_contract_dates",
    "plan_governance_calendar",
    "review_contract_clauses",
    "run_dpia_screen",
    "triage_legal_question",
]
"""What a person calls; tools that only flows call are tested with their actions."""


def test_every_module_loads_and_every_tool_serves_an_area(expert: Expert) -> None:
    assert expert.failed == {}
    assert sorted(set(expert.tools) - expert.unlisted) == LISTED
    served = {name for area in expert.profile.areas for name in area.served_by}
    assert set(LISTED) <= served


def test_the_profile_is_the_catalogues(expert: Expert) -> None:
    profile = expert.profile
    assert (profile.id, profile.template_id, profile.category) == (
        "legal-consultant",
        "legal-consultant-expert-v1",
        "legal",
    )
    assert profile.endpoint == "/mcp/legal-expert" and profile.estimated_setup_time == 40
    assert profile.theme == {"primary_color": "#1565C0", "accent_color": "#FFC107"}
    assert profile.can_collaborate_with == ["finance-accountant", "hr-people-ops", "project-management"]
    assert [area.name for area in profile.areas] == [
        "Contract Review & Drafting",
        "Business Formation & Structure",
        "Intellectual Property Protection",
        "Employment Law & HR Compliance",
        "Regulatory Compliance",
        "Privacy & Data Protection (GDPR/CCPA)",
        "Commercial Transactions",
        "Risk Assessment & Mitigation",
        "Dispute Resolution",
        "Corporate Governance",
    ]


@pytest.mark.parametrize("tool", list(EXPERT.tools))
def test_every_answer_names_jurisdiction_day_and_sources_and_says_once_that_it_is_no_advice(tool: str) -> None:
    found = EXPERT.tools[tool](**validated(EXPERT.tools[tool], ARGUMENTS[tool]))
    data = found.model_dump(mode="json")
    assert data["jurisdiction"] and data["as_of"] and data["sources"] and data["method"]
    assert data["escalate"] is bool(data["escalation_reason"])
    assert json.dumps(data).count("not legal advice") == 1
