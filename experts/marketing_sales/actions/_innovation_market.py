"""The text, tables, sheet and map of the market opportunity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experts.core.contract import Block
from experts.core.drafting import (
    at,
    draft,
    few,
    figure_sheet,
    figure_table,
    headline,
    items,
    joined,
    monday,
    own,
    picture,
    quoted,
    shown,
    would_change,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, Sheet, SheetCell, Table
    from experts.marketing_sales.actions.digital_market_positioning_strategy import Brief, Output

Cells = dict[str, "Cell"]


def narrative_of(brief: Brief, output: Output) -> str:
    """Who first, how many by when, and where to stand."""
    first = output.order[0]
    parts = [
        f"Begin with {output.lead}: {own(f'segments.{first}.som')} a year could be won from "
        f"{own(f'segments.{first}.obtainable')} customers.",
        f"The forecast counts {own('adopters')} adopters at its end, after {own('first_year')} in the first year.",
    ]
    if output.own is not None and output.nearest is not None:
        parts.append(
            f"Today the nearest rival is {output.brands[output.nearest].label}, {own('nearest_distance')} points away on "
            "the map."
        )
    if output.intended is not None:
        parts.append(
            f"The intended place lies {own('move')} points from today's, at "
            f"\u201c{output.brands[output.intended].quadrant}\u201d."
        )
    return " ".join(parts)


def document_of(brief: Brief, output: Output) -> list[Block]:
    """Headline, order of segments, statement, map, adoption."""
    first = output.order[0]
    return draft(
        headline(
            f"Begin with {output.lead}, where {own(f'segments.{first}.som')} a year could be won; {own('adopters')} "
            "adopters are expected in the end."
        ),
        _segment_table(output),
        items("Positioning statement", [output.statement]),
        items("What is offered to them", [f"{label}." for label in output.offers]),
        picture(
            "innovation-map",
            "Brands on two attributes",
            "Map of brands by two rated attributes; our own place and the intended one are marked.",
        )
        if output.brands
        else None,
        _brand_table(brief, output),
        would_change(_changes(output)),
        monday(_first(output)),
        _sheet(brief, output),
    )


def _segment_table(output: Output) -> Table | None:
    rows: dict[str, Cells] = {
        key: {
            "name": output.segments[key].label,
            "need": output.segments[key].need or "not given",
            "customers": shown(True, f"self#segments.{key}.obtainable"),
            "som": shown(True, f"self#segments.{key}.som"),
        }
        for key in output.order
    }
    return figure_table(
        "Segments in order",
        {
            "name": ("Segment", "text"),
            "need": ("What they ask for", "text"),
            "customers": ("Customers to win", "count"),
            "som": ("Obtainable a year", "money"),
        },
        rows,
    )


def _brand_table(brief: Brief, output: Output) -> Table | None:
    if brief.positioning is None:
        return None
    facts = brief.positioning
    rows: dict[str, Cells] = {
        key: {
            "name": row.label,
            "x": shown(True, f"self#brands.{key}.x"),
            "y": shown(True, f"self#brands.{key}.y"),
            "distance": shown(True, f"self#brands.{key}.distance"),
        }
        for key, row in sorted(output.brands.items(), key=lambda pair: (pair[1].distance, pair[0]))
    }
    source = f"Source: {quoted(facts.source, 'fact:positioning.source')}." if facts.source else ""
    empty = f" Nobody stands at {joined(output.empty_quadrants, 'or')}." if output.empty_quadrants else ""
    return figure_table(
        "Ratings and distances",
        {
            "name": ("Brand", "text"),
            "x": (facts.x_axis, "ratio"),
            "y": (facts.y_axis, "ratio"),
            "distance": ("Distance to us today", "ratio"),
        },
        rows,
        f"{source}{empty}".strip(),
    )


def _changes(output: Output) -> list[str]:
    found = []
    if len(output.order) > 1:
        second = output.segments[output.order[1]]
        found.append(
            f"{second.label} would lead if more could be won there than {own(f'segments.{output.order[0]}.som')} a year; "
            f"today it is {own(f'segments.{output.order[1]}.som')}."
        )
    return found


def _first(output: Output) -> list[str]:
    found = [f"Name ten customers among {few([output.lead])} who try it first, and who speaks to them."]
    if not output.brands:
        found.append("Ask customers to rate us and rivals on two attributes.")
    return found


def _sheet(brief: Brief, output: Output) -> Sheet | None:
    """Ratings as inputs, distances live."""
    if brief.positioning is None or output.own is None:
        return None
    mine = f"fact:positioning.brands.{output.own}"
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key, row in output.brands.items():
        fact = f"fact:positioning.brands.{key}"
        rows[key] = {
            "name": row.label,
            "x": at(f"{fact}.x", "ratio"),
            "y": at(f"{fact}.y", "ratio"),
            "distance": at(
                f"self#brands.{key}.distance",
                "ratio",
                f"ROUND(SQRT(([[{fact}.x]]-[[{mine}.x]])^2+([[{fact}.y]]-[[{mine}.y]])^2),4)",
            ),
        }
    return figure_sheet(
        "Positioning",
        "Places on the map",
        {
            "name": ("Brand", "text"),
            "x": (brief.positioning.x_axis, "ratio"),
            "y": (brief.positioning.y_axis, "ratio"),
            "distance": ("Distance to us today", "ratio"),
        },
        rows,
        "Change a rating: the distances follow.",
    )


def pictures_of(brief: Brief, output: Output) -> dict[str, str]:
    """The map, with an arrow from our place today to the intended one."""
    if brief.positioning is None or not output.brands:
        return {}
    return {"innovation-map": _map(brief, output)}


def _map(brief: Brief, output: Output) -> str:
    from experts.core import charts

    facts: Any = brief.positioning
    low, high = float(facts.lowest), float(facts.highest)
    middle, span = (low + high) / 2, high - low
    aim = output.brands[output.intended] if output.intended else None
    title = (
        f"The intended place: {aim.quadrant}"
        if aim
        else f"{output.brands[output.nearest].label if output.nearest else 'Nobody'} is nearest to us"
    )
    with charts.figure(7.4, 6.2, title) as (made, axes):
        axes.axhline(middle, color=charts.MUTED, linewidth=1)
        axes.axvline(middle, color=charts.MUTED, linewidth=1)
        taken: list[tuple[float, float]] = []
        for key, row in sorted(output.brands.items(), key=lambda pair: (-pair[1].y, pair[1].x, pair[0])):
            x, y = float(row.x), float(row.y)
            mine = key in (output.own, output.intended)
            face = "white" if key == output.intended else charts.SECOND if mine else charts.ACCENT
            edge = charts.SECOND if mine else charts.ACCENT
            axes.scatter(x, y, s=110 if mine else 64, color=face, edgecolors=edge, linewidths=1.8, zorder=3)
            shift = {output.own: -0.05, output.intended: 0.05}.get(key, 0.0)
            right, level = x < low + 0.72 * span, y + shift * span
            while any(abs(level - other) < 0.035 * span and abs(x - there) < 0.3 * span for there, other in taken):
                level -= 0.035 * span
            taken.append((x, level))
            axes.annotate(
                charts.shorten(row.label, 24),
                (x, y),
                (x + (0.025 if right else -0.025) * span, level),
                ha="left" if right else "right",
                va="center",
                fontsize=9,
                fontweight="bold" if mine else "normal",
            )
        if aim is not None and output.own is not None:
            start = output.brands[output.own]
            axes.annotate(
                "",
                (float(aim.x), float(aim.y)),
                (float(start.x), float(start.y)),
                arrowprops={"arrowstyle": "->", "color": charts.SECOND, "shrinkA": 8, "shrinkB": 8, "linewidth": 1.6},
            )
        axes.set_xlim(low - 0.04 * span, high + 0.04 * span)
        axes.set_ylim(min([level for _, level in taken] + [low]) - 0.04 * span, high + 0.04 * span)
        axes.set_xlabel(f"{charts.shorten(facts.x_axis, 60)}  (low to high)")
        axes.set_ylabel(f"{charts.shorten(facts.y_axis, 60)}  (low to high)")
        axes.grid(color=charts.GRID, linewidth=0.5)
        axes.set_axisbelow(True)
        return charts.svg(made)
