"""A redline: the same comparison as a Word file with tracked changes and as a page."""

import html
import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from experts.core.view import View, closing, document, grid
from experts.core.workbook import stable_zip
from experts.legal_consultant.tools._redline import Piece, compare
from experts.legal_consultant.tools._text import printable
from experts.legal_consultant.tools.compare_contract_versions import Comparison

_LONGEST = 300
_STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:44em;margin:2em auto;padding:0 1em;color:#1F2933}"
    "ins{background:#DDF0DD;color:#1E5631;text-decoration:underline}"
    "del{background:#F7DEDA;color:#8C2A1C;text-decoration:line-through}"
    ".moved{border-left:3px solid #12507B;padding-left:.6em}"
)


def view(result: Comparison, arguments: Mapping[str, Any]) -> View:
    """The list of changes; redline.docx and redline.html hold both texts."""
    biting = sum(bool(change.bites) for change in result.changes)
    title = f"{len(result.changes)} changes, {biting} of them touch figures or duties"
    if not result.changes:
        title = "Both versions say the same"
    columns = {
        "kind": ("Change", "text"),
        "removed": ("Was", "text"),
        "added": ("Is", "text"),
        "bites": ("Touches", "text"),
    }
    rows = [
        {
            "kind": change.kind,
            "removed": change.removed[:_LONGEST],
            "added": change.added[:_LONGEST],
            "bites": ", ".join(change.bites),
        }
        for change in result.changes
    ]
    pieces = compare(arguments["old"], arguments["new"])
    return View(
        title=title,
        subtitle=result.notice,
        blocks=document(
            *([grid("Changes, in the order of the new version", columns, rows)] if rows else []), *closing(result)
        ),
        files={"redline.docx": _word(pieces, result.as_of), "redline.html": _page(pieces, title)},
    )


def _word(pieces: list[Piece], day: date) -> bytes:
    """Accepting every change gives the new text, rejecting every change the old one."""
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paper: Any = docx.Document()
    number = 0

    def tracked(tag: str) -> Any:
        nonlocal number
        number += 1
        mark = OxmlElement(tag)
        for name, value in (("w:id", str(number)), ("w:author", "Pixel Experts"), ("w:date", f"{day}T00:00:00Z")):
            mark.set(qn(name), value)
        return mark

    for piece in pieces:
        paragraph: Any = paper.add_paragraph()._p
        whole = {"inserted": "w:ins", "moved_to": "w:ins", "deleted": "w:del", "moved_from": "w:del"}.get(piece.kind)
        if whole:  # the paragraph's own mark comes and goes with it
            properties = OxmlElement("w:rPr")
            properties.append(tracked(whole))
            paragraph.get_or_add_pPr().append(properties)
        for op, text in _words(piece):
            run, shown = OxmlElement("w:r"), OxmlElement("w:delText" if op == "delete" else "w:t")
            shown.set(qn("xml:space"), "preserve")
            shown.text = printable(text)
            run.append(shown)
            if op == "equal":
                paragraph.append(run)
            else:
                mark = tracked("w:ins" if op == "insert" else "w:del")
                mark.append(run)
                paragraph.append(mark)
    properties = paper.core_properties
    properties.author = properties.last_modified_by = "Pixel Experts"
    properties.title = "Redline"
    buffer = io.BytesIO()
    paper.save(buffer)
    return stable_zip(buffer.getvalue())


def _words(piece: Piece) -> list[tuple[str, str]]:
    """The piece's words; a moved paragraph goes at its old place and comes at its new one."""
    forced = {"moved_from": "delete", "deleted": "delete", "moved_to": "insert", "inserted": "insert"}.get(piece.kind)
    return [(forced or op, text.replace("\n", " ")) for op, text in piece.words]


def _page(pieces: list[Piece], title: str) -> str:
    lines = []
    for piece in pieces:
        tags = {"insert": ("<ins>", "</ins>"), "delete": ("<del>", "</del>"), "equal": ("", "")}
        text = "".join(f"{tags[op][0]}{html.escape(words)}{tags[op][1]}" for op, words in _words(piece))
        moved = ' class="moved"' if piece.kind.startswith("moved") else ""
        lines.append(f"<p{moved}>{text}</p>")
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(title)}</title><style>{_STYLE}</style>'
    return f"{head}<h1>{html.escape(title)}</h1>\n" + "\n".join(lines) + "</html>\n"
