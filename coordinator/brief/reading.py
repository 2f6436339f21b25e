"""Reads a brief: which flow it is for, and its facts by path, each with the file and place it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coordinator.brief.csv_rows import read_csv
from coordinator.brief.files import MEGABYTE, decode, inside, read_bytes
from coordinator.brief.keys import check_key
from coordinator.brief.rows import Grid, TableFacts, table_facts
from coordinator.brief.toml_text import parse_toml
from coordinator.brief.tree import flatten
from coordinator.brief.values import Scalar, check_value
from coordinator.brief.xlsx_rows import read_xlsx
from experts.core.errors import InvalidInput

LARGEST_BRIEF = 5 * MEGABYTE
LARGEST_TABLE = 20 * MEGABYTE

_FLOW_LINE = 'flow = "marketing_campaign_planning"'


@dataclass(frozen=True)
class Given:
    """One value of the brief and where it stands: "tidewater.toml" or "tasks.csv row 7, column duration"."""

    value: Scalar | list[Scalar]
    by: str


@dataclass(frozen=True)
class Brief:
    """The flow a brief asks for and its facts by dotted path, before any schema has seen them.

    `notes` are sentences the reader should see, such as which file's rows are named by position.
    """

    file: str
    flow: str
    facts: Mapping[str, Given]
    notes: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)

    def place_of(self, path: str) -> str:
        """Where `path` stands or, if it is absent, where it belongs: its row, its file, the brief."""
        if path in self.facts:
            return self.facts[path].by
        parts = path.split(".")
        above = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
        return next((self.places[prefix] for prefix in above if prefix in self.places), self.file)


def read_brief(path: Path) -> Brief:
    """Read the TOML brief at `path` and the CSV and XLSX files it names.

    A table `{ file = "tasks.csv" }` (for a workbook also `sheet = "Tasks"`) stands for the rows
    of that file, which must lie in the brief's folder. Numbers are exact; days are dates.

    Raises InvalidInput, in one sentence that names file and place, for whatever cannot be read.
    """
    shown = str(path)
    data = read_bytes(path, shown, LARGEST_BRIEF, "brief (a TOML file)")
    text = decode(data, shown, "save it with the character set UTF-8")
    tree = parse_toml(text, path.name)
    flow = _flow(tree, path.name)
    facts: dict[str, Given] = {}
    places: dict[str, str] = {}
    notes: list[str] = []
    rest = {key: value for key, value in tree.items() if key != "flow"}
    for name, value in flatten(rest, path.name, is_leaf=_names_a_file).items():
        if isinstance(value, dict):
            table = _read_table(value, name, path)
            facts.update((leaf, Given(*given)) for leaf, given in table.values.items())
            places.update(table.places)
            notes.extend([table.note] if table.note else [])
        else:
            facts[name] = Given(check_value(value, path.name, name), path.name)
    return Brief(file=path.name, flow=flow, facts=facts, notes=tuple(notes), places=places)


def _flow(tree: dict[str, Any], name: str) -> str:
    if "flow" not in tree:
        raise InvalidInput(
            f"{name} does not say which flow it is for; write {_FLOW_LINE} at its top, before the first [table]",
            field="flow",
        )
    flow = tree["flow"]
    if not isinstance(flow, str):
        raise InvalidInput(
            f"{name}: flow is {str(flow)[:80]}, not the name of a flow; write {_FLOW_LINE}", field="flow"
        )
    return check_key(flow, name, what="flow", field="flow")


def _names_a_file(table: dict[str, Any]) -> bool:
    return "file" in table and not isinstance(table["file"], dict)


def _read_table(table: dict[str, Any], path: str, brief: Path) -> TableFacts:
    place = brief.name
    named, sheet = table["file"], table.get("sheet")
    if not isinstance(named, str):
        raise InvalidInput(f"{place}: {path}.file is {named!r}; write a file name in quotes: 'tasks.csv'", field=path)
    others = sorted(set(table) - {"file", "sheet"})
    if others:
        raise InvalidInput(
            f"{place}: {path} names the file {named!r} and also gives {', '.join(others)[:200]}; "
            "put the rows into the file or delete the file's name",
            field=path,
        )
    kind = Path(named).suffix.lower()
    if kind not in (".csv", ".xlsx"):
        raise InvalidInput(
            f"{place}: {path} names the file {named!r}; save it as .csv or .xlsx and name that", field=path
        )
    if sheet is not None and (not isinstance(sheet, str) or kind == ".csv"):
        why = "a CSV file has no sheets" if kind == ".csv" else "write the sheet's name in quotes"
        raise InvalidInput(f"{place}: {path}.sheet is {sheet!r}; {why}", field=path)
    found = inside(brief.parent, named, place, path)
    data = read_bytes(found, named, LARGEST_TABLE, f"{kind[1:].upper()} file (named in {place} for {path})", path)
    grid: Grid = read_csv(data, named, path) if kind == ".csv" else read_xlsx(data, named, sheet, path)
    return table_facts(grid)
