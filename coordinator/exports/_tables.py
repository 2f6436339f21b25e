"""Tables laid out for reading: one number of decimals a column, units in the head rather than in each cell."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coordinator.exports.deliverable import Value
from coordinator.exports.formatting import (
    NUMERIC,
    Part,
    digits,
    format_value,
    number_of,
    parts_of,
    shown_number,
    value_of,
    with_unit,
)
from experts.core.blocks import Cell, Cite, Column, Table

_MARGIN = 4
"""Characters a column needs beyond its words: the cell's margin, and letters wider than the average."""


@dataclass(frozen=True)
class LaidCell:
    """A cell's text in parts, and whether it is a number (set flush right)."""

    parts: list[Part]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True)
class LaidTable:
    """Heads, whether each column is numeric, and the rows."""

    heads: list[str]
    numeric: list[bool]
    rows: list[list[LaidCell]]


def head_of(column: Column, currency: str) -> str:
    """A column's head with the unit that its cells leave out: "Spend (USD)", "Duration (days)"."""
    label = column.get("label", column.get("key", ""))
    unit = column.get("unit", "")
    named = {"money": currency, "days": "days", "months": "months"}.get(unit, "")
    if not named or re.search(rf"\b{re.escape(named)}\b", label, re.IGNORECASE):
        return label
    return f"{label} ({named})" if label else named


def lay_out(table: Table, values: Mapping[str, Value], currency: str) -> LaidTable:
    """A table block as text. An unknown ref raises ConfigurationError."""
    columns = [
        _column([row.get(column.get("key", ""), "") for row in table.rows.values()], column, values, currency)
        for column in table.columns
    ]
    return LaidTable(
        heads=[head_of(column, currency) for column in table.columns],
        numeric=[column.get("unit") in NUMERIC for column in table.columns],
        rows=[[cells[number] for cells in columns] for number in range(len(table.rows))],
    )


def _column(cells: list[Cell], column: Column, values: Mapping[str, Value], currency: str) -> list[LaidCell]:
    unit = column.get("unit", "")
    numbers = {
        cell.ref: number_of(value_of(cell.ref, values))
        for cell in cells
        if isinstance(cell, Cite) and unit in NUMERIC and value_of(cell.ref, values).unit == unit
    }
    shown = {ref: shown_number(number, unit, currency) for ref, number in numbers.items()}
    places = max((places for _, places in shown.values()), default=0)
    if unit == "count" and any(abs(number) >= 1000 for number in numbers.values()):
        places = 0
    laid = []
    for cell in cells:
        if not isinstance(cell, Cite):
            laid.append(LaidCell(parts_of(cell, values, currency)))
        elif cell.ref not in shown:
            laid.append(LaidCell([Part(format_value(value_of(cell.ref, values), currency), cell.ref)]))
        else:
            number, own = shown[cell.ref]
            # A small number among large ones keeps its own digits rather than read as zero.
            fit = places if abs(number) * 10**places >= 1 or not number else own
            text = with_unit(number, fit, unit, currency) if unit == "rate" else digits(number, fit)
            laid.append(LaidCell([Part(text, cell.ref)]))
    return laid


def column_shares(lines: Sequence[Sequence[str]], numeric: Sequence[bool], room: int) -> list[float]:
    """Each column's share of a line of `room` characters.

    Every column gets its longest word; what is left goes, a character at a time, to the
    column that has the most lines beyond the first. Spaces that do not break are part of a
    word here, so a date or an amount fits on one line.
    """
    widths: list[float] = []
    lengths: list[Counter[int]] = []
    for number, is_numeric in enumerate(numeric):
        texts = [line[number] for line in lines]
        head = max(len(word) * 1.15 for word in texts[0].split(" "))  # heads are bold
        word = max(len(word) for text in texts[1:] or [""] for word in text.split(" "))
        widths.append(max(head, min(word, 28)) + _MARGIN)
        lengths.append(Counter(len(text) for text in texts[int(not is_numeric) :]))

    def lines_too_many(number: int) -> float:
        width = widths[number] - _MARGIN
        return sum(times * (length / width - 1) for length, times in lengths[number].items() if length > width)

    for _ in range(max(0, int(room - sum(widths)))):
        widths[max(range(len(widths)), key=lines_too_many)] += 1
    return [width / sum(widths) for width in widths]
