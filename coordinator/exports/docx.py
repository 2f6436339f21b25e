"""plan.docx: the plan as a document to edit, sign and send."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC
from functools import partial
from typing import Any

from coordinator.exports._svg import picture_of, png_of, says, size_of
from coordinator.exports._tables import column_shares, lay_out
from coordinator.exports.deliverable import Deliverable, Section
from coordinator.exports.formatting import (
    FIGURES,
    SLOT_TITLES,
    Part,
    capitalized,
    clean,
    format_moment,
    paragraphs,
    parts_of,
    render_prose,
)
from experts.core.blocks import Callout, Event, Heading, ItemList, Picture, Prose, Sheet, Table, body_of
from experts.core.contract import Block
from experts.core.workbook import stable_zip

NAME = "docx"
FILES = ("plan.docx",)

_EMU = 12700  # English Metric Units in a point


def render(deliverable: Deliverable) -> dict[str, bytes]:
    """plan.docx: first page, sections, appendix; real styles, tables and lists, pictures with alt text.

    Times are the session's, so the same plan gives the same bytes. An unknown ref or picture
    raises ConfigurationError naming it.
    """
    return {"plan.docx": stable_zip(document(deliverable))}


def document(deliverable: Deliverable) -> bytes:
    """A Word document of any deliverable; one without a session is a document of its own, of its front blocks."""
    return _Paper(deliverable).write()


class _Paper:
    """Writes one deliverable into one document, top to bottom."""

    def __init__(self, deliverable: Deliverable) -> None:
        import docx

        from coordinator.exports import _word

        self._plan = deliverable
        self._word = _word
        self._document: Any = docx.Document()
        _word.prepare(self._document)
        page: Any = self._document.sections[0]
        self._width: int = page.page_width - page.left_margin - page.right_margin
        self._height: int = page.page_height - page.top_margin - page.bottom_margin

    def write(self) -> bytes:
        plan, document = self._plan, self._document
        self._properties()
        self._margins()
        if plan.draft:
            self._paragraph([Part("Draft: this plan is not final", None)], "Plan Warning", bold=True)
            for reason in plan.draft:
                self._paragraph(self._parts(capitalized(reason)), "Plan Warning")
            self._gap()
        document.add_paragraph(clean(plan.title), style="Title")
        if plan.subtitle:
            document.add_paragraph(clean(plan.subtitle), style="Subtitle")
        if not plan.session:  # a document of its own, not a session's plan
            self._blocks(plan.front)
            return self._saved()
        document.add_paragraph(
            f"Made on {format_moment(plan.made_on)} · session {plan.session} · amounts in {plan.currency}",
            style="Plan Small",
        )
        parts = self._outline()
        for number, (title, _) in enumerate(parts, 1):
            line = document.add_paragraph()
            line.paragraph_format.space_after = 0
            self._word.link_to(line, number, clean(title))
        for number, (title, fill) in enumerate(parts, 1):
            heading = document.add_heading(clean(title), 1)
            heading.paragraph_format.page_break_before = title == "Appendix" or (number == 2 and bool(plan.front))
            self._word.bookmark(heading, number)
            fill()
        document.add_paragraph(
            "The source of every figure, down to each calculation, is listed in plan.html and plan.json.",
            style="Plan Small",
        )
        return self._saved()

    def _saved(self) -> bytes:
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _outline(self) -> list[tuple[str, Callable[[], None]]]:
        plan = self._plan
        parts: list[tuple[str, Callable[[], None]]] = []
        if plan.front:
            parts.append(("The plan in short", partial(self._blocks, plan.front)))
        parts += [(section.title, partial(self._section, section)) for section in plan.sections]
        if plan.appendix:
            parts.append(("Appendix", partial(self._blocks, plan.appendix)))
        return parts

    def _section(self, section: Section) -> None:
        line = " · ".join(text for text in (section.expert, section.status) if text)
        self._document.add_paragraph(clean(line), style="Plan Small").paragraph_format.keep_with_next = True
        self._prose(section.narrative)
        self._blocks(section.blocks)

    def _properties(self) -> None:
        properties, plan = self._document.core_properties, self._plan
        moment = plan.made_on.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties.title = clean(plan.title)[:255]
        properties.subject = clean(plan.subtitle)[:255]
        properties.author = properties.last_modified_by = "Pixel Experts"
        properties.comments = properties.keywords = ""
        properties.created = properties.modified = moment
        properties.revision = 1
        properties.language = "en-US"

    def _margins(self) -> None:
        section, plan = self._document.sections[0], self._plan
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        for paragraph in (head, foot):
            self._word.tab_right(paragraph, self._width)
        title = clean(plan.title)
        head.add_run((title if len(title) <= 80 else f"{title[:79].rstrip()}…") + ("\tDraft" if plan.draft else ""))
        foot.add_run(f"Session {plan.session} · {format_moment(plan.made_on)}\tPage " if plan.session else "\tPage ")
        self._word.field(foot, "PAGE", "1")
        foot.add_run(" of ")
        self._word.field(foot, "NUMPAGES", "1")

    def _parts(self, text: str) -> list[Part]:
        return parts_of(text, self._plan.values, self._plan.currency)

    def _runs(self, paragraph: Any, parts: Sequence[Part], bold: bool = False) -> Any:
        for part in parts:
            paragraph.add_run(self._run_text(part)).bold = bold or None
        return paragraph

    def _run_text(self, part: Part) -> str:
        """A part's text; a figure and its unit stay on one line."""
        figure = part.ref is not None and self._plan.values[part.ref].unit in FIGURES
        return part.text.replace(" ", "\u00a0") if figure else part.text

    def _paragraph(self, parts: Sequence[Part], style: str = "Normal", bold: bool = False) -> Any:
        return self._runs(self._document.add_paragraph(style=style), parts, bold)

    def _prose(self, text: str, style: str = "Normal") -> None:
        for paragraph in paragraphs(text):
            self._paragraph(self._parts(paragraph), style)

    def _blocks(self, blocks: Sequence[Block]) -> None:
        bodies = [body_of(piece) for piece in blocks]
        deeper = False
        for body in bodies:
            if isinstance(body, Heading):
                deeper = deeper or body.level == 2
                text = render_prose(body.text, self._plan.values, self._plan.currency)
                self._document.add_heading(text, 3 if deeper and body.level == 3 else 2)
            elif isinstance(body, Prose):
                self._prose(body.text)
            elif isinstance(body, Callout):
                self._callout(body)
            elif isinstance(body, ItemList):
                self._list(body)
            elif isinstance(body, Table):
                self._table(body)
            elif isinstance(body, Picture):
                self._picture(body)
        self._files(bodies)

    def _files(self, bodies: Sequence[Any]) -> None:
        titles = [
            render_prose(body.title, self._plan.values, self._plan.currency)
            for body in bodies
            if isinstance(body, Sheet) and not body.hidden
        ]
        said = []
        if titles:
            listed = ", ".join(f"“{title}”" for title in titles)
            said.append(f"To try other numbers, open {self._plan.workbook}.xlsx: {listed}.")
        if any(isinstance(body, Event) for body in bodies):
            said.append("The dates of this part are also in calendar.ics, for your calendar.")
        if said:
            self._document.add_paragraph(" ".join(said), style="Plan Small")

    def _callout(self, body: Callout) -> None:
        style = f"Plan {body.tone.capitalize()}"
        headline = body.slot == "headline"
        if not headline:
            self._paragraph([Part(_word_for(body.tone))], style, bold=True)
        for paragraph in paragraphs(body.text):
            runs = self._paragraph(self._parts(paragraph), style).runs
            for run in runs if headline else []:
                run.font.size = self._points(12.5)
        self._gap()

    def _gap(self) -> None:
        """A little space: paragraphs with a background have none of their own around it."""
        gap = self._document.add_paragraph()
        gap.paragraph_format.space_after = gap.paragraph_format.space_before = 0
        gap.paragraph_format.line_spacing = self._points(8)

    def _points(self, size: float) -> Any:
        from docx.shared import Pt

        return Pt(size)

    def _title(self, text: str) -> None:
        """The title of a list or table, kept with it."""
        title = self._paragraph(self._parts(text), bold=True)
        title.paragraph_format.keep_with_next = True
        title.paragraph_format.space_before = self._points(8)

    def _list(self, body: ItemList) -> None:
        title = body.title or SLOT_TITLES.get(body.slot or "", "")
        if title:
            self._title(title)
        style = "List Number" if body.ordered else "List Bullet"
        items = [self._paragraph(self._parts(item), style) for item in body.items]
        if body.ordered:
            self._word.restart_numbering(self._document, items)

    def _table(self, body: Table) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Emu

        laid = lay_out(body, self._plan.values, self._plan.currency)
        if body.title:
            self._title(body.title)
        table = self._document.add_table(rows=len(laid.rows) + 1, cols=len(laid.heads))
        table.autofit = False
        lines = [[[Part(head)] for head in laid.heads], *([cell.parts for cell in row] for row in laid.rows)]
        size = 9 if len(laid.heads) <= 6 else 8
        texts = [["".join(map(self._run_text, parts)) for parts in line] for line in lines]
        widths = [
            Emu(int(self._width * share))
            for share in column_shares(texts, laid.numeric, room=int(self._width / _EMU / size * 2))
        ]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row, line in zip(table.rows, lines, strict=True):
            head = line is lines[0]
            for number, (cell, parts, width) in enumerate(zip(row.cells, line, widths, strict=True)):
                cell.width = width
                paragraph = self._runs(cell.paragraphs[0], parts, bold=head)
                paragraph.paragraph_format.space_after = 0
                paragraph.paragraph_format.line_spacing = 1.05
                # Short tables stay on one page: each row but the last keeps with the next.
                paragraph.paragraph_format.keep_with_next = len(lines) <= 14 and line is not lines[-1]
                if laid.numeric[number]:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                elif number and laid.numeric[number - 1]:
                    paragraph.paragraph_format.left_indent = self._points(8)
                for run in paragraph.runs:
                    run.font.size = self._points(size)
        self._word.style_table(table)
        note = self._paragraph(self._parts(body.note), "Plan Small")
        note.paragraph_format.space_before = self._points(3)

    def _picture(self, body: Picture) -> None:
        from docx.shared import Emu

        svg = picture_of(body.picture, self._plan.pictures)
        wide, high = size_of(body.picture, svg)
        # A tenth of the page stays for the caption; Word cuts off what is taller than the page.
        width = int(min(wide * _EMU, self._width, self._height * 0.9 * wide / high))
        shape = self._document.add_picture(io.BytesIO(png_of(body.picture, svg)), width=Emu(width))
        self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        about = shape._inline.docPr
        about.set("descr", render_prose(body.alt, self._plan.values, self._plan.currency))
        title = render_prose(body.title, self._plan.values, self._plan.currency)
        about.set("title", title)
        self._paragraph([] if says(svg, title) else self._parts(body.title), "Caption")


def _word_for(tone: str) -> str:
    return {"good": "Good news", "note": "Note", "warning": "Warning", "decision": "Decision"}[tone]
