"""Confidence intervals that survey figures carry."""

import math
from decimal import Decimal

from experts.digital_business_think_tank.tools._figures import dec

Z95 = 1.959963984540054


def wilson(successes: int, trials: int) -> tuple[Decimal, Decimal]:
    """95 % Wilson score interval of a proportion."""
    share, z2 = successes / trials, Z95**2
    middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = Z95 * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials**2)) / (1 + z2 / trials)
    return dec(max(0.0, middle - half)), dec(min(1.0, middle + half))


def nps_margin(promoters: int, detractors: int, answers: int) -> Decimal:
    """95 % margin of a net promoter score in points: 1.96 sqrt((p + d - (p - d)^2)/n) x 100."""
    p, d = promoters / answers, detractors / answers
    return dec(Z95 * math.sqrt(max(p + d - (p - d) ** 2, 0.0) / answers) * 100, 2)
