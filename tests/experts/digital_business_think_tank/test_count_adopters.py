"""Whole adopters of a curve."""

from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.count_adopters import CurveYear, count_adopters


def year(new: str, low: str, high: str, total: str) -> CurveYear:
    return CurveYear(new=Decimal(new), low=Decimal(low), high=Decimal(high), total=Decimal(total))


def test_totals_are_rounded_and_new_adopters_are_their_difference() -> None:
    """10.4 is 10; 22.7 is 23, so 13 are new although 12.3 rounds to 12; ranges are rounded outwards."""
    found = count_adopters(
        [year("10.4", "8.9", "12.1", "10.4"), year("12.3", "10", "14.5", "22.7")],
        Decimal("400.5"),
        Decimal("18.9"),
        Decimal("27.1"),
    )
    assert [(row.year, row.new, row.total) for row in found.years] == [(1, 10, 10), (2, 13, 23)]
    assert [(row.low, row.high) for row in found.years] == [(8, 13), (10, 15)]
    assert (found.potential, found.final, found.final_low, found.final_high) == (401, 23, 18, 28)


def test_a_total_that_falls_is_refused() -> None:
    with pytest.raises(InvalidInput, match="'3' of year 2") as caught:
        count_adopters([year("5", "5", "5", "5"), year("0", "0", "0", "3")], Decimal(10))
    assert caught.value.field == "years.1.total"
