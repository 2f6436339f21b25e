"""The matrix of competitors and topics: claim, grade, date; unknown is shown as such."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.collect_competitive_intel import Cell, IntelMatrix
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import counted, grid, page

MOST_COLUMNS, MOST_ROWS = 6, 14


def view(result: IntelMatrix, arguments: Mapping[str, Any]) -> View:
    """Title, matrix, and every cell with its source."""
    stale = sum(1 for cell in result.cells if cell.stale)
    title = (
        f"{result.known} of {counted(result.known + result.unknown, 'cell is', 'cells are')} sourced on "
        f"{counted(len(result.competitors), 'competitor')}"
    )
    title += f"; {result.unknown} unknown" if result.unknown else ""
    title += f", {stale} out of date" if stale else ""
    rows = [
        {
            "c": cell.competitor,
            "t": cell.topic,
            "claim": cell.claim,
            "g": cell.grade,
            "d": "" if cell.day is None else cell.day.isoformat(),
            "s": cell.source,
            "flags": ", ".join(
                name
                for name, on in (("stale", cell.stale), ("weak", cell.weak), ("sources differ", cell.differs))
                if on
            ),
        }
        for cell in result.cells
    ]
    heads = {
        "c": ("Competitor", "text"),
        "t": ("Topic", "text"),
        "claim": ("Claim", "text"),
        "g": ("Grade", "text"),
        "d": ("Date", "date"),
        "s": ("Source", "text"),
        "flags": ("Flags", "text"),
    }
    pictures = {}
    blocks = [result.competitors[at : at + MOST_COLUMNS] for at in range(0, len(result.competitors), MOST_COLUMNS)]
    parts = [result.topics[at : at + MOST_ROWS] for at in range(0, len(result.topics), MOST_ROWS)]
    for number, (names, topics) in enumerate(((b, p) for b in blocks for p in parts), 1):
        pictures["matrix" if number == 1 else f"matrix-{number}"] = (_matrix(result, names, topics, title), title)
    return page(title, result, grid("Every cell with its source", heads, rows), pictures=pictures)


def _matrix(result: IntelMatrix, names: list[str], topics: list[str], title: str) -> str:
    by_place = {(cell.competitor, cell.topic): cell for cell in result.cells}
    first, wide, high = 150.0, 188.0, 74.0
    drawing = svg.Drawing(48 + first + wide * len(names), 110 + high * len(topics) + 42, title)
    if drawing.width < 700:
        wide = (700 - 48 - first) / len(names)
        drawing = svg.Drawing(700, drawing.height, title)
    top = drawing.heading(title, "Grade: A-F source, 1-6 claim (Admiralty); rust: weak, stale or contradicted")
    for at, name in enumerate(names):
        drawing.text(
            24 + first + at * wide + 10, top + 18, svg.shorten(name, 12, wide - 20, True), 12, svg.NAVY, bold=True
        )
    y = top + 28
    for topic in topics:
        drawing.lines(24, y + 24, topic, first - 14, 3, 11, svg.INK, bold=True)
        for at, name in enumerate(names):
            _cell(drawing, by_place[name, topic], 24 + first + at * wide, y, wide, high)
        y += high
    return drawing.svg()


def _cell(drawing: svg.Drawing, cell: Cell, x: float, y: float, wide: float, high: float) -> None:
    doubt = cell.stale or cell.weak or cell.differs
    fill = "#F5F7FA" if not cell.claims else svg.TINTS[svg.RUST] if doubt else svg.TINTS[svg.NAVY]
    drawing.rect(x + 2, y + 2, wide - 4, high - 4, fill, svg.LINE, 4)
    if not cell.claims:
        drawing.text(x + wide / 2, y + high / 2 + 4, "unknown", 11, svg.MUTED, "middle")
        return
    drawing.lines(x + 10, y + 19, cell.claim, wide - 20, 2, 10.5)
    drawing.text(x + 10, y + high - 12, cell.grade, 10.5, svg.RUST if doubt else svg.NAVY, bold=True)
    said = str(cell.day) + (", differs" if cell.differs else ", stale" if cell.stale else "")
    drawing.text(x + 34, y + high - 12, svg.shorten(said, 9.5, wide - 44), 9.5, svg.MUTED)
