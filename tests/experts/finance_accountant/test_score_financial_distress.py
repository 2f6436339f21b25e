"""Expected figures: the weights and zones printed in Altman (2000), with ratios worked by hand."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.score_financial_distress import Variant, score_financial_distress

D = Decimal


@pytest.mark.parametrize(
    ("variant", "score", "zone"),
    [("z", "2.55", "grey"), ("z_private", "2.0863", "grey"), ("z_general", "4.012", "safe")],
)
def test_each_variant_by_hand(variant: Variant, score: str, zone: str) -> None:
    """X1 0.2, X2 0.3, X3 0.1, X4 1.0, X5 0.96: Z = 0.24 + 0.42 + 0.33 + 0.6 + 0.96 = 2.55.

    Z' = 0.1434 + 0.2541 + 0.3107 + 0.42 + 0.95808; Z'' = 1.312 + 0.978 + 0.672 + 1.05.
    """
    found = score_financial_distress(D(20), D(30), D(10), D(100), D(50), D(50), D(96), variant)

    parts = sum(part.points for part in found.parts.values())
    assert abs(parts - found.score) < D("0.0001")
    assert (found.score, found.zone) == (D(score), zone)


def test_negative_equity_is_distress_and_warned_of() -> None:
    found = score_financial_distress(D(-40), D(-80), D(-10), D(100), D(150), D(-50))

    assert (found.zone, found.warnings) == ("distress", ["Equity is negative, so liabilities exceed assets."])


def test_no_assets_and_missing_sales_are_refused() -> None:
    with pytest.raises(InvalidInput, match="total_assets '0' must be above zero") as caught:
        score_financial_distress(D(1), D(1), D(1), D(0), D(1), D(1))
    assert caught.value.field == "total_assets"
    with pytest.raises(InvalidInput, match="sales '0' must be above zero"):
        score_financial_distress(D(1), D(1), D(1), D(1), D(1), D(1), variant="z")
