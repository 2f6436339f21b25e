"""Expected figures: IRC 11, 163(j) and 172 worked by hand."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.estimate_us_corporate_tax import estimate_us_corporate_tax

D = Decimal


def test_the_eighty_percent_limit_of_losses() -> None:
    """Form 1120 with income 100,000 and losses 150,000: 80,000 used, 20,000 taxed at 21 percent, 70,000 left."""
    found = estimate_us_corporate_tax(2025, D(100000), losses_carried=D(150000))

    assert (found.losses_used, found.losses_left, found.taxable_income, found.tax) == (80000, 70000, 20000, 4200)
    assert [one.due for one in found.estimates] == [
        date(2025, 4, 15),
        date(2025, 6, 16),
        date(2025, 9, 15),
        date(2025, 12, 15),
    ]


@pytest.mark.parametrize(("year", "limit"), [(2024, D(310000)), (2025, D(460000)), (2026, D(460000))])
def test_depreciation_counts_for_the_interest_limit_from_2025(year: int, limit: Decimal) -> None:
    """Income 1,010,000 of which interest 10,000; depreciation 500,000: 10,000 + 30 percent of 1.0 or 1.5 million."""
    found = estimate_us_corporate_tax(
        year, D(1010000), interest_expense=D(600000), interest_income=D(10000), depreciation=D(500000)
    )

    assert (found.interest_limit, found.interest_deducted) == (limit, limit)
    assert found.interest_carried_forward == 600000 - limit
    assert found.tax == (1010000 - limit) * D("0.21")


def test_small_businesses_are_exempt_and_losses_are_kept() -> None:
    small = estimate_us_corporate_tax(2026, D(100), interest_expense=D(500), average_receipts=D(32000000))
    assert (small.interest_limit, small.interest_deducted, small.losses_left, small.tax) == (None, 500, 400, 0)
    assert small.estimates == [] and small.effective_rate is None
    large = estimate_us_corporate_tax(2026, D(100), interest_expense=D(500), average_receipts=D(32000001))
    assert large.interest_deducted == 30


def test_other_years_and_a_year_end_that_does_not_fit_are_refused() -> None:
    with pytest.raises(InvalidInput, match="covers 2024, 2025, 2026") as caught:
        estimate_us_corporate_tax(2021, D(1))
    assert caught.value.field == "year"
    with pytest.raises(InvalidInput, match="does not begin in 2026"):
        estimate_us_corporate_tax(2026, D(1), fiscal_year_end=date(2026, 6, 30))
    assert estimate_us_corporate_tax(2026, D(9000), fiscal_year_end=date(2027, 6, 30)).estimates[0].due == date(
        2026, 10, 15
    )


def test_the_interest_example_of_the_irs_training_guide() -> None:
    """IRS Large Business training guide, section 163(j): ATI 100,000, interest income 30,000, expense 80,000.

    The limit is 30,000 + 30 percent of 100,000 = 60,000; 20,000 is carried forward.
    """
    found = estimate_us_corporate_tax(2024, D(130000), interest_expense=D(80000), interest_income=D(30000))

    assert (found.adjusted_taxable_income, found.interest_limit) == (100000, 60000)
    assert (found.interest_deducted, found.interest_carried_forward) == (60000, 20000)
