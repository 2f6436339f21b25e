"""The workbook of a hiring plan: start months and salaries to change; heads and cost by month follow by formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from experts.core.blocks import Sheet, SheetCell
from experts.core.drafting import NONE, at, figure_sheet, helper
from experts.core.money import minor_units
from experts.hr_people_ops.actions._people import RolePriced

if TYPE_CHECKING:
    from experts.hr_people_ops.actions.staffing_and_organizational_planning import Brief, Output

Row = dict[str, "str | SheetCell"]


def sheets_of(brief: Brief, out: Output, priced: Mapping[str, RolePriced]) -> list[Sheet | None]:
    """People by month, roles, heads by role, positions."""
    return [_months_sheet(brief, out), _roles_sheet(brief, out, priced), _heads_sheet(out), _positions_sheet(out)]


def _months_sheet(brief: Brief, out: Output) -> Sheet | None:
    digits = minor_units(out.currency)
    rows: dict[str, Row] = {}
    for month in out.months:
        base = f"self#months.{month}"
        pay = "+".join(
            f"ROUND([[cell:heads-by-role/{month}/h-{role}]]*[[self#roles.{role}.annual_cost]]/12,{digits})"
            for role in out.roles
        )
        starts = f"([[self#positions.*.start]]=[[{base}.begins]])"
        hiring = "+".join(
            f'SUMPRODUCT({starts}*([[cell:positions/*/role]]="{role}"))*[[fact:roles.{role}.hiring_cost]]'
            for role in out.roles
            if brief.roles[role].hiring_cost is not None
        )
        rows[month] = {
            "month": helper("text", f'"{month}"'),
            "begins": at(f"{base}.begins", "date"),
            "hires": at(f"{base}.hires", "count", f"=SUMPRODUCT({starts}*1)"),
            "heads": at(f"{base}.headcount", "count", f"=SUM([[cell:heads-by-role/{month}/h-*]])"),
            "pay": at(f"{base}.pay", "money", f"={pay}"),
            "hiring": at(f"{base}.hiring", "money", f"={hiring or 0}"),
            "cost": at(f"{base}.cost", "money", f"=[[{base}.pay]]+[[{base}.hiring]]"),
        }
    rows["total"] = {
        "month": "Together",
        "hires": at("self#hires", "count", "=SUM([[self#months.*.hires]])"),
        "hiring": at("self#total_hiring", "money", "=SUM([[self#months.*.hiring]])"),
        "cost": at("self#people_cost", "money", "=SUM([[self#months.*.cost]])"),
    }
    return figure_sheet(
        "People by month",
        "Hiring plan with cost by month",
        {
            "month": ("Month", "text"),
            "begins": ("From", "date"),
            "hires": ("Hires", "count"),
            "heads": ("People in post", "count"),
            "pay": ("Pay and on-costs", "money"),
            "hiring": ("Cost of hiring", "money"),
            "cost": ("People cost", "money"),
        },
        rows,
        "Change a start month on the sheet “Positions” (first day of a month) or a salary on “Roles”: this sheet follows.",
    )


def _roles_sheet(brief: Brief, out: Output, priced: Mapping[str, RolePriced]) -> Sheet | None:
    digits = minor_units(out.currency)
    rows: dict[str, Row] = {}
    for key, each in out.roles.items():
        facts, base = brief.roles[key], f"fact:roles.{key}"
        formula = None
        if priced[key].by_rate:
            benefits = f"+[[{base}.benefits]]" if facts.benefits is not None else ""
            formula = f"=[[{base}.salary]]+ROUND([[{base}.salary]]*[[{base}.on_cost_rate]],{digits}){benefits}"
        rows[key] = {
            "role": each.label,
            "positions": at(f"self#roles.{key}.positions", "count"),
            "salary": at(f"{base}.salary", "money"),
            "rate": at(f"{base}.on_cost_rate", "rate") if facts.on_cost_rate is not None else "payroll taxes",
            "benefits": at(f"{base}.benefits", "money") if facts.benefits is not None else NONE,
            "hiring": at(f"{base}.hiring_cost", "money") if facts.hiring_cost is not None else NONE,
            "annual": at(f"self#roles.{key}.annual_cost", "money", formula),
        }
    return figure_sheet(
        "Roles",
        "What a position of each role costs a year",
        {
            "role": ("Role", "text"),
            "positions": ("Positions", "count"),
            "salary": ("Salary", "money"),
            "rate": ("On-cost rate", "rate"),
            "benefits": ("Benefits", "money"),
            "hiring": ("Cost of hiring, once", "money"),
            "annual": ("Cost a year", "money"),
        },
        rows,
        "Where payroll taxes are worked out from tables, the cost a year does not follow a salary changed here.",
    )


def _heads_sheet(out: Output) -> Sheet | None:
    columns = {"month": ("Month", "text"), **{f"h-{key}": (each.label, "count") for key, each in out.roles.items()}}
    rows: dict[str, Row] = {}
    for month in out.months:
        begun = f"([[self#positions.*.start]]<=[[self#months.{month}.begins]])"
        rows[month] = {
            "month": helper("text", f'"{month}"'),
            **{
                f"h-{role}": helper("count", f'SUMPRODUCT({begun}*([[cell:positions/*/role]]="{role}"))')
                for role in out.roles
            },
        }
    return figure_sheet("Heads by role", "People in post by month and role", columns, rows)


def _positions_sheet(out: Output) -> Sheet | None:
    order = sorted(out.positions, key=lambda key: (out.positions[key].start, key))
    rows: dict[str, Row] = {
        key: {
            "id": key,
            "label": out.positions[key].label,
            "role": helper("text", f'"{out.positions[key].role}"'),
            "start": at(f"self#positions.{key}.start", "date"),
            "boss": out.positions[out.positions[key].reports_to or ""].label if out.positions[key].reports_to else NONE,
        }
        for key in order
    }
    return figure_sheet(
        "Positions",
        "Every position by start month",
        {
            "id": ("Id", "text"),
            "label": ("Position", "text"),
            "role": ("Role", "text"),
            "start": ("Starts", "date"),
            "boss": ("Reports to", "text"),
        },
        rows,
    )
