"""Clauses as a table, and the contract with each of them highlighted."""

import io
from collections.abc import Mapping
from typing import Any

from experts.core.view import View, closing, document, grid
from experts.core.workbook import stable_zip
from experts.legal_consultant.tools._text import printable
from experts.legal_consultant.tools.review_contract_clauses import ClauseReview

_LONGEST = 400
_MOST_LINES = 12_000


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
    text = printable(result.text or str(arguments.get("text") or ""))
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
    """The text with each flagged sentence in yellow and its label behind it; empty lines are left out."""
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paper: Any = docx.Document()
    last = paper.element.body.sectPr
    marks = sorted((clause.start, clause.end, clause.label) for clause in result.clauses)

    def run(paragraph: Any, words: str, style: str = "") -> None:
        if not words:
            return
        made, shown = OxmlElement("w:r"), OxmlElement("w:t")
        if style:
            properties, look = OxmlElement("w:rPr"), OxmlElement("w:highlight" if style == "yellow" else "w:i")
            if style == "yellow":
                look.set(qn("w:val"), "yellow")
            properties.append(look)
            made.append(properties)
        shown.set(qn("xml:space"), "preserve")
        shown.text = words
        made.append(shown)
        paragraph.append(made)

    at = first = written = 0
    for line in text.split("\n"):
        end, cursor = at + len(line), at
        while first < len(marks) and marks[first][1] <= at:
            first += 1
        if line.strip() and written < _MOST_LINES:
            written += 1
            paragraph = OxmlElement("w:p")
            for start, stop, label in marks[first:]:
                if start >= end:
                    break
                start, stop = max(start, cursor), min(stop, end)
                if stop <= start:
                    continue
                run(paragraph, text[cursor:start])
                run(paragraph, text[start:stop], "yellow")
                run(paragraph, f" [{label}]", "italic")
                cursor = stop
            run(paragraph, text[cursor:end])
            last.addprevious(paragraph)
        at = end + 1
    if written == _MOST_LINES:
        paragraph = OxmlElement("w:p")
        run(paragraph, f"[Only the first {_MOST_LINES} lines are shown.]", "italic")
        last.addprevious(paragraph)
    paper.core_properties.author = paper.core_properties.last_modified_by = "Pixel Experts"
    buffer = io.BytesIO()
    paper.save(buffer)
    return stable_zip(buffer.getvalue())
