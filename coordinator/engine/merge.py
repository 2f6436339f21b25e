"""The brief of a flow: the union, by path, of what its actions read."""

from collections.abc import Iterator
from typing import Any

from coordinator.engine.schema import Schema, is_table
from experts.core.errors import ConfigurationError


def union(briefs: dict[str, Schema]) -> Schema:
    """One schema that holds every fact that any of `briefs` (by owner) reads.

    A field is required if one owner requires it and none gives a default. Each leaf keeps
    in `x-by` the owner that gave its default. Two owners that give one path different
    defaults, units or types are refused.
    """
    merged: Schema = {"type": "object", "properties": {}, "required": []}
    for owner, brief in briefs.items():
        merged = _merge(merged, _mark(brief, owner), owner, "")
    return merged


def _mark(schema: Schema, owner: str) -> Schema:
    made = dict(schema)
    if "default" in made and not is_table(made):
        made["x-by"] = owner
    if "properties" in made:
        made["properties"] = {key: _mark(item, owner) for key, item in made["properties"].items()}
    if isinstance(made.get("additionalProperties"), dict):
        made["additionalProperties"] = _mark(made["additionalProperties"], owner)
    return made


def _merge(a: Schema, b: Schema, owner: str, path: str) -> Schema:
    if is_table(a) != is_table(b):
        raise ConfigurationError(f"brief path {path!r}: {owner} reads it as another type than an earlier action does")
    if not is_table(a):
        for word in ("x-unit", "type", "enum"):
            if a.get(word) != b.get(word):
                raise ConfigurationError(
                    f"brief path {path!r}: {owner} reads it with {word} {b.get(word)!r},"
                    f" an earlier action with {a.get(word)!r}"
                )
        if "default" in a and "default" in b and a["default"] != b["default"]:
            raise ConfigurationError(
                f"brief path {path!r}: {owner} defaults it to {b['default']!r}, {a['x-by']} to {a['default']!r}"
            )
        return b | a
    made = b | a
    if "properties" in a and "properties" in b:
        fields = dict(a["properties"])
        for key, item in b["properties"].items():
            below = f"{path}.{key}" if path else key
            fields[key] = _merge(fields[key], item, owner, below) if key in fields else item
        made["properties"] = fields
        needed = [*a.get("required", []), *b.get("required", [])]
        made["required"] = [
            key for key in fields if key in needed and ("default" not in fields[key] or is_table(fields[key]))
        ]
    elif "properties" in a or "properties" in b:
        raise ConfigurationError(f"brief path {path!r}: {owner} reads it with fixed fields, another action by keys")
    else:
        made["additionalProperties"] = _merge(a["additionalProperties"], b["additionalProperties"], owner, f"{path}.*")
    if not ("default" in a and "default" in b):
        # That one action can do without a table is no reason to forget that another needs it.
        made.pop("default", None)
    return made


def defaults(schema: Schema, tree: Any, prefix: str = "") -> Iterator[tuple[str, Any, str, str]]:
    """(path, default, reason, owner) of every leaf that has a reasoned default and is absent from `tree`.

    Rows of a table are completed only where the row exists; an optional table that is wholly
    absent stays absent.
    """
    for key, child in schema.get("properties", {}).items():
        path = f"{prefix}.{key}" if prefix else key
        if is_table(child):
            if isinstance(tree, dict) and key in tree:
                yield from defaults(child, tree[key], path)
            elif key in schema.get("required", []):
                yield from defaults(child, {}, path)
        elif isinstance(tree, dict) and (key in tree or child.get("x-unless") in tree):
            continue  # given, or made pointless by another fact that was given
        elif "default" in child and child.get("reason"):
            yield path, child["default"], child["reason"], child.get("x-by", "")
    extra = schema.get("additionalProperties")
    if isinstance(extra, dict) and isinstance(tree, dict):
        for key in sorted(tree):
            yield from defaults(extra, tree[key], f"{prefix}.{key}" if prefix else key)
