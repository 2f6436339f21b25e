"""What every legal result carries, and how tables are cited."""

from datetime import date
from pathlib import Path
from typing import Any

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Day
from experts.core.tables import ReferenceTable, load_table

NOTICE = "Information, not legal advice."
NOT_COMPARED = "Written from general knowledge, not compared with its source"
"""How a table's `source` ends where that is so; what follows says which part."""
_FOLDER = Path(__file__).parent.parent


class Legal(Model):
    """The law that a result applies, as of which day, from which sources, and whether counsel must decide."""

    jurisdiction: str
    as_of: Day
    sources: list[str]
    notice: str = NOTICE
    escalate: bool = False
    escalation_reason: str = ""
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def table(name: str) -> ReferenceTable:
    """A reference table of this expert."""
    return load_table(_FOLDER / "tables" / f"{name}.toml")


def values(name: str, day: date) -> dict[str, Any]:
    """The values of a table in force on `day`; a day it does not cover is refused."""
    return table(name).on(day)


def citation(name: str, day: date) -> str:
    """Table id, the span that holds on `day`, and the source, as results cite it."""
    found = table(name)
    row = next(r for r in found.rows if r.effective_from <= day and (r.effective_to is None or day <= r.effective_to))
    until = f"to {row.effective_to}" if row.effective_to else "on"
    return (
        f"{found.source} (reference://{name}, in force from {row.effective_from} {until}, checked {found.checked_on})"
    )


def caution(*names: str) -> list[str]:
    """A warning for each table, or part of one, that says it was not compared with its source."""
    found = []
    for name in names:
        _, marker, rest = table(name).source.partition(NOT_COMPARED)
        if marker:
            found.append(f"reference://{name}: {marker[0].lower()}{marker[1:]}{rest}")
    return found


def template_path(name: str) -> Path:
    """The file of a template."""
    return _FOLDER / "templates" / f"{name}.md"


def one_of(value: str, known: Any, field: str, what: str) -> str:
    """`value` if it is known; else an error that names the nearest."""
    if value not in known:
        raise InvalidInput(f"{what} {value!r} is not known{did_you_mean(value, known)}", field=field)
    return value
