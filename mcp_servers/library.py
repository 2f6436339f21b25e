"""What an expert has to read: tables, playbooks, templates and prompts, as resources and through one tool."""

import functools
import json
import logging
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mcp.server.mcpserver.prompts import Prompt
from mcp.server.mcpserver.prompts.base import PromptArgument, UserMessage
from mcp.server.mcpserver.resources import FunctionResource, Resource
from mcp.shared.exceptions import MCPError
from mcp_types.jsonrpc import INVALID_PARAMS

from experts.core.contract import Model
from experts.core.discovery import Action, Expert
from experts.core.errors import ConfigurationError, InvalidInput
from experts.core.names import did_you_mean
from experts.core.schemas import inline
from experts.core.tables import load_table
from experts.core.texts import load_prompt, load_text

_log = logging.getLogger(__name__)
_FOLDERS = (("tables", "reference", "toml"), ("playbooks", "playbook", "md"), ("templates", "template", "md"))


class Entry(Model):
    """One table, playbook or template: where it is, what it holds for, where it is from."""

    uri: str
    title: str
    jurisdiction: str
    effective: str
    source: str
    checked_on: str
    status: str = ""


class Reading(Model):
    """What `read_reference` returns: the list, or one text with what must be known of it."""

    entries: list[Entry] = []
    text: str = ""


def files_of(expert: Expert) -> dict[str, Path]:
    """Every table, playbook and template of an expert, by URI."""
    return {
        f"{scheme}://{path.stem}": path
        for folder, scheme, suffix in _FOLDERS
        for path in sorted((expert.folder / folder).glob(f"*.{suffix}"))
    }


def entry_of(uri: str, path: Path) -> Entry:
    """The head of one file. ConfigurationError names a file that is not valid."""
    if path.suffix == ".toml":
        table = load_table(path)
        spans = ", ".join(f"{row.effective_from} to {row.effective_to or 'open'}" for row in table.rows)
        return Entry(
            uri=uri,
            title=table.title,
            jurisdiction=table.jurisdiction,
            effective=spans,
            source=table.source,
            checked_on=table.checked_on.isoformat(),
        )
    head = load_text(path).head
    return Entry(
        uri=uri,
        title=head.title,
        jurisdiction=head.jurisdiction,
        effective=f"{head.effective_from} to {head.effective_to or 'open'}",
        source=head.source,
        checked_on=head.reviewed_on.isoformat(),
        status=head.status,
    )


def text_of(path: Path) -> str:
    """A table as JSON, any other file as its Markdown with its head."""
    text = path.read_text("utf-8")
    return json.dumps(tomllib.loads(text), default=str, indent=2) if path.suffix == ".toml" else text


def read_reference_of(expert: Expert) -> Callable[..., Model]:
    """The tool that lists and reads an expert's tables, playbooks and templates."""

    def read_reference(uri: str = "") -> Reading:
        """List this expert's tables, playbooks and templates, or read one by its uri.

        Use when a rule, rate, checklist or template is asked for: each has jurisdiction, dates and source.
        """
        known = files_of(expert)
        if not uri:
            return Reading(entries=[entry_of(name, path) for name, path in known.items()])
        if uri not in known:
            raise InvalidInput(f"there is no {uri!r}{did_you_mean(uri, known)}", field="uri")
        return Reading(entries=[entry_of(uri, known[uri])], text=text_of(known[uri]))

    return read_reference


def resources_of(expert: Expert, actions: bool) -> list[Resource]:
    """The profile, every table, playbook and template, and for coordinators the actions' schemas."""
    made: list[Resource] = [
        _resource("expert://profile", "Who this expert is", "", lambda: expert.profile.model_dump_json(indent=2)),
    ]
    made += [
        _resource(
            f"schema://action/{action.name}/{part}",
            f"{action.name}: {part}",
            "",
            functools.partial(_schema_text, action, part),
        )
        for action in (expert.actions.values() if actions else ())
        for part in ("brief", "inputs", "judgement", "output")
    ]
    for uri, path in files_of(expert).items():
        try:
            entry = entry_of(uri, path)
        except ConfigurationError as error:  # one broken file must not take the expert down
            _log.error("%s", error.message)
            continue
        about = f"{entry.jurisdiction}; {entry.effective}; {entry.source}; checked {entry.checked_on}"
        made.append(_resource(uri, entry.title, about, functools.partial(text_of, path)))
    return made


def action_schemas(action: Action) -> dict[str, dict[str, Any]]:
    """The four full schemas of an action, inlined."""
    models = {"brief": action.brief, "inputs": action.inputs, "judgement": action.judgement, "output": action.output}
    return {name: inline(model.model_json_schema()) for name, model in models.items()}


def _schema_text(action: Action, name: str) -> str:
    return json.dumps(action_schemas(action)[name], sort_keys=True)


def _resource(uri: str, title: str, description: str, read: Callable[[], str]) -> FunctionResource:
    markdown = uri.startswith(("playbook", "template"))
    return FunctionResource(
        uri=uri,
        name=uri.split("://", 1)[1].replace("/", "_"),
        title=title,
        description=description or None,
        mime_type="text/markdown" if markdown else "application/json",
        fn=read,
    )


def prompts_of(expert: Expert) -> list[Prompt]:
    """Every prompt of an expert, with its arguments."""
    made = []
    for path in sorted((expert.folder / "prompts").glob("*.md")):
        try:
            made.append(_prompt(path))
        except ConfigurationError as error:
            _log.error("%s", error.message)
    return made


class _FilledPrompt(Prompt):
    """A prompt that takes its arguments from its file instead of a function's signature."""

    async def render(self, arguments: dict[str, Any] | None, context: Any) -> list[Any]:
        try:
            return [UserMessage(str(self.fn(dict(arguments or {}))))]
        except InvalidInput as error:
            raise MCPError(INVALID_PARAMS, error.message) from error


def _prompt(path: Path) -> Prompt:
    text = load_prompt(path)
    arguments = [PromptArgument(**argument.model_dump()) for argument in text.head.arguments]
    return _FilledPrompt(
        name=path.stem,
        title=text.head.title,
        description=text.head.description,
        arguments=arguments,
        fn=text.fill,
    )
