"""The text, tables and pictures of an opportunity assessment."""

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
    headline,
    monday,
    own,
    picture,
    sentence,
    shown,
    text,
    title_of,
    would_change,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, Sheet, SheetCell, Table
    from experts.digital_business_think_tank.actions.innovation_opportunity_assessment import Brief, Output
    from experts.digital_business_think_tank.tools.assess_digital_maturity import Maturity

Cells = dict[str, "Cell"]
LEVEL_NAMES = {
    "tam": "Total market (TAM)",
    "sam": "Reachable market (SAM)",
    "som": "Obtainable market (SOM)",
}


def narrative_of(output: Output) -> str:
    """Maturity, then the market, then what the evidence carries."""
    parts = [
        f"By the rubric {output.company} stands at {own('maturity_index')} of five levels of digital maturity.",
        _gap_sentence(output),
        f"Customers spend {own('levels.tam.amount')} a year; {own('levels.sam.amount')} of it can be reached and "
        f"{own('levels.som.amount')} could be won, from {own('obtainable_customers')} customers.",
        _structure_sentence(output),
        _readiness_sentence(output),
    ]
    return " ".join(part for part in parts if part)


def _gap_sentence(output: Output) -> str:
    wide = [row.title.lower() for row in output.maturity.values() if row.gap]
    if not wide:
        return "Every dimension meets its target."
    first = next(key for key, row in output.maturity.items() if row.gap)
    return (
        f"The widest weighted gap is {wide[0]}, at level {own(f'maturity.{first}.counted')} against a target of "
        f"{own(f'maturity.{first}.target')}."
    )


def _structure_sentence(output: Output) -> str:
    if output.structure is None:
        return ""
    return (
        f"The market is {output.structure.level}: the concentration index (HHI) is {own('structure.hhi')} to "
        f"{own('structure.hhi_high')}, and the four largest suppliers hold {own('structure.top_four')}."
    )


def _readiness_sentence(output: Output) -> str:
    if not output.readiness_tested:
        return "No evidence of readiness is given, so no initiative is held back for want of it."
    lowered = [row.label for row in output.initiatives.values() if row.lowered]
    if not lowered:
        return "No initiative claims a readiness level that its evidence does not carry."
    verb = "claims" if len(lowered) == 1 else "claim"
    return f"{few(lowered)} {verb} a higher readiness level than the evidence carries."


def document_of(brief: Brief, output: Output) -> list[Block]:
    """Headline, maturity, market, structure, readiness."""
    return draft(
        headline(
            f"Maturity {own('maturity_index')} of five; a market of {own('levels.sam.amount')} a year within reach, "
            f"{own('levels.som.amount')} of it to win."
        ),
        text(f"What {brief.strategy.name} is for: {sentence(brief.strategy.aim)}"),
        picture(
            "innovation-maturity",
            "Digital maturity by dimension",
            "Radar of counted levels against targets by dimension of the rubric.",
        ),
        _maturity_table(output),
        _market_table(output),
        _segment_table(output),
        picture(
            "innovation-segments",
            "What the segments are worth",
            "Bars by segment: total, reachable and obtainable spend a year.",
        ),
        _readiness_table(output),
        would_change(_changes(brief, output)),
        monday(_first(output)),
        _sheet(brief, output),
    )


def _maturity_table(output: Output) -> Table | None:
    rows: dict[str, Cells] = {
        key: {
            "title": row.title,
            "stated": shown(True, f"self#maturity.{key}.stated"),
            "counted": shown(True, f"self#maturity.{key}.counted"),
            "target": shown(True, f"self#maturity.{key}.target"),
            "now": row.now,
            "next": row.next_step or "target met",
        }
        for key, row in output.maturity.items()
    }
    return figure_table(
        "Maturity, widest gap first",
        {
            "title": ("Dimension", "text"),
            "stated": ("Stated", "count"),
            "counted": ("Counted", "count"),
            "target": ("Target", "count"),
            "now": ("What is so now", "text"),
            "next": ("What the next level asks", "text"),
        },
        rows,
        "Five levels of our own rubric; a level above two counts only with evidence. It compares the firm with nobody.",
    )


def _market_table(output: Output) -> Table | None:
    rows: dict[str, Cells] = {
        level: {
            "name": LEVEL_NAMES[level],
            "amount": shown(True, f"self#levels.{level}.amount"),
            "low": shown(True, f"self#levels.{level}.low"),
            "high": shown(True, f"self#levels.{level}.high"),
            "published": shown(row.published, f"self#levels.{level}.published"),
            "ratio": shown(row.ratio, f"self#levels.{level}.ratio"),
        }
        for level, row in output.levels.items()
    }
    verdict = {
        None: "No published total is given to hold it against.",
        True: "Both ways agree within a factor of two.",
        False: "The two ways differ by more than a factor of two, so they measure different markets.",
    }[output.reconciled]
    return figure_table(
        "Market a year",
        {
            "name": ("Level", "text"),
            "amount": ("From customers", "money"),
            "low": ("Low", "money"),
            "high": ("High", "money"),
            "published": ("From published total", "money"),
            "ratio": ("Larger to smaller", "ratio"),
        },
        rows,
        verdict,
    )


def _segment_table(output: Output) -> Table | None:
    rows: dict[str, Cells] = {
        key: {
            "name": row.label,
            "customers": shown(True, f"self#segments.{key}.customers"),
            "obtainable": shown(True, f"self#segments.{key}.obtainable"),
            "sam": shown(True, f"self#segments.{key}.sam"),
            "som": shown(True, f"self#segments.{key}.som"),
        }
        for key, row in sorted(output.segments.items(), key=lambda pair: (-pair[1].som, pair[0]))
    }
    return figure_table(
        "Segments",
        {
            "name": ("Segment", "text"),
            "customers": ("Customers", "count"),
            "obtainable": ("Could be won", "count"),
            "sam": ("Reachable a year", "money"),
            "som": ("Obtainable a year", "money"),
        },
        rows,
    )


def _readiness_table(output: Output) -> Table | None:
    rows: dict[str, Cells] = {
        key: {
            "name": row.label,
            "trl": shown(True, f"self#initiatives.{key}.trl"),
            "claimed": shown(row.claimed, f"self#initiatives.{key}.claimed"),
            "missing": "; ".join(row.missing) or NONE,
        }
        for key, row in output.initiatives.items()
        if output.readiness_tested
    }
    return figure_table(
        "Readiness of the initiatives",
        {
            "name": ("Initiative", "text"),
            "trl": ("TRL by evidence", "count"),
            "claimed": ("TRL claimed", "count"),
            "missing": ("What the next level needs", "text"),
        },
        rows,
        "Technology readiness levels after NASA NPR and ISO definitions, in short words; zero means no level is carried.",
    )


def _changes(brief: Brief, output: Output) -> list[str]:
    found = []
    unproven = [row.title.lower() for row in output.maturity.values() if not row.proven]
    if unproven:
        found.append(
            f"Evidence for {few(unproven)} would lift maturity to {own('maturity_as_stated')} instead of "
            f"{own('maturity_index')}."
        )
    found.append(
        "The market counts customers and yearly value as given; with both off by "
        f"[[judgement:market_uncertainty]] the obtainable market lies between {own('levels.som.low')} and "
        f"{own('levels.som.high')}."
    )
    return found


def _first(output: Output) -> list[str]:
    found = [
        f"File evidence for the level stated for {row.title.lower()}, or correct the level."
        for row in output.maturity.values()
        if not row.proven
    ][:2]
    found += [
        f"{row.label}: get {row.missing[0]}." for row in output.initiatives.values() if row.lowered and row.missing
    ][:2]
    return found


def _sheet(brief: Brief, output: Output) -> Sheet | None:
    """The market from its facts, live."""
    rows: dict[str, dict[str, str | SheetCell]] = {}
    digits = _digits(brief.currency)
    for key, row in output.segments.items():
        fact = f"fact:market.segments.{key}"
        tam = f"[[{fact}.customers]]*[[{fact}.annual_value]]"
        rows[key] = {
            "name": row.label,
            "customers": at(f"{fact}.customers", "count"),
            "value": at(f"{fact}.annual_value", "money"),
            "reachable": at(f"{fact}.reachable", "rate"),
            "obtainable": at(f"{fact}.obtainable", "rate"),
            "tam": at(f"self#segments.{key}.tam", "money", f"ROUND({tam},{digits})"),
            "sam": at(f"self#segments.{key}.sam", "money", f"ROUND({tam}*[[{fact}.reachable]],{digits})"),
            "som": at(
                f"self#segments.{key}.som",
                "money",
                f"ROUND({tam}*[[{fact}.reachable]]*[[{fact}.obtainable]],{digits})",
            ),
            "won": at(
                f"self#segments.{key}.obtainable",
                "count",
                f"ROUND([[{fact}.customers]]*[[{fact}.reachable]]*[[{fact}.obtainable]],0)",
            ),
        }
    rows["total"] = {
        "name": "All segments",
        "customers": at("self#customers", "count", "SUM([[fact:market.segments.*.customers]])"),
        **{
            level: at(f"self#levels.{level}.amount", "money", f"SUM([[self#segments.*.{level}]])")
            for level in ("tam", "sam", "som")
        },
        "won": at("self#obtainable_customers", "count", "SUM([[self#segments.*.obtainable]])"),
    }
    return figure_sheet(
        "Market",
        "The market from its segments",
        {
            "name": ("Segment", "text"),
            "customers": ("Customers", "count"),
            "value": ("Spend of one a year", "money"),
            "reachable": ("Reachable", "rate"),
            "obtainable": ("Obtainable", "rate"),
            "tam": ("Total", "money"),
            "sam": ("Reachable", "money"),
            "som": ("Obtainable", "money"),
            "won": ("Customers to win", "count"),
        },
        rows,
        "Change a yellow cell: the market follows.",
    )


def _digits(currency: str) -> int:
    from experts.core.money import minor_units

    return minor_units(currency)


def pictures_of(brief: Brief, output: Output, maturity: Maturity) -> dict[str, str]:
    """The maturity radar and the segments."""
    from experts.digital_business_think_tank.actions._innovation_pictures import segment_bars
    from experts.digital_business_think_tank.views.assess_digital_maturity import view

    drawn = view(maturity, {"scores": dict.fromkeys(brief.maturity)}).pictures
    return {
        "innovation-maturity": drawn["radar"],
        "innovation-segments": segment_bars(
            [(title_of(key, row.label), row.tam, row.sam, row.som) for key, row in output.segments.items()],
            brief.currency,
        ),
    }
