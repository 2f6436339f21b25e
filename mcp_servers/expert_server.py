"""One expert as an MCP server: its tools, its actions (in the coordinator profile) and its resources."""

import functools
import hashlib
import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.tools import Tool
from mcp_types import CallToolResult, ToolAnnotations
from pydantic import ValidationError

from experts.core.contract import Model
from experts.core.discovery import Action, Expert
from experts.core.errors import InvalidInput, PixelError
from experts.core.names import did_you_mean
from experts.core.schemas import compact
from mcp_servers.documents.tool import make_document_of
from mcp_servers.library import action_schemas, prompts_of, read_reference_of, resources_of
from mcp_servers.tools import StrictTool, answer, first_problem, refusal, strict_tool

Profile = Literal["default", "coordinator"]
_READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, destructive_hint=False, open_world_hint=False)
_WRITES_FILES = _READ_ONLY.model_copy(update={"read_only_hint": False})

CONVENTIONS = """Amounts and other decimals are decimal strings ("1250.50"), rates are fractions ("0.1" is ten percent),
dates are ISO 8601; of named choices the first is the default. explain_method says how a tool calculates,
read_reference gives tables, playbooks and templates with their dates and sources, make_document makes a picture or
file of a tool's result."""


def expert_server(expert: Expert, profile: Profile = "default", documents: Path | None = None) -> MCPServer:
    """A server object for one expert.

    The coordinator profile also lists the actions and the tools that only they call, all with their full
    schemas. Files that make_document makes are saved in `documents`; without it they are in the answer.
    """
    tools = {name: _tool(function, _READ_ONLY) for name, function in expert.tools.items()}
    saving = _READ_ONLY if documents is None else _WRITES_FILES
    common = [
        _tool(_explain_method(expert), _READ_ONLY),
        _tool(read_reference_of(expert), _READ_ONLY),
        _raw_tool(make_document_of(expert, tools, documents), saving),
    ]
    if profile == "coordinator":
        listed: list[Tool] = [*tools.values(), *common, *(_action_tool(action) for action in expert.actions.values())]
    else:
        shown = [tool for name, tool in tools.items() if name not in expert.unlisted]
        listed = [_brief(tool) for tool in (*shown, *common)]
    server: MCPServer = MCPServer(
        name=expert.profile.id,
        title=expert.profile.name,
        description=expert.profile.description,
        instructions=f"{expert.profile.instructions.strip()}\n\n{CONVENTIONS}",
        version=expert.profile.version,
        tools=listed,
        resources=resources_of(expert, profile == "coordinator"),
        log_level="WARNING",
    )
    for prompt in prompts_of(expert):
        server.add_prompt(prompt)
    return server


def validated(function: Callable[..., Model], arguments: dict[str, Any]) -> dict[str, Any]:
    """Arguments as a tool's server hands them to its function. ValidationError says what does not fit."""
    found: dict[str, Any] = _tool(function, _READ_ONLY).fn_metadata.validate_arguments(arguments)
    return found


def _tool(function: Callable[..., Model], annotations: ToolAnnotations) -> StrictTool:
    @functools.wraps(function)
    def call(**arguments: Any) -> CallToolResult:
        try:
            return answer(function(**arguments))
        except PixelError as error:
            return refusal(error)
        except ValidationError as error:
            return refusal(first_problem(error, function.__name__))

    return strict_tool(call, function, annotations)


def _raw_tool(function: Callable[..., CallToolResult], annotations: ToolAnnotations) -> StrictTool:
    @functools.wraps(function)
    def call(**arguments: Any) -> CallToolResult:
        return function(**arguments)

    return strict_tool(call, function, annotations)


def _brief(tool: StrictTool) -> StrictTool:
    """The tool as a host lists it: every token of a description is read at every turn."""
    paragraphs = [" ".join(part.split()) for part in tool.description.split("\n\n")]
    description = "\n".join(part for part in paragraphs if part and not part.startswith("Raises "))
    return tool.model_copy(update={"description": description, "parameters": compact(tool.parameters)})


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
    return StrictTool.from_function(
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
        module = inspect.getmodule(function)
        stated = getattr(module, "METHOD", "")  # the text that the tool's own result carries
        parts = [inspect.getdoc(module) or "", stated if isinstance(stated, str) else ""]
        return Explanation(tool=tool, purpose=inspect.getdoc(function) or "", method="\n\n".join(filter(None, parts)))

    return explain_method


class Explanation(Model):
    """How one tool calculates."""

    tool: str
    purpose: str
    method: str
