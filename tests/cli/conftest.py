"""One campaign, run once through the command line; tests that change it work on a copy."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.harness import FLOW, TIDEWATER, Done, pixel


@dataclass(frozen=True)
class Campaign:
    """A run of the Tidewater brief: where its sessions and files are, and how the command ended."""

    data: Path
    out: Path
    run: Done

    @property
    def id(self) -> str:
        return str(self.run.json["session"])


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Not to be changed."""
    folder = tmp_path_factory.mktemp("cli")
    out = folder / "plan"
    return Campaign(
        folder / "data", out, pixel(folder / "data", "run", FLOW, "--brief", TIDEWATER, "--out", out, "--json")
    )


@pytest.fixture
def campaign(planned: Campaign, tmp_path: Path) -> Campaign:
    """A copy that a test may change."""
    shutil.copytree(planned.data, tmp_path / "data")
    return Campaign(tmp_path / "data", planned.out, planned.run)
