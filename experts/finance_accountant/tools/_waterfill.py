"""The best split of a sum of money over concave curves within bounds, by water-filling.

At the optimum one multiplier u prices money for all channels: a channel spends where the
slope of its curve is exp(u), or stands at a bound (the Karush-Kuhn-Tucker conditions; Boyd
and Vandenberghe, Convex Optimization, 2004, section 5.5.3 and example 5.2). Spend falls as u
rises, so u is found by bisection over the points where a channel reaches a bound, and
between two of them by bracketed Newton steps on a sum of exponentials.

A channel that is either left out or given at least its minimum m is relaxed to its concave
envelope: the straight line from nothing to f(m), then f. That is the tightest concave upper
bound, so at most one such channel ends between nothing and m, and branching has little to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from experts.finance_accountant.tools._curves import INFINITY, Curve, inverse_slope, log_slope, value

ZERO = Decimal(0)
# Both leave room above the 34 digits of the context for the noise of a sum.
_SMALLEST_STEP = Decimal("1e-31")
_MOST_STEPS = 500


@dataclass(frozen=True)
class Item:
    """A channel as the solver sees it: a curve and bounds; `low` counts only if used where `optional`.

    `high` is infinite for a channel without a maximum. What it remembers holds for every sum of money.
    """

    key: str
    curve: Curve
    low: Decimal
    high: Decimal
    optional: bool

    @cached_property
    def at_high(self) -> Decimal:
        """Multiplier up to which the channel stands at its highest spend; minus infinity without a maximum."""
        return -INFINITY if self.high == INFINITY else log_slope(self.curve, self.high)

    @cached_property
    def at_low(self) -> Decimal:
        """Multiplier from which it stands at its lowest spend; infinite if it never does."""
        return log_slope(self.curve, self.low)

    @cached_property
    def enters(self) -> Decimal:
        """Multiplier at which the envelope of an optional channel leaves zero: ln(f(m)/m)."""
        return self.density.ln()

    @cached_property
    def density(self) -> Decimal:
        """Results per unit of money at the lowest spend of an optional channel."""
        return self.at(self.low) / self.low

    @cached_property
    def known(self) -> dict[Decimal, Decimal]:
        return {spend: value(self.curve, spend) for spend in (self.low, self.high) if spend.is_finite()}

    def at(self, spend: Decimal) -> Decimal:
        """Results at `spend`."""
        known = self.known.get(spend)
        return value(self.curve, spend) if known is None else known

    @cached_property
    def inverse(self) -> tuple[Decimal, Decimal, Decimal]:
        return inverse_slope(self.curve)

    @property
    def twin(self) -> tuple[Curve, Decimal, Decimal]:
        """What makes two optional channels interchangeable."""
        return self.curve, self.low, self.high


@dataclass(frozen=True)
class Split:
    """A split of the money; `results` bounds what any split can bring while `partial` names a channel below m."""

    spends: dict[str, Decimal]
    results: Decimal
    partial: str | None


def split(items: Sequence[Item], media: Decimal, decided: Mapping[str, bool]) -> Split | None:
    """The best split with the channels `decided` in or out and the other optional ones relaxed.

    `items` are sorted by key; None if what must be spent exceeds `media`. What no channel
    can take stays unspent. To be called in the EXACT context.
    """
    out = {i.key for i in items if i.optional and not decided.get(i.key, i.low <= media and i.low <= i.high)}
    free = {i.key for i in items if i.optional and i.key not in decided} - out
    live = [i for i in items if i.key not in out]
    least = sum((i.low for i in live if i.key not in free), ZERO)
    if least > media or any(i.low > i.high for i in live):
        return None
    spends = dict.fromkeys((i.key for i in items), ZERO)
    partial = None
    if least == media:
        spends |= {i.key: i.low for i in live if i.key not in free}
    elif sum((i.high for i in live), ZERO) <= media:
        spends |= {i.key: i.high for i in live}
    else:
        partial = _fill(live, free, media, spends)
    results = ZERO
    for item in live:
        spend = spends[item.key]
        if item.key == partial:
            results += item.density * spend
        else:
            results += item.at(spend)
    return Split(spends, results, partial)


def _fill(live: list[Item], free: set[str], media: Decimal, spends: dict[str, Decimal]) -> str | None:
    """Fill `spends` at the multiplier where they add up to `media`; the channel left below its minimum, if any."""

    def at(u: Decimal, after: bool = False) -> dict[str, Decimal]:
        """Spends at multiplier `u`; `after` the jumps that happen exactly there."""
        powers: dict[Decimal, Decimal] = {}
        found: dict[str, Decimal] = {}
        for item in live:
            if item.key in free and (u > item.enters or (after and u == item.enters)):
                continue
            if u <= item.at_high:
                found[item.key] = item.high
            elif u >= item.at_low:
                found[item.key] = item.low
            else:
                g, p, shift = item.inverse
                if p not in powers:
                    powers[p] = (-p * u).exp()
                found[item.key] = min(max(g * powers[p] - shift, item.low), item.high)
        return found

    def total(u: Decimal, after: bool = False) -> Decimal:
        return sum(at(u, after).values(), ZERO)

    marks = {u for i in live for u in (i.at_high, i.at_low, *([i.enters] if i.key in free else []))}
    points = sorted(u for u in marks if u.is_finite())
    endless = next((i for i in live if i.high == INFINITY), None)
    if endless is not None:  # where this one alone spends everything, the search may begin
        start = log_slope(endless.curve, max(media, endless.low))
        points = [start, *(u for u in points if u > start)]
    first, last = 0, len(points) - 1  # at the first point the channels could spend more than there is
    while first < last:
        middle = (first + last + 1) // 2
        first, last = (middle, last) if total(points[middle]) >= media else (first, middle - 1)
    u = points[first]
    after = at(u, after=True)
    rest = media - sum(after.values(), ZERO)
    if rest >= 0:
        # The money runs out within the jumps at u: equal channels are filled in order of id.
        spends |= after
        for item in live:
            if item.key in free and item.enters == u:
                spends[item.key] = min(item.low, rest)
                rest -= spends[item.key]
                if spends[item.key] < item.low:
                    return item.key if spends[item.key] else None
        return None
    active = {i.key: i for i in live if i.at_high <= u < i.at_low and not (i.key in free and u >= i.enters)}
    aim = media - sum((spend for key, spend in after.items() if key not in active), ZERO)
    if first + 1 < len(points):
        ceiling = points[first + 1]
    else:
        ceiling = max(log_slope(i.curve, aim / len(active)) for i in active.values())
    spends |= after | at(_root(list(active.values()), aim, u, ceiling))
    return None


def _root(active: list[Item], aim: Decimal, left: Decimal, right: Decimal) -> Decimal:
    """The multiplier between `left` and `right` at which the `active` channels spend `aim`.

    Spend is convex and falling in the multiplier, so Newton steps from the left never pass
    the root; halving the bracket brings them near enough to converge quadratically.
    """
    weights: dict[Decimal, Decimal] = {}
    for item in active:
        g, p, shift = item.inverse
        weights[p] = weights.get(p, ZERO) + g
        aim += shift
    for _ in range(_MOST_STEPS):
        terms = [(p, g * (-p * left).exp()) for p, g in weights.items()]
        step = (sum((t for _, t in terms), ZERO) - aim) / sum((p * t for p, t in terms), ZERO)
        left = min(right, left + max(step, ZERO))
        middle = (left + right) / 2
        if step <= _SMALLEST_STEP * max(Decimal(1), abs(left)) or left == right:
            break
        if sum((g * (-p * middle).exp() for p, g in weights.items()), ZERO) >= aim:
            left = middle
        else:
            right = middle
    return left
