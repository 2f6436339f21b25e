"""How a launch's profit moves when one figure at a time is a step lower or higher.

Profit = price x volume - unit cost x volume - running costs - marketing - launch work - clearances. Price moves revenue,
unit cost moves the cost of units, volume moves both, the rest move themselves. `headroom` is the relative change of the
driver at which profit is zero: profit / what the driver moves, with its sign (one-way sensitivity; Brealey, Myers & Allen,
Principles of Corporate Finance, chapter 10).

Limits: one driver at a time; volume does not answer to price.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, NonNegativeMoney, Rate, Share, plain, round_to
from experts.finance_accountant.tools._curves import EXACT, LARGEST

LISTED = False  # the launch plan's action calls it with the figures of its cash projection


class Driver(Model):
    """Profit with the driver a step lower and higher, the swing between the two, and the change that ends the profit."""

    low: Money
    high: Money
    swing: NonNegativeMoney
    headroom: Rate | None = None


class LaunchSensitivity(Model):
    """Drivers by id, the widest swing first."""

    profit: Money
    drivers: dict[Key, Driver]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def analyze_launch_sensitivity(
    revenue: NonNegativeMoney,
    unit_costs: NonNegativeMoney,
    running: NonNegativeMoney,
    marketing: NonNegativeMoney,
    work: NonNegativeMoney,
    clearance: NonNegativeMoney,
    currency: str,
    step: Annotated[Share, Field(description="0.1 is a tenth")] = Decimal("0.1"),
) -> LaunchSensitivity:
    """Vary each driver of a launch's profit by a step: price, volume, unit cost, running costs, one-off costs.

    Use when a launch case has to say what it hangs on. It does not vary two drivers at once.
    """
    if not 0 < step < 1:
        raise InvalidInput(f"step {plain(step)!r} must lie between 0 and 1, for example '0.1'", field="step")
    if revenue + unit_costs + running + marketing + work + clearance >= LARGEST / 100:
        raise InvalidInput(
            "the amounts of the launch add up to more than can be quoted; use thousands", field="revenue"
        )
    moves = {
        "price": revenue,
        "volume": revenue - unit_costs,
        "unit_cost": -unit_costs,
        "running": -running,
        "marketing": -marketing,
        "work": -work,
        "clearance": -clearance,
    }
    found = {}
    with localcontext(EXACT):
        profit = revenue - unit_costs - running - marketing - work - clearance
        for key in sorted(moves, key=lambda key: (-abs(moves[key]), list(moves).index(key))):
            change = round_money(moves[key] * step, currency)
            if moves[key]:
                found[key] = Driver(
                    low=profit - change,
                    high=profit + change,
                    swing=abs(2 * change),
                    headroom=_quotable(-profit / moves[key]),
                )
    return LaunchSensitivity(
        profit=profit,
        drivers=found,
        method="One driver a step lower and higher, everything else as planned; headroom = change at which profit is zero.",
        assumptions=["Volume does not answer to price, and unit cost does not answer to volume."],
    )


def _quotable(value: Decimal) -> Decimal | None:
    """Nothing where the change would be beyond a hundredfold: no plan hangs on that."""
    return round_to(value, 6) if abs(value) <= 100 else None
