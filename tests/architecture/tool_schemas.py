"""Record what a host sees of every tool: `make schemas` writes tests/tool_schemas/EXPERT.json."""

import argparse
import asyncio
import inspect
import json
from pathlib import Path
from typing import Any

import bpe_openai
from mcp import Client

from experts.core.discovery import Expert, load_view
from mcp_servers.documents.render import PAPER, formats_of
from mcp_servers.expert_server import expert_server, validated
from mcp_servers.known import experts
from mcp_servers.library import files_of, prompts_of
from tests.architecture.tree import ROOT

FOLDER = ROOT / "tests" / "tool_schemas"
CATALOGUE = ROOT / "docs" / "tools.md"


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


def catalogue() -> str:
    """docs/tools.md: what every expert offers, from the experts themselves."""
    lines = [
        "# The experts and their tools",
        "",
        "Written by `make schemas` from the experts' own files. Each tool's result names its method, what it assumes and",
        "what to beware of; `explain_method` has the formula with its source and limits. Every result can be made into a",
        "Word document, a PDF and a workbook; what else there is stands in the last column.",
    ]
    for expert in experts().values():
        lines += ["", f"## {expert.profile.name}", "", f"`{expert.profile.id}`: {expert.profile.description}", ""]
        lines += ["| tool | does | also as |", "|---|---|---|"]
        for name, function in expert.tools.items():
            if name not in expert.unlisted:
                lines.append(
                    f"| `{name}` | {_cell(inspect.getdoc(function) or '')} | {', '.join(_formats(expert, name))} |"
                )
        read = [f"`{uri}`" for uri in files_of(expert)]
        prompts = [f"`{prompt.name}`" for prompt in prompts_of(expert)]
        lines += ["", f"To read: {', '.join(read) or 'nothing'}.", "", f"Prompts: {', '.join(prompts) or 'none'}."]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split()).replace("|", "\\|")


def _formats(expert: Expert, tool: str) -> list[str]:
    """What a tool's result can be besides the paper formats, by the arguments of the tests."""
    view = load_view(expert, tool)
    if view is None:
        return []
    path = ROOT / "tests" / "e2e" / "arguments" / f"{expert.profile.id}.json"
    arguments = json.loads(path.read_text("utf-8"))[tool]
    values = validated(expert.tools[tool], arguments)
    made = formats_of(view(expert.tools[tool](**values), values))
    return ["picture" if each == "svg" else each for each in made if each not in (*PAPER, "png")]


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
    if chosen == list(experts()):
        CATALOGUE.write_text(catalogue(), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
