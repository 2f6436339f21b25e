"""Every tool and every action of every expert, called by a real MCP client with arguments that somebody would give."""

import copy
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from mcp import Client
from mcp_types import CallToolResult, TextContent

from coordinator import workspace
from coordinator.engine.flow import parse_flow
from coordinator.engine.schema import below
from coordinator.roster import Roster
from mcp_servers.compose import FLOWS, in_process
from mcp_servers.expert_server import expert_server
from mcp_servers.known import experts
from tests.e2e.campaign import SESSION, open_campaign

pytestmark = pytest.mark.anyio

# One file an expert: what somebody would call each tool with.
ARGUMENTS: dict[str, dict[str, Any]] = {
    f"{path.stem}/{tool}": arguments
    for path in sorted((Path(__file__).parent / "arguments").glob("*.json"))
    for tool, arguments in json.loads(path.read_text("utf-8")).items()
}
MOST_PLACES = 40
COMMON = {"explain_method", "read_reference", "make_document"}


@pytest.fixture(scope="module")
async def roster() -> AsyncIterator[Roster]:
    async with Roster(in_process()) as roster:
        yield roster


def content(answer: Any) -> dict[str, Any]:
    """The structured content of an answer, which must say the same as its text."""
    assert isinstance(answer, CallToolResult)
    (text,) = answer.content
    assert isinstance(text, TextContent)
    assert not answer.is_error, text.text
    assert isinstance(answer.structured_content, dict)
    assert json.loads(text.text) == answer.structured_content
    return answer.structured_content


def refused(answer: Any) -> str:
    """The sentence of a refusal, which has a code that says whose mistake it is."""
    assert isinstance(answer, CallToolResult) and answer.is_error
    (text,) = answer.content
    assert isinstance(text, TextContent) and isinstance(answer.structured_content, dict)
    assert answer.structured_content["code"] == "invalid_input"
    assert answer.structured_content["message"] == text.text
    return text.text


async def test_there_are_arguments_for_exactly_the_tools_that_are_listed(roster: Roster) -> None:
    listed = {f"{expert}/{tool}" for expert in roster.experts for tool in (await roster.link(expert)).tools}
    assert listed == ARGUMENTS.keys()


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_every_tool_answers_with_the_same_as_text_and_as_structured_content(
    era: Literal["auto", "legacy"],
) -> None:
    for expert in experts().values():
        async with Client(expert_server(expert), mode=era) as client:
            assert client.protocol_version == {"auto": "2026-07-28", "legacy": "2025-11-25"}[era]
            listed = [tool.name for tool in (await client.list_tools()).tools]
            assert not set(listed) & set(expert.actions)  # only coordinators see actions
            assert set(listed) == expert.tools.keys() - expert.unlisted | COMMON
            for tool in set(listed) - {"make_document"}:  # tests/e2e/test_made_documents.py
                found = content(await client.call_tool(tool, ARGUMENTS[f"{expert.profile.id}/{tool}"]))
                assert found["entries" if tool == "read_reference" else "method"], tool


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_every_action_answers_with_the_artifact_that_the_session_keeps(
    era: Literal["auto", "legacy"], planned: Path
) -> None:
    async with open_campaign(planned) as desk:
        state = await workspace.read(desk, SESSION)
    called = set()
    for artifact in state.artifacts.values():
        expert, _, action = artifact.action.partition("/")
        name = action.partition("@")[0]
        async with Client(expert_server(experts()[expert], "coordinator"), mode=era) as client:
            found = content(await client.call_tool(name, artifact.called.model_dump(mode="json")))
        assert found["data"] == artifact.result.data
        called.add(f"{expert}/{name}")
    assert called == {f"{step.expert}/{step.id}" for step in state.flow.flow.steps}


def test_every_action_is_a_step_of_a_flow_and_so_is_called_by_that_flows_tests() -> None:
    steps = [
        step for path in sorted(FLOWS.glob("*.toml")) for step in parse_flow(path.read_text("utf-8"), path.name).steps
    ]
    used = {f"{step.expert}/{step.action or step.id}" for step in steps}
    assert used == {f"{e.profile.id}/{action}" for e in experts().values() for action in e.actions}


@pytest.mark.parametrize("name", ARGUMENTS)
async def test_an_argument_that_a_tool_does_not_have_is_refused_by_name(roster: Roster, name: str) -> None:
    expert, _, tool = name.partition("/")
    client = (await roster.link(expert)).client
    message = refused(await client.call_tool(tool, {**ARGUMENTS[name], "dicsount": "0.1"}))
    assert "'dicsount'" in message and tool in message


def quantities(value: Any, schema: dict[str, Any], path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where in some arguments the schema asks for a quantity."""
    if "x-unit" in schema:
        yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from quantities(item, below(schema, key) or {}, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from quantities(item, schema.get("items", {}), (*path, index))


@pytest.mark.parametrize("name", ARGUMENTS)
async def test_what_is_not_a_quantity_is_refused_wherever_a_tool_takes_one(roster: Roster, name: str) -> None:
    expert, _, tool = name.partition("/")
    link = await roster.link(expert)
    places = list(quantities(ARGUMENTS[name], link.tools[tool]))
    assert not places or tool not in COMMON
    places = places[:: max(1, len(places) // MOST_PLACES)]  # a table of hundreds of rows has hundreds alike
    for path in places:
        wrongs: tuple[Any, ...] = ("NaN", "Infinity", "-Infinity", "1e999999999", "", "ten", [], {})
        for wrong in wrongs:
            arguments = copy.deepcopy(ARGUMENTS[name])
            *parents, last = path
            node: Any = arguments
            for key in parents:
                node = node[key]
            node[last] = wrong
            message = refused(await link.client.call_tool(tool, arguments))
            assert str(last) in message, (path, wrong, message)
        node[last] = True  # JSON true is no number either
        refused(await link.client.call_tool(tool, arguments))
