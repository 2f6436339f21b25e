"""The best split over every subset of the channels that may be left out: branch and bound.

Best first: the subset with the highest bound is looked at next, so the first one that needs
no further branching is the optimum (Land and Doig, 1960). Interchangeable channels are used
in order of id, which loses nothing and spares looking at the same plan under other names.
"""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from experts.finance_accountant.tools._waterfill import Item, Split, split


class TooManySubsets(Exception):
    """The allowance of work is used up before the optimum is proved."""


@dataclass
class Allowance:
    """How much work is still allowed, in channels looked at; counted, not timed, so equal on every machine."""

    left: int

    def take(self, amount: int) -> None:
        """Use up `amount`, or raise TooManySubsets."""
        if self.left < amount:
            raise TooManySubsets
        self.left -= amount


@dataclass(order=True)
class _Node:
    order: tuple[Decimal, int]
    decided: dict[str, bool] = field(compare=False)
    split: Split = field(compare=False)


def best_split(
    items: Sequence[Item], media: Decimal, allowance: Allowance, forced: Mapping[str, bool] | None = None
) -> Split | None:
    """The optimum over all subsets that agree with `forced` (channel: in or out); None if none is feasible.

    `items` are sorted by key. Raises TooManySubsets when `allowance` runs out. To be called in
    the EXACT context.
    """
    forced = dict(forced or {})
    optional = {i.key: i for i in items if i.optional and i.key not in forced}
    heap: list[_Node] = []
    made = 0

    def push(decided: dict[str, bool]) -> None:
        nonlocal made
        allowance.take(len(items) + 1)
        found = split(items, media, decided)
        if found is not None:
            made += 1
            heapq.heappush(heap, _Node((-found.results, made), decided, found))

    push(forced)
    while heap:
        node = heapq.heappop(heap)
        if node.split.partial is None:
            return node.split
        branch = optional[node.split.partial]
        twins = [k for k, i in optional.items() if k not in node.decided and i.twin == branch.twin]
        push(node.decided | {k: True for k in twins if k <= branch.key})
        push(node.decided | {k: False for k in twins if k >= branch.key})
    return None
