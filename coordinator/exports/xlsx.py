"""A workbook: every sheet block as a worksheet whose formulas are live."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from coordinator.exports._book import (
    FIRST_ROW,
    HEAD_ROW,
    HINT_ROW,
    TITLE_ROW,
    Book,
    Page,
    Place,
    address,
    figures_name,
    quoted,
    sheet_name,
)
from coordinator.exports._tables import head_of
from coordinator.exports.deliverable import Deliverable, Value
from coordinator.exports.formatting import (
    FIGURES,
    NUMERIC,
    capitalized,
    clean,
    date_of,
    describe_ref,
    format_moment,
    format_value,
    number_of,
    render_prose,
    shown_number,
)
from experts.core.blocks import Column, Sheet, SheetCell, body_of
from experts.core.money import minor_units

NAME = "xlsx"
FILES = ("*.xlsx",)

_WIDEST, _NARROWEST = 48, 9
_INPUT = {"font_color": "#0000FF", "bg_color": "#FFFBE0", "border": 1, "border_color": "#E3D9A0", "locked": False}
_HELPER_PLACES = {"count": 2, "months": 2}  # of cells whose value only the spreadsheet knows
_HINT = "Yellow cells are inputs: change one and everything that follows from it recalculates."


def render(deliverable: Deliverable) -> dict[str, bytes]:
    """The workbook ("budget.xlsx", or as the flow names it) from all sheet blocks of sections and appendix; no file if there is none.

    Cells of figures carry the plan's value beside their formula, so every reader shows the
    plan's figures; helper cells carry none, which makes a spreadsheet compute them on
    opening. Text is written as text, whatever it begins with.
    """
    owners = [(section.id, section.blocks) for section in deliverable.sections] + [("appendix", deliverable.appendix)]
    used = {"about"}
    pages = [
        Page(owner, piece.id, sheet_name(body.name, used), body)
        for owner, blocks in owners
        for piece in blocks
        if isinstance(body := body_of(piece), Sheet)
    ]
    if not pages:
        return {}
    return {f"{deliverable.workbook}.xlsx": _Workbook(deliverable, address(pages, deliverable.values)).write()}


@dataclass(frozen=True)
class _Shown:
    """What one cell shows: its kind of format, and the text whose length sizes the column."""

    unit: str
    text: str
    value: Value | None = None


class _Workbook:
    def __init__(self, deliverable: Deliverable, book: Book) -> None:
        import xlsxwriter

        self._plan = deliverable
        self._book = book
        self._out = io.BytesIO()
        options = {"in_memory": True, "use_future_functions": True, "strings_to_urls": False}
        self._file: Any = xlsxwriter.Workbook(self._out, options)
        self._file.set_calc_mode("auto")
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(self) -> bytes:
        plan = self._plan
        moment = plan.made_on.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        self._file.set_properties({"title": clean(plan.title), "author": "Pixel Experts", "created": moment})
        self._about()
        for number, page in enumerate(self._book.pages):
            self._page(number, page)
        if self._book.figures:
            self._figures()
        self._file.close()
        return self._out.getvalue()

    def _format(self, **options: Any) -> Any:
        options = {"font_name": "Calibri", "font_size": 11, "valign": "top", **options}
        key = tuple(sorted(options.items()))
        if key not in self._formats:
            self._formats[key] = self._file.add_format(options)
        return self._formats[key]

    def _about(self) -> None:
        plan, sheet = self._plan, self._file.add_worksheet("About")
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 72)
        wrap, bold = self._format(text_wrap=True), self._format(bold=True)
        warning = self._format(text_wrap=True, font_color="#8A3B12", bold=True)
        sheet.set_row(0, 26)
        sheet.write_string(0, 0, clean(plan.title), self._format(bold=True, font_size=16))
        sheet.write_string(1, 0, clean(plan.subtitle), self._format(font_color="#52606D"))
        lines = [("Draft: not final", capitalized(reason), warning) for reason in plan.draft]
        lines += [
            ("Made on", format_moment(plan.made_on), wrap),
            ("Session", plan.session, wrap),
            ("Amounts in", plan.currency, wrap),
        ]
        for row, (label, text, style) in enumerate(lines, 3):
            sheet.write_string(row, 0, label, warning if style is warning else bold)
            sheet.write_string(row, 1, render_prose(text, plan.values, plan.currency), style)
        row = len(lines) + 4
        sheet.write_string(row, 0, "Inputs", self._format(**_INPUT))
        sheet.write_string(row, 1, _HINT + " The plan itself changes only when it is run again with that fact.", wrap)
        row += 2
        sheet.write_string(row, 0, "Sheets", bold)
        listed = [(page.name, page.body.title) for page in self._book.pages if not page.body.hidden]
        if self._book.figures:
            listed.append((figures_name(self._book.pages), "Figures of the plan that formulas use"))
        for name, title in listed:
            row += 1
            link = self._format(font_color="#12507B", underline=1)
            sheet.write_url(row, 0, f"internal:{quoted(name)}!A1", link, string=name)
            sheet.write_string(row, 1, render_prose(title, plan.values, plan.currency), wrap)
        self._print(sheet, "About", columns=2, landscape=False)

    def _page(self, number: int, page: Page) -> None:
        body, plan = page.body, self._plan
        sheet = self._file.add_worksheet(page.name)
        if body.hidden:
            sheet.hide()
        inputs = False
        widths = []
        lines: dict[int, int] = {}
        for column_number, column in enumerate(body.columns):
            cells = [row.get(column.get("key", ""), "") for row in body.rows.values()]
            shown = [self._shown(cell, column) for cell in cells]
            places = _places(shown, plan.currency)
            for row_number, (cell, what) in enumerate(zip(cells, shown, strict=True)):
                place = Place(number, FIRST_ROW + row_number, column_number)
                inputs |= self._cell(sheet, place, cell, what, places, column.get("unit", ""))
            head = head_of(column, plan.currency)
            right = 2 * sum(what.unit in NUMERIC for what in shown) > len(shown)
            sheet.write_string(HEAD_ROW, column_number, head, self._head(right, indent=column_number > 0))
            widths.append(_width([what.text for what in shown], head))
            sheet.set_column(column_number, column_number, widths[-1])
            for row_number, what in enumerate(shown):
                if what.unit not in FIGURES:
                    lines[row_number] = max(lines.get(row_number, 1), _lines(what.text, widths[-1]))
        for row_number, count in lines.items():
            if count > 1:  # not every program fits the height of a row to its text
                sheet.set_row(FIRST_ROW + row_number, 15 * count)
        title = render_prose(body.title, plan.values, plan.currency)
        self._banner(sheet, title, _HINT if inputs else "")
        sheet.freeze_panes(FIRST_ROW, 1 if len(body.columns) > 3 else 0)
        if body.note:
            note = render_prose(body.note, plan.values, plan.currency)
            self._note(sheet, FIRST_ROW + len(body.rows) + 1, note, widths)
        self._print(sheet, title, len(body.columns))

    def _head(self, right: bool, indent: bool = False) -> Any:
        style = {"align": "right"} if right else {"align": "left", "indent": int(indent)}
        return self._format(bold=True, text_wrap=True, valign="bottom", bottom=2, bg_color="#F5F7F9", **style)

    def _banner(self, sheet: Any, title: str, hint: str) -> None:
        sheet.set_row(TITLE_ROW, 24)
        sheet.write_string(TITLE_ROW, 0, title, self._format(bold=True, font_size=14))
        said = " ".join(text for text in ("Draft, not final." if self._plan.draft else "", hint) if text)
        sheet.write_string(HINT_ROW, 0, said, self._format(font_color="#52606D", italic=True))

    def _note(self, sheet: Any, row: int, note: str, widths: Sequence[float]) -> None:
        style = self._format(text_wrap=True, font_color="#52606D")
        lines = max(1, -(-len(note) * 11 // int(sum(widths) * 10)))
        sheet.set_row(row, 15 * (lines + (lines > 1)))
        if len(widths) > 1:
            sheet.merge_range(row, 0, row, len(widths) - 1, "", style)
        sheet.write_string(row, 0, note, style)

    def _print(self, sheet: Any, title: str, columns: int, landscape: bool = True) -> None:
        if landscape and columns > 4:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.6, 0.6, 0.8, 0.8)
        draft = "&RDraft" if self._plan.draft else ""
        sheet.set_header(f"&L{title[:100].replace('&', '&&')}{draft}")
        sheet.set_footer(f"&LSession {self._plan.session[:60].replace('&', '&&')}&RPage &P of &N")
        if title != "About":
            sheet.repeat_rows(HEAD_ROW)

    def _shown(self, cell: str | SheetCell, column: Column) -> _Shown:
        plan = self._plan
        if isinstance(cell, str):
            return _Shown("text", render_prose(cell, plan.values, plan.currency))
        if cell.ref is None:
            return _Shown(cell.unit, "0" * 10 if cell.formula else "")
        value = plan.values[cell.ref]
        return _Shown(value.unit, format_value(value, plan.currency), value)

    def _cell(
        self, sheet: Any, place: Place, cell: str | SheetCell, what: _Shown, places: dict[str, int], unit: str
    ) -> bool:
        """Write one cell; true if it is an input."""
        formula = self._book.formulas.get(place)
        style: dict[str, Any] = {}
        if isinstance(cell, str) or (cell.ref is None and formula is None):
            if what.text:
                sheet.write_string(place.row, place.column, what.text, self._format(**_text_style(place.column)))
            return False
        if what.unit in FIGURES:
            style["num_format"] = _number_format(what.unit, places, self._plan.currency, named=what.unit == unit)
            if what.unit == "ratio" and what.value is None:
                style["num_format"] = "General"  # only the spreadsheet knows how many digits it needs
            style |= {"align": "right"} if what.unit in NUMERIC else {"align": "left", "indent": int(place.column > 0)}
        else:
            style |= _text_style(place.column)
        # A text that no formula reads is no input: changing it would change nothing.
        is_input = formula is None and cell.ref is not None and cell.ref.startswith("fact:")
        is_input = is_input and (what.unit in FIGURES or place in self._book.read)
        if is_input:
            style |= _INPUT
        cached: float | str = "" if what.value is None else _cached(what.value)
        made = self._format(**style)
        if formula is not None:
            sheet.write_formula(place.row, place.column, formula, made, cached)
        elif isinstance(cached, str):
            sheet.write_string(place.row, place.column, cached, made)
        else:
            sheet.write_number(place.row, place.column, cached, made)
        return is_input

    def _figures(self) -> None:
        """Homes of the figures that formulas name and no sheet of the plan shows."""
        plan, name = self._plan, figures_name(self._book.pages)
        sheet = self._file.add_worksheet(name)
        titles = {section.id: section.title for section in plan.sections}
        texts: list[list[str]] = [["Figure"], ["Value"], ["Where it comes from"]]
        inputs = False
        for ref in self._book.figures:
            value, place = plan.values[ref], self._book.homes[ref]
            what = _Shown(value.unit, format_value(value, plan.currency), value)
            row = [describe_ref(ref, titles), what.text, clean(value.ground)]
            inputs |= self._cell(sheet, place, SheetCell(ref=ref), what, _places([what], plan.currency), "")
            sheet.write_string(place.row, 0, row[0], self._format(text_wrap=True))
            sheet.write_string(place.row, 2, row[2], self._format(**_text_style(2)))
            for column, text in enumerate(row):
                texts[column].append(text)
        for column, lines in enumerate(texts):
            sheet.write_string(HEAD_ROW, column, lines[0], self._head(column == 1, indent=column == 2))
            sheet.set_column(column, column, _width(lines[1:], lines[0]))
        self._banner(sheet, "Figures of the plan that formulas use", _HINT if inputs else "")
        sheet.freeze_panes(FIRST_ROW, 0)
        self._print(sheet, "Figures of the plan that formulas use", columns=3)


def _text_style(column: int) -> dict[str, Any]:
    """Text wraps, and keeps a little away from the number on its left."""
    return {"text_wrap": True, "align": "left", "indent": int(column > 0)}


def _cached(value: Value) -> float | str:
    """The cell content of a value: a number, a date's serial number, or text."""
    if value.unit in NUMERIC:
        return float(number_of(value))
    if value.unit == "date":
        day = date_of(value)
        # Spreadsheets count days from 1899-12-30 and are wrong before March 1900.
        return float((day - date(1899, 12, 30)).days) if day >= date(1900, 3, 1) else value.text
    return clean(value.text)


def _places(cells: Sequence[_Shown], currency: str) -> dict[str, int]:
    """For each unit of a column, the digits after the point that its cells need."""
    places: dict[str, int] = {}
    for unit in NUMERIC:
        needed = [
            shown_number(number_of(cell.value), unit, currency)[1]
            for cell in cells
            if cell.unit == unit and cell.value is not None
        ]
        places[unit] = max(needed, default=_HELPER_PLACES.get(unit, 0))
    places["rate"] = max(1, places["rate"])
    places["money"] = minor_units(currency)
    return places


def _number_format(unit: str, places: dict[str, int], currency: str, named: bool) -> str:
    """The spreadsheet's number format; the unit is in it unless the column's head names it."""
    if unit == "date":
        return "ddd d mmm yyyy"
    decimals = places[unit]
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    if unit == "rate":
        return digits.replace("#,##0", "0") + "%"
    if named or unit in ("ratio", "count"):
        return digits
    return f'"{currency}" {digits}' if unit == "money" else f'[=1]0 "{unit[:-1]}";{digits} "{unit}"'


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column so many characters wide; words that wrap early are allowed for."""
    return sum(1 if len(line) < width else math.ceil(len(line) * 1.1 / width) for line in text.splitlines()) or 1


def _width(texts: Sequence[str], head: str) -> float:
    """A column's width in characters: its longest text, but no wider than wraps well."""
    longest = max((len(line) for text in texts for line in text.splitlines()), default=0)
    word = max((len(word) for word in head.split()), default=0)
    return float(min(max(longest + 3, word + 2, min(len(head) + 2, 16), _NARROWEST), _WIDEST))
