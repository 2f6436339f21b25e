"""The workbook of a go-to-market plan: volumes as inputs, net revenue by month, the funnel, all live."""

from typing import TYPE_CHECKING

from experts.core.blocks import Sheet, SheetCell
from experts.core.drafting import NONE, at, figure_sheet, helper, title_of
from experts.core.money import minor_units

if TYPE_CHECKING:
    from experts.marketing_sales.actions.go_to_market_strategy import Brief, Output

VOLUMES = "Launch volumes"
_AT = "launch-volumes"


def volume_sheet(brief: "Brief", output: "Output") -> list[Sheet | None]:
    """Prices and margins, then every row of the volume plan with its net revenue."""
    digits = minor_units(brief.currency)
    prices: dict[str, dict[str, str | SheetCell]] = {
        f"price-{key}"[:60]: {"what": f"{sku.label}: list price", "value": at(f"fact:skus.{key}.price", "money")}
        for key, sku in output.skus.items()
    }
    prices |= {
        f"margin-{key}"[:60]: {
            "what": f"{each.label}: the trade keeps",
            "value": at(f"fact:markets.{key}.trade_margin", "rate"),
        }
        for key, each in output.markets.items()
    }
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key, row in brief.volumes.items():
        fact = f"fact:volumes.{key}"
        rows[key] = {
            "scenario": output.scenarios[row.scenario].label,
            "sku": output.skus[row.sku].label,
            "market": output.markets[row.market].label,
            "month": at(f"{fact}.month", "count"),
            "units": at(f"{fact}.units", "count"),
            "revenue": helper(
                "money",
                f"=ROUND([[{fact}.units]]*[[fact:skus.{row.sku}.price]]*(1-[[fact:markets.{row.market}.trade_margin]]),{digits})",
            ),
        }
    columns = {
        "scenario": ("Scenario", "text"),
        "sku": ("Product", "text"),
        "market": ("Market", "text"),
        "month": ("Month of sales", "count"),
        "units": ("Units", "count"),
        "revenue": ("Net revenue", "money"),
    }
    return [
        figure_sheet(
            "Launch prices", "Prices and trade margins", {"what": ("Input", "text"), "value": ("Value", "text")}, prices
        ),
        figure_sheet(
            VOLUMES, "Every row of the volume plan", columns, rows, "Net revenue is after what the trade keeps."
        ),
    ]


def sales_sheet(brief: "Brief", output: "Output") -> Sheet | None:
    """Units by product and net revenue by market, month by month for each scenario."""
    columns = {
        "scenario": ("Scenario", "text"),
        "month": ("Month of sales", "count"),
        **{f"sku-{key}": (f"{sku.label}, units", "count") for key, sku in output.skus.items()},
        "units": ("Units", "count"),
        **{f"market-{key}": (f"{each.label}, net revenue", "money") for key, each in output.markets.items()},
        "revenue": ("Net revenue", "money"),
    }
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for name, scenario in output.scenarios.items():
        for month, each in scenario.months.items():
            ref = f"self#scenarios.{name}.months.{month}"
            own = [k for k, row in brief.volumes.items() if row.scenario == name and row.month == each.number]
            cells: dict[str, str | SheetCell] = {"scenario": scenario.label, "month": at(f"{ref}.number", "count")}
            for key in output.skus:
                terms = "+".join(f"[[fact:volumes.{k}.units]]" for k in own if brief.volumes[k].sku == key)
                cells[f"sku-{key}"] = at(f"{ref}.skus.{key}", "count", f"={terms}") if terms else NONE
            for key in output.markets:
                terms = "+".join(f"[[cell:{_AT}/{k}/revenue]]" for k in own if brief.volumes[k].market == key)
                cells[f"market-{key}"] = at(f"{ref}.markets.{key}", "money", f"={terms}") if terms else NONE
            units = f"=SUM([[{ref}.skus.*]])" if each.skus else None
            revenue = f"=SUM([[{ref}.markets.*]])" if each.markets else None
            cells["units"] = at(f"{ref}.units", "count", units)
            cells["revenue"] = at(f"{ref}.revenue", "money", revenue)
            rows[f"{name}-{month}"[-60:]] = cells
        rows[f"{name}-all"[-60:]] = {
            "scenario": f"{scenario.label}, all months",
            "units": at(f"self#scenarios.{name}.units", "count", f"=SUM([[self#scenarios.{name}.months.*.units]])"),
            "revenue": at(
                f"self#scenarios.{name}.revenue", "money", f"=SUM([[self#scenarios.{name}.months.*.revenue]])"
            ),
        }
    return figure_sheet("Launch sales", "Units and net revenue by month", columns, rows)


def funnel_sheet(brief: "Brief", output: "Output") -> Sheet | None:
    """Spend, visits and stages with live formulas."""
    if output.spend is None:
        return None
    digits = minor_units(brief.currency)
    rows: dict[str, dict[str, str | SheetCell]] = {}
    counted = [key for key, channel in brief.channels.items() if channel.cost_per_visit]
    for key, channel in output.channels.items():
        fact = f"fact:channels.{key}"
        row: dict[str, str | SheetCell] = {"what": channel.label, "spend": at(f"{fact}.spend", "money")}
        if key in counted:
            row["each"] = at(f"{fact}.cost_per_visit", "money")
            row["number"] = at(
                f"self#channels.{key}.visits", "count", f"=ROUND([[{fact}.spend]]/[[{fact}.cost_per_visit]],2)"
            )
        rows[f"channel-{key}"[:60]] = row
    rows["spend"] = {"what": "All channels", "spend": at("self#spend", "money", "=SUM([[fact:channels.*.spend]])")}
    if output.visits is not None:
        exact = "+".join(f"[[fact:channels.{k}.spend]]/[[fact:channels.{k}.cost_per_visit]]" for k in counted)
        spent = "+".join(f"[[fact:channels.{k}.spend]]" for k in counted)
        cost = f"=ROUND(({spent})/({exact}),{digits})"
        rows["visits"] = {
            "what": "Visits that are paid for",
            "each": at("self#visit_cost", "money", cost) if output.visit_cost is not None else NONE,
            "number": at("self#visits", "count", f"=ROUND({exact},2)"),
        }
        rates = ""
        for key, stage in output.stages.items():
            rates += f"*[[fact:funnel.{key}.rate]]"
            people = f"({exact}){rates}"
            rows[f"stage-{key}"[:60]] = {
                "what": title_of(key, stage.label),
                "rate": at(f"fact:funnel.{key}.rate", "rate"),
                "number": at(f"self#stages.{key}.people", "count", f"=ROUND({people},2)"),
                "each": at(f"self#stages.{key}.cost_each", "money", f"=ROUND(({spent})/({people}),{digits})")
                if stage.cost_each is not None
                else NONE,
            }
    columns = {
        "what": ("Channel or stage", "text"),
        "spend": ("Spend", "money"),
        "rate": ("Of the stage before", "rate"),
        "number": ("Expected number", "count"),
        "each": ("Cost of each", "money"),
    }
    return figure_sheet("Launch funnel", "What the launch campaign brings", columns, rows)
