"""The campaign of the end-to-end tests, to be tampered with."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.drive import drive
from tests.e2e.campaign import begin, open_campaign, undrawn
from tests.e2e.conftest import anyio_backend, planned
from tests.e2e.conftest import copy as drawn

__all__ = ["anyio_backend", "drawn", "planned"]


@pytest.fixture(scope="session")
def undrawn_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a driven session whose artifacts hold no pictures."""
    folder = tmp_path_factory.mktemp("undrawn")

    async def plan() -> None:
        async with open_campaign(folder) as desk:
            await drive(desk, await begin(desk))

    with undrawn():
        asyncio.run(plan())
    return folder


@pytest.fixture
def copy(undrawn_plan: Path, tmp_path: Path) -> Iterator[Path]:
    """A session to tamper with, and experts that do not draw either."""
    folder = tmp_path / "copy"
    shutil.copytree(undrawn_plan, folder)
    with undrawn():
        yield folder
