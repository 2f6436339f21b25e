"""One Tidewater campaign, planned once; tests that change it work on a copy of its folder."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from coordinator import workspace
from coordinator.deliver import export
from coordinator.drive import drive
from tests.e2e.campaign import SESSION, begin, data, open_campaign


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a driven Tidewater session, with its budget.xlsx and plan.json; not to be changed."""
    folder = tmp_path_factory.mktemp("planned")

    async def plan() -> None:
        async with open_campaign(folder) as desk:
            await drive(desk, await begin(desk))
            await export(desk, SESSION, folder, ("xlsx", "json"))

    asyncio.run(plan())
    return folder


@pytest.fixture(scope="session")
def results(planned: Path) -> dict[str, dict[str, Any]]:
    """The data of every step of the Tidewater campaign, by step."""

    async def read() -> dict[str, dict[str, Any]]:
        async with open_campaign(planned) as desk:
            state = await workspace.read(desk, SESSION)
            return {step: data(state, step) for step in state.plan().steps}

    return asyncio.run(read())


@pytest.fixture
def copy(planned: Path, tmp_path: Path) -> Path:
    """A folder with the driven session that a test may change."""
    folder = tmp_path / "copy"
    shutil.copytree(planned, folder)
    (folder / "calls.log").write_text("", "utf-8")
    return folder
