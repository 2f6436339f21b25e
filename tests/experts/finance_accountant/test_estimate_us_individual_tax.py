"""Expected figures: the base amounts of the rate schedules of Rev. Proc. 2023-34, 2024-40 and 2025-32, and forms by hand."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.estimate_us_individual_tax import Status, estimate_us_individual_tax

D = Decimal


@pytest.mark.parametrize(
    ("year", "status", "taxable", "tax", "marginal"),
    [
        # The plus-columns of the published tables: tax at the foot of each bracket.
        (2024, "single", "100525", "17168.50", "0.24"),
        (2024, "married_joint", "731200", "196669.50", "0.37"),
        (2024, "head_of_household", "63100", "7241", "0.22"),
        (2025, "single", "103350", "17651", "0.24"),
        (2025, "married_joint", "206700", "35302", "0.24"),
        (2026, "single", "105700", "17966", "0.24"),
        (2026, "married_joint", "403550", "82048", "0.32"),
        (2026, "head_of_household", "67450", "7740", "0.22"),
        (2026, "married_separate", "384350", "103291.75", "0.37"),
    ],
)
def test_tax_at_the_foot_of_a_bracket_is_the_published_base_amount(
    year: int, status: Status, taxable: str, tax: str, marginal: str
) -> None:
    deduction = estimate_us_individual_tax(year, status).deduction
    found = estimate_us_individual_tax(year, status, other_income=D(taxable) + deduction)

    assert (found.taxable_income, found.income_tax, found.marginal_rate) == (D(taxable), D(tax), D(marginal))
    assert sum(band.income for band in found.brackets) == found.taxable_income


def test_a_self_employed_person_by_the_schedules() -> None:
    """Single, 2025, profit 90,000: Schedule SE 83,115.00 * 15.3 percent = 12,716.60 (to cents), half 6,358.30.

    AGI 83,641.70; less 15,750 = 67,891.70; 199A: 20 percent of (90,000 - 6,358.30) = 16,728.34, but at most 20
    percent of 67,891.70 = 13,578.34; taxable 54,313.36: 1,192.50 + 4,386 + 22 percent of 5,838.36 = 1,284.44.
    """
    found = estimate_us_individual_tax(2025, "single", self_employment=D(90000), qualified_business=True)

    assert found.taxes["self_employment_tax"] == D("12716.60")
    assert (found.adjusted_gross_income, found.business_income_deduction) == (D("83641.70"), D("13578.34"))
    assert (found.taxable_income, found.income_tax) == (D("54313.36"), D("6862.94"))
    assert found.total_tax == D("19579.54")
    assert [one.due for one in found.estimates] == [
        date(2025, 4, 15),
        date(2025, 6, 16),
        date(2025, 9, 15),
        date(2026, 1, 15),
    ]
    assert sum(one.amount for one in found.estimates) == found.safe_harbor == D("17621.59")


def test_social_security_stops_at_the_wage_base_and_the_extra_medicare_tax_starts() -> None:
    """2026, wages 180,000, profit 100,000: base 92,350; Social Security on 184,500 - 180,000 = 4,500: 558.00;

    Medicare 2,678.15; Additional Medicare 0.9 percent of 272,350 - 200,000 = 651.15.
    """
    found = estimate_us_individual_tax(2026, "single", wages=D(180000), self_employment=D(100000))

    assert found.taxes["self_employment_tax"] == D("3236.15")
    assert found.taxes["additional_medicare_tax"] == D("651.15")


def test_gains_stack_on_ordinary_income_and_bear_the_investment_tax() -> None:
    """Joint, 2026, wages 122,200, gains 600,000: ordinary 90,000; 0 percent to 98,900, 15 percent to 613,700, then 20.

    8,900 at 0; 514,800 at 15 = 77,220; 76,300 at 20 = 15,260; NIIT 3.8 percent of 722,200 - 250,000 = 17,943.60.
    """
    found = estimate_us_individual_tax(2026, "married_joint", wages=D(122200), long_term_gains=D(600000))

    gains = [(band.income, band.tax) for band in found.brackets if band.kind == "gains"]
    assert gains == [(8900, 0), (514800, 77220), (76300, 15260)]
    assert found.taxes["net_investment_income_tax"] == D("17943.60")
    assert found.marginal_rate == D("0.12")


def test_seniors_get_their_deductions_and_lose_the_new_one_with_income() -> None:
    """Joint, both 65, 2025: standard 31,500 + 2 * 1,600; 6,000 each less 6 percent of 200,000 - 150,000 = 3,000 each."""
    found = estimate_us_individual_tax(2025, "married_joint", other_income=D(200000), over_65=2)

    assert (found.deduction, found.senior_deduction) == (34700, 6000)
    assert estimate_us_individual_tax(2024, "married_joint", other_income=D(100000), over_65=2).senior_deduction == 0
    alone = estimate_us_individual_tax(2025, "married_separate", other_income=D(50000), over_65=1)
    assert alone.senior_deduction == 0


@pytest.mark.parametrize(
    ("agi", "harbor"),
    [(D(150000), D(9000)), (D(150001), D(9900)), (None, D(9900))],
)
def test_the_safe_harbor_is_last_years_tax_or_a_tenth_more(agi: Decimal | None, harbor: Decimal) -> None:
    found = estimate_us_individual_tax(
        2026, "single", other_income=D(200000), prior_tax=D(9000), prior_agi=agi, withheld=D(1000)
    )

    assert found.safe_harbor == harbor
    assert sum(one.amount for one in found.estimates) == harbor - 1000


def test_losses_credits_and_a_high_business_income() -> None:
    loss = estimate_us_individual_tax(2026, "single", wages=D(50000), long_term_gains=D(-9000), credits=D(99999))
    assert (loss.gross_income, loss.total_tax) == (47000, 0)
    assert any("carried forward" in text for text in loss.warnings)
    high = estimate_us_individual_tax(2026, "single", self_employment=D(400000), qualified_business=True)
    assert high.business_income_deduction == 0
    assert any("199A threshold" in text for text in high.warnings)
    small = estimate_us_individual_tax(2026, "single", self_employment=D(1500), wages=D(30000), qualified_business=True)
    assert small.business_income_deduction == 400


@pytest.mark.parametrize(
    ("arguments", "field", "text"),
    [
        ({"year": 2023, "status": "single"}, "year", "covers 2024, 2025, 2026"),
        ({"year": 2027, "status": "single"}, "year", "no published figures"),
        ({"year": 2026, "status": "single", "over_65": 2}, "over_65", "married_joint"),
        ({"year": 2026, "status": "single", "wages": D(10) ** 13}, "wages", "out of range"),
    ],
)
def test_other_years_and_contradictions_are_refused(arguments: dict[str, Any], field: str, text: str) -> None:
    with pytest.raises(InvalidInput, match=text) as caught:
        estimate_us_individual_tax(**arguments)
    assert caught.value.field == field


def test_a_couple_is_told_whose_wages_fill_the_wage_base() -> None:
    """2025, wages 170,000, profit 100,000: room 6,100 of the base; as the spouse's wages it would be all of 92,350."""
    found = estimate_us_individual_tax(2025, "married_joint", wages=D(170000), self_employment=D(100000))

    assert found.taxes["self_employment_tax"] == D("3434.55")
    assert any("if the spouse earned them" in text for text in found.warnings)
    small = estimate_us_individual_tax(2025, "married_joint", wages=D(50000), self_employment=D(100000))
    assert not any("spouse" in text for text in small.warnings)


def test_a_cut_loss_says_to_net_short_term_gains_first() -> None:
    found = estimate_us_individual_tax(2026, "single", interest=Decimal(9000), long_term_gains=Decimal(-9000))
    assert any("short-term gains" in warning for warning in found.warnings)
