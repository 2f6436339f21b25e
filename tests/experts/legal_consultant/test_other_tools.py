"""Templates, licences, entities, registers, risks, headcount rules, deals, governance and triage."""

import importlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
import vobject

from experts.core.errors import InvalidInput

Call = Callable[..., Any]
ARGUMENTS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "e2e" / "arguments" / "legal-consultant.json").read_text("utf-8")
)
DAY = {"as_of": "2027-03-01"}


@pytest.mark.parametrize(
    ("component", "outbound", "conflict"),
    [  # FSF, "Various Licenses and Comments about Them"
        ("Apache-2.0", "GPL-3.0-only", False),
        ("Apache-2.0", "GPL-2.0-only", True),
        ("GPL-2.0-only", "GPL-3.0-only", True),
        ("GPL-2.0-or-later", "GPL-3.0-only", False),
        ("MIT", "GPL-2.0-only", False),
        ("GPL-3.0-only", "proprietary", True),
        ("GPL-2.0-only OR MIT", "proprietary", False),  # the choice is ours
    ],
)
def test_licences_combine_as_the_fsf_says(call: Call, component: str, outbound: str, conflict: bool) -> None:
    found = call("check_license_compatibility", components={"it": component}, outbound=outbound, **DAY)
    assert (found.components["it"].fit == "conflict") is conflict


def test_a_licence_without_an_spdx_id_is_refused(call: Call) -> None:
    with pytest.raises(InvalidInput, match="GPL-9"):
        call("check_license_compatibility", components={"it": "GPL-9"}, outbound="MIT", **DAY)


def test_a_template_needs_all_its_variables_and_is_marked_as_a_draft(call: Call) -> None:
    given = ARGUMENTS["draft_document_from_template"]
    found = call("draft_document_from_template", **given)
    assert "Tidewater Coffee, Inc." in found.model_dump_json() and "draft" in found.model_dump_json().lower()
    with pytest.raises(InvalidInput, match="purpose"):
        call(
            "draft_document_from_template",
            **{**given, "variables": {k: v for k, v in given["variables"].items() if k != "purpose"}},
        )
    with pytest.raises(InvalidInput, match="FR"):
        call("draft_document_from_template", **{**given, "jurisdiction": "FR"})


def test_a_variable_is_text_and_runs_nothing(call: Call) -> None:
    given = ARGUMENTS["draft_document_from_template"]
    variables = {**given["variables"], "purpose": "{{ 7 * 7 }} {% for x in range(9) %}x{% endfor %}"}
    found = call("draft_document_from_template", **{**given, "variables": variables})
    assert "{{ 7 * 7 }}" in found.model_dump_json() and "49 " not in found.model_dump_json()


def test_an_s_corporation_takes_no_nonresident_alien(call: Call) -> None:
    # IRC 1361(b)(1)(C), and at most 100 shareholders (A)
    facts = {"nonresident_alien_owner": False, "entity_owner": False, "one_class_of_stock": True, **DAY}
    assert call("compare_entity_types", owners=3, **facts).entities["s_corporation"].eligible == "yes"
    assert call("compare_entity_types", owners=101, **facts).entities["s_corporation"].eligible == "no"
    refused = call("compare_entity_types", owners=3, **{**facts, "nonresident_alien_owner": True})
    assert refused.entities["s_corporation"].eligible == "no"


@pytest.mark.parametrize(
    ("headcount", "law", "applies"),
    [
        (11, "Title VII", "no"),
        (15, "Title VII", "near"),  # near a threshold the counting rule decides, so it is not said to be clear
        (19, "Title VII", "yes"),
        (15, "Age Discrimination", "no"),
        (25, "Age Discrimination", "yes"),
        (39, "Family and Medical", "no"),
        (61, "Family and Medical", "yes"),
    ],
)
def test_headcount_decides_by_the_statutes_thresholds(call: Call, headcount: int, law: str, applies: str) -> None:
    # 42 USC 2000e(b): 15; 29 USC 630(b): 20; 29 USC 2611(4): 50
    found = call("check_employment_rule", headcount=headcount, state="TX", **DAY)
    entry = next(each for each in found.laws if law in each.name)
    assert entry.applies == applies
    assert any("TX" in warning for warning in found.warnings)


def test_a_register_names_what_is_missing_of_article_30(call: Call) -> None:
    found = call("build_processing_register", **ARGUMENTS["build_processing_register"])
    assert {gap.activity for gap in found.gaps} >= {"Newsletter"}
    assert {gap.field for gap in found.gaps if gap.activity == "Newsletter"} >= {"people", "data", "retention"}


FULL = {
    "name": "Orders",
    "purpose": "Fulfil orders",
    "legal_basis": "Art. 6(1)(b)",
    "people": "Customers in the European Union",
    "data": "Names of customers in the European Union",
    "recipients": "Carrier",
    "transfers": "None.",
    "retention": "10 years",
    "security": "Encrypted",
}


def test_a_register_entry_with_every_field_of_article_30_is_complete(call: Call) -> None:
    given = {"controller": "A", "contact": "b", **DAY}
    found = call("build_processing_register", **given, activities={"a": FULL, "b": {**FULL, "legal_basis": "because"}})
    assert found.complete == 1 and not found.escalate  # the name is the same, the entries are not
    assert [(gap.field, gap.rule) for gap in found.gaps] == [("legal_basis", "Art. 6(1)")]


def test_special_categories_and_transfers_without_safeguards_go_to_the_dpo(call: Call) -> None:
    given = {"controller": "A", "contact": "b", **DAY}
    health = call("build_processing_register", **given, activities={"a": {**FULL, "data": "Health data of staff"}})
    assert health.escalate and "special categories in Orders" in health.record_reason
    abroad = call("build_processing_register", **given, activities={"a": {**FULL, "transfers": "United States"}})
    assert abroad.escalate and [gap.field for gap in abroad.gaps] == ["safeguards"]


def test_a_risk_is_likelihood_times_severity_and_a_gap_is_named(call: Call) -> None:
    found = call("assess_legal_risk", **ARGUMENTS["assess_legal_risk"])
    assert [(risk.key, risk.score, risk.level) for risk in found.risks] == [
        ("cap", 12, "high"),
        ("renewal", 8, "medium"),
    ]
    assert found.risks[1].lacks == ["evidence", "treatment", "owner"]
    with pytest.raises(ValueError, match="likelihood"):
        call(
            "assess_legal_risk",
            risks={"a": {"title": "x", "likelihood": 6, "consequence": 1}},
            jurisdiction="US",
            **DAY,
        )


def test_a_closing_list_is_in_order_and_signing_comes_before_closing(call: Call) -> None:
    found = call("build_closing_checklist", **ARGUMENTS["build_closing_checklist"])
    before = [item for item in found.items if item.phase == "before_signing"]
    assert before and all(str(item.due) <= "2027-03-01" for item in before) and found.escalate
    with pytest.raises(InvalidInput, match="2027-02-01"):
        call("build_closing_checklist", deal="merger", signing="2027-03-01", closing="2027-02-01")


def test_an_annual_meeting_is_due_within_thirteen_months(call: Call) -> None:
    # 8 Del. C. 211(c): thirteen months after the latest of organization, last meeting
    found = call(
        "plan_governance_calendar", form="us_de_corporation", year=2027, formed="2024-05-06", last_meeting="2026-06-10"
    )
    meeting = next(duty for duty in found.duties if "meeting" in duty.what.lower())
    assert str(meeting.due) == "2027-07-10"
    tax = next(
        duty for duty in found.duties if "franchise" in duty.what.lower() or "annual report" in duty.what.lower()
    )
    assert str(tax.due) == "2027-03-01"  # 8 Del. C. 502(c), 504


def test_court_papers_go_to_counsel_today_and_a_template_question_does_not(call: Call) -> None:
    urgent = call("triage_legal_question", question="We were served with a summons yesterday", **DAY)
    assert urgent.escalate and urgent.urgency == "now"
    calm = call(
        "triage_legal_question", question="Which template do we use for a mutual NDA?", jurisdiction="US-DE", **DAY
    )
    assert calm.urgency != "now"


def test_undefined_and_broken_references_are_found(call: Call) -> None:
    found = call("check_defined_terms", **ARGUMENTS["check_defined_terms"])
    kinds = {(issue.kind, issue.term) for issue in found.issues}
    assert ("broken_reference", "clause 12") in kinds
    assert found.defined["Fees"] >= 2


def test_a_draft_is_marked_on_every_page_and_its_signatures_are_a_table(call: Call) -> None:
    from experts.legal_consultant.views.draft_document_from_template import view

    result = call("draft_document_from_template", **ARGUMENTS["draft_document_from_template"])
    paper = docx.Document(io.BytesIO(bytes(view(result, {}).files["draft.docx"])))
    section = paper.sections[0]
    assert section.header.paragraphs[0].text.startswith("DRAFT, not reviewed by counsel. US-DE.")
    assert "reviewed on 2026-11-25" in section.footer.paragraphs[0].text
    assert len(paper.tables) == 1 and not any("|" in paragraph.text for paragraph in paper.paragraphs)


@pytest.mark.parametrize("tool", ["extract_contract_dates", "compute_statutory_deadline", "plan_governance_calendar"])
def test_a_calendar_opens_in_an_independent_parser(call: Call, tool: str) -> None:
    module = importlib.import_module(f"experts.legal_consultant.views.{tool}")
    made = module.view(call(tool, **ARGUMENTS[tool]), ARGUMENTS[tool])
    again = module.view(call(tool, **ARGUMENTS[tool]), ARGUMENTS[tool])
    (name,) = made.files
    assert name.endswith(".ics") and made.files == again.files
    assert list(vobject.readOne(str(made.files[name])).vevent_list)


def test_a_closing_at_the_end_of_the_calendar_is_refused(call: Call) -> None:
    with pytest.raises(InvalidInput, match="9999-12-31 must lie from 1900 to 2999"):
        call("build_closing_checklist", deal="merger", signing="2027-03-01", closing="9999-12-31")


def test_one_owner_that_is_a_company_cannot_be_a_sole_proprietor(call: Call) -> None:
    assert (
        call("compare_entity_types", owners=1, entity_owner=True, **DAY).entities["sole_proprietorship"].eligible
        == "no"
    )
    assert (
        call("compare_entity_types", owners=1, entity_owner=False, **DAY).entities["sole_proprietorship"].eligible
        == "yes"
    )
    unsaid = call("compare_entity_types", owners=1, **DAY)
    assert unsaid.entities["sole_proprietorship"].eligible == "needs_facts" and "entity_owner" in unsaid.missing
