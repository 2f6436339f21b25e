"""How both kinds of server offer functions as tools: strict arguments, inlined schemas, errors as sentences."""

import inspect
import json
from collections.abc import Callable
from typing import Any

from mcp.server.mcpserver.tools import Tool
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import ValidationError

from experts.core.contract import Model
from experts.core.errors import InvalidInput, PixelError
from experts.core.names import did_you_mean
from experts.core.schemas import inline
from experts.core.worksheet import to_json


def refusal(error: PixelError) -> CallToolResult:
    """An error the caller can act on: a sentence as text, the same with its code as structured content."""
    return CallToolResult(
        content=[TextContent(type="text", text=error.message)], structured_content=error.as_dict(), is_error=True
    )


def answer(value: Model) -> CallToolResult:
    """A typed result as structured content plus the same as text."""
    data = to_json(value)
    return CallToolResult(
        content=[TextContent(type="text", text=json.dumps(data, ensure_ascii=False))], structured_content=data
    )


def first_problem(error: ValidationError, where: str) -> InvalidInput:
    """The first thing that does not fit, in one sentence that names the argument and the value."""
    found = error.errors()[0]
    field = ".".join(str(part) for part in found["loc"] if part != "[key]")
    message = found["msg"].removeprefix("Value error, ")
    if found["type"] == "missing":
        return InvalidInput(f"{where}: {field} is missing; give it", field=field)
    if found["type"] == "extra_forbidden":
        return InvalidInput(f"{where}: there is no {field!r}; leave it out", field=field)
    seen = str(found["input"])[:80]
    shown = "" if seen in message else f", not {seen!r}"
    return InvalidInput(f"{where}: {field}: {message[:1].lower()}{message[1:]}{shown}", field=field, seen=seen)


class StrictTool(Tool):
    """A tool that refuses arguments it does not have, instead of dropping them."""

    async def run(self, arguments: dict[str, Any], context: Any, convert_result: bool = False) -> Any:
        known = self.parameters.get("properties", {})
        unknown = [name for name in arguments if name not in known]
        if unknown:
            return refusal(
                InvalidInput(
                    f"{self.name} has no argument {unknown[0]!r}{did_you_mean(unknown[0], known)}", field=unknown[0]
                )
            )
        try:
            self.fn_metadata.validate_arguments(arguments)
        except ValidationError as error:
            return refusal(first_problem(error, self.name))
        return await super().run(arguments, context, convert_result)


def strict_tool(call: Callable[..., Any], function: Callable[..., Any], annotations: ToolAnnotations) -> StrictTool:
    """A tool that runs `call` and looks like `function`: its name, parameters and docstring."""
    signature = inspect.signature(function, eval_str=True)
    call.__signature__ = signature.replace(return_annotation=CallToolResult)  # type: ignore[attr-defined]
    call.__annotations__ = {**{p.name: p.annotation for p in signature.parameters.values()}, "return": CallToolResult}
    del call.__wrapped__  # type: ignore[attr-defined]
    made = StrictTool.from_function(
        call,
        name=function.__name__,
        title=function.__name__.replace("_", " ").capitalize(),
        description=inspect.getdoc(function),
        annotations=annotations,
        structured_output=False,
    )
    return StrictTool.model_validate(made.model_copy(update={"parameters": inline(made.parameters)}))
