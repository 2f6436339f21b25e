"""Spreads a monthly budget over channels by what a customer costs in each, and says what a customer costs on average.

Each channel wins customers at a constant cost up to a ceiling a month. Filling the cheapest first wins the most customers
(the fractional knapsack; Dantzig, Operations Research 5, 1957). Average cost = money spent / customers won; the next
customer costs what the last channel in use charges.

Limits: constant cost within a channel; optimize_budget_allocation of the finance expert takes curves.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Money, NonNegativeMoney, NonNegativeVolume, Volume, round_to

LISTED = False


class FilledChannel(Model):
    """What a customer costs here, and the most that a month can bring."""

    cost_per_customer: NonNegativeMoney
    most_customers: NonNegativeVolume


class ChannelShare(Model):
    """Money and customers a month; `order` counts from the cheapest channel in use (0: not used)."""

    spend: NonNegativeMoney
    customers: Volume
    order: Count


class FilledChannels(Model):
    """A month. `next_cost` is what the next customer would cost, absent where every channel is full."""

    channels: dict[Key, ChannelShare]
    spend: NonNegativeMoney
    unspent: NonNegativeMoney
    customers: Volume
    most_customers: Volume
    acquisition_cost: Annotated[Money, Field(description="Average, of one customer.")]
    next_cost: Money | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def fill_channels(
    budget: Annotated[NonNegativeMoney, Field(description="A month.")],
    channels: Annotated[dict[Key, FilledChannel], Field(min_length=1, max_length=40)],
    currency: str,
) -> FilledChannels:
    """Fill channels from the cheapest on until a month's budget is spent, and average the cost of a customer.

    Use when channels win customers at a known cost up to a ceiling. It does not find the cost.
    """
    for key, one in channels.items():
        if not one.cost_per_customer:
            raise InvalidInput(
                f"a customer of channel {key!r} costs '0', so no budget is needed; give its cost",
                field=f"channels.{key}.cost_per_customer",
            )
    if not any(one.most_customers for one in channels.values()):
        raise InvalidInput("no channel can win a customer; give a ceiling above zero", field="channels")
    left = budget
    made: dict[str, ChannelShare] = {}
    cheapest = [key for key in channels if channels[key].most_customers]
    cheapest.sort(key=lambda key: (channels[key].cost_per_customer, key))
    following = None
    for place, key in enumerate(cheapest, 1):
        one = channels[key]
        room = round_money(one.cost_per_customer * one.most_customers, currency)
        spend = min(left, room)
        left -= spend
        if spend < room and following is None:
            following = one.cost_per_customer
        won = round_to(spend / one.cost_per_customer, 4)
        made[key] = ChannelShare(spend=spend, customers=won, order=place if spend else 0)
    made |= {key: ChannelShare(spend=Decimal(0), customers=Decimal(0), order=0) for key in channels if key not in made}
    customers = sum((one.customers for one in made.values()), Decimal(0))
    spent = budget - left
    warnings = []
    if left:
        warnings.append("The channels cannot take the whole budget: find more channels, or plan less money for them.")
    if not budget:
        warnings.append("There is no budget; the average is that of the cheapest channel.")
    return FilledChannels(
        channels={key: made[key] for key in channels},
        spend=spent,
        unspent=left,
        customers=customers,
        most_customers=sum((one.most_customers for one in channels.values()), Decimal(0)),
        acquisition_cost=round_money(spent / customers, currency)
        if customers
        else channels[cheapest[0]].cost_per_customer,
        next_cost=following,
        method="Cheapest channel first up to its ceiling (fractional knapsack); average cost = spend / customers.",
        assumptions=["Within a channel every customer costs the same up to its ceiling."],
        warnings=warnings,
    )
