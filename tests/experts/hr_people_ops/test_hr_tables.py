"""Tables against the reports of their sources that were read."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from experts.core.tables import load_table

FOLDER = Path(__file__).parents[3] / "experts" / "hr_people_ops" / "tables"
# First day and smallest employer: Brightmine and Manatt (VT, MN, MD), House bill report SSB 5408 of 2025 (WA), Manatt (HI),
# Seyfarth and Jackson Lewis (MA).
TRANSPARENCY = {
    "HI": (date(2024, 1, 1), 50),
    "MA": (date(2025, 10, 29), 25),
    "MD": (date(2024, 10, 1), 1),
    "MN": (date(2025, 1, 1), 30),
    "VT": (date(2025, 7, 1), 5),
    "WA": (date(2023, 1, 1), 15),
}
# Department of Labor, final credit reductions, as PayrollOrg and Paylocity report them.
REDUCTIONS = {
    2024: {"CA": "0.009", "NY": "0.009", "VI": "0.042"},
    2025: {"CA": "0.012", "VI": "0.045"},  # Connecticut and New York repaid by 10 November 2025
}


@pytest.mark.parametrize(("state", "rule"), TRANSPARENCY.items())
def test_a_pay_range_is_due_from_the_states_day_and_size(state: str, rule: tuple[date, int]) -> None:
    laws = load_table(FOLDER / "state_pay_transparency.toml").current()["laws"]
    (law,) = [each for each in laws if each["state"] == state]
    assert (law["from"], law["employees"]) == rule


@pytest.mark.parametrize(("year", "states"), REDUCTIONS.items())
def test_credit_reductions_are_the_final_ones(year: int, states: dict[str, str]) -> None:
    row = load_table(FOLDER / "us_payroll_taxes.toml").on(date(year, 12, 31))
    assert {state: Decimal(rate) for state, rate in row["credit_reductions"].items()} == {
        state: Decimal(rate) for state, rate in states.items()
    }
    assert row["credit_reductions_final"] is True


def test_the_reductions_of_2026_are_not_guessed() -> None:
    row = load_table(FOLDER / "us_payroll_taxes.toml").on(date(2026, 12, 31))
    assert row["credit_reductions_final"] is False and "credit_reductions" not in row


@pytest.mark.parametrize("name", ["us_headcount_thresholds", "state_pay_transparency", "us_payroll_taxes"])
def test_a_table_says_what_it_was_compared_with(name: str) -> None:
    source = load_table(FOLDER / f"{name}.toml").source
    assert "ompared" in source and "from memory" not in source


def test_thresholds_are_the_statutes() -> None:
    # 29 USC 2611(4), 29 CFR 1904.1 ("ten or fewer"), 20 CFR 639.3(a), 26 USC 4980H(c)(2), 26 USC 4980B(d), 42 USC 2000e(b)
    laws = load_table(FOLDER / "us_headcount_thresholds.toml").current()
    wanted = {
        "fmla": 50,
        "osha_records": 11,
        "warn": 100,
        "aca": 50,
        "cobra": 20,
        "title_vii": 15,
        "adea": 20,
        "pwfa": 15,
    }
    assert {key: laws[key]["threshold"] for key in wanted} == wanted
