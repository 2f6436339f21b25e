"""total = units x unit cost + people."""

from experts.core.contract import Model
from experts.core.quantities import Money, Rate, Volume


class Cost(Model):
    variable: Money
    people: Money
    total: Money


def add_cost(units: Volume, unit_cost: Money, discount: Rate, people: Money | None = None) -> Cost:
    """Add up what the units and the people cost."""
    variable = units * unit_cost * (1 - discount)
    return Cost(variable=variable, people=people or 0, total=variable + (people or 0))
