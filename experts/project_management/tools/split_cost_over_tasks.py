"""A cost that is known for a group of tasks, split over its tasks by weight without losing a cent."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money, split_by_largest_remainder
from experts.core.names import did_you_mean
from experts.core.quantities import NonNegativeMoney, NonNegativeVolume, plain

LISTED = False  # build_wbs and build_cost_baseline are the ones a person calls


class Weighted(Model):
    """A task of a group; a weight of zero carries no cost."""

    group: Key
    weight: NonNegativeVolume


class SplitCosts(Model):
    """Costs by task. `unplaced`: groups whose cost no task carries."""

    tasks: dict[Key, NonNegativeMoney]
    unplaced: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def split_cost_over_tasks(
    costs: Annotated[dict[Key, NonNegativeMoney], Field(min_length=1, max_length=200, description="by group")],
    tasks: Annotated[dict[Key, Weighted], Field(max_length=2000, description="by task: its group and weight")],
    currency: str,
) -> SplitCosts:
    """Split the cost of each group over its tasks in proportion to their weights, exact to the currency's unit.

    Use when the money is known by work package and the schedule by task. It does not know what a task really costs.
    """
    for key, task in tasks.items():
        if task.group not in costs:
            raise InvalidInput(
                f"task {key!r} is of {task.group!r}, which has no cost{did_you_mean(task.group, costs)}",
                field=f"tasks.{key}.group",
            )
    found: dict[str, Decimal] = {}
    unplaced = []
    for group, cost in costs.items():
        if cost != round_money(cost, currency):
            raise InvalidInput(
                f"cost {plain(cost)!r} of {group!r} is finer than the smallest unit of {currency}; round it",
                field=f"costs.{group}",
            )
        weights = {key: task.weight for key, task in tasks.items() if task.group == group}
        total = sum(weights.values(), Decimal(0))
        if not total:
            if cost:
                unplaced.append(group)
            found |= dict.fromkeys(weights, Decimal(0))
            continue
        shares = {key: cost * weight / total for key, weight in weights.items()}
        found |= split_by_largest_remainder(shares, cost, currency)
    return SplitCosts(
        tasks={key: found[key] for key in tasks},
        unplaced=unplaced,
        method="Proportional split by weight; units left over by rounding down go to the largest remainders (Hamilton).",
        assumptions=["A task costs in proportion to its weight."],
        warnings=[f"No task carries the cost of {', '.join(unplaced)}."] if unplaced else [],
    )
