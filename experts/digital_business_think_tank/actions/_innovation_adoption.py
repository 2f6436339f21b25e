"""The text, table, sheet and picture of an adoption forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.contract import Block
from experts.core.drafting import (
    at,
    draft,
    figure_sheet,
    figure_table,
    headline,
    own,
    picture,
    quoted,
    shown,
    would_change,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, Sheet, SheetCell, Table
    from experts.digital_business_think_tank.actions.digital_adoption_forecast import Brief, Output

Cells = dict[str, "Cell"]


def _what(brief: Brief) -> str:
    return quoted(brief.adoption.label, "fact:adoption.label")


def narrative_of(brief: Brief, output: Output) -> str:
    """How many, when the peak comes, and how sure that is."""
    last = next(reversed(output.periods))
    parts = [
        f"Of {own('potential')} customers who could be won, {own('final')} are expected to be {_what(brief)} after "
        f"{own(f'periods.{last}.year')} years."
    ]
    if output.peak_period:
        parts.append(f"Take-up is fastest {own('peak_period')} years after launch.")
    if output.final_low is not None:
        parts.append(
            f"With one coefficient at a time off by [[judgement:spread]] the end lies between {own('final_low')} and "
            f"{own('final_high')}."
        )
    return " ".join(parts)


def document_of(brief: Brief, output: Output) -> list[Block]:
    """Headline, curve, table, sheet."""
    return draft(
        headline(_headline(brief, output)),
        picture(
            "innovation-adoption",
            "Adoption by year from launch",
            "Bars of new adopters by year with their range, and a line of all adopters so far.",
        ),
        _table(output),
        would_change(_changes(brief, output)),
        _sheet(output),
    )


def _headline(brief: Brief, output: Output) -> str:
    last = next(reversed(output.periods))
    return (
        f"After {own(f'periods.{last}.year')} years {own('final')} of {own('potential')} obtainable customers are expected "
        f"to be {_what(brief)}."
    )


def _table(output: Output) -> Table | None:
    rows: dict[str, Cells] = {
        key: {
            "year": shown(True, f"self#periods.{key}.year"),
            "new": shown(True, f"self#periods.{key}.new"),
            "low": shown(True, f"self#periods.{key}.low"),
            "high": shown(True, f"self#periods.{key}.high"),
            "total": shown(True, f"self#periods.{key}.total"),
        }
        for key in output.periods
    }
    return figure_table(
        "Adoption by year",
        {
            "year": ("Year from launch", "count"),
            "new": ("New", "count"),
            "low": ("Low", "count"),
            "high": ("High", "count"),
            "total": ("So far", "count"),
        },
        rows,
        "Bass model; the range is what the what-ifs or the fit give, not a promise.",
    )


def _changes(brief: Brief, output: Output) -> list[str]:
    found = []
    if not output.observed_periods:
        found.append(
            "Four years of own figures replace borrowed coefficients; until then the range matters more than the middle."
        )
    if output.final_low is not None:
        found.append(
            f"Fewer customers or slower take-up leave {own('final_low')} at the end; more or faster, {own('final_high')}."
        )
    return found


def _sheet(output: Output) -> Sheet | None:
    """The Bass curve live, where its coefficients are given and not fitted."""
    if output.observed_periods:
        return None
    p, q, m = "[[self#innovation]]", "[[self#imitation]]", "[[self#potential_exact]]"
    rows: dict[str, dict[str, str | SheetCell]] = {
        "m": {"name": "Customers who could be won", "total": at("self#potential_exact", "count")},
        "p": {"name": "Coefficient of innovation", "total": at("self#innovation", "ratio")},
        "q": {"name": "Coefficient of imitation", "total": at("self#imitation", "ratio")},
    }
    before = ""
    for key in output.periods:
        total = f"self#periods.{key}.total"
        rows[f"t{key}"] = {
            "name": "Year from launch",
            "year": at(f"self#periods.{key}.year", "count"),
            "new": at(f"self#periods.{key}.new", "count", f"[[{total}]]-[[{before}]]" if before else f"[[{total}]]"),
            "total": at(total, "count", f"ROUND({m}*{_share(f'[[self#periods.{key}.year]]', p, q)},0)"),
        }
        before = total
    return figure_sheet(
        "Adoption",
        "Adoption by the Bass model",
        {"name": ("Line", "text"), "year": ("Year", "count"), "new": ("New", "count"), "total": ("So far", "count")},
        rows,
        "Change the customers or a coefficient: the curve follows. Its range does not.",
    )


def _share(year: str, p: str, q: str) -> str:
    """Share of all adopters at the end of a year."""
    return f"(1-EXP(-({p}+{q})*{year}))/(1+{q}/{p}*EXP(-({p}+{q})*{year}))"


def pictures_of(brief: Brief, output: Output) -> dict[str, str]:
    """The curve."""
    from experts.digital_business_think_tank.actions._innovation_pictures import adoption_curve

    rows = [(key, row.new, row.low, row.high, row.total) for key, row in output.periods.items()]
    title = f"{output.final:,.0f} of {output.potential:,.0f} expected by year {list(output.periods)[-1]}"
    return {"innovation-adoption": adoption_curve(rows, brief.adoption.label, title)}
