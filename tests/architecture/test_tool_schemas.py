"""What hosts see of the tools changes only on purpose, and every host can read it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from mcp_servers.known import experts
from tests.architecture.tool_schemas import CATALOGUE, FOLDER, as_text, catalogue, cost, listed, recorded

pytestmark = pytest.mark.anyio
EVERY_EXPERT = pytest.mark.parametrize("expert", list(experts()))


@EVERY_EXPERT
async def test_the_tools_are_as_recorded(expert: str) -> None:
    path = recorded(expert)
    assert path.is_file(), f"the tools of {expert} are not recorded; run: make schemas"
    assert as_text(await listed(expert)) == path.read_text("utf-8"), "if the change is meant, run: make schemas"


def test_the_list_of_tools_for_people_is_what_the_experts_offer() -> None:
    assert CATALOGUE.read_text("utf-8") == catalogue(), "if the change is meant, run: make schemas"


def test_no_record_is_left_of_an_expert_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(experts())


@EVERY_EXPERT
async def test_a_host_can_read_every_tool(expert: str) -> None:
    for tool in await listed(expert):
        assert re.fullmatch(r"[a-z0-9_]{1,40}", tool["name"])
        description = tool["description"] or ""
        assert 0 < len(description) <= 2048, f"{tool['name']}: hosts cut descriptions at 2,048 characters"
        keys = set(_keys(tool["inputSchema"]))
        assert not keys & {"$ref", "$defs"}, f"{tool['name']}: several hosts do not follow references"
        assert not tool["inputSchema"].keys() & {"anyOf", "oneOf", "allOf"}, (
            f"{tool['name']}: refused by model services"
        )


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)


@EVERY_EXPERT
async def test_a_model_reads_at_most_450_tokens_of_a_tool_and_4500_of_an_expert(expert: str) -> None:
    costs = {str(tool["name"]): cost(tool) for tool in await listed(expert)}
    assert {name: found for name, found in costs.items() if found > 450} == {}
    assert sum(costs.values()) <= 4_500, sorted(costs.items(), key=lambda item: -item[1])
