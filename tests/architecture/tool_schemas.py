"""Record what a host sees of every tool: `make schemas` writes tests/tool_schemas/EXPERT.json."""

import asyncio
import json
from pathlib import Path
from typing import Any

from mcp import Client

from mcp_servers.compose import experts
from mcp_servers.expert_server import expert_server
from tests.architecture.tree import ROOT

FOLDER = ROOT / "tests" / "tool_schemas"


async def listed(expert: str) -> list[dict[str, Any]]:
    """The tools of an expert as its server lists them, by name."""
    async with Client(expert_server(experts()[expert])) as client:
        tools = (await client.list_tools()).tools
    found = [
        {
            "name": tool.name,
            "description": tool.description,
            "inputSchema": tool.input_schema,
            "outputSchema": tool.output_schema,
        }
        for tool in tools
    ]
    return sorted(found, key=lambda tool: str(tool["name"]))


def as_text(tools: list[dict[str, Any]]) -> str:
    """The recorded form: stable, and readable as a diff."""
    return json.dumps(tools, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def recorded(expert: str) -> Path:
    """Where an expert's tools are recorded."""
    return FOLDER / f"{expert}.json"


def main() -> None:
    """Write every file, and print what a host has to read: bytes of description and of input schema."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.json"):
        path.unlink()
    print(f"{'expert':<22}{'tool':<34}{'description':>12}{'input':>8}")
    for expert in experts():
        tools = asyncio.run(listed(expert))
        recorded(expert).write_text(as_text(tools), "utf-8", newline="\n")
        for tool in tools:
            size = len(json.dumps(tool["inputSchema"]))
            print(f"{expert:<22}{tool['name']:<34}{len(tool['description'] or ''):>12}{size:>8}")


if __name__ == "__main__":
    main()
