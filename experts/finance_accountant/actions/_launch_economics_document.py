"""How the economics of a launch read: profit and break-even, cash, what it hangs on."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from experts.core.blocks import Cell, Table
from experts.core.contract import Block
from experts.core.drafting import (
    draft,
    figure_table,
    heading,
    headline,
    items,
    joined,
    monday,
    own,
    picture,
    shown,
    would_change,
)
from experts.finance_accountant.actions._launch_economics_pictures import cash_picture, driver_picture
from experts.finance_accountant.actions._launch_economics_sheets import cash_sheets, input_sheet, result_sheets

if TYPE_CHECKING:
    from experts.finance_accountant.actions._launch_economics_models import Inputs
    from experts.finance_accountant.actions.pricing_and_revenue_projections import Brief, Output


@dataclass(frozen=True)
class Economics:
    """The economics with what they were made from."""

    brief: "Brief"
    inputs: "Inputs"
    output: "Output"
    step: Decimal

    @property
    def base(self) -> str:
        return self.output.base


def pictures_of(economics: Economics) -> dict[str, str]:
    """Cumulative cash by month and scenario; what profit hangs on."""
    return {**cash_picture(economics.output), **driver_picture(economics.output, economics.step)}


def narrative_of(economics: Economics) -> str:
    """Profit and break-even of the base scenario, cash, the budget."""
    return " ".join([_profit(economics), _even(economics), _cash(economics), _budget(economics)])


def document_of(economics: Economics, pictures: dict[str, str]) -> list[Block]:
    """Result, scenarios, cash by month, sensitivity; then the workbook."""
    out = economics.output
    base = out.scenarios[out.base]
    good = base.profit > 0 and (base.lowest_balance is None or base.lowest_balance >= 0)
    titles = {
        "launch-cash": "Cumulative cash by month in each scenario",
        "launch-drivers": "What the profit of the base scenario hangs on",
    }
    drawn = {id: picture(id, titles[id], f"{titles[id]}.") for id in pictures}
    return draft(
        headline(f"{_profit(economics)} {_even(economics)}", "good" if good else "warning"),
        _unit_table(economics),
        _scenario_table(economics),
        heading("Cash"),
        drawn.get("launch-cash"),
        _cash_table(economics),
        heading("What the result hangs on"),
        drawn.get("launch-drivers"),
        _driver_table(economics),
        items("Assumed", _assumed()),
        would_change(_changes(economics)),
        monday(_monday(economics)),
        input_sheet(economics.brief, economics.inputs, out),
        *cash_sheets(economics.brief, economics.inputs, out),
        *result_sheets(out),
    )


def _at(economics: Economics, field: str) -> str:
    return own(f"scenarios.{economics.base}.{field}")


def _profit(economics: Economics) -> str:
    base = economics.output.scenarios[economics.base]
    word = "earns" if base.profit > 0 else "breaks even at" if base.profit == 0 else "ends with"
    return f"The {base.label} scenario {word} {_at(economics, 'profit')} over its months of sales, after all costs of the launch."  # fmt: skip


def _even(economics: Economics) -> str:
    base = economics.output.scenarios[economics.base]
    if not base.units:
        return "No unit is sold."
    if base.break_even_units is None:
        return "A unit brings no more than it costs, so no number of units covers the fixed costs."
    said = f"It breaks even at {_at(economics, 'break_even_units')} units"
    if base.margin_of_safety is None:
        return f"{said}."
    if base.margin_of_safety < 0:
        return f"{said}, more than the {_at(economics, 'units')} it sells."
    return f"{said}; sales may fall {_at(economics, 'margin_of_safety')} short of plan before it makes a loss."


def _cash(economics: Economics) -> str:
    base = economics.output.scenarios[economics.base]
    if base.lowest_month is None:
        return "Cumulative cash never falls below zero."
    said = f"Cash is lowest in the month from {_at(economics, 'lowest_month')}, at {_at(economics, 'lowest')}"
    if base.lowest_balance is not None:
        said += f"; of the [[fact:funding.cash_available]] set aside {_at(economics, 'lowest_balance')} is left then"
    back = (
        f"Cash is back above zero in the month from {_at(economics, 'payback_month')}."
        if base.payback_month
        else "Cash is not back above zero when the last month ends."
    )
    return f"{said}. {back}"


def _budget(economics: Economics) -> str:
    return (
        f"The launch costs {own('launch_budget')} before and at the start of sales: work {own('work')}, marketing "
        f"{own('marketing')}, clearances {own('clearance')}. Sales begin in the month from {own('sales_begin')}."
    )


def _unit_table(economics: Economics) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "sku": sku.label,
            "price": shown(True, f"self#skus.{key}.price"),
            "cost": shown(True, f"self#skus.{key}.unit_cost"),
        }
        for key, sku in economics.output.skus.items()
    }
    columns = {"sku": ("Product", "text"), "price": ("List price", "money"), "cost": ("Cost of a unit", "money")}
    return figure_table("Price and cost of a unit", columns, rows)


_ROWS = (
    ("units", "Units", "count"),
    ("revenue", "Net revenue", "money"),
    ("unit_costs", "Cost of units", "money"),
    ("contribution", "Contribution", "money"),
    ("running", "Running costs", "money"),
    ("profit", "Profit", "money"),
    ("average_price", "Net revenue of a unit", "money"),
    ("average_cost", "Cost of a unit", "money"),
    ("break_even_units", "Break-even, units", "count"),
    ("margin_of_safety", "Margin of safety", "rate"),
    ("lowest", "Lowest point of cash", "money"),
    ("lowest_month", "In the month from", "date"),
    ("lowest_balance", "Left of the cash set aside", "money"),
    ("payback_month", "Cash is back from", "date"),
)
MOST_SCENARIOS = 6


def _scenario_table(economics: Economics) -> Table | None:
    out = economics.output
    names = list(out.scenarios)[:MOST_SCENARIOS]
    columns = {"what": ("", "text"), **{f"in-{key}": (out.scenarios[key].label, "text") for key in names}}
    rows: dict[str, dict[str, Cell]] = {}
    for field, label, _ in _ROWS:
        rows[field] = {
            "what": label,
            **{
                f"in-{key}": shown(getattr(out.scenarios[key], field), f"self#scenarios.{key}.{field}") for key in names
            },
        }
        if field == "running":
            rows["launch"] = {
                "what": "Work, marketing, clearances",
                **{f"in-{key}": shown(True, "self#launch_budget") for key in names},
            }
    return figure_table(
        "Scenarios", columns, rows, "Break-even counts units of the planned mix of products and markets."
    )


def _cash_table(economics: Economics) -> Table | None:
    columns = {
        "month": ("Month from", "date"),
        "receipts": ("Receipts", "money"),
        "production": ("Units paid", "money"),
        "running": ("Running", "money"),
        "marketing": ("Marketing", "money"),
        "work": ("Work", "money"),
        "clearance": ("Clearances", "money"),
        "cumulative": ("Cash so far", "money"),
    }
    ref = f"self#scenarios.{economics.base}.months"
    rows: dict[str, dict[str, Cell]] = {
        month: {
            "month": shown(True, f"{ref}.{month}.begins"),
            **{name: shown(True, f"{ref}.{month}.{name}") for name in columns if name != "month"},
        }
        for month in economics.output.scenarios[economics.base].months
    }
    label = economics.output.scenarios[economics.base].label
    return figure_table(f"Cash by month: {label}", columns, rows, "The workbook has the other scenarios.")


def _driver_table(economics: Economics) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "driver": driver.label,
            "low": shown(True, f"self#drivers.{key}.low"),
            "high": shown(True, f"self#drivers.{key}.high"),
            "headroom": shown(driver.headroom, f"self#drivers.{key}.headroom"),
        }
        for key, driver in economics.output.drivers.items()
    }
    columns = {
        "driver": ("Figure", "text"),
        "low": ("Profit if lower", "money"),
        "high": ("Profit if higher", "money"),
        "headroom": ("Profit is zero at a change of", "rate"),
    }
    note = "Lower and higher by [[judgement:sensitivity_step]], one figure at a time, in the base scenario."
    return figure_table("Sensitivity of profit", columns, rows, note)


def _assumed() -> list[str]:
    return [
        "Sales month one is the month of the launch if the launch falls in its first half, else the next month.",
        "Every unit made is sold and none comes back; taxes, interest and leftover stock are left out.",
        "Volume does not answer to price, and the cost of a unit does not answer to volume.",
    ]


def _changes(economics: Economics) -> list[str]:
    found = []
    for key, driver in list(economics.output.drivers.items())[:3]:
        if driver.headroom is not None:
            found.append(f"{driver.label}: a change of {own(f'drivers.{key}.headroom')} brings the profit of the base scenario to zero.")  # fmt: skip
    losing = [key for key, each in economics.output.scenarios.items() if each.profit < 0]
    if losing and economics.base not in losing:
        labels = [economics.output.scenarios[key].label for key in losing]
        found.insert(
            0, f"In the {joined(labels)} scenario the launch ends with {own(f'scenarios.{losing[0]}.profit')}."
        )
    return found


def _monday(economics: Economics) -> list[str]:
    found = []
    short = [each.label for each in economics.output.scenarios.values() if (each.lowest_balance or 0) < 0]
    if short:
        found.append(f"Find funding for the lowest point of cash in: {joined(short)}.")
    if economics.brief.funding.cash_available is None:
        found.append("Say how much cash is set aside for the launch.")
    found.append(
        "Agree terms of payment with the trade in writing; each month of delay deepens the lowest point of cash."
    )
    return found
