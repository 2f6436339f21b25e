"""The expert's dated tables, read when first needed, and words that several tools share."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from experts.core.errors import InvalidInput
from experts.core.tables import ReferenceTable, load_table

FOLDER = Path(__file__).parent.parent

NOT_COMPARED = "Written from general knowledge, not compared with its source"
"""How a table's `source` ends where that is so; what follows says which part."""

NOT_ADVICE = "Information about rules in the tables named, not legal advice."

STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "DC",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "PR",
        "VI",
        "GU",
        "AS",
        "MP",
    ]
)


@cache
def table(name: str) -> ReferenceTable:
    """The table `tables/<name>.toml`."""
    return load_table(FOLDER / "tables" / f"{name}.toml")


def cited(name: str, day: date | None = None) -> str:
    """A table by id, the span of the row used and the day it was checked."""
    found = table(name)
    for row in found.rows if day else ():
        if row.effective_from <= day and (row.effective_to is None or day <= row.effective_to):  # type: ignore[operator]
            span = f", in force {row.effective_from} to {row.effective_to or 'open'}"
            return f"reference://{name}{span}, checked {found.checked_on}"
    return f"reference://{name}, checked {found.checked_on}"


def sources(*names: str, day: date | None = None) -> list[str]:
    """For each table its source in full, then the table, the span of the row used and the day it was checked."""
    return [f"{table(name).source.rstrip('.')} ({cited(name, day)})" for name in names]


def caution(*names: str) -> list[str]:
    """A warning for each table, or part of one, that says it was not compared with its source."""
    found = []
    for name in names:
        _, marker, rest = table(name).source.partition(NOT_COMPARED)
        if marker:
            found.append(f"reference://{name}: {marker[0].lower()}{marker[1:]}{rest}")
    return found


def us_state(state: str, field: str = "state") -> str:
    """A two-letter postal code of a state or territory, or "" for none. InvalidInput for anything else."""
    code = state.strip().upper().removeprefix("US-")
    if code and code not in STATES:
        raise InvalidInput(
            f"state {state[:40]!r} is not a United States postal code; write two letters such as 'CA'", field=field
        )
    return code


def listed(items: Iterable[str], most: int = 8) -> str:
    """Items as one phrase, shortened after `most` of them."""
    found = list(items)
    text = ", ".join(found[:most])
    return text if len(found) <= most else f"{text} and {len(found) - most} more"


def values_on(name: str, day: date) -> dict[str, Any]:
    """The values of a table in force on a day."""
    return table(name).on(day)
