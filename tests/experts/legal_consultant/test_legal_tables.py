"""Tables against their sources, as far as these were read; what was not read says so and reaches the answers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experts.core.tables import load_table
from experts.legal_consultant.tools._legal import NOT_COMPARED, caution, table

Call = Callable[..., Any]
FOLDER = Path(__file__).parents[3] / "experts" / "legal_consultant" / "tables"
TABLES = sorted(path.stem for path in FOLDER.glob("*.toml"))
# The FSF's list as SPDX keeps it (github.com/spdx/fsf-api, June 2025): tags gpl-2-compatible, gpl-3-compatible.
FSF = {
    "0BSD": (True, True),
    "AGPL-3.0-only": (False, True),
    "Apache-2.0": (False, True),
    "BSD-2-Clause": (True, True),
    "BSD-3-Clause": (True, True),
    "BSD-4-Clause": (False, False),
    "BSL-1.0": (True, True),
    "CC0-1.0": (True, True),
    "CDDL-1.0": (False, False),
    "EPL-2.0": (False, False),
    "GPL-2.0-only": (True, False),
    "GPL-3.0-only": (False, True),
    "ISC": (True, True),
    "LGPL-2.1-only": (True, True),
    "LGPL-3.0-only": (False, True),
    "MIT": (True, True),
    "MPL-2.0": (True, True),
    "Unlicense": (True, True),
    "Zlib": (True, True),
}


@pytest.mark.parametrize(("licence", "compatible"), FSF.items())
def test_gpl_compatibility_is_the_fsfs(licence: str, compatible: tuple[bool, bool]) -> None:
    entry = table("license_matrix").current()["licenses"][licence]
    assert (entry["gpl2"], entry["gpl3"]) == compatible


def test_the_articles_of_each_tier_are_the_regulations() -> None:
    # Art. 83(4): 8, 11, 25 to 39, 42, 43, 41(4); 83(5): 5, 6, 7, 9, 12 to 22, 44 to 49, Chapter IX (85 to 91), 58
    law = table("gdpr_fines").current()
    assert set(law["lower_articles"]) == {8, 11, *range(25, 40), 41, 42, 43}
    assert set(law["higher_articles"]) == {5, 6, 7, 9, *range(12, 23), *range(44, 50), 58, *range(85, 92)}
    assert (law["lower_amount"], law["lower_share"], law["higher_amount"], law["higher_share"]) == (
        "10000000",
        "0.02",
        "20000000",
        "0.04",
    )


def test_the_opt_out_in_california_has_fifteen_business_days() -> None:
    rule = table("deadline_rules").current()["ccpa_opt_out"]
    assert (rule["count"], rule["unit"]) == (15, "working_day")


@pytest.mark.parametrize("name", TABLES)
def test_what_was_not_compared_is_said_in_one_form(name: str) -> None:
    source = load_table(FOLDER / f"{name}.toml").source
    assert "written from memory" not in source.lower() and "Written from knowledge" not in source
    assert bool(caution(name)) is (NOT_COMPARED in source)


@pytest.mark.parametrize(
    ("tool", "arguments", "name"),
    [
        ("check_employment_rule", {"headcount": 3, "state": "TX"}, "us_employment_thresholds"),
        ("compare_entity_types", {"owners": 2}, "us_entities"),
        ("check_license_compatibility", {"components": {"a": "MIT"}, "outbound": "MIT"}, "license_matrix"),
        ("check_privacy_law_applicability", {"as_of": "2026-06-01"}, "privacy_laws"),
        (
            "plan_governance_calendar",
            {"form": "us_de_llc", "year": 2027, "formed": "2020-01-01", "as_of": None},
            "governance_rules",
        ),
        ("compute_statutory_deadline", {"rule": "hsr_waiting", "event": "2026-06-01", "as_of": None}, "deadline_rules"),
        (
            "build_closing_checklist",
            {"deal": "merger", "signing": "2027-01-01", "closing": "2027-06-01", "as_of": None},
            "closing_items",
        ),
    ],
)
def test_an_answer_from_a_table_that_was_not_compared_warns(
    call: Call, tool: str, arguments: dict[str, Any], name: str
) -> None:
    given = {"as_of": "2027-03-01", **arguments}
    found = call(tool, **{key: value for key, value in given.items() if value is not None})
    assert any(warning.startswith(f"reference://{name}: written from general knowledge") for warning in found.warnings)
