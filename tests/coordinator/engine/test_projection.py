"""Projection, digests, figures: what the engine takes from published schemas."""

from decimal import Decimal
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from coordinator.engine.refs import flatten, lookup, matches, tree_of
from coordinator.engine.schema import canonical, digest, figures, inline, project, required_missing, sparse
from experts.core.contract import Key, Model
from experts.core.quantities import Day, Money


class Row(Model):
    spend: Money
    note: str | None = None


class Month(Model):
    cash: Annotated[Money, Field(json_schema_extra={"x-unit": "money", "x-metric": "cash"})]


class Data(Model):
    rows: dict[Key, Row]
    total: Annotated[Money, Field(json_schema_extra={"x-unit": "money", "x-metric": "total"})]
    by_month: dict[Key, Month] = {}
    start: Day | None = None


SCHEMA = inline(Data.model_json_schema())


def test_projection_keeps_what_the_schema_names_and_nothing_else() -> None:
    value = {"rows": {"a": {"spend": "1", "extra": "x"}}, "total": "1", "other": {"b": 2}}
    assert project(value, SCHEMA) == {"rows": {"a": {"spend": "1"}}, "total": "1"}


def test_the_order_of_keys_and_the_unicode_form_never_matter() -> None:
    assert digest("a", {"x": "1", "y": "é"}, {}, {}) == digest("a", {"y": "e\u0301", "x": "1"}, {}, {})
    assert digest("a", {"x": "1"}, {}, {}) != digest("b", {"x": "1"}, {}, {})


def test_a_float_never_enters_a_digest() -> None:
    with pytest.raises(TypeError, match=r"float 0\.1"):
        canonical({"rate": 0.1})


def test_figures_are_the_leaves_with_a_unit_and_metrics_carry_their_dimensions() -> None:
    data = {"rows": {"a": {"spend": "1", "note": "n"}}, "total": "1", "by_month": {"2027-03": {"cash": "5"}}}
    grounds = {"rows.*.spend": "fact:spend.*", "total": "working:sum#total"}
    found = {f.id: (f.value, f.ground, f.metric) for f in figures("s", data, SCHEMA, grounds)}
    assert found == {
        "s#rows.a.spend": ("1", "fact:spend.a", None),
        "s#total": ("1", "working:sum#total", "total"),
        "s#by_month.2027-03.cash": ("5", None, "cash.2027-03"),
    }


def test_what_is_required_and_absent_is_named_by_path() -> None:
    assert list(required_missing({"rows": {"a": {}}}, SCHEMA)) == ["total", "rows.a.spend"]


def test_a_judgement_at_its_default_is_no_judgement() -> None:
    schema = {"properties": {"lean": {"default": False}, "step": {"default": "1"}}}
    assert sparse({"lean": False, "step": "2"}, schema) == {"step": "2"}


def test_an_exact_ground_wins_over_a_starred_one() -> None:
    assert lookup({"lines.*.spend": "fact:a.*", "lines.b.spend": "fact:b"}, "lines.b.spend") == "fact:b"
    assert lookup({"lines.*.spend": "fact:a.*"}, "lines.c.spend") == "fact:a.c"
    assert lookup({"lines.*.spend": "fact:a.*"}, "lines.c.other") is None


def test_a_star_finds_every_key() -> None:
    tree = {"lines": {"a": {"spend": "1"}, "b": {"spend": "2"}, "c": {}}}
    assert [(path, value) for path, value, _ in matches(tree, "lines.*.spend")] == [
        ("lines.a.spend", "1"),
        ("lines.b.spend", "2"),
    ]


_KEYS = st.text("abc_-", min_size=1, max_size=4)
_TREES = st.recursive(
    st.text(max_size=3), lambda inner: st.dictionaries(_KEYS, inner, min_size=1, max_size=3), max_leaves=12
)


@given(st.dictionaries(_KEYS, _TREES, min_size=1, max_size=3))
def test_leaves_and_tree_are_two_forms_of_one_thing(tree: dict[str, object]) -> None:
    assert tree_of(flatten(tree)) == tree


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6))
def test_equal_amounts_have_equal_text(amount: Decimal) -> None:
    row = Row.model_validate({"spend": str(amount)})
    again = Row.model_validate({"spend": format(amount, "E")})
    assert row.model_dump_json() == again.model_dump_json()
