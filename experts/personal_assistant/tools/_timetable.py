"""Several meetings at once: the cheapest set of times in which nobody is in two places."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

# Comparisons of two times after which the search stops with the best set found so far.
WORK = 400_000
Cost = tuple[int, int, int]


class Candidate(NamedTuple):
    """A time for one meeting: people outside hours, minutes outside, optional people missing; then when and who."""

    cost: Cost
    start: datetime
    late: dict[str, int]
    missing: list[str]
    there: frozenset[str]


class Timetable(NamedTuple):
    """One candidate for each meeting in the order given, or nothing; `proven` unless the search was cut short."""

    chosen: list[Candidate] | None
    proven: bool


class _Exhausted(Exception):
    """The allowed comparisons are used up."""


def arrange(options: list[list[Candidate]], lengths: list[timedelta], gap: timedelta) -> Timetable:
    """The set with the least total cost, and of equal sets the one whose first meetings are earliest.

    Depth-first branch and bound in the order given. A branch is left when its cost so far, plus the
    cheapest time of every later meeting that the placed ones leave open, is no better than the best
    set known. Two times exclude one another where somebody is in both and they overlap or are less
    than the gap apart. Ends after `WORK` comparisons.
    """
    ranked = [sorted(times, key=lambda one: (one.cost, one.start)) for times in options]
    placed: list[Candidate] = []
    best: tuple[Cost, list[Candidate]] | None = None
    work = 0

    def fits(one: Candidate, number: int) -> bool:
        nonlocal work
        for at, other in enumerate(placed):
            work += 1
            if work > WORK:
                raise _Exhausted
            if (
                not one.there.isdisjoint(other.there)
                and one.start < other.start + lengths[at] + gap
                and other.start < one.start + lengths[number] + gap
            ):
                return False
        return True

    def bound(after: int) -> Cost | None:
        total = _sum(one.cost for one in placed)
        for number in range(after, len(ranked)):
            open_ = next((one for one in ranked[number] if fits(one, number)), None)
            if open_ is None:
                return None
            total = _sum((total, open_.cost))
        return total

    def search(number: int) -> None:
        nonlocal best
        if number == len(ranked):
            best = (_sum(one.cost for one in placed), list(placed))
            return
        for one in ranked[number]:
            if not fits(one, number):
                continue
            placed.append(one)
            least = bound(number + 1)
            if least is not None and _better(least, placed, best):
                search(number + 1)
            placed.pop()

    try:
        search(0)
    except _Exhausted:
        return Timetable(best[1] if best else None, proven=False)
    return Timetable(best[1] if best else None, proven=True)


def _sum(costs: Iterable[Cost]) -> Cost:
    first = second = third = 0
    for a, b, c in costs:
        first, second, third = first + a, second + b, third + c
    return first, second, third


def _better(least: Cost, placed: list[Candidate], best: tuple[Cost, list[Candidate]] | None) -> bool:
    """Whether a set that begins with `placed` and costs `least` or more can still beat the best."""
    if best is None or least < best[0]:
        return True
    begun = [one.start for one in placed]
    known = [one.start for one in best[1][: len(placed)]]
    return least == best[0] and (begun < known or (begun == known and len(placed) < len(best[1])))
