"""Paths and refs: one grammar for facts, figures, workings and cells."""

from collections.abc import Iterator
from typing import Any, NamedTuple

MISSING: Any = object()


class Parts(NamedTuple):
    """A ref taken apart: kind is fact, judgement, working, table, cell or figure."""

    kind: str
    owner: str
    path: str


def parse(ref: str) -> Parts:
    """Take a ref apart; raises ValueError if it is none."""
    for kind in ("fact", "judgement", "cell"):
        if ref.startswith(f"{kind}:"):
            return Parts(kind, "", ref[len(kind) + 1 :])
    owner, mark, path = ref.partition("#")
    if not mark:
        raise ValueError(f"{ref!r} is not a ref; write fact:<path>, judgement:<path> or <step>#<path>")
    for kind in ("working", "table"):
        if owner.startswith(f"{kind}:"):
            return Parts(kind, owner[len(kind) + 1 :], path)
    return Parts("figure", owner, path)


def get(tree: Any, path: str) -> Any:
    """The value at a dotted path (a number indexes a list), or MISSING."""
    for key in path.split("."):
        if isinstance(tree, dict) and key in tree:
            tree = tree[key]
        elif isinstance(tree, list) and key.isdigit() and int(key) < len(tree):
            tree = tree[int(key)]
        else:
            return MISSING
    return tree


def matches(tree: Any, path: str) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Every concrete path that `path` stands for, with its value and the keys its `*` met."""
    head, _, rest = path.partition(".")
    if isinstance(tree, dict):
        keys = list(tree) if head == "*" else [head] if head in tree else []
    elif isinstance(tree, list):
        keys = [str(i) for i in range(len(tree))] if head == "*" else [head] if get(tree, head) is not MISSING else []
    else:
        keys = []
    for key in keys:
        star = (key,) if head == "*" else ()
        below = get(tree, key)
        if not rest:
            yield key, below, star
        else:
            for found, value, more in matches(below, rest):
                yield f"{key}.{found}", value, star + more


def fill(pattern: str, keys: tuple[str, ...]) -> str:
    """Put `keys` in place of the `*` of a pattern, in order."""
    for key in keys:
        pattern = pattern.replace("*", key, 1)
    return pattern


def star_keys(pattern: str, path: str) -> tuple[str, ...] | None:
    """The keys that the `*` of `pattern` meet in `path`, or None where it does not match."""
    wanted, seen = pattern.split("."), path.split(".")
    if len(wanted) != len(seen) or any(w not in ("*", s) for w, s in zip(wanted, seen, strict=True)):
        return None
    return tuple(s for w, s in zip(wanted, seen, strict=True) if w == "*")


def lookup(patterns: dict[str, str], path: str) -> str | None:
    """The ref that a map from (starred) paths to refs gives `path`; an exact entry wins."""
    if path in patterns:
        return patterns[path]
    for pattern, ref in patterns.items():
        keys = star_keys(pattern, path) if "*" in pattern else None
        if keys is not None:
            return fill(ref, keys)
    return None


def tree_of(leaves: dict[str, Any]) -> dict[str, Any]:
    """Nested tables from dotted paths, in sorted order, so that nothing depends on history."""
    root: dict[str, Any] = {}
    for path in sorted(leaves):
        node = root
        *parents, last = path.split(".")
        for key in parents:
            node = node.setdefault(key, {})
        node[last] = leaves[path]
    return root


def flatten(tree: Any, prefix: str = "") -> dict[str, Any]:
    """Dotted paths of every leaf; a list counts as one leaf."""
    if isinstance(tree, dict):
        found: dict[str, Any] = {}
        for key, value in tree.items():
            found |= flatten(value, f"{prefix}.{key}" if prefix else key)
        return found
    return {prefix: tree}
