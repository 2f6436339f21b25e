"""Months until a customer's orders have paid for winning the customer."""

from decimal import Decimal, localcontext

from experts.core.quantities import round_to
from experts.marketing_sales.tools._curves import EXACT

MOST_MONTHS = 1200


def payback(contribution: Decimal, retention: Decimal | None, cost: Decimal) -> Decimal | None:
    """The whole month whose order covers `cost`; None if none does within a century.

    A customer orders once a month, first in the first month; the n-th order comes with
    probability retention^(n-1), so n orders leave contribution * (1 - retention^n) / (1 - retention),
    undiscounted. Without a known retention only the first order counts.
    """
    if contribution <= 0:
        return None
    with localcontext(EXACT):
        covered, order = Decimal(0), contribution
        for month in range(1, MOST_MONTHS + 1):
            covered += order
            if round_to(covered, 12) >= cost:  # so that noise in the last digits makes no month
                return Decimal(month)
            order *= retention or Decimal(0)
            if order == 0:
                return None
    return None
