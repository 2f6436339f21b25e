"""The workbook of a launch: inputs, cash by month for every scenario, result and sensitivity, all live."""

from datetime import date
from typing import TYPE_CHECKING

from experts.core.blocks import Sheet, SheetCell
from experts.core.drafting import at, figure_sheet, helper
from experts.core.money import minor_units

if TYPE_CHECKING:
    from experts.finance_accountant.actions._launch_economics_models import Inputs
    from experts.finance_accountant.actions.pricing_and_revenue_projections import Brief, Output, Scenario

_PARTS = ("receipts", "production", "running", "marketing", "work", "clearance")


def input_sheet(brief: "Brief", inputs: "Inputs", output: "Output") -> Sheet | None:
    """Costs to change in place; prices and volumes are inputs of the sheets of the go-to-market plan."""
    rows: dict[str, dict[str, str | SheetCell]] = {
        f"cost-{key}"[:60]: {
            "what": f"{sku.label}: cost of a unit",
            "value": at(f"fact:skus.{key}.unit_cost", "money"),
        }
        for key, sku in output.skus.items()
    }
    rows |= {
        f"running-{key}"[:60]: {
            "what": f"{cost.label or key.replace('_', ' ')}: a month",
            "value": at(f"fact:running_costs.{key}.monthly", "money"),
        }
        for key, cost in brief.running_costs.items()
    }
    rows |= {
        f"channel-{key}"[:60]: {
            "what": f"{channel.label}: launch campaign",
            "value": at(f"go_to_market#channels.{key}.spend", "money", f"=[[fact:channels.{key}.spend]]"),
        }
        for key, channel in inputs.go_to_market.channels.items()
    }
    if brief.funding.cash_available is not None:
        rows["cash"] = {"what": "Cash set aside", "value": at("fact:funding.cash_available", "money")}
    rows["step"] = {"what": "Step of the sensitivity", "value": at("judgement:sensitivity_step", "rate")}
    columns = {"what": ("Input", "text"), "value": ("Value", "text")}
    return figure_sheet("Launch costs", "Costs of the launch", columns, rows)


def cash_sheets(brief: "Brief", inputs: "Inputs", output: "Output") -> list[Sheet | None]:
    """One sheet for each scenario."""
    return [_cash_sheet(brief, inputs, output, key, scenario) for key, scenario in output.scenarios.items()]


def _cash_sheet(brief: "Brief", inputs: "Inputs", output: "Output", key: str, scenario: "Scenario") -> Sheet | None:
    formulas = _formulas(brief, inputs, output, key)
    rows: dict[str, dict[str, str | SheetCell]] = {}
    before = ""
    for month in scenario.months:
        ref = f"self#scenarios.{key}.months.{month}"
        net = f"=[[{ref}.receipts]]-[[{ref}.production]]-[[{ref}.running]]-[[{ref}.marketing]]-[[{ref}.work]]-[[{ref}.clearance]]"  # fmt: skip
        rows[month] = {
            "month": at(f"{ref}.begins", "date"),
            **{
                part: at(f"{ref}.{part}", "money", f"={terms}" if (terms := formulas[part].get(month)) else None)
                for part in _PARTS
            },
            "net": at(f"{ref}.net", "money", net),
            "cumulative": at(
                f"{ref}.cumulative", "money", f"=[[{before}]]+[[{ref}.net]]" if before else f"=[[{ref}.net]]"
            ),
        }
        before = f"{ref}.cumulative"
    columns = {
        "month": ("Month from", "date"),
        "receipts": ("Receipts", "money"),
        "production": ("Units paid", "money"),
        "running": ("Running costs", "money"),
        "marketing": ("Marketing", "money"),
        "work": ("Launch work", "money"),
        "clearance": ("Clearances", "money"),
        "net": ("Net", "money"),
        "cumulative": ("Cash so far", "money"),
    }
    note = (
        "Prices, volumes and costs are live. Dates, payment terms and months of spend do not move: plan anew for those."
    )
    return figure_sheet(f"Cash {scenario.label}", f"Cash by month: {scenario.label}", columns, rows, note)


def _month(index: int) -> str:
    return f"{index // 12:04}-{index % 12 + 1:02}"


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _formulas(brief: "Brief", inputs: "Inputs", output: "Output", key: str) -> dict[str, dict[str, str]]:
    """The terms that each month's amounts are made of, by part and month."""
    digits = minor_units(brief.currency)
    gtm, first = inputs.go_to_market, _index(output.sales_begin)
    terms: dict[str, dict[str, list[str]]] = {part: {} for part in _PARTS}

    def add(part: str, index: int, term: str) -> None:
        terms[part].setdefault(_month(index), []).append(term)

    running = "SUM([[fact:running_costs.*.monthly]])" if brief.running_costs else ""
    for name, month in gtm.scenarios[key].months.items():
        at_month, ref = first + month.number - 1, f"go_to_market#scenarios.{key}.months.{name}"
        for market in month.markets:
            late = brief.markets[market].collection_months if market in brief.markets else 0
            add("receipts", at_month + late, f"[[{ref}.markets.{market}]]")
        for sku in month.skus:
            paid = at_month - brief.funding.production_lead_months
            add("production", paid, f"ROUND([[{ref}.skus.{sku}]]*[[fact:skus.{sku}.unit_cost]],{digits})")
        if running:
            add("running", at_month, running)
    for channel, each in gtm.channels.items():
        spend = f"[[go_to_market#channels.{channel}.spend]]"
        for number in range(each.months):
            so_far = f"ROUND({spend}*{number + 1}/{each.months},{digits})"
            share = so_far if not number else f"{so_far}-ROUND({spend}*{number}/{each.months},{digits})"
            add("marketing", first - each.lead_months + number, share)
    for name, work in inputs.launch_plan.months.items():
        add("work", _index(work.begins), f"[[launch_plan#months.{name}.planned]]")
    for name, item in inputs.clearance.items.items():
        if item.cost and item.starts:
            add("clearance", _index(item.starts), f"[[clearance#items.{name}.cost]]")
    return {part: {month: "+".join(found) for month, found in months.items()} for part, months in terms.items()}


def result_sheets(output: "Output") -> list[Sheet | None]:
    """Profit, break-even and lowest cash of every scenario, and the sensitivity of the base."""
    digits = minor_units(output.currency)
    rows: dict[str, dict[str, str | SheetCell]] = {}

    def line(row: str, label: str, field: str, unit: str, formula: str) -> None:
        cells: dict[str, str | SheetCell] = {"what": label}
        for key, scenario in output.scenarios.items():
            if getattr(scenario, field) is not None:
                cells[f"in-{key}"] = at(
                    f"self#scenarios.{key}.{field}", unit, formula.replace("@", f"self#scenarios.{key}")
                )
        rows[row] = cells

    line("units", "Units", "units", "count", "")
    for key in output.scenarios:
        rows["units"][f"in-{key}"] = at(
            f"self#scenarios.{key}.units", "count", f"=[[go_to_market#scenarios.{key}.units]]"
        )
    line("revenue", "Net revenue", "revenue", "money", "=SUM([[@.months.*.receipts]])")
    line("unit_costs", "Cost of units", "unit_costs", "money", "=SUM([[@.months.*.production]])")
    line("contribution", "Contribution", "contribution", "money", "=[[@.revenue]]-[[@.unit_costs]]")
    line("running", "Running costs", "running", "money", "=SUM([[@.months.*.running]])")
    base = f"self#scenarios.{output.base}.months.*"
    for field, label in (("work", "Launch work"), ("marketing", "Marketing"), ("clearance", "Clearances")):
        rows[field] = {"what": label, f"in-{output.base}": at(f"self#{field}", "money", f"=SUM([[{base}.{field}]])")}
    rows["budget"] = {
        "what": "Work, marketing, clearances",
        f"in-{output.base}": at("self#launch_budget", "money", "=[[self#work]]+[[self#marketing]]+[[self#clearance]]"),
    }
    for key in output.scenarios:
        rows["budget"].setdefault(f"in-{key}", at("self#launch_budget", "money"))
    line("fixed", "Fixed costs in all", "fixed", "money", "=[[@.running]]+[[self#launch_budget]]")
    line("profit", "Profit", "profit", "money", "=[[@.contribution]]-[[@.fixed]]")
    line(
        "price",
        "Net revenue of a unit",
        "average_price",
        "money",
        '=IF([[@.units]]>0,ROUND([[@.revenue]]/[[@.units]],6),"")',
    )
    line(
        "cost", "Cost of a unit", "average_cost", "money", '=IF([[@.units]]>0,ROUND([[@.unit_costs]]/[[@.units]],6),"")'
    )
    even = (
        "=IF([[@.average_price]]>[[@.average_cost]],"
        'ROUNDUP(ROUND([[@.fixed]]/([[@.average_price]]-[[@.average_cost]]),6),0),"none")'
    )
    line("even", "Break-even, units", "break_even_units", "count", even)
    safety = '=IF(ISNUMBER([[@.break_even_units]]),ROUND(([[@.units]]-[[@.break_even_units]])/[[@.units]],6),"none")'
    line("safety", "Margin of safety", "margin_of_safety", "rate", safety)
    line("lowest", "Lowest point of cash", "lowest", "money", "=MIN(0,MIN([[@.months.*.cumulative]]))")
    line(
        "left", "Left of the cash set aside", "lowest_balance", "money", "=[[fact:funding.cash_available]]+[[@.lowest]]"
    )
    columns = {"what": ("", "text"), **{f"in-{key}": (each.label, "text") for key, each in output.scenarios.items()}}
    title = "Profit, break-even and cash of every scenario"
    return [figure_sheet("Launch result", title, columns, rows), _drivers(output, digits)]


def _drivers(output: "Output", digits: int) -> Sheet | None:
    ref = f"self#scenarios.{output.base}"
    moved = {
        "price": f"[[{ref}.revenue]]",
        "volume": f"[[{ref}.contribution]]",
        "unit_cost": f"-[[{ref}.unit_costs]]",
        "running": f"-[[{ref}.running]]",
        "marketing": "-[[self#marketing]]",
        "work": "-[[self#work]]",
        "clearance": "-[[self#clearance]]",
    }
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key, driver in output.drivers.items():
        change = f"[[cell:launch-sensitivity/{key}/change]]"
        rows[key] = {
            "driver": driver.label,
            "change": helper("money", f"=ROUND(({moved[key]})*[[judgement:sensitivity_step]],{digits})"),
            "low": at(f"self#drivers.{key}.low", "money", f"=[[{ref}.profit]]-{change}"),
            "high": at(f"self#drivers.{key}.high", "money", f"=[[{ref}.profit]]+{change}"),
        }
        if driver.headroom is not None:
            formula = f"=ROUND(-[[{ref}.profit]]/({moved[key]}),6)"
            rows[key]["headroom"] = at(f"self#drivers.{key}.headroom", "rate", formula)
    columns = {
        "driver": ("Figure", "text"),
        "change": ("Moves profit by", "money"),
        "low": ("Profit if lower", "money"),
        "high": ("Profit if higher", "money"),
        "headroom": ("Profit is zero at a change of", "rate"),
    }
    return figure_sheet("Launch sensitivity", "What profit hangs on", columns, rows)
