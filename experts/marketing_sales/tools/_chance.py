"""The normal distribution as the tools use it, rounded so that machines agree."""

import math
from decimal import Decimal, localcontext
from statistics import NormalDist

from experts.core.errors import InvalidInput
from experts.core.quantities import decimal_of, plain, round_to
from experts.marketing_sales.tools._curves import EXACT


def two_sided(z: Decimal) -> Decimal:
    """The two-sided p-value of a standard normal z, six places."""
    return round_to(decimal_of(f"{math.erfc(abs(float(z)) / math.sqrt(2)):.12f}"), 6)


def quantile(confidence: Decimal) -> Decimal:
    """z of a two-sided interval, ten places. Raises InvalidInput for a confidence outside 0.5 to 0.999."""
    if not Decimal("0.5") <= confidence <= Decimal("0.999"):
        raise InvalidInput(
            f"confidence {plain(confidence)} must be from 0.5 to 0.999; the usual choice is 0.95", field="confidence"
        )
    return round_to(decimal_of(NormalDist().inv_cdf((1 + float(confidence)) / 2)), 10)


def wilson(hits: int, trials: int, z: Decimal) -> tuple[Decimal, Decimal]:
    """Wilson's score interval of a proportion (Wilson 1927), unrounded; `trials` is above zero."""
    with localcontext(EXACT):
        n, p = Decimal(trials), Decimal(hits) / trials
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).sqrt()
        return max(Decimal(0), middle - half), min(Decimal(1), middle + half)
