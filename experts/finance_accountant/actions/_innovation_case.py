"""The text, tables, sheets and pictures of the investment case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.contract import Block
from experts.core.drafting import (
    at,
    draft,
    figure_sheet,
    figure_table,
    headline,
    helper,
    monday,
    own,
    picture,
    shown,
    would_change,
)
from experts.core.money import minor_units

if TYPE_CHECKING:
    from experts.core.blocks import Cell, Sheet, SheetCell, Table
    from experts.finance_accountant.actions.digital_investment_roi_analysis import Brief, Inputs, Output

Cells = dict[str, "Cell"]
Rows = dict[str, dict[str, "str | SheetCell"]]


def year_name(key: str) -> str:
    """ "year_2027" as a head: "Year 2027"."""
    return key.replace("_", " ").capitalize()


def quarter_name(key: str, start: bool = False) -> str:
    """ "2027-q1" as words: "the first quarter of year 2027", or as a head "Year 2027, first quarter"."""
    year, _, number = key.partition("-q")
    said = ("first", "second", "third", "fourth")[int(number) - 1]
    return f"Year {year}, {said} quarter" if start else f"the {said} quarter of year {year}"


def narrative_of(brief: Brief, output: Output) -> str:
    """What it earns, how sure, when the money is needed."""
    parts = [
        f"The funded set takes {own('investment')} of {said_budget()} and is worth {own('npv')} at a discount rate of "
        f"{own('discount_rate')} if every benefit comes, and {own('expected_npv')} with each benefit weighted by its "
        "chance."
    ]
    if output.irr is not None and output.payback_years is not None:
        parts.append(
            f"If every benefit comes, the internal rate of return is {own('irr')} and the money is back after "
            f"{own('payback_years')} years, undiscounted."
        )
    elif output.payback_years is None:
        parts.append("It is not paid back within the years given, even if every benefit comes.")
    if output.break_even_share is not None:
        parts.append(f"It breaks even if {own('break_even_share')} of the benefits come.")
    if output.peak_quarter:
        parts.append(f"Most is needed in {quarter_name(output.peak_quarter)}, {own('peak')}{_limit(brief, output)}.")
    parts.append(f"The sum of all flows is lowest at {own('lowest_cumulative')}.")
    return " ".join(parts)


def _limit(brief: Brief, output: Output) -> str:
    """How the largest quarter stands to the limit."""
    limit = brief.budget.quarterly_limit
    if limit is None:
        return ""
    return (
        f", {'above' if output.peak > limit else 'within'} the limit of [[fact:budget.quarterly_limit]] for one quarter"
    )


def said_budget() -> str:
    """The budget, cited."""
    return "[[fact:budget.total]]"


def document_of(brief: Brief, inputs: Inputs, output: Output) -> list[Block]:
    """Headline, the case by initiative and year, phasing, stress, sheets."""
    tone = "good" if output.expected_npv > 0 else "warning"
    return draft(
        headline(
            f"Invest {own('investment')} for an expected net present value of {own('expected_npv')}, "
            f"{own('npv')} if every benefit comes.",
            "good" if tone == "good" else "warning",
        ),
        _initiative_table(output),
        picture(
            "innovation-case",
            "The case by year",
            "Bars: net of each year of the funded set; line: the sum so far.",
        ),
        _year_table(output),
        picture(
            "innovation-phasing",
            "Investment by quarter",
            "Bars of investment by quarter, with the limit of one quarter where there is one.",
        )
        if output.quarters
        else None,
        _quarter_table(output),
        _stress_table(output),
        would_change(_changes(output)),
        monday(_first(brief, output)),
        _case_sheet(brief, inputs, output),
        _phasing_sheet(brief, inputs, output) if output.quarters else None,
    )


def _initiative_table(output: Output) -> Table | None:
    order = sorted(output.initiatives, key=lambda key: (-output.initiatives[key].expected_npv, key))
    rows: dict[str, Cells] = {
        key: {
            "name": output.initiatives[key].label,
            "investment": shown(True, f"self#initiatives.{key}.investment"),
            "npv": shown(True, f"self#initiatives.{key}.npv"),
            "chance": shown(True, f"self#initiatives.{key}.chance"),
            "expected": shown(True, f"self#initiatives.{key}.expected_npv"),
            "payback": shown(output.initiatives[key].payback_years, f"self#initiatives.{key}.payback_years"),
        }
        for key in order
    }
    rows["all"] = {
        "name": "All that is funded",
        "investment": shown(True, "self#investment"),
        "npv": shown(True, "self#npv"),
        "chance": "\u2013",
        "expected": shown(True, "self#expected_npv"),
        "payback": shown(output.payback_years, "self#payback_years"),
    }
    return figure_table(
        "The case by initiative",
        {
            "name": ("Initiative", "text"),
            "investment": ("Investment", "money"),
            "npv": ("NPV if all benefits come", "money"),
            "chance": ("Chance", "rate"),
            "expected": ("Expected NPV", "money"),
            "payback": ("Payback, years", "count"),
        },
        rows,
        "A dash means not paid back within the years given.",
    )


def _year_table(output: Output) -> Table | None:
    names = ("investment", "running", "benefit", "net", "cumulative")
    rows: dict[str, Cells] = {
        key: {"year": year_name(key), **{name: shown(True, f"self#years.{key}.{name}") for name in names}}
        for key in output.years
    }
    return figure_table(
        "The case by year",
        {
            "year": ("Year", "text"),
            "investment": ("Investment", "money"),
            "running": ("Running cost", "money"),
            "benefit": ("Benefit", "money"),
            "net": ("Net", "money"),
            "cumulative": ("So far", "money"),
        },
        rows,
        "Undiscounted, as if every benefit comes.",
    )


def _quarter_table(output: Output) -> Table | None:
    rows: dict[str, Cells] = {
        key: {
            "quarter": quarter_name(key, start=True),
            "investment": shown(True, f"self#quarters.{key}.investment"),
            "cumulative": shown(True, f"self#quarters.{key}.cumulative"),
        }
        for key in output.quarters
    }
    note = "Each year's investment is spread evenly over its quarters." if output.phasing == "even" else ""
    return figure_table(
        "Investment by quarter",
        {
            "quarter": ("Quarter", "text"),
            "investment": ("Investment", "money"),
            "cumulative": ("So far", "money"),
        },
        rows,
        note,
    )


def _stress_table(output: Output) -> Table | None:
    rows: dict[str, Cells] = {
        "plan": {"case": "As planned", "npv": shown(True, "self#npv")},
        **{key: {"case": _said(key), "npv": shown(True, f"self#stress.{key}.npv")} for key in output.stress},
        "expected": {"case": "Benefits weighted by their chance", "npv": shown(True, "self#expected_npv")},
        **{
            key: {
                "case": f"Discount rate {own(f'at_rates.{key}.rate')}",
                "npv": shown(True, f"self#at_rates.{key}.npv"),
            }
            for key, row in output.at_rates.items()
            if row.rate != output.discount_rate
        },
    }
    return figure_table(
        "What the case withstands",
        {"case": ("If", "text"), "npv": ("Net present value", "money")},
        rows,
        "One thing changes at a time.",
    )


def _said(stress: str) -> str:
    """One stress as a clause."""
    return {
        "benefits_lower": "Benefits fall short by [[judgement:stress_step]]",
        "investment_higher": "Investment runs over by [[judgement:stress_step]]",
        "benefits_late": "All benefits come a year later",
    }[stress]


def _changes(output: Output) -> list[str]:
    found = []
    if output.break_even_share is not None:
        found.append(
            f"The case breaks even at {own('break_even_share')} of the planned benefits; below that it loses money."
        )
    worst = min(output.stress, key=lambda key: output.stress[key].npv)
    found.append(f"{_said(worst)}: of the three stresses this hurts most, and leaves {own(f'stress.{worst}.npv')}.")
    return found


def _first(brief: Brief, output: Output) -> list[str]:
    first = next(iter(output.quarters), "")
    found = []
    if first:
        found.append(f"Release {own(f'quarters.{first}.investment')} for {quarter_name(first)}.")
    if brief.budget.quarterly_limit is None:
        found.append("Ask the bank how much may be drawn in one quarter, and give it as budget.quarterly_limit.")
    return found


def _case_sheet(brief: Brief, inputs: Inputs, output: Output) -> Sheet | None:
    """The funded set by year, from the sheet of initiative values, live."""
    digits = minor_units(brief.currency)
    keys, years = list(output.initiatives), list(output.years)
    rate = "[[values#discount_rate]]"
    names = {"investment": "Investment", "running": "Running cost", "benefit": "Benefit", "net": "Net"}
    rows: Rows = {}
    for name, label in names.items():
        cells: dict[str, str | SheetCell] = {"name": label}
        for year in years:
            parts = "+".join(f"[[values#initiatives.{key}.years.{year}.{name}]]" for key in keys)
            cells[year] = at(f"self#years.{year}.{name}", "money", parts)
        rows[name] = cells
    total: dict[str, str | SheetCell] = {"name": "So far"}
    before = ""
    for year in years:
        net = f"[[self#years.{year}.net]]"
        total[year] = at(f"self#years.{year}.cumulative", "money", f"{before}+{net}" if before else net)
        before = f"[[self#years.{year}.cumulative]]"
    rows["cumulative"] = total
    first = years[0]
    rows["investment-all"] = {
        "name": "Investment",
        first: at("self#investment", "money", "SUM([[self#years.*.investment]])"),
    }
    for name, label in (("npv", "Net present value"), ("expected_npv", "Expected net present value")):
        parts = "+".join(f"[[values#initiatives.{key}.{name}]]" for key in keys)
        rows[name] = {"name": label, first: at(f"self#{name}", "money", parts)}
    present = {
        "present_benefit": "+".join(f"[[values#initiatives.{key}.present_benefit]]" for key in keys),
        "present_cost": "+".join(
            f"[[values#initiatives.{key}.present_investment]]+[[values#initiatives.{key}.present_running]]"
            for key in keys
        ),
    }
    rows["present_benefit"] = {
        "name": "Present value of benefits",
        first: at("self#present_benefit", "money", present["present_benefit"]),
    }
    rows["present_cost"] = {
        "name": "Present value of costs",
        first: at("self#present_cost", "money", present["present_cost"]),
    }
    if output.irr is not None:
        rows["irr"] = {
            "name": "Internal rate of return",
            first: at("self#irr", "rate", "ROUND(IRR([[self#years.*.net]]),8)"),
        }
    if output.break_even_share is not None:
        rows["break_even"] = {
            "name": "Share of benefits at which it breaks even",
            first: at("self#break_even_share", "rate", "ROUND([[self#present_cost]]/[[self#present_benefit]],6)"),
        }
    step = "[[judgement:stress_step]]"
    investment = "+".join(f"[[values#initiatives.{key}.present_investment]]" for key in keys)
    formulas = {
        "benefits_lower": f"ROUND([[self#present_benefit]]*(1-{step})-[[self#present_cost]],{digits})",
        "investment_higher": f"ROUND([[self#present_benefit]]-[[self#present_cost]]-{step}*({investment}),{digits})",
        "benefits_late": f"ROUND([[self#present_benefit]]/(1+{rate})-[[self#present_cost]],{digits})",
    }
    rows["step"] = {"name": "Step of the stress", first: at("judgement:stress_step", "rate")}
    for key, row in output.stress.items():
        rows[f"stress-{key}"] = {"name": row.label, first: at(f"self#stress.{key}.npv", "money", formulas[key])}
    return figure_sheet(
        "Investment case",
        "The case of what is funded",
        {"name": ("Line", "text"), **{year: (year_name(year), "money") for year in years}},
        rows,
        "It follows the cash flows and the rate of the sheet Initiative values. Which initiatives are funded does not.",
    )


def _phasing_sheet(brief: Brief, inputs: Inputs, output: Output) -> Sheet | None:
    """Investment by initiative and quarter, its sums live, beside the limit."""
    keys, quarters = list(output.initiatives), list(output.quarters)
    rows: Rows = {}
    if output.phasing == "as_planned":
        for key in keys:
            planned = inputs.values.initiatives[key].quarters
            rows[key] = {
                "name": output.initiatives[key].label,
                **{q: at(f"values#initiatives.{key}.quarters.{q}", "money") for q in quarters if q in planned},
            }
    sums: dict[str, str | SheetCell] = {"name": "Investment"}
    total: dict[str, str | SheetCell] = {"name": "So far"}
    before = ""
    for quarter in quarters:
        cited = [
            f"[[values#initiatives.{key}.quarters.{quarter}]]"
            for key in keys
            if quarter in inputs.values.initiatives[key].quarters
        ]
        formula = ("+".join(cited) or "0") if output.phasing == "as_planned" else None
        sums[quarter] = at(f"self#quarters.{quarter}.investment", "money", formula)
        here = f"[[self#quarters.{quarter}.investment]]"
        total[quarter] = at(f"self#quarters.{quarter}.cumulative", "money", f"{before}+{here}" if before else here)
        before = f"[[self#quarters.{quarter}.cumulative]]"
    rows["all"], rows["sum"] = sums, total
    if brief.budget.quarterly_limit is not None and quarters:
        rows["limit"] = {
            "name": "Limit of one quarter",
            quarters[0]: at("fact:budget.quarterly_limit", "money"),
        }
        rows["room"] = {
            "name": "Left below the limit",
            **{
                q: helper("money", f"[[fact:budget.quarterly_limit]]-[[self#quarters.{q}.investment]]")
                for q in quarters
            },
        }
    return figure_sheet(
        "Phasing",
        "Investment by quarter",
        {
            "name": ("Initiative", "text"),
            **{quarter: (quarter_name(quarter, start=True), "money") for quarter in quarters},
        },
        rows,
        "Quarters are as planned in the brief; change a yellow amount and the sums follow."
        if output.phasing == "as_planned"
        else "Each year's investment is spread evenly over its quarters.",
    )


def _short(quarter: str) -> str:
    """A quarter as an axis says it: "Q1 2027"."""
    year, _, number = quarter.partition("-q")
    return f"Q{number} {year}"


def pictures_of(brief: Brief, output: Output) -> dict[str, str]:
    """The case by year and the phasing by quarter."""
    from experts.finance_accountant.actions._innovation_pictures import case_curve, phasing

    positive = next((year_name(key) for key, row in output.years.items() if row.cumulative >= 0), "")
    said = (
        f"The sum of all flows turns positive in {positive[5:]}" if positive else "The flows given do not pay it back"
    )
    limit = brief.budget.quarterly_limit
    over = "" if limit is None else ", above the limit" if output.peak > limit else ", within the limit"
    found = {
        "innovation-case": case_curve(
            [(key[5:], row.net, row.cumulative) for key, row in output.years.items()], said, brief.currency
        )
    }
    if output.quarters:
        found["innovation-phasing"] = phasing(
            [(_short(key), row.investment) for key, row in output.quarters.items()],
            limit,
            f"Most is invested in {_short(output.peak_quarter)}{over}",
            brief.currency,
        )
    return found
