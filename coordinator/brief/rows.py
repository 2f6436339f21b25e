"""Rows of a CSV or XLSX file as facts: the header names the fields, the first column may name the rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from coordinator.brief.keys import DEEPEST, check_key
from coordinator.brief.values import Scalar, check_scalar
from experts.core.errors import InvalidInput

MOST_ROWS = 20_000
MOST_COLUMNS = 200
ROW_KEYS = ("id", "key")

Row = tuple[int, list[Any]]
"""A row that is not blank: its number as a spreadsheet shows it, and its cells, None where empty."""


@dataclass(frozen=True)
class Grid:
    """The cells of one file (or sheet) that stands for the table at fact path `field`."""

    name: str
    field: str
    rows: Iterator[Row]
    sheet: str = ""

    def row(self, number: int) -> str:
        """Where a row is: "tasks.csv row 7", "plan.xlsx Tasks row 7"."""
        return f"{self.name} {self.sheet} row {number}" if self.sheet else f"{self.name} row {number}"

    def cell(self, number: int, index: int, header: str = "") -> str:
        """Where a cell is: "tasks.csv row 7, column duration", "plan.xlsx Tasks!C7, column duration"."""
        if self.sheet:
            place = f"{self.name} {cell_name(self.sheet, number, index)}"
            return f"{place}, column {header}" if header else place
        return f"{self.row(number)}, column {header or index + 1}"


@dataclass(frozen=True)
class TableFacts:
    """What a file says: value and place of each leaf, the place of each row, and a note if rows have no ids."""

    values: dict[str, tuple[Scalar | list[Scalar], str]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class _Column:
    index: int
    name: str
    is_list: bool


def cell_name(sheet: str, number: int, index: int) -> str:
    """A cell as spreadsheets write it: Tasks!C7, 'My tasks'!C7 (`index` counts from 0)."""
    letters, rest = "", index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    shown = sheet if re.fullmatch(r"\w+", sheet) else "'" + sheet.replace("'", "''") + "'"
    return f"{shown}!{letters}{number}"


def table_facts(grid: Grid) -> TableFacts:
    """The facts of `grid`, by paths below `grid.field`.

    The first row names the fields: dotted names nest (`curve.a`), a name that ends in `[]`
    holds a list divided by ; or a comma. A first column `id` or `key` names the rows; without
    it they are row-1, row-2 … by position, not counting the header and blank rows. An empty
    cell is an absent fact. Values of a CSV file are text; those of a workbook keep their type.

    Raises InvalidInput that names file, row and column.
    """
    rows = iter(grid.rows)
    first = next(rows, None)
    if first is None or first[0] != 1:
        what = "is empty" if first is None else "has an empty first row"
        raise InvalidInput(
            f"{grid.name} {what}; the first row holds the names of the fields, for example id,label", field=grid.field
        )
    columns = _columns(first[1], grid)
    keyed = columns[0].name in ROW_KEYS and not columns[0].is_list
    values: dict[str, tuple[Scalar | list[Scalar], str]] = {}
    places = {grid.field: grid.name}
    seen: dict[str, int] = {}
    for number, cells in rows:
        if len(seen) >= MOST_ROWS:
            raise InvalidInput(f"{grid.name} has more than {MOST_ROWS:,} rows; split or shorten it", field=grid.field)
        _check_width(number, cells, len(columns), grid)
        key = _row_key(number, cells[0], columns[0], grid) if keyed else f"row-{len(seen) + 1}"
        if key in seen:
            raise InvalidInput(
                f"{grid.cell(number, 0, columns[0].name)}: the {columns[0].name} {key!r} also stands in row "
                f"{seen[key]}; give each row its own",
                field=f"{grid.field}.{key}",
            )
        seen[key] = number
        row_path = f"{grid.field}.{key}"
        places[row_path] = grid.row(number)
        found = _row_values(number, cells, columns[1:] if keyed else columns, grid, row_path)
        if not found:
            raise InvalidInput(
                f"{grid.row(number)}: the row has the {columns[0].name} {key!r} and nothing else; "
                "fill in at least one field, for example label, or delete the row",
                field=row_path,
            )
        values.update(found)
    if not seen:
        raise InvalidInput(f"{grid.name} has a header and no rows; add a row or leave the file out", field=grid.field)
    if keyed:
        return TableFacts(values, places)
    note = f"{grid.name} has no column id, so its rows are called row-1, row-2 and so on, by their position"
    return TableFacts(values, places, note)


def _columns(cells: list[Any], grid: Grid) -> list[_Column]:
    width = max(index for index, cell in enumerate(cells, 1) if cell is not None)
    if width > MOST_COLUMNS:
        raise InvalidInput(
            f"{grid.row(1)}: the header has more than {MOST_COLUMNS} fields; leave out columns", field=grid.field
        )
    columns: list[_Column] = []
    by_name: dict[str, int] = {}
    for index, cell in enumerate(cells[:width]):
        column = _column(index, cell, grid)
        if column.name in by_name:
            raise InvalidInput(
                f"{grid.cell(1, index)}: the field {column.name} also stands in column {by_name[column.name] + 1}; "
                "delete or rename one",
                field=grid.field,
            )
        if index and column.name in ROW_KEYS and columns[0].name not in ROW_KEYS:
            raise InvalidInput(
                f"{grid.cell(1, index)}: the column {column.name} names the rows; make it the first column",
                field=grid.field,
            )
        by_name[column.name] = index
        columns.append(column)
    for name, index in by_name.items():
        parts = name.split(".")
        for end in range(1, len(parts)):
            if ".".join(parts[:end]) in by_name:
                raise InvalidInput(
                    f"{grid.cell(1, index)}: the field {name} and the field {'.'.join(parts[:end])} exclude "
                    "each other; delete one",
                    field=grid.field,
                )
    return columns


def _column(index: int, cell: Any, grid: Grid) -> _Column:
    place = grid.cell(1, index)
    if cell is None:
        raise InvalidInput(
            f"{place}: this column has no field name in the first row; write one or delete it", field=grid.field
        )
    text = cell.strip() if isinstance(cell, str) else str(cell)
    name = text.removesuffix("[]")
    if not isinstance(cell, str) or not any(letter.isalpha() for letter in name):
        raise InvalidInput(
            f"{place}: {text[:80]!r} is not a field name; the first row holds the names of the fields, "
            "for example id,label",
            field=grid.field,
        )
    parts = name.split(".")
    if len(parts) > DEEPEST:
        raise InvalidInput(f"{place}: the field name {name[:80]!r} has more than {DEEPEST} parts", field=grid.field)
    for part in parts:
        check_key(part, place, what="field name", field=grid.field)
    return _Column(index, name, text.endswith("[]"))


def _check_width(number: int, cells: list[Any], width: int, grid: Grid) -> None:
    last = max((index for index, cell in enumerate(cells, 1) if cell is not None), default=0)
    if last > width:
        raise InvalidInput(
            f"{grid.cell(number, last - 1)}: the row has {last} cells and the header {width} fields; name this field "
            "in the first row or clear the cell"
            + ("" if grid.sheet else " (text with a delimiter needs double quotes)"),
            field=grid.field,
        )


def _row_key(number: int, cell: Any, column: _Column, grid: Grid) -> str:
    place = grid.cell(number, 0, column.name)
    if cell is None:
        raise InvalidInput(
            f"{place}: the row has no {column.name}; write one, for example film_shoot", field=grid.field
        )
    if isinstance(cell, bool) or not isinstance(cell, str | int):
        raise InvalidInput(f"{place}: {cell} cannot name a row; write text, for example film_shoot", field=grid.field)
    return check_key(str(cell).strip(), place, what=column.name, field=grid.field)


def _row_values(
    number: int, cells: list[Any], columns: list[_Column], grid: Grid, row_path: str
) -> dict[str, tuple[Scalar | list[Scalar], str]]:
    found: dict[str, tuple[Scalar | list[Scalar], str]] = {}
    for column in columns:
        cell = cells[column.index] if column.index < len(cells) else None
        if cell is None:
            continue
        path = f"{row_path}.{column.name}"
        place = grid.cell(number, column.index, column.name)
        value = check_scalar(cell, place, path)
        found[path] = (_entries(value, place, path) if column.is_list else value, place)
    return found


def _entries(value: Scalar, place: str, path: str) -> list[Scalar]:
    """The entries of a list cell: text, since lists of facts are lists of names."""
    entries = [part.strip() for part in re.split("[;,]", str(value))]
    if not all(entries):
        raise InvalidInput(
            f"{place}: {path} has an empty entry in {value!r}; write the entries divided by ;", field=path
        )
    return list(entries)
