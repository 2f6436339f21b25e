"""Rows with more columns than a page has room for."""

from typing import Any

from experts.core.contract import Model
from experts.core.view import plain_view
from mcp_servers.documents.pdf import pdf


class Rows(Model):
    rows: list[dict[str, Any]]
    method: str = ""


def test_rows_too_wide_for_a_page_come_in_parts_that_begin_alike() -> None:
    row = {"name": "first", **{letter: number for number, letter in enumerate("abcdefghi")}}
    tables = [piece.body for piece in plain_view("Wide", Rows(rows=[row])).blocks if piece.kind == "table"]
    assert [table["title"] for table in tables] == ["Rows (1 of 2)", "Rows (2 of 2)"]
    assert [[column["key"] for column in table["columns"]] for table in tables] == [
        ["name", *"abcdefgh"],
        ["name", "i"],
    ]


def test_rows_of_forty_columns_become_a_pdf() -> None:
    row = {f"column_{number}": str(number) for number in range(40)}
    assert pdf(plain_view("Wide", Rows(rows=[row] * 3))).startswith(b"%PDF")
