"""How figures and prose read."""

import pytest

from coordinator.exports.deliverable import Value
from coordinator.exports.formatting import describe_ref, format_value, paragraphs, parts_of, render_prose
from experts.core.errors import ConfigurationError


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("14500", "money", "USD 14,500"),
        ("14500.5", "money", "USD 14,500.50"),
        ("6.849", "money", "USD 6.85"),
        ("-500", "money", "USD \u2212500"),
        ("0", "money", "USD 0"),
        ("0.004", "money", "USD 0.0040"),
        ("0.1", "rate", "10%"),
        ("0.031", "rate", "3.1%"),
        ("1", "rate", "100%"),
        ("0.123456", "rate", "12.35%"),
        ("11442", "count", "11,442"),
        ("11442.82", "count", "11,443"),
        ("812.456", "count", "812.46"),
        ("812.5", "count", "812.5"),
        ("0.001", "count", "0.001"),
        ("4.55123", "ratio", "4.5512"),
        ("2", "ratio", "2"),
        ("2027-09-24", "date", "Fri 24 Sep 2027"),
        ("25", "days", "25 days"),
        ("1", "days", "1 day"),
        ("-1", "days", "\u22121 day"),
        ("4", "months", "4 months"),
        ("4.04", "months", "4.04 months"),
        ("households", "text", "households"),
        ("as it is", "furlong", "as it is"),
    ],
)
def test_each_unit_reads_as_a_person_expects(text: str, unit: str, shown: str) -> None:
    assert format_value(Value(text=text, unit=unit), "USD") == shown


@pytest.mark.parametrize(
    ("currency", "shown"), [("JPY", "JPY 1,235"), ("KWD", "KWD 1,234.568"), ("EUR", "EUR 1,234.57")]
)
def test_money_has_the_digits_of_its_currency(currency: str, shown: str) -> None:
    assert format_value(Value(text="1234.5678", unit="money"), currency) == shown


def test_a_value_that_is_no_number_is_refused_by_name() -> None:
    with pytest.raises(ConfigurationError, match="'lots'"):
        format_value(Value(text="lots", unit="money"), "USD")
    with pytest.raises(ConfigurationError, match="2027-02-30"):
        format_value(Value(text="2027-02-30", unit="date"), "USD")


def test_prose_shows_each_cited_value_with_its_unit() -> None:
    values = {"fact:budget.total": Value(text="96000", unit="money"), "a#rate": Value(text="0.1", unit="rate")}
    assert render_prose("Of [[fact:budget.total]], [[a#rate]].", values, "USD") == "Of USD 96,000, 10%."
    assert [part.ref for part in parts_of("Of [[fact:budget.total]]", values, "USD")] == [None, "fact:budget.total"]


def test_prose_that_cites_an_unknown_ref_is_refused_by_name() -> None:
    with pytest.raises(ConfigurationError, match="'a#missing'"):
        render_prose("[[a#missing]]", {}, "USD")


def test_brackets_a_user_wrote_stay_and_a_value_is_never_read_as_prose() -> None:
    values = {"fact:label": Value(text="[[fact:secret]]", unit="text")}
    assert render_prose("[[Paid]] [[fact:label]]", values, "USD") == "[[Paid]] [[fact:secret]]"


def test_control_characters_are_left_out() -> None:
    assert format_value(Value(text="a\x00b\x1fc\n", unit="text"), "USD") == "abc\n"


def test_blank_lines_part_paragraphs() -> None:
    assert paragraphs("one\ntwo\n\n three \n") == ["one two", "three"]


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("step#lines.paid_search.spend", "Budget: lines, paid search, spend"),
        ("other_step#a", "Other step: a"),
        ("fact:budget.total", "Brief: budget, total"),
        ("judgement:step.priority", "Choice in Budget: priority"),
    ],
)
def test_a_ref_is_put_in_words(ref: str, words: str) -> None:
    assert describe_ref(ref, {"step": "Budget"}) == words
