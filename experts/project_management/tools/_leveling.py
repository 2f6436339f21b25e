"""Resource-constrained scheduling: schedule generation, forward-backward improvement, bounds and an exact check."""

import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

SAMPLES, SEED, EFFORT = 60, 1, 6_000_000
MOST_CELLS, MOST_SEARCHED, NODES = 8_000, 40, 6_000


class Instance(NamedTuple):
    """Tasks by number in topological order; demands and capacities by resource number."""

    duration: list[int]
    before: list[list[int]]
    after: list[list[int]]
    demand: list[list[int]]
    capacity: list[int]


class Found(NamedTuple):
    """The best starts, the rule that found them, and the lower bounds by name."""

    start: list[int]
    makespan: int
    rule: str
    bound: int
    bound_by: str
    optimal: bool


def level(one: Instance, exact: bool) -> Found:
    """The shortest schedule that was found within the capacities, and what is proven about it."""
    bounds = _bounds(one)
    bound_by = max(bounds, key=lambda name: (bounds[name], name == "critical path"))
    bound = bounds[bound_by]
    best, rule = _heuristic(one, bound)
    span = _end(one, best)
    if exact and span > bound and len(best) <= MOST_SEARCHED:
        found, ended = _search(one, best, bound)
        if _end(one, found) < span:
            best, rule, span = found, "search", _end(one, found)
        if ended and span > bound:
            bound, bound_by = span, "search of every order"
    if exact and span > bound and _cells(one, span) <= MOST_CELLS:
        raised = _raise(one, bound, span)
        if raised > bound:
            bound, bound_by = raised, "linear relaxation"
    return Found(best, span, rule, bound, bound_by, span == bound)


def _cells(one: Instance, span: int) -> int:
    """The size of the time-indexed program: days that tasks may start on, times their links and resources."""
    head, tail = _windows(one)
    return sum(
        max(0, span - tail[i] - head[i]) * (1 + len(one.before[i]) + sum(map(bool, one.demand[i])))
        for i in range(len(head))
    )


def _raise(one: Instance, bound: int, span: int) -> int:
    """The best lower bound that relaxations prove, between `bound` and `span`, by halving."""
    if _refuted(one, span - 1):
        return span
    low, high = bound, span - 1  # no schedule below `low`; `high` days are not refuted
    while low < high:
        middle = (low + high) // 2
        if _refuted(one, middle):
            low = middle + 1
        else:
            high = middle
    return low


def _bounds(one: Instance) -> dict[str, int]:
    head, _ = _windows(one)
    found = {"critical path": max(head[i] + one.duration[i] for i in range(len(head)))}
    for number, capacity in enumerate(one.capacity):
        work = sum(d * need[number] for d, need in zip(one.duration, one.demand, strict=True))
        found[f"resource {number}"] = -(-work // capacity) if capacity else 0
    return found


def _windows(one: Instance) -> tuple[list[int], list[int]]:
    """Earliest starts, and the longest work from each start to the end, by precedence alone."""
    count = len(one.duration)
    head, tail = [0] * count, [0] * count
    for i in range(count):
        head[i] = max((head[j] + one.duration[j] for j in one.before[i]), default=0)
    for i in reversed(range(count)):
        tail[i] = one.duration[i] + max((tail[j] for j in one.after[i]), default=0)
    return head, tail


def _heuristic(one: Instance, bound: int) -> tuple[list[int], str]:
    count = len(one.duration)
    head, tail = _windows(one)
    followers = _followers(one)
    rules: dict[str, Callable[[int], Any]] = {
        "latest finish": lambda i: (-tail[i] + one.duration[i], i),
        "latest start": lambda i: (-tail[i], i),
        "most followers": lambda i: (-len(followers[i]), i),
        "rank weight": lambda i: (-one.duration[i] - sum(one.duration[j] for j in one.after[i]), i),
        "least float": lambda i: (-tail[i] - head[i], i),
        "shortest task": lambda i: (one.duration[i], i),
    }
    best: list[int] | None = None
    chosen = ""
    draw = random.Random(SEED).random
    size = count * sum(d * sum(map(bool, needs)) for d, needs in zip(one.duration, one.demand, strict=True))
    rounds = max(2, min(len(rules) + SAMPLES, EFFORT // (1 + size)))
    for name, rule in list(rules.items())[:rounds]:
        best, chosen = _better(one, best, chosen, _improve(one, _serial(one, rule)), name)
        if _end(one, best) == bound:
            return best, chosen
    spread = 0.4 * max(tail, default=1)
    for _ in range(rounds - len(rules)):
        noise = [draw() * spread - late for late in tail]
        start = _serial(one, _by(noise))
        best, chosen = _better(one, best, chosen, _improve(one, start), "latest start, sampled")
        if _end(one, best) == bound:
            break
    assert best is not None  # there is at least one rule
    return best, chosen


def _by(values: Sequence[float]) -> Callable[[int], Any]:
    return lambda i: (values[i], i)


def _better(one: Instance, best: list[int] | None, chosen: str, start: list[int], name: str) -> tuple[list[int], str]:
    if best is None or _end(one, start) < _end(one, best):
        return start, name
    return best, chosen


def _followers(one: Instance) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in one.duration]
    for i in reversed(range(len(found))):
        for j in one.after[i]:
            found[i] |= {j} | found[j]
    return found


def _serial(one: Instance, rule: Callable[[int], Any]) -> list[int]:
    """Serial schedule generation: of the tasks that may go next, the best by `rule`, as early as it fits."""
    import heapq

    missing = [len(befores) for befores in one.before]
    ready = [(rule(i), i) for i, count in enumerate(missing) if not count]
    heapq.heapify(ready)
    start = [0] * len(missing)
    profile = Profile(one)
    while ready:
        _, i = heapq.heappop(ready)
        earliest = max((start[j] + one.duration[j] for j in one.before[i]), default=0)
        start[i] = profile.place(i, earliest)
        for j in one.after[i]:
            missing[j] -= 1
            if not missing[j]:
                heapq.heappush(ready, (rule(j), j))
    return start


def _improve(one: Instance, start: list[int]) -> list[int]:
    """Forward-backward improvement: to the right in order of finish, back to the left in order of start."""
    while True:
        span = _end(one, start)
        mirror = Instance(one.duration, one.after, one.before, one.demand, one.capacity)
        order = sorted(range(len(start)), key=lambda i: (-start[i] - one.duration[i], -i))
        late = _in_order(mirror, order)
        right = [span - late[i] - one.duration[i] for i in range(len(start))]
        left = _in_order(one, sorted(range(len(start)), key=lambda i: (right[i], i)))
        if _end(one, left) >= span:
            return start
        start = left


def _in_order(one: Instance, order: Sequence[int]) -> list[int]:
    start = [0] * len(order)
    profile = Profile(one)
    for i in order:
        start[i] = profile.place(i, max((start[j] + one.duration[j] for j in one.before[i]), default=0))
    return start


class Profile:
    """What is used of every resource, day by day."""

    def __init__(self, one: Instance) -> None:
        self._one = one
        self._used: list[list[int]] = [[] for _ in one.capacity]
        self._full: dict[tuple[int, int], int] = {}  # by resource and need: no day before this has room

    def place(self, i: int, earliest: int) -> int:
        """Use the resources for task `i` from the first day on or after `earliest` on which it fits."""
        length, needs = self._one.duration[i], [(r, n) for r, n in enumerate(self._one.demand[i]) if n]
        if not length or not needs:
            return earliest
        at = max(earliest, *(self._first_room(r, n) for r, n in needs))
        while True:
            clash = max((self._clash(r, n, at, length) for r, n in needs), default=-1)
            if clash < 0:
                break
            at = clash + 1
        for r, n in needs:
            used = self._used[r]
            used.extend([0] * (at + length - len(used)))
            for day in range(at, at + length):
                used[day] += n
        return at

    def _first_room(self, r: int, need: int) -> int:
        used, room = self._used[r], self._one.capacity[r] - need
        day = self._full.get((r, need), 0)
        while day < len(used) and used[day] > room:
            day += 1
        self._full[r, need] = day
        return day

    def remove(self, i: int, at: int) -> None:
        """Give back what task `i` uses from `at` on."""
        self._full.clear()
        for r, n in enumerate(self._one.demand[i]):
            if n:
                for day in range(at, at + self._one.duration[i]):
                    self._used[r][day] -= n

    def _clash(self, r: int, need: int, at: int, length: int) -> int:
        """The last day from `at` on for `length` days on which `need` does not fit; -1 if it fits."""
        used, room = self._used[r], self._one.capacity[r] - need
        for day in range(min(at + length, len(used)) - 1, at - 1, -1):
            if used[day] > room:
                return day
        return -1


def _end(one: Instance, start: Sequence[int]) -> int:
    return max(begin + length for begin, length in zip(start, one.duration, strict=True))


def _refuted(one: Instance, latest: int) -> bool:
    """Whether a linear relaxation proves that no schedule fits into `latest` days.

    Time-indexed program (Pritsker, Watters & Wolfe, Management Science 16, 1969) with a step variable for each task
    and day ("has started by then"), precedences by day (Christofides, Alvarez-Valdes & Tamarit 1987), and each
    resource limited on each day. The relaxation allows more than whole starts do, so what it cannot fit never fits.
    """
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    head, tail = _windows(one)
    count = len(head)
    first, last = head, [latest - tail[i] for i in range(count)]
    if any(last[i] < first[i] for i in range(count)):
        return True
    column: dict[tuple[int, int], int] = {}
    for i in range(count):
        for t in range(first[i], last[i]):  # by the last day it has started for certain
            column[i, t] = len(column)
    rows: list[tuple[int, int, float]] = []
    limits: list[float] = []

    def started(i: int, t: int, sign: float, terms: list[tuple[int, float]]) -> float:
        """Add "i has started by t" to the terms; returns its constant part."""
        if t < first[i]:
            return 0.0
        if t >= last[i]:
            return sign
        terms.append((column[i, t], sign))
        return 0.0

    def at_most(terms: list[tuple[int, float]], limit: float) -> None:
        if terms:
            rows.extend((len(limits), place, value) for place, value in terms)
            limits.append(limit)

    for i in range(count):
        for t in range(first[i], last[i] - 1):
            at_most([(column[i, t], 1.0), (column[i, t + 1], -1.0)], 0.0)
        for j in one.before[i]:
            for t in range(first[i], last[i]):
                terms: list[tuple[int, float]] = []
                fixed = started(i, t, 1.0, terms) + started(j, t - one.duration[j], -1.0, terms)
                at_most(terms, -fixed)
    for r, capacity in enumerate(one.capacity):
        users = [i for i in range(count) if one.demand[i][r] and one.duration[i]]
        if sum(one.demand[i][r] for i in users) <= capacity:
            continue
        for day in range(latest):
            terms, fixed = [], 0.0
            for i in users:
                need = float(one.demand[i][r])
                fixed += started(i, day, need, terms) + started(i, day - one.duration[i], -need, terms)
            if not terms and fixed > capacity:
                return True
            at_most(terms, capacity - fixed)
    if not column:
        return False
    number, place, value = zip(*rows, strict=True) if rows else ((), (), ())
    matrix: Any = coo_array((value, (number, place)), shape=(len(limits), len(column))).tocsr()
    found = linprog(np.zeros(len(column)), A_ub=matrix, b_ub=limits, bounds=(0, 1), method="highs")
    return bool(found.status == 2)


def _search(one: Instance, best: list[int], bound: int) -> tuple[list[int], bool]:
    """The best of all schedules if the search ends within its number of nodes (then True), else the best met.

    Precedence tree (Patterson, Slowinski, Talbot & Weglarz 1989): one task after another, none before the start of
    the one set last, each as early as precedences and resources allow; a branch that cannot be shorter is cut.
    """
    count = len(one.duration)
    _, tail = _windows(one)
    span = [_end(one, best)]
    kept = [best]
    nodes = [0]
    start = [-1] * count
    profile = Profile(one)

    def go(done: int, at: int) -> bool:
        nodes[0] += 1
        if nodes[0] > NODES:
            return False
        ready = [
            (max([at, *(start[j] + one.duration[j] for j in one.before[i])]), i)
            for i in range(count)
            if start[i] < 0 and all(start[j] >= 0 for j in one.before[i])
        ]
        if any(begin + tail[i] >= span[0] for begin, i in ready):
            return True
        for begin, i in sorted(ready, key=lambda one: (one[0], -tail[one[1]], one[1])):
            begin = profile.place(i, begin)
            if begin + tail[i] < span[0]:
                start[i] = begin
                if done + 1 == count:
                    span[0] = max(s + d for s, d in zip(start, one.duration, strict=True))
                    kept[0] = list(start)
                elif not go(done + 1, begin):
                    return False
                start[i] = -1
            profile.remove(i, begin)
            if span[0] == bound:
                return True
        return True

    ended = go(0, 0)
    return kept[0], ended
