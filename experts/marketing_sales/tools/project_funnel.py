"""What paid channels bring through a funnel: visits, people at each stage, orders, and what each costs.

Visits of a channel = spend / cost per visit. People at a stage = people at the stage before x its rate. Cost each =
spend of the channels with a cost per visit / people, rounded half up to the currency's unit. Counts are expected values
to two places (Farris et al., Marketing Metrics, 3rd ed. 2016, on cost per click and conversion). `coverage` = orders /
orders needed.

Limits: one set of rates for all channels; visits that nobody paid for are not counted.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import (
    Count,
    Money,
    NonNegativeMoney,
    NonNegativeVolume,
    Rate,
    Share,
    Volume,
    plain,
    round_to,
)
from experts.marketing_sales.tools._curves import EXACT

LISTED = False  # the launch plan's action calls it; analyze_funnel is for counts that were measured


MOST_VISITS = Decimal(10) ** 12


class PaidChannel(Model):
    """A channel's spend; without a cost per visit it brings no visits that can be counted."""

    spend: NonNegativeMoney
    cost_per_visit: NonNegativeMoney | None = None


class FunnelStep(Model):
    """A stage after the visit: its place, and the share of the stage before that reaches it."""

    order: Count
    rate: Share


class ReachedStage(Model):
    people: Volume
    cost_each: Money | None = None


class ProjectedFunnel(Model):
    """`spend` is of all channels, `counted_spend` of those with a cost per visit; `orders` is the last stage."""

    channels: dict[Key, Volume]
    visits: Volume
    visit_cost: Money | None = None
    stages: dict[Key, ReachedStage]
    orders: Volume
    cost_per_order: Money | None = None
    coverage: Rate | None = None
    spend: Money
    counted_spend: Money
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def project_funnel(
    channels: Annotated[dict[Key, PaidChannel], Field(min_length=1, max_length=60)],
    stages: Annotated[dict[Key, FunnelStep], Field(max_length=20, description="stages after the visit")],
    currency: str,
    needed: NonNegativeVolume | None = None,
) -> ProjectedFunnel:
    """Project a funnel from spend and cost per visit: visits, people at each stage, orders, cost of each.

    Use when a campaign is planned. It does not know your rates: measure them in a pilot.
    """
    ordered = sorted(stages, key=lambda key: (stages[key].order, key))
    if len({stage.order for stage in stages.values()}) < len(stages):
        raise InvalidInput("two stages of the funnel have the same order; number them 1, 2, 3 …", field="stages")
    for key, channel in channels.items():
        if channel.cost_per_visit == 0:
            raise InvalidInput(
                f"cost_per_visit of {key!r} is 0, so its visits have no number; leave it out or give what a visit costs",
                field=f"channels.{key}.cost_per_visit",
            )
    with localcontext(EXACT):
        exact = {key: c.spend / c.cost_per_visit for key, c in channels.items() if c.cost_per_visit}
        if sum(exact.values(), Decimal(0)) >= MOST_VISITS:
            raise InvalidInput(
                "the spends buy more visits than there are people; check spend and cost per visit", field="channels"
            )
        spend = sum((channel.spend for channel in channels.values()), Decimal(0))
        counted = sum((channels[key].spend for key in exact), Decimal(0))
        people = visits = sum(exact.values(), Decimal(0))
        reached: dict[str, ReachedStage] = {}
        for key in ordered:
            people *= stages[key].rate
            reached[key] = ReachedStage(people=round_to(people, 2), cost_each=_each(counted, people, currency))
        coverage = round_to(people / needed, 6) if needed else None
    silent = [key for key in channels if key not in exact]
    warnings = [f"No cost per visit is named for {', '.join(silent)}; their visits are not counted."] if silent else []
    if coverage is not None and coverage < 1:
        warnings.append(
            f"The paid funnel brings {plain(round_to(coverage * 100, 0))}% of the orders that the plan needs from it."
        )
    return ProjectedFunnel(
        channels={key: round_to(value, 2) for key, value in exact.items()},
        visits=round_to(visits, 2),
        visit_cost=_each(counted, visits, currency),
        stages=reached,
        orders=round_to(people, 2),
        cost_per_order=_each(counted, people, currency),
        coverage=coverage,
        spend=spend,
        counted_spend=counted,
        method="Visits = spend / cost per visit; each stage = stage before x rate; cost each = spend / people.",
        assumptions=["The rates hold for every channel and for every visit that the spend buys."],
        warnings=warnings,
    )


def _each(spend: Decimal, people: Decimal, currency: str) -> Decimal | None:
    return round_money(spend / people, currency) if people else None
