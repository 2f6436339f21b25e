"""One practitioner's job an expert, from start to finish through a real MCP client, against figures checked by hand.

A task is `examples/tasks/<expert>.json`: steps that call tools, with arguments that may take over a
figure of an earlier step ("{{step:path}}") and the values that the answer must have.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp_types import CallToolResult

from mcp_servers.expert_server import expert_server
from mcp_servers.known import experts
from tests.architecture.tree import ROOT

pytestmark = pytest.mark.anyio

TASKS = {
    path.stem: json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "examples" / "tasks").glob("*.json"))
}
_TAKEN_OVER = re.compile(r"^\{\{([a-z0-9_]+):([A-Za-z0-9_.-]+)\}\}$")


def at(value: Any, path: str) -> Any:
    """The value at a dotted path; lists by index."""
    for part in path.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def filled(value: Any, results: dict[str, Any]) -> Any:
    """Arguments with the figures of earlier steps in their places."""
    if isinstance(value, dict):
        return {key: filled(item, results) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, results) for item in value]
    found = _TAKEN_OVER.match(value) if isinstance(value, str) else None
    return at(results[found[1]], found[2]) if found else value


def test_every_expert_has_a_task() -> None:
    assert TASKS.keys() == experts().keys()


@pytest.mark.parametrize("expert", TASKS)
async def test_a_practitioners_task_gives_the_figures_checked_by_hand(expert: str, tmp_path: Path) -> None:
    task = TASKS[expert]
    assert task["situation"] and len(task["steps"]) >= 5
    results: dict[str, Any] = {}
    async with Client(expert_server(experts()[expert], documents=tmp_path)) as client:
        for step in task["steps"]:
            answer = await client.call_tool(step["tool"], filled(step["arguments"], results))
            assert isinstance(answer, CallToolResult) and answer.structured_content is not None
            assert not answer.is_error, (step["id"], answer.structured_content)
            results[step["id"]] = answer.structured_content
            assert step["expect"] and step["why"]
            for path, expected in step["expect"].items():
                assert at(answer.structured_content, path) == expected, (step["id"], path)
    assert any(tmp_path.iterdir()), "a task ends with a document"
