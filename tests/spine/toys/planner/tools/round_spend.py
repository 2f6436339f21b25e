"""Rounds an amount to a whole number of steps."""

from decimal import ROUND_CEILING

from experts.core.contract import Model
from experts.core.quantities import Money


class Rounded(Model):
    amount: Money


def round_spend(amount: Money, step: Money) -> Rounded:
    """Round an amount up to the next step."""
    return Rounded(amount=(amount / step).to_integral_value(ROUND_CEILING) * step)
