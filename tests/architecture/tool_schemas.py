"""Record what a host sees of every tool: `make schemas` writes tests/tool_schemas/EXPERT.json."""

import argparse
import asyncio
import json
from pathlib import Path
from typing import Any

import bpe_openai
from mcp import Client

from mcp_servers.expert_server import expert_server
from mcp_servers.known import experts
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


def tokens(text: str) -> int:
    """How many o200k tokens a text is."""
    return len(bpe_openai.get_encoding("o200k_base").encode(text))


def cost(tool: dict[str, Any]) -> int:
    """What a tool costs the model that reads it: tokens of its name, description and input schema."""
    read = {key: tool[key] for key in ("name", "description", "inputSchema")}
    return tokens(json.dumps(read, ensure_ascii=False, separators=(",", ":")))


def main() -> None:
    """Write the files, and print what each tool and each expert costs in tokens."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--expert", action="append", choices=list(experts()), help="only this expert")
    chosen = parser.parse_args().expert or list(experts())
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.json"):
        if path.stem not in experts():
            path.unlink()
    for expert in chosen:
        tools = asyncio.run(listed(expert))
        recorded(expert).write_text(as_text(tools), "utf-8", newline="\n")
        costs = {str(tool["name"]): cost(tool) for tool in tools}
        print(f"{expert}: {len(tools)} tools, {sum(costs.values())} tokens")
        for name, found in sorted(costs.items(), key=lambda item: -item[1]):
            print(f"  {found:>5}  {name}")


if __name__ == "__main__":
    main()
