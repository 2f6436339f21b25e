"""A whole budget for one set of facts: reserve, production, media by channel to the cent, results.

The tools that compare budgets (forcing costs, thresholds, sensitivities) all call `plan`, so
that their figures agree with each other to the last digit.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from experts.core.errors import Infeasible, InvalidInput
from experts.core.money import minor_units, round_money, split_by_largest_remainder
from experts.core.quantities import plain, round_to
from experts.finance_accountant.tools._branch import Allowance, TooManySubsets, best_split
from experts.finance_accountant.tools._curves import INFINITY, LARGEST, Channel, check_curve, results_at
from experts.finance_accountant.tools._waterfill import Item

ZERO = Decimal(0)
MOST_CHANNELS = 500
# Work allowed for one optimum (some ten seconds): every subset of a dozen optional channels, and
# in practice hundreds of channels, because few subsets need looking at.
ALLOWANCE = 120_000
# And for all comparisons with other budgets together.
COMPARISONS = 40_000
# Exact spends are cut here before cents are handed out, far below a cent and far above noise.
_PLACES = 6


@dataclass(frozen=True)
class Facts:
    """What a budget depends on. Channels are sorted by id, so no result depends on the order given."""

    total: Decimal
    production: Decimal
    reserve_rate: Decimal | None
    reserve_amount: Decimal | None
    currency: str
    channels: dict[str, Channel]
    items: tuple[Item, ...]

    def with_channel(self, key: str, channel: Channel) -> "Facts":
        """The same facts with one channel changed."""
        items = tuple(made for item in self.items for made in ([item] if item.key != key else _items({key: channel})))
        return replace(self, channels=self.channels | {key: channel}, items=items)


def facts_of(
    total: Decimal,
    production: Decimal,
    reserve_rate: Decimal | None,
    reserve_amount: Decimal | None,
    currency: str,
    channels: Mapping[str, Channel],
) -> Facts:
    """The facts, checked (see `check_facts`)."""
    ordered = dict(sorted(channels.items()))
    facts = Facts(total, production, reserve_rate, reserve_amount, currency, ordered, tuple(_items(ordered)))
    check_facts(facts)
    return facts


def _items(channels: Mapping[str, Channel]) -> list[Item]:
    """The channels with a curve as the solver takes them."""
    return [
        Item(key, c.curve, c.minimum, INFINITY if c.maximum is None else c.maximum, c.is_optional)
        for key, c in channels.items()
        if c.curve is not None
    ]


@dataclass(frozen=True)
class Plan:
    """One budget. `exact` holds the spends before rounding to the currency's unit."""

    reserve: Decimal
    available: Decimal
    exact: dict[str, Decimal]
    spends: dict[str, Decimal]
    results: dict[str, Decimal]
    unallocated: Decimal

    @property
    def media(self) -> Decimal:
        return sum(self.spends.values(), ZERO)

    @property
    def expected(self) -> Decimal | None:
        """Sum of the channels' results as they are shown; None if no channel has a forecast."""
        return sum(self.results.values(), ZERO) if self.results else None


def check_facts(facts: Facts) -> None:
    """Refuse facts that no budget can be made of, naming the value and the way out."""
    unit = minor_units(facts.currency)

    def whole_units(amount: Decimal | None, what: str, field: str) -> None:
        if amount is not None and amount != round_to(amount, unit):
            raise InvalidInput(
                f"{what} {plain(amount)!r} is finer than the smallest unit of {facts.currency}; "
                f"write at most {unit} digits after the point",
                field=field,
            )

    if not facts.channels:
        raise InvalidInput("no channels are given; name at least one channel to spend on", field="channels")
    if len(facts.channels) > MOST_CHANNELS:
        raise InvalidInput(
            f"{len(facts.channels)} channels are more than the {MOST_CHANNELS} that one budget holds; group small ones",
            field="channels",
        )
    whole_units(facts.total, "the total budget", "budget.total")
    whole_units(facts.production, "the production cost", "budget.production")
    whole_units(facts.reserve_amount, "the reserve", "budget.reserve_amount")
    for key, channel in facts.channels.items():
        whole_units(channel.minimum, f"the minimum of channel {key!r}", f"channels.{key}.minimum")
        whole_units(channel.maximum, f"the maximum of channel {key!r}", f"channels.{key}.maximum")
        if channel.maximum is not None and channel.minimum > channel.maximum:
            raise Infeasible(
                f"channel {key!r} has the minimum {plain(channel.minimum)} above its maximum "
                f"{plain(channel.maximum)}; lower the minimum or raise the maximum",
                field=f"channels.{key}.minimum",
            )
        if channel.curve is not None:
            check_curve(key, channel.curve)


def reserve_of(facts: Facts) -> Decimal:
    """The contingency reserve: the amount if one is given, else the rate of the total, rounded half up."""
    if facts.reserve_amount is not None:
        return facts.reserve_amount
    return round_money(facts.total * (facts.reserve_rate or ZERO), facts.currency)


def plan(facts: Facts, allowance: Allowance | None = None, forced: Mapping[str, bool] | None = None) -> Plan:
    """The budget with the most expected results. `forced` fixes optional channels with a curve in or out.

    Raises Infeasible when the facts collide, InvalidInput when too many subsets would have to be
    compared (TooManySubsets instead if an `allowance` is handed in). To be called in the EXACT context
    on facts from `facts_of`.
    """
    reserve = reserve_of(facts)
    available = facts.total - reserve - facts.production
    if available < 0:
        raise Infeasible(
            f"the reserve of {plain(reserve)} and production of {plain(facts.production)} come to "
            f"{plain(reserve + facts.production)}, above the total of {plain(facts.total)} {facts.currency}; "
            "raise the total, or lower the reserve or production",
            field="budget.total",
        )
    _check_minimums(facts, available, reserve)
    exact = _unforecast(facts, available)
    media = available - sum(exact.values(), ZERO)
    try:
        found = best_split(facts.items, media, allowance or Allowance(ALLOWANCE), forced)
    except TooManySubsets:
        if allowance is not None:
            raise
        optional = [key for key, channel in facts.channels.items() if channel.is_optional]
        raise InvalidInput(
            f"the {len(optional)} channels whose minimum applies only if used allow more combinations than can be "
            "compared; make some of these minimums required, or take channels out",
            field="channels",
        ) from None
    if found is None:
        names = ", ".join(repr(key) for key in forced or {})
        raise Infeasible(f"the minimum of {names} does not fit into the {plain(media)} that is left", field="channels")
    exact |= found.spends
    rest = available - sum(exact.values(), ZERO)
    if rest > 0:
        exact |= _raise_unforecast(facts, exact, rest)
    return _in_units(facts, reserve, available, exact)


def _check_minimums(facts: Facts, available: Decimal, reserve: Decimal) -> None:
    required = {k: c.minimum for k, c in facts.channels.items() if c.minimum and not c.is_optional}
    needed = sum(required.values(), ZERO)
    if needed > available:
        listed = ", ".join(f"{key} {plain(amount)}" for key, amount in list(required.items())[:20])
        more = f" and {len(required) - 20} more" if len(required) > 20 else ""
        raise Infeasible(
            f"the required minimums ({listed}{more}) come to {plain(needed)}, above the {plain(available)} "
            f"{facts.currency} of media left of the total {plain(facts.total)} after a reserve of {plain(reserve)} "
            f"and production of {plain(facts.production)}; raise the total, lower a minimum, "
            "or let it apply only if the channel is used",
            field="channels." + max(required, key=lambda key: required[key]) + ".minimum",
        )


def _unforecast(facts: Facts, available: Decimal) -> dict[str, Decimal]:
    """Spends of channels without a curve: an equal share of media per channel count, within bounds.

    An optional one is used if its equal share reaches its minimum and that minimum fits beside
    the required ones (taken in order of id).
    """
    channels = facts.channels
    share = available / len(channels)
    spare = available - sum((c.minimum for c in channels.values() if not c.is_optional), ZERO)
    bounds: dict[str, tuple[Decimal, Decimal]] = {}
    for key, channel in channels.items():
        if channel.curve is not None:
            continue
        if channel.is_optional:
            if not channel.minimum <= min(share, spare):
                bounds[key] = (ZERO, ZERO)
                continue
            spare -= channel.minimum
        bounds[key] = (channel.minimum, available if channel.maximum is None else min(channel.maximum, available))
    wanted = sum((min(max(share, low), high) for low, high in bounds.values()), ZERO)
    kept = sum((c.minimum for c in channels.values() if c.curve is not None and not c.is_optional), ZERO)
    return _level(bounds, min(wanted, available - kept))


def _raise_unforecast(facts: Facts, exact: Mapping[str, Decimal], rest: Decimal) -> dict[str, Decimal]:
    """What channels with a curve cannot take goes to used channels without one, up to their maximums."""
    bounds = {}
    for key, channel in facts.channels.items():
        if channel.curve is None:
            usable = exact[key] > 0 or not channel.is_optional
            high = (exact[key] + rest if channel.maximum is None else channel.maximum) if usable else ZERO
            bounds[key] = (exact[key], max(high, exact[key]))
    return _level(bounds, sum((exact[key] for key in bounds), ZERO) + rest)


def _level(bounds: Mapping[str, tuple[Decimal, Decimal]], amount: Decimal) -> dict[str, Decimal]:
    """Raise one water level until the spends, each kept within its bounds, add up to `amount` (or all are full)."""

    def held(level: Decimal) -> dict[str, Decimal]:
        return {key: min(max(level, low), high) for key, (low, high) in bounds.items()}

    def filled(level: Decimal) -> Decimal:
        return sum(held(level).values(), ZERO)

    points = sorted({ZERO, *(bound for pair in bounds.values() for bound in pair)})
    level = points[max(bisect_right(points, amount, key=filled) - 1, 0)]
    rising = sum(1 for low, high in bounds.values() if low <= level < high)
    return held(level + (amount - filled(level)) / rising if rising else level)


def _in_units(facts: Facts, reserve: Decimal, available: Decimal, exact: Mapping[str, Decimal]) -> Plan:
    places = max(_PLACES, minor_units(facts.currency))
    cut = {key: round_to(exact[key], places) for key in facts.channels}
    media = round_money(sum(cut.values(), ZERO), facts.currency)
    spends = split_by_largest_remainder(cut, media, facts.currency)
    results = {
        key: round_to(results_at(key, channel.curve, spends[key]), 2)
        for key, channel in facts.channels.items()
        if channel.curve is not None
    }
    if sum(results.values(), ZERO) >= LARGEST:
        raise InvalidInput("the curves add up to more results than can be meant; check their figures", field="channels")
    return Plan(reserve, available, dict(exact), spends, results, available - media)


def significant(number: Decimal, digits: int = 6) -> Decimal:
    """Round half up to `digits` significant digits (at most twenty after the point)."""
    return round_to(number, min(digits - 1 - number.adjusted(), 20)) if number else ZERO


def unit_cost(amount: Decimal, number: Decimal | None, currency: str) -> Decimal | None:
    """`amount` per unit of `number`, rounded to the currency; None without a number above zero or in quotable range."""
    if number is None or number <= 0:
        return None
    cost = amount / number
    return round_money(cost, currency) if cost < LARGEST else None
