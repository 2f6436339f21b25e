"""Three ways to read prices from data.

`elasticity`: midpoint (arc) elasticity of demand between neighbouring prices, ((q2-q1)/((q1+q2)/2)) /
((p2-p1)/((p1+p2)/2)) (Mankiw, Principles of Economics, ch. 5). `gabor_granger`: the share that would buy at each
price asked (Gabor & Granger, Applied Statistics 14, 1965); revenue per hundred asked = price * share * 100, and profit
with a unit cost; the best of the prices asked, none in between. `van_westendorp`: Price Sensitivity Meter (van
Westendorp 1976): shares too cheap and cheap at or above a price, expensive and too expensive at or below it.
Marginal cheapness: too cheap meets not cheap (1 - cheap). Marginal expensiveness: too expensive meets not expensive.
Optimal price point: too cheap meets too expensive. Indifference: cheap meets expensive. Between the prices named,
curves are straight lines; where two curves coincide, the middle of that stretch. Answers that are not in the order
too cheap < cheap < expensive < too expensive are left out and counted.

Limits: what people say they would pay is not what they pay; elasticity from past prices mixes in season and
advertising. Test a price before trusting it.
"""

from bisect import bisect_left, bisect_right
from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Money, NonNegativeMoney, NonNegativeVolume, Rate, Ratio, plain, round_to
from experts.marketing_sales.tools._curves import EXACT

FEWEST_ANSWERS = 3
FEW_ANSWERS = 100

_METHODS = {
    "elasticity": "Midpoint (arc) elasticity between neighbouring prices (Mankiw, ch. 5).",
    "gabor_granger": "Gabor-Granger: revenue and profit per hundred asked at each price asked.",
    "van_westendorp": "Van Westendorp Price Sensitivity Meter; marginal points by not cheap and not expensive.",
}


Four = Annotated[list[NonNegativeMoney], Field(min_length=4, max_length=4)]
"""One person's prices: too cheap, cheap, expensive, too expensive."""


class PricePoint(Model):
    price: NonNegativeMoney
    quantity: NonNegativeVolume


class PriceRow(Model):
    """A price; `elasticity` is against the price before it, revenue and profit as the method says."""

    price: Money
    quantity: NonNegativeVolume
    share: Rate | None = None
    elasticity: Ratio | None = None
    revenue: Money
    profit: Money | None = None


class PriceAnalysis(Model):
    rows: list[PriceRow] = []
    best_revenue_price: Money | None = None
    best_profit_price: Money | None = None
    marginal_cheapness: Money | None = None
    marginal_expensiveness: Money | None = None
    optimal_price: Money | None = None
    indifference_price: Money | None = None
    answers_used: Count | None = None
    answers_left_out: Count | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def analyze_pricing(
    method: Literal["elasticity", "gabor_granger", "van_westendorp"],
    points: Annotated[
        list[PricePoint] | None, Field(description="price and number sold, or who would buy", max_length=100)
    ] = None,
    asked: Annotated[Count | None, Field(description="gabor_granger: people asked at each price")] = None,
    answers: Annotated[
        list[Four] | None,
        Field(description="van_westendorp: too cheap, cheap, expensive, too expensive", max_length=2000),
    ] = None,
    unit_cost: NonNegativeMoney | None = None,
) -> PriceAnalysis:
    """Analyze prices: midpoint elasticity, Gabor-Granger, or van Westendorp's price sensitivity.

    Use when sales at several prices, or answers about prices, are at hand. It does not
    predict what people will pay.
    """
    if method == "van_westendorp":
        if points or asked is not None or unit_cost is not None:
            raise InvalidInput("points, asked and unit_cost do not belong to 'van_westendorp'; leave them out")
        return _westendorp(answers or [])
    if answers:
        raise InvalidInput(f"answers belong to 'van_westendorp', not to {method!r}; leave them out", field="answers")
    if (method == "gabor_granger") != (asked is not None):
        raise InvalidInput(f"asked {asked!r}: 'gabor_granger' needs it and 'elasticity' has none", field="asked")
    return _demand(method, points or [], asked, unit_cost)


def _demand(method: str, points: list[PricePoint], asked: int | None, unit_cost: Decimal | None) -> PriceAnalysis:
    if len(points) < 2:
        raise InvalidInput(f"points has {len(points)} prices; {method!r} needs two at least", field="points")
    points = sorted(points, key=lambda point: point.price)
    rows: list[PriceRow] = []
    warnings = []
    with localcontext(EXACT):
        for index, point in enumerate(points):
            before = points[index - 1] if index else None
            if point.price == 0 or (before is not None and before.price == point.price):
                wrong = "is zero" if point.price == 0 else "is there twice"
                raise InvalidInput(
                    f"points: the price {plain(point.price)} {wrong}; give each price once", field="points"
                )
            if asked is not None and point.quantity > asked:
                raise InvalidInput(
                    f"points: {plain(point.quantity)} would buy at {plain(point.price)}, more than the {asked} asked",
                    field="points",
                )
            elasticity = None
            if before is not None and before.quantity + point.quantity:
                change = (point.quantity - before.quantity) / (point.quantity + before.quantity)
                elasticity = round_to(change / ((point.price - before.price) / (point.price + before.price)), 6)
            if before is not None and point.quantity > before.quantity:
                warnings.append(f"More is bought at {plain(point.price)} than at the price below it; check the data.")
            base = point.quantity if asked is None else point.quantity / asked * 100
            rows.append(
                PriceRow(
                    price=point.price,
                    quantity=point.quantity,
                    share=None if asked is None else round_to(point.quantity / asked, 6),
                    elasticity=elasticity,
                    revenue=round_to(point.price * base, 2),
                    profit=None if unit_cost is None else round_to((point.price - unit_cost) * base, 2),
                )
            )
    best = max(rows, key=lambda row: (row.revenue, -row.price))
    richest = max(rows, key=lambda row: (row.profit or Decimal(0), -row.price)) if unit_cost is not None else None
    if best in (rows[0], rows[-1]):
        warnings.append("The best revenue is at the end of the prices asked; the real best may lie beyond.")
    return PriceAnalysis(
        rows=rows,
        best_revenue_price=best.price,
        best_profit_price=None if richest is None else richest.price,
        method=_METHODS[method],
        assumptions=["Only the price differs between the points."],
        warnings=warnings,
    )


def _westendorp(answers: list[Four]) -> PriceAnalysis:
    good = [a for a in answers if a[0] < a[1] < a[2] < a[3]]
    if len(good) < FEWEST_ANSWERS:
        raise InvalidInput(
            f"answers has {len(good)} in the order too cheap < cheap < expensive < too expensive, of {len(answers)}; "
            f"{FEWEST_ANSWERS} are needed",
            field="answers",
        )
    prices = sorted({price for a in good for price in a})
    too_cheap = _at_or_above(prices, sorted(a[0] for a in good))
    cheap = _at_or_above(prices, sorted(a[1] for a in good))
    expensive = _at_or_below(prices, sorted(a[2] for a in good))
    too_expensive = _at_or_below(prices, sorted(a[3] for a in good))
    n = len(good)
    warnings = []
    if len(answers) > n:
        warnings.append(f"{len(answers) - n} of {len(answers)} answers contradict themselves and are left out.")
    if n < FEW_ANSWERS:
        warnings.append(f"Only {n} answers: the points may move a good deal with more.")
    return PriceAnalysis(
        marginal_cheapness=_meet(prices, too_cheap, [n - c for c in cheap]),
        marginal_expensiveness=_meet(prices, [n - e for e in expensive], too_expensive),
        optimal_price=_meet(prices, too_cheap, too_expensive),
        indifference_price=_meet(prices, cheap, expensive),
        answers_used=n,
        answers_left_out=len(answers) - n,
        method=_METHODS["van_westendorp"],
        assumptions=["The people asked are like the buyers."],
        warnings=warnings,
    )


def _at_or_above(prices: list[Decimal], named: list[Decimal]) -> list[int]:
    return [len(named) - bisect_left(named, price) for price in prices]


def _at_or_below(prices: list[Decimal], named: list[Decimal]) -> list[int]:
    return [bisect_right(named, price) for price in prices]


def _meet(prices: list[Decimal], falling: list[int], rising: list[int]) -> Decimal | None:
    """The price where a falling curve meets a rising one, two places; None if they never do."""
    gaps = [f - r for f, r in zip(falling, rising, strict=True)]
    above = [index for index, gap in enumerate(gaps) if gap > 0]
    below = [index for index, gap in enumerate(gaps) if gap < 0]
    if not above or not below:
        return None
    left, right = above[-1], below[0]
    with localcontext(EXACT):
        if right - left > 1:  # they coincide in between
            return round_to((prices[left + 1] + prices[right - 1]) / 2, 2)
        part = Decimal(gaps[left]) / (gaps[left] - gaps[right])
        return round_to(prices[left] + part * (prices[right] - prices[left]), 2)
