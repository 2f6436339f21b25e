"""Workbooks with live formulas, the same bytes for the same content: what a view's .xlsx files are made with."""

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "valign": "top"},
    "money": {"num_format": "#,##0.00"},
    "rate": {"num_format": "0.0%"},
    "ratio": {"num_format": "#,##0.00##"},
    "count": {"num_format": "#,##0"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip entry can carry


@dataclass(frozen=True)
class Formula:
    """A cell that calculates: spreadsheet text such as "=SUM(B2:B9)" and the value it has now."""

    text: str
    value: Decimal | str


Cell = str | int | Decimal | date | Formula | None


@dataclass(frozen=True)
class Grid:
    """One sheet: a title in A1, a note in A2, heads in row 4, rows from row 5 (`FIRST_ROW`).

    `columns` are (label, unit, width in characters); units are those of `_FORMATS`. Rows in
    `bold` (counted from 0) are totals. Cells in `inputs` (row, column) are coloured as inputs.
    """

    name: str
    title: str
    columns: tuple[tuple[str, str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    bold: frozenset[int] = frozenset()
    inputs: frozenset[tuple[int, int]] = field(default_factory=frozenset)


FIRST_ROW = 5
"""The spreadsheet row of a grid's first row of cells."""


def workbook(*grids: Grid) -> bytes:
    """The grids as an .xlsx file: frozen heads, formats by unit, fitted to one page wide."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"author": "Pixel Experts", "created": datetime(2000, 1, 1)})
    for grid in grids:
        _sheet(book, grid)
    book.close()
    return stable_zip(buffer.getvalue())


def stable_zip(data: bytes) -> bytes:
    """The same archive with every entry's time fixed; order and content stay."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.create_system = 3  # whichever system writes it
            fixed.external_attr = 0o600 << 16
            target.writestr(fixed, source.read(entry))
    return out.getvalue()


def _sheet(book: Any, grid: Grid) -> None:
    sheet = book.add_worksheet(grid.name[:31])
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    sheet.set_landscape()
    sheet.write_string(0, 0, grid.title, book.add_format({"bold": True, "font_size": 14, "font_color": "#12507B"}))
    if grid.note:
        sheet.write_string(1, 0, grid.note, book.add_format({"italic": True, "font_color": "#52606D"}))
    for column, (label, unit, width) in enumerate(grid.columns):
        side = "left" if unit in ("text", "date") else "right"
        look = {"bold": True, "bottom": 1, "bg_color": "#E8EEF3", "align": side, "text_wrap": True, "valign": "top"}
        sheet.write_string(FIRST_ROW - 2, column, label, book.add_format(look))
        sheet.set_column(column, column, width)
    sheet.freeze_panes(FIRST_ROW - 1, 1)
    looks: dict[tuple[str, bool, bool], Any] = {}
    for number, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            key = (grid.columns[column][1], number in grid.bold, (number, column) in grid.inputs)
            if key not in looks:
                look = dict(_FORMATS[key[0]]) | ({"bold": True, "top": 1} if key[1] else {})
                looks[key] = book.add_format(look | ({"font_color": "#1F4FD8"} if key[2] else {}))
            _write(sheet, FIRST_ROW - 1 + number, column, cell, looks[key])


def _write(sheet: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    if cell is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(cell, Formula):
        value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
        sheet.write_formula(row, column, cell.text, look, value)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), look)
    elif isinstance(cell, int | Decimal):
        sheet.write_number(row, column, float(cell), look)
    else:
        sheet.write_string(row, column, cell, look)
