"""Values of initiatives against worked numbers."""

from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.value_initiatives import FlowRow, InitiativeValues, value_initiatives


def row(initiative: str, year: int, kind: Any, amount: str, quarter: int | None = None) -> FlowRow:
    return FlowRow(initiative=initiative, year=year, kind=kind, amount=Decimal(amount), quarter=quarter)


PORTAL = [
    row("portal", 2027, "investment", "1000", 2),
    row("portal", 2028, "running", "100"),
    row("portal", 2028, "benefit", "770"),
    row("portal", 2029, "benefit", "605"),
]


def valued(rows: list[FlowRow], chance: str = "1", rate: str = "0.1") -> InitiativeValues:
    return value_initiatives(rows, {"portal": Decimal(chance)}, Decimal(rate), "EUR")


def test_net_present_value_discounts_each_year_and_not_the_first() -> None:
    """770/1.1 + 605/1.21 = 700 + 500; running 100/1.1 = 90.91; investment 1000: NPV = 1200 - 90.91 - 1000."""
    found = valued(PORTAL).initiatives["portal"]
    assert (found.present_benefit, found.present_running, found.present_investment) == (
        Decimal("1200.00"),
        Decimal("90.91"),
        Decimal("1000.00"),
    )
    assert found.npv == found.expected_npv == Decimal("109.09")


def test_a_chance_counts_for_benefits_and_not_for_costs() -> None:
    """0.5 * 1200 - 90.91 - 1000."""
    assert valued(PORTAL, "0.5").initiatives["portal"].expected_npv == Decimal("-490.91")


def test_payback_is_counted_within_a_year() -> None:
    """-1000, 670, 605: 330 of 605 is needed in the second year after the first."""
    assert valued(PORTAL).initiatives["portal"].payback_years == Decimal("1.5455")
    assert valued(PORTAL[:3]).initiatives["portal"].payback_years is None


def test_investment_without_a_quarter_is_spread_over_its_year_to_the_cent() -> None:
    found = valued([row("portal", 2027, "investment", "100.01"), *PORTAL[2:]]).initiatives["portal"]
    assert list(found.quarters) == [f"2027-q{quarter}" for quarter in (1, 2, 3, 4)]
    assert sum(found.quarters.values()) == Decimal("100.01")
    assert max(found.quarters.values()) - min(found.quarters.values()) == Decimal("0.01")
    assert valued(PORTAL).initiatives["portal"].quarters == {"2027-q2": Decimal(1000)}


def test_all_initiatives_are_on_the_same_years() -> None:
    chances = {"portal": Decimal(1), "data": Decimal(1)}
    found = value_initiatives([*PORTAL, row("data", 2030, "investment", "10")], chances, Decimal("0.1"), "EUR")
    assert {tuple(each.years) for each in found.initiatives.values()} == {
        tuple(f"year_{year}" for year in range(2027, 2031))
    }
    # 10 / 1.1^3
    assert found.initiatives["data"].npv == Decimal("-7.51")


def test_an_initiative_without_rows_counts_as_nothing_and_says_so() -> None:
    found = value_initiatives(PORTAL, {"portal": Decimal(1), "data": Decimal(1)}, Decimal("0.1"), "EUR")
    assert found.initiatives["data"].npv == 0
    assert any("data" in text for text in found.warnings)


@pytest.mark.parametrize(
    ("rows", "rate", "field", "says"),
    [
        ([row("portl", 2027, "benefit", "1")], "0.1", "rows.0.initiative", "did you mean 'portal'"),
        ([row("portal", 2027, "benefit", "1.005")], "0.1", "rows.0.amount", "1.005"),
        ([row("portal", 2027, "benefit", "1", 2)], "0.1", "rows.0.quarter", "quarter 2"),
        (PORTAL, "9", "rate", "'9'"),
        ([*PORTAL, row("portal", 2080, "benefit", "1")], "0.1", "rows", "2027 to 2080"),
    ],
)
def test_rows_that_do_not_fit_are_refused(rows: list[FlowRow], rate: str, field: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as caught:
        valued(rows, rate=rate)
    assert caught.value.field == field
