"""The experts, reached only over MCP: in-memory servers, URLs or commands, the coordinator cannot tell."""

import asyncio
import base64
import json
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from mcp import Client
from mcp_types import (
    BlobResourceContents,
    CallToolResult,
    EmbeddedResource,
    ImageContent,
    TextContent,
    TextResourceContents,
)

from coordinator.engine.adapter import arguments_of, result_of
from coordinator.engine.compiled import ActionSpec
from coordinator.engine.model import Called
from coordinator.foreign import canonical_result, typed
from experts.core.contract import ActionResult
from experts.core.errors import PixelError, Unavailable, by_code
from experts.core.names import did_you_mean
from experts.core.schemas import inline

Connect = Callable[[], Client]
"""Makes the client of one expert; called when the expert is first needed."""


@dataclass
class Link:
    """One expert that answers: its client, its tools' input schemas, its actions."""

    client: Client
    tools: dict[str, dict[str, Any]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    actions: dict[str, ActionSpec] = field(default_factory=dict)
    foreign: bool = False


class Roster:
    """Experts by id. One task of its own opens clients on first use and closes them with the roster,

    because a client must be closed by the task that opened it, and callers come and go.
    """

    def __init__(self, connect: Mapping[str, Connect], foreign: Mapping[str, Connect] | None = None) -> None:
        self._connect = {**(foreign or {}), **connect}
        self._foreign = set(foreign or {}) - set(connect)
        self._links: dict[str, Link] = {}
        self._wanted: asyncio.Queue[tuple[str, asyncio.Future[Link]] | None] = asyncio.Queue()
        self._owner: asyncio.Task[None] | None = None
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> "Roster":
        self._owner = asyncio.create_task(self._own())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wanted.put_nowait(None)
        if self._owner is not None:
            await asyncio.wait([self._owner])

    async def _own(self) -> None:
        async with AsyncExitStack() as stack:
            while (request := await self._wanted.get()) is not None:
                expert, answer = request
                try:
                    answer.set_result(await self._open(stack, expert))
                except Exception as error:  # it belongs to whoever asked
                    answer.set_exception(error)

    @property
    def experts(self) -> list[str]:
        """The ids that can be asked for."""
        return list(self._connect)

    async def link(self, expert: str) -> Link:
        """Connect to an expert, once. Raises Unavailable, naming it, when it does not answer."""
        async with self._opening:
            if expert not in self._links:
                if expert not in self._connect:
                    raise Unavailable(f"there is no expert {expert!r}{did_you_mean(expert, self._connect)}")
                if self._owner is None or self._owner.done():
                    raise Unavailable(f"expert {expert!r} cannot be reached: the connections are closed; run it again")
                answer: asyncio.Future[Link] = asyncio.get_running_loop().create_future()
                self._wanted.put_nowait((expert, answer))
                waited: list[asyncio.Future[Any]] = [answer, self._owner]
                await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
                if not answer.done():
                    raise Unavailable(f"expert {expert!r} cannot be reached: the connections are closed; run it again")
                self._links[expert] = answer.result()
            return self._links[expert]

    async def _open(self, stack: AsyncExitStack, expert: str) -> Link:
        try:
            client = await stack.enter_async_context(self._connect[expert]())
            link = Link(client, foreign=expert in self._foreign)
            cursor = None
            while True:
                page = await client.list_tools(cursor=cursor)
                for tool in page.tools:
                    meta = (tool.meta or {}).get("pixel/action")
                    if meta and not link.foreign:
                        link.actions[tool.name] = await self._action(client, expert, tool.name, meta)
                    else:
                        link.tools[tool.name] = inline(tool.input_schema)
                        link.descriptions[tool.name] = tool.description or ""
                cursor = page.next_cursor
                if not cursor:
                    return link
        except Exception as error:  # whatever a transport raises, the user needs the expert's name
            raise Unavailable(
                f"expert {expert!r} does not answer ({_root_cause(error)}); start it with: pixel serve {expert} --http"
            ) from error

    async def _action(self, client: Client, expert: str, name: str, meta: dict[str, Any]) -> ActionSpec:
        schemas = {}
        for part in ("brief", "inputs", "judgement", "output"):
            answer = await client.read_resource(f"schema://action/{name}/{part}")
            content = answer.contents[0]
            assert isinstance(content, TextResourceContents)
            schemas[part] = inline(json.loads(content.text))
        return ActionSpec(
            expert=expert, name=name, kind=meta["kind"], version=meta["version"], needs=meta["needs"], **schemas
        )

    async def call_action(self, spec: ActionSpec, called: Called) -> ActionResult:
        """Have an expert carry out one action. An expert's refusal keeps its kind and its words.

        A foreign tool promises nothing: it is called twice, and what differs between the calls is refused.
        """
        if spec.foreign is not None:
            arguments, _ = arguments_of(spec.foreign, called)
            result = await self.call_tool(spec.expert, spec.foreign.tool, arguments)
            again = await self.call_tool(spec.expert, spec.foreign.tool, arguments)
            changed = sorted(key for key in result.keys() | again.keys() if result.get(key) != again.get(key))
            if changed:
                raise PixelError(
                    f"{spec.expert}: {spec.foreign.tool} answers the same call differently ({', '.join(changed)});"
                    " a figure from it could not be checked again, so it cannot be part of a plan"
                )
            return result_of(spec, called, result)
        data = await self._call(spec.expert, spec.name, called.model_dump(mode="json"))
        return ActionResult.model_validate(data)

    async def call_tool(self, expert: str, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Call one tool of an expert."""
        link = await self.link(expert)
        if tool not in link.tools:
            raise by_code("invalid_input")(f"{expert} has no tool {tool!r}{did_you_mean(tool, link.tools)}")
        if link.foreign:
            return canonical_result(await self._answer(expert, tool, typed(arguments, link.tools[tool])))
        return await self._call(expert, tool, arguments)

    async def make_document(self, expert: str, arguments: dict[str, Any], folder: Path) -> dict[str, Any]:
        """Have an expert make a document of a tool's result, and keep the attached file in `folder`."""
        answer = await self._answer(expert, "make_document", arguments)
        made = dict(answer.structured_content or {})
        data = next(base64.b64decode(text) for block in answer.content if (text := _attached(block)))
        path = folder / Path(str(made["name"])).name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise Unavailable(f"{str(path)!r} cannot be written ({error.strerror}); choose another folder") from error
        return made | {"path": str(path)}

    async def _call(self, expert: str, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        return dict((await self._answer(expert, name, arguments)).structured_content or {})

    async def _answer(self, expert: str, name: str, arguments: dict[str, Any]) -> CallToolResult:
        link = await self.link(expert)
        try:
            answer = await link.client.call_tool(name, arguments)
        except Exception as error:
            raise Unavailable(
                f"expert {expert!r} did not finish {name} ({_root_cause(error)}); run the command again"
            ) from error
        if not isinstance(answer, CallToolResult):
            raise Unavailable(f"expert {expert!r} asked something back during {name}, which only its own tools may do")
        data = answer.structured_content
        if link.foreign and not answer.is_error:
            return answer
        if answer.is_error or not isinstance(data, dict):
            text = " ".join(block.text for block in answer.content if isinstance(block, TextContent))
            said = data if isinstance(data, dict) else {}
            error_class = by_code(str(said.get("code", "")))
            if not said:
                raise Unavailable(f"{expert}: {text or 'no answer'}")
            refused = error_class(str(said.get("message", text)))
            refused.field = str(said.get("field", ""))
            raise refused
        return answer


def _attached(block: object) -> str:
    """The base64 text of a picture or attached file; empty for any other content."""
    if isinstance(block, ImageContent):
        return block.data
    if isinstance(block, EmbeddedResource) and isinstance(block.resource, BlobResourceContents):
        return block.resource.blob
    return ""


def _root_cause(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]
