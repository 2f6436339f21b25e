"""A Gantt chart as a workbook: working days are formulas, bars are conditional formats that follow the dates."""

import io
from datetime import date, datetime, timedelta
from typing import Any

from experts.core.workbook import stable_zip
from experts.project_management.tools.build_gantt_schedule import Bar, GanttSchedule

HEAD, LEFT, MOST_COLUMNS = 4, 8, 110
_COLUMNS = (
    ("Task", 36),
    ("Owner", 14),
    ("Start", 11),
    ("Finish", 11),
    ("Days", 7),
    ("Float", 7),
    ("Path", 9),
    ("Done", 8),
)


def gantt_book(result: GanttSchedule, title: str) -> bytes:
    """Tasks in rows, days or weeks in columns; a second sheet holds the public holidays."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"author": "Pixel Experts", "created": datetime(2000, 1, 1)})
    sheet, free = book.add_worksheet("Gantt"), book.add_worksheet("Holidays")
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD - 1)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14, "font_color": "#12507B"}))
    note = "Blue dates are inputs: change them and the bars move. Days are counted without Saturdays, Sundays and the sheet Holidays."
    sheet.write_string(1, 0, note, book.add_format({"italic": True, "font_color": "#52606D"}))
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF3"})
    right = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF3", "align": "right"})
    for column, (label, width) in enumerate(_COLUMNS):
        sheet.write_string(HEAD - 1, column, label, right if label in ("Days", "Float", "Done") else head)
        sheet.set_column(column, column, width)
    step, begins = _axis(result)
    turned = book.add_format(
        {"num_format": "d mmm", "rotation": 90, "font_size": 8, "bg_color": "#E8EEF3", "bottom": 1}
    )
    for number, day in enumerate(begins):
        sheet.write_datetime(HEAD - 1, LEFT + number, _moment(day), turned)
    sheet.set_column(LEFT, LEFT + len(begins) - 1, 2.4)
    _rows(book, sheet, result)
    _bars(book, sheet, len(result.bars), len(begins), step)
    sheet.freeze_panes(HEAD, 1)
    _holidays(book, free, result)
    book.close()
    return stable_zip(buffer.getvalue())


def _axis(result: GanttSchedule) -> tuple[int, list[date]]:
    """Days in a column, and the first day of each."""
    span = (result.finish - result.start).days + 1
    step = 1 if span <= MOST_COLUMNS else 7 * -(-span // (7 * MOST_COLUMNS))
    first = result.start if step == 1 else result.start - timedelta(days=result.start.weekday())
    count = ((result.finish - first).days // step) + 1
    return step, [first + timedelta(days=step * number) for number in range(count)]


def _rows(book: Any, sheet: Any, result: GanttSchedule) -> None:
    dates = book.add_format({"num_format": "yyyy-mm-dd", "font_color": "#1F4FD8", "align": "left"})
    share = book.add_format({"num_format": "0%"})
    inset = book.add_format({"indent": 1})
    for number, bar in enumerate(result.bars.values()):
        row = HEAD + number
        sheet.write_string(row, 0, bar.label)
        sheet.write_string(row, 1, bar.owner)
        sheet.write_datetime(row, 2, _moment(bar.start), dates)
        sheet.write_datetime(row, 3, _moment(bar.finish), dates)
        if _plain_days(bar, result) != bar.duration:  # milestones, and weekends that NETWORKDAYS does not know
            sheet.write_number(row, 4, bar.duration)
        else:
            formula = f"=NETWORKDAYS(C{row + 1},D{row + 1},Holidays!$A$2:$A${max(2, len(result.holidays) + 1)})"
            sheet.write_formula(row, 4, formula, None, bar.duration)
        sheet.write_number(row, 5, bar.total_float)
        sheet.write_string(row, 6, "critical" if bar.critical else "", inset)
        sheet.write_number(row, 7, float(bar.done), share)


def _plain_days(bar: Bar, result: GanttSchedule) -> int:
    free = {off.date for off in result.holidays.values()}
    span = [bar.start + timedelta(days=number) for number in range((bar.finish - bar.start).days + 1)]
    return sum(day.weekday() < 5 and day not in free for day in span)


def _bars(book: Any, sheet: Any, rows: int, columns: int, step: int) -> None:
    from xlsxwriter.utility import xl_col_to_name

    first, last = HEAD + 1, HEAD + rows
    area = f"{xl_col_to_name(LEFT)}{first}:{xl_col_to_name(LEFT + columns - 1)}{last}"
    on = f"I${HEAD}<=$D{first},I${HEAD}+{step - 1}>=$C{first}"
    for test, color in (
        (f"=AND({on},$E{first}=0)", "#1F2933"),
        (f'=AND({on},$G{first}="critical")', "#B85C38"),
        (f"=AND({on})", "#12507B"),
    ):
        look = book.add_format({"bg_color": color})
        sheet.conditional_format(area, {"type": "formula", "criteria": test, "format": look, "stop_if_true": True})
    if step == 1:
        look = book.add_format({"bg_color": "#EEF1F4"})
        sheet.conditional_format(area, {"type": "formula", "criteria": f"=WEEKDAY(I${HEAD},2)>5", "format": look})


def _holidays(book: Any, sheet: Any, result: GanttSchedule) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF3"})
    dates = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    sheet.write_string(0, 0, "Date", head)
    sheet.write_string(0, 1, f"Public holidays not worked, {result.place}", head)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 44)
    for number, off in enumerate(result.holidays.values(), 1):
        sheet.write_datetime(number, 0, _moment(off.date), dates)
        sheet.write_string(number, 1, off.name)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)
