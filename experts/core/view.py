"""What a tool's result looks like to a person: a short document, its pictures and its special files.

An expert's `views/<tool>.py` has one function, `view(result, arguments)`, that makes a View from
the tool's result and its validated arguments. A server turns it into SVG, PNG, Word, Excel or PDF.
A tool without such a module is shown as its figures and tables (`plain_view`).
"""

from dataclasses import dataclass, field
from typing import Any

from experts.core.blocks import Callout, ItemList, Prose, Table, block
from experts.core.contract import Block, Model
from experts.core.worksheet import to_json

_ASIDE = ("method", "assumptions", "warnings")
_LONGEST_TEXT = 400
_MOST_COLUMNS = 8
"""Columns beside the first that a page has room for."""


@dataclass(frozen=True)
class View:
    """One document: `title` says the finding; `pictures` are SVG by id; `files` are by name, with suffix.

    Texts and cells are written out: unlike in an artifact's document there is nothing to cite.
    A file named `<anything>.xlsx`, `.docx`, `.pdf` … replaces what would be made from the blocks.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    pictures: dict[str, str] = field(default_factory=dict)
    files: dict[str, str | bytes] = field(default_factory=dict)
    subtitle: str = ""


def grid(title: str, columns: dict[str, tuple[str, str]], rows: list[dict[str, str]], note: str = "") -> Table:
    """A table of written-out cells: `columns` maps a key to its label and unit (a unit other than text aligns right)."""
    return Table(
        title=title,
        columns=[{"key": key, "label": label, "unit": unit} for key, (label, unit) in columns.items()],
        rows={str(number): row for number, row in enumerate(rows, 1)},
        note=note,
    )


def document(*bodies: Model) -> tuple[Block, ...]:
    """Bodies as the blocks of a view, numbered."""
    return tuple(block(f"b{number}", body) for number, body in enumerate(bodies, 1))


def closing(result: Any) -> tuple[Model, ...]:
    """What every document ends with: warnings first, then the assumptions and the method."""
    warnings, assumptions = getattr(result, "warnings", []), getattr(result, "assumptions", [])
    parts: list[Model] = [Callout(tone="warning", text=text) for text in warnings]
    if assumptions:
        parts.append(ItemList(title="Assumptions", items=list(assumptions)))
    parts.append(Prose(text=f"Method: {getattr(result, 'method', '')}"))
    return tuple(parts)


def plain_view(title: str, result: Model) -> View:
    """Any result as a document: single figures first, then a table for each collection of rows."""
    data = {key: value for key, value in to_json(result).items() if key not in _ASIDE}
    bodies: list[Model] = []
    single = _singles(data)
    if single:
        rows = [{"figure": name, "value": value} for name, value in single]
        bodies.append(grid("Figures", {"figure": ("Figure", "text"), "value": ("Value", "ratio")}, rows))
    for key, value in data.items():
        bodies += _collection(spoken(key), value)
    return View(title=title, blocks=document(*bodies, *closing(result)))


def spoken(key: str) -> str:
    """A field name as words: "net_present_value" is "Net present value"."""
    words = key.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _singles(data: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in data.items():
        name = f"{prefix}{spoken(key)}" if not prefix else f"{prefix}{spoken(key).lower()}"
        if isinstance(value, dict) and value and not all(isinstance(item, dict) for item in value.values()):
            found += _singles(value, f"{name}: ")
        elif not isinstance(value, dict | list) and value is not None:
            found.append((name, _cell(value)))
    return found


def _collection(title: str, value: Any) -> list[Model]:
    if isinstance(value, dict) and value and all(isinstance(item, dict) for item in value.values()):
        return _rows(title, [{"": key, **row} for key, row in value.items()])
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return _rows(title, value)
    if isinstance(value, list) and value:
        return [ItemList(title=title, items=[_cell(item) for item in value])]
    if isinstance(value, dict):
        found = []
        for key, item in value.items():
            if isinstance(item, list) or (isinstance(item, dict) and all(isinstance(x, dict) for x in item.values())):
                found += _collection(f"{title}: {spoken(key).lower()}", item)
        return found
    return []


def _rows(title: str, rows: list[dict[str, Any]]) -> list[Model]:
    """Rows as a table; one with more columns than a page has room for comes in parts that all begin with the first."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    numeric = {key for key in keys if key and all(_is_number(row.get(key)) for row in rows)}
    first, rest = keys[:1], keys[1:]
    parts = [rest[at : at + _MOST_COLUMNS] for at in range(0, len(rest), _MOST_COLUMNS)] or [[]]
    tables: list[Model] = []
    for number, part in enumerate(parts, 1):
        shown = [*first, *part]
        columns = {key or "id": (spoken(key), "ratio" if key in numeric else "text") for key in shown}
        said = title if len(parts) == 1 else f"{title} ({number} of {len(parts)})"
        tables.append(grid(said, columns, [{key or "id": _cell(row.get(key)) for key in shown} for row in rows]))
    return tables


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | str) and str(value).replace(".", "", 1).lstrip("-").isdigit())


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        text = "; ".join(f"{spoken(key)}: {_cell(item)}" for key, item in value.items())
    elif isinstance(value, list):
        text = "; ".join(_cell(item) for item in value)
    else:
        text = str(value)
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
