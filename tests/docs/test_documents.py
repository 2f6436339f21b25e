"""What the documents show works, and what they list is what there is."""

import re
from pathlib import Path

import pytest

from coordinator import workspace
from coordinator.brief.reading import read_brief
from coordinator.drive import drive
from coordinator.engine.facts import Given
from coordinator.engine.flow import parse_flow
from coordinator.engine.schema import Schema, is_table
from coordinator.offers import offered
from mcp_servers.compose import flow_text
from tests.e2e.campaign import open_campaign

ROOT = Path(__file__).parents[2]
FLOW = "marketing_campaign_planning"
pytestmark = pytest.mark.anyio


async def test_the_brief_in_the_readme_makes_a_plan(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    text = next(block for block in re.findall(r"```toml\n(.*?)```", readme, re.DOTALL) if block.startswith("flow"))
    (tmp_path / "my.toml").write_text(text, "utf-8")
    brief = read_brief(tmp_path / "my.toml")
    async with open_campaign(tmp_path) as desk:
        facts = {path: Given(given.value, given.by) for path, given in brief.facts.items()}
        session = await workspace.start(desk, flow_text(brief.flow), facts)
        assert (await drive(desk, session)).done


def paths(schema: Schema, prefix: str = "") -> set[str]:
    """Every fact of a brief, `*` for a key."""
    if not is_table(schema):
        return {prefix}
    found: set[str] = set()
    for key, child in schema.get("properties", {}).items():
        found |= paths(child, f"{prefix}.{key}" if prefix else key)
    if isinstance(schema.get("additionalProperties"), dict):
        found |= paths(schema["additionalProperties"], f"{prefix}.*")
    return found


async def test_every_fact_of_the_flow_is_described_and_no_other(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "brief.md").read_text("utf-8")
    described = set(re.findall(r"^\| `([a-z0-9_.*-]+)` \|", text, re.MULTILINE))
    async with open_campaign(tmp_path) as desk:
        flow = await offered(desk.roster, parse_flow(flow_text(FLOW), FLOW))
    choices = {
        f"judgement.{step}.{path}" for step, spec in flow.actions.items() for path in paths(spec.judgement) if path
    }
    assert described == paths(flow.brief) | choices
