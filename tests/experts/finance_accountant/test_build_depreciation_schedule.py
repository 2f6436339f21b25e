"""Expected figures: Weygandt, Kimmel & Kieso's delivery truck (cost 13,000, salvage 1,000, 5 years, 100,000 miles)."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.build_depreciation_schedule import (
    Depreciation,
    build_depreciation_schedule,
)

D = Decimal


def amounts(found: Depreciation) -> list[Decimal]:
    return [row.depreciation for row in found.rows]


def test_the_truck_by_every_method() -> None:
    line = build_depreciation_schedule(D(13000), D(1000), "USD", life_years=5)
    assert amounts(line) == [2400] * 5
    double = build_depreciation_schedule(D(13000), D(1000), "USD", "double_declining", 5)
    assert amounts(double) == [5200, 3120, 1872, D("1123.2"), D("684.8")]  # printed rounded: 1,123 and 685
    digits = build_depreciation_schedule(D(13000), D(1000), "USD", "sum_of_years", 5)
    assert amounts(digits) == [4000, 3200, 2400, 1600, 800]
    miles = [D(m) for m in (15000, 30000, 20000, 25000, 10000)]
    assert amounts(build_depreciation_schedule(D(13000), D(1000), "USD", "units", units=miles)) == [
        1800,
        3600,
        2400,
        3000,
        1200,
    ]


def test_the_example_of_excels_ddb() -> None:
    """Cost 2,400, salvage 300, ten years: 480 in the first and 22.12 in the tenth year."""
    found = amounts(build_depreciation_schedule(D(2400), D(300), "USD", "double_declining", 10, switch=False))
    assert (found[0], found[1], found[9]) == (480, 384, D("22.12"))


def test_rows_add_up_to_the_cent_and_a_switch_reaches_salvage() -> None:
    line = build_depreciation_schedule(D(100), D(0), "USD", life_years=3)
    assert (amounts(line), line.total) == ([D("33.33"), D("33.34"), D("33.33")], 100)
    without = build_depreciation_schedule(D(100), D(0), "USD", "double_declining", 4, switch=False)
    assert without.warnings == ["The book value stays above salvage at the end of the life."]
    assert build_depreciation_schedule(D(100), D(0), "USD", "double_declining", 4).total == 100
    assert amounts(build_depreciation_schedule(D(100), D(10), "USD", "double_declining", 1)) == [90]


def test_salvage_above_cost_and_missing_lives_and_units_are_refused() -> None:
    with pytest.raises(InvalidInput, match="salvage '2' exceeds cost '1'") as caught:
        build_depreciation_schedule(D(1), D(2), "USD", life_years=3)
    assert caught.value.field == "salvage"
    with pytest.raises(InvalidInput, match="life_years None is missing"):
        build_depreciation_schedule(D(2), D(1), "USD")
    with pytest.raises(InvalidInput, match="nothing to spread"):
        build_depreciation_schedule(D(2), D(1), "USD", "units", units=[D(0)])
