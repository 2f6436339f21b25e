"""The status report as one slide, the same bytes for the same report."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from experts.core.workbook import stable_zip
from experts.project_management.tools.make_status_report import StatusReport
from experts.project_management.views._look import figure_of

_INKS = {"green": "2E6B34", "amber": "8A5A00", "red": "B42318", "stale": "52606D", "done": "12507B"}
_MOST_ROWS, _LONGEST = 8, 90


def slide(result: StatusReport, title: str) -> bytes:
    """A 16:9 slide: title, overall colour with its reasons, measures, milestones, and what was done, is next, is asked."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    page = deck.slides.add_slide(deck.slide_layouts[5])
    for shape in list(page.placeholders):
        if shape.placeholder_format.type is not None and shape.placeholder_format.idx != 0:
            shape.element.getparent().remove(shape.element)
    _title(page, title)
    _banner(page, result)
    measures = [(one.name, figure_of(one.value), one.colour) for one in result.measures]
    _table(page, ("Measure", "Value", "Colour"), measures, 0.45, 6.1, (3.5, 1.3, 1.3))
    dues = [(one.name, f"{one.planned:%d %b %y}", f"{one.forecast:%d %b %y}", one.colour) for one in result.milestones]
    if dues:
        _table(page, ("Milestone", "Planned", "Forecast", "Colour"), dues, 6.8, 6.1, (2.9, 1.1, 1.1, 1.0))
    lists = (("Done", result.done), ("Next", result.next), ("Decisions asked", result.decisions))
    shown = [(name, items) for name, items in lists if items]
    for number, (name, items) in enumerate(shown):
        _list(page, name, items, 0.45 + number * 12.45 / len(shown), 12.3 / len(shown) - 0.15)
    _note(page, result)
    properties = deck.core_properties
    properties.author, properties.title = "Pixel Experts", title
    properties.created = properties.modified = datetime(2000, 1, 1)
    properties.last_modified_by = "Pixel Experts"
    buffer = io.BytesIO()
    deck.save(buffer)
    return stable_zip(buffer.getvalue())


def _title(page: Any, title: str) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches, Pt

    shape = page.shapes.title
    shape.left, shape.top, shape.width, shape.height = Inches(0.45), Inches(0.25), Inches(12.4), Inches(0.7)
    shape.text_frame.text = title
    line = shape.text_frame.paragraphs[0]
    line.alignment = PP_ALIGN.LEFT
    _ink(line, 24 if len(title) < 70 else 18, "1F2933", bold=True)
    shape.text_frame.margin_left = Pt(0)


def _banner(page: Any, result: StatusReport) -> None:
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches

    shape = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(0.45), Inches(1.0), Inches(12.4), Inches(0.62))
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(_INKS[result.overall])
    shape.line.fill.background()
    shape.shadow.inherit = False
    more = f" (and {len(result.reasons) - 2} more)" if len(result.reasons) > 2 else ""
    text = f"{result.overall.upper()}: {'; '.join(_cut(reason, 80) for reason in result.reasons[:2])}{more}"
    shape.text_frame.word_wrap = True
    shape.text_frame.text = text
    _ink(shape.text_frame.paragraphs[0], 12, "FFFFFF", bold=True)


def _table(
    page: Any,
    heads: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    left: float,
    width: float,
    wide: tuple[float, ...],
) -> None:
    from pptx.util import Inches, Pt

    shown = list(rows) if len(rows) <= _MOST_ROWS else list(rows[: _MOST_ROWS - 1])
    if len(shown) < len(rows):
        shown = [*shown, (f"and {len(rows) - len(shown)} more", *([""] * (len(heads) - 1)))]
    height = Inches(0.31 * (len(shown) + 1))
    table = page.shapes.add_table(len(shown) + 1, len(heads), Inches(left), Inches(1.8), Inches(width), height).table
    for column, size in enumerate(wide):
        table.columns[column].width = Inches(size)
    for number, row in enumerate([heads, *shown]):
        table.rows[number].height = Inches(0.31)
        for column, text in enumerate(row):
            cell = table.cell(number, column)
            cell.text = _cut(text, int(wide[column] * 12))
            cell.margin_top = cell.margin_bottom = Pt(2)
            cell.fill.solid()
            cell.fill.fore_color.rgb = _rgb("E8EEF3" if number == 0 else "FFFFFF")
            ink = _INKS.get(text, "1F2933") if number else "1F2933"
            _ink(cell.text_frame.paragraphs[0], 11, ink, bold=number == 0 or text in _INKS)


def _list(page: Any, name: str, items: list[str], left: float, width: float) -> None:
    from pptx.util import Inches

    frame = page.shapes.add_textbox(Inches(left), Inches(4.75), Inches(width), Inches(2.2)).text_frame
    frame.word_wrap = True
    frame.text = name
    _ink(frame.paragraphs[0], 13, "12507B", bold=True)
    shown = items if len(items) <= 5 else [*items[:4], f"and {len(items) - 4} more"]
    for item in shown:
        line = frame.add_paragraph()
        line.text = f"• {_cut(item, int(width * 22))}"
        _ink(line, 11, "1F2933")


def _note(page: Any, result: StatusReport) -> None:
    from pptx.util import Inches

    frame = page.shapes.add_textbox(Inches(0.45), Inches(7.05), Inches(12.4), Inches(0.35)).text_frame
    frame.text = _cut(f"{result.as_of}. {result.assumptions[0]}", 190)
    _ink(frame.paragraphs[0], 9, "52606D")


def _ink(paragraph: Any, size: int, color: str, bold: bool = False) -> None:
    from pptx.util import Pt

    for run in paragraph.runs:
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = _rgb(color)


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _rgb(color: str) -> Any:
    from pptx.dml import color as colors

    made: Any = colors.RGBColor
    return made.from_string(color)
