"""The workbook of an investment case: rows and assumptions to change; months, values and tornado follow by formula."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from experts.core.blocks import Sheet, SheetCell
from experts.core.drafting import NONE, at, figure_sheet, helper
from experts.core.money import minor_units

if TYPE_CHECKING:
    from experts.finance_accountant.actions._case import Case
    from experts.finance_accountant.actions._case_models import CaseOutput

Row = dict[str, "str | SheetCell"]
ALL = "all"
INPUTS, ROWS, MONTHS, LINES, VALUES, DRIVERS = (
    "Case inputs",
    "Cash flows",
    "Case by month",
    "Base by line",
    "Business case",
    "Tornado",
)
_YEAR = re.compile(r"^\d{4}$")
_LOW, _FAR = Decimal("0.98"), Decimal("0.3")
_RATE = "[[fact:case.required_return]]"


def sheets_of(case: Case, output: CaseOutput) -> list[Sheet | None]:
    """Inputs, rows, the case by month, base by line, values by scenario, tornado."""
    return [
        _values(case, output),
        _months(case, output),
        _drivers(case, output),
        _lines(case, output),
        _inputs(case, output),
        _rows(case),
    ]


def _inputs(case: Case, output: CaseOutput) -> Sheet | None:
    rows: dict[str, Row] = {
        "rate": {"name": "Required return a year", "value": at("fact:case.required_return", "rate")},
        "step": {"name": "Step of the tornado", "value": at("judgement:sensitivity_step", "rate")},
        "shift": {"name": "Months by which the opening is later than planned", "value": at("self#shift", "count")},
    }
    for key, each in case.scenario_facts.items():
        if each.probability is not None:
            rows[f"p-{key}"] = {
                "name": f"Probability of {each.label}",
                "value": at(f"fact:scenarios.{key}.probability", "rate"),
            }
    for key, funds in case.funding_facts.items():
        rows[f"f-{key}"] = {
            "name": f"Funding: {funds.label or key}",
            "value": at(f"fact:funding.{key}.amount", "money"),
            "from": at(f"fact:funding.{key}.available", "date"),
        }
    return figure_sheet(
        INPUTS,
        "What the case assumes",
        {"name": ("", "text"), "value": ("Value", "ratio"), "from": ("Available from", "date")},
        rows,
        "Change a value here: the case, the values and the tornado follow.",
    )


def _rows(case: Case) -> Sheet | None:
    """Rows with the number of their first month, counted from the case's first, and of the months they cover."""
    start = case.facts.start.year * 12 + case.facts.start.month - 1
    rows: dict[str, Row] = {}
    for key, row in case.rows.items():
        period = row.period.strip()
        year, month = int(period[:4]), 1 if _YEAR.match(period) else int(period[5:7])
        first = year * 12 + month - 1 - start + 1
        rows[key] = {
            "line": helper("text", f'"{row.line}"'),
            "scenario": helper("text", f'"{row.scenario or ALL}"'),
            "first": helper("count", f"{first}+[[self#shift]]" if row.moves else f"{first}"),
            "length": helper("count", "12" if _YEAR.match(period) else "1"),
            "period": at(f"fact:cash_flows.{key}.period", "text"),
            "amount": at(f"fact:cash_flows.{key}.amount", "money"),
        }
    return figure_sheet(
        ROWS,
        "Cash flows as they were given",
        {
            "line": ("Line", "text"),
            "scenario": ("Scenario", "text"),
            "period": ("Month or year", "text"),
            "first": ("First month of the case", "count"),
            "length": ("Months", "count"),
            "amount": ("Amount", "money"),
        },
        rows,
        "Receipts are positive, payments negative. A row of the scenario “all” counts in every scenario; the amount of "
        "a year is spread over its months. Rows that move with the opening start later if it does.",
    )


def _share(month: str, digits: int, *conditions: str) -> str:
    """The amount of all rows that fall into a month, by the rule that a year's months add up to the year."""
    first, length = "[[cell:cash-flows/*/first]]", "[[cell:cash-flows/*/length]]"
    amount = "[[fact:cash_flows.*.amount]]"
    chosen = "*".join(f"({condition})" for condition in (*conditions, f"{first}<={month}", f"{first}+{length}>{month}"))
    return (
        f"SUMPRODUCT({chosen}*(ROUND({amount}*({month}-{first}+1)/{length},{digits})"
        f"-ROUND({amount}*({month}-{first})/{length},{digits})))"
    )


def _in_scenario(key: str) -> str:
    scenario = "[[cell:cash-flows/*/scenario]]"
    return f'({scenario}="{key}")+({scenario}="{ALL}")'


def _months(case: Case, output: CaseOutput) -> Sheet | None:
    digits = minor_units(case.currency)
    columns = {"month": ("Month", "text"), "n": ("No.", "count"), "ends": ("Ends", "date")}
    columns |= {f"c-{key}": (each.label, "money") for key, each in case.costs.items()}
    for key, scenario in output.scenarios.items():
        columns |= {
            f"net-{key}": (f"Net, {scenario.label}", "money"),
            f"sum-{key}": (f"So far, {scenario.label}", "money"),
        }
    if output.funding is not None:
        columns |= {"funds": ("Funding committed", "money"), "left": (f"Left, {_base(output)}", "money")}
    rows: dict[str, Row] = {}
    before = ""
    for number, month in enumerate(output.months, 1):
        here = f"[[cell:case-by-month/{month}/n]]"
        row: Row = {
            "month": _name(output, month),
            "n": helper("count", f"{number}"),
            "ends": at(f"self#months.{month}.ends", "date"),
        }
        spent = []
        for key, costs in case.costs.items():
            if month in costs.months:
                row[f"c-{key}"] = at(costs.ref.replace("*", month), "money")
                spent.append(f"-[[{costs.ref.replace('*', month)}]]")
            else:
                row[f"c-{key}"] = NONE
        for key in output.scenarios:
            net, total = (f"self#scenarios.{key}.months.{month}.{name}" for name in ("net", "running"))
            row[f"net-{key}"] = at(net, "money", f"={_share(here, digits, _in_scenario(key))}{''.join(spent)}")
            row[f"sum-{key}"] = at(
                total,
                "money",
                f"=[[self#scenarios.{key}.months.{before}.running]]+[[{net}]]" if before else f"=[[{net}]]",
            )
        if output.funding is not None:
            row["funds"] = at(
                f"self#funding.months.{month}.available",
                "money",
                f"=SUMPRODUCT(([[fact:funding.*.available]]<=[[self#months.{month}.ends]])*[[fact:funding.*.amount]])",
            )
            row["left"] = at(
                f"self#funding.months.{month}.headroom",
                "money",
                f"=[[self#funding.months.{month}.available]]+[[self#scenarios.{output.base}.months.{month}.running]]",
            )
        rows[month] = row
        before = month
    return figure_sheet(MONTHS, "The case month by month", columns, rows, _lines_note(case))


def _lines_note(case: Case) -> str:
    named = " and ".join(each.label.lower() for each in case.costs.values())
    return f"Net is the rows of the scenario less {named}." if named else "Net is the rows of the scenario."


def _name(output: CaseOutput, month: str) -> str | SheetCell:
    return helper("text", f'"{month}"')


def _base(output: CaseOutput) -> str:
    return output.scenarios[output.base].label


def _discounted(amounts: str) -> str:
    ends = "[[self#months.*.ends]]"
    first = "MIN([[self#months.*.ends]])"
    return f"SUMPRODUCT({amounts}/(1+{_RATE})^(({ends}-{first})/365))"


def _values(case: Case, output: CaseOutput) -> Sheet | None:
    digits = minor_units(case.currency)
    columns = {"name": ("", "text"), **{key: (each.label, "money") for key, each in output.scenarios.items()}}
    probability: Row = {"name": "Probability"}
    npv: Row = {"name": "Net present value"}
    irr: Row = {"name": "Internal rate of return"}
    total: Row = {"name": "Sum of all months"}
    need: Row = {"name": "Funding need (deepest point)"}
    back: Row = {"name": "Paid back from"}
    for key, each in output.scenarios.items():
        base, months = f"self#scenarios.{key}", f"self#scenarios.{key}.months.*"
        if each.probability is not None:
            probability[key] = at(f"fact:scenarios.{key}.probability", "rate")
        npv[key] = at(f"{base}.npv", "money", f"=ROUND({_discounted(f'[[{months}.net]]')},{digits})")
        first = next(iter(each.months.values()))
        if each.irr is None:
            irr[key] = NONE
        else:
            # A spreadsheet's XIRR searches from a tenth unless it is told where, and fails where the first flow is zero.
            near = "" if -_FAR <= each.irr <= 1 else f",{max(each.irr, -_LOW):.2f}"
            ends = "[[self#months.*.ends]]"
            formula = f"=ROUND(XIRR([[{months}.net]],{ends}{near}),8)" if first.net else None
            irr[key] = at(f"{base}.irr", "rate", formula)
        total[key] = at(f"{base}.total", "money", f"=SUM([[{months}.net]])")
        need[key] = at(f"{base}.funding_need", "money", f"=MAX(0,-MIN([[{months}.running]]))")
        back[key] = NONE if each.payback_month is None else at(f"{base}.payback_month", "date")
    rows = {"probability": probability, "npv": npv, "irr": irr, "total": total, "need": need, "back": back}
    first_key = next(iter(output.scenarios))
    if output.expected_npv is not None:
        chances = "+".join(
            f"[[fact:scenarios.{key}.probability]]*[[self#scenarios.{key}.npv]]" for key in output.scenarios
        )
        rows["expected"] = {
            "name": "Expected net present value",
            first_key: at("self#expected_npv", "money", f"=ROUND({chances},{digits})"),
        }
        loss = "+".join(
            f"IF([[self#scenarios.{key}.npv]]<0,[[fact:scenarios.{key}.probability]],0)" for key in output.scenarios
        )
        rows["loss"] = {
            "name": "Probability of a negative value",
            first_key: at("self#probability_of_loss", "rate", f"={loss}"),
        }
    if output.funding is not None:
        rows["committed"] = {
            "name": "Funding committed",
            first_key: at("self#funding.committed", "money", "=SUM([[fact:funding.*.amount]])"),
        }
        rows["lowest"] = {
            "name": f"Lowest headroom of any month, {_base(output)}",
            first_key: at("self#funding.lowest_headroom", "money", "=MIN([[self#funding.months.*.headroom]])"),
        }
        rows["gap"] = {
            "name": "Funding gap",
            first_key: at("self#funding.gap", "money", "=MAX(0,-MIN([[self#funding.months.*.headroom]]))"),
        }
    return figure_sheet(
        VALUES,
        "The case by scenario",
        columns,
        rows,
        "Values are before tax, at the end of the first month, as XNPV and XIRR have them. The payback month does not "
        "follow a change made here; plan again for it.",
    )


def _lines(case: Case, output: CaseOutput) -> Sheet | None:
    digits = minor_units(case.currency)
    columns = {"month": ("Month", "text")}
    columns |= {f"l-{line}": (each.label, "money") for line, each in output.drivers.items()}
    rows: dict[str, Row] = {}
    for month in output.months:
        here = f"[[cell:case-by-month/{month}/n]]"
        row: Row = {"month": _name(output, month)}
        for line in output.drivers:
            if line in case.costs:
                ref = case.costs[line].ref.replace("*", month)
                row[f"l-{line}"] = helper("money", f"-[[{ref}]]" if month in case.costs[line].months else "0")
            else:
                named = f'[[cell:cash-flows/*/line]]="{line}"'
                row[f"l-{line}"] = helper("money", _share(here, digits, _in_scenario(output.base), named))
        rows[month] = row
    return figure_sheet(LINES, f"{_base(output)}, line by line", columns, rows)


def _drivers(case: Case, output: CaseOutput) -> Sheet | None:
    digits = minor_units(case.currency)
    npv, step = f"[[self#scenarios.{output.base}.npv]]", "[[judgement:sensitivity_step]]"
    rows: dict[str, Row] = {}
    for line in sorted(output.drivers, key=lambda key: -output.drivers[key].swing):
        each = output.drivers[line]
        exact = _discounted(f"[[cell:base-by-line/*/l-{line}]]")
        worth = f"self#drivers.{line}.present_value"
        total = _discounted(f"[[self#scenarios.{output.base}.months.*.net]]")
        rows[line] = {
            "name": each.label,
            "worth": at(worth, "money", f"=ROUND({exact},{digits})"),
            "low": at(f"self#drivers.{line}.low", "money", f"=ROUND({total}-{step}*{exact},{digits})"),
            "high": at(f"self#drivers.{line}.high", "money", f"=ROUND({total}+{step}*{exact},{digits})"),
            "even": NONE
            if each.break_even_change is None
            else at(f"self#drivers.{line}.break_even_change", "rate", f"=ROUND(-{total}/{exact},6)"),
        }
    low, high = (_discounted(f"[[self#scenarios.{output.base}.months.*.net]]").replace(_RATE, f"{_RATE}*(1{sign}{step})")
                 for sign in ("-", "+"))  # fmt: skip
    rows["required-return"] = {
        "name": "Required return",
        "worth": NONE,
        "low": at("self#required_return.low", "money", f"=ROUND({low},{digits})"),
        "high": at("self#required_return.high", "money", f"=ROUND({high},{digits})"),
        "even": NONE,
    }
    rows["npv"] = {"name": "As planned", "worth": helper("money", npv)}
    return figure_sheet(
        DRIVERS,
        f"Value of {_base(output)} when one line alone changes",
        {
            "name": ("Line", "text"),
            "worth": ("Present value", "money"),
            "low": ("NPV, line smaller", "money"),
            "high": ("NPV, line larger", "money"),
            "even": ("Change until NPV is zero", "rate"),
        },
        rows,
        "A payment that is larger lowers the value. The required return is taken lower and higher by the same step.",
    )
