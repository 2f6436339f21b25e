"""The laws that apply, that are near, and that begin later."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import ItemList, Table
from experts.core.view import View, document, grid
from experts.hr_people_ops.tools.list_employer_obligations import Obligation, Obligations
from experts.hr_people_ops.views._look import ending


def view(result: Obligations, arguments: Mapping[str, Any]) -> View:
    """Tables by what applies and from which size, and what is not covered."""
    rows = result.obligations
    applying = [row for row in rows if row.applies == "yes"]
    near = [row for row in rows if row.applies == "check"]
    title = f"{len(applying)} federal laws apply to {arguments['employees']:,} employees" + (
        f", and {len(near)} are near their threshold" if near else ""
    )
    groups = {
        "Applies to every employer": [row for row in applying if row.threshold == 1],
        "Applies by headcount": [row for row in applying if row.threshold > 1],
        "Near the threshold: count as the law counts": near,
        "Not yet": [row for row in rows if row.applies == "no"],
    }
    return View(
        title=title,
        subtitle=f"{result.jurisdiction}, as of {result.as_of}",
        blocks=document(
            *(_table(said, found) for said, found in groups.items() if found),
            ItemList(title="State and local law that is not included", items=result.not_included),
            *ending(result),
        ),
    )


def _table(title: str, rows: list[Obligation]) -> Table:
    columns = {
        "law": ("Law", "text"),
        "from": ("From", "count"),
        "duty": ("Main duty", "text"),
        "counting": ("Who is counted", "text"),
        "cite": ("Citation", "text"),
    }
    cells = [
        {
            "law": row.law,
            "from": f"{row.threshold:,}",
            "duty": row.duty,
            "counting": row.counting,
            "cite": row.citation,
        }
        for row in rows
    ]
    return grid(title, columns, cells)
