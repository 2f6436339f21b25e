"""Ordinary least squares of ln(results) on ln(spend), exact to 40 digits."""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import NamedTuple

from experts.core.quantities import decimal_of, round_to
from experts.marketing_sales.tools._curves import EXACT


class Line(NamedTuple):
    """ln(results) = intercept + slope * ln(spend), with what its uncertainty is made of."""

    slope: Decimal
    mean_x: Decimal
    mean_y: Decimal
    squares_x: Decimal
    residual_error: Decimal


def fit_line(spends: Sequence[Decimal], results: Sequence[Decimal]) -> Line:
    """Least squares through the logarithms of three or more positive pairs, two different spends among them.

    The residual error has n-2 degrees of freedom (Draper & Smith, Applied Regression
    Analysis, 3rd ed. 1998, section 1.3).
    """
    with localcontext(EXACT):
        n = len(spends)
        x = [value.ln() for value in spends]
        y = [value.ln() for value in results]
        mean_x, mean_y = sum(x, Decimal(0)) / n, sum(y, Decimal(0)) / n
        squares_x = sum(((v - mean_x) ** 2 for v in x), Decimal(0))
        slope = sum(((u - mean_x) * (v - mean_y) for u, v in zip(x, y, strict=True)), Decimal(0)) / squares_x
        left = sum(((v - mean_y - slope * (u - mean_x)) ** 2 for u, v in zip(x, y, strict=True)), Decimal(0))
        return Line(slope, mean_x, mean_y, squares_x, (left / (n - 2)).sqrt())


def t_quantile(confidence: Decimal, degrees: int) -> Decimal:
    """Student's t that a two-sided interval of `confidence` needs, rounded to six places."""
    from scipy.special import stdtrit

    return round_to(decimal_of(float(stdtrit(degrees, (1 + float(confidence)) / 2))), 6)
