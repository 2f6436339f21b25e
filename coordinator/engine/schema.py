"""Published JSON schemas as the engine uses them: inlined, projected onto, walked for figures.

Everything here works on schemas without `$ref` and without null arms (`inline` makes them so),
because null never appears in data.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from coordinator.engine.model import Figure
from coordinator.engine.refs import lookup
from experts.core.schemas import inline

Schema = dict[str, Any]


def project(value: Any, schema: Schema) -> Any:
    """Keep of `value` what `schema` names; unnamed fields and the order of keys never matter."""
    if isinstance(value, dict) and "properties" in schema:
        return {key: project(value[key], below) for key, below in schema["properties"].items() if key in value}
    if isinstance(value, dict) and isinstance(schema.get("additionalProperties"), dict):
        return {key: project(item, schema["additionalProperties"]) for key, item in value.items()}
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        return [project(item, schema["items"]) for item in value]
    return value


def canonical(value: Any) -> str:
    """Canonical JSON (sorted keys, NFC, no blanks). Floats are refused: quantities travel as strings."""
    return json.dumps(_clean(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _clean(value: Any) -> Any:
    if isinstance(value, float):
        raise TypeError(f"float {value!r} in a contract; send a decimal string")
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value


def sha256(value: Any) -> str:
    """sha256 of canonical JSON."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def digest(action: str, brief: Any, inputs: Any, judgement: Any) -> str:
    """The input digest: equal digest, equal artifact."""
    return sha256([action, brief, inputs, judgement])


def sparse(judgement: dict[str, Any], schema: Schema) -> dict[str, Any]:
    """The judgement without what equals its default, so that choosing the default changes nothing."""
    fields = schema.get("properties", {})
    return {
        key: v for key, v in judgement.items() if "default" not in fields.get(key, {}) or fields[key]["default"] != v
    }


def below(schema: Schema, key: str) -> Schema | None:
    """The schema of one key of a table, or None if the table does not have it."""
    if key in schema.get("properties", {}):
        found: Schema = schema["properties"][key]
        return found
    extra = schema.get("additionalProperties")
    if isinstance(extra, dict):
        return extra
    items = schema.get("items")
    return items if isinstance(items, dict) and key.isdigit() else None


def at(schema: Schema, path: str) -> Schema | None:
    """The schema at a dotted path, or None."""
    node: Schema | None = schema
    for key in path.split("."):
        node = below(node, key) if node is not None else None
    return node


def is_table(schema: Schema) -> bool:
    """Whether a schema is a table (of named fields or of keys), not a leaf."""
    return "properties" in schema or isinstance(schema.get("additionalProperties"), dict)


def leaves(value: Any, schema: Schema, prefix: str = "") -> Iterator[tuple[str, Any, Schema]]:
    """Every leaf of `value` with its path and schema; each item of a list of tables or of quantities counts."""
    if isinstance(value, dict) or (isinstance(value, list) and (_quantities(schema) or _tables(value))):
        entries = value.items() if isinstance(value, dict) else ((str(i), item) for i, item in enumerate(value))
        for key, item in entries:
            yield from leaves(item, below(schema, key) or {}, f"{prefix}.{key}" if prefix else key)
    else:
        yield prefix, value, schema


def _quantities(schema: Schema) -> bool:
    items = schema.get("items")
    return isinstance(items, dict) and ("x-unit" in items or _quantities(items))


def _tables(value: list[Any]) -> bool:
    return any(isinstance(item, dict | list) for item in value)


def figures(step: str, data: dict[str, Any], schema: Schema, grounds: dict[str, str]) -> Iterator[Figure]:
    """Every quantity leaf of an artifact; a metric's key is its name and the table keys on its path."""
    for path, value, leaf in leaves(data, schema):
        if "x-unit" in leaf:
            name = leaf.get("x-metric")
            yield Figure(
                id=f"{step}#{path}",
                value=str(value),
                unit=leaf["x-unit"],
                ground=lookup(grounds, path),
                metric=".".join((name, *_dimensions(path, schema))) if name else None,
            )


def _dimensions(path: str, schema: Schema) -> list[str]:
    keys = []
    node: Schema = schema
    for key in path.split("."):
        if key not in node.get("properties", {}):
            keys.append(key)
        node = below(node, key) or {}
    return keys


def required_missing(value: Any, schema: Schema, prefix: str = "") -> Iterator[str]:
    """Paths that the schema requires and `value` does not have; an absent optional table asks nothing."""
    if not isinstance(value, dict):
        return
    for key in schema.get("required", []):
        if key not in value:
            child = schema["properties"][key]
            path = f"{prefix}.{key}" if prefix else key
            inside = list(required_missing({}, child, path)) if "properties" in child else []
            yield from inside or [path]
    for key, item in value.items():
        child = below(schema, key)
        if child is not None:
            yield from required_missing(item, child, f"{prefix}.{key}" if prefix else key)


__all__ = [
    "Schema",
    "at",
    "below",
    "canonical",
    "digest",
    "figures",
    "inline",
    "is_table",
    "leaves",
    "project",
    "required_missing",
    "sha256",
    "sparse",
]
