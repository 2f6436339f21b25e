"""Expected figures: the worked examples of IRS Publication 946, Using the percentage tables."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools._macrs import limited
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


def test_disposal_in_a_mid_quarter_year_takes_the_part_up_to_the_middle_of_the_quarter() -> None:
    """TaxBuzz, Disposition of MACRS Property: 10,000 on 1 December, sold on 6 April: 22.8 percent x 37.5 percent."""
    sold = asset(10000, "5", date(2023, 12, 1), disposed=date(2025, 4, 6))
    found = build_macrs_schedule({"used": sold}, bonus=False).assets["used"]

    assert [row.depreciation for row in found.rows] == [500, 3800, 855]
    assert (found.rows[-1].year, found.rows[-1].undepreciated) == (2025, 4845)


def test_disposal_takes_half_a_year_or_the_months_to_the_middle_of_one() -> None:
    """Half-year: half of 19.20 percent. A building kept until 3 March: 2.5 of 12 months of 2.564 percent."""
    machine = asset(10000, "5", date(2024, 2, 1), disposed=date(2026, 11, 30))
    building = asset(100000, "39", date(2024, 3, 8), disposed=date(2026, 3, 3))
    found = build_macrs_schedule({"machine": machine, "building": building}, bonus=False)

    assert [row.depreciation for row in found.assets["machine"].rows] == [2000, 3200, 960]
    assert [row.depreciation for row in found.assets["building"].rows] == [2033, 2564, D("534.17")]
    assert any("recapture" in warning for warning in found.warnings)


@pytest.mark.parametrize(("sold", "last"), [(date(2029, 1, 2), "576"), (date(2029, 12, 2), "576")])
def test_the_last_short_year_is_not_cut_again(sold: date, last: str) -> None:
    """Five years from the middle of 2024 end in the middle of 2029, which is also where a sale of 2029 is put."""
    found = build_macrs_schedule({"a": asset(10000, "5", date(2024, 2, 1), disposed=sold)}, bonus=False)
    assert found.assets["a"].rows[-1].depreciation == D(last)


def test_a_fourth_quarter_asset_sold_early_in_its_last_year_loses_the_rest() -> None:
    """Table A-5: 9.58 percent stand for seven eighths of the last year; a sale in January leaves one eighth of a year."""
    early = asset(8750, "5", date(2024, 11, 5), disposed=date(2029, 1, 9))
    found = build_macrs_schedule({"a": early}, bonus=False).assets["a"]
    assert found.rows[-1].depreciation == round(D(8750) * D("0.0958") / 7, 2)


def test_ads_is_straight_line_with_the_same_conventions() -> None:
    """Publication 946, Table A-8 for 5 years: 10, 20, 20, 20, 20, 10; a building over 40 years from March: 1.979."""
    found = build_macrs_schedule(
        {
            "computer": asset(10000, "5", date(2026, 5, 1), ads_years=5),
            "building": asset(100000, "39", date(2026, 3, 1), ads_years=40),
        },
        bonus=False,
    )
    assert [row.depreciation for row in found.assets["computer"].rows] == [1000, 2000, 2000, 2000, 2000, 1000]
    rows = found.assets["building"].rows
    assert (rows[0].depreciation, rows[1].depreciation, len(rows), rows[-1].undepreciated) == (
        D("1979.17"),
        2500,
        41,
        0,
    )
    assert found.assets["computer"].table == "ADS, 5 years"


def test_a_car_after_100_percent_bonus_waits_until_its_recovery_period_is_over() -> None:
    """Current Federal Tax Developments, 14 February 2019: 60,000 in 2018: 18,000, five years nothing, seven times 5,760
    and 1,680 in 2031."""
    shares = [D(text) / 100 for text in table("macrs_tables").current()["half_year"]["5"]]
    now, rows = limited(D(60000), D(60000), shares, [D(18000), D(16000), D(9600), D(5760)])

    assert now == 18000
    assert rows == [0, 0, 0, 0, 0, 0, *[5760] * 7, 1680]


def test_a_car_after_60_percent_bonus_by_hand() -> None:
    """2024, 60,000: bonus 36,000 and table 4,800 against 20,400; then 32, 19.2 … percent of 24,000, all below the limits;
    20,400 + 7,680 + 4,608 + 2 x 2,764.80 + 1,382.40 = 39,600, so 7,160, 7,160 and 6,080 follow."""
    found = build_macrs_schedule({"car": asset(60000, "5", date(2024, 3, 1), car=True)}).assets["car"]
    assert (found.bonus_rate, found.bonus, found.rows[0].depreciation) == (D("0.6"), 20400, 0)
    assert [row.depreciation for row in found.rows[1:]] == [
        7680,
        4608,
        D("2764.80"),
        D("2764.80"),
        D("1382.40"),
        7160,
        7160,
        6080,
    ]


def test_a_car_without_bonus_is_held_to_the_limits_and_recovered_afterwards() -> None:
    """2025, 70,000: 20 to 5.76 percent are 14,000, 22,400, 13,440, 8,064, 8,064, 4,032 against 12,200, 19,600, 11,800,
    7,060. Allowed: 12,200 + 19,600 + 11,800 + 7,060 + 7,060 + 4,032 = 61,752, so 7,060 and 1,188 follow."""
    found = build_macrs_schedule({"car": asset(70000, "5", date(2025, 3, 1), car=True)}, bonus=False).assets["car"]

    assert [row.depreciation for row in found.rows] == [12200, 19600, 11800, 7060, 7060, 4032, 7060, 1188]
    assert (found.limits, found.rows[-1].year, found.rows[-1].undepreciated) == ([12200, 19600, 11800, 7060], 2032, 0)


def test_a_cheap_car_and_the_limits_of_2026() -> None:
    plan = build_macrs_schedule(
        {
            "cheap": asset(18000, "5", date(2026, 3, 1), car=True),
            "dear": asset(50000, "5", date(2026, 3, 1), car=True),
        }
    )
    assert [row.depreciation for row in plan.assets["cheap"].rows] == [0]
    assert [row.depreciation for row in plan.assets["dear"].rows] == [0, 0, 0, 0, 0, 0, *[7160] * 4, 1060]
    assert (plan.assets["cheap"].bonus, plan.assets["cheap"].rows[0].percent) == (18000, 0)
    # Eide Bailly, Auto depreciation limits 2026 (Rev. Proc. 2026-15): 20,300, 19,800, 11,900, 7,160.
    assert plan.assets["dear"].limits == [20300, 19800, 11900, 7160]
    assert plan.years[0].total == 18000 + 20300
    assert sum(year.total for year in plan.years) == 68000
    assert any("deducts nothing more until" in warning for warning in plan.warnings)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"disposed": date(2026, 12, 1)}, "comes and goes in one year"),
        ({"ads_years": 1}, "not between 2 and 50"),
        ({"car": True, "disposed": date(2028, 1, 1)}, "one that is kept"),
        ({"car": True, "recovery": "7"}, "5-year property"),
    ],
)
def test_what_cannot_be_worked_out_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        build_macrs_schedule({"a": asset(50000, wrong.pop("recovery", "5"), date(2026, 3, 1), **wrong)})


def test_a_car_of_a_year_without_limits_is_refused() -> None:
    with pytest.raises(InvalidInput, match="covers 2024, 2025, 2026"):
        build_macrs_schedule({"a": asset(50000, "5", date(2020, 3, 1), car=True)}, bonus=False)
