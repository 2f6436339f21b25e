"""What each tool refuses, and that the message names the value."""

from collections.abc import Callable
from typing import Any

import pytest

from experts.core.errors import InvalidInput

Call = Callable[..., Any]
DAY = {"as_of": "2027-03-01"}
ACTIVITY = {"name": "Orders", "purpose": "Fulfil"}
GERMAN = (
    "Dieser Vertrag wird zwischen den Parteien geschlossen und gilt für ein Jahr, die Haftung ist auf die Höhe der "
    "Gebühren begrenzt und das Recht von Bayern gilt."
)


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("check_employment_rule", {"headcount": 10, "state": "XX", **DAY}, "'XX'"),
        ("check_employment_rule", {"headcount": 10, "state": "tx", **DAY}, "'tx'"),
        ("check_employment_rule", {"headcount": 10, "state": "PR", **DAY}, "Territories are not covered"),
        ("check_employment_rule", {"headcount": 10, "state": "TX", "as_of": "2001-01-01"}, "2001-01-01"),
        ("check_employment_rule", {"headcount": -1, "state": "TX", **DAY}, "headcount"),
        ("check_defined_terms", {"text": "", **DAY}, "empty"),
        ("check_defined_terms", {"text": "Too short.", **DAY}, "2 words"),
        ("check_defined_terms", {"text": GERMAN, **DAY}, "German"),
        ("check_defined_terms", {"text": "x" * 300_001, **DAY}, "text"),
        ("compare_entity_types", {"owners": 0, **DAY}, "owners"),
        ("compare_entity_types", {"owners": 2, "as_of": "2010-01-01"}, "2010-01-01"),
        ("build_processing_register", {"controller": "A", "contact": "b", "activities": {}, **DAY}, "activities"),
        (
            "build_processing_register",
            {"controller": "", "contact": "b", "activities": {"a": ACTIVITY}, **DAY},
            "controller",
        ),
        (
            "build_processing_register",
            {"controller": "A", "contact": "b", "activities": {"a": {"purpose": "x"}}, **DAY},
            "name",
        ),
        ("run_dpia_screen", {"criteria": ["monitoring", "monitoring"], **DAY}, "'monitoring' more than once"),
        ("run_dpia_screen", {"criteria": [], "always": ["public_monitoring_large_scale"] * 2, **DAY}, "more than once"),
        (
            "assess_legal_risk",
            {"risks": {"a": {"title": "x", "likelihood": 1, "consequence": 1}}, "jurisdiction": "  ", **DAY},
            "blank",
        ),
        ("check_license_compatibility", {"components": {"a": ""}, "outbound": "MIT", **DAY}, "empty licence"),
        (
            "check_license_compatibility",
            {"components": {"a": "MIT WITH MIT"}, "outbound": "MIT", **DAY},
            "MIT WITH MIT",
        ),
        (
            "compute_statutory_deadline",
            {"rule": "hsr_waiting", "event": "2026-06-01", "count": 7},
            "15 or 30 days, not 7",
        ),
        ("compute_statutory_deadline", {"rule": "gdpr_12_3", "event": "2027-01-31", "country": "US"}, "'US' is none"),
        (
            "compute_statutory_deadline",
            {"rule": "gdpr_33", "event": "9999-12-30T12:00", "zone": "UTC"},
            "leave the calendar",
        ),
        (
            "compute_statutory_deadline",
            {"rule": "frcp_6", "event": "2026-06-01", "count": 7, "unit": "working_day"},
            "every day",
        ),
        ("compute_ip_term", {"right": "copyright", "created": 2000, "author_died": 1990, **DAY}, "1990"),
        ("check_license_compatibility", {"components": {"a": "MIT AND"}, "outbound": "MIT", **DAY}, "MIT AND"),
        ("check_license_compatibility", {"components": {"a": "MIT"}, "outbound": "GPL", **DAY}, "'GPL'"),
        (
            "build_closing_checklist",
            {"deal": "merger", "signing": "2027-03-01", "closing": "2027-04-01", "extras": ["hsr", "hsr"]},
            "'hsr' more than once",
        ),
        (
            "check_merger_notification",
            {"value_usd": "1", "closing": "2026-06-01", "filing": "2026-07-01"},
            "2026-07-01",
        ),
        ("compute_gdpr_fine_ceiling", {"articles": [33], "turnover_eur": "-1", **DAY}, "turnover_eur"),
        ("check_privacy_law_applicability", {"as_of": "2027-01-01"}, "2027-01-01"),  # the next CPI step is not known
        (
            "draft_document_from_template",
            {"template": "nda_mutual", "jurisdiction": "EU", "variables": {}, **DAY},
            "'EU'",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_its_value(
    call: Call, tool: str, arguments: dict[str, Any], says: str
) -> None:
    with pytest.raises((InvalidInput, ValueError), match=says):
        call(tool, **arguments)
