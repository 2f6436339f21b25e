"""A view's tables as a workbook, one sheet a table."""

import re
from datetime import date
from decimal import Decimal

from experts.core.blocks import Callout, ItemList, Prose, Table, body_of
from experts.core.view import View
from experts.core.workbook import Cell, Grid, workbook

_NUMBER = re.compile(r"^-?[0-9]{1,15}(,[0-9]{3})*(\.[0-9]+)?$")
_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


def excel(view: View) -> bytes:
    """The view as .xlsx: a sheet for each table, and one for what is said beside them."""
    bodies = [body_of(piece) for piece in view.blocks]
    grids = [_grid(body, number) for number, body in enumerate(b for b in bodies if isinstance(b, Table))]
    said: list[str] = []
    for body in bodies:
        if isinstance(body, Prose | Callout):
            said.append(body.text)
        elif isinstance(body, ItemList):
            said += [f"{body.title}: {item}" if body.title else item for item in body.items]
    notes = Grid("Notes", view.title, (("Note", "text", 110),), tuple((text,) for text in said))
    return workbook(*_named([*grids, notes]))


def _named(grids: list[Grid]) -> list[Grid]:
    taken: set[str] = set()
    made = []
    for grid in grids:
        stem = _NOT_IN_NAMES.sub(" ", grid.name).strip()[:28] or "Sheet"
        name, number = stem, 2
        while name.lower() in taken or name.lower() == "history":
            name, number = f"{stem[:25]} {number}", number + 1
        taken.add(name.lower())
        made.append(Grid(name, grid.title, grid.columns, grid.rows, grid.note))
    return made


def _grid(table: Table, number: int) -> Grid:
    keys = [column["key"] for column in table.columns]
    texts = [[str(row.get(key, "")) for key in keys] for row in table.rows.values()]
    rows = tuple(tuple(_cell(text) for text in row) for row in texts)
    columns = []
    for at, column in enumerate(table.columns):
        cells = [row[at] for row in rows]
        width = max([len(column["label"]), *(len(row[at]) for row in texts)])
        columns.append((column["label"], _unit(cells), min(max(10, width + 2), 60)))
    return Grid(table.title or f"Table {number + 1}", table.title, tuple(columns), rows, table.note)


def _cell(text: str) -> Cell:
    if _NUMBER.match(text):
        return Decimal(text.replace(",", ""))
    if _DAY.match(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text or None


def _unit(cells: list[Cell]) -> str:
    """The format of a column by what is in it: dates, whole numbers, amounts, or text."""
    filled = [cell for cell in cells if cell is not None]
    if filled and all(isinstance(cell, date) for cell in filled):
        return "date"
    numbers = [cell for cell in filled if isinstance(cell, Decimal)]
    if not numbers or len(numbers) != len(filled):
        return "text"
    return "count" if all(number == number.to_integral_value() for number in numbers) else "ratio"
