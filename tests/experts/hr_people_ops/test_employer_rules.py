"""Obligations and eligibility by the thresholds that the statutes and regulations name."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput, MissingFacts
from experts.hr_people_ops.tools.check_leave_eligibility import check_leave_eligibility
from experts.hr_people_ops.tools.list_employer_obligations import list_employer_obligations

D = Decimal
DAY = date(2026, 11, 25)

# Law, threshold: 42 USC 2000e(b), 29 USC 630(b), 29 USC 1161(b), 29 USC 2611(4), 26 USC 4980H(c)(2), 29 USC 2101(a).
THRESHOLDS = {
    "Title VII": 15,
    "Americans with": 15,
    "Age Disc": 20,
    "COBRA": 20,
    "Family": 50,
    "Affordable": 50,
    "WARN": 100,
    "EEO-1": 100,
}


@pytest.mark.parametrize(("law", "threshold"), THRESHOLDS.items())
def test_a_law_applies_from_its_threshold(law: str, threshold: int) -> None:
    def applies(employees: int) -> str:
        rows = list_employer_obligations(employees, DAY).obligations
        return next(row.applies for row in rows if row.law.startswith(law))

    assert applies(threshold * 2) == "yes"
    assert applies(threshold // 2) == "no"
    assert applies(threshold) == applies(threshold - 1) == "check"


def test_what_begins_next_and_what_is_missing_are_said() -> None:
    found = list_employer_obligations(17, DAY, "CA")

    assert found.next_threshold == 20 and len(found.starts_next) == 2
    assert "CA state and local law is not included" in found.warnings[0]
    assert any("wages" in item for item in found.not_included)


def test_the_aca_counts_full_time_equivalents() -> None:
    rows = list_employer_obligations(80, DAY, full_time_equivalents=D(30)).obligations
    assert next(row.applies for row in rows if row.law.startswith("Affordable")) == "no"


def test_a_day_before_the_table_or_an_unknown_state_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no values for 2020-01-01"):
        list_employer_obligations(50, date(2020, 1, 1))
    with pytest.raises(InvalidInput, match="'ZZ' is not a United States postal code"):
        list_employer_obligations(50, DAY, "ZZ")


@pytest.mark.parametrize(
    ("changes", "applies"),
    [
        ({}, True),
        ({"hours_worked": D("1249.9")}, False),
        ({"months_employed": 11}, False),
        ({"within_75_miles": 49}, False),
        ({"employees": 49}, False),
    ],
)
def test_fmla_needs_all_four(changes: dict[str, Any], applies: bool) -> None:
    """29 CFR 825.104 and 825.110."""
    facts = {"employees": 50, "months_employed": 12, "hours_worked": D(1250), "within_75_miles": 50}
    found = check_leave_eligibility("fmla", DAY, **(facts | changes))
    assert found.applies is applies and bool(found.entitlement) is applies


@pytest.mark.parametrize(("part_timers", "equivalents", "applies"), [(15, "47.5", False), (20, "50", True)])
def test_the_irs_example_of_a_large_employer(part_timers: int, equivalents: str, applies: bool) -> None:
    """IRS, Determining if an employer is an ALE: 40 full-time, 15 part-time with 60 hours a month are 47, not 50."""
    found = check_leave_eligibility("ale", DAY, full_time=40, part_time_hours=D(60 * part_timers))
    assert (found.full_time_equivalents, found.applies) == (D(equivalents), applies)


@pytest.mark.parametrize(
    ("site", "losses", "closing", "applies"),
    [
        (150, 50, False, True),
        (151, 50, False, False),
        (151, 50, True, True),
        (2000, 500, False, True),
        (90, 49, True, False),
    ],
)
def test_warn_by_site(site: int, losses: int, closing: bool, applies: bool) -> None:
    """29 USC 2101(a)(2) and (3): 50 at a closing; 50 that are a third, or 500, at a layoff."""
    found = check_leave_eligibility(
        "warn", date(2027, 3, 2), employees=2000, site_employees=site, job_losses=losses, closing=closing
    )
    assert found.applies is applies
    assert found.notice_by == (date(2027, 1, 1) if applies else None)


def test_missing_facts_and_impossible_ones_are_named() -> None:
    with pytest.raises(MissingFacts, match="needs hours_worked, within_75_miles"):
        check_leave_eligibility("fmla", DAY, employees=60, months_employed=20)
    with pytest.raises(InvalidInput, match="job_losses 60 are more than the 50"):
        check_leave_eligibility("warn", DAY, employees=200, site_employees=50, job_losses=60)
