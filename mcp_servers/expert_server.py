"""One expert as an MCP server: its tools, its actions (in the coordinator profile) and its resources."""

import functools
import hashlib
import inspect
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.resources import FunctionResource
from mcp.server.mcpserver.tools import Tool
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import ValidationError

from experts.core.contract import Model
from experts.core.discovery import Action, Expert
from experts.core.errors import InvalidInput, PixelError
from experts.core.names import did_you_mean
from experts.core.schemas import inline
from experts.core.worksheet import to_json

Profile = Literal["default", "coordinator"]
_READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, destructive_hint=False, open_world_hint=False)


def expert_server(expert: Expert, profile: Profile = "default") -> MCPServer:
    """A server object for one expert; the coordinator profile also lists the actions."""
    tools = [_tool(function) for function in expert.tools.values()]
    tools.append(_tool(_explain_method(expert)))
    if profile == "coordinator":
        tools += [_action_tool(action) for action in expert.actions.values()]
    server: MCPServer = MCPServer(
        name=expert.profile.id,
        title=expert.profile.name,
        description=expert.profile.description,
        instructions=expert.profile.instructions,
        version=expert.profile.version,
        tools=tools,
        resources=[_resource(uri, title, read) for uri, title, read in _resources(expert)],
        log_level="WARNING",
    )
    return server


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


class _StrictTool(Tool):
    """A tool that refuses arguments it does not have, instead of dropping them."""

    async def run(self, arguments: dict[str, Any], context: Any, convert_result: bool = False) -> Any:
        known = self.parameters.get("properties", {})
        unknown = [name for name in arguments if name not in known]
        if unknown:
            return refusal(
                InvalidInput(f"{self.name} has no argument {unknown[0]!r}{did_you_mean(unknown[0], known)}", field=unknown[0])
            )
        try:
            self.fn_metadata.validate_arguments(arguments)
        except ValidationError as error:
            return refusal(first_problem(error, self.name))
        return await super().run(arguments, context, convert_result)


def _tool(function: Callable[..., Model]) -> Tool:
    @functools.wraps(function)
    def call(**arguments: Any) -> CallToolResult:
        try:
            return answer(function(**arguments))
        except PixelError as error:
            return refusal(error)
        except ValidationError as error:
            return refusal(first_problem(error, function.__name__))

    signature = inspect.signature(function, eval_str=True)
    call.__signature__ = signature.replace(return_annotation=CallToolResult)  # type: ignore[attr-defined]
    call.__annotations__ = {**{p.name: p.annotation for p in signature.parameters.values()}, "return": CallToolResult}
    del call.__wrapped__
    made = _StrictTool.from_function(
        call,
        name=function.__name__,
        title=function.__name__.replace("_", " ").capitalize(),
        description=inspect.getdoc(function),
        annotations=_READ_ONLY,
        structured_output=False,
    )
    return made.model_copy(update={"parameters": inline(made.parameters)})


def action_schemas(action: Action) -> dict[str, dict[str, Any]]:
    """The four full schemas of an action, inlined."""
    models = {"brief": action.brief, "inputs": action.inputs, "judgement": action.judgement, "output": action.output}
    return {name: inline(model.model_json_schema()) for name, model in models.items()}


def _action_tool(action: Action) -> Tool:
    def call(brief: dict[str, Any], inputs: dict[str, Any], judgement: dict[str, Any]) -> CallToolResult:
        try:
            return answer(
                action.run(
                    action.brief.model_validate(brief),
                    action.inputs.model_validate(inputs),
                    action.judgement.model_validate(judgement),
                )
            )
        except PixelError as error:
            return refusal(error)
        except ValidationError as error:
            return refusal(first_problem(error, action.name))

    digest = hashlib.sha256(json.dumps(action_schemas(action), sort_keys=True).encode()).hexdigest()
    return _StrictTool.from_function(
        call,
        name=action.name,
        title=action.name.replace("_", " ").capitalize(),
        description=action.description,
        annotations=_READ_ONLY,
        structured_output=False,
        meta={
            "pixel/action": {
                "kind": action.kind,
                "version": action.version,
                "needs": action.needs,
                "schema_sha256": digest,
            }
        },
    )


def _explain_method(expert: Expert) -> Callable[..., Model]:
    def explain_method(tool: str) -> Explanation:
        """Explain how one tool of this expert calculates: formula or convention, source, limits.

        Use when somebody asks how a figure was made. It does not calculate.
        """
        if tool not in expert.tools:
            raise InvalidInput(f"there is no tool {tool!r}{did_you_mean(tool, expert.tools)}", field="tool")
        function = expert.tools[tool]
        module = inspect.getdoc(inspect.getmodule(function)) or ""
        return Explanation(tool=tool, purpose=inspect.getdoc(function) or "", method=module)

    return explain_method


class Explanation(Model):
    """How one tool calculates."""

    tool: str
    purpose: str
    method: str


def _resource(uri: str, title: str, read: Callable[[], str]) -> FunctionResource:
    name = uri.split("://", 1)[1].replace("/", "_")
    return FunctionResource(uri=uri, name=name, title=title, mime_type=_mime(uri), fn=read)


def _mime(uri: str) -> str:
    return "text/markdown" if uri.startswith(("playbook", "template")) else "application/json"


def _resources(expert: Expert) -> list[tuple[str, str, Callable[[], str]]]:
    found: list[tuple[str, str, Callable[[], str]]] = [
        ("expert://profile", "Who this expert is", lambda: expert.profile.model_dump_json(indent=2))
    ]
    for action in expert.actions.values():
        for name in ("brief", "inputs", "judgement", "output"):
            found.append(
                (
                    f"schema://action/{action.name}/{name}",
                    f"{action.name}: {name}",
                    functools.partial(_schema_text, action, name),
                )
            )
    for folder, scheme, suffix in (("tables", "reference", "toml"), ("playbooks", "playbook", "md"), ("templates", "template", "md")):
        for path in sorted((expert.folder / folder).glob(f"*.{suffix}")):
            found.append((f"{scheme}://{path.stem}", path.stem.replace("_", " "), functools.partial(_file_text, path)))
    return found


def _schema_text(action: Action, name: str) -> str:
    return json.dumps(action_schemas(action)[name], sort_keys=True)


def _file_text(path: Path) -> str:
    text = path.read_text("utf-8")
    return json.dumps(tomllib.loads(text), default=str, indent=2) if path.suffix == ".toml" else text
