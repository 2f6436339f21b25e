"""The text and tables of a young company's financial plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Callout, Table
from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    draft,
    event,
    figure_table,
    headline,
    monday,
    own,
    picture,
    shown,
    text,
    title_of,
    would_change,
)
from experts.finance_accountant.actions._startup_sheets import sheets_of

if TYPE_CHECKING:
    from experts.core.blocks import Cell
    from experts.finance_accountant.actions.financial_planning_and_funding_strategy import (
        Brief,
        Inputs,
        Judgement,
        Output,
    )

INCOME = {
    "revenue": "Revenue",
    "cost_of_sales": "Cost of sales",
    "gross_profit": "Gross profit",
    "payroll": "Payroll",
    "operating": "Operating costs",
    "marketing": "Marketing",
    "depreciation": "Depreciation",
    "other_income": "Grants",
    "pre_tax": "Profit before tax",
    "tax": "Income tax",
    "net_income": "Net income",
}
CASH = {
    "net_income": "Net income",
    "depreciation": "Depreciation",
    "receivables_increase": "Less: increase of receivables",
    "payables_increase": "Increase of payables",
    "operating_cash": "Cash from operations",
    "equipment": "Less: equipment",
    "founders_money": "Founders' money",
    "safe_money": "SAFEs",
    "round_money": "Priced rounds",
    "financing": "Cash from financing",
    "cash_change": "Change of cash",
    "cash": "Cash at the end",
}
BALANCE = {
    "cash": "Cash",
    "receivables": "Receivables",
    "fixed_assets": "Equipment, net",
    "assets": "Assets",
    "payables": "Payables",
    "safes": "SAFEs outstanding",
    "liabilities": "Liabilities",
    "capital": "Paid-in capital",
    "retained": "Retained earnings",
    "equity": "Equity",
}
_TOTALS = {
    "gross_profit",
    "pre_tax",
    "net_income",
    "operating_cash",
    "financing",
    "cash_change",
    "cash",
    "assets",
    "equity",
}


def narrative_of(brief: Brief, output: Output) -> str:
    """The need, what investors bring, when cash is lowest, when profit comes."""
    return f"{_need(output)} {_runway(output)} {_profit(output)}"


def _need(output: Output) -> str:
    if not output.funding_need:
        return "The company needs no money from investors in this plan: its cash stays above the least balance without them."
    verdict = f"{own('spare')} more than that" if output.spare >= 0 else "less than that"
    if not output.investor_money:
        return f"The company needs {own('funding_need')} from investors, and none is planned."
    return f"The company needs {own('funding_need')} from investors; {own('investor_money')} is planned, {verdict}."


def _runway(output: Output) -> str:
    low = f"Cash is lowest in the month that begins on {own('lowest_cash_month')}, at {own('lowest_cash')}"
    if output.runway_ends is not None:
        return (
            f"{low}; it runs out in the month that begins on {own('runway_ends')}, after {own('runway_months')} months."
        )
    return f"{low}, and lasts through all {own('month_count')} months."


def _profit(output: Output) -> str:
    if output.profit_from is None:
        return (
            f"The plan makes no lasting profit within its months; it ends with {own('closing_customers')} customers and "
            f"{own('closing_cash')} in cash."
        )
    return (
        f"Profit stays from the month of {own('profit_from')} on; the plan ends with {own('closing_customers')} customers and "
        f"{own('closing_cash')} in cash."
    )


def document_of(brief: Brief, inputs: Inputs, judgement: Judgement, output: Output) -> list[Block]:
    """Headline, cash picture, need and runway, three statements by year, stresses, funding, sheets."""
    short = output.spare < 0 or output.runway_ends is not None
    return draft(
        headline(f"{_need(output)} {_runway(output)}", "warning" if short else "good"),
        picture(
            "plan_cash",
            "Cash by month",
            "Line of the cash at the end of each month with and without investors' money; money received is marked.",
        ),
        _summary(output),
        text(_basis(output)),
        _years(output, "Income statement by year", INCOME),
        picture(
            "plan_profit", "Revenue and costs", "Bars of revenue and of all costs by month, with net income as a line."
        ),
        _years(output, "Cash flow by year", CASH),
        _years(output, "Balance sheet at the end of each year", BALANCE),
        _funding(brief, output),
        _stress(output),
        _deferred(judgement),
        would_change(_changes(output)),
        monday(_monday(output)),
        event(
            "Lowest cash of the plan falls in this month",
            "self#lowest_cash_month",
            None,
            "Check the forecast beforehand.",
        ),
        event("Sales begin", "fact:plan.sales_begin"),
        *sheets_of(brief, inputs, output),
    )


def _basis(output: Output) -> str:
    if output.acquisition_known:
        return (
            f"Winning a customer costs {own('acquisition_cost')} here, as the channel plan works it out for the money that this "
            "plan spends on marketing; both were worked out in turn until neither changed."
        )
    return f"Winning a customer is taken to cost {own('acquisition_cost')}, the founders' own guess."


def _summary(output: Output) -> Table | None:
    entries = [
        ("need", "Needed from investors", "funding_need", "So that cash never falls below the least balance."),
        ("planned", "Planned from investors", "investor_money", "SAFEs and rounds received within the plan's months."),
        ("spare", "Planned beyond the need", "spare", "Negative: this much is missing."),
        ("other", "Founders' money and grants", "other_money", "Received within the plan's months."),
        ("low", "Lowest cash", "lowest_cash", "At the end of a month, with all money planned."),
        ("burn", "Largest burn in a month", "largest_burn", "Cash used in a month before money from outside."),
        ("before", "Costs before sales begin", "before_sales", "Everything but payroll, equipment included."),
        ("runway", "Months with cash", "runway_months", "Months before cash falls below zero."),
        ("customers", "Customers at the end", "closing_customers", "After those who leave."),
        ("marketing", "Marketing a month", "marketing_per_month", "Average of the first year of sales."),
        ("people", "People at the end", "headcount_last_month", "On the payroll in the last month."),
    ]
    rows: dict[str, dict[str, Cell]] = {
        key: {"name": name, "value": shown(True, f"self#{path}"), "meaning": meaning}
        for key, name, path, meaning in entries
    }
    columns = {"name": ("Measure", "text"), "value": ("Value", ""), "meaning": ("What it means", "text")}
    return figure_table("Money needed and how long it lasts", columns, rows)


def _years(output: Output, title: str, lines: dict[str, str]) -> Table | None:
    columns = {"line": ("Line", "text")} | {f"y-{year}": (_year(output, year), "money") for year in output.years}
    rows: dict[str, dict[str, Cell]] = {}
    for name, label in lines.items():
        if name in ("other_income", "tax", "safes") and not any(getattr(year, name) for year in output.years.values()):
            continue
        rows[name] = {
            "line": label,
            **{f"y-{year}": shown(True, f"self#years.{year}.{name}") for year in output.years},
        }
    first = next(iter(output.years))
    part = output.years[first].month_count < 12
    note = "The first year has fewer months than a calendar year." if part else ""
    return figure_table(title, columns, rows, note)


def _year(output: Output, year: str) -> str:
    """The heading of a year's column: its number in the plan, since prose holds no digits of its own."""
    order = list(output.years).index(year)
    names = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
    return f"{names[order]} year" if order < len(names) else "Later year"


def _funding(brief: Brief, output: Output) -> Table | None:
    columns = {
        "name": ("Money", "text"),
        "kind": ("Kind", "text"),
        "amount": ("Amount", "money"),
        "day": ("Received", "date"),
    }
    rows: dict[str, dict[str, Cell]] = {}
    for table, label in (("funds", ""), ("safes", "SAFE"), ("rounds", "priced round")):
        for key, each in getattr(brief, table).items():
            kind = label or {"founders": "founders' own", "grant": "grant"}[each.kind]
            rows[f"{table}-{key}"] = {
                "name": title_of(key, each.label),
                "kind": kind,
                "amount": shown(True, f"fact:{table}.{key}.amount"),
                "day": shown(True, f"fact:{table}.{key}.received"),
            }
    return figure_table("Money from outside", columns, rows, "A SAFE is a liability here until the first priced round.")


def _stress(output: Output) -> Table | None:
    columns = {
        "name": ("One thing worse", "text"),
        "need": ("Needed from investors", "money"),
        "low": ("Lowest cash", "money"),
        "close": ("Cash at the end", "money"),
        "out": ("Cash runs out", "date"),
    }
    rows: dict[str, dict[str, Cell]] = {
        "plan": {
            "name": "The plan",
            "need": shown(True, "self#funding_need"),
            "low": shown(True, "self#lowest_cash"),
            "close": shown(True, "self#closing_cash"),
            "out": shown(output.runway_ends, "self#runway_ends"),
        }
    }
    for key, one in output.stress.items():
        ref = f"self#stress.{key}"
        rows[key] = {
            "name": one.label,
            "need": shown(True, f"{ref}.funding_need"),
            "low": shown(True, f"{ref}.lowest_cash"),
            "close": shown(True, f"{ref}.closing_cash"),
            "out": shown(one.runway_ends, f"{ref}.runway_ends"),
        }
    note = (
        f"Each line changes one thing by [[judgement:stress_step]], the delay by half a year, and keeps the money planned. {NONE} "
        "in the last column: cash lasts through the plan."
    )
    return figure_table("What if one thing is worse", columns, rows, note)


def _deferred(judgement: Judgement) -> Callout | None:
    if not judgement.defer_hires:
        return None
    return Callout(
        tone="decision",
        text="Everybody hired after the first month starts [[judgement:defer_hires]] months later than the founders planned, to keep "
        "cash above the least balance. Decide whether the launch can bear it.",
    )


def _changes(output: Output) -> list[str]:
    worst = sorted(output.stress, key=lambda key: (-output.stress[key].funding_need, key))
    found = [
        f"{output.stress[key].label}: the money needed from investors becomes {own(f'stress.{key}.funding_need')} instead of "
        f"{own('funding_need')}."
        for key in worst[:3]
        if output.stress[key].funding_need > output.funding_need
    ]
    if output.investor_money:
        found.append("Money that arrives a month late: the lowest balance shows how much of that the plan can bear.")
    return found


def _monday(output: Output) -> list[str]:
    found = [
        "Whoever keeps the books: open an account for each line of the monthly statements and report against them every month.",
    ]
    if output.spare < 0:
        found.insert(0, "All founders: decide which costs wait, or how more is raised, before anyone is hired.")
    elif output.investor_money:
        found.insert(
            0,
            f"A founder: show investors this plan with the need of {own('funding_need')}, and its worst case beside it.",
        )
    found.append(
        f"All founders: agree what you stop if cash at a month's end is below the plan; the largest burn is {own('largest_burn')} a month."
    )
    return found
