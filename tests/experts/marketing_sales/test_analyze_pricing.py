"""Prices: textbook elasticities, and the price meter by hand on answers whose curves cross at known places."""

from decimal import Decimal as D
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.analyze_pricing import PricePoint, analyze_pricing


def points(*pairs: tuple[str, str]) -> list[PricePoint]:
    return [PricePoint(price=D(price), quantity=D(quantity)) for price, quantity in pairs]


def answers(*rows: tuple[int, int, int, int]) -> list[list[D]]:
    return [[D(price) for price in row] for row in rows]


def test_the_midpoint_elasticities_of_the_textbooks_are_met() -> None:
    """Mankiw, ch. 5: 120 at $4, 80 at $6: 1. OpenStax, Principles of Economics 5.1: 2,800 at 70, 3,000 at 60: 0.45."""
    made = analyze_pricing("elasticity", points(("6", "80"), ("4", "120")))
    assert [row.elasticity for row in made.rows] == [None, D(-1)]
    made = analyze_pricing("elasticity", points(("70", "2800"), ("60", "3000")))
    assert made.rows[1].elasticity is not None and round(made.rows[1].elasticity, 2) == D("-0.45")


def test_gabor_granger_finds_the_best_of_the_prices_asked() -> None:
    """By hand: 0.9 * 10, 0.7 * 15, 0.4 * 20 a person; less a cost of 8: 1.8, 4.9, 4.8."""
    made = analyze_pricing("gabor_granger", points(("10", "180"), ("15", "140"), ("20", "80")), 200, unit_cost=D(8))
    assert [row.revenue for row in made.rows] == [900, 1050, 800]
    assert [row.profit for row in made.rows] == [180, 490, 480]
    assert (made.best_revenue_price, made.best_profit_price, made.warnings) == (15, 15, [])


def test_demand_that_rises_with_the_price_and_a_best_at_the_end_are_warned_about() -> None:
    made = analyze_pricing("elasticity", points(("10", "5"), ("20", "6")))
    assert len(made.warnings) == 2


def test_the_price_meter_crosses_where_the_curves_do() -> None:
    """By hand: counts at 4 .. 9 are too cheap 3 2 1 0 0 0, cheap 3 3 2 1 0 0 and the mirror image upwards."""
    made = analyze_pricing("van_westendorp", answers=answers((4, 5, 7, 8), (5, 6, 8, 9), (6, 7, 9, 10)))
    # too cheap (1 at 6, 0 at 7) meets too expensive (0 up to 7): both zero at 7 alone
    assert made.optimal_price == 7
    # cheap (2 at 6, 1 at 7) meets expensive (0 at 6, 1 at 7)
    assert made.indifference_price == 7
    # too cheap (2 at 5, 1 at 6) meets not cheap (0 at 5, 1 at 6)
    assert made.marginal_cheapness == 6
    # not expensive (2 at 7, 1 at 8) meets too expensive (0 at 7, 1 at 8)
    assert made.marginal_expensiveness == 8
    assert made.answers_used == 3


def test_between_prices_the_curves_are_straight_lines() -> None:
    """By hand, too cheap 4 2 1, too expensive 0 0 3 at 10, 20, 30: gaps 2 and -2, so half-way between 20 and 30."""
    rows = answers((10, 11, 12, 30), (10, 11, 12, 30), (20, 21, 22, 30), (30, 31, 32, 40))
    made = analyze_pricing("van_westendorp", answers=rows)
    # prices named: 10 11 12 20 21 22 30 ..: at 22 too cheap 1, too expensive 0; at 30: 1 against 3
    assert made.optimal_price == D("24.67")  # 22 + 8 / 3


def test_answers_that_contradict_themselves_are_counted_and_left_out() -> None:
    rows = answers((4, 5, 7, 8), (5, 6, 8, 9), (6, 7, 9, 10), (9, 8, 7, 6))
    made = analyze_pricing("van_westendorp", answers=rows)
    assert (made.answers_left_out, made.optimal_price) == (1, 7)
    assert "contradict" in made.warnings[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"method": "elasticity"}, "points has 0 prices"),
        ({"method": "elasticity", "points": points(("0", "1"), ("1", "1"))}, "price 0 is zero"),
        ({"method": "elasticity", "points": points(("1", "1"), ("1", "2"))}, "price 1 is there twice"),
        ({"method": "elasticity", "points": points(("1", "1"), ("2", "1")), "asked": 5}, "asked 5"),
        ({"method": "gabor_granger", "points": points(("1", "1"), ("2", "1"))}, "asked None"),
        ({"method": "gabor_granger", "points": points(("1", "9"), ("2", "1")), "asked": 5}, "9 would buy at 1"),
        ({"method": "gabor_granger", "answers": answers((1, 2, 3, 4)), "asked": 5}, "answers belong"),
        ({"method": "van_westendorp", "answers": answers((4, 3, 2, 1))}, "answers has 0 in the order"),
        ({"method": "van_westendorp", "asked": 5}, "do not belong"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_value(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        analyze_pricing(**arguments)
