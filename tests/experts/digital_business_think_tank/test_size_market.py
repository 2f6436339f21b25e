"""By hand: 20,000 clinics at 1,200 a year are 24 million; 60 % of it 14.4; 5 % of that 0.72."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest
from pydantic import ValidationError

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.size_market import Segment, TopDown, size_market

D = Decimal
CLINICS = Segment(
    customers=D(20000), annual_value=D(1200), reachable=D("0.6"), obtainable=D("0.05"), source="register 2026"
)


def test_both_ways_by_hand() -> None:
    above = TopDown(total=D(40_000_000), serviceable=D("0.4"), obtainable=D("0.05"), source="Institute, 2026-03")
    found = size_market({"clinics": CLINICS}, "EUR", above, D("0.1"))

    assert [row.bottom_up for row in found.levels] == [24_000_000, 14_400_000, 720_000]
    assert [row.top_down for row in found.levels] == [40_000_000, 16_000_000, 800_000]
    assert [row.ratio for row in found.levels] == [D("1.667"), D("1.111"), D("1.111")]
    assert (found.levels[0].low, found.levels[0].high) == (24_000_000 * D("0.81"), 24_000_000 * D("1.21"))
    assert found.reconciled is True and found.warnings == []
    assert len(found.questions) == 7


def test_a_factor_above_two_is_named() -> None:
    above = TopDown(total=D(100_000_000), serviceable=D("0.5"), obtainable=D("0.05"))
    found = size_market({"clinics": CLINICS}, "EUR", above)

    assert found.reconciled is False
    assert "TAM: bottom-up 24,000,000 and top-down 100,000,000 EUR differ by a factor of 4.167" in found.warnings[0]
    assert any("top-down total has no source" in text for text in found.warnings)


def test_segments_add_up_and_missing_sources_are_named() -> None:
    labs = CLINICS.model_copy(update={"source": "", "customers": D(100)})
    found = size_market({"clinics": CLINICS, "labs": labs}, "EUR")
    assert found.levels[0].bottom_up == 24_120_000 == sum(row["tam"] for row in found.by_segment.values())
    assert found.reconciled is None
    assert "No source for: labs" in found.warnings[0]


def test_shares_above_one_are_refused() -> None:
    with pytest.raises(ValidationError, match="less than or equal to 1"):
        Segment(customers=D(1), annual_value=D(1), reachable=D("1.2"), obtainable=D(1))


def test_a_market_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no customers or no value"):
        size_market({"a": CLINICS.model_copy(update={"customers": D(0)})}, "EUR")
    with pytest.raises(InvalidInput, match="not an ISO 4217 code"):
        size_market({"a": CLINICS}, "EUX")
