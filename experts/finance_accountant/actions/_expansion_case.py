"""The business case of an expansion as text, tables and advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Cell, Table
from experts.core.contract import Block
from experts.core.drafting import (
    capitalised,
    draft,
    few,
    figure_table,
    heading,
    headline,
    items,
    joined,
    monday,
    own,
    picture,
    said,
    shown,
    text,
    title_of,
    would_change,
)
from experts.finance_accountant.actions._case import Case
from experts.finance_accountant.actions._case_sheets import sheets_of

if TYPE_CHECKING:
    from experts.finance_accountant.actions.financial_feasibility_analysis import Output


def narrative_of(case: Case, out: Output) -> str:
    """Value, return, funding need, and how committed funding stands to it."""
    return " ".join(part for part in (_worth(case, out), _need(case, out), _cover(case, out)) if part)


def _worth(case: Case, out: Output) -> str:
    base = f"scenarios.{out.base}"
    label = out.scenarios[out.base].label
    irr = f" and returns {own(f'{base}.irr')} a year" if out.scenarios[out.base].irr is not None else ""
    said_ = (
        f"At a required return of {said('fact:case.required_return')}, the scenario “{label}” is worth "
        f"{own(f'{base}.npv')}{irr}"
    )
    if out.expected_npv is None:
        return f"{said_}."
    return (
        f"{said_}. Weighted by the probabilities given, the expansion is worth {own('expected_npv')}; with a probability "
        f"of {own('probability_of_loss')} it loses value."
    )


def _need(case: Case, out: Output) -> str:
    base = out.scenarios[out.base]
    path = f"scenarios.{out.base}"
    if not base.funding_need:
        return "It needs no funding: its running sum never falls below zero."
    back = (
        f"; from {own(f'{path}.payback_month')} on it has paid back what it took"
        if base.payback_month is not None
        else "; within the months of the case it does not pay back what it took"
    )
    return f"It takes up to {own(f'{path}.funding_need')} of cash, deepest in the month that begins on {own(f'{path}.need_month')}{back}."


def _cover(case: Case, out: Output) -> str:
    funds = out.funding
    if funds is None:
        return "The brief names no committed funding, so it is not known whether the need is covered."
    if funds.gap:
        return (
            f"Committed funding of {own('funding.committed')} is not enough: in the month from "
            f"{own('funding.lowest_month')} the plan is short of {own('funding.gap')}, and in "
            f"{own('funding.short_months')} months it is short at all, the first from {own('funding.first_short_month')}."
        )
    return (
        f"Committed funding of {own('funding.committed')} covers it in every month; the least that is left is "
        f"{own('funding.lowest_headroom')}, in the month that begins on {own('funding.lowest_month')}."
    )


def document_of(case: Case, out: Output) -> list[Block]:
    """Headline, scenarios, cash by year, funding, tornado, advice and the workbook."""
    tone = "warning" if out.decision_npv < case.facts.minimum_npv or (out.funding and out.funding.gap) else "good"
    return draft(
        headline(f"{_worth(case, out)} {_cover(case, out)}", "warning" if tone == "warning" else "good"),
        _scenarios(case, out),
        picture(
            "case-npv",
            "Value by scenario",
            "Net present value of each scenario, and the expected value as a dashed line.",
        )
        if len(out.scenarios) > 1
        else None,
        heading("Cash"),
        picture(
            "case-cash",
            "Cash since the start by scenario",
            "Running sum of net cash by month and scenario, with committed funding as a dashed limit.",
        ),
        _years(case, out),
        _quarters(case, out),
        heading("What the value depends on"),
        text(_drivers_text(case, out)),
        picture(
            "case-tornado",
            "What the value depends on",
            "Net present value of the base scenario when one line alone is smaller or larger.",
        ),
        _drivers(case, out),
        text(_counted(case, out)),
        items("What the case leaves out", _left_out(case, out)),
        would_change(_changes(case, out)),
        monday(_first(case, out)),
        *sheets_of(case, out),
    )


def _scenarios(case: Case, out: Output) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {}
    for key, each in out.scenarios.items():
        base = f"self#scenarios.{key}"
        rows[key] = {
            "scenario": f"{each.label} (planned on)" if key == out.base and len(out.scenarios) > 1 else each.label,
            "probability": shown(each.probability, f"{base}.probability"),
            "npv": shown(each.npv, f"{base}.npv"),
            "irr": shown(each.irr, f"{base}.irr"),
            "need": shown(each.funding_need, f"{base}.funding_need"),
            "month": shown(each.need_month, f"{base}.need_month"),
            "back": shown(each.payback_month, f"{base}.payback_month"),
        }
    columns = {
        "scenario": ("Scenario", "text"),
        "probability": ("Probability", "rate"),
        "npv": ("NPV", "money"),
        "irr": ("IRR a year", "rate"),
        "need": ("Funding need", "money"),
        "month": ("Deepest in the month from", "date"),
        "back": ("Paid back from", "date"),
    }
    note = (
        "NPV at the end of the first month. A dash under IRR: no single rate; under “paid back”: not within the case."
    )
    return figure_table("The case by scenario", columns, rows, note)


def _years(case: Case, out: Output) -> Table | None:
    years = list(out.scenarios[out.base].years)
    columns = {"year": ("Year to", "date")}
    columns |= {"in": ("Receipts", "money"), "out": ("Payments", "money"), "net": (f"Net, {_label(out)}", "money")}
    others = [key for key in out.scenarios if key != out.base][:4]
    columns |= {f"o-{key}": (f"Net, {out.scenarios[key].label}", "money") for key in others}
    rows: dict[str, dict[str, Cell]] = {}
    for year in years:
        base = f"self#scenarios.{out.base}.years.{year}"
        rows[f"y{year}"] = {
            "year": shown(True, f"{base}.ends"),
            "in": shown(True, f"{base}.receipts"),
            "out": shown(True, f"{base}.payments"),
            "net": shown(True, f"{base}.net"),
            **{f"o-{key}": shown(True, f"self#scenarios.{key}.years.{year}.net") for key in others},
        }
    return figure_table("Cash by calendar year", columns, rows)


def _quarters(case: Case, out: Output) -> Table | None:
    """Every third month, and the deepest one: the whole list by month is in the workbook."""
    months = list(out.months)
    base = out.scenarios[out.base]
    deepest = base.need_month.strftime("%Y-%m") if base.need_month else ""
    kept = [month for at, month in enumerate(months) if at % 3 == 2 or month == deepest or at == len(months) - 1]
    rows: dict[str, dict[str, Cell]] = {}
    for month in kept:
        rows[month] = {
            "ends": shown(True, f"self#months.{month}.ends"),
            "running": shown(True, f"self#scenarios.{out.base}.months.{month}.running"),
            "funds": shown(out.funding, f"self#funding.months.{month}.available"),
            "left": shown(out.funding, f"self#funding.months.{month}.headroom"),
        }
    columns = {"ends": ("At the end of", "date"), "running": (f"Cash so far, {_label(out)}", "money")}
    if out.funding is not None:
        columns |= {"funds": ("Funding committed", "money"), "left": ("Left", "money")}
    rows = {key: {name: cell for name, cell in row.items() if name in columns} for key, row in rows.items()}
    return figure_table(
        "Funding need over time", columns, rows, "Every third month and the deepest; the workbook has every month."
    )


def _label(out: Output) -> str:
    return out.scenarios[out.base].label


def _ranked(out: Output) -> list[str]:
    return sorted(out.drivers, key=lambda key: (-out.drivers[key].swing, key))


def _drivers_text(case: Case, out: Output) -> str:
    ranked = _ranked(out)
    said_ = (
        f"Each line of the scenario “{_label(out)}” is taken {said('judgement:sensitivity_step')} smaller and larger, all "
        f"else as planned. {out.drivers[ranked[0]].label} moves the value most: from {own(f'drivers.{ranked[0]}.low')} to "
        f"{own(f'drivers.{ranked[0]}.high')}."
    )
    change = out.drivers[ranked[0]].break_even_change
    if change is None:
        return said_
    return f"{said_} At a change of {own(f'drivers.{ranked[0]}.break_even_change')} the value would be zero."


def _drivers(case: Case, out: Output) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {}
    for line in _ranked(out)[:12]:
        each, base = out.drivers[line], f"self#drivers.{line}"
        rows[line] = {
            "line": each.label,
            "worth": shown(True, f"{base}.present_value"),
            "low": shown(True, f"{base}.low"),
            "high": shown(True, f"{base}.high"),
            "even": shown(each.break_even_change, f"{base}.break_even_change"),
        }
    rows["required-return"] = {
        "line": "Required return",
        "worth": "–",
        "low": shown(True, "self#required_return.low"),
        "high": shown(True, "self#required_return.high"),
        "even": "–",
    }
    columns = {
        "line": ("Line", "text"),
        "worth": ("Present value", "money"),
        "low": ("NPV, smaller", "money"),
        "high": ("NPV, larger", "money"),
        "even": ("Change until NPV is zero", "rate"),
    }
    return figure_table("One change at a time", columns, rows)


def _counted(case: Case, out: Output) -> str:
    parts = []
    if out.project_cost is not None:
        parts.append(f"{own('project_cost')} for the project and its permits (from the schedule)")
    if out.people_cost is not None:
        parts.append(f"{own('people_cost')} for people (from the hiring plan)")
    counted = f"The case carries {joined(parts)}." if parts else "The case carries only the rows of the brief."
    if out.shift:
        counted += (
            f" The opening is {own('shift')} months later than the brief's tables have in mind, so rows that move with the "
            "opening are moved by as much."
        )
    return counted


def _left_out(case: Case, out: Output) -> list[str]:
    found = []
    if len(out.scenarios) > 1 and case.costs:
        named = joined([each.label.lower() for each in case.costs.values()])
        found.append(
            f"Reactions: {named} cost the same in every scenario, though a slow start would be met by hiring later."
        )
    found += ["Tax: values are before tax, unless a row of the brief is a tax payment."]
    found.append("Value after the last month: none is added unless a row of the brief has it.")
    if not any("interest" in row.line or "loan" in row.line for row in case.rows.values()):
        found.append("Interest and repayment of funding: no row of the brief has them.")
    if "people" not in case.costs:
        found.append("People: the brief lists no positions, so no people cost is in the case.")
    return found


def _changes(case: Case, out: Output) -> list[str]:
    found = []
    for line in _ranked(out)[:3]:
        each = out.drivers[line]
        if each.break_even_change is None:
            found.append(
                f"{each.label}: {said('judgement:sensitivity_step')} less or more takes the value to "
                f"{own(f'drivers.{line}.low')} or {own(f'drivers.{line}.high')}."
            )
        else:
            found.append(
                f"{each.label}: at a change of {own(f'drivers.{line}.break_even_change')}, all else as planned, the "
                "value is zero."
            )
    worst = min(out.scenarios, key=lambda key: out.scenarios[key].npv)
    if worst != out.base:
        found.append(
            f"The scenario “{out.scenarios[worst].label}”: it is worth {own(f'scenarios.{worst}.npv')} and needs "
            f"{own(f'scenarios.{worst}.funding_need')}."
        )
    return found


def _first(case: Case, out: Output) -> list[str]:
    found = []
    if out.funding is not None and out.funding.gap:
        found.append(
            f"Close the gap of {own('funding.gap')} before anything is signed that cannot be cancelled: more funding, "
            "earlier funding, or later spending."
        )
    elif out.funding is None:
        found.append(
            f"Name the funding and its dates: the plan needs {own(f'scenarios.{out.base}.funding_need')} at its deepest."
        )
    else:
        found.append(f"Get the funding of {own('funding.committed')} confirmed in writing, with its dates.")
    top = [out.drivers[line].label for line in _ranked(out)[:2]]
    found.append(
        f"Check {few(top)} again with those who gave the figures: {'they decide' if len(top) > 1 else 'it decides'} the case."
    )
    return found


def warnings_of(case: Case, out: Output) -> list[str]:
    """What the reader must know before deciding."""
    named = [title_of(key, out.scenarios[key].label) for key in out.scenarios if out.scenarios[key].npv < 0]
    found = [*case.flows.warnings, *case.values.warnings]
    if out.funding is not None and out.funding.gap:
        found.append("Committed funding does not cover the base scenario in every month.")
    if out.expected_npv is not None and out.expected_npv < case.facts.minimum_npv:
        found.append("The expected value is below what the brief asks for.")
    if len(out.scenarios) == 1:
        found.append("There is only one scenario; what happens if it does not come true is not shown.")
    if named:
        found.append(f"The value is negative in {capitalised(joined(named))}.")
    return found
