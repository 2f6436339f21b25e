"""Tests of channels before money goes into them: how many contacts, what that costs, and from how many customers a channel stays.

A contact (a click, a call, a visit) costs v and becomes a customer with rate r. Cost of a customer = v / r. With at most M to
pay for one, the channel is worth it from rate r0 = v / M. Contacts that tell the expected rate r1 from r0, one-sided, by the
exact binomial distribution: keep the channel from the least k with P(X >= k | n, r0) <= significance; n is the least number
with P(X >= k | n, r1) >= power (above four thousand, within a per mille of it). The normal approximation
((z_a sqrt(r0 (1 - r0)) + z_b sqrt(r1 (1 - r1))) / (r1 - r0))^2 says where to look (Fleiss, Levin & Paik, Statistical Methods
for Rates and Proportions, 3rd ed. 2003, ch. 2). With a budget the cheapest tests are made first; the others are too dear.

Limits: one look at the end; rates stay the same when spending grows, which they often do not.
"""

import math
from decimal import ROUND_CEILING, Decimal
from statistics import NormalDist
from typing import Annotated, Any

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Days, NonNegativeMoney, NonNegativeVolume, Rate, Share, plain, round_to

LISTED = False  # plan_ab_test compares two pages; this holds one channel against what may be paid
MOST_CONTACTS = 1_000_000
LONGEST_DAYS = 3650
MOST_SIZES = 4000


class ProbedChannel(Model):
    """What a contact costs, the share that become customers, and how many contacts a day there are."""

    contact_cost: NonNegativeMoney
    expected_rate: Share
    contacts_per_day: NonNegativeVolume


class ChannelTest(Model):
    """One test. Without `contacts` the expected rate is no better than what is needed, so no test can show it is worth it."""

    cost_per_customer: NonNegativeMoney
    needed_rate: Rate
    worth_it: bool
    affordable: bool = False
    contacts: Count | None = None
    keep_from: Count | None = None
    power: Rate | None = None
    cost: NonNegativeMoney | None = None
    days: Days | None = None


class ChannelTests(Model):
    """All tests; `longest_days` if they run side by side. Sums count the affordable tests only."""

    channels: dict[Key, ChannelTest]
    cost: NonNegativeMoney
    longest_days: Days
    tested: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_channel_tests(
    channels: Annotated[dict[Key, ProbedChannel], Field(min_length=1, max_length=40)],
    most_to_pay: Annotated[NonNegativeMoney, Field(description="For one customer.")],
    currency: str,
    power: Share = Decimal("0.8"),
    significance: Share = Decimal("0.05"),
    budget: Annotated[NonNegativeMoney | None, Field(description="For all tests.")] = None,
) -> ChannelTests:
    """Plan a test of each channel: contacts, days and cost, and from how many customers the channel stays.

    Use when it is not known which channels pay. It does not run them.
    """
    if not most_to_pay:
        raise InvalidInput("most_to_pay '0' leaves nothing to win a customer with; raise it", field="most_to_pay")
    for name, value in (("power", power), ("significance", significance)):
        if not Decimal("0.0001") <= value <= Decimal("0.9999"):
            raise InvalidInput(
                f"{name} {plain(value)!r} must lie between 0 and 1; the usual choice is 0.8 and 0.05", field=name
            )
    if significance >= power:
        raise InvalidInput(
            f"power {plain(power)!r} must be above the significance {plain(significance)!r}", field="power"
        )
    made: dict[str, ChannelTest] = {}
    warnings: list[str] = []
    for key, one in channels.items():
        if not 0 < one.expected_rate < 1 or not one.contact_cost or not one.contacts_per_day:
            raise InvalidInput(
                f"channel {key!r} needs a contact cost and contacts a day above zero and a rate between 0 and 1, both excluded",
                field=f"channels.{key}",
            )
        made[key] = _test(key, one, most_to_pay, currency, power, significance, warnings)
    left = budget
    for key in sorted(made, key=lambda key: (made[key].cost or Decimal(0), key)):
        cost = made[key].cost
        if cost is None or (left is not None and cost > left):
            continue
        left = None if left is None else left - cost
        made[key] = made[key].model_copy(update={"affordable": True})
    dear = [key for key, test in made.items() if test.cost is not None and not test.affordable]
    if dear:
        warnings.append(f"Too dear to test within the money for tests: {', '.join(dear)}. Their rates stay a guess.")
    sized = [test for test in made.values() if test.affordable]
    return ChannelTests(
        channels=made,
        cost=sum((test.cost or Decimal(0) for test in sized), Decimal(0)),
        longest_days=max((test.days or 0 for test in sized), default=0),
        tested=len(sized),
        method="One-sample test of a proportion, one-sided, exact binomial size and rule (Fleiss, Levin & Paik 2003).",
        assumptions=["Contacts are independent and counted once; the rule is read once, at the end."],
        warnings=warnings,
    )


def _test(
    key: str,
    one: ProbedChannel,
    most: Decimal,
    currency: str,
    power: Decimal,
    significance: Decimal,
    warnings: list[str],
) -> ChannelTest:
    needed = one.contact_cost / most
    cost = round_money(one.contact_cost / one.expected_rate, currency)
    known: dict[str, Any] = {
        "cost_per_customer": cost,
        "needed_rate": round_to(needed, 6),
        "worth_it": one.expected_rate > needed,
    }
    if one.expected_rate <= needed:
        return ChannelTest(**known)
    z = NormalDist().inv_cdf
    r0, r1 = float(needed), float(one.expected_rate)
    root = z(1 - float(significance)) * math.sqrt(r0 * (1 - r0)) + z(float(power)) * math.sqrt(r1 * (1 - r1))
    exact = (root / (r1 - r0)) ** 2
    if exact > MOST_CONTACTS:
        warnings.append(
            f"{key}: the expected rate is so near the one needed that a test takes over a million contacts."
        )
        return ChannelTest(**known)
    contacts, keep, reached = _exact(exact, r0, r1, float(power), float(significance))
    days = (contacts / one.contacts_per_day).to_integral_value(ROUND_CEILING)
    if days > LONGEST_DAYS:
        warnings.append(f"{key}: at this many contacts a day the test would take more than ten years.")
        return ChannelTest(**known)
    return ChannelTest(
        **known,
        contacts=contacts,
        keep_from=keep,
        power=round_to(Decimal(repr(reached)), 4),
        cost=round_money(contacts * one.contact_cost, currency),
        days=int(days),
    )


def _exact(about: float, r0: float, r1: float, power: float, significance: float) -> tuple[int, int, float]:
    """Least contacts, the rule, and its power by the binomial distribution, looked for around the approximation."""
    import numpy as np
    from scipy.stats import binom

    first, last = max(1, int(about * 0.75)), math.ceil(about * 1.35) + 60
    while True:
        sizes = np.unique(np.linspace(first, last, min(MOST_SIZES, last - first + 1)).astype(int))
        keep = np.asarray(binom.isf(significance, sizes, r0)).astype(int) + 1
        reached = np.asarray(binom.sf(keep - 1, sizes, r1))
        good = np.flatnonzero(reached >= power)
        if good.size:
            at = int(good[0])
            return int(sizes[at]), int(keep[at]), float(reached[at])
        first, last = last, last * 2
