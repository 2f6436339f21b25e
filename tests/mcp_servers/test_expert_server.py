"""One expert in a host: its library, its prompts, and documents of its results, in both protocol eras."""

import base64
import json
from pathlib import Path
from typing import Any, Literal

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_types import BlobResourceContents, CallToolResult, EmbeddedResource, ImageContent, ResourceLink, TextContent

from mcp_servers.expert_server import CONVENTIONS, expert_server
from mcp_servers.known import experts
from mcp_servers.library import files_of

pytestmark = pytest.mark.anyio
ERAS = pytest.mark.parametrize("era", ["auto", "legacy"])
EVERY_EXPERT = pytest.mark.parametrize("expert", experts().values(), ids=list(experts()))
Era = Literal["auto", "legacy"]


async def call(client: Client, name: str, /, **arguments: Any) -> CallToolResult:
    answer = await client.call_tool(name, arguments)
    assert isinstance(answer, CallToolResult)
    return answer


def said(answer: CallToolResult) -> str:
    (text, *_) = answer.content
    assert isinstance(text, TextContent)
    return text.text


def loan() -> dict[str, Any]:
    path = Path(__file__).parents[1] / "e2e" / "arguments" / "finance-accountant.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))["build_amortization_schedule"]
    return found


@EVERY_EXPERT
@ERAS
async def test_what_an_expert_has_to_read_is_the_same_as_resource_and_through_the_tool(expert: Any, era: Era) -> None:
    async with Client(expert_server(expert), mode=era) as client:
        listed = (await client.list_resources()).resources
        answer = (await call(client, "read_reference")).structured_content
        assert answer is not None
        entries = {entry["uri"]: entry for entry in answer["entries"]}
        assert entries.keys() == files_of(expert).keys() and entries
        assert entries.keys() <= {str(resource.uri) for resource in listed}
        for uri, entry in entries.items():
            assert entry["jurisdiction"] and entry["effective"] and entry["source"] and entry["checked_on"]
            read = (await call(client, "read_reference", uri=uri)).structured_content
            (content,) = (await client.read_resource(uri)).contents
            assert read is not None and read["text"] == getattr(content, "text", None)


@EVERY_EXPERT
@ERAS
async def test_a_prompt_is_filled_and_a_missing_argument_is_named(expert: Any, era: Era) -> None:
    async with Client(expert_server(expert), mode=era) as client:
        prompts = (await client.list_prompts()).prompts
        assert prompts
        for prompt in prompts:
            asked = prompt.arguments or []
            filled = await client.get_prompt(prompt.name, {argument.name: "Tidewater" for argument in asked})
            (message,) = filled.messages
            assert isinstance(message.content, TextContent) and "{{" not in message.content.text
            assert not asked or "Tidewater" in message.content.text
            for argument in asked:
                if argument.required:
                    others = {other.name: "x" for other in asked if other.name != argument.name}
                    with pytest.raises(MCPError, match=argument.name):
                        await client.get_prompt(prompt.name, others)


@EVERY_EXPERT
async def test_the_instructions_end_with_how_values_are_written(expert: Any) -> None:
    async with Client(expert_server(expert)) as client:
        assert client.instructions is not None
        assert client.instructions.endswith(CONVENTIONS)


async def test_a_document_is_in_the_answer_of_a_server_that_keeps_no_files() -> None:
    async with Client(expert_server(experts()["finance-accountant"])) as client:
        answer = await call(
            client, "make_document", tool="build_amortization_schedule", arguments=loan(), format="xlsx"
        )
        (_, attached) = answer.content
        assert isinstance(attached, EmbeddedResource) and isinstance(attached.resource, BlobResourceContents)
        assert base64.b64decode(attached.resource.blob).startswith(b"PK")
        assert answer.structured_content is not None and "path" not in {
            key for key, value in answer.structured_content.items() if value
        }


async def test_a_document_is_saved_and_linked_and_a_picture_is_shown_as_well(tmp_path: Path) -> None:
    server = expert_server(experts()["finance-accountant"], documents=tmp_path / "new")
    async with Client(server) as client:
        answer = await call(client, "make_document", tool="build_amortization_schedule", arguments=loan(), format="png")
        shown, link = answer.content[1:]
        assert isinstance(shown, ImageContent) and isinstance(link, ResourceLink)
        assert answer.structured_content is not None
        path = Path(answer.structured_content["path"])
        assert path.read_bytes() == base64.b64decode(shown.data)
        assert path.as_uri() == str(link.uri) and path.parent == tmp_path / "new"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"tool": "build_amortisation", "arguments": {}}, "build_amortization_schedule"),
        ({"tool": "build_amortization_schedule", "arguments": {"principle": "1"}}, "'principle'"),
        ({"tool": "build_amortization_schedule", "arguments": {}}, "missing"),
        ({"tool": "build_amortization_schedule", "arguments": loan(), "format": "exe"}, "docx"),
        ({"tool": "build_amortization_schedule", "arguments": loan(), "format": "docx", "name": "../x"}, "'../x'"),
    ],
)
async def test_a_document_that_cannot_be_made_is_refused_with_the_way_out(
    arguments: dict[str, Any], expected: str, tmp_path: Path
) -> None:
    async with Client(expert_server(experts()["finance-accountant"], documents=tmp_path)) as client:
        answer = await call(client, "make_document", **arguments)
        assert answer.is_error and expected in said(answer)
        assert not list(tmp_path.iterdir())


async def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    async with Client(expert_server(experts()["finance-accountant"], documents=tmp_path / "file")) as client:
        answer = await call(client, "make_document", tool="build_amortization_schedule", arguments=loan())
        assert answer.is_error and "cannot be written" in said(answer)
