"""Values at the border to somebody else's server: our exact decimals to its JSON types, its numbers to exact text."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from mcp_types import CallToolResult, TextContent

from experts.core.quantities import plain

_LONGEST = 1_000_000


def typed(value: Any, schema: dict[str, Any]) -> Any:
    """Arguments in the types that a tool's schema asks for: a decimal string where it wants a number is one."""
    if isinstance(value, dict):
        extra = schema.get("additionalProperties")
        rest = extra if isinstance(extra, dict) else {}
        return {key: typed(item, schema.get("properties", {}).get(key, rest)) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item, schema.get("items", {})) for item in value]
    kinds = {schema.get("type")} | {arm.get("type") for arm in schema.get("anyOf", [])}
    if isinstance(value, str) and "string" not in kinds and kinds & {"number", "integer"}:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value  # the server says what is wrong with it
        return int(number) if number == number.to_integral_value() else float(number)
    return value


def canonical_result(answer: CallToolResult) -> dict[str, Any]:
    """What a tool gave, with exact numbers: its structured content, or its text as JSON, or as {"text": ...}."""
    data: Any = answer.structured_content
    if not isinstance(data, dict):
        text = "\n".join(block.text for block in answer.content if isinstance(block, TextContent))[:_LONGEST]
        try:
            data = json.loads(text, parse_float=str)
        except json.JSONDecodeError:
            data = {"text": text}
    if not isinstance(data, dict):
        data = {"result": data}
    exact: dict[str, Any] = _exact(data)
    return exact


def _exact(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _exact(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_exact(item) for item in value]
    return plain(Decimal(repr(value))) if isinstance(value, float) else value
