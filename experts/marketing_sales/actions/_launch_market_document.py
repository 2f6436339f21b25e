"""How a go-to-market plan reads: prices, volumes by scenario, funnel, spend."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from experts.core.blocks import Cell, Table
from experts.core.contract import Block
from experts.core.drafting import (
    draft,
    few,
    figure_table,
    headline,
    items,
    joined,
    monday,
    own,
    picture,
    sentence,
    shown,
    text,
    would_change,
)
from experts.marketing_sales.actions._launch_market_pictures import funnel_picture, months_picture
from experts.marketing_sales.actions._launch_market_sheets import funnel_sheet, sales_sheet, volume_sheet
from experts.marketing_sales.tools.add_up_volumes import Volumes

if TYPE_CHECKING:
    from experts.marketing_sales.actions.go_to_market_strategy import Brief, Output

MOST_MONTHS = 24


@dataclass(frozen=True)
class Market:
    """A plan with the answers it was made from."""

    brief: "Brief"
    output: "Output"
    volumes: Volumes
    window: int


def pictures_of(market: Market) -> dict[str, str]:
    """Units by month and scenario; the funnel."""
    return {**months_picture(market.output), **funnel_picture(market.output)}


def narrative_of(market: Market) -> str:
    """What the base scenario sells, the range, the funnel."""
    return " ".join([_first_line(market), *_range(market), *_funnel_lines(market)])


def document_of(market: Market, pictures: dict[str, str]) -> list[Block]:
    """Offer and prices, volumes, channels, funnel; then the sheets."""
    out, product = market.output, market.brief.product
    titles = {
        "gtm-months": "Units sold by month in each scenario",
        "gtm-funnel": "From a visit to an order",
    }
    shown_pictures = {id: picture(id, titles[id], f"{titles[id]}.") for id in pictures}
    return draft(
        headline(_first_line(market)),
        text(sentence(f"For: {product.audience}")) if product.audience else None,
        text(sentence(f"What it promises: {product.promise}")) if product.promise else None,
        _sku_table(market),
        _market_table(market),
        shown_pictures.get("gtm-months"),
        _scenario_table(market),
        _month_table(market),
        _channel_table(market),
        shown_pictures.get("gtm-funnel"),
        _stage_table(market),
        items("Assumed", ["Prices are without sales tax and stay the same in every month; nothing is returned."]),
        would_change(_changes(market)),
        monday(_monday(market)),
        *volume_sheet(market.brief, out),
        sales_sheet(market.brief, out),
        funnel_sheet(market.brief, out),
    )


def _first_line(market: Market) -> str:
    out, base = market.output, market.output.base
    products = joined([sku.label for sku in out.skus.values()])
    return (
        f"In the {out.scenarios[base].label} scenario {own(f'scenarios.{base}.units')} units of {products} are sold in "
        f"{own('month_count')}, for {own(f'scenarios.{base}.revenue')} after what the trade keeps."
    )


def _range(market: Market) -> list[str]:
    out = market.output
    if len(out.scenarios) == 1:
        return ["The brief has one scenario, so nothing is said of how far sales may fall short."]
    keys = sorted(out.scenarios, key=lambda key: (out.scenarios[key].revenue, key))
    return [
        f"Between the {out.scenarios[keys[0]].label} and the {out.scenarios[keys[-1]].label} scenario lie "
        f"{own(f'scenarios.{keys[0]}.units')} and {own(f'scenarios.{keys[-1]}.units')} units."
    ]


def _funnel_lines(market: Market) -> list[str]:
    out = market.output
    if out.spend is None:
        return ["The brief names no channels, so the launch has no campaign."]
    found = [f"The launch campaign costs {own('spend')}."]
    if out.orders is not None and out.cost_per_order is not None:
        found.append(f"Its paid visits are expected to bring {own('orders')} orders, at {own('cost_per_order')} each.")
    if out.coverage is not None:
        enough = "covers" if out.coverage >= 1 else "does not cover"
        found.append(
            f"That {enough} the {own('needed_orders')} units which the base scenario sells directly up to month "
            f"[[judgement:window_months]] of sales ({own('coverage')})."
        )
    return [" ".join(found)]


def _sku_table(market: Market) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "sku": sku.label,
            "price": shown(True, f"self#skus.{key}.price"),
            "units": shown(sku.units, f"self#skus.{key}.units"),
            "revenue": shown(sku.revenue, f"self#skus.{key}.revenue"),
        }
        for key, sku in market.output.skus.items()
    }
    columns = {
        "sku": ("Product", "text"),
        "price": ("List price", "money"),
        "units": ("Units, base", "count"),
        "revenue": ("Net revenue, base", "money"),
    }
    return figure_table("Products and prices", columns, rows, "List prices are without sales tax.")


def _market_table(market: Market) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "market": each.label,
            "way": "direct" if each.direct else "through the trade",
            "margin": shown(True, f"self#markets.{key}.trade_margin"),
            "units": shown(each.units, f"self#markets.{key}.units"),
            "revenue": shown(each.revenue, f"self#markets.{key}.revenue"),
        }
        for key, each in market.output.markets.items()
    }
    columns = {
        "market": ("Market", "text"),
        "way": ("Sold", "text"),
        "margin": ("The trade keeps", "rate"),
        "units": ("Units, base", "count"),
        "revenue": ("Net revenue, base", "money"),
    }
    return figure_table("Markets", columns, rows)


def _scenario_table(market: Market) -> Table | None:
    stories = {key: each.story for key, each in market.brief.scenarios.items()}
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "scenario": f"{each.label} (planned on)" if key == market.output.base else each.label,
            "story": stories.get(key) or "",
            "units": shown(True, f"self#scenarios.{key}.units"),
            "revenue": shown(True, f"self#scenarios.{key}.revenue"),
        }
        for key, each in market.output.scenarios.items()
    }
    columns = {
        "scenario": ("Scenario", "text"),
        "story": ("If", "text"),
        "units": ("Units", "count"),
        "revenue": ("Net revenue", "money"),
    }
    return figure_table("Scenarios", columns, rows)


def _month_table(market: Market) -> Table | None:
    out = market.output
    months = list(out.scenarios[out.base].months)[:MOST_MONTHS]
    columns = {"month": ("Month of sales", "count")}
    columns |= {f"in-{key}": (f"{each.label}, units", "count") for key, each in list(out.scenarios.items())[:6]}
    rows: dict[str, dict[str, Cell]] = {
        month: {
            "month": shown(True, f"self#scenarios.{out.base}.months.{month}.number"),
            **{
                f"in-{key}": shown(True, f"self#scenarios.{key}.months.{month}.units")
                for key in list(out.scenarios)[:6]
            },
        }
        for month in months
    }
    return figure_table("Units by month", columns, rows, "Months are counted from the first month of sales.")


def _channel_table(market: Market) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "channel": each.label,
            "spend": shown(True, f"self#channels.{key}.spend"),
            "lead": shown(True, f"self#channels.{key}.lead_months"),
            "months": shown(True, f"self#channels.{key}.months"),
            "visits": shown(each.visits, f"self#channels.{key}.visits"),
        }
        for key, each in market.output.channels.items()
    }
    columns = {
        "channel": ("Channel", "text"),
        "spend": ("Spend", "money"),
        "lead": ("Begins, months before sales", "count"),
        "months": ("Runs, months", "count"),
        "visits": ("Visits expected", "count"),
    }
    return figure_table("Launch campaign", columns, rows)


def _stage_table(market: Market) -> Table | None:
    out = market.output
    if not out.stages:
        return None
    rows: dict[str, dict[str, Cell]] = {
        "visits": {
            "stage": "Visits that are paid for",
            "rate": "",
            "people": shown(out.visits, "self#visits"),
            "cost": shown(out.visit_cost, "self#visit_cost"),
        }
    }
    for key, each in out.stages.items():
        rows[f"stage-{key}"[:60]] = {
            "stage": each.label,
            "rate": shown(True, f"self#stages.{key}.rate"),
            "people": shown(True, f"self#stages.{key}.people"),
            "cost": shown(each.cost_each, f"self#stages.{key}.cost_each"),
        }
    columns = {
        "stage": ("Stage", "text"),
        "rate": ("Of the stage before", "rate"),
        "people": ("Expected number", "count"),
        "cost": ("Cost of each", "money"),
    }
    return figure_table("Funnel of the launch campaign", columns, rows)


def _changes(market: Market) -> list[str]:
    out = market.output
    found = []
    if out.stages:
        weakest = min(out.stages, key=lambda key: (out.stages[key].rate, key))
        found.append(
            f"The funnel loses most before {out.stages[weakest].label}, which {own(f'stages.{weakest}.rate')} reach; "
            "measure that rate in a pilot before the money is booked."
        )
    silent = [each.label for each in out.channels.values() if each.visits is None]
    if silent and out.stages:
        found.append(f"{few(silent, 'other channels')}: no cost per visit is known, so what they bring is not counted.")
    largest = max(out.markets, key=lambda key: (out.markets[key].revenue or 0, key))
    found.append(
        f"{out.markets[largest].label} brings the largest part of net revenue, {own(f'markets.{largest}.revenue')}; a change "
        "there moves the plan most."
    )
    return found


def _monday(market: Market) -> list[str]:
    out = market.output
    trade = [each.label for each in out.markets.values() if not each.direct]
    found = []
    if trade:
        found.append(f"Get volumes and terms in writing from: {few(trade, 'others')}.")
    if out.stages:
        found.append("Run a small pilot that measures the cost of a visit and the rates of the funnel.")
    return found
