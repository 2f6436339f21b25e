"""RACI matrix: who does the work, who answers for it, who is asked and who is told.

R does the work, A answers for it and approves it, C is asked before, I is told after
(responsibility assignment matrix; PMI, PMBOK Guide, 6th edition, section 9.1). Every row has
exactly one A, so that nobody and no two people answer for it, and at least one R; somebody
who does both is written "AR".

Limits: it checks the matrix, not whether the people named have the time or the authority.
"""

from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count

METHOD = (
    "Responsibility assignment matrix (PMI, PMBOK Guide, 6th edition, section 9.1): exactly one A and at least one R "
    "in each row; somebody who is both is written AR."
)
MOST_ROWS, MOST_PEOPLE, MOST_SHOWN = 500, 100, 5


class Assignment(Model):
    """One row, by role."""

    accountable: str
    responsible: list[str]
    consulted: list[str]
    informed: list[str]


class PersonLoad(Model):
    """In how many rows a person has each role."""

    accountable: Count
    responsible: Count
    consulted: Count
    informed: Count


class RaciMatrix(Model):
    """A matrix that holds; `table` has a line for each row, a column for each person, as in a document."""

    rows: dict[Key, Assignment]
    people: dict[Key, PersonLoad]
    table: list[list[str]]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_raci(
    rows: Annotated[
        dict[Key, dict[Key, str]],
        Field(description="work → person → R, A, C, I or AR: {'charter': {'ann': 'A', 'ben': 'R'}}"),
    ],
    most_accountable: Annotated[Count, Field(description="warn above")] = 10,
) -> RaciMatrix:
    """Build a RACI matrix and check that each row has exactly one A and an R.

    Use when it must be clear who does, answers for, is asked about and is told of work. It
    does not know whether people have time (check_resource_load does).
    """
    people = sorted({person for row in rows.values() for person in row})
    if not rows or len(rows) > MOST_ROWS or len(people) > MOST_PEOPLE:
        raise InvalidInput(
            f"{len(rows)} rows and {len(people)} people; give 1 to {MOST_ROWS} rows and at most {MOST_PEOPLE} people",
            field="rows",
        )
    letters = {key: {person: _letters(key, person, text) for person, text in row.items()} for key, row in rows.items()}
    wrong = [sentence for key, row in letters.items() for sentence in _faults(key, row)]
    if wrong:
        more = f" (and {len(wrong) - MOST_SHOWN} more)" if len(wrong) > MOST_SHOWN else ""
        raise InvalidInput("; ".join(wrong[:MOST_SHOWN]) + more, field="rows")
    made = {
        key: Assignment(
            accountable=_with(row, "A")[0],
            responsible=_with(row, "R"),
            consulted=_with(row, "C"),
            informed=_with(row, "I"),
        )
        for key, row in letters.items()
    }
    load = {
        person: PersonLoad(
            accountable=_count(letters, person, "A"),
            responsible=_count(letters, person, "R"),
            consulted=_count(letters, person, "C"),
            informed=_count(letters, person, "I"),
        )
        for person in people
    }
    warnings = [
        f"{person!r} answers for {found.accountable} rows, more than {most_accountable}; pass some on."
        for person, found in load.items()
        if found.accountable > most_accountable
    ]
    warnings += [
        f"{key!r}: all {len(row.responsible)} people with a role other than A do the work; name one who leads it."
        for key, row in made.items()
        if len(row.responsible) > 3 and not row.consulted and not row.informed
    ]
    return RaciMatrix(
        rows=made,
        people=load,
        table=[["", *people], *([key, *(row.get(person, "") for person in people)] for key, row in letters.items())],
        method=METHOD,
        warnings=warnings,
    )


def _letters(key: str, person: str, text: str) -> str:
    found = "".join(sorted(text.upper().replace("/", "").replace(",", "").replace(" ", "")))
    if found not in ("R", "A", "C", "I", "AR"):
        raise InvalidInput(
            f"row {key!r}, {person!r}: {text[:20]!r} is not a role; write R, A, C, I, or AR for both",
            field=f"rows.{key}.{person}",
            seen=text,
        )
    return found


def _faults(key: str, row: dict[str, str]) -> list[str]:
    accountable = _with(row, "A")
    found = []
    if not accountable:
        found.append(f"row {key!r} has no A; name the one person who answers for it")
    if len(accountable) > 1:
        found.append(f"row {key!r} has {len(accountable)} A ({', '.join(accountable)}); leave the A to one of them")
    if not _with(row, "R"):
        found.append(f"row {key!r} has no R; name who does the work, or write AR for {(accountable or ['one'])[0]!r}")
    return found


def _with(row: dict[str, str], letter: str) -> list[str]:
    return [person for person, roles in row.items() if letter in roles]


def _count(rows: dict[str, dict[str, str]], person: str, letter: str) -> int:
    return sum(letter in row.get(person, "") for row in rows.values())
