"""Nested tables as dotted leaf paths, and back."""

from collections.abc import Callable, Mapping
from typing import Any

from coordinator.brief.keys import DEEPEST, check_key
from experts.core.errors import InvalidInput


def _no_table(_: dict[str, Any]) -> bool:
    return False


def flatten(
    tree: Mapping[str, Any], place: str, *, is_leaf: Callable[[dict[str, Any]], bool] = _no_table
) -> dict[str, Any]:
    """Every leaf of `tree` by its dotted path, in the order of the file.

    Below the top, a table for which `is_leaf` holds is kept whole. An unusable key, a table
    without anything in it and a tree deeper than ten levels are InvalidInput; the message
    begins with `place`.
    """
    leaves: dict[str, Any] = {}
    _collect(tree, (), place, is_leaf, leaves)
    return leaves


def unflatten(leaves: Mapping[str, Any]) -> dict[str, Any]:
    """The tree whose leaves these are; a path that is also the beginning of another is InvalidInput."""
    tree: dict[str, Any] = {}
    tables: dict[str, dict[str, Any]] = {"": tree}
    for path, value in leaves.items():
        above, table = "", tree
        *parents, last = path.split(".")
        for part in parents:
            above = f"{above}.{part}" if above else part
            if above not in tables:
                if part in table:
                    raise _both(above, path)
                tables[above] = table[part] = {}
            table = tables[above]
        if last in table:
            raise _both(path, path)
        table[last] = value
    return tree


def _collect(
    table: Mapping[str, Any],
    above: tuple[str, ...],
    place: str,
    is_leaf: Callable[[dict[str, Any]], bool],
    leaves: dict[str, Any],
) -> None:
    inside = ".".join(above)
    if len(above) >= DEEPEST:
        raise InvalidInput(
            f"{place}: {inside} is nested more than {DEEPEST} levels deep; facts are not nested so deeply"
        )
    for key, value in table.items():
        check_key(key, f"{place} [{inside}]" if inside else place, field=inside)
        path = (*above, key)
        if isinstance(value, dict) and not is_leaf(value):
            if not value:
                name = ".".join(path)
                raise InvalidInput(
                    f"{place}: the table {name} is empty; give it at least one field, for example label, or delete it",
                    field=name,
                )
            _collect(value, path, place, is_leaf, leaves)
        else:
            leaves[".".join(path)] = value


def _both(path: str, other: str) -> InvalidInput:
    return InvalidInput(
        f"{path} has a value and is also a table (because of {other}); give one or the other", field=path
    )
