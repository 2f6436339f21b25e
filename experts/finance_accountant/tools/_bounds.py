"""Prices of constraints at an optimum: one more unit of money, and each bound that binds."""

from decimal import Decimal
from typing import Any

from experts.finance_accountant.tools._curves import slope
from experts.finance_accountant.tools._plan import Facts, Plan, significant

ZERO = Decimal(0)
_AGREEMENT = Decimal("1e-12")


def _slopes(facts: Facts, best: Plan) -> dict[str, Decimal]:
    """Slope at the exact spend of every channel with a curve that takes part (not those left out)."""
    return {
        key: slope(channel.curve, best.exact[key])
        for key, channel in facts.channels.items()
        if channel.curve is not None and (best.exact[key] > 0 or not channel.is_optional)
    }


def _can_rise(facts: Facts, best: Plan, key: str) -> bool:
    maximum = facts.channels[key].maximum
    return maximum is None or best.exact[key] < maximum


def shadow_price(facts: Facts, best: Plan) -> Decimal | None:
    """Extra results of one more unit of media: the best slope among channels that can take it.

    Zero if none can; None without a curve or without media, where no finite price exists.
    """
    slopes = _slopes(facts, best)
    if not slopes or not best.available:
        return None
    rising = [at for key, at in slopes.items() if _can_rise(facts, best, key)]
    if not rising:
        return ZERO
    return None if max(rising).is_infinite() else max(rising)


def marginals_agree(facts: Facts, best: Plan) -> bool | None:
    """Whether all channels strictly between their bounds have one slope at the exact optimum; None if none is."""
    inner = [
        at
        for key, at in _slopes(facts, best).items()
        if _can_rise(facts, best, key) and best.exact[key] > facts.channels[key].minimum
    ]
    return max(inner) - min(inner) <= _AGREEMENT * max(inner) if inner else None


def binding_bounds(facts: Facts, best: Plan) -> dict[str, dict[str, Any]]:
    """Every bound whose relaxation by one unit would bring more results, with that gain."""
    slopes = _slopes(facts, best)
    found: dict[str, dict[str, Any]] = {}
    for key, at in slopes.items():
        channel, spend = facts.channels[key], best.exact[key]
        others = {other: slopes[other] for other in slopes if other != key}
        receivers = [s for other, s in others.items() if _can_rise(facts, best, other)]
        givers = [s for other, s in others.items() if best.exact[other] > facts.channels[other].minimum]
        gains = []
        if channel.minimum and spend == channel.minimum and receivers:
            gains.append((max(receivers) - at, "minimum", channel.minimum))
        if channel.maximum is not None and spend == channel.maximum and not at.is_infinite():
            if best.unallocated:
                gains.append((at, "maximum", channel.maximum))
            elif givers:
                gains.append((at - min(givers), "maximum", channel.maximum))
        for gain, bound, amount in gains:
            if gain > 0 and gain.is_finite() and significant(gain) > 0:
                found[key] = {
                    "label": channel.label or key,
                    "bound": bound,
                    "amount": amount,
                    "gain_per_unit": significant(gain),
                }
    return found
