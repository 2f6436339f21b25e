"""A view as a PDF: A4, embedded fonts, the same bytes for the same view."""

import functools
import io
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from coordinator.exports._svg import png_of, says, size_of
from coordinator.exports._tables import column_shares
from coordinator.exports.formatting import clean
from experts.core.blocks import Callout, Heading, ItemList, Picture, Prose, Table, body_of
from experts.core.view import View

_INK, _MUTED, _ACCENT = "#1F2933", "#52606D", "#12507B"
_TONES = {"good": "#E6F2E6", "note": "#E8EEF3", "warning": "#FCF0DC", "decision": "#E8EEF3"}
_PAGE, _MARGIN = (595.2756, 841.8898), 54.0  # A4 and its margins in points
_FRAME = (_PAGE[0] - 2 * _MARGIN, _PAGE[1] - 2 * _MARGIN - 24)
_LONGEST_CELL = 900
_ROOM = 100  # characters of the cells' size in a line


def pdf(view: View) -> bytes:
    """The view as PDF pages with a footer; pictures that no block places stand first."""
    from reportlab import rl_config
    from reportlab.platypus import SimpleDocTemplate

    _fonts()
    rl_config.invariant = 1  # no dates and no random ids in the file
    bodies = [body_of(piece) for piece in view.blocks]
    placed = {body.picture for body in bodies if isinstance(body, Picture)}
    story: list[Any] = [_paragraph(view.title, "title")]
    if view.subtitle:
        story.append(_paragraph(view.subtitle, "small"))
    for picture in view.pictures:
        if picture not in placed:
            story += _picture(Picture(picture=picture, title="", alt=""), view)
    for body in bodies:
        story += _flow(body, view)
    buffer = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _MARGIN)
    made = SimpleDocTemplate(
        buffer, pagesize=_PAGE, title=clean(view.title)[:200], author="Pixel Experts", invariant=1, **margins
    )
    foot = functools.partial(_footer, clean(view.title))
    made.build(story, onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


@functools.cache
def _fonts() -> None:
    import matplotlib
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name, file in (("Text", "DejaVuSans.ttf"), ("Text-Bold", "DejaVuSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))


@functools.cache
def _style(kind: str) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    size = {"title": 16, "head": 12.5, "table": 10.5, "small": 8.5, "cell": 8, "number": 8}.get(kind, 9.5)
    bold = kind in ("title", "head", "table", "cellhead", "numberhead")
    return ParagraphStyle(
        kind,
        fontName="Text-Bold" if bold else "Text",
        fontSize=8 if kind.endswith("head") and kind != "head" else size,
        leading=(8 if kind.endswith("head") and kind != "head" else size) * 1.35,
        textColor=HexColor(_ACCENT if kind == "title" else _MUTED if kind == "small" else _INK),
        spaceBefore=10 if kind in ("head", "table") else 0,
        spaceAfter=0 if kind.startswith(("cell", "number")) else 6,
        alignment=2 if kind.startswith("number") else 0,
        keepWithNext=int(kind in ("head", "table")),
        splitLongWords=1,
    )


def _paragraph(text: str, kind: str = "text") -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(escape(clean(text)).replace("\n", "<br/>"), _style(kind))


def _footer(title: str, canvas: Any, document: Any) -> None:
    canvas.setFont("Text", 7.5)
    canvas.setFillColor(_MUTED)
    canvas.drawString(_MARGIN, 30, title if len(title) <= 90 else f"{title[:89]}…")
    canvas.drawRightString(_PAGE[0] - _MARGIN, 30, f"Page {document.page}")


def _flow(body: Any, view: View) -> list[Any]:
    if isinstance(body, Heading):
        return [_paragraph(body.text, "head")]
    if isinstance(body, Prose):
        return [_paragraph(part) for part in body.text.split("\n\n") if part.strip()]
    if isinstance(body, Callout):
        return [_boxed(body)]
    if isinstance(body, ItemList):
        head = [_paragraph(body.title, "table")] if body.title else []
        marks = [f"{number}." if body.ordered else "•" for number in range(1, len(body.items) + 1)]
        return head + [_paragraph(f"{mark} {item}") for mark, item in zip(marks, body.items, strict=True)]
    if isinstance(body, Table):
        return _table(body)
    return _picture(body, view) if isinstance(body, Picture) else []


def _boxed(body: Callout) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table as Grid

    box = Grid([[_paragraph(body.text)]], colWidths=[_FRAME[0]], spaceBefore=4, spaceAfter=8)
    box.setStyle([("BACKGROUND", (0, 0), (-1, -1), HexColor(_TONES[body.tone])), ("LEFTPADDING", (0, 0), (-1, -1), 8)])
    return box


def _picture(body: Picture, view: View) -> list[Any]:
    from reportlab.platypus import Image

    svg = view.pictures[body.picture]
    width, height = size_of(body.picture, svg)
    scale = min(1.0, _FRAME[0] / width, _FRAME[1] * 0.9 / height)
    image = Image(io.BytesIO(png_of(body.picture, svg)), width * scale, height * scale, hAlign="LEFT")
    return [image, *([_paragraph(body.title, "small")] if body.title and not says(svg, body.title) else [])]


def _table(body: Table) -> list[Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table as Grid

    keys = [column["key"] for column in body.columns]
    text = [column.get("unit", "text") in ("text", "") for column in body.columns]
    lines = [[column["label"] for column in body.columns]]
    lines += [[str(row.get(key, ""))[:_LONGEST_CELL] for key in keys] for row in body.rows.values()]
    cells = [
        [
            _paragraph(cell, ("cell" if is_text else "number") + ("head" if not at else ""))
            for cell, is_text in zip(line, text, strict=True)
        ]
        for at, line in enumerate(lines)
    ]
    shares = column_shares(lines, [not is_text for is_text in text], room=_ROOM)
    made = Grid(cells, colWidths=[_FRAME[0] * share for share in shares], repeatRows=1, spaceAfter=6)
    made.setStyle(
        [
            ("BACKGROUND", (0, 0), (-1, 0), HexColor("#E8EEF3")),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor("#D9DEE4")),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ]
    )
    title = [_paragraph(body.title, "table")] if body.title else []
    return [*title, made, *([_paragraph(body.note, "small")] if body.note else [])]
