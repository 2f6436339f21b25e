"""A draft as a Word file: marked as one, with author, review date and jurisdiction of its template."""

import io
from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Prose
from experts.core.view import View, closing, document
from experts.core.workbook import stable_zip
from experts.legal_consultant.tools.draft_document_from_template import DraftDocument


def view(result: DraftDocument, arguments: Mapping[str, Any]) -> View:
    """The text, and draft.docx with its headings."""
    return View(
        title=f"Draft: {result.title}",
        subtitle=f"{result.notice} {result.jurisdiction}, {result.as_of}",
        blocks=document(Prose(text=result.text), *closing(result)),
        files={"draft.docx": _word(result)},
    )


def _word(result: DraftDocument) -> bytes:
    import docx

    paper: Any = docx.Document()
    section = paper.sections[0]
    stamp = f"DRAFT, not reviewed by counsel. {result.jurisdiction}. {result.notice}"
    section.header.paragraphs[0].text = stamp
    section.footer.paragraphs[
        0
    ].text = f"Template {result.template} by {result.template_author}, reviewed on {result.template_reviewed_on}; drafted as of {result.as_of}"
    signatures: list[list[str]] = []
    for line in [*result.text.split("\n"), ""]:
        bare = line.strip()
        if bare.startswith("|"):
            cells = [cell.strip() for cell in bare.strip("|").split("|")]
            if any(cell.strip("-: ") for cell in cells):
                signatures.append(cells)
            continue
        if signatures:
            _table(paper, signatures)
            signatures = []
        if bare.startswith("#"):
            level = len(bare) - len(bare.lstrip("#"))
            paper.add_heading(bare.lstrip("# "), min(level, 4))
        elif bare.startswith("- "):
            paper.add_paragraph(bare[2:], style="List Bullet")
        elif bare:
            paper.add_paragraph(bare)
    paper.core_properties.author = paper.core_properties.last_modified_by = "Pixel Experts"
    paper.core_properties.title = result.title
    buffer = io.BytesIO()
    paper.save(buffer)
    return stable_zip(buffer.getvalue())


def _table(paper: Any, rows: list[list[str]]) -> None:
    width = max(len(row) for row in rows)
    table = paper.add_table(rows=len(rows), cols=width)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, [*cells, *[""] * (width - len(cells))], strict=True):
            cell.text = text
