"""Recalculate a workbook with an engine that is not ours, and read what it says cell by cell.

The engine is the `formulas` package: pure Python, from pip alone. It reads the file's
formulas and ignores the values stored beside them.
"""

import contextlib
import io
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CellValue = float | str | bool | None
At = tuple[str, str]
"""Sheet name and address: ("Allocation", "D4")."""


def recalculate(workbook: bytes, changes: Mapping[At, float | str] | None = None) -> dict[At, CellValue]:
    """Every cell's value after recalculation, with `changes` written into input cells first.

    Changing a cell that holds a formula, or none, is an error of the test: AssertionError.
    """
    import formulas

    os.environ.setdefault("TQDM_DISABLE", "1")
    sheets = _sheets(workbook, data_only=False)
    names = {name.upper(): name for name in sheets}
    inputs = {}
    for (sheet, address), value in (changes or {}).items():
        held = sheets[sheet][address]
        assert held.value is not None, f"{sheet}!{address} is empty"
        assert held.data_type != "f", f"{sheet}!{address} is no input: {held.value}"
        inputs[f"'[BOOK.XLSX]{sheet.upper()}'!{address}"] = value
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
        path = Path(folder) / "BOOK.XLSX"
        path.write_bytes(workbook)
        solution = formulas.ExcelModel().loads(str(path)).finish().calculate(inputs=inputs or None)
    found: dict[At, CellValue] = {}
    for node, cell in solution.items():
        where, _, address = str(node).rpartition("!")
        name = names.get(where.strip("'").partition("]")[2])
        if name is not None and ":" not in address:
            found[name, address] = _plain(cell.value[0, 0])
    return found


def cached(workbook: bytes) -> dict[At, CellValue]:
    """Every cell's value as stored in the file, which is what a viewer shows that does not calculate."""
    found: dict[At, CellValue] = {}
    for name, sheet in _sheets(workbook, data_only=True).items():
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    found[name, cell.coordinate] = _plain(cell.value)
    return found


def formulas_of(workbook: bytes) -> dict[At, str]:
    """Every formula, with its leading "="."""
    return {
        (name, cell.coordinate): cell.value
        for name, sheet in _sheets(workbook, data_only=False).items()
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def address_of(workbook: bytes, sheet: str, row: str, column: str) -> At:
    """The cell at the row whose first text is `row` and under the head `column`."""
    rows = list(_sheets(workbook, data_only=True)[sheet].iter_rows(max_row=None))
    heads = {cell.value: cell.column_letter for cell in rows[2] if cell.value}
    number = next(cells[0].row for cells in rows[3:] if cells[0].value == row)
    return sheet, f"{heads[column]}{number}"


def _sheets(workbook: bytes, data_only: bool) -> dict[str, Any]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=data_only)
    return {sheet.title: sheet for sheet in book.worksheets}


def _plain(value: Any) -> CellValue:
    import datetime

    if isinstance(value, datetime.datetime):
        return float((value.date() - datetime.date(1899, 12, 30)).days)
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return bool(value)
    if isinstance(value, int | float):
        return float(value)
    try:
        return float(value) if not isinstance(value, str) else value
    except (TypeError, ValueError):
        text = str(value)
        return None if text == "empty" else text
