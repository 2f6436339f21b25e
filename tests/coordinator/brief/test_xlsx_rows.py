"""Workbooks named in a brief: stored values, exact numbers, errors with file, sheet and cell."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from coordinator.brief import xlsx_rows
from coordinator.brief.reading import Brief, Given

Reads = Callable[..., Brief]
Refuses = Callable[..., str]

TASKS = 'tasks = { file = "plan.xlsx" }'
XML = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def workbook(rows: list[list[Any]], sheet: str = "Tasks", others: tuple[str, ...] = ()) -> bytes:
    """The rows as a workbook, with empty sheets of the given names after it."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for name in others:
        book.create_sheet(name)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_part(data: bytes, part: str, content: bytes) -> bytes:
    """The workbook with one of its parts replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return buffer.getvalue()


def with_sheet_xml(rows: str) -> bytes:
    """A workbook whose one sheet has exactly these <row> elements."""
    data = workbook([["id"]])
    return with_part(data, "xl/worksheets/sheet1.xml", (XML + rows + "</sheetData></worksheet>").encode())


def test_cells_keep_their_type_exactly_and_know_their_place(brief_of: Reads) -> None:
    rows: list[list[Any]] = [
        ["id", "label", "duration", "cost", "start", "bold", "predecessors[]"],
        ["brief", " Brief ", 4, 0.1, date(2027, 8, 16), True, None],
        [7, "Film", 6, 1234.56, datetime(2027, 8, 20), None, "brief; 7"],
    ]
    brief = brief_of(TASKS, {"plan.xlsx": workbook(rows)})
    assert brief.facts == {
        "tasks.brief.label": Given("Brief", "plan.xlsx Tasks!B2, column label"),
        "tasks.brief.duration": Given(4, "plan.xlsx Tasks!C2, column duration"),
        "tasks.brief.cost": Given(Decimal("0.1"), "plan.xlsx Tasks!D2, column cost"),
        "tasks.brief.start": Given(date(2027, 8, 16), "plan.xlsx Tasks!E2, column start"),
        "tasks.brief.bold": Given(True, "plan.xlsx Tasks!F2, column bold"),
        "tasks.7.label": Given("Film", "plan.xlsx Tasks!B3, column label"),
        "tasks.7.duration": Given(6, "plan.xlsx Tasks!C3, column duration"),
        "tasks.7.cost": Given(Decimal("1234.56"), "plan.xlsx Tasks!D3, column cost"),
        "tasks.7.start": Given(date(2027, 8, 20), "plan.xlsx Tasks!E3, column start"),
        "tasks.7.predecessors": Given(["brief", "7"], "plan.xlsx Tasks!G3, column predecessors"),
    }
    assert type(brief.facts["tasks.brief.duration"].value) is int
    assert type(brief.facts["tasks.brief.bold"].value) is bool
    assert type(brief.facts["tasks.7.start"].value) is date
    assert brief.place_of("tasks.brief.owner") == "plan.xlsx Tasks row 2"


def test_a_number_in_a_list_column_is_the_text_of_an_id(brief_of: Reads) -> None:
    brief = brief_of(TASKS, {"plan.xlsx": workbook([["id", "predecessors[]"], [2, 1]])})
    assert brief.facts["tasks.2.predecessors"].value == ["1"]


def test_the_named_sheet_is_read_and_its_name_quoted_as_spreadsheets_do(brief_of: Reads) -> None:
    data = workbook([["id", "label"], ["a", "A"]], sheet="Tasks '27", others=("Notes",))
    brief = brief_of('tasks = { file = "plan.xlsx", sheet = "Tasks \'27" }', {"plan.xlsx": data})
    assert brief.facts["tasks.a.label"].by == "plan.xlsx 'Tasks ''27'!B2, column label"


def test_a_formula_with_a_stored_result_is_its_result(brief_of: Reads) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet("Plan")
    page.write_row(0, 0, ["id", "duration"])
    page.write_row(1, 0, ["a"])
    page.write_formula(1, 1, "=2+2", None, 4)
    book.close()
    brief = brief_of(TASKS, {"plan.xlsx": buffer.getvalue()})
    assert brief.facts == {"tasks.a.duration": Given(4, "plan.xlsx Plan!B2, column duration")}


def test_a_formula_that_gave_empty_text_is_an_empty_cell(brief_of: Reads) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>label</t></is></c>'
        '<c r="C1" t="inlineStr"><is><t>duration</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c>'
        '<c r="B2" t="str"><f>IF(1,"","x")</f><v></v></c><c r="C2"><v>4</v></c></row>'
    )
    brief = brief_of(TASKS, {"plan.xlsx": with_sheet_xml(rows)})
    assert list(brief.facts) == ["tasks.a.duration"]


def test_a_formula_that_was_never_calculated_is_refused_by_cell(refusal_of: Refuses) -> None:
    data = workbook([["id", "duration"], ["a", "=2+2"]])
    message = refusal_of(TASKS, {"plan.xlsx": data})
    assert message.startswith("plan.xlsx Tasks!B2: the formula =2+2 has no stored result; ")


def test_an_error_value_is_refused_by_cell(refusal_of: Refuses) -> None:
    data = workbook([["id", "duration"], ["a", "#REF!"]])
    assert refusal_of(TASKS, {"plan.xlsx": data}).startswith("plan.xlsx Tasks!B2: the cell holds the error #REF!; ")


def test_a_date_beyond_the_calendar_is_refused_without_a_warning(refusal_of: Refuses) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "start"])
    book.active.append(["a", 99999999999])
    book.active["B2"].number_format = "yyyy-mm-dd"
    buffer = io.BytesIO()
    book.save(buffer)
    assert "Sheet!B2: the cell holds the error #VALUE!" in refusal_of(TASKS, {"plan.xlsx": buffer.getvalue()})


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (datetime(2027, 8, 16, 9), "tasks.a.start is 2027-08-16 09:00:00, a date with a time of day"),
        (time(9, 30), "tasks.a.start is 09:30:00, a time of day"),
        (timedelta(hours=30), "tasks.a.start is 1 day, 6:00:00, which is neither text, a number nor a date"),
    ],
)
def test_a_time_of_day_is_refused_by_cell(refusal_of: Refuses, value: Any, sentence: str) -> None:
    message = refusal_of(TASKS, {"plan.xlsx": workbook([["id", "start"], ["a", value]])})
    assert message.startswith(f"plan.xlsx Tasks!B2, column start: {sentence}")


def test_a_number_beyond_any_quantity_is_refused_by_cell(refusal_of: Refuses) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>spend</t></is></c></row><row r="2"><c r="A2"><v>1E400</v></c></row>'
    )
    message = refusal_of(TASKS, {"plan.xlsx": with_sheet_xml(rows)})
    assert message.startswith("plan.xlsx Tasks!A2, column spend: tasks.row-1.spend is not usable: ")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "plan.xlsx is empty"),
        ([["id", "label"]], "plan.xlsx has a header and no rows"),
        ([[], ["id", "label"], ["a", "A"]], "plan.xlsx has an empty first row"),
        ([["id", 3], ["a", "A"]], "plan.xlsx Tasks!B1: '3' is not a field name"),
        ([["id", None, "label"], ["a", None, "A"]], "plan.xlsx Tasks!B1: this column has no field name"),
        ([["id", "label"], ["a", "A", None, "B"]], "plan.xlsx Tasks!D2: the row has 4 cells and the header 2 fields"),
        ([["id", "label"], ["a", "A"], ["a", "B"]], "plan.xlsx Tasks!A3, column id: the id 'a' also stands in row 2"),
        ([["id", "label"], [1.5, "A"]], "plan.xlsx Tasks!A2, column id: 1.5 cannot name a row"),
        ([["id", "label"], [True, "A"]], "plan.xlsx Tasks!A2, column id: True cannot name a row"),
        ([["id", "label"], [None, "A"]], "plan.xlsx Tasks!A2, column id: the row has no id"),
        ([["id", "label"], ["Film Shoot", "A"]], "id 'Film Shoot' is not usable; write film_shoot"),
        ([["id", "label"], ["a", None]], "plan.xlsx Tasks row 2: the row has the id 'a' and nothing else"),
    ],
)
def test_a_sheet_that_is_no_table_is_refused_by_cell(refusal_of: Refuses, rows: list[list[Any]], sentence: str) -> None:
    assert sentence in refusal_of(TASKS, {"plan.xlsx": workbook(rows)})


def test_a_workbook_of_several_sheets_needs_the_name_of_one(refusal_of: Refuses) -> None:
    data = workbook([["id", "label"], ["a", "A"]], others=("Notes",))
    message = refusal_of(TASKS, {"plan.xlsx": data})
    assert message.startswith("plan.xlsx has 2 sheets ('Tasks', 'Notes'); say which one")
    message = refusal_of('tasks = { file = "plan.xlsx", sheet = "tasks" }', {"plan.xlsx": data})
    assert message == "plan.xlsx has no sheet 'tasks'; it has 'Tasks', 'Notes'"


@pytest.mark.parametrize("data", [b"", b"id,label\n", b"\xd0\xcf\x11\xe0" + b"\0" * 600, workbook([["id"]])[:900]])
def test_what_is_not_a_workbook_is_refused(refusal_of: Refuses, data: bytes) -> None:
    assert "plan.xlsx is not an XLSX workbook, or it is protected by a password" in refusal_of(
        TASKS, {"plan.xlsx": data}
    )


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"not xml"),
        ("xl/worksheets/sheet1.xml", XML.encode()),
        ("xl/styles.xml", b"<styleSheet"),
        ("xl/worksheets/sheet1.xml", (XML + '<row r="1"><c r="A1" t="s"><v>99</v></c></row>').encode()),
        ("xl/worksheets/sheet1.xml", (XML + '<row r="1"><c r="A1" t="b"><v>x</v></c></row>').encode()),
    ],
)
def test_a_damaged_workbook_is_refused_in_one_sentence(refusal_of: Refuses, part: str, content: bytes) -> None:
    data = with_part(workbook([["id", "label"], ["a", "A"]]), part, content)
    assert "plan.xlsx cannot be read as a workbook" in refusal_of(TASKS, {"plan.xlsx": data})


def test_a_zip_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(refusal_of: Refuses) -> None:
    data = with_part(workbook([["id"]]), "xl/media/bomb.bin", b"\0" * 101_000_000)
    assert len(data) < 1_000_000
    assert "plan.xlsx would unpack to 101 MB" in refusal_of(TASKS, {"plan.xlsx": data})


def test_a_zip_of_too_many_parts_is_refused(refusal_of: Refuses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_rows, "MOST_PARTS", 5)
    assert "more than the 100 MB in 5 parts" in refusal_of(TASKS, {"plan.xlsx": workbook([["id"]])})


def test_a_row_number_far_beyond_any_sheet_ends_the_reading(
    refusal_of: Refuses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_rows, "MOST_CELLS", 10_000)
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row><row r="99999999999"><c><v>1</v></c></row>'
    assert "plan.xlsx Tasks has more than 10,000 cells" in refusal_of(TASKS, {"plan.xlsx": with_sheet_xml(rows)})


def test_a_wrong_declared_size_does_not_cut_rows_off(brief_of: Reads) -> None:
    data = workbook([["id", "label"], ["a", "A"], ["b", "B"]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    assert b'ref="A1:B3"' in xml
    data = with_part(data, "xl/worksheets/sheet1.xml", xml.replace(b'ref="A1:B3"', b'ref="A1:A1"'))
    assert list(brief_of(TASKS, {"plan.xlsx": data}).facts) == ["tasks.a.label", "tasks.b.label"]


def test_too_many_rows_are_refused(refusal_of: Refuses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_rows, "MOST_ROWS", 3)
    monkeypatch.setattr("coordinator.brief.rows.MOST_ROWS", 3)
    data = workbook([["spend"], *([n] for n in range(9))])
    assert refusal_of(TASKS, {"plan.xlsx": data}) == "plan.xlsx has more than 3 rows; split or shorten it"
