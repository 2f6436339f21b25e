"""The RACI matrix as a table and as a workbook that checks itself."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View, closing, document, grid
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.project_management.tools.build_raci import RaciMatrix

WIDEST = 10


def view(result: RaciMatrix, arguments: Mapping[str, Any]) -> View:
    """Matrix in parts that fit a page, load by person, and the workbook."""
    people, most = list(result.people), max(one.accountable for one in result.people.values())
    busiest = next(name for name, one in result.people.items() if one.accountable == most)
    title = f"{len(result.rows)} rows, each with one A; {busiest} answers for {most}"
    parts = [people[at : at + WIDEST] for at in range(0, len(people), WIDEST)]
    tables = []
    for number, part in enumerate(parts, 1):
        columns = {"row": ("Work", "text"), **{f"c{at}": (name, "text") for at, name in enumerate(part)}}
        rows = []
        for line in result.table[1:]:
            letters = dict(zip(result.table[0][1:], line[1:], strict=True))
            rows.append({"row": line[0], **{f"c{at}": letters[name] for at, name in enumerate(part)}})
        said = "RACI matrix" if len(parts) == 1 else f"RACI matrix, part {number} of {len(parts)}"
        tables.append(grid(said, columns, rows, "R does, A answers for it, C is asked before, I is told after."))
    load = [
        {
            "who": name,
            "a": str(one.accountable),
            "r": str(one.responsible),
            "c": str(one.consulted),
            "i": str(one.informed),
        }
        for name, one in result.people.items()
    ]
    heads = {
        "who": ("Person", "text"),
        "a": ("Accountable", "count"),
        "r": ("Responsible", "count"),
        "c": ("Consulted", "count"),
        "i": ("Informed", "count"),
    }
    return View(
        title=title,
        blocks=document(*tables, grid("Rows by person and role", heads, load), *closing(result)),
        files={"raci.xlsx": _book(result, title)},
    )


def _book(result: RaciMatrix, title: str) -> bytes:
    names = result.table[0][1:]
    last = _column(len(names))
    rows: list[tuple[Cell, ...]] = []
    for at, line in enumerate(result.table[1:]):
        row = FIRST_ROW + at
        area = f"B{row}:{last}{row}"
        test = f'=IF(AND(COUNTIF({area},"*A*")=1,COUNTIF({area},"*R*")>0),"holds","one A and an R are needed")'
        rows.append((*line, Formula(test, "holds")))
    end = FIRST_ROW + len(rows) - 1
    counts = [
        Formula(f'=COUNTIF({_column(at)}{FIRST_ROW}:{_column(at)}{end},"*A*")', str(result.people[name].accountable))
        for at, name in enumerate(names, 1)
    ]
    rows.append(("Answers for (A)", *counts, None))
    columns = (
        ("Work", "text", 34),
        *((name, "text", max(8, min(18, len(name) + 2))) for name in names),
        ("Check", "text", 26),
    )
    inputs = frozenset((row, column) for row in range(len(rows) - 1) for column in range(1, len(names) + 1))
    return workbook(
        Grid(
            "RACI",
            title,
            columns,
            tuple(rows),
            note="Blue letters are inputs: R, A, C, I or AR. The last column checks each row.",
            bold=frozenset({len(rows) - 1}),
            inputs=inputs,
        )
    )


def _column(number: int) -> str:
    """A, B … Z, AA for the column counted from 0."""
    return (chr(64 + number // 26) if number >= 26 else "") + chr(65 + number % 26)
