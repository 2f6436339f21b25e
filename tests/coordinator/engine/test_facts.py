"""Facts are canonical when they are written, and wrong ones are refused in one sentence."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from coordinator.engine.facts import canonical_leaf
from experts.core.errors import InvalidInput

MONEY = {"type": "string", "x-unit": "money", "x-minimum": "0"}
SHARE = {"type": "string", "x-unit": "rate", "x-minimum": "0", "x-maximum": "1"}
DAY = {"type": "string", "format": "date", "x-unit": "date"}
COUNT = {"type": "integer", "minimum": 0, "x-unit": "count"}
TEXTS = {"type": "array", "items": {"type": "string"}}
EITHER = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


@pytest.mark.parametrize(
    ("value", "schema", "expected"),
    [
        (200000, MONEY, "200000"),
        ("2E+5", MONEY, "200000"),
        (Decimal("200000.00"), MONEY, "200000"),
        ("USD 96000.50", MONEY, "96000.5"),
        (Decimal("0.10"), SHARE, "0.1"),
        (date(2027, 8, 16), DAY, "2027-08-16"),
        ("2027-08-16", DAY, "2027-08-16"),
        ("12", COUNT, 12),
        ("film; stills", TEXTS, ["film", "stills"]),
        ("Ines Calder", EITHER, "Ines Calder"),
        (["Marco", "Lena"], EITHER, ["Marco", "Lena"]),
        ("yes", {"type": "boolean"}, True),
    ],
)
def test_one_value_has_one_form_however_it_was_written(value: Any, schema: dict[str, Any], expected: Any) -> None:
    assert canonical_leaf("a.b", value, schema, "brief.toml", "USD") == expected


@pytest.mark.parametrize(
    ("value", "schema", "said"),
    [
        (Decimal("-5"), MONEY, "must be at least 0, not -5"),
        ("NaN", MONEY, "not a finite number"),
        ("Infinity", MONEY, "not a finite number"),
        ("1e999999", MONEY, "out of range"),
        ("1.250,50", MONEY, "is not a number"),
        ("EUR 500", MONEY, "is in EUR ('EUR 500'), the plan is in USD"),
        (Decimal("1.5"), SHARE, "must be at most 1"),
        ("2026-02-30", DAY, "not a day that exists"),
        ("3.5", COUNT, "must be a whole number"),
        ("blue", {"type": "string", "enum": ["text", "graphic"]}, "must be one of: text, graphic"),
        ("maybe", {"type": "boolean"}, "is not yes or no"),
        ("   ", {"type": "string"}, "it is empty"),
        ("x" * 2001, {"type": "string"}, "it has 2001 characters"),
        (True, {"type": "string"}, "is not text"),
        ("see [[fact:x]]", {"type": "string"}, "double square brackets"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_place_and_the_way_out(
    value: Any, schema: dict[str, Any], said: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        canonical_leaf("budget.total", value, schema, "brief.toml", "USD")
    assert refused.value.message.startswith("brief.toml: budget.total")
    assert said in refused.value.message


def test_control_characters_do_not_survive() -> None:
    assert canonical_leaf("a", "Tide\x1b[31mwater\x00", {"type": "string"}, "b", None) == "Tide[31mwater"
