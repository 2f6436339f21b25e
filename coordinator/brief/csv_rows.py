"""Rows of a CSV file, read strictly: one delimiter, the same number of cells in each row."""

import csv
import io
import re
from collections.abc import Iterator

from coordinator.brief.files import decode
from coordinator.brief.rows import Grid, Row
from experts.core.errors import InvalidInput

_SAVE_AS = "save it as 'CSV UTF-8' (in Excel) or with the character set Unicode (UTF-8) (in LibreOffice)"


def read_csv(data: bytes, name: str, field: str) -> Grid:
    """The rows of a UTF-8 CSV file (RFC 4180) whose delimiter is a comma or a semicolon.

    The delimiter is the one the header row uses; a header with both is InvalidInput, as is a
    quote that does not close or a row that is shorter than the header.
    """
    text = decode(data, name, _SAVE_AS, field)
    delimiter = _delimiter(re.split(r"[\r\n]", text, maxsplit=1)[0], name, field)
    return Grid(name=name, field=field, rows=_rows(text, delimiter, name, field))


def _delimiter(header: str, name: str, field: str) -> str:
    outside = "".join(header.split('"')[::2])
    if "," in outside and ";" in outside:
        raise InvalidInput(
            f"{name} row 1: the header has both , and ; between its fields; use one of them throughout", field=field
        )
    if "\t" in outside:
        raise InvalidInput(
            f"{name} row 1: the header is divided by tabs; save the file with , or ; instead", field=field
        )
    return ";" if ";" in outside else ","


def _rows(text: str, delimiter: str, name: str, field: str) -> Iterator[Row]:
    number, width = 0, 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InvalidInput(
                f"{name} row {number}: {_reason(str(error))}; put text that holds quotes, "
                f"line ends or {delimiter} in double quotes, and double the quotes within it",
                field=field,
            ) from error
        stripped = [cell.strip() for cell in cells]
        if not any(stripped):
            continue
        if number == 1:
            width = max(index for index, cell in enumerate(stripped, 1) if cell)
        if len(cells) < width:
            raise InvalidInput(
                f"{name} row {number}: the row has {len(cells)} cells and the header {width} fields; "
                f"write a {delimiter} also for an empty cell",
                field=field,
            )
        yield number, [cell or None for cell in stripped]


def _reason(message: str) -> str:
    if message.startswith("unexpected end of data"):
        return "a quote opens here and never closes"
    if message.startswith("field larger"):
        return "a cell is longer than 131,072 characters, perhaps because a quote does not close"
    return message
