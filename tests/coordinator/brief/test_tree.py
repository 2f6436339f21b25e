"""Nested tables as dotted paths, and back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.brief.tree import flatten, unflatten
from experts.core.errors import InvalidInput

KEYS = st.from_regex(r"[a-z0-9_-]{1,12}", fullmatch=True)
SCALARS = st.one_of(
    st.text(max_size=5),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
)
LEAVES = st.one_of(SCALARS, st.lists(SCALARS, max_size=3))
TREES = st.dictionaries(
    KEYS, st.recursive(LEAVES, lambda inner: st.dictionaries(KEYS, inner, min_size=1, max_size=4), max_leaves=20)
)


@settings(deadline=None, max_examples=60)
@given(TREES)
def test_flattened_and_unflattened_is_the_same_tree(tree: dict[str, Any]) -> None:
    leaves = flatten(tree, "brief")
    assert not any(isinstance(value, dict) for value in leaves.values())
    assert unflatten(leaves) == tree
    assert flatten(unflatten(leaves), "brief") == leaves


def test_leaves_keep_the_order_of_the_file() -> None:
    tree = {"b": {"y": 1, "x": Decimal("0.10")}, "a": date(2027, 8, 16)}
    assert list(flatten(tree, "brief").items()) == [("b.y", 1), ("b.x", Decimal("0.10")), ("a", date(2027, 8, 16))]


def test_a_table_that_counts_as_a_leaf_is_kept_whole() -> None:
    tree = {"tasks": {"file": "tasks.csv"}, "budget": {"total": 1}}
    assert flatten(tree, "brief", is_leaf=lambda table: "file" in table) == {
        "tasks": {"file": "tasks.csv"},
        "budget.total": 1,
    }


@pytest.mark.parametrize(
    "leaves", [{"a": 1, "a.b": 2}, {"a.b": 2, "a": 1}, {"a.b.c": 1, "a.b": 2}, {"a.b": {}, "a.b.c": 1}]
)
def test_a_path_that_is_both_value_and_table_is_refused(leaves: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="has a value and is also a table"):
        unflatten(leaves)
