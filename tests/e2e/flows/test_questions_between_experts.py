"""Questions that real results put to other experts: by a trigger that the flow names, to an expert that there is."""

from pathlib import Path

import pytest

from coordinator.drive import drive
from coordinator.handoffs import handoffs
from coordinator.workspace import read
from mcp_servers.known import experts
from tests.e2e.campaign import ROOT, SESSION, begin, open_campaign, undrawn

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("brief", "says"),
    [
        ("nocta_launch", "Which words of “Wakes you with light before sound” need evidence in hand"),
        ("inspection_adoption", "posts may no longer be needed after the roll-out"),
    ],
)
async def test_a_result_asks_another_expert_by_a_trigger_of_its_flow(brief: str, says: str, tmp_path: Path) -> None:
    with undrawn():
        async with open_campaign(tmp_path) as desk:
            await drive(desk, await begin(desk, ROOT / "examples" / "briefs" / f"{brief}.toml"))
            state = await read(desk, SESSION)
    found = handoffs(state)
    assert any(says in one.question and one.open for one in found)
    assert {one.trigger for one in found} <= set(state.flow.flow.handoff_triggers)
    assert {one.to for one in found} <= experts().keys()
