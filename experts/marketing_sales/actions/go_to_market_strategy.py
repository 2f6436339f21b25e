"""Step of product_launch_coordination: prices, volume scenarios, the launch funnel and what it may spend."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Referral, Text
from experts.core.drafting import title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Money, Months, NonNegativeMoney, Rate, Share, Volume
from experts.core.worksheet import Worksheet
from experts.marketing_sales.actions._launch_market_document import Market, document_of, narrative_of, pictures_of
from experts.marketing_sales.tools.add_up_volumes import VolumeRow, Volumes, add_up_volumes
from experts.marketing_sales.tools.project_funnel import FunnelStep, PaidChannel, ProjectedFunnel, project_funnel

KIND = "GoToMarket"
VERSION = 1
NEEDS: dict[str, str] = {}

MOST_ROWS = 2000
MOST_SCENARIOS = 12
UnitPrice = Annotated[NonNegativeMoney, Field(json_schema_extra={"x-metric": "unit_price"})]


class Product(Model):
    name: Text
    audience: Text | None = None
    promise: Text | None = None


class SkuFacts(Model):
    """A product as it is sold: list price without sales tax."""

    label: Text | None = None
    price: NonNegativeMoney


class MarketFacts(Model):
    """A market: what the trade keeps of the list price, and whether it is sold to directly."""

    label: Text | None = None
    trade_margin: Share = Field("0", validate_default=True, json_schema_extra={"reason": "no trade margin is named, so the list price is received in full"})  # fmt: skip
    direct: bool = Field(False, json_schema_extra={"reason": "the brief does not say that it is sold to directly"})


class VolumeFacts(Model):
    """Units of one product in one market and month (from the first month of sales) of one scenario."""

    scenario: Key
    sku: Key
    market: Key
    month: Count
    units: Count


class ScenarioFacts(Model):
    label: Text | None = None
    story: Text | None = None


class ChannelFacts(Model):
    """A channel of the launch: its spend, when it runs, and what a visit from it costs."""

    label: Text | None = None
    spend: NonNegativeMoney
    cost_per_visit: NonNegativeMoney | None = None
    lead_months: Count = Field(1, json_schema_extra={"reason": "a launch is usually advertised from a month before"})
    months: Count = Field(3, json_schema_extra={"reason": "one quarter; nobody said how long the channel should run"})


class StageFacts(Model):
    """A stage after the visit: its place (1, 2, 3 …) and the share of the stage before that reaches it."""

    label: Text | None = None
    order: Count
    rate: Share


class Launch(Model):
    base_scenario: Key = Field(
        "base", json_schema_extra={"reason": "the id that most plans give the scenario they plan on"}
    )


class Brief(Model):
    """What is sold, where, at what price and in which numbers; how it is made known."""

    currency: str
    product: Product
    launch: Launch
    skus: dict[Key, SkuFacts] = Field(max_length=60)
    markets: dict[Key, MarketFacts] = Field(max_length=60)
    volumes: dict[Key, VolumeFacts] = Field(max_length=MOST_ROWS)
    scenarios: dict[Key, ScenarioFacts] = Field({}, max_length=MOST_SCENARIOS)
    channels: dict[Key, ChannelFacts] = Field({}, max_length=60)
    funnel: dict[Key, StageFacts] = Field({}, max_length=20)


class Inputs(Model):
    """Nothing: prices and volumes come before dates."""


class Judgement(Model):
    window_months: Count = Field(
        3, json_schema_extra={"reason": "the months that the launch campaign usually has to carry by itself"}
    )


class Sku(Model):
    label: str
    price: UnitPrice
    units: Count | None = None
    revenue: Money | None = None


class PlannedMarket(Model):
    label: str
    trade_margin: Share
    direct: bool
    units: Count | None = None
    revenue: Money | None = None


class SoldMonth(Model):
    number: Count
    units: Count
    revenue: Money
    skus: dict[Key, Count]
    markets: dict[Key, Money]


class Scenario(Model):
    label: str
    units: Count
    revenue: Money
    direct_units: Count
    months: dict[Key, SoldMonth]


class PlannedChannel(Model):
    label: str
    spend: NonNegativeMoney
    lead_months: Count
    months: Count
    visits: Volume | None = None


class PlannedStage(Model):
    label: str
    rate: Share
    people: Volume
    cost_each: Money | None = None


class Output(Model):
    """Prices, volumes by scenario, the funnel. Figures of products and markets are those of the base scenario."""

    currency: str
    product: str
    base: str
    skus: dict[Key, Sku]
    markets: dict[Key, PlannedMarket]
    scenarios: dict[Key, Scenario]
    month_count: Months
    channels: dict[Key, PlannedChannel] = {}
    spend: Money | None = None
    visits: Volume | None = None
    visit_cost: Money | None = None
    stages: dict[Key, PlannedStage] = {}
    orders: Volume | None = None
    cost_per_order: Money | None = None
    needed_orders: Count | None = None
    coverage: Rate | None = None


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Plan how a product goes to market: prices, units and net revenue by scenario, spend and funnel.

    Raises InvalidInput for rows that name unknown products or markets, doubled rows, and a base scenario
    that has no rows.
    """
    sheet = Worksheet()
    volumes = _volumes(sheet, brief, judgement)
    base = _base(brief, volumes)
    funnel = _funnel(sheet, brief, volumes, base) if brief.channels else None
    output = _output(brief, volumes, base, funnel)
    market = Market(brief=brief, output=output, volumes=volumes, window=judgement.window_months)
    pictures = pictures_of(market)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=_grounds(base, funnel),
        narrative=narrative_of(market),
        document=document_of(market, pictures),
        pictures=pictures,
        referrals=_referrals(brief),
        warnings=[
            *volumes.warnings,
            *(
                funnel.warnings
                if funnel
                else ["The brief names no channels, so the launch has no campaign and no funnel."]
            ),
        ],
    )


def _referrals(brief: Brief) -> list[Referral]:
    """What has to be asked before the promise is published."""
    if brief.product.promise is None:
        return []
    question = (
        "Which words of “[[fact:product.promise]]” need evidence in hand before they are published, and which "
        "evidence will do?"
    )
    return [Referral(to="legal-consultant", trigger="legal_review", question=question)]


def _volumes(sheet: Worksheet, brief: Brief, judgement: Judgement) -> Volumes:
    names = {row.scenario for row in brief.volumes.values()}
    if len(names) > MOST_SCENARIOS:
        raise InvalidInput(
            f"the volumes name {len(names)} scenarios, at most {MOST_SCENARIOS} are planned at once; drop some",
            field="volumes",
        )
    try:
        return sheet.run(
            "volumes",
            {
                "rows.*.month": "fact:volumes.*.month",
                "rows.*.units": "fact:volumes.*.units",
                "prices.*": "fact:skus.*.price",
                "trade_margins.*": "fact:markets.*.trade_margin",
                "window_months": "judgement:window_months",
            },
            add_up_volumes,
            rows={key: VolumeRow(**dict(row)) for key, row in brief.volumes.items()},
            prices={key: sku.price for key, sku in brief.skus.items()},
            trade_margins={key: market.trade_margin for key, market in brief.markets.items()},
            currency=brief.currency,
            direct_markets=[key for key, market in brief.markets.items() if market.direct],
            window_months=judgement.window_months,
        )
    except InvalidInput as error:
        error.field = error.field.replace("rows.", "volumes.", 1)
        raise


def _base(brief: Brief, volumes: Volumes) -> str:
    if brief.launch.base_scenario in volumes.scenarios:
        return brief.launch.base_scenario
    if len(volumes.scenarios) == 1:
        return next(iter(volumes.scenarios))
    raise InvalidInput(
        f"launch.base_scenario {brief.launch.base_scenario!r} has no rows in the volumes; name one of "
        f"{', '.join(volumes.scenarios)}{did_you_mean(brief.launch.base_scenario, volumes.scenarios)}",
        field="launch.base_scenario",
        seen=brief.launch.base_scenario,
    )


def _funnel(sheet: Worksheet, brief: Brief, volumes: Volumes, base: str) -> ProjectedFunnel:
    direct = any(market.direct for market in brief.markets.values())
    return sheet.run(
        "funnel",
        {
            "channels.*.spend": "fact:channels.*.spend",
            "channels.*.cost_per_visit": "fact:channels.*.cost_per_visit",
            "stages.*.order": "fact:funnel.*.order",
            "stages.*.rate": "fact:funnel.*.rate",
            "needed": f"working:volumes#scenarios.{base}.direct_units",
        },
        project_funnel,
        channels={
            key: PaidChannel(spend=channel.spend, cost_per_visit=channel.cost_per_visit)
            for key, channel in brief.channels.items()
        },
        stages={key: FunnelStep(order=stage.order, rate=stage.rate) for key, stage in brief.funnel.items()},
        currency=brief.currency,
        needed=Decimal(volumes.scenarios[base].direct_units) if direct and brief.funnel else None,
    )


def _output(brief: Brief, volumes: Volumes, base: str, funnel: ProjectedFunnel | None) -> Output:
    planned = volumes.scenarios[base]
    counted = funnel is not None and bool(funnel.channels) and bool(brief.funnel)
    return Output(
        currency=brief.currency,
        product=brief.product.name,
        base=base,
        skus={
            key: Sku(
                label=title_of(key, sku.label),
                price=sku.price,
                units=planned.skus[key].units if key in planned.skus else None,
                revenue=planned.skus[key].revenue if key in planned.skus else None,
            )
            for key, sku in brief.skus.items()
        },
        markets={
            key: PlannedMarket(
                label=title_of(key, market.label),
                trade_margin=market.trade_margin,
                direct=market.direct,
                units=planned.markets[key].units if key in planned.markets else None,
                revenue=planned.markets[key].revenue if key in planned.markets else None,
            )
            for key, market in brief.markets.items()
        },
        scenarios={
            key: Scenario(
                label=title_of(key, brief.scenarios[key].label if key in brief.scenarios else None),
                units=each.units,
                revenue=each.revenue,
                direct_units=each.direct_units,
                months={number: SoldMonth(**dict(month)) for number, month in each.months.items()},
            )
            for key, each in volumes.scenarios.items()
        },
        month_count=Decimal(volumes.month_count),
        channels={
            key: PlannedChannel(
                label=title_of(key, channel.label),
                spend=channel.spend,
                lead_months=channel.lead_months,
                months=channel.months,
                visits=funnel.channels.get(key) if funnel else None,
            )
            for key, channel in brief.channels.items()
        },
        spend=funnel.spend if funnel else None,
        visits=funnel.visits if funnel and funnel.channels else None,
        visit_cost=funnel.visit_cost if funnel else None,
        stages={
            key: PlannedStage(
                label=title_of(key, brief.funnel[key].label),
                rate=brief.funnel[key].rate,
                people=reached.people,
                cost_each=reached.cost_each,
            )
            for key, reached in (funnel.stages.items() if funnel and counted else ())
        },
        orders=funnel.orders if funnel and counted else None,
        cost_per_order=funnel.cost_per_order if funnel and counted else None,
        needed_orders=planned.direct_units if funnel and funnel.coverage is not None else None,
        coverage=funnel.coverage if funnel and counted else None,
    )


def _grounds(base: str, funnel: ProjectedFunnel | None) -> dict[str, str]:
    found = {
        "skus.*.price": "fact:skus.*.price",
        "markets.*.trade_margin": "fact:markets.*.trade_margin",
        **{
            f"{part}.*.{n}": f"working:volumes#scenarios.{base}.{part}.*.{n}"
            for part in ("skus", "markets")
            for n in ("units", "revenue")
        },
        **{f"scenarios.*.{n}": f"working:volumes#scenarios.*.{n}" for n in ("units", "revenue", "direct_units")},
        **{
            f"scenarios.*.months.*.{n}": f"working:volumes#scenarios.*.months.*.{n}"
            for n in ("number", "units", "revenue")
        },
        **{f"scenarios.*.months.*.{n}.*": f"working:volumes#scenarios.*.months.*.{n}.*" for n in ("skus", "markets")},
        "month_count": "working:volumes#month_count",
        **{f"channels.*.{n}": f"fact:channels.*.{n}" for n in ("spend", "lead_months", "months")},
    }
    if funnel is not None:
        found |= {
            "channels.*.visits": "working:funnel#channels.*",
            "stages.*.rate": "fact:funnel.*.rate",
            "stages.*.people": "working:funnel#stages.*.people",
            "stages.*.cost_each": "working:funnel#stages.*.cost_each",
            **{
                n: f"working:funnel#{n}"
                for n in ("spend", "visits", "visit_cost", "orders", "cost_per_order", "coverage")
            },
            "needed_orders": f"working:volumes#scenarios.{base}.direct_units",
        }
    return found
