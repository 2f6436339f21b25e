"""Runs the campaign flow as a person would: a brief, a session on disk, the real experts over MCP, calls logged."""

import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coordinator import workspace
from coordinator.brief.reading import read_brief
from coordinator.desk import Desk
from coordinator.engine.facts import Given
from coordinator.roster import Connect
from coordinator.state import State
from mcp_servers.compose import flow_text, in_process
from mcp_servers.known import experts
from store.database import open_database
from tests.spine.harness import CallLog

ROOT = Path(__file__).parents[2]
TIDEWATER = ROOT / "examples" / "briefs" / "tidewater_campaign.toml"
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
SESSION = "tidewater"

STRATEGY = "campaign_strategy_development"
BUDGET = "budget_analysis_and_optimization"
FORECAST = "campaign_kpi_forecast"
BRIEF = "creative_brief_development"
ASSETS = "creative_asset_development"
EXECUTION = "campaign_execution_planning"


@asynccontextmanager
async def open_campaign(folder: Path, connect: Mapping[str, Connect] | None = None) -> AsyncIterator[Desk]:
    """A desk over the four experts, in this process unless `connect` says otherwise; all it keeps is in `folder`."""
    async with (
        open_database(f"sqlite:///{folder / 'campaign.db'}") as database,
        CallLog(in_process() if connect is None else connect, folder / "calls.log") as roster,
    ):
        yield Desk(database, roster, lambda: NOW, folder / "locks")


async def begin(desk: Desk, brief: Path = TIDEWATER, changes: Mapping[str, Any] | None = None) -> str:
    """Start a session from a brief file, some of its facts changed."""
    read = read_brief(brief)
    facts = {path: Given(given.value, given.by) for path, given in read.facts.items()}
    return await workspace.start(desk, flow_text(read.flow), facts | person(changes or {}), id=SESSION)


def person(changes: Mapping[str, Any]) -> dict[str, Given]:
    """Changed facts as a person gives them."""
    return {path: Given(value, "a person") for path, value in changes.items()}


def data(state: State, step: str) -> dict[str, Any]:
    """The data of a step's current artifact."""
    artifact = state.plan().steps[step].artifact
    assert artifact is not None, step
    return artifact.result.data


@contextmanager
def undrawn() -> Iterator[None]:
    """Actions without their pictures: drawing takes most of an action's time, and nothing reads a picture."""
    with pytest.MonkeyPatch.context() as patch:
        for expert in experts().values():
            for action in expert.actions.values():
                module = sys.modules[action.run.__module__]
                if hasattr(module, "pictures_of"):
                    patch.setattr(module, "pictures_of", lambda *_: {})
        yield
