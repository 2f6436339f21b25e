"""Facts as they are written: canonical by schema, complete with assumed defaults, refused where wrong."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from coordinator.engine.compiled import CompiledFlow
from coordinator.engine.merge import defaults
from coordinator.engine.model import Fact
from coordinator.engine.refs import flatten, tree_of
from coordinator.engine.schema import Schema, below, is_table, required_missing
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import decimal_of, plain

_CURRENCY = re.compile(r"^(?:([A-Z]{3})\s*)?(-?[0-9.eE+-]+)(?:\s*([A-Z]{3}))?$")
_KEY = re.compile(r"[a-z0-9_-]{1,60}")


class Given(NamedTuple):
    """A value as somebody wrote it, and who or where."""

    value: Any
    by: str


def canonical_facts(flow: CompiledFlow, given: Mapping[str, Given], currency: str | None) -> dict[str, Any]:
    """Canonical values by path (None removes). Raises InvalidInput for the first that does not fit."""
    found: dict[str, Any] = {}
    for path, (value, by) in given.items():
        schema = schema_of(flow, path, by)
        if value is None:
            found[path] = None
        elif is_table(schema):
            hint = did_you_mean("", schema.get("properties", {}))
            raise InvalidInput(f"{by}: {path} is a table, not a value; give its fields{hint}", field=path)
        else:
            found[path] = canonical_leaf(path, value, schema, by, currency)
    return found


def schema_of(flow: CompiledFlow, path: str, by: str) -> Schema:
    """The schema of a fact's path; an unknown one is refused with the nearest name."""
    node: Schema = {"properties": {**flow.brief["properties"], "judgement": _judgements(flow)}}
    walked: list[str] = []
    for key in path.split("."):
        child = below(node, key) if is_table(node) else None
        if child is None:
            where = ".".join(walked)
            hint = did_you_mean(key, node.get("properties", {})) if is_table(node) else "; it has no fields"
            inside = f" in {where!r}" if where else ""
            raise InvalidInput(
                f"{by}: there is no fact {path!r}: nothing reads {key!r}{inside}{hint}", field=path, seen=key
            )
        if not _KEY.fullmatch(key):
            raise InvalidInput(f"{by}: {key!r} in {path!r} is not a key; use a-z, 0-9, - and _, at most 60", field=path)
        node = child
        walked.append(key)
    return node


def _judgements(flow: CompiledFlow) -> Schema:
    return {"properties": {step: spec.judgement for step, spec in flow.actions.items()}}


def canonical_leaf(path: str, value: Any, schema: Schema, by: str, currency: str | None) -> Any:
    """One value as its schema writes it."""

    def refuse(problem: str) -> InvalidInput:
        return InvalidInput(f"{by}: {path} {problem}", field=path, seen=value)

    try:
        arms = schema.get("anyOf")
        if arms:
            wanted = "array" if isinstance(value, list) else "string"
            schema = next((arm for arm in arms if arm.get("type") == wanted), arms[0])
        if "enum" in schema or "const" in schema:
            options = schema.get("enum") or [schema["const"]]
            if value not in options:
                raise refuse(f"is {str(value)!r}; it must be one of: {', '.join(map(str, options))}")
            return value
        kind, unit = schema.get("type"), schema.get("x-unit")
        if unit == "date":
            return _date(value)
        if kind == "string" and unit:
            return _quantity(value, schema, currency if unit == "money" else None, refuse)
        if kind == "integer":
            return _integer(value, schema, refuse)
        if kind == "boolean":
            return _boolean(value)
        if kind == "array":
            items = (
                value if isinstance(value, list) else [p.strip() for p in re.split(r"[;,]", str(value)) if p.strip()]
            )
            return [canonical_leaf(path, item, schema.get("items", {}), by, currency) for item in items]
        return _text(value, schema)
    except ValueError as error:
        raise refuse(f"is wrong: {error}") from error


def _date(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise ValueError(f"{str(value)!r} is not a day that exists; write it as 2027-08-16") from error


def _quantity(value: Any, schema: Schema, currency: str | None, refuse: Any) -> str:
    if currency and isinstance(value, str) and (found := _CURRENCY.match(value.strip())):
        code = found.group(1) or found.group(3)
        if code and code != currency:
            raise refuse(f"is in {code} ({value!r}), the plan is in {currency}; convert it to {currency}")
        value = found.group(2)
    number = decimal_of(value)
    for word, holds in (("x-minimum", number.__ge__), ("x-maximum", number.__le__)):
        if word in schema and not holds(Decimal(schema[word])):
            side = "at least" if word == "x-minimum" else "at most"
            raise refuse(f"must be {side} {schema[word]}, not {plain(number)}")
    return plain(number)


def _integer(value: Any, schema: Schema, refuse: Any) -> int:
    number = decimal_of(value)
    if number != number.to_integral_value():
        raise refuse(f"must be a whole number, not {plain(number)}")
    for word, holds in (("minimum", number.__ge__), ("maximum", number.__le__)):
        if word in schema and not holds(Decimal(schema[word])):
            raise refuse(
                f"must be {'at least' if word == 'minimum' else 'at most'} {schema[word]}, not {plain(number)}"
            )
    return int(number)


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    known = {"true": True, "yes": True, "false": False, "no": False}
    if str(value).strip().lower() not in known:
        raise ValueError(f"{value!r} is not yes or no; write true or false")
    return known[str(value).strip().lower()]


def _text(value: Any, schema: Schema) -> str:
    if isinstance(value, bool | list):
        raise ValueError(f"{value!r} is not text; write it in quotes")
    text = plain(value) if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else str(value)
    text = "".join(c for c in text if c in "\n\t" or (c.isprintable() and not 0xD800 <= ord(c) <= 0xDFFF)).strip()
    if "[[" in text or "]]" in text:
        raise ValueError(f"{text[:60]!r} has double square brackets, which mark citations; write single ones")
    if not text:
        raise ValueError("it is empty; write something, or leave the line out")
    if len(text) > schema.get("maxLength", 2000):
        raise ValueError(f"it has {len(text)} characters, at most {schema.get('maxLength', 2000)}; shorten it")
    if "pattern" in schema and not re.search(schema["pattern"], text):
        raise ValueError(f"{text!r} does not have the form {schema['pattern']}")
    return text


def assumed(flow: CompiledFlow, values: Mapping[str, Any]) -> Iterator[Fact]:
    """Every fact the brief leaves open and an action or the flow has an honest default for."""
    tree = tree_of({path: value for path, value in values.items() if value is not None})
    added: dict[str, Any] = {}
    for table, template in flow.flow.templates.items():
        if table not in tree:
            for path, value in flatten(template.rows, table).items():
                schema = schema_of(flow, path, f"flow {flow.flow.flow}")
                added[path] = canonical_leaf(path, value, schema, f"flow {flow.flow.flow}", None)
                yield Fact(
                    path=path, value=added[path], origin="assumed", by=f"flow {flow.flow.flow}", reason=template.reason
                )
    tree = tree_of({**{p: v for p, v in values.items() if v is not None}, **added})
    for path, value, reason, owner in defaults(flow.brief, tree):
        text = canonical_leaf(path, value, schema_of(flow, path, owner), owner, None)
        yield Fact(path=path, value=text, origin="assumed", by=owner, reason=reason)


def missing(flow: CompiledFlow, values: Mapping[str, Any]) -> list[str]:
    """Facts that are required and have neither a value nor a default."""
    return list(required_missing(tree_of({p: v for p, v in values.items() if v is not None}), flow.brief))


def too_many(flow: CompiledFlow, values: Mapping[str, Any]) -> None:
    """Refuse a table with more rows than an action takes."""

    def walk(tree: Any, schema: Schema, path: str) -> None:
        limit = schema.get("maxProperties")
        if isinstance(tree, dict):
            if limit is not None and len(tree) > limit:
                raise InvalidInput(
                    f"{path} has {len(tree)} rows, at most {limit} are planned at once; split the plan", field=path
                )
            for key, item in tree.items():
                walk(item, below(schema, key) or {}, f"{path}.{key}" if path else key)

    walk(tree_of({p: v for p, v in values.items() if v is not None}), flow.brief, "")
