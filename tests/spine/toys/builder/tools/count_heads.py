"""heads = total / spend per head, rounded up."""

from decimal import ROUND_CEILING

from experts.core.contract import Model
from experts.core.quantities import Count, Money


class Heads(Model):
    heads: Count
    people_cost: Money


def count_heads(total: Money, per_head: Money, wage: Money) -> Heads:
    """Count the people that a spend needs."""
    heads = int((total / per_head).to_integral_value(ROUND_CEILING))
    return Heads(heads=heads, people_cost=heads * wage)
