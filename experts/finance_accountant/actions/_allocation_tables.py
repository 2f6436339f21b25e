"""The tables of a budget allocation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Cell, Cite, Column, Table
from experts.finance_accountant.actions._words import by_spend, capitalised

if TYPE_CHECKING:
    from experts.finance_accountant.actions.budget_analysis_and_optimization import Brief, Inputs, Output

NONE = "\u2013"


def _cite(value: object, path: str) -> Cell:
    return NONE if value is None else Cite(ref=f"self#{path}")


def allocation_table(brief: Brief, inputs: Inputs, output: Output) -> Table:
    """The budget, line by line, with its sums."""
    forecast = output.expected_results is not None
    columns: list[Column] = [
        {"key": "label", "label": "Where it goes"},
        {"key": "spend", "label": "Amount", "unit": "money"},
    ]
    if forecast:
        columns += [
            {"key": "results", "label": f"Expected {brief.campaign.result_name}", "unit": "count"},
            {"key": "cost", "label": "Per result", "unit": "money"},
            {"key": "next", "label": "Next result costs", "unit": "money"},
        ]
    columns += [
        {"key": "minimum", "label": "Minimum", "unit": "money"},
        {"key": "maximum", "label": "Maximum", "unit": "money"},
    ]
    rows: dict[str, dict[str, Cell]] = {}
    for key in by_spend(output):
        line, channel = output.lines[key], inputs.channel_plan.channels[key]
        rows[f"channel-{key}"] = {
            "label": line.label if line.used else f"{line.label} (not used)",
            "spend": Cite(ref=f"self#lines.{key}.spend"),
            "results": _cite(line.expected_results, f"lines.{key}.expected_results"),
            "cost": _cite(line.cost_per_result, f"lines.{key}.cost_per_result"),
            "next": _cite(line.marginal_cost, f"lines.{key}.marginal_cost"),
            "minimum": Cite(ref=f"channel_plan#channels.{key}.minimum") if channel.minimum else NONE,
            "maximum": NONE if channel.maximum is None else Cite(ref=f"channel_plan#channels.{key}.maximum"),
        }
    totals = {"media": "Media", "production": "Production", "unallocated": "Unallocated", "reserve": "Reserve"}
    for field, label in totals.items():
        if getattr(output, field) or field == "media":
            rows[f"sum-{field}"] = {"label": label, "spend": Cite(ref=f"self#{field}")}
    rows["sum-media"] |= {
        "results": _cite(output.expected_results, "expected_results"),
        "cost": _cite(output.media_cost_per_result, "media_cost_per_result"),
        "next": _cite(output.marginal_cost, "marginal_cost"),
    }
    rows["sum-total"] = {"label": "Total", "spend": Cite(ref="self#total")}
    shown = {column["key"] for column in columns}
    return Table(
        title="The budget, line by line",
        columns=columns,
        rows={key: {name: row.get(name, NONE) for name in shown} for key, row in rows.items()},
        note="Media, production, reserve and what is unallocated add up to the total to the last unit of the currency. "
        "Cost per result counts the media of that line only."
        if forecast
        else "The lines add up to the total to the last unit of the currency.",
    )


def alternatives_table(output: Output) -> Table:
    """Optional channels forced in and left out."""
    rows: dict[str, dict[str, Cell]] = {}
    for key, choice in output.alternatives.items():
        at = f"alternatives.{key}"
        rows[key] = {
            "label": choice.label,
            "chosen": "used" if choice.chosen else "left out",
            "used": _cite(choice.results_if_used, f"{at}.results_if_used"),
            "without": _cite(choice.results_if_left_out, f"{at}.results_if_left_out"),
            "difference": _cite(choice.difference, f"{at}.difference"),
            "from": _cite(choice.worth_from_total, f"{at}.worth_from_total"),
        }
    return Table(
        title="Channels with a minimum that applies only if they are used",
        columns=[
            {"key": "label", "label": "Channel"},
            {"key": "chosen", "label": "In this plan"},
            {"key": "used", "label": "Results if used", "unit": "count"},
            {"key": "without", "label": "Results if left out", "unit": "count"},
            {"key": "difference", "label": "What using it adds", "unit": "count"},
            {"key": "from", "label": "Worth using from a total of", "unit": "money"},
        ],
        rows=rows,
        note="Each line plans the other channels anew, so the two results compare whole plans. A dash under the last "
        "column means that the channel is in use already, or that no total up to ten times this one would change that.",
    )


def bounds_table(output: Output) -> Table:
    """Bounds that bind, with their prices."""
    return Table(
        title="Minimums and maximums that hold money where it is",
        columns=[
            {"key": "label", "label": "Channel"},
            {"key": "bound", "label": "Bound"},
            {"key": "amount", "label": "Amount", "unit": "money"},
            {"key": "here", "label": "Next result costs here", "unit": "money"},
            {"key": "elsewhere", "label": "Elsewhere", "unit": "money"},
            {"key": "gain", "label": "Results gained per unit relaxed", "unit": "ratio"},
        ],
        rows={
            key: {
                "label": bound.label,
                "bound": bound.bound,
                "amount": Cite(ref=f"self#binding.{key}.amount"),
                "here": _cite(output.lines[key].marginal_cost, f"lines.{key}.marginal_cost"),
                "elsewhere": _cite(output.marginal_cost, "marginal_cost"),
                "gain": Cite(ref=f"self#binding.{key}.gain_per_unit"),
            }
            for key, bound in output.binding.items()
        },
        note="The last column is the shadow price of the bound: extra results if it is relaxed by one unit of the "
        "currency and the rest is planned anew.",
    )


def economics_table(brief: Brief, output: Output) -> Table:
    """Economics of one customer, measure by measure."""
    customer = output.economics
    assert customer is not None and brief.economics is not None  # the caller has seen to it
    entries: list[tuple[str, str, str, object, str]] = [
        ("order", "Order value", "fact:economics.order_value", 1, "Revenue of one order."),
        ("margin", "Gross margin", "fact:economics.gross_margin", 1, "What is left of it after the goods are paid."),
        (
            "retention",
            "Monthly retention",
            "fact:economics.monthly_retention",
            brief.economics.monthly_retention,
            "Share of customers who order again each month.",
        ),
        (
            "contribution",
            "Contribution per order",
            "self#economics.contribution_per_order",
            1,
            "Order value times gross margin.",
        ),
        ("cost", "Cost per result", "self#economics.cost_per_result", 1, "Media and production per expected result."),
        (
            "profit",
            "First-order profit",
            "self#economics.first_order_profit",
            1,
            "Contribution of the first order less the cost of winning it.",
        ),
        (
            "payback",
            "Payback",
            "self#economics.payback_months",
            customer.payback_months,
            "Month whose order has paid back the cost; the first order falls into the first month.",
        ),
        (
            "lifetime",
            "Lifetime contribution",
            "self#economics.lifetime_contribution",
            customer.lifetime_contribution,
            "All orders of a customer at constant retention, undiscounted.",
        ),
        (
            "ratio",
            "Lifetime contribution to cost",
            "self#economics.lifetime_to_cost",
            customer.lifetime_to_cost,
            "How many times over a customer pays the cost back.",
        ),
        (
            "break_even",
            "Break-even",
            "self#economics.break_even_results",
            customer.break_even_results,
            "Results from which first orders alone cover media and production.",
        ),
        (
            "safety",
            "Margin of safety",
            "self#economics.margin_of_safety",
            customer.margin_of_safety,
            "How far results may fall short of the forecast before that.",
        ),
    ]
    return Table(
        title="Economics of one customer",
        columns=[
            {"key": "label", "label": "Measure"},
            {"key": "value", "label": "Value"},
            {"key": "meaning", "label": "What it means"},
        ],
        rows={
            key: {"label": label, "value": "never" if value is None else Cite(ref=ref), "meaning": meaning}
            for key, label, ref, value, meaning in entries
            if value is not None or key == "payback"
        },
    )


def sensitivity_table(brief: Brief, output: Output) -> Table:
    """Every fact a step lower and higher, largest effect first."""
    with_net = output.net_contribution is not None
    rows: dict[str, dict[str, Cell]] = {}
    for key, effect in output.sensitivities.items():
        at = f"sensitivities.{key}"
        unit = "money" if effect.low_money is not None else "rate" if effect.low_rate is not None else ""
        rows[key] = {
            "label": effect.label,
            "low": Cite(ref=f"self#{at}.low_{unit}") if unit else "[[judgement:sensitivity_step]] weaker",
            "high": Cite(ref=f"self#{at}.high_{unit}") if unit else "[[judgement:sensitivity_step]] stronger",
            "results_low": _cite(effect.results_low, f"{at}.results_low"),
            "results_high": _cite(effect.results_high, f"{at}.results_high"),
        }
        if with_net:
            rows[key] |= {
                "net_low": _cite(effect.net_low, f"{at}.net_low"),
                "net_high": _cite(effect.net_high, f"{at}.net_high"),
            }
    name = capitalised(brief.campaign.result_name)
    columns: list[Column] = [
        {"key": "label", "label": "Fact"},
        {"key": "low", "label": "Lower"},
        {"key": "high", "label": "Higher"},
        {"key": "results_low", "label": f"{name} at lower", "unit": "count"},
        {"key": "results_high", "label": f"{name} at higher", "unit": "count"},
    ]
    if with_net:
        columns += [
            {"key": "net_low", "label": "Net at lower", "unit": "money"},
            {"key": "net_high", "label": "Net at higher", "unit": "money"},
        ]
    note = (
        "One fact at a time changes, and the split is planned anew each time. A dash means that no budget is possible."
    )
    if with_net:
        retained = brief.economics is not None and brief.economics.monthly_retention not in (None, 1)
        life = "over their lifetime, undiscounted" if retained else "with their first order"
        note += f" Net is what all customers contribute {life}, less media and production."
    return Table(
        title="Each fact [[judgement:sensitivity_step]] lower and higher", columns=columns, rows=rows, note=note
    )
