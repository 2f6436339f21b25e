"""Franchise tax against the examples of Delaware's Division of Corporations, "How to Calculate Franchise Taxes"."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput

Call = Callable[..., Any]


@pytest.mark.parametrize(
    ("shares", "tax"),
    # 175 up to 5,000; 250 up to 10,000; 85 for each further 10,000 or part; 200,000 at most. 10,005 and 100,000: the state's.
    [(1, "175"), (5000, "175"), (5001, "250"), (10000, "250"), (10005, "335"), (100000, "1015"), (10**12, "200000")],
)
def test_the_authorized_shares_method_is_the_states_own_example(call: Call, shares: int, tax: str) -> None:
    found = call("compute_delaware_franchise_tax", classes=[{"shares": shares, "par": "1"}], tax_year=2025)
    assert found.by_authorized_shares == Decimal(tax)


def test_the_assumed_par_value_method_is_the_states_own_example(call: Call) -> None:
    # 1,000,000 at 1.00 and 250,000 at 5.00; gross assets 1,000,000; 485,000 issued: 2.061856, 3,311,856, 4 millions x 400
    found = call(
        "compute_delaware_franchise_tax",
        classes=[{"shares": 1000000, "par": "1"}, {"shares": 250000, "par": "5"}],
        tax_year=2025,
        issued=485000,
        gross_assets="1000000",
    )
    assert (found.assumed_par, found.assumed_par_capital) == (Decimal("2.061856"), Decimal(3311856))
    assert (found.by_assumed_par, found.tax, found.report_fee) == (1600, 1600, 50)
    assert found.method_used == "assumed_par_value" and str(found.due) == "2026-03-01"


def test_the_least_tax_of_the_second_method_is_400(call: Call) -> None:
    found = call(
        "compute_delaware_franchise_tax",
        classes=[{"shares": 10000000, "par": "0.0001"}],
        tax_year=2025,
        issued=8000000,
        gross_assets="50000",
    )
    assert found.tax == 400


def test_more_issued_than_authorized_is_refused(call: Call) -> None:
    with pytest.raises(InvalidInput, match="485000"):
        call(
            "compute_delaware_franchise_tax", classes=[{"shares": 1000}], tax_year=2025, issued=485000, gross_assets="1"
        )
