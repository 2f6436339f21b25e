"""The text, tables, canvas and sheet of a business model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Sheet, Table
from experts.core.contract import Block
from experts.core.drafting import (
    at,
    draft,
    few,
    figure_sheet,
    figure_table,
    headline,
    monday,
    own,
    picture,
    shown,
    text,
    would_change,
)
from experts.core.money import minor_units

if TYPE_CHECKING:
    from experts.core.blocks import Cell, SheetCell
    from experts.digital_business_think_tank.actions.business_model_design_and_innovation import Brief, Output
    from experts.digital_business_think_tank.tools.build_business_model_canvas import Canvas


def narrative_of(brief: Brief, output: Output) -> str:
    """What an average customer pays and is worth, what winning one may cost, and which model leads."""
    worth = "stays for as long as nobody leaves, so a lifetime value has no end"
    if output.lifetime_contribution is not None:
        worth = f"stays {own('expected_months')} on average and contributes {own('lifetime_contribution')} in that time, undiscounted"
    first = (
        f"An average customer pays {own('price')} a month, of which {own('contribution')} is left after the cost of serving "
        f"them, and {worth}. Winning one may cost {own('most_to_pay')} at most, if it is to be earned back within "
        f"{own('payback_months')} months."
    )
    return f"{first}{_leads(output)}"


def _short(output: Output) -> str:
    worth = (
        f", and {own('lifetime_contribution')} over the time a customer stays"
        if output.lifetime_contribution is not None
        else ""
    )
    return (
        f"An average customer leaves {own('contribution')} a month{worth}; winning one may cost {own('most_to_pay')} at most."
        f"{_leads(output)}"
    )


def _leads(output: Output) -> str:
    if output.leader is None:
        return ""
    leader = output.alternatives[output.leader]
    flips = f"; its customers would have to fall to {own('flips')} times those assumed before another drew level"
    return (
        f" Of the ways of earning compared, {_low(leader.label)} leaves most cash after [[judgement:years]] years, "
        f"{own(f'alternatives.{output.leader}.cash')}{flips if output.flips is not None else ''}."
    )


def _low(label: str) -> str:
    return f"“{label}”"


def document_of(brief: Brief, output: Output, canvas: Canvas) -> list[Block]:
    """Headline, canvas, plans, average customer, alternatives, sheet."""
    return draft(
        headline(_short(output), "good" if output.contribution > 0 else "warning"),
        picture(
            "model_canvas",
            "Business model canvas",
            "The nine blocks of the business model; every note is a hypothesis until tested.",
        ),
        text(_blocks(output)),
        _plans(output),
        _customer(output),
        _alternatives(output),
        would_change(_changes(output)),
        monday(_monday(brief, output)),
        _sheet(brief, output),
    )


def _blocks(output: Output) -> str:
    if not output.empty:
        return "All blocks of the canvas are filled. Each note is a hypothesis: mark it as tested when customers have confirmed it."
    return (
        f"Blocks still empty: {few(output.empty, 'others', 9)}. Fill them before money is spent on what they would say."
    )


def _plans(output: Output) -> Table | None:
    columns = {
        "name": ("Plan", "text"),
        "group": ("For", "text"),
        "price": ("Price a month", "money"),
        "cost": ("Cost to serve", "money"),
        "left": ("Contribution", "money"),
        "weight": ("Share of customers", "rate"),
        "revenue": ("Revenue a year if all are won", "money"),
    }
    rows: dict[str, dict[str, Cell]] = {
        f"row-{key}": {
            "name": plan.label,
            "group": plan.group_label,
            "price": shown(True, f"self#plans.{key}.price"),
            "cost": shown(True, f"self#plans.{key}.variable_cost"),
            "left": shown(True, f"self#plans.{key}.contribution"),
            "weight": shown(True, f"self#plans.{key}.weight"),
            "revenue": shown(True, f"self#plans.{key}.revenue"),
        }
        for key, plan in output.plans.items()
    }
    rows["all"] = {
        "name": "Average customer",
        "group": "all groups",
        "price": shown(True, "self#price"),
        "cost": shown(True, "self#variable_cost"),
        "left": shown(True, "self#contribution"),
        "weight": "",
        "revenue": shown(True, "self#revenue_if_won"),
    }
    note = "Plans are weighed by the customers that could be won in their group. The last column is a ceiling, not a forecast."
    return figure_table("Prices and what they leave", columns, rows, note)


def _customer(output: Output) -> Table | None:
    entries = [
        ("margin", "Gross margin", "gross_margin", "Contribution as a share of the price."),
        ("churn", "Churn a month", "churn", "Share of customers who leave in a month."),
        ("stay", "Expected stay", "expected_months", "One over the churn."),
        ("life", "Lifetime contribution", "lifetime_contribution", "Contribution a month over the churn."),
        (
            "most",
            "Most to pay for a customer",
            "most_to_pay",
            "Contribution a month times the months of payback allowed.",
        ),
    ]
    rows: dict[str, dict[str, Cell]] = {
        key: {"label": label, "value": shown(True, f"self#{path}"), "meaning": meaning}
        for key, label, path, meaning in entries
        if getattr(output, path) is not None
    }
    columns = {"label": ("Measure", "text"), "value": ("Value", ""), "meaning": ("What it means", "text")}
    return figure_table("An average customer", columns, rows)


def _alternatives(output: Output) -> Table | None:
    columns = {
        "name": ("Way of earning", "text"),
        "result": ("Result of a full year", "money"),
        "even": ("Customers to break even", "count"),
        "ratio": ("Lifetime value to cost of winning", "ratio"),
        "cash": ("Cash after the years", "money"),
        "half": ("If customers halve", "money"),
    }
    rows: dict[str, dict[str, Cell]] = {}
    for key, one in output.alternatives.items():
        ref = f"self#alternatives.{key}"
        rows[key] = {
            "name": f"{one.label} (leads)" if key == output.leader else one.label,
            "result": shown(True, f"{ref}.result"),
            "even": shown(one.break_even_customers, f"{ref}.break_even_customers"),
            "ratio": shown(one.ltv_to_cac, f"{ref}.ltv_to_cac"),
            "cash": shown(True, f"{ref}.cash"),
            "half": shown(True, f"{ref}.cash_if_customers_halve"),
        }
    note = (
        "Each model at its own level of customers, which stays the same; cash over [[judgement:years]] years starts from no "
        "customers. It compares ways of earning and is no budget: that is the financial plan."
    )
    return figure_table("Ways of earning compared", columns, rows, note)


def _changes(output: Output) -> list[str]:
    found = [
        f"Churn: at [[fact:economics.churn]] a month a customer is worth {own('lifetime_contribution')}; the value moves with "
        "one over the churn, so measure it from the first cohort on."
        if output.lifetime_contribution is not None
        else "Churn: none is assumed, which no product keeps up; measure it from the first cohort on.",
        f"The cost of serving a customer: what it takes of {own('price')} comes off the contribution in full.",
    ]
    if output.leader is not None and output.flips is not None:
        found.append(
            f"Fewer than {own('flips')} times the customers assumed for {_low(output.alternatives[output.leader].label)}: then another "
            "way of earning is the better one."
        )
    return found


def _monday(brief: Brief, output: Output) -> list[str]:
    dearest = max(output.plans, key=lambda key: (output.plans[key].price, key))
    found = [
        f"A founder: ask five customers ({output.plans[dearest].group_label}) to sign for the plan {output.plans[dearest].label} at "
        f"{own(f'plans.{dearest}.price')} a month; a signature tests the price, an answer does not."
    ]
    if output.empty:
        found.append(f"All founders: write the empty blocks of the canvas ({few(output.empty, 'others', 4)}).")
    return found


def _sheet(brief: Brief, output: Output) -> Sheet | None:
    digits = minor_units(brief.currency)
    columns = {
        "name": ("Plan", "text"),
        "customers": ("Customers that could be won", "count"),
        "price": ("Price a month", "money"),
        "cost": ("Cost to serve", "money"),
        "left": ("Contribution", "money"),
        "revenue": ("Revenue a year if all are won", "money"),
    }
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key, plan in output.plans.items():
        won = f"market#groups.{plan.group}.obtainable_customers"
        price, cost = f"fact:plans.{key}.price", f"fact:plans.{key}.variable_cost"
        rows[f"row-{key}"] = {
            "name": plan.label,
            "customers": at(won, "count"),
            "price": at(price, "money"),
            "cost": at(cost, "money"),
            "left": at(f"self#plans.{key}.contribution", "money", f"=[[{price}]]-[[{cost}]]"),
            "revenue": at(f"self#plans.{key}.revenue", "money", f"=ROUND([[{won}]]*[[{price}]]*12,{digits})"),
        }
    refs = {key: f"[[market#groups.{plan.group}.obtainable_customers]]" for key, plan in output.plans.items()}

    def mean(column: str) -> str:
        over = "+".join(f"{ref}*[[fact:plans.{key}.{column}]]" for key, ref in refs.items())
        return f"=ROUND(({over})/({'+'.join(refs.values())}),{digits})"

    rows["all"] = {
        "name": "Average customer",
        "price": at("self#price", "money", mean("price")),
        "cost": at("self#variable_cost", "money", mean("variable_cost")),
        "left": at("self#contribution", "money", "=[[self#price]]-[[self#variable_cost]]"),
        "revenue": at("self#revenue_if_won", "money", "=SUM([[self#plans.*.revenue]])"),
    }
    rows["churn"] = {"name": "Churn a month", "price": at("fact:economics.churn", "rate")}
    rows["months"] = {"name": "Months to pay back", "price": at("fact:economics.payback_months", "count")}
    if output.lifetime_contribution is not None:
        rows["life"] = {
            "name": "Lifetime contribution",
            "price": at(
                "self#lifetime_contribution",
                "money",
                f"=ROUND([[self#contribution]]/[[fact:economics.churn]],{digits})",
            ),
        }
    rows["most"] = {
        "name": "Most to pay for a customer",
        "price": at("self#most_to_pay", "money", "=MAX(0,[[self#contribution]]*[[fact:economics.payback_months]])"),
    }
    return figure_sheet("Prices", "Prices and an average customer", columns, rows)


def pictures_of(brief: Brief, canvas: Canvas) -> dict[str, str]:
    """The canvas in its usual layout."""
    from experts.digital_business_think_tank.views.build_business_model_canvas import view

    return {"model_canvas": view(canvas, {"currency": brief.currency}).pictures["canvas"]}
