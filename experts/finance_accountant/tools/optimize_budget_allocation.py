"""The allocation of a budget that brings the most results, with what each constraint costs.

Limits: it does not estimate response curves, spread spend over time or allow for effects of one
channel on another. Channels without a curve get an equal share and no forecast. A minimum with
minimum_applies "if_used" may be avoided by leaving the channel out. Refused: bounds that collide, a
curve that is not concave, an amount finer than the currency, more combinations than can be compared.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.quantities import Money, NonNegativeMoney, Ratio, Share, Volume
from experts.finance_accountant.tools._alternatives import alternatives_of
from experts.finance_accountant.tools._bounds import binding_bounds, marginals_agree, shadow_price
from experts.finance_accountant.tools._curves import EXACT, Channel, slope
from experts.finance_accountant.tools._plan import Facts, Plan, facts_of, plan, significant, unit_cost


class Line(Model):
    """One channel of the budget. Money in the given currency; results and marginals only with a curve."""

    label: str
    used: bool
    spend: NonNegativeMoney
    expected_results: Volume | None = None
    cost_per_result: Annotated[Money | None, Field(description="Spend per expected result of this channel.")] = None
    marginal_results: Annotated[Ratio | None, Field(description="Extra results of one further currency unit here.")] = (
        None
    )
    marginal_cost: Annotated[Money | None, Field(description="Cost of one further result here.")] = None


class BindingBound(Model):
    """A bound that keeps money from where it would bring more."""

    label: str
    bound: Annotated[str, Field(description="'minimum' or 'maximum'.")]
    amount: Money
    gain_per_unit: Annotated[Ratio, Field(description="Extra results if the bound is relaxed by one currency unit.")]


class Alternative(Model):
    """An optional channel forced in and left out, all other channels planned anew each time."""

    label: str
    chosen: bool
    results_if_used: Annotated[Volume | None, Field(description="Absent: its minimum does not fit into the media.")] = (
        None
    )
    results_if_left_out: Volume | None = None
    difference: Annotated[Volume | None, Field(description="Results if used less results if left out.")] = None
    worth_from_total: Annotated[
        Money | None,
        Field(
            description="Smallest total found from which a channel now left out is used; absent: none up to 10 times."
        ),
    ] = None


class OptimizedBudget(Model):
    """A budget that adds up: total = media + reserve + production + unallocated."""

    currency: str
    total: NonNegativeMoney
    reserve: NonNegativeMoney
    production: NonNegativeMoney
    media_available: Annotated[NonNegativeMoney, Field(description="What may be spent on channels.")]
    media: Annotated[NonNegativeMoney, Field(description="What is spent on channels.")]
    unallocated: Annotated[
        NonNegativeMoney, Field(description="What no channel can take: every one is at its maximum.")
    ]
    working_total: Annotated[
        NonNegativeMoney, Field(description="Media and production: the total without the reserve.")
    ]
    lines: dict[str, Line]
    expected_results: Volume | None = None
    cost_per_result: Annotated[Money | None, Field(description="Media and production per expected result.")] = None
    media_cost_per_result: Annotated[Money | None, Field(description="Media alone per expected result.")] = None
    marginal_results_per_unit: Annotated[Ratio | None, Field(description="Shadow price of one more currency unit.")] = (
        None
    )
    marginal_cost: Annotated[Money | None, Field(description="Cost of one further result at the optimum.")] = None
    marginals_equal: Annotated[bool | None, Field(description="Whether all channels between their bounds agree.")] = (
        None
    )
    binding: dict[str, BindingBound] = {}
    alternatives: dict[str, Alternative] = {}
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


METHOD = (
    "Largest total of the channels' concave response curves under the total budget and the bounds of each channel: "
    "water-filling on the Karush-Kuhn-Tucker conditions (Boyd and Vandenberghe, Convex Optimization, 2004, 5.5.3), "
    "inside best-first branch and bound over the channels whose minimum applies only if they are used (Land and "
    "Doig, 1960), in decimal arithmetic; amounts rounded by largest remainder, so that they add up"
)


def optimize_budget_allocation(
    total: NonNegativeMoney,
    currency: str,
    channels: dict[Key, Channel],
    production: NonNegativeMoney = Decimal(0),
    reserve_rate: Share | None = None,
    reserve_amount: NonNegativeMoney | None = None,
) -> OptimizedBudget:
    """Split a budget over channels for the most results, pricing each bound.

    Use when channels have limits and curves.
    """
    with localcontext(EXACT):
        facts = facts_of(total, production, reserve_rate, reserve_amount, currency, channels)
        best = plan(facts)
        price = shadow_price(facts, best)
        alternatives, unfinished = alternatives_of(facts, best)
        expected = best.expected
        working = best.media + production
        return OptimizedBudget(
            currency=currency,
            total=total,
            reserve=best.reserve,
            production=production,
            media_available=best.available,
            media=best.media,
            unallocated=best.unallocated,
            working_total=working,
            lines={key: _line(facts, best, key) for key in facts.channels},
            expected_results=expected,
            cost_per_result=unit_cost(working, expected, currency),
            media_cost_per_result=unit_cost(best.media, expected, currency),
            marginal_results_per_unit=None if price is None else significant(price),
            marginal_cost=unit_cost(Decimal(1), price, currency),
            marginals_equal=marginals_agree(facts, best),
            binding={key: BindingBound(**bound) for key, bound in binding_bounds(facts, best).items()},
            alternatives={key: Alternative(**item) for key, item in alternatives.items()},
            method=METHOD,
            assumptions=_assumptions(facts),
            warnings=_warnings(facts, best, unfinished),
        )


def _line(facts: Facts, best: Plan, key: str) -> Line:
    channel = facts.channels[key]
    spend = best.spends[key]
    label = channel.label or key
    if channel.curve is None:
        return Line(label=label, used=spend > 0, spend=spend)
    at = slope(channel.curve, spend)
    # A channel left out because of its minimum cannot take one single unit, so it has no marginal figure.
    marginal = None if at.is_infinite() or (channel.is_optional and not spend) else at
    return Line(
        label=label,
        used=spend > 0,
        spend=spend,
        expected_results=best.results[key],
        cost_per_result=unit_cost(spend, best.results[key], facts.currency),
        marginal_results=None if marginal is None else significant(marginal),
        marginal_cost=unit_cost(Decimal(1), marginal, facts.currency),
    )


def _assumptions(facts: Facts) -> list[str]:
    found = []
    bare = [key for key, channel in facts.channels.items() if channel.curve is None]
    if bare:
        named = ", ".join(facts.channels[key].label or key for key in bare[:10]) + (" and others" if bare[10:] else "")
        rest = "" if len(bare) == len(facts.channels) else ", before the rest is optimised"
        found.append(
            f"Planned without a forecast, because no response curve is given: {named}. Each gets an equal share of "
            f"the media per channel, kept within its bounds{rest}; a minimum that applies only if used is "
            "met when the equal share reaches it, and otherwise the channel is left out."
        )
    if len(bare) < len(facts.channels):
        found.append(
            "The response curves hold over the whole range of spend, and no channel changes what another one brings."
        )
    return found


def _warnings(facts: Facts, best: Plan, unfinished: list[str]) -> list[str]:
    found = []
    if facts.reserve_amount is not None and facts.reserve_rate is not None:
        found.append("Both a reserve amount and a reserve rate are given; the amount is used.")
    if best.unallocated:
        found.append("Every channel that is used is at its maximum; the rest of the media money is unallocated.")
    if not best.available:
        found.append("Nothing is left for media after the reserve and production.")
    if unfinished:
        named = ", ".join(facts.channels[key].label or key for key in unfinished[:10])
        found.append(
            f"What it would cost to force channels in or out was not worked out in full for {named}"
            f"{' and others' if unfinished[10:] else ''}: too many combinations."
        )
    return found
