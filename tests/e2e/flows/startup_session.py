"""Brindlestep planned once, with its pictures and files."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coordinator import workspace
from coordinator.deliver import export
from coordinator.drive import drive
from tests.e2e.campaign import SESSION, begin, data, open_campaign
from tests.e2e.flows.startup import BRINDLESTEP


@dataclass(frozen=True)
class Planned:
    """The data of every step, and the folder with the session's files in `out`."""

    results: dict[str, dict[str, Any]]
    folder: Path


def planned_once(folder: Path) -> Planned:
    """Drive the brief and write all its files."""

    async def plan() -> dict[str, dict[str, Any]]:
        async with open_campaign(folder) as desk:
            await drive(desk, await begin(desk, BRINDLESTEP))
            await export(desk, SESSION, folder / "out")
            state = await workspace.read(desk, SESSION)
            return {step: data(state, step) for step in state.plan().steps}

    return Planned(asyncio.run(plan()), folder)
