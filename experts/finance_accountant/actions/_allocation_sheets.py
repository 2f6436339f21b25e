"""The workbook of a budget: inputs to change, the budget and the economics that follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Column, Sheet, SheetCell, block
from experts.core.contract import Block
from experts.core.money import minor_units
from experts.finance_accountant.actions._solver_sheets import (
    Rows,
    Solver,
    bound_ref,
    input_ref,
    results_formula,
    solver_of,
)
from experts.finance_accountant.actions._words import by_spend

if TYPE_CHECKING:
    from experts.finance_accountant.actions.budget_analysis_and_optimization import Brief, Inputs, Output

NEVER = '"never"'
ABSENT = '"none"'


def sheets_of(brief: Brief, inputs: Inputs, output: Output) -> list[Block]:
    """Inputs, Budget, Economics, and the hidden sheets that redo the optimisation."""
    solver = solver_of(inputs, output)
    sheets = [_inputs_sheet(brief, inputs), _budget_sheet(brief, inputs, output, solver)]
    if output.economics is not None:
        sheets.append(_economics_sheet(brief, output))
    sheets += solver.sheets if solver else []
    return [block(sheet.name.lower(), sheet) for sheet in sheets]


def _inputs_sheet(brief: Brief, inputs: Inputs) -> Sheet:
    """Every fact that the budget depends on, one a row, to be changed in place."""
    by_amount = brief.budget.reserve_amount is not None
    reserve = "reserve_amount" if by_amount else "reserve_rate"
    entries = [
        ("total", "Total budget", "fact:budget.total", "Ceiling for everything"),
        ("reserve", "Reserve", f"fact:budget.{reserve}", "Held back" if by_amount else "Share of the total held back"),
        ("production", "Production", "fact:budget.production", "Fixed cost outside the channels"),
    ]
    for key, channel in sorted(inputs.channel_plan.channels.items()):
        applies = "only if the channel is used" if channel.minimum_applies == "if_used" else "required"
        entries.append((f"{key}-minimum", f"{channel.label}: minimum", input_ref(key, "minimum"), applies))
        if channel.maximum is not None:
            entries.append(
                (f"{key}-maximum", f"{channel.label}: maximum", input_ref(key, "maximum"), "most it can take")
            )
        if channel.curve is not None:
            power = channel.curve.form == "power"
            words = "results = factor * spend ^ exponent" if power else "results = factor * ln(one + spend / scale)"
            entries.append((f"{key}-a", f"{channel.label}: factor", input_ref(key, "curve.a"), words))
            field, label = ("b", "exponent") if power else ("scale", "scale")
            entries.append(
                (
                    f"{key}-{field}",
                    f"{channel.label}: {label}",
                    input_ref(key, f"curve.{field}"),
                    "of its response curve",
                )
            )
    if brief.economics is not None:
        at = "fact:economics"
        entries.append(("order_value", "Order value", f"{at}.order_value", "Revenue of one order"))
        entries.append(("gross_margin", "Gross margin", f"{at}.gross_margin", "Share of revenue left after the goods"))
        if brief.economics.monthly_retention is not None:
            entries.append(
                ("retention", "Monthly retention", f"{at}.monthly_retention", "Share who order again each month")
            )
    return Sheet(
        name="Inputs",
        title="Inputs of the budget",
        columns=[
            {"key": "label", "label": "Input"},
            {"key": "value", "label": "Value"},
            {"key": "note", "label": "What it is"},
        ],
        rows={
            f"in-{row}": {"label": label, "value": SheetCell(ref=ref), "note": note}
            for row, label, ref, note in entries
        },
        note="Change a value in the second column: the other sheets follow.",
    )


def _budget_sheet(brief: Brief, inputs: Inputs, output: Output, solver: Solver | None) -> Sheet:
    digits = minor_units(output.currency)
    forecast = output.expected_results is not None
    by_amount = brief.budget.reserve_amount is not None
    reserve = "[[fact:budget.reserve_amount]]"
    if not by_amount:
        reserve = f"ROUND([[self#total]]*[[fact:budget.reserve_rate]],{digits})"
    rows: Rows = {
        "total": {"label": "Total budget", "amount": _figure("total", "[[fact:budget.total]]")},
        "reserve": {"label": "Reserve", "amount": _figure("reserve", reserve)},
        "production": {"label": "Production", "amount": _figure("production", "[[fact:budget.production]]")},
        "available": {
            "label": "Available for media",
            "amount": _figure("media_available", "[[self#total]]-[[self#reserve]]-[[self#production]]"),
        },
    }
    for key in by_spend(output):
        rows[f"line-{key}"] = _line_row(inputs, output, key, digits, solver)
    rows |= {
        "media": {"label": "Media", "amount": _figure("media", "SUM([[self#lines.*.spend]])")},
        "unallocated": {
            "label": "Unallocated",
            "amount": _figure("unallocated", f"ROUND([[self#media_available]]-[[self#media]],{digits})"),
        },
        "working": {
            "label": "Media and production",
            "amount": _figure("working_total", "[[self#media]]+[[self#production]]"),
        },
        "check": {
            "label": "Check: total less everything above (must be zero)",
            "amount": SheetCell(
                formula="ROUND([[self#total]]-[[self#reserve]]-[[self#production]]-[[self#media]]-[[self#unallocated]],"
                f"{digits})",
                unit="money",
            ),
        },
        "shortfall": {
            "label": "Check: required minimums that do not fit (must be zero)",
            "amount": SheetCell(formula=_shortfall(inputs), unit="money"),
        },
    }
    if forecast:
        rows["media"]["results"] = _figure("expected_results", "SUM([[self#lines.*.expected_results]])")
        rows["media"]["cost"] = _quotient(
            output.media_cost_per_result, "media_cost_per_result", "[[self#media]]", "[[self#expected_results]]", digits
        )
        rows["working"]["cost"] = _quotient(
            output.cost_per_result, "cost_per_result", "[[self#working_total]]", "[[self#expected_results]]", digits
        )
    columns: list[Column] = [{"key": "label", "label": "Line"}, {"key": "amount", "label": "Amount", "unit": "money"}]
    if forecast:
        columns += [
            {"key": "results", "label": f"Expected {brief.campaign.result_name}", "unit": "count"},
            {"key": "cost", "label": "Per result", "unit": "money"},
            {"key": "next", "label": "Next result costs", "unit": "money"},
        ]
    return Sheet(name="Budget", title="The budget, optimised", columns=columns, rows=rows, note=_note(solver))


def _note(solver: Solver | None) -> str:
    if solver is None:
        return (
            "This plan has too many channels for the workbook to optimise: the spends are those of the plan. Plan anew "
            "after changing an input."
        )
    if not solver.rechooses:
        return (
            "The hidden sheets optimise the spends anew when an input changes, for the optional channels that the plan "
            "chose to use. Plan anew to have that choice made again."
        )
    return "The hidden sheets optimise the spends anew, optional channels included, when an input changes."


def _figure(path: str, formula: str) -> SheetCell:
    return SheetCell(ref=f"self#{path}", formula=formula)


def _quotient(value: object, path: str, above: str, below: str, digits: int) -> SheetCell:
    """Money per result; a helper cell where the plan has no such figure."""
    formula = f'IF({below}>0,ROUND({above}/{below},{digits}),"")'
    return SheetCell(formula=formula, unit="money") if value is None else _figure(path, formula)


def _line_row(
    inputs: Inputs, output: Output, key: str, digits: int, solver: Solver | None
) -> dict[str, str | SheetCell]:
    line, channel = output.lines[key], inputs.channel_plan.channels[key]
    spend = f"[[self#lines.{key}.spend]]"
    formula = solver.spends[key] if solver else None
    row: dict[str, str | SheetCell] = {
        "label": line.label,
        "amount": SheetCell(ref=f"self#lines.{key}.spend", formula=formula),
    }
    if channel.curve is None:
        return row
    results = f"[[self#lines.{key}.expected_results]]"
    row["results"] = _figure(f"lines.{key}.expected_results", f"ROUND({results_formula(key, channel, spend)},2)")
    row["cost"] = _quotient(line.cost_per_result, f"lines.{key}.cost_per_result", spend, results, digits)
    a = bound_ref(key, "curve.a")
    if channel.curve.form == "power":
        b = bound_ref(key, "curve.b")
        price = f"{spend}^(1-{b})/({a}*{b})"
    else:
        price = f"({bound_ref(key, 'curve.scale')}+{spend})/{a}"
    if channel.curve.form == "power" or (channel.minimum_applies == "if_used" and channel.minimum):
        price = f'IF({spend}>0,ROUND({price},{digits}),"")'
    else:
        price = f"ROUND({price},{digits})"
    path = f"lines.{key}.marginal_cost"
    row["next"] = SheetCell(formula=price, unit="money") if line.marginal_cost is None else _figure(path, price)
    return row


def _shortfall(inputs: Inputs) -> str:
    required = [
        bound_ref(key, "minimum")
        for key, channel in sorted(inputs.channel_plan.channels.items())
        if channel.minimum_applies != "if_used"
    ]
    # Where the channels that are used are kept as chosen, their minimums may not fit either.
    return f"MAX(0,{'+'.join(required) or '0'}-[[self#media_available]])+MAX(0,-[[self#unallocated]])"


def _economics_sheet(brief: Brief, output: Output) -> Sheet:
    customer = output.economics
    assert customer is not None and brief.economics is not None  # the caller has seen to it
    digits = minor_units(output.currency)
    exact = "[[fact:economics.order_value]]*[[fact:economics.gross_margin]]"
    contribution, cost = "[[self#economics.contribution_per_order]]", "[[self#economics.cost_per_result]]"
    retained = brief.economics.monthly_retention is not None
    stay = "[[fact:economics.monthly_retention]]"
    lifetime = f"IF({stay}<1,ROUND({exact}/(1-{stay}),{digits}),{ABSENT})"
    units = "[[self#economics.break_even_results]]"
    entries: list[tuple[str, str, str, str, object, bool]] = [
        ("contribution", "Contribution per order", "contribution_per_order", f"ROUND({exact},{digits})", 1, True),
        ("cost", "Cost per result, media and production", "cost_per_result", "[[self#cost_per_result]]", 1, True),
        ("profit", "First-order profit", "first_order_profit", f"ROUND({exact}-{cost},{digits})", 1, True),
        (
            "payback",
            "Payback",
            "payback_months",
            _payback(exact, cost, stay if retained else None),
            customer.payback_months,
            True,
        ),
        (
            "lifetime",
            "Lifetime contribution",
            "lifetime_contribution",
            lifetime,
            customer.lifetime_contribution,
            retained,
        ),
        (
            "ratio",
            "Lifetime contribution to cost",
            "lifetime_to_cost",
            f"IF(AND({stay}<1,{cost}>0),ROUND({exact}/(1-{stay})/{cost},6),{ABSENT})",
            customer.lifetime_to_cost,
            retained,
        ),
        (
            "break_even",
            "Break-even results",
            "break_even_results",
            f"IF({contribution}>0,-INT(0.000000001-[[self#working_total]]/{contribution}),{ABSENT})",
            customer.break_even_results,
            True,
        ),
    ]
    if customer.break_even_results is not None and customer.margin_of_safety is not None:
        safety = f"ROUND(([[self#expected_results]]-{units})/[[self#expected_results]],6)"
        entries.append(("safety", "Margin of safety", "margin_of_safety", safety, 1, True))
    units_of = {"payback": "months", "ratio": "ratio", "break_even": "count"}
    return Sheet(
        name="Economics",
        title="Economics of one customer",
        columns=[{"key": "label", "label": "Measure"}, {"key": "value", "label": "Value"}],
        rows={
            row: {
                "label": label,
                "value": SheetCell(formula=formula, unit=units_of.get(row, "money"))
                if value is None
                else _figure(f"economics.{path}", formula),
            }
            for row, label, path, formula, value, shown in entries
            if shown
        },
        note="A customer's first order falls into the first month. Contributions are not discounted.",
    )


def _payback(contribution: str, cost: str, stay: str | None) -> str:
    """The smallest k with m*(1-r^k)/(1-r) >= cost, in closed form."""
    if stay is None:
        return f"IF(AND({contribution}>0,{contribution}>={cost}),1,{NEVER})"
    endless = f"-INT(0.000000001-{cost}/({contribution}))"
    left = f"1-{cost}*(1-{stay})/({contribution})"
    later = f"IF({left}<=0,{NEVER},-INT(0.000000001-LN({left})/LN({stay})))"
    repeat = f"IF({stay}<=0,{NEVER},IF({stay}>=1,{endless},{later}))"
    return f"IF({contribution}<=0,{NEVER},IF({contribution}>={cost},1,{repeat}))"
