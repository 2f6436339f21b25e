"""Expected figures: the worked examples of IRS Publication 946, Using the percentage tables."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools._reference import table
from experts.finance_accountant.tools.build_macrs_schedule import MacrsAsset, build_macrs_schedule

D = Decimal


def asset(cost: int, recovery: Any, day: date, **more: Any) -> MacrsAsset:
    return MacrsAsset(cost=D(cost), recovery=recovery, placed_in_service=day, **more)


def test_office_furniture_of_10000_by_table_a_1() -> None:
    found = build_macrs_schedule({"furniture": asset(10000, "7", date(2024, 8, 11))}, bonus=False)

    rows = [row.depreciation for row in found.assets["furniture"].rows]
    assert rows == [1429, 2449, 1749, 1249, 893, 892, 893, 446]
    assert (found.assets["furniture"].table, found.last_quarter_share) == ("Table A-1", 0)
    assert found.years[-1].year == 2031


def test_the_mid_quarter_example() -> None:
    """Machine 4,000 in January, furniture 1,000 in September, computer 5,000 in October: half in the last quarter."""
    found = build_macrs_schedule(
        {
            "machine": asset(4000, "7", date(2024, 1, 10)),
            "furniture": asset(1000, "7", date(2024, 9, 5)),
            "computer": asset(5000, "5", date(2024, 10, 1)),
        },
        bonus=False,
    )

    first = {key: (one.table, one.rows[0].depreciation) for key, one in found.assets.items()}
    assert first == {
        "machine": ("Table A-2", 1000),
        "furniture": ("Table A-4", D("107.10")),
        "computer": ("Table A-5", 250),
    }
    assert (found.last_quarter_share, found.years[0].total) == (D("0.5"), D("1357.10"))


def test_a_building_in_the_middle_of_the_month() -> None:
    """Nonresidential building of 100,000 placed in service in March: 2,033, then 2,564 a year (Table A-7a)."""
    found = build_macrs_schedule({"building": asset(100000, "39", date(2024, 3, 8))})

    rows = found.assets["building"].rows
    assert (rows[0].depreciation, rows[1].depreciation, rows[-1].depreciation) == (2033, 2564, 535)
    assert (len(rows), rows[-1].undepreciated, found.assets["building"].bonus) == (40, 0, 0)


@pytest.mark.parametrize(
    ("placed", "acquired", "rate"),
    [
        (date(2024, 5, 1), None, "0.6"),
        (date(2025, 5, 1), date(2025, 1, 19), "0.4"),
        (date(2025, 5, 1), date(2025, 1, 20), "1"),
        (date(2026, 5, 1), None, "1"),
        (date(2026, 5, 1), date(2024, 12, 1), "0.2"),
    ],
)
def test_bonus_depends_on_when_the_asset_was_acquired(placed: date, acquired: date | None, rate: str) -> None:
    found = build_macrs_schedule({"truck": asset(50000, "5", placed, section_179=D(10000), acquired=acquired)})

    one = found.assets["truck"]
    assert (one.bonus_rate, one.bonus, one.basis) == (D(rate), 40000 * D(rate), 40000 * (1 - D(rate)))
    assert sum(year.total for year in found.years) == 50000


def test_section_179_is_limited_and_phased_out() -> None:
    """2026: 2,560,000 less what property exceeds 4,090,000: with 5,000,000 of property, 1,650,000 is left."""
    big = asset(5000000, "5", date(2026, 2, 1), section_179=D(1650000))
    assert build_macrs_schedule({"plant": big}).section_179_limit == 1650000
    with pytest.raises(InvalidInput, match="1650001 exceeds the year's limit of 1650000"):
        build_macrs_schedule({"plant": asset(5000000, "5", date(2026, 2, 1), section_179=D(1650001))})


def test_every_table_adds_up_to_one_hundred_percent() -> None:
    tables = {key: value for key, value in table("macrs_tables").current().items() if isinstance(value, dict)}
    assert len(tables) == 7
    for name, columns in tables.items():
        for column, percents in columns.items():
            assert sum(map(Decimal, percents)) == 100, (name, column)


@pytest.mark.parametrize("recovery", ["3", "5", "7", "10", "15", "20"])
def test_table_a_1_is_declining_balance_with_a_switch(recovery: str) -> None:
    """Worked out from IRC 168(b): 200 (150 for 15 and 20 years) percent, half a year first; tables are rounded."""
    life = int(recovery)
    factor = D(2 if life <= 10 else D("1.5")) / life
    left, exact = D(100), []
    for year in range(life + 1):
        remaining = D(life) - (D(0) if year == 0 else D(year) - D("0.5"))
        part = max(left * factor, left / remaining) * (D("0.5") if year == 0 else 1)
        exact.append(min(part, left) if year < life else left)
        left -= exact[-1]
    published = [D(text) for text in table("macrs_tables").current()["half_year"][recovery]]
    assert all(abs(a - b) < D("0.011") for a, b in zip(exact, published, strict=True))


def test_mixed_years_buildings_under_179_and_unknown_bonus_years_are_refused() -> None:
    with pytest.raises(InvalidInput, match="one calendar year at a time"):
        build_macrs_schedule({"a": asset(1, "5", date(2024, 1, 1)), "b": asset(1, "5", date(2025, 1, 1))})
    with pytest.raises(InvalidInput, match="does not qualify here") as caught:
        build_macrs_schedule({"a": asset(10, "39", date(2024, 1, 1), section_179=D(1))})
    assert caught.value.field == "assets.a.section_179"
    with pytest.raises(InvalidInput, match="covers 2024, 2025, 2026"):
        build_macrs_schedule({"a": asset(10, "5", date(2020, 1, 1))})
    assert build_macrs_schedule({"a": asset(10, "5", date(2020, 1, 1))}, bonus=False).sources[1:] == []


def test_a_rental_house_in_july_by_table_a_6() -> None:
    """Residential property of 100,000 in July: 1,667 in year 1, 3,636 in year 2, 152 in year 29."""
    found = build_macrs_schedule({"house": asset(100000, "27.5", date(2025, 7, 4))}).assets["house"]

    assert (found.table, found.convention, found.bonus) == ("Table A-6", "mid-month", 0)
    assert [found.rows[at].depreciation for at in (0, 1, 27, 28)] == [1667, 3636, 3636, 152]
