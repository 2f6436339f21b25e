"""The text, tables, picture and sheet of a market counted and sized, and of an idea tested on customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experts.core.blocks import Sheet, Table
from experts.core.contract import Block
from experts.core.drafting import (
    at,
    draft,
    figure_sheet,
    figure_table,
    headline,
    joined,
    monday,
    own,
    picture,
    quoted,
    shown,
    text,
    would_change,
)
from experts.core.money import minor_units

if TYPE_CHECKING:
    from experts.core.blocks import Cell, SheetCell
    from experts.digital_business_think_tank.actions.idea_validation_and_market_analysis import (
        Brief,
        Judgement,
        Output,
    )
    from experts.digital_business_think_tank.tools.size_market import MarketSize

MEANING = {
    "tam": "Total market (TAM): everyone who could buy",
    "sam": "Served market (SAM): of these, those where the company sells",
    "som": "Obtainable market (SOM): of these, those it could win",
}
MOST_ADDED = 250
VERDICTS = {"supported": "holds", "refuted": "does not hold", "open": "still open"}


def narrative_of(brief: Brief, output: Output) -> str:
    """The market both ways, and what customers' answers say."""
    return f"{_market(brief, output)} {_tests(output)}"


def _market(brief: Brief, output: Output) -> str:
    first = (
        f"{brief.company.name} could sell to {own('served')} of {own('customers')} customers counted, a market it can serve of "
        f"{own('levels.sam.bottom_up')} a year, and could win {own('levels.som.bottom_up')} of that from "
        f"{own('obtainable_customers')} customers."
    )
    if output.reconciled is None:
        return f"{first} No published total was given to hold this against."
    if output.reconciled:
        return f"{first} A published total, followed down the same way, agrees within a factor of two at every level."
    return (
        f"{first} The published total disagrees by more than a factor of two at some level: find out which definition "
        "differs before showing either figure."
    )


def _short(output: Output) -> str:
    return (
        f"The market that can be served is {own('levels.sam.bottom_up')} a year, of which {own('levels.som.bottom_up')} could be won "
        f"from {own('obtainable_customers')} customers. {_tests(output)}"
    )


def _tests(output: Output) -> str:
    if output.supported is None:
        return "Nothing has been tested on customers yet."
    parts = []
    if output.supported:
        parts.append(f"{own('supported')} {_verb(output.supported)} supported by the answers")
    if output.refuted:
        parts.append(f"{own('refuted')} {_verb(output.refuted)} refuted")
    if output.open:
        parts.append(f"{own('open')} {_verb(output.open)} still open")
    return f"Of the statements that must hold, {joined(parts)}."


def _verb(count: int) -> str:
    return "is" if count == 1 else "are"


def document_of(brief: Brief, output: Output) -> list[Block]:
    """Headline, circles, both ways, groups, regions, tests, what would change it, sheet."""
    return draft(
        headline(_short(output), "warning" if output.refuted or output.reconciled is False else "good"),
        picture(
            "market_circles",
            "Market size",
            "Three nested circles for the total, served and obtainable market a year, with ranges and the published total.",
        ),
        _levels(output),
        _groups(output),
        _regions(output),
        text(
            "Obtainable means what could be won in the end, not a forecast; how fast customers come is worked out from money "
            "for marketing in the financial plan."
        ),
        _evidence(output),
        would_change(_changes(brief, output)),
        monday(_monday(output)),
        _sheet(brief, output),
        _count_sheet(brief, output),
    )


def _levels(output: Output) -> Table | None:
    columns = {
        "level": ("Level", "text"),
        "up": ("Counted", "money"),
        "low": ("Low", "money"),
        "high": ("High", "money"),
        "down": ("From a published total", "money"),
        "ratio": ("Factor between both", "ratio"),
    }
    rows: dict[str, dict[str, Cell]] = {}
    for key, level in output.levels.items():
        ref = f"self#levels.{key}"
        rows[key] = {
            "level": MEANING[key],
            "up": shown(True, f"{ref}.bottom_up"),
            "low": shown(True, f"{ref}.low"),
            "high": shown(True, f"{ref}.high"),
            "down": shown(level.top_down, f"{ref}.top_down"),
            "ratio": shown(level.ratio, f"{ref}.ratio"),
        }
    note = "Money a year. Low and high move customers and value together by [[judgement:uncertainty]]."
    return figure_table("The market both ways", columns, rows, note)


def _groups(output: Output) -> Table | None:
    columns = {
        "name": ("Group", "text"),
        "customers": ("Customers", "count"),
        "served": ("Served", "count"),
        "obtainable": ("Could be won", "count"),
        "value": ("Value a year", "money"),
        "sam": ("Served market", "money"),
        "som": ("Obtainable", "money"),
    }
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "name": group.label,
            "customers": shown(True, f"self#groups.{key}.customers"),
            "served": shown(True, f"self#groups.{key}.served"),
            "obtainable": shown(True, f"self#groups.{key}.obtainable_customers"),
            "value": shown(True, f"self#groups.{key}.annual_value"),
            "sam": shown(True, f"self#groups.{key}.sam"),
            "som": shown(True, f"self#groups.{key}.som"),
        }
        for key, group in output.groups.items()
    }
    return figure_table("Groups of customers", columns, rows)


def _regions(output: Output) -> Table | None:
    columns = {
        "name": ("Region", "text"),
        "customers": ("Customers", "count"),
        "served": ("Served", "count"),
        "share": ("Share of served", "rate"),
    }
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "name": region.label,
            "customers": shown(True, f"self#regions.{key}.customers"),
            "served": shown(True, f"self#regions.{key}.served"),
            "share": shown(True, f"self#regions.{key}.share"),
        }
        for key, region in output.regions.items()
        if region.served
    }
    note = f"The largest served regions of {own('region_count')}; begin where customers are many and near."
    return figure_table("Where the customers are", columns, rows, note)


def _evidence(output: Output) -> Table | None:
    columns = {
        "statement": ("Statement that must hold", "text"),
        "yes": ("Yes", "count"),
        "asked": ("Asked", "count"),
        "share": ("Share", "rate"),
        "low": ("Low", "rate"),
        "high": ("High", "rate"),
        "needed": ("Needed", "rate"),
        "verdict": ("Verdict", "text"),
        "more": ("Answers to settle it", "count"),
    }
    rows: dict[str, dict[str, Cell]] = {}
    for key, test in output.tests.items():
        ref = f"self#tests.{key}"
        rows[key] = {
            "statement": quoted(test.statement, f"{ref}.statement"),
            "verdict": VERDICTS[test.verdict],
            "more": shown(test.answers_needed, f"{ref}.answers_needed"),
            **{name: shown(True, f"{ref}.{name}") for name in ("yes", "asked", "share", "low", "high", "needed")},
        }
    note = (
        "Low and high: Wilson score interval, the usual range for a share from few answers. It holds if all of the range "
        "reaches the share needed. Answers to settle it: in all, should the share stay as it is."
    )
    return figure_table("What customers said, against what the business needs", columns, rows, note)


def _changes(brief: Brief, output: Output) -> list[str]:
    found = []
    for key, test in output.tests.items():
        if test.verdict == "refuted":
            found.append(
                f"“{quoted(test.statement, f'self#tests.{key}.statement')}” does not hold: {own(f'tests.{key}.yes')} of "
                f"{own(f'tests.{key}.asked')} said so and {own(f'tests.{key}.needed')} are needed. Change the idea or the group."
            )
    leader = max(output.groups, key=lambda key: (output.groups[key].som, key))
    found.append(
        f"The largest part is {output.groups[leader].label}, {own(f'groups.{leader}.som')} a year; it scales with the share that "
        f"could be won there, [[fact:groups.{leader}.obtainable]], which is a judgement."
    )
    found.append(
        f"Customers and value a good deal off the counts: the obtainable market lies between {own('levels.som.low')} and "
        f"{own('levels.som.high')} a year."
    )
    return found


def _monday(output: Output) -> list[str]:
    found = []
    for key, test in output.tests.items():
        if test.verdict == "open" and test.answers_needed:
            found.append(
                f"Whoever talks to customers: ask on until {own(f'tests.{key}.answers_needed')} have answered "
                f"“{quoted(test.statement, f'self#tests.{key}.statement')}”."
            )
    if not output.tests:
        found.append(
            "A founder: write down which three statements must hold, with a threshold each, and ask customers."
        )
    first = next((region.label for region in output.regions.values() if region.served), None)
    if first:
        found.append(
            f"Whoever sells: begin in {first}, which has more served customers than any other region, with a list of names."
        )
    return found[:4]


def _sheet(brief: Brief, output: Output) -> Sheet | None:
    digits = minor_units(brief.currency)
    columns = {
        "name": ("Group", "text"),
        "customers": ("Customers", "count"),
        "served": ("Served", "count"),
        "share": ("Served share", "rate"),
        "obtainable": ("Obtainable share", "rate"),
        "value": ("Value a year", "money"),
        "tam": ("TAM", "money"),
        "sam": ("SAM", "money"),
        "som": ("SOM", "money"),
    }
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key, group in output.groups.items():
        ref, count, value = (
            f"self#groups.{key}",
            f"[[self#groups.{key}.customers]]",
            f"[[fact:groups.{key}.annual_value]]",
        )
        share, won = f"[[{ref}.served_share]]", f"[[fact:groups.{key}.obtainable]]"
        rows[f"row-{key}"] = {
            "name": group.label,
            "customers": at(f"{ref}.customers", "count", _added(brief, key, served=False)),
            "served": at(f"{ref}.served", "count", _added(brief, key, served=True)),
            "share": at(f"{ref}.served_share", "rate", f"=IF({count}=0,0,ROUND([[{ref}.served]]/{count},12))"),
            "obtainable": at(f"fact:groups.{key}.obtainable", "rate"),
            "value": at(f"fact:groups.{key}.annual_value", "money"),
            "tam": at(f"{ref}.tam", "money", f"=ROUND({count}*{value},{digits})"),
            "sam": at(f"{ref}.sam", "money", f"=ROUND({count}*{value}*{share},{digits})"),
            "som": at(f"{ref}.som", "money", f"=ROUND({count}*{value}*{share}*{won},{digits})"),
        }
    rows["all"] = {
        "name": "All groups",
        "customers": at("self#customers", "count", "=SUM([[self#groups.*.customers]])"),
        "served": at("self#served", "count", "=SUM([[self#groups.*.served]])"),
        **{
            level: at(f"self#levels.{level}.bottom_up", "money", f"=SUM([[self#groups.*.{level}]])")
            for level in ("tam", "sam", "som")
        },
    }
    for key, sign in (("low", "-"), ("high", "+")):
        rows[key] = {
            "name": "Low" if key == "low" else "High",
            **{
                level: at(
                    f"self#levels.{level}.{key}",
                    "money",
                    f"=ROUND([[self#levels.{level}.bottom_up]]*(1{sign}[[judgement:uncertainty]])^2,{digits})",
                )
                for level in ("tam", "sam", "som")
            },
        }
    return figure_sheet("Market", "Market counted from below", columns, rows, "Money a year.")


def _added(brief: Brief, group: str, served: bool) -> str | None:
    """The rows of a group added up cell by cell, where a formula can hold them all."""
    keys = [key for key, row in brief.market.items() if key_of(row.group) == group and (row.served or not served)]
    if not keys or len(keys) > MOST_ADDED:
        return None
    return "=" + "+".join(f"[[fact:market.{key}.customers]]" for key in keys)


def key_of(text: str) -> str:
    """A group or region as the key of a table: "New York" is new_york."""
    made = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in text.strip().lower())
    return made[:60].strip("_") or "unnamed"


def _count_sheet(brief: Brief, output: Output) -> Sheet | None:
    columns = {
        "region": ("Region", "text"),
        "group": ("Group", "text"),
        "served": ("Served", "text"),
        "customers": ("Customers", "count"),
    }
    rows: dict[str, dict[str, str | SheetCell]] = {
        key: {
            "region": quoted(row.region, f"fact:market.{key}.region"),
            "group": quoted(row.group, f"fact:market.{key}.group"),
            "served": "yes" if row.served else "no",
            "customers": at(f"fact:market.{key}.customers", "count"),
        }
        for key, row in brief.market.items()
    }
    return figure_sheet("Market count", "The rows that were counted", columns, rows)


def pictures_of(brief: Brief, judgement: Judgement, output: Output, sized: MarketSize) -> dict[str, str]:
    """Nested circles of TAM, SAM and SOM."""
    from experts.digital_business_think_tank.tools.size_market import Segment
    from experts.digital_business_think_tank.views.size_market import view

    arguments: dict[str, Any] = {
        "currency": brief.currency,
        "segments": {
            key: Segment(
                customers=group.customers,
                annual_value=group.annual_value,
                reachable=group.served_share,
                obtainable=brief.groups[key].obtainable,
                source=brief.groups[key].source,
            )
            for key, group in output.groups.items()
        },
    }
    return {"market_circles": view(sized, arguments).pictures["circles"]}
