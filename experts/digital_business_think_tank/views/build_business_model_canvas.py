"""The canvas in Osterwalder's layout, with the revenue arithmetic below."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.build_business_model_canvas import BLOCKS, Canvas
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import amount, brief, figure, grid, page, percent

WIDE, GAP, SIZE, STEP = 1120.0, 8.0, 12.0, 16.2
# (column, columns wide, row of halves, halves high) of the upper part
UPPER = {
    "key_partners": (0, 0, 2),
    "key_activities": (1, 0, 1),
    "key_resources": (1, 1, 1),
    "value_propositions": (2, 0, 2),
    "customer_relationships": (3, 0, 1),
    "channels": (3, 1, 1),
    "customer_segments": (4, 0, 2),
}


def view(result: Canvas, arguments: Mapping[str, Any]) -> View:
    """Title, canvas, blocks and streams as tables."""
    currency = str(arguments["currency"])
    done = "all nine blocks filled" if result.filled == 9 else f"{result.filled} of nine blocks filled"
    money = "no revenue figure yet" if not result.streams else f"{amount(result.revenue, currency)} a year"
    if result.result is not None and result.streams:
        money += (
            f", {amount(result.result, currency)} after costs"
            if result.result >= 0
            else f", {amount(-result.result, currency)} short of its costs"
        )
    title = f"{brief(result.title, 60)}: {done}, {money}"
    rows = [{"block": label, "notes": "; ".join(result.blocks[key]) or "(empty)"} for key, label in BLOCKS.items()]
    bodies = [grid("Blocks", {"block": ("Block", "text"), "notes": ("Notes", "text")}, rows)]
    if result.streams:
        streams = [
            {"name": s.name, "segment": s.segment, "revenue": figure(s.revenue), "share": percent(s.share)}
            for s in result.streams
        ]
        heads = {
            "name": ("Stream", "text"),
            "segment": ("Paid by", "text"),
            "revenue": (f"{currency} a year", "money"),
            "share": ("Share", "rate"),
        }
        bodies.append(grid("Revenue", heads, streams))
    return page(title, result, *bodies, pictures={"canvas": (_canvas(result, title, currency), title)})


def _room(notes: list[str], width: float) -> float:
    """How high a block's notes stand when each may take three lines."""
    return sum(len(svg.wrap(note, SIZE, width - 34, 3)) * STEP + 5 for note in notes)


def _canvas(result: Canvas, title: str, currency: str) -> str:
    column = (WIDE - 48 - 4 * GAP) / 5
    half = 120.0
    for name, (_, _, halves) in UPPER.items():
        half = max(half, (_room(result.blocks[name], column) + 52 - GAP * (halves - 1)) / halves)
    lower_width = (WIDE - 48 - GAP) / 2
    lines = [
        f"{brief(s.name, 40)}: {amount(s.revenue, currency)} a year ({percent(s.share, 0)})" for s in result.streams
    ]
    lower = max(
        110.0,
        _room(result.blocks["cost_structure"], lower_width) + 76,
        _room(result.blocks["revenue_streams"], lower_width) + 52 + STEP * len(lines),
    )
    drawing = svg.Drawing(WIDE, 84 + 2 * half + 2 * GAP + lower + 40, title)
    top = drawing.heading(
        title, "Business model canvas after Osterwalder & Pigneur (2010); every note is a hypothesis until tested"
    )
    for name, (at, row, halves) in UPPER.items():
        x, y = 24 + at * (column + GAP), top + row * (half + GAP)
        _block(drawing, result, name, x, y, column, half * halves + GAP * (halves - 1))
    y = top + 2 * (half + GAP)
    _block(drawing, result, "cost_structure", 24, y, lower_width, lower)
    _block(drawing, result, "revenue_streams", 24 + lower_width + GAP, y, lower_width, lower)
    if result.costs is not None:
        drawing.text(
            24 + 14, y + lower - 14, f"Costs {amount(result.costs, currency)} a year", SIZE, svg.NAVY, bold=True
        )
    for at, line in enumerate(reversed(lines)):
        drawing.text(
            24 + lower_width + GAP + 14,
            y + lower - 14 - at * STEP,
            svg.shorten(line, SIZE, lower_width - 28, True),
            SIZE,
            svg.NAVY,
            bold=True,
        )
    drawing.height = y + lower + 24
    return drawing.svg()


def _block(drawing: svg.Drawing, result: Canvas, name: str, x: float, y: float, w: float, h: float) -> None:
    notes = result.blocks[name]
    main = name == "value_propositions"
    drawing.rect(x, y, w, h, svg.TINTS[svg.TEAL] if main else svg.PAPER, svg.NAVY if notes else svg.RUST, 4, 1.2)
    drawing.text(x + 12, y + 21, svg.shorten(BLOCKS[name], 12, w - 24, True), 13, svg.NAVY, bold=True)  # type: ignore[index]
    if not notes:
        drawing.text(x + 12, y + 44, "empty: write or drop", 11, svg.RUST)
    base = y + 42
    for note in notes:
        drawing.circle(x + 15, base - 3.6, 2, svg.RUST)
        base = drawing.lines(x + 23, base, note, w - 34, 3, SIZE) + 5 - (SIZE * 1.35 - STEP)
