"""Rows of an XLSX workbook: stored values only, never a formula that was not calculated."""

import io
import warnings
import zipfile
from datetime import datetime, time
from typing import Any

from coordinator.brief.files import MEGABYTE
from coordinator.brief.rows import MOST_ROWS, Grid, Row, cell_name
from experts.core.errors import InvalidInput

LARGEST_UNPACKED = 100 * MEGABYTE
MOST_PARTS = 5_000
MOST_CELLS = 5_000_000

_SAVE_AGAIN = "open it in a spreadsheet program and save it again as .xlsx"


def read_xlsx(data: bytes, name: str, sheet: str | None, field: str) -> Grid:
    """The rows of one sheet; `sheet` may be None where the workbook has only one.

    Numbers keep the value stored in the file, a date at midnight becomes a date. A formula
    without a stored result, an error value and a damaged or oversized workbook are InvalidInput.
    """
    _check_archive(data, name, field)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which are not read
            title, rows = _read(data, name, sheet, field)
    except InvalidInput:
        raise
    except Exception as error:  # openpyxl fails with whatever the damaged part made it stumble over
        raise InvalidInput(
            f"{name} cannot be read as a workbook ({type(error).__name__}), so it may be damaged; {_SAVE_AGAIN}",
            field=field,
        ) from error
    return Grid(name=name, field=field, rows=iter(rows), sheet=title)


def _check_archive(data: bytes, name: str, field: str) -> None:
    """Refuse what is not a plain zip, and what would unpack to far more than a table needs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InvalidInput(
            f"{name} is not an XLSX workbook, or it is protected by a password; {_SAVE_AGAIN}, without a password",
            field=field,
        ) from error
    if any(part.flag_bits & 0x1 for part in parts):
        raise InvalidInput(f"{name} is protected by a password; {_SAVE_AGAIN}, without a password", field=field)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        raise InvalidInput(
            f"{name} would unpack to {unpacked // MEGABYTE:,} MB in {len(parts):,} parts, "
            f"more than the {LARGEST_UNPACKED // MEGABYTE} MB in {MOST_PARTS:,} parts a table may take; "
            "copy the table alone into a new workbook",
            field=field,
        )


def _read(data: bytes, name: str, sheet: str | None, field: str) -> tuple[str, list[Row]]:
    # openpyxl gives either stored values or formulas; only both tell an empty cell from a
    # formula that was never calculated.
    from openpyxl import load_workbook

    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    formulas = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    titles = [found.title for found in values.worksheets]
    title = _choose(titles, sheet, name, field)
    shown, written = (book.worksheets[titles.index(title)] for book in (values, formulas))
    for page in (shown, written):
        page.reset_dimensions()  # the declared size is often wrong, and would cut rows off
    rows: list[Row] = []
    visited = 0
    for number, (cells, sources) in enumerate(zip(shown.iter_rows(), written.iter_rows(), strict=True), 1):
        visited += 1 + len(cells)
        if visited > MOST_CELLS:
            raise InvalidInput(
                f"{name} {title} has more than {MOST_CELLS:,} cells, most of them perhaps empty; "
                "copy the table alone into a new workbook",
                field=field,
            )
        row = [
            _value(cell, source, f"{name} {cell_name(title, number, index)}", field)
            for index, (cell, source) in enumerate(zip(cells, sources, strict=True))
        ]
        if any(value is not None for value in row):
            rows.append((number, row))
        if len(rows) > MOST_ROWS + 1:  # enough for the reader of rows to refuse
            break
    return title, rows


def _choose(titles: list[str], sheet: str | None, name: str, field: str) -> str:
    listed = ", ".join(repr(title) for title in titles[:20])
    if sheet is None and len(titles) == 1:
        return titles[0]
    if sheet is None:
        raise InvalidInput(
            f"{name} has {len(titles)} sheets ({listed}); say which one, "
            f'for example {{ file = "{name}", sheet = "{titles[0] if titles else "Sheet1"}" }}',
            field=field,
        )
    if sheet not in titles:
        raise InvalidInput(f"{name} has no sheet {sheet!r}; it has {listed}", field=field, seen=sheet)
    return sheet


def _value(cell: Any, source: Any, place: str, field: str) -> Any:
    value = cell.value
    if cell.data_type == "e":
        raise InvalidInput(
            f"{place}: the cell holds the error {value}; mend its formula or write the value", field=field
        )
    # A formula that gave empty text has the type "str" and is an empty cell.
    if value is None and source.data_type == "f" and cell.data_type != "str":
        formula = str(getattr(source.value, "text", source.value))[:80]
        raise InvalidInput(
            f"{place}: the formula {formula} has no stored result; "
            "open the workbook in a spreadsheet program and save it, or write the value",
            field=field,
        )
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value
