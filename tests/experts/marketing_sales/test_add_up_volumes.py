"""Volumes added up, against sums written out by hand."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.add_up_volumes import VolumeRow, add_up_volumes

D = Decimal
PRICES = {"lamp": D("129.00"), "duo": D("229.00")}
MARGINS = {"shop": D(0), "retail": D("0.38")}


def row(scenario: str, sku: str, market: str, month: int, units: int) -> VolumeRow:
    return VolumeRow(scenario=scenario, sku=sku, market=market, month=month, units=units)


ROWS = {
    "a": row("base", "lamp", "shop", 1, 100),
    "b": row("base", "lamp", "retail", 1, 50),
    "c": row("base", "duo", "retail", 2, 7),
    "d": row("low", "lamp", "shop", 1, 60),
}


def test_rows_add_up_by_month_market_and_product() -> None:
    """100 x 129 = 12,900; 50 x 129 x 0.62 = 3,999; 7 x 229 x 0.62 = 993.86."""
    found = add_up_volumes(ROWS, PRICES, MARGINS, "EUR", direct_markets=["shop"], window_months=1)

    base = found.scenarios["base"]
    assert (base.units, base.revenue, base.direct_units) == (157, D("17892.86"), 100)
    assert base.months["m01"].markets == {"shop": 12_900, "retail": 3_999}
    assert base.months["m02"].skus == {"duo": 7}
    assert (base.markets["retail"].units, base.markets["retail"].revenue) == (57, D("4992.86"))
    assert (base.skus["lamp"].units, base.skus["lamp"].revenue) == (150, 16_899)
    assert found.month_count == 2
    assert found.scenarios["low"].months["m02"].units == 0
    assert found.warnings == [
        "Scenario 'low' ends with month 1, the plan with month 2; the months after it count as zero."
    ]


def test_each_row_is_rounded_before_it_is_added_so_that_all_tables_agree() -> None:
    """3 x 9.99 x (1 - 1/8) = 26.22375, to the cent 26.22; three such rows are 78.66, not 78.67."""
    rows = {key: row("base", "lamp", "shop", month, 3) for month, key in enumerate("abc", 1)}
    found = add_up_volumes(rows, {"lamp": D("9.99")}, {"shop": D("0.125")}, "EUR")

    assert found.scenarios["base"].revenue == D("78.66")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (row("base", "lmp", "shop", 1, 1), "did you mean 'lamp'"),
        (row("base", "lamp", "shopp", 1, 1), "did you mean 'shop'"),
        (row("base", "lamp", "shop", 0, 1), "numbered from 1"),
        (row("base", "lamp", "shop", 1, 2), "both give scenario 'base'"),
    ],
)
def test_rows_that_do_not_fit_are_refused_by_name(wrong: VolumeRow, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        add_up_volumes({**ROWS, "wrong": wrong}, PRICES, MARGINS, "EUR")
