"""A brief: which facts it gives, and what happens when it cannot be read."""

import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from coordinator.brief.reading import Brief, Given, read_brief
from experts.core.errors import InvalidInput

Reads = Callable[..., Brief]
Refuses = Callable[..., str]


def test_tables_become_dotted_paths_with_exact_values_and_their_file(brief_of: Reads) -> None:
    brief = brief_of(
        """
currency = "USD"
[budget]
total = 96_000
reserve_rate = 0.10
[schedule]
start = 2027-08-16
[brand.uses.button]
bold = true
[tasks.brief]
predecessors = []
[tasks.go_live]
predecessors = ["brief"]
"""
    )
    assert brief.flow == "plan"
    assert brief.facts == {
        "currency": Given("USD", "my.toml"),
        "budget.total": Given(96000, "my.toml"),
        "budget.reserve_rate": Given(Decimal("0.10"), "my.toml"),
        "schedule.start": Given(date(2027, 8, 16), "my.toml"),
        "brand.uses.button.bold": Given(True, "my.toml"),
        "tasks.brief.predecessors": Given([], "my.toml"),
        "tasks.go_live.predecessors": Given(["brief"], "my.toml"),
    }
    assert type(brief.facts["budget.total"].value) is int
    assert str(brief.facts["budget.reserve_rate"].value) == "0.10"
    assert brief.notes == ()


def test_a_byte_order_mark_and_windows_line_ends_are_fine(brief_of: Reads) -> None:
    brief = brief_of(top='\ufeffflow = "plan"\r\n[budget]\r\ntotal = 5\r\n')
    assert brief.facts == {"budget.total": Given(5, "my.toml")}


def test_an_absent_fact_is_placed_in_its_brief(brief_of: Reads) -> None:
    assert brief_of("[budget]\ntotal = 5").place_of("economics.order_value") == "my.toml"


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"nowhere\.toml does not exist; check the name"):
        read_brief(tmp_path / "nowhere.toml")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="is a folder; name the brief"):
        read_brief(tmp_path)


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(InvalidInput, match="is not an ordinary file"):
        read_brief(tmp_path / "pipe.toml")


def test_an_impossible_file_name_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"cannot be read|does not exist"):
        read_brief(Path("a\0b.toml"))
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_brief(Path("x" * 5000 + ".toml"))


def test_a_brief_above_five_megabytes_is_refused(refusal_of: Refuses) -> None:
    assert "is larger than 5 MB" in refusal_of("#" * 5_000_001)


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes('flow = "plan"\nname = "Café"\n'.encode("latin-1"))
    with pytest.raises(
        InvalidInput, match=r"latin\.toml is not UTF-8 text \(line 2 holds the byte 0xe9\); save it with"
    ):
        read_brief(tmp_path / "latin.toml")


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("tasks = { brief = [", "my.toml, line 2, column 20: the file ends in the middle of something"),
        ('name = "Tidewater', "my.toml, line 2, column 18: "),
        ("[budget]\ntotal = 1\n[tasks", "my.toml, line 4, column 7: "),
        ("total = 1\ntotal = 2", "my.toml, line 3, column 10: a name stands twice"),
        ("[a.b]\nx = 1\n[a.b]\ny = 1", "the table a.b stands twice"),
        ("currency = USD", "in 'currency = USD'; put text in straight quotes"),
        ("name = \u201cTidewater\u201d", "use straight quotes"),
        ("total = 96,000", "write numbers without separators, for example 96000"),
        ("rate = 10%", "write a share as a fraction, for example 0.10"),
        ("rate = 0,5", "write a point before decimals"),
        ("total = \u20ac9000", "write the amount without a currency sign"),
        ("start = 16.08.2027", "write a date as 2027-08-16, without quotes"),
        ("total =", "(a value is missing), last line 'total ='; complete that line"),
        ('name = "Tidewater\nx = 1', "in 'name = \"Tidewater'; close the quote on that line"),
        ("total =\nx = 1", "in 'total ='; write a value after ="),
        ("Paid Search = 1", "write name = value, with a name of small letters"),
        ("a = 1\rb = 2", "save the file with line ends of Unix or Windows"),
        ("a = " + "[" * 20_000, "nested too deeply"),
        ("a = 1\nb = " + "9" * 5000, "my.toml, line 3: a number has too many digits"),
    ],
)
def test_invalid_toml_is_refused_with_place_line_and_way_out(refusal_of: Refuses, toml: str, sentence: str) -> None:
    assert sentence in refusal_of(toml)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2027-02-30", "the day 2027-02-30 does not exist: February 2027 has 28 days, in 'start = 2027-02-30'"),
        ("2028-02-30", "February 2028 has 29 days"),
        ("2027-09-31", "September 2027 has 30 days"),
        ("2027-13-01", "there is no month 13"),
        ("2027-00-10", "there is no month 0"),
        ("2027-01-00", "January 2027 has 31 days"),
        ("0000-01-01", "there is no year 0"),
    ],
)
def test_a_day_that_does_not_exist_is_named(refusal_of: Refuses, day: str, why: str) -> None:
    message = refusal_of(f"[schedule]\nstart = {day}")
    assert message.startswith("my.toml, line 3, column 9: the day ")
    assert why in message


def test_a_possible_day_with_an_impossible_time_is_refused_as_toml(refusal_of: Refuses) -> None:
    assert refusal_of("start = 2027-02-28T25:00:00") == (
        "my.toml, line 2, column 19: unexpected text, in 'start = 2027-02-28T25:00:00'; "
        "write a date as 2027-08-16, without quotes"
    )


@pytest.mark.parametrize("value", ["2027-08-16T09:00:00", "2027-08-16 09:00:00Z"])
def test_a_date_with_a_time_of_day_is_refused(refusal_of: Refuses, value: str) -> None:
    message = refusal_of(f"[schedule]\nstart = {value}")
    assert message.startswith("my.toml: schedule.start is 2027-08-16 09:00:00")
    assert message.endswith("write the date alone, for example 2027-08-16")


def test_a_time_of_day_is_refused(refusal_of: Refuses) -> None:
    assert "schedule.start is 09:00:00, a time of day" in refusal_of("schedule.start = 09:00:00")


@pytest.mark.parametrize("value", ["nan", "-nan", "inf", "-inf", "+inf", "1e9999999999999999999"])
def test_nan_and_infinity_are_refused_by_path(refusal_of: Refuses, value: str) -> None:
    message = refusal_of(f"budget.total = {value}")
    assert message.startswith("my.toml: budget.total is not usable: ")
    assert "not a finite number" in message


@pytest.mark.parametrize("value", ["1e16", "1e999999", "1e-21", "99999999999999999"])
def test_a_number_out_of_range_is_refused_by_path(refusal_of: Refuses, value: str) -> None:
    assert "budget.total is not usable" in refusal_of(f"budget.total = {value}")


def test_a_number_in_a_list_is_checked_too(refusal_of: Refuses) -> None:
    assert "a.b is not usable" in refusal_of("a.b = [1, nan]")


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        (
            '[channels."Paid Search"]\nminimum = 1',
            "my.toml [channels]: key 'Paid Search' is not usable; write paid_search",
        ),
        ("Budget.total = 1", "my.toml: key 'Budget' is not usable; write budget"),
        ('"a.b" = 1', "key 'a.b' is not usable; write a_b"),
        ('"" = 1', "key '' is not usable; write a name like paid_search"),
        ('"広告" = 1', "write a name like paid_search"),
        (f"{'x' * 61} = 1", f"write {'x' * 60} "),
        ('"Crème brûlée" = 1', "write creme_brulee"),
        ('"a\\n" = 1', "key 'a\\n' is not usable; write a "),
    ],
)
def test_an_unusable_key_is_named_with_how_to_write_it(refusal_of: Refuses, toml: str, sentence: str) -> None:
    assert sentence in refusal_of(toml)


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("[channels.podcast]", "my.toml: the table channels.podcast is empty; give it at least one field"),
        ("[[tasks]]\nlabel = 'Brief'", "tasks is a list of tables; give each table a name, for example [tasks.row-1]"),
        ("a = [[1], [2]]", "a is a list within a list"),
        (".".join("abcdefghijkl") + " = 1", "is nested more than 10 levels deep"),
        ('name = "a\\u0000b"', "name holds the unprintable character '\\x00' at position 2"),
    ],
)
def test_shapes_that_no_fact_has_are_refused(refusal_of: Refuses, toml: str, sentence: str) -> None:
    assert sentence in refusal_of(toml)


@pytest.mark.parametrize(
    ("top", "sentence"),
    [
        ("[budget]\ntotal = 1\n", "my.toml does not say which flow it is for; write flow ="),
        ("", "does not say which flow"),
        ("[campaign]\nflow = 'plan'\n", "at its top, before the first [table]"),
        ("flow = 3\n", "flow is 3, not the name of a flow"),
        ("flow = 'Marketing Plan'\n", "flow 'Marketing Plan' is not usable; write marketing_plan"),
    ],
)
def test_a_brief_without_a_usable_flow_is_refused(refusal_of: Refuses, top: str, sentence: str) -> None:
    assert sentence in refusal_of(top=top)


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("/etc/passwd.csv", "my.toml: tasks names the file '/etc/passwd.csv' by an absolute path"),
        ("~/tasks.csv", "by an absolute path"),
        ("C:/tasks.csv", "by an absolute path"),
        ("..\\tasks.csv", "write / between folders"),
        ("../tasks.csv", "tasks names the file '../tasks.csv', which lies outside the brief's folder"),
        ("data/../../tasks.csv", "lies outside the brief's folder"),
        ("missing.csv", "missing.csv does not exist; check the name of the CSV file (named in my.toml for tasks)"),
        ("folder.csv", "folder.csv is a folder"),
        ("tasks.xls", "save it as .csv or .xlsx"),
        ("tasks", "save it as .csv or .xlsx"),
        ("", "save it as .csv or .xlsx"),
        (" tasks.csv", "write its name, for example 'tasks.csv'"),
        ("a\\u0000.csv", "write its name"),
        ("x" * 300 + ".csv", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_a_table_is_refused_by_its_name(refusal_of: Refuses, named: str, sentence: str) -> None:
    named = named if "\\u" in named else named.replace("\\", "\\\\")
    assert sentence in refusal_of(f'tasks = {{ file = "{named}" }}', {"folder.csv/x": ""})


def test_a_link_that_leads_out_of_the_folder_is_refused(
    refusal_of: Refuses, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("elsewhere") / "tasks.csv"
    outside.write_text("id,label\na,A\n", "utf-8")
    (tmp_path / "tasks.csv").symlink_to(outside)
    assert "lies outside the brief's folder" in refusal_of('tasks = { file = "tasks.csv" }')


def test_a_link_in_a_circle_is_refused(refusal_of: Refuses, tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    assert "a.csv" in refusal_of('tasks = { file = "a.csv" }')


def test_a_file_in_a_folder_beside_the_brief_is_read(brief_of: Reads) -> None:
    brief = brief_of('tasks = { file = "data/tasks.csv" }', {"data/tasks.csv": "id,label\na,A\n"})
    assert brief.facts["tasks.a.label"] == Given("A", "data/tasks.csv row 2, column label")


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("{ file = 3 }", "tasks.file is 3; write a file name in quotes"),
        ('{ file = "tasks.csv", brief = 1 }', "names the file 'tasks.csv' and also gives brief"),
        ('{ file = "tasks.csv", sheet = "Tasks" }', "tasks.sheet is 'Tasks'; a CSV file has no sheets"),
        ('{ file = "tasks.xlsx", sheet = 2 }', "tasks.sheet is 2; write the sheet's name in quotes"),
    ],
)
def test_a_table_that_names_a_file_gives_nothing_else(refusal_of: Refuses, table: str, sentence: str) -> None:
    assert sentence in refusal_of(f"tasks = {table}")


def test_a_row_may_be_called_file(brief_of: Reads) -> None:
    assert brief_of("[tasks.file]\nlabel = 'File the papers'").facts["tasks.file.label"].value == "File the papers"
