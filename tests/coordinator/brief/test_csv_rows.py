"""CSV files named in a brief: rows as facts, errors with file, row and column."""

from collections.abc import Callable

import pytest

from coordinator.brief.reading import Brief, Given

Reads = Callable[..., Brief]
Refuses = Callable[[str | bytes], str]

TASKS = 'tasks = { file = "tasks.csv" }'


def test_rows_are_facts_that_know_their_file_row_and_column(brief_of: Reads) -> None:
    content = 'id,label,duration,predecessors[]\nbrief,"Brief, signed",4,\nfilm,Film,6,brief; stills\n'
    brief = brief_of(TASKS, {"tasks.csv": content})
    assert brief.facts == {
        "tasks.brief.label": Given("Brief, signed", "tasks.csv row 2, column label"),
        "tasks.brief.duration": Given("4", "tasks.csv row 2, column duration"),
        "tasks.film.label": Given("Film", "tasks.csv row 3, column label"),
        "tasks.film.duration": Given("6", "tasks.csv row 3, column duration"),
        "tasks.film.predecessors": Given(["brief", "stills"], "tasks.csv row 3, column predecessors"),
    }
    assert brief.notes == ()


def test_an_absent_fact_is_placed_in_its_row_or_file(brief_of: Reads) -> None:
    brief = brief_of(TASKS, {"tasks.csv": "id,label,duration\nbrief,Brief,\n"})
    assert "tasks.brief.duration" not in brief.facts
    assert brief.place_of("tasks.brief.duration") == "tasks.csv row 2"
    assert brief.place_of("tasks.other.duration") == "tasks.csv"
    assert brief.place_of("tasks.brief.label") == "tasks.csv row 2, column label"


def test_rows_without_an_id_are_named_by_position_and_the_brief_says_so(brief_of: Reads) -> None:
    toml = '[channels.search]\nlabel = "Search"\npast = { file = "past.csv" }'
    brief = brief_of(toml, {"past.csv": "spend,results\n900,39\n\n1200,44\n"})
    assert brief.facts["channels.search.past.row-1.spend"] == Given("900", "past.csv row 2, column spend")
    assert brief.facts["channels.search.past.row-2.results"] == Given("44", "past.csv row 4, column results")
    assert brief.notes == (
        "past.csv has no column id, so its rows are called row-1, row-2 and so on, by their position",
    )


def test_the_first_column_may_be_called_key_and_a_later_id_is_then_a_field(brief_of: Reads) -> None:
    brief = brief_of(TASKS, {"tasks.csv": "key,id\nbrief,7\n"})
    assert {path: given.value for path, given in brief.facts.items()} == {"tasks.brief.id": "7"}


def test_dotted_headers_nest(brief_of: Reads) -> None:
    brief = brief_of('channels = { file = "c.csv" }', {"c.csv": "id,past.now.spend,curve\nsearch,10,32*sqrt(spend)\n"})
    assert brief.facts["channels.search.past.now.spend"].value == "10"


@pytest.mark.parametrize(
    "content",
    [
        "id;label;duration\nbrief;Brief, signed;4\n",
        "\ufeffid;label;duration\r\nbrief;Brief, signed;4\r\n",
        'id,label,duration\rbrief,"Brief, signed",4\r',
        ' id , label ,duration,,\nbrief,"Brief, signed", 4,,\n,,,,\n\n',
    ],
)
def test_common_ways_of_saving_the_same_table_read_alike(brief_of: Reads, content: str) -> None:
    facts = brief_of(TASKS, {"tasks.csv": content}).facts
    assert {path: given.value for path, given in facts.items()} == {
        "tasks.brief.label": "Brief, signed",
        "tasks.brief.duration": "4",
    }


def test_a_row_is_counted_as_a_spreadsheet_counts_it_even_after_a_cell_of_two_lines(brief_of: Reads) -> None:
    brief = brief_of(TASKS, {"tasks.csv": 'id,label\na,"two\nlines"\nb,B\n'})
    assert brief.facts["tasks.a.label"].value == "two\nlines"
    assert brief.facts["tasks.b.label"].by == "tasks.csv row 3, column label"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "tasks.csv is empty; the first row holds the names of the fields"),
        ("\n \n", "tasks.csv is empty"),
        ("\nid,label\na,A\n", "tasks.csv has an empty first row"),
        ("id,label\n", "tasks.csv has a header and no rows"),
        ("id,label;x\na,A\n", "tasks.csv row 1: the header has both , and ; between its fields"),
        ("id\tlabel\na\tA\n", "tasks.csv row 1: the header is divided by tabs"),
        ("id,,label\na,,A\n", "tasks.csv row 1, column 2: this column has no field name"),
        ("brief,4\nfilm,6\n", "tasks.csv row 1, column 2: '4' is not a field name; the first row holds the names"),
        ("id,Film Days\na,6\n", "tasks.csv row 1, column 2: field name 'Film Days' is not usable; write film_days"),
        ("id,a..b\na,6\n", "field name '' is not usable"),
        ("id," + ".".join("abcdefghijk") + "\na,6\n", "has more than 10 parts"),
        ("id,label,label\na,A,B\n", "tasks.csv row 1, column 3: the field label also stands in column 2"),
        ("id,label,label[]\na,A,B\n", "the field label also stands in column 2"),
        ("id,curve,curve.a\na,A,B\n", "the field curve.a and the field curve exclude each other"),
        ("label,id\nA,a\n", "tasks.csv row 1, column 2: the column id names the rows; make it the first column"),
        ("id,label\na,A\nb,B\na,C\n", "tasks.csv row 4, column id: the id 'a' also stands in row 2"),
        ("id,label\n,A\n", "tasks.csv row 2, column id: the row has no id"),
        ("id,label\nFilm Shoot,A\n", "tasks.csv row 2, column id: id 'Film Shoot' is not usable; write film_shoot"),
        ("id,label\na,\n", "tasks.csv row 2: the row has the id 'a' and nothing else"),
        ("id\na\n", "tasks.csv row 2: the row has the id 'a' and nothing else"),
        ("id,label\na,A,B\n", "tasks.csv row 2, column 3: the row has 3 cells and the header 2 fields"),
        ("id,label,days\na,A\n", "tasks.csv row 2: the row has 2 cells and the header 3 fields; write a , also for"),
        ('id,label\na,"A\nb,B\n', "tasks.csv row 2: a quote opens here and never closes"),
        ('id,label\na,"A"x\n', "tasks.csv row 2: "),
        ("id,label\na," + "x" * 200_000 + "\n", "tasks.csv row 2: a cell is longer than 131,072 characters"),
        ("id,p[]\na,b;;c\n", "tasks.csv row 2, column p: tasks.a.p has an empty entry in 'b;;c'"),
        ("id,label\na,A\x00\n", "tasks.csv row 2, column label: tasks.a.label holds the unprintable character '\\x00'"),
        (b"id,label\na,Caf\xe9\n", "tasks.csv is not UTF-8 text (line 2 holds the byte 0xe9); save it as 'CSV UTF-8'"),
        ("id,label\na,A\n".encode("utf-16"), "tasks.csv is not UTF-8 text"),
        (",".join(f"f{n}" for n in range(201)) + "\n", "tasks.csv row 1: the header has more than 200 fields"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_file_row_and_column(
    csv_refusal: Refuses, content: str | bytes, sentence: str
) -> None:
    assert sentence in csv_refusal(content)


def test_twenty_thousand_rows_are_read_and_one_more_is_refused(brief_of: Reads, csv_refusal: Refuses) -> None:
    content = "spend\n" + "1\n" * 20_000
    assert len(brief_of(TASKS, {"tasks.csv": content}).facts) == 20_000
    assert csv_refusal(content + "1\n") == "tasks.csv has more than 20,000 rows; split or shorten it"


def test_a_table_above_twenty_megabytes_is_refused(csv_refusal: Refuses) -> None:
    assert "tasks.csv is larger than 20 MB" in csv_refusal(b"x" * 20_000_001)
