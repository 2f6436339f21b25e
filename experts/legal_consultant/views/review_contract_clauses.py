"""Clauses as a table, and the contract with each of them highlighted."""

import io
from collections.abc import Mapping
from typing import Any

from experts.core.view import View, closing, document, grid
from experts.core.workbook import stable_zip
from experts.legal_consultant.tools.review_contract_clauses import ClauseReview

_LONGEST = 400


def view(result: ClauseReview, arguments: Mapping[str, Any]) -> View:
    """Deviations first, then every clause with its place, then what was not found."""
    high = sum(deviation.severity == "high" for deviation in result.deviations)
    title = (
        f"{len(result.clauses)} clauses found, {len(result.deviations)} depart from the playbook, {high} of them badly"
    )
    deviations = [
        {"label": d.label, "severity": d.severity, "issue": d.issue, "preferred": d.preferred, "fallback": d.fallback}
        for d in result.deviations
    ]
    clauses = [{"label": c.label, "quote": c.quote[:_LONGEST], "place": f"{c.start}-{c.end}"} for c in result.clauses]
    absent = [
        {"label": n.label, "expected": "yes" if n.expected else "", "recall": f"{n.recall:.0%}"}
        for n in result.not_found
    ]
    text = result.text or str(arguments.get("text") or "")
    return View(
        title=title,
        subtitle=f"{result.notice} {result.jurisdiction}, {result.as_of}",
        blocks=document(
            *_table(
                "Departures from the playbook",
                {
                    "label": "Clause",
                    "severity": "Severity",
                    "issue": "Issue",
                    "preferred": "Preferred",
                    "fallback": "Fallback",
                },
                deviations,
            ),
            *_table("Clauses, word for word", {"label": "Clause", "quote": "Text", "place": "Place"}, clauses),
            *_table(
                "Not found, and so not cleared",
                {"label": "Clause", "expected": "Expected here", "recall": "Share that the rules find"},
                absent,
            ),
            *closing(result),
        ),
        files={"highlighted.docx": _highlighted(text, result)} if text else {},
    )


def _table(title: str, columns: dict[str, str], rows: list[dict[str, str]]) -> list[Any]:
    return [grid(title, {key: (label, "text") for key, label in columns.items()}, rows)] if rows else []


def _highlighted(text: str, result: ClauseReview) -> bytes:
    import docx
    from docx.enum.text import WD_COLOR_INDEX

    paper: Any = docx.Document()
    marks = sorted((clause.start, clause.end, clause.label) for clause in result.clauses)
    at = 0
    for line in text.split("\n"):
        paragraph = paper.add_paragraph()
        end, cursor = at + len(line), at
        for start, stop, label in [mark for mark in marks if mark[0] < end and mark[1] > at]:
            start, stop = max(start, cursor), min(stop, end)
            if stop <= start:
                continue
            paragraph.add_run(text[cursor:start])
            paragraph.add_run(text[start:stop]).font.highlight_color = WD_COLOR_INDEX.YELLOW
            note = paragraph.add_run(f" [{label}]")
            note.italic = True
            cursor = stop
        paragraph.add_run(text[cursor:end])
        at = end + 1
    paper.core_properties.author = paper.core_properties.last_modified_by = "Pixel Experts"
    buffer = io.BytesIO()
    paper.save(buffer)
    return stable_zip(buffer.getvalue())
