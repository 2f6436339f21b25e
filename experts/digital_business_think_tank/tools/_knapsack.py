"""The best subset of projects within a budget, exactly, in whole numbers: branch and bound after Martello & Toth (1990).

Each candidate carries a gain that already puts value before cheapness. The bound of a node fills what is
left of the budget (and of each group's part of it) with the undecided candidates in order of gain for cost,
the last one in part; that is the best a relaxed problem can do, so nothing better is lost.
"""

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Item:
    """One candidate: its cost and gain in whole units, what it needs and excludes (as positions), and its group."""

    cost: int
    gain: int
    needs: tuple[int, ...] = ()
    excludes: tuple[int, ...] = ()
    group: int = 0


@dataclass
class Search:
    """The state of one search; `shares` bounds each group's part of what is spent, if given."""

    items: list[Item]
    budget: int
    shares: list[tuple[Fraction, Fraction]] | None
    most_nodes: int
    best_gain: int = 0
    best: int = 0
    nodes: int = 0
    complete: bool = True
    order: list[int] = field(default_factory=list)
    needed: list[int] = field(default_factory=list)
    dependent: list[int] = field(default_factory=list)
    barred: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        n = range(len(self.items))
        self.order = sorted(n, key=lambda i: (-self._ratio(i), i))
        self.needed = [self._closure(i) for i in n]
        self.dependent = [sum(1 << j for j in n if self.needed[j] >> i & 1) for i in n]
        self.barred = [0] * len(self.items)
        for i in n:
            for j in self.items[i].excludes:
                self.barred[i] |= 1 << j
                self.barred[j] |= 1 << i

    def _ratio(self, i: int) -> Fraction:
        item = self.items[i]
        if item.cost:
            return Fraction(item.gain, item.cost)
        return Fraction(10**60) if item.gain > 0 else Fraction(-(10**60))

    def _closure(self, start: int) -> int:
        """The candidate and all that it needs, theirs as well, as a bit mask."""
        mask, queue = 0, [start]
        while queue:
            i = queue.pop()
            if not mask >> i & 1:
                mask |= 1 << i
                queue += self.items[i].needs
        return mask

    def run(self) -> list[int]:
        """Positions of the best subset; `complete` says whether the search was finished."""
        self._visit(0, 0, 0)
        return [i for i in range(len(self.items)) if self.best >> i & 1]

    def _visit(self, at: int, chosen: int, out: int) -> None:
        if self.nodes >= self.most_nodes:
            self.complete = False
            return
        self.nodes += 1
        cost, gain, groups = 0, 0, [0] * len(self.shares or [])
        for i in range(len(self.items)):
            if chosen >> i & 1:
                cost += self.items[i].cost
                gain += self.items[i].gain
                if groups:
                    groups[self.items[i].group] += self.items[i].cost
        if cost > self.budget or not self._reachable(chosen, out, cost, groups):
            return
        if gain > self.best_gain and self._mixed(cost, groups):
            self.best_gain, self.best = gain, chosen
        if self._bound(chosen, out, cost, gain, groups) <= self.best_gain:
            return
        while at < len(self.order) and (chosen | out) >> self.order[at] & 1:
            at += 1
        if at == len(self.order):
            return
        i = self.order[at]
        more = chosen | self.needed[i]
        barred = out
        for j in range(len(self.items)):
            if more >> j & 1:
                barred |= self.barred[j]
        if not more & barred:
            self._visit(at + 1, more, barred)
        if not chosen & self.dependent[i]:
            self._visit(at + 1, chosen, out | self.dependent[i])

    def _bound(self, chosen: int, out: int, cost: int, gain: int, groups: list[int]) -> int:
        left, total = self.budget - cost, gain
        rooms = [int(high * self.budget) - spent for (_, high), spent in zip(self.shares or [], groups, strict=True)]
        for i in self.order:
            item = self.items[i]
            if (chosen | out) >> i & 1 or item.gain <= 0:
                continue
            room = min(left, rooms[item.group]) if rooms else left
            part = min(item.cost, max(room, 0))
            total += item.gain if part == item.cost else -(-item.gain * part // item.cost)
            left -= part
            if rooms:
                rooms[item.group] -= part
        return total

    def _reachable(self, chosen: int, out: int, cost: int, groups: list[int]) -> bool:
        """Whether the shares can still be met by adding undecided candidates."""
        if self.shares is None or not cost:
            return True
        free = [0] * len(groups)
        for i, item in enumerate(self.items):
            if not (chosen | out) >> i & 1:
                free[item.group] += item.cost
        left = self.budget - cost
        for group, (low, high) in enumerate(self.shares):
            most = groups[group] + min(free[group], left)
            if most < low * (most + cost - groups[group]):
                return False
            if groups[group] > high * (cost + min(left, sum(free) - free[group])):
                return False
        return True

    def _mixed(self, cost: int, groups: list[int]) -> bool:
        """Whether every group's part of the spending lies within its bounds."""
        return self.shares is None or all(
            low * cost <= spent <= high * cost for (low, high), spent in zip(self.shares, groups, strict=True)
        )
