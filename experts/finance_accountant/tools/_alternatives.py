"""What it costs to force an optional channel in or to leave it out, and when it would be worth using."""

from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from experts.core.errors import Infeasible
from experts.core.quantities import round_to
from experts.finance_accountant.tools._branch import Allowance, TooManySubsets
from experts.finance_accountant.tools._curves import LARGEST, value
from experts.finance_accountant.tools._plan import COMPARISONS, Facts, Plan, plan

FARTHEST = 10
"""The threshold is looked for up to this many times the present total."""


def alternatives_of(facts: Facts, best: Plan) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """For every optional channel with a curve, results with it forced in and out; and the ids left unfinished."""
    allowance = Allowance(COMPARISONS)
    found: dict[str, dict[str, Any]] = {}
    unfinished: list[str] = []
    for key, channel in facts.channels.items():
        if not channel.is_optional or channel.curve is None:
            continue
        chosen = best.spends[key] > 0
        entry: dict[str, Any] = {"label": channel.label or key, "chosen": chosen}
        entry["results_if_used" if chosen else "results_if_left_out"] = best.expected
        try:
            planned = _plan(facts, key, not chosen, allowance)
            other = planned.expected if planned else None
            entry["results_if_left_out" if chosen else "results_if_used"] = other
            if other is not None and best.expected is not None:
                entry["difference"] = best.expected - other if chosen else other - best.expected
            if not chosen:
                entry["worth_from_total"] = _threshold(facts, key, allowance)
        except TooManySubsets:
            unfinished.append(key)
        found[key] = entry
    return found, unfinished


def _plan(facts: Facts, key: str, used: bool, allowance: Allowance) -> Plan | None:
    try:
        return plan(facts, allowance, {key: used})
    except Infeasible:
        return None


def _threshold(facts: Facts, key: str, allowance: Allowance) -> Decimal | None:
    """Smallest whole total, found by bisection, from which the channel is worth using; None if never in reach."""

    def worth(total: Decimal) -> bool:
        at = replace(facts, total=total)
        used, without = _plan(at, key, True, allowance), _plan(at, key, False, allowance)
        # Compared before rounding to cents, which could tip a near tie either way.
        return used is not None and without is not None and _exact(at, used) > _exact(at, without)

    low = round_to(facts.total, 0)
    high = min(facts.total * FARTHEST, LARGEST - 1).to_integral_value(ROUND_FLOOR)
    if high <= low or not worth(high):
        return None
    while high - low > 1:
        middle = ((low + high) / 2).to_integral_value(ROUND_FLOOR)
        low, high = (low, middle) if worth(middle) else (middle, high)
    return high


def _exact(facts: Facts, planned: Plan) -> Decimal:
    return sum(
        (value(c.curve, planned.exact[key]) for key, c in facts.channels.items() if c.curve is not None), Decimal(0)
    )
