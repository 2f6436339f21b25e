"""budget.xlsx: live formulas with the plan's values beside them, checked by an engine that is not ours."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from coordinator.exports.deliverable import Deliverable, Section, Value
from coordinator.exports.xlsx import render
from experts.core.blocks import Column, Sheet, SheetCell, block
from experts.core.errors import ConfigurationError
from tests.coordinator.exports.recalculate import address_of, cached, formulas_of, recalculate
from tests.coordinator.exports.sample import sample

MAIN, BANK = "Allocation media channels", "ALLOCATION media channels 2"
COLUMNS: list[Column] = [
    {"key": "label", "label": "Name"},
    {"key": "a", "label": "A"},
    {"key": "b", "label": "B"},
    {"key": "c", "label": "C"},
]


@pytest.fixture(scope="module")
def workbook(plan: Deliverable) -> bytes:
    return render(plan)["budget.xlsx"]


@pytest.fixture(scope="module")
def book(workbook: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook))


def plan_with(*sheets: tuple[str, str, dict[str, dict[str, str | SheetCell]]], **values: str) -> Deliverable:
    """A plan of one section "s" whose sheets are (id, name, rows); values are ratios by path."""
    blocks = [block(id, Sheet(name=name, title=name, columns=COLUMNS, rows=rows)) for id, name, rows in sheets]
    return sample().model_copy(
        update={
            "sections": [Section(id="s", title="S", expert="E", blocks=blocks)],
            "values": {f"s#{path.replace('__', '.')}": Value(text=text, unit="ratio") for path, text in values.items()},
        }
    )


def formulas(plan: Deliverable) -> dict[tuple[str, str], str]:
    return formulas_of(render(plan)["budget.xlsx"])


def test_recalculation_gives_the_values_stored_beside_the_formulas(workbook: bytes) -> None:
    fresh, stored = recalculate(workbook), cached(workbook)
    live = [at for at in formulas_of(workbook) if at in stored]
    assert len(live) == 14
    for at in live:
        assert fresh[at] == pytest.approx(stored[at], abs=1e-9), at


def test_changing_an_input_changes_everything_that_follows_from_it(workbook: bytes) -> None:
    total = address_of(workbook, MAIN, "Total budget", "Spend (USD)")
    fresh = recalculate(workbook, {total: 60000})
    assert fresh[address_of(workbook, MAIN, "Reserve", "Spend (USD)")] == 6000
    assert fresh[address_of(workbook, MAIN, "Left for media", "Spend (USD)")] == 60000 - 6000 - 14500
    assert fresh[address_of(workbook, MAIN, "Together", "Spend (USD)")] == 60000
    assert fresh[address_of(workbook, MAIN, "Paid search", "First orders")] == round(32 * 14615**0.5, 2)
    assert fresh[address_of(workbook, BANK, "Total budget", "Value")] == 60000


def test_a_figure_lives_in_one_cell_and_others_link_to_it(workbook: bytes) -> None:
    home = address_of(workbook, MAIN, "Total budget", "Spend (USD)")
    link = address_of(workbook, BANK, "Total budget", "Value")
    assert home not in formulas_of(workbook)
    assert formulas_of(workbook)[link] == f"='{home[0]}'!{home[1]}"
    assert cached(workbook)[link] == 96000


def test_a_figure_that_no_sheet_shows_gets_a_home_that_formulas_read(workbook: bytes) -> None:
    assert cached(workbook)["Figures", "B4"] == 14500
    assert "'Figures'!B4" in formulas_of(workbook)[address_of(workbook, MAIN, "Left for media", "Spend (USD)")]


def test_a_star_is_one_range_where_the_cells_stand_together(workbook: bytes) -> None:
    assert formulas_of(workbook)[address_of(workbook, MAIN, "Together", "First orders")] == "=SUM(E7:E10)"
    assert formulas_of(workbook)[address_of(workbook, BANK, "Largest line", "Value")] == f"=MAX('{MAIN}'!D4:D11)"


def test_a_star_is_a_list_where_the_cells_stand_apart() -> None:
    rows: dict[str, dict[str, str | SheetCell]] = {
        "x": {"a": SheetCell(ref="s#x.v")},
        "gap": {"a": "nothing"},
        "y": {"a": SheetCell(ref="s#y.v")},
        "sum": {"a": SheetCell(ref="s#sum", formula="SUM([[s#*.v]])")},
    }
    assert formulas(plan_with(("t", "T", rows), x__v="1", y__v="2", sum="3")) == {("T", "B7"): "=SUM(B4,B6)"}


def test_a_star_reads_links_of_its_own_sheet_so_that_columns_line_up() -> None:
    first: dict[str, dict[str, str | SheetCell]] = {
        "y": {"a": SheetCell(ref="s#y.v")},
        "x": {"a": SheetCell(ref="s#x.v")},
    }
    second: dict[str, dict[str, str | SheetCell]] = {
        "x": {"a": SheetCell(ref="s#x.v"), "b": SheetCell(ref="s#x.w")},
        "y": {"a": SheetCell(ref="s#y.v"), "b": SheetCell(ref="s#y.w")},
        "sum": {"a": SheetCell(ref="s#sum", formula="SUMPRODUCT([[s#*.v]],[[s#*.w]])")},
    }
    plan = plan_with(("t", "T", first), ("u", "U", second), x__v="1", y__v="2", x__w="3", y__w="4", sum="11")
    assert formulas(plan)["U", "B6"] == "=SUMPRODUCT(B4:B5,C4:C5)"
    assert recalculate(render(plan)["budget.xlsx"])["U", "B6"] == 11


def test_a_helper_cell_is_named_by_its_sheets_id_or_its_name() -> None:
    rows: dict[str, dict[str, str | SheetCell]] = {
        "x": {
            "a": SheetCell(formula="=2"),
            "b": SheetCell(formula="=[[cell:t/x/a]]*2"),
            "c": SheetCell(formula="=[[cell:my-sheet/x/b]]*2"),
        }
    }
    plan = plan_with(("t", "My sheet", rows))
    assert formulas(plan) == {("My sheet", "B4"): "=2", ("My sheet", "C4"): "=B4*2", ("My sheet", "D4"): "=C4*2"}
    assert recalculate(render(plan)["budget.xlsx"])["My sheet", "D4"] == 8


def test_a_helper_carries_no_stored_value_so_that_every_spreadsheet_computes_it(workbook: bytes) -> None:
    assert address_of(workbook, MAIN, "Paid search", "Curve factor") not in cached(workbook)
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        assert 'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml").decode()


def test_text_of_users_is_never_a_formula(workbook: bytes, book: Any) -> None:
    cell = book[BANK][address_of(workbook, BANK, "Audience", "Value")[1]]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x.test","households")')
    row = next(row for row in book[BANK].iter_rows() if row[0].value == "-2+3+cmd|' /C calc'!A1")
    assert [cell.data_type for cell in row] == ["s", "s"]


def test_inputs_are_the_facts_that_nothing_computes(workbook: bytes, book: Any) -> None:
    yellow = {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        if sheet.title != "About"
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.start_color.rgb == "FFFFFBE0"
    }
    assert yellow == {
        address_of(workbook, MAIN, "Total budget", "Spend (USD)"),
        address_of(workbook, MAIN, "Reserve", "Share of media"),
        ("Figures", "B4"),
    }
    for sheet, cell in yellow:
        assert book[sheet][cell].font.color.rgb == "FF0000FF"
        assert not book[sheet][cell].protection.locked


def test_numbers_carry_the_format_of_their_unit(workbook: bytes, book: Any) -> None:
    def shown(sheet: str, row: str, column: str) -> str:
        format: str = book[sheet][address_of(workbook, sheet, row, column)[1]].number_format
        return format

    assert shown(MAIN, "Total budget", "Spend (USD)") == "#,##0.00"
    assert shown(MAIN, "Reserve", "Share of media") == "0.0%"
    assert shown(BANK, "Cost per first order", "Value") == '"USD" #,##0.00'
    assert shown(BANK, "Payback", "Value") == '[=1]0 "month";#,##0.0 "months"'
    go_live = book[BANK][address_of(workbook, BANK, "Go live", "Value")[1]]
    assert go_live.is_date and go_live.value.date().isoformat() == "2027-09-24"


def test_sheet_names_are_valid_and_unique(book: Any) -> None:
    assert book.sheetnames == ["About", MAIN, BANK, "Figures"]
    long = "A very long name of a sheet that goes on"
    made = formulas(
        plan_with(
            ("t", long, {"x": {"a": SheetCell(formula="=1")}}), ("u", long, {"x": {"a": SheetCell(formula="=2")}})
        )
    )
    assert [name for name, _ in made] == ["A very long name of a sheet tha", "A very long name of a sheet t 2"]


def test_heads_stay_in_view_and_repeat_on_paper(book: Any) -> None:
    assert book[MAIN].freeze_panes == "B4"
    assert book[MAIN].print_title_rows == "$3:$3"
    assert (book[MAIN].page_setup.fitToHeight, book[MAIN].sheet_properties.pageSetUpPr.fitToPage) == (0, True)


def test_a_draft_says_so_on_its_first_sheet_and_on_every_sheet(book: Any) -> None:
    texts = [cell.value for row in book["About"].iter_rows() for cell in row]
    assert "Not yet approved by Ines Calder: the budget" in texts
    assert all(sheet["A2"].value.startswith("Draft, not final.") for sheet in book.worksheets[1:])


def test_a_hidden_sheet_is_hidden_and_still_computes() -> None:
    plan = plan_with(("t", "T", {"x": {"a": SheetCell(formula="=[[cell:hidden/x/a]]+1")}}))
    secret = Sheet(name="Hidden", title="H", columns=COLUMNS, rows={"x": {"a": SheetCell(formula="=41")}}, hidden=True)
    section = plan.sections[0].model_copy(update={"blocks": [*plan.sections[0].blocks, block("hidden", secret)]})
    made = render(plan.model_copy(update={"sections": [section]}))["budget.xlsx"]
    assert openpyxl.load_workbook(io.BytesIO(made))["Hidden"].sheet_state == "hidden"
    assert recalculate(made)["T", "B4"] == 42


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("=[[s#missing]]+1", "'s#missing'"),
        ("=SUM([[s#*.nothing]])", r"'s#\*\.nothing'"),
        ("=[[cell:t/nowhere/a]]", "'cell:t/nowhere/a'"),
        ("=[[s#x]]+1", "in a circle"),
        ('=WEBSERVICE("http://x.test")', "reaches out"),
        ("=cmd|'/C calc'!A1", "reaches out"),
        ("=[other.xlsx]Sheet1!A1", "reaches out"),
    ],
)
def test_a_formula_that_cannot_stand_is_refused(formula: str, reason: str) -> None:
    with pytest.raises(ConfigurationError, match=reason):
        render(plan_with(("t", "T", {"x": {"a": SheetCell(ref="s#x", formula=formula)}}), x="1"))


def test_a_cell_of_an_unknown_figure_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="'s#gone'"):
        render(plan_with(("t", "T", {"x": {"a": SheetCell(ref="s#gone")}})))


def test_a_plan_without_sheets_has_no_workbook(plan: Deliverable) -> None:
    assert render(plan.model_copy(update={"sections": [], "appendix": []})) == {}


def test_properties_carry_the_sessions_time(book: Any) -> None:
    assert book.properties.created.isoformat() == "2027-08-02T09:30:00"
    assert book.properties.title == "Tidewater Coffee: subscription launch"


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    """Not every spreadsheet fits the height of a row to its text when it opens a file."""
    long = plan_with(("s", "Long", {"short": {"label": "Reserve"}, "long": {"label": "A duty in many words. " * 20}}))
    made = openpyxl.load_workbook(io.BytesIO(render(long)["budget.xlsx"]))
    sheet = made["Long"]
    rows = {str(row[0].value)[:7]: sheet.row_dimensions[row[0].row].height for row in sheet.iter_rows() if row[0].value}
    assert rows["Reserve"] is None
    # 440 characters in a column of so many: at least that many lines of 15 points.
    assert rows["A duty "] >= 15 * 440 / sheet.column_dimensions["A"].width
