"""A case of several initiatives against worked numbers."""

from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.combine_initiatives import Case, Part, combine_initiatives
from experts.finance_accountant.tools.value_initiatives import FlowRow, value_initiatives

ROWS: list[tuple[str, int, Any, str, int | None]] = [
    ("portal", 2027, "investment", "1000", 2),
    ("portal", 2028, "benefit", "770", None),
    ("portal", 2029, "benefit", "605", None),
    ("data", 2027, "investment", "200", 1),
    ("data", 2027, "investment", "101", 2),
    ("data", 2028, "running", "110", None),
]


def case(**options: Any) -> Case:
    rows = [
        FlowRow(initiative=key, year=year, kind=kind, amount=Decimal(amount), quarter=quarter)
        for key, year, kind, amount, quarter in ROWS
    ]
    found = value_initiatives(rows, {"portal": Decimal("0.9"), "data": Decimal(1)}, Decimal("0.1"), "EUR").initiatives
    parts = {key: Part.model_validate(value.model_dump(include=set(Part.model_fields))) for key, value in found.items()}
    return combine_initiatives(parts, Decimal("0.1"), "EUR", **options)


def test_values_and_years_add_up() -> None:
    """Benefits 700 + 500; costs 1000 + 301 + 110/1.1 = 1401; expected benefits 0.9 * 1200."""
    found = case()
    assert (found.npv, found.expected_npv, found.investment) == (Decimal(-201), Decimal(-321), Decimal(1301))
    assert [row.net for row in found.years.values()] == [Decimal(-1301), Decimal(660), Decimal(605)]
    assert [row.cumulative for row in found.years.values()] == [Decimal(-1301), Decimal(-641), Decimal(-36)]
    assert (found.payback_years, found.lowest_cumulative) == (None, Decimal(-1301))
    assert found.break_even_share == Decimal("1.167500")  # 1401 / 1200


def test_quarters_are_as_planned_or_even() -> None:
    assert {key: row.investment for key, row in case().quarters.items()} == {
        "2027-q1": Decimal(200),
        "2027-q2": Decimal(1101),
    }
    assert (case().peak, case().peak_quarter) == (Decimal(1101), "2027-q2")
    even = case(phasing="even")
    assert {row.investment for row in even.quarters.values()} == {Decimal("325.25")}
    assert list(even.quarters.values())[-1].cumulative == 1301


def test_the_stress_changes_one_thing_at_a_time() -> None:
    """1200 * 0.8 - 1401; 1200 - 100 - 1301 * 1.2; 1200 / 1.1 - 1401."""
    found = case(step=Decimal("0.2"))
    assert found.npv_if_benefits_lower == Decimal("-441.00")
    assert found.npv_if_investment_higher == Decimal("-461.20")
    assert found.npv_if_benefits_late == Decimal("-310.09")


def test_initiatives_on_different_years_are_refused() -> None:
    part = {"years": {"year_2027": dict.fromkeys(("investment", "running", "benefit", "net"), "0")}, "quarters": {}}
    money = dict.fromkeys(set(Part.model_fields) - {"years", "quarters"}, "0")
    other = {"years": {"year_2028": dict.fromkeys(("investment", "running", "benefit", "net"), "0")}, "quarters": {}}
    parts = {"a": Part.model_validate(part | money), "b": Part.model_validate(other | money)}
    with pytest.raises(InvalidInput, match="not on the same years"):
        combine_initiatives(parts, Decimal("0.1"), "EUR")
