"""Every tool's result as every file it can be: the same bytes each time, opened by independent readers."""

import io
import json
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from mcp import Client
from mcp_types import CallToolResult

from mcp_servers.expert_server import expert_server
from mcp_servers.known import experts
from tests.e2e.test_every_tool import ARGUMENTS

pytestmark = pytest.mark.anyio

OWN = {key: value for key, value in ARGUMENTS.items() if key.split("/")[1] in experts()[key.split("/")[0]].tools}


async def made(client: Client, tool: str, arguments: dict[str, Any], **how: str) -> tuple[dict[str, Any], bytes]:
    answer = await client.call_tool("make_document", {"tool": tool, "arguments": arguments, **how})
    assert isinstance(answer, CallToolResult) and answer.structured_content is not None
    assert not answer.is_error, (tool, how, answer.structured_content)
    return answer.structured_content, Path(answer.structured_content["path"]).read_bytes()


def opens(name: str, data: bytes) -> None:
    """Open a file with a reader that knows nothing of how it was made."""
    suffix = name.rsplit(".", 1)[-1]
    if suffix == "docx":
        assert docx.Document(io.BytesIO(data)).paragraphs
    elif suffix == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    elif suffix == "pdf":
        paper = pypdfium2.PdfDocument(data)
        assert len(paper) > 0
        paper.close()
    elif suffix == "pptx":
        assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    elif suffix == "svg":
        root = ET.fromstring(data)
        assert root.tag.endswith("svg") and (root.get("viewBox") or root.get("width"))
    elif suffix == "png":
        assert data.startswith(b"\x89PNG")
    elif suffix == "json":
        json.loads(data)
    else:
        assert data.decode("utf-8").strip()


@pytest.mark.parametrize("name", OWN)
async def test_a_result_becomes_every_file_it_can_be_with_the_same_bytes_each_time(name: str, tmp_path: Path) -> None:
    expert, _, tool = name.partition("/")
    async with Client(expert_server(experts()[expert], documents=tmp_path)) as client:
        about, data = await made(client, tool, OWN[name])
        opens(about["name"], data)
        assert about["title"]
        for format in about["formats"]:
            if format in ("svg", "png") and about.get("pictures"):
                for picture in about["pictures"]:
                    found, picture_data = await made(client, tool, OWN[name], format=format, name=picture)
                    opens(found["name"], picture_data)
            else:
                found, data = await made(client, tool, OWN[name], format=format)
                opens(found["name"], data)
    before = {path.name for path in tmp_path.iterdir()}
    async with Client(expert_server(experts()[expert], documents=tmp_path)) as client:
        for format in about["formats"]:
            await made(client, tool, OWN[name], format=format)
    # a file's name holds the digest of its bytes: other bytes would be another file
    assert {path.name for path in tmp_path.iterdir()} == before
