"""Cost of goods sold and ending inventory by FIFO, LIFO or weighted average.

FIFO sells the oldest layers first, LIFO the newest, weighted average at the mean cost. Periodic
takes all purchases of the period together; perpetual costs each sale from what is on hand then
(moving average, or last in at that moment). Rounded to the currency's unit; cost of goods sold +
ending inventory = goods available, exactly. Sources: ASC 330-10-30; IAS 2.23 to 2.27 (IAS 2 does not
allow LIFO); Kieso, Weygandt & Warfield, Intermediate Accounting, chapter 8.

Limits: one item, one currency; no write-down to market or net realisable value, no dollar-value
LIFO, no returns.
"""

from collections import deque
from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, NonNegativeMoney, Volume, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE
from experts.finance_accountant.tools._curves import LARGEST

ZERO = Decimal(0)


class Movement(Model):
    """Bought with its unit cost, or sold (negative, no cost)."""

    units: Volume
    unit_cost: NonNegativeMoney | None = None


class Layer(Model):
    """Units left at one cost."""

    units: Volume
    unit_cost: Money


class InventoryCost(Model):
    """Money in the given currency."""

    units_sold: Volume
    cost_of_goods_sold: Money
    ending_units: Volume
    ending_inventory: Money
    goods_available: Money
    layers: list[Layer]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compute_inventory_cost(
    movements: Annotated[list[Movement], Field(min_length=1, max_length=2000, description="In order; sales negative.")],
    currency: str,
    method: Literal["fifo", "lifo", "weighted_average"] = "fifo",
    system: Literal["periodic", "perpetual"] = "periodic",
) -> InventoryCost:
    """Cost of goods sold and inventory by FIFO, LIFO or average.

    Use when stock is valued.
    """
    with localcontext(PRECISE):
        _check(movements)
        ordered = movements
        if system == "periodic":
            ordered = [m for m in movements if m.units > 0] + [m for m in movements if m.units < 0]
        cost, stock = _run(ordered, method)
        bought = sum((m.units * (m.unit_cost or ZERO) for m in movements if m.units > 0), ZERO)
        if bought >= LARGEST:
            raise InvalidInput(f"goods available of {bought:.3e} are out of range; use thousands", field="movements")
        available = round_money(bought, currency)
        sold = round_money(cost, currency)
        return InventoryCost(
            units_sold=-sum((m.units for m in movements if m.units < 0), ZERO),
            cost_of_goods_sold=sold,
            ending_units=sum((units for units, _ in stock), ZERO),
            ending_inventory=available - sold,
            goods_available=available,
            layers=[Layer(units=units, unit_cost=round_to(each, 6)) for units, each in stock if units],
            method=f"{method.replace('_', ' ')}, {system} (ASC 330-10-30; IAS 2.23-2.27 but for LIFO; "
            "Kieso, Weygandt & Warfield, Intermediate Accounting, chapter 8).",
            assumptions=["Movements are in the order of the dates; the cost flow need not be the physical one."],
            warnings=_warnings(method),
        )


def _check(movements: list[Movement]) -> None:
    on_hand = ZERO
    for number, movement in enumerate(movements):
        field = f"movements.{number}"
        if not movement.units or abs(movement.units) >= LARGEST:
            raise InvalidInput(
                f"movement {number + 1} has {plain(movement.units)!r} units; give units bought, or sold as negative",
                field=field,
            )
        if (movement.units > 0) == (movement.unit_cost is None):
            raise InvalidInput(
                f"movement {number + 1} of {plain(movement.units)} units needs a unit_cost if bought, and none if sold",
                field=f"{field}.unit_cost",
            )
        on_hand += movement.units
        if on_hand < 0:
            raise InvalidInput(
                f"movement {number + 1} sells {plain(-movement.units)} units when {plain(on_hand - movement.units)} are available; "
                "correct the units or the order",
                field=field,
            )


def _run(movements: list[Movement], method: str) -> tuple[Decimal, list[tuple[Decimal, Decimal]]]:
    stock: deque[tuple[Decimal, Decimal]] = deque()
    cost = ZERO
    for movement in movements:
        if movement.unit_cost is not None:
            stock.append((movement.units, movement.unit_cost))
            if method == "weighted_average":
                units = sum((u for u, _ in stock), ZERO)
                mean = sum((u * c for u, c in stock), ZERO) / units
                stock.clear()
                stock.append((units, mean))
            continue
        left = -movement.units
        while left > 0:
            units, each = stock.pop() if method == "lifo" else stock.popleft()
            taken = min(units, left)
            cost += taken * each
            left -= taken
            if units > taken:
                stock.append((units - taken, each)) if method == "lifo" else stock.appendleft((units - taken, each))
    return cost, list(stock)


def _warnings(method: str) -> list[str]:
    if method == "lifo":
        return [
            "LIFO is a US method only (IAS 2.25 forbids it), and US tax law then asks for it in the statements too."
        ]
    return []
