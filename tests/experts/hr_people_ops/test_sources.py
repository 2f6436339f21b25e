"""What a table says of its source reaches the results that rest on it."""

from pathlib import Path
from typing import Any

import pytest

from experts.core.tables import load_table
from experts.hr_people_ops.tools import _reference
from tests.experts.hr_people_ops.conftest import Desk

FOLDER = Path(_reference.__file__).parent.parent / "tables"
USED = {
    "check_flsa_exemption": ["flsa_salary_levels"],
    "check_job_ad_language": ["gendered_words", "state_pay_transparency"],
    "compute_employment_cost": ["us_payroll_taxes"],
    "compute_overtime_pay": ["flsa_salary_levels"],
    "draft_job_description": ["gendered_words", "state_pay_transparency"],
    "list_employer_obligations": ["us_headcount_thresholds", "state_law_pointers"],
}


@pytest.mark.parametrize(("tool", "tables"), USED.items())
def test_a_result_carries_the_source_of_each_table_in_full(
    desk: Desk, given: dict[str, Any], tool: str, tables: list[str]
) -> None:
    found = desk.call(tool, given[tool])
    for name in tables:
        table = load_table(FOLDER / f"{name}.toml")
        cited = [text for text in found.sources if f"reference://{name}" in text]
        assert len(cited) == 1 and cited[0].startswith(table.source.rstrip(".")) and str(table.checked_on) in cited[0]


@pytest.mark.parametrize(("tool", "tables"), USED.items())
def test_what_was_not_compared_is_a_warning(desk: Desk, given: dict[str, Any], tool: str, tables: list[str]) -> None:
    warned = [text for text in desk.call(tool, given[tool]).warnings if "not compared with its source" in text]
    wanted = [name for name in tables if _reference.NOT_COMPARED in load_table(FOLDER / f"{name}.toml").source]
    assert [text.split(":")[1].removeprefix("//") for text in warned] == wanted


def test_the_thresholds_table_names_its_part_that_was_not_compared(desk: Desk, given: dict[str, Any]) -> None:
    warnings = desk.call("list_employer_obligations", given["list_employer_obligations"]).warnings
    assert any("new hire reporting" in text for text in warnings)


def test_the_documents_list_their_sources(desk: Desk, given: dict[str, Any]) -> None:
    for tool in (
        "check_flsa_exemption",
        "check_job_ad_language",
        "compute_employment_cost",
        "list_employer_obligations",
    ):
        titles = [block.body.get("title") for block in desk.view(tool, given[tool]).blocks]
        assert "Sources" in titles, tool
