"""The text, tables, sheets and picture of the valuation of initiatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    draft,
    few,
    figure_sheet,
    figure_table,
    heading,
    headline,
    own,
    picture,
    shown,
    would_change,
)
from experts.core.money import minor_units

if TYPE_CHECKING:
    from experts.core.blocks import Cell, Sheet, SheetCell, Table
    from experts.finance_accountant.actions.initiative_valuation import Brief, Output

Cells = dict[str, "Cell"]
Rows = dict[str, dict[str, "str | SheetCell"]]


def ranked(output: Output) -> list[str]:
    """Initiatives by expected net present value, best first."""
    return sorted(output.initiatives, key=lambda key: (-output.initiatives[key].expected_npv, key))


def narrative_of(output: Output) -> str:
    """The best and the worst, and which pay only with luck."""
    order = ranked(output)
    best = output.initiatives[order[0]]
    parts = [
        f"At a discount rate of {own('discount_rate')} {best.label} has the highest expected net present value, "
        f"{own(f'initiatives.{order[0]}.expected_npv')} for an investment of {own(f'initiatives.{order[0]}.investment')}."
    ]
    luck = [output.initiatives[key].label for key in order if _only_with_luck(output, key)]
    if luck:
        verb = "pays" if len(luck) == 1 else "pay"
        parts.append(
            f"{few(luck)} {verb} if every benefit comes, and not once the benefits are weighted by their chance."
        )
    never = [output.initiatives[key].label for key in order if output.initiatives[key].npv < 0]
    if never:
        verb = "does" if len(never) == 1 else "do"
        parts.append(
            f"{few(never)} {verb} not pay even if every benefit comes, and can only stand as a step to others."
        )
    return " ".join(parts)


def _only_with_luck(output: Output, key: str) -> bool:
    value = output.initiatives[key]
    return value.expected_npv < 0 <= value.npv


def document_of(brief: Brief, output: Output) -> list[Block]:
    """Headline, the initiatives side by side, the sheets."""
    order = ranked(output)
    return draft(
        headline(
            f"{output.initiatives[order[0]].label} is worth most: {own(f'initiatives.{order[0]}.expected_npv')} once its "
            "benefits are weighted by their chance."
        ),
        picture(
            "innovation-values",
            "Net present value by initiative",
            "Bars by initiative: net present value if all benefits come, and weighted by their chance.",
        ),
        heading("Each initiative on its own"),
        _table(output, order),
        would_change(_changes(output, order)),
        _flow_sheet(brief, output),
        _value_sheet(brief, output),
        _quarter_sheet(brief, output),
    )


def _table(output: Output, order: list[str]) -> Table | None:
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
    return figure_table(
        "Value of each initiative",
        {
            "name": ("Initiative", "text"),
            "investment": ("Investment", "money"),
            "npv": ("NPV if all benefits come", "money"),
            "chance": ("Chance of the benefits", "rate"),
            "expected": ("Expected NPV", "money"),
            "payback": ("Payback, years", "count"),
        },
        rows,
        "Expected NPV counts the benefits with their chance and the costs in full. Payback counts from the first year, "
        "undiscounted, if all benefits come; a dash means not within the years given.",
    )


def _changes(output: Output, order: list[str]) -> list[str]:
    found = [
        f"{output.initiatives[key].label}: expected NPV is {own(f'initiatives.{key}.expected_npv')} at a chance of "
        f"{own(f'initiatives.{key}.chance')}, and {own(f'initiatives.{key}.npv')} if the benefits are certain."
        for key in order
        if _only_with_luck(output, key)
    ]
    return found[:3]


def _flow_sheet(brief: Brief, output: Output) -> Sheet | None:
    """Every row of the brief, to be changed in place."""
    rows: Rows = {}
    for key, row in brief.cash_flows.items():
        rows[key] = {
            "initiative": output.initiatives[row.initiative].label,
            "year": at(f"fact:cash_flows.{key}.year", "text"),
            "quarter": at(f"fact:cash_flows.{key}.quarter", "text") if row.quarter else NONE,
            "kind": {"investment": "Investment", "running": "Running cost", "benefit": "Benefit"}[row.kind],
            "line": row.label or "",
            "amount": at(f"fact:cash_flows.{key}.amount", "money"),
        }
    return figure_sheet(
        "Cash flows",
        "Cash flows by initiative, year and line",
        {
            "initiative": ("Initiative", "text"),
            "year": ("Year", "text"),
            "quarter": ("Quarter", "text"),
            "kind": ("Kind", "text"),
            "line": ("Line", "text"),
            "amount": ("Amount", "money"),
        },
        rows,
        "Change an amount: the values, the case and its phasing follow. Which initiatives are chosen does not.",
    )


def _value_sheet(brief: Brief, output: Output) -> Sheet | None:
    """Three rows an initiative and its net by year, NPV and expected NPV, all live."""
    digits = minor_units(output.currency)
    years = list(next(iter(output.initiatives.values())).years)
    rate = "[[fact:finance.discount_rate]]"
    amounts: dict[tuple[str, str, str], list[str]] = {}
    for key, row in brief.cash_flows.items():
        amounts.setdefault((row.initiative, row.kind, f"year_{row.year}"), []).append(
            f"[[fact:cash_flows.{key}.amount]]"
        )
    named = {f"year_{row.year}": key for key, row in brief.cash_flows.items()}
    rows: Rows = {
        "years": {
            "name": "Year",
            **{year: at(f"fact:cash_flows.{named[year]}.year", "text") for year in years if year in named},
        },
        "rate": {"name": "Discount rate", "total": at("fact:finance.discount_rate", "rate")},
    }
    for key, value in output.initiatives.items():
        base = f"self#initiatives.{key}"
        rows[f"{key}-chance"] = {
            "name": value.label,
            "line": "Chance of the benefits",
            "total": at(f"fact:initiatives.{key}.chance", "rate"),
        }
        for kind, label in (("investment", "Investment"), ("running", "Running cost"), ("benefit", "Benefit")):
            cells: dict[str, str | SheetCell] = {"name": value.label, "line": label}
            for year in years:
                cells[year] = at(f"{base}.years.{year}.{kind}", "money", _sum(amounts.get((key, kind, year), [])))
            cells["total"] = at(f"{base}.{kind}", "money", f"SUM([[{base}.years.*.{kind}]])")
            cells["present"] = at(
                f"{base}.present_{kind}",
                "money",
                f"ROUND(NPV({rate},[[{base}.years.*.{kind}]])*(1+{rate}),{digits})",
            )
            rows[f"{key}-{kind}"] = cells
        cells = {"name": value.label, "line": "Net"}
        for year in years:
            at_year = f"{base}.years.{year}"
            cells[year] = at(
                f"{at_year}.net", "money", f"[[{at_year}.benefit]]-[[{at_year}.running]]-[[{at_year}.investment]]"
            )
        cells["present"] = at(f"{base}.npv", "money", f"ROUND(NPV({rate},[[{base}.years.*.net]])*(1+{rate}),{digits})")
        cells["expected"] = at(
            f"{base}.expected_npv",
            "money",
            f"ROUND((1+{rate})*([[fact:initiatives.{key}.chance]]*NPV({rate},[[{base}.years.*.benefit]])"
            f"-NPV({rate},[[{base}.years.*.running]])-NPV({rate},[[{base}.years.*.investment]])),{digits})",
        )
        rows[f"{key}-net"] = cells
    return figure_sheet(
        "Initiative values",
        "What each initiative is worth",
        {
            "name": ("Initiative", "text"),
            "line": ("Line", "text"),
            **{year: (_nth(number), "money") for number, year in enumerate(years)},
            "total": ("Sum", "money"),
            "present": ("Present value", "money"),
            "expected": ("Expected NPV", "money"),
        },
        rows,
        "The first year counts in full, each later year one year. Change the rate, a chance or a cash flow.",
    )


def _quarter_sheet(brief: Brief, output: Output) -> Sheet | None:
    """Investment of every initiative by quarter, from the rows; what has no quarter is spread over its year."""
    unit = 10 ** minor_units(output.currency)
    parts: dict[tuple[str, int], dict[int, list[str]]] = {}
    years: dict[int, str] = {}
    for key, row in brief.cash_flows.items():
        years.setdefault(row.year, key)
        if row.kind != "investment" or not row.amount:
            continue
        amount = f"[[fact:cash_flows.{key}.amount]]"
        even = {n: f"INT((ROUND({amount}*{unit},0)+4-{n})/4)/{unit}" for n in (1, 2, 3, 4)}
        for number, formula in ({row.quarter: amount} if row.quarter else even).items():
            parts.setdefault((row.initiative, row.year), {}).setdefault(number, []).append(formula)
    rows: Rows = {}
    for initiative, year in sorted(parts):
        value = output.initiatives[initiative]
        rows[f"{initiative}-{year}"] = {
            "name": value.label,
            "year": at(f"fact:cash_flows.{years[year]}.year", "text"),
            **{
                f"q{number}": at(f"self#initiatives.{initiative}.quarters.{year}-q{number}", "money", "+".join(refs))
                for number, refs in sorted(parts[initiative, year].items())
                if f"{year}-q{number}" in value.quarters
            },
        }
    return figure_sheet(
        "Quarters",
        "Investment of each initiative by quarter",
        {
            "name": ("Initiative", "text"),
            "year": ("Year", "text"),
            **{
                f"q{n}": (f"{word} quarter", "money")
                for n, word in enumerate(("First", "Second", "Third", "Fourth"), 1)
            },
        },
        rows,
        "Investment without a quarter is spread evenly over its year.",
    )


def _nth(number: int) -> str:
    names = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
    return f"{names[number]} year" if number < len(names) else "Later year"


def _sum(refs: list[str]) -> str:
    return "+".join(refs) if refs else "0"


def pictures_of(brief: Brief, output: Output) -> dict[str, str]:
    """Net present values side by side."""
    from experts.finance_accountant.actions._innovation_pictures import value_bars

    rows = [(output.initiatives[key].label, output.initiatives[key]) for key in ranked(output)]
    return {"innovation-values": value_bars([(name, v.npv, v.expected_npv) for name, v in rows], output.currency)}
