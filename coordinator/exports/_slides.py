"""What slides are made with: text that is sized to fit its box, tables cut to what a slide holds, pictures fitted."""

import io
import math
from collections.abc import Sequence
from typing import Any

from coordinator.exports._word import ACCENT, INK, LINE, MUTED, RUST, TONES

WIDE, HIGH = 13.333, 7.5
LEFT, TOP, BODY_WIDTH, BODY_HIGH = 0.6, 1.45, 12.13, 5.35
_FOOT = 7.02


def presentation() -> Any:
    """An empty 16:9 presentation."""
    from pptx import Presentation
    from pptx.util import Inches

    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    return deck


def add_slide(deck: Any, title: str, foot: str, draft: bool) -> Any:
    """A slide with a title that is a real title (for outlines and screen readers), a foot line and its number."""
    page = deck.slides.add_slide(deck.slide_layouts[5])
    shape = page.shapes.title
    _place(shape, LEFT, 0.42, BODY_WIDTH, 0.9)
    shape.text_frame.word_wrap = True
    _write(shape.text_frame, title, 26 if len(title) <= 70 else 21 if len(title) <= 120 else 17, INK, bold=True)
    shape.text_frame.vertical_anchor = _anchor("MIDDLE")
    rule = page.shapes.add_shape(1, *_inches(LEFT, 1.34, BODY_WIDTH, 0.02))
    _fill(rule, ACCENT)
    note = f"Draft \u00b7 {foot}" if draft else foot
    add_text(page, note, LEFT, _FOOT, 10.6, 0.3, size=10, ink=RUST if draft else MUTED)
    number = add_text(page, str(len(deck.slides)), 11.9, _FOOT, 0.83, 0.3, size=10, ink=MUTED)
    number.text_frame.paragraphs[0].alignment = _align("RIGHT")
    return page


def add_text(
    page: Any, text: str, left: float, top: float, width: float, high: float, *, size: float, ink: str = INK
) -> Any:
    """One paragraph in a box."""
    shape = page.shapes.add_textbox(*_inches(left, top, width, high))
    shape.text_frame.word_wrap = True
    _write(shape.text_frame, text, size, ink)
    return shape


def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a box `width` inches wide, on the safe side."""
    per_line = max(8, int(width * 72 / (size * 0.52)))
    return sum(max(1, math.ceil(len(piece) / per_line)) for piece in text.split("\n"))


def pages_of(texts: Sequence[str], width: float, high: float, size: float) -> list[list[str]]:
    """The texts in groups that each fit into a box, in order."""
    most = int(high * 72 / (size * 1.25))
    groups: list[list[str]] = [[]]
    used = 0.0
    for text in texts:
        lines = lines_of(text, width - 0.4, size) + 0.6
        if groups[-1] and used + lines > most:
            groups.append([])
            used = 0.0
        groups[-1].append(text)
        used += lines
    return [group for group in groups if group]


def add_bullets(
    page: Any, texts: Sequence[tuple[str, str]], top: float, *, size: float, first: int | None = None
) -> None:
    """Paragraphs with a mark each, in the colour of its tone; with `first`, numbered from there."""
    shape = page.shapes.add_textbox(*_inches(LEFT, top, BODY_WIDTH, HIGH - top - 0.6))
    frame = shape.text_frame
    frame.word_wrap = True
    for number, (text, tone) in enumerate(texts):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        mark = paragraph.add_run()
        mark.text = "\u25a0  " if first is None else f"{first + number}.  "
        _font(mark, size, TONES.get(tone, TONES["note"])[0], bold=True)
        run = paragraph.add_run()
        run.text = text
        _font(run, size, INK)
        paragraph.space_after = _points(size * 0.55)


def add_table(
    page: Any, heads: Sequence[str], numeric: Sequence[bool], rows: Sequence[Sequence[str]], top: float
) -> None:
    """A table over the whole width, its columns as wide as their texts need."""
    from pptx.util import Inches

    longest = [
        min(60, max(10, len(head) + 2, *(len(row[number]) for row in rows))) for number, head in enumerate(heads)
    ]
    size = 14 if len(heads) <= 5 and len(rows) <= 9 else 12
    shape = page.shapes.add_table(len(rows) + 1, len(heads), *_inches(LEFT, top, BODY_WIDTH, 0.34 * (len(rows) + 1)))
    table = shape.table
    style = shape._element.graphic.graphicData.tbl.tblPr
    style.set("bandRow", "0")
    for number, length in enumerate(longest):
        table.columns[number].width = Inches(BODY_WIDTH * length / sum(longest))
    for row_number, row in enumerate([heads, *rows]):
        table.rows[row_number].height = Inches(0.34)
        for column, text in enumerate(row):
            cell = table.cell(row_number, column)
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            cell.fill.solid()
            cell.fill.fore_color.rgb = _rgb("E8EEF3" if row_number == 0 else "FFFFFF")
            _write(cell.text_frame, text, size, INK if row_number else MUTED, bold=row_number == 0)
            cell.text_frame.word_wrap = True
            if numeric[column]:
                cell.text_frame.paragraphs[0].alignment = _align("RIGHT")


def add_picture(page: Any, png: bytes, width: float, high: float, alt: str, top: float = TOP) -> None:
    """A picture of `width` x `high` points, as large as fits, in the middle."""
    room_high = HIGH - top - 0.6
    scale = min(BODY_WIDTH / width, room_high / high)
    wide, tall = width * scale, high * scale
    shape = page.shapes.add_picture(
        io.BytesIO(png), *_inches(LEFT + (BODY_WIDTH - wide) / 2, top + (room_high - tall) / 2, wide, tall)
    )
    shape._element.nvPicPr.cNvPr.set("descr", alt)


def add_rule(page: Any, left: float, top: float, width: float) -> None:
    """A thin line."""
    _fill(page.shapes.add_shape(1, *_inches(left, top, width, 0.02)), LINE)


def _write(frame: Any, text: str, size: float, ink: str, bold: bool = False) -> None:
    paragraph = frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = text
    paragraph.alignment = _align("LEFT")
    _font(run, size, ink, bold)


def _font(run: Any, size: float, ink: str, bold: bool = False) -> None:
    run.font.size, run.font.bold, run.font.name = _points(size), bold, "Calibri"
    run.font.color.rgb = _rgb(ink)


def _fill(shape: Any, colour: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(colour)
    shape.line.fill.background()
    shape.shadow.inherit = False


def _place(shape: Any, left: float, top: float, width: float, high: float) -> None:
    shape.left, shape.top, shape.width, shape.height = _inches(left, top, width, high)


def _inches(*sides: float) -> tuple[Any, ...]:
    from pptx.util import Inches

    return tuple(Inches(side) for side in sides)


def _points(size: float) -> Any:
    from pptx.util import Pt

    return Pt(size)


def _rgb(colour: str) -> Any:
    from pptx.dml import color

    made: Any = color.RGBColor
    return made.from_string(colour)


def _align(side: str) -> Any:
    from pptx.enum.text import PP_ALIGN

    return getattr(PP_ALIGN, side)


def _anchor(side: str) -> Any:
    from pptx.enum.text import MSO_ANCHOR

    return getattr(MSO_ANCHOR, side)
