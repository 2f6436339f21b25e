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
from mcp_types import CallToolResult, ToolAnnotations
from pydantic import ValidationError

from experts.core.contract import Model
from experts.core.discovery import Action, Expert
from experts.core.errors import InvalidInput, PixelError
from experts.core.names import did_you_mean
from experts.core.schemas import inline
from mcp_servers.tools import StrictTool, answer, first_problem, refusal, strict_tool

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


def _tool(function: Callable[..., Model]) -> Tool:
    @functools.wraps(function)
    def call(**arguments: Any) -> CallToolResult:
        try:
            return answer(function(**arguments))
        except PixelError as error:
            return refusal(error)
        except ValidationError as error:
            return refusal(first_problem(error, function.__name__))

    return strict_tool(call, function, _READ_ONLY)


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


def _resource(uri: str, title: str, read: Callable[[], str]) -> FunctionResource:
    name = uri.split("://", 1)[1].replace("/", "_")
    return FunctionResource(uri=uri, name=name, title=title, mime_type=_mime(uri), fn=read)


def _mime(uri: str) -> str:
    return "text/markdown" if uri.startswith(("playbook", "template")) else "application/json"


def _resources(expert: Expert) -> list[tuple[str, str, Callable[[], str]]]:
    found: list[tuple[str, str, Callable[[], str]]] = [
        ("expert://profile", "Who this expert is", lambda: expert.profile.model_dump_json(indent=2))
    ]
    found += [
        (f"schema://action/{a.name}/{part}", f"{a.name}: {part}", functools.partial(_schema_text, a, part))
        for a in expert.actions.values()
        for part in ("brief", "inputs", "judgement", "output")
    ]
    for folder, scheme, suffix in (
        ("tables", "reference", "toml"),
        ("playbooks", "playbook", "md"),
        ("templates", "template", "md"),
    ):
        found += [
            (f"{scheme}://{path.stem}", path.stem.replace("_", " "), functools.partial(_file_text, path))
            for path in sorted((expert.folder / folder).glob(f"*.{suffix}"))
        ]
    return found


def _schema_text(action: Action, name: str) -> str:
    return json.dumps(action_schemas(action)[name], sort_keys=True)


def _file_text(path: Path) -> str:
    text = path.read_text("utf-8")
    return json.dumps(tomllib.loads(text), default=str, indent=2) if path.suffix == ".toml" else text
