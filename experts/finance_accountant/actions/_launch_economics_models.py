"""What launch economics read of the other experts, and the parts they are made of."""

from experts.core.contract import Key, Model
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, Share


class SkuView(Model):
    label: str
    price: NonNegativeMoney


class MarketView(Model):
    label: str
    trade_margin: Share


class MonthView(Model):
    number: Count
    skus: dict[Key, Count]
    markets: dict[Key, Money]


class ScenarioView(Model):
    label: str
    months: dict[Key, MonthView]


class ChannelView(Model):
    label: str
    spend: NonNegativeMoney
    lead_months: Count
    months: Count


class GoToMarketView(Model):
    base: str
    skus: dict[Key, SkuView]
    markets: dict[Key, MarketView]
    scenarios: dict[Key, ScenarioView]
    channels: dict[Key, ChannelView] = {}


class WorkView(Model):
    begins: Day
    planned: NonNegativeMoney


class LaunchPlanView(Model):
    launch_date: Day
    months: dict[str, WorkView] = {}


class ItemView(Model):
    label: str
    starts: Day | None = None
    cost: NonNegativeMoney


class ClearanceView(Model):
    items: dict[Key, ItemView]


class Inputs(Model):
    go_to_market: GoToMarketView
    launch_plan: LaunchPlanView
    clearance: ClearanceView
