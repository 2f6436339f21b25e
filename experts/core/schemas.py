"""JSON schemas as hosts and the coordinator like them: without `$ref` and without null arms."""

from typing import Any

Schema = dict[str, Any]


def inline(schema: Schema, defs: dict[str, Any] | None = None) -> Schema:
    """The schema with every `$ref` replaced and `X | null` written as X. Recursive types are refused."""
    defs = defs if defs is not None else schema.get("$defs", {})
    inlined: Schema = _inline(schema, defs, ())
    return inlined


def _inline(node: Any, defs: dict[str, Any], seen: tuple[str, ...]) -> Any:
    if isinstance(node, list):
        return [_inline(item, defs, seen) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[1]
        if name in seen:
            raise ValueError(f"schema {name!r} contains itself; artifacts are finite tables")
        rest = {key: value for key, value in node.items() if key != "$ref"}
        return _inline(defs[name], defs, (*seen, name)) | _inline(rest, defs, seen)
    node = {key: value for key, value in node.items() if key != "$defs"}
    if "patternProperties" in node:  # how a table with patterned keys is published; keys are checked by themselves
        ((pattern, row),) = node.pop("patternProperties").items()
        node |= {"additionalProperties": row, "propertyNames": {"pattern": pattern}}
    arms = node.get("anyOf")
    if arms and any(arm.get("type") == "null" for arm in arms):
        others = [arm for arm in arms if arm.get("type") != "null"]
        node = {
            key: value for key, value in node.items() if key != "anyOf" and not (key == "default" and value is None)
        }
        node = (others[0] if len(others) == 1 else {"anyOf": others}) | node
        return _inline(node, defs, seen)
    # Titles only repeat the names; what a model reads is counted in tokens.
    return {k: _inline(v, defs, seen) for k, v in node.items() if not (k == "title" and isinstance(v, str))}


_EXACT = frozenset(
    {"pattern", "propertyNames", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems"}
    | {"minProperties", "maxProperties"}
)
_WIDE = 10_000


def compact(schema: Schema) -> Schema:
    """An inlined schema as a model needs it: names, types, choices, defaults and descriptions.

    What only a validator needs (patterns, units, length limits, wide bounds, closed objects, docstrings
    of row models) is left out: the server still refuses what breaks it, in a sentence.
    """
    made: Schema = _compact(schema, top=True)
    return made


def _compact(node: Any, top: bool = False) -> Any:
    if isinstance(node, list):
        return [_compact(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {}
    for key, value in node.items():
        if key == "properties":
            made[key] = {name: _compact(item) for name, item in value.items()}
        elif key == "additionalProperties" and value is False:
            continue
        elif key in ("items", "additionalProperties") and isinstance(value, dict):
            row = _compact(value)
            made[key] = {k: v for k, v in row.items() if not (k == "description" and "properties" in row)}
        elif not _for_validators(key, value):
            made[key] = value if key in ("default", "enum", "const", "required") else _compact(value)
    if "enum" in made and made.get("default") == made["enum"][0]:  # the first choice is the default
        del made["default"]
    return made


def _for_validators(key: str, value: Any) -> bool:
    # That a field may be left out is in `required`; a default of nothing tells no more than that.
    if key in _EXACT or key.startswith("x-") or (key == "default" and value in ("", "0", 0)):
        return True
    wide = key in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum") and abs(value) >= _WIDE
    return wide or (key == "minimum" and value in (0, 1))
