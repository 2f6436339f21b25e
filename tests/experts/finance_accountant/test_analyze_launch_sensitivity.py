"""Profit with one figure moved at a time, worked out by hand."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.analyze_launch_sensitivity import analyze_launch_sensitivity

D = Decimal


def test_each_driver_moves_profit_by_what_it_stands_for() -> None:
    """1,000 - 400 - 200 - 100 - 80 - 20 = 200. A tenth more price: 300; a tenth more volume: 260; of unit cost: 160."""
    found = analyze_launch_sensitivity(D(1000), D(400), D(200), D(100), D(80), D(20), "EUR")

    assert found.profit == 200
    assert {key: (driver.low, driver.high) for key, driver in found.drivers.items()} == {
        "price": (100, 300),
        "volume": (140, 260),
        "unit_cost": (240, 160),
        "running": (220, 180),
        "marketing": (210, 190),
        "work": (208, 192),
        "clearance": (202, 198),
    }
    # -200/1,000; -200/600; 200/400; 200/20.
    headroom = {key: driver.headroom for key, driver in found.drivers.items()}
    assert (headroom["price"], headroom["volume"]) == (D("-0.2"), D("-0.333333"))
    assert (headroom["unit_cost"], headroom["clearance"]) == (D("0.5"), 10)


def test_a_step_outside_zero_to_one_is_refused() -> None:
    with pytest.raises(InvalidInput, match="between 0 and 1"):
        analyze_launch_sensitivity(D(1), D(1), D(1), D(1), D(1), D(1), "EUR", step=D(0))
