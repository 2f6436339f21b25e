"""The wheel holds the whole program and nothing else, and runs from where it is unpacked."""

import os
import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from tests.architecture.tree import CODE, ROOT, files, name

SHIPPED = (*CODE, "collaboration_flows", "cli.py", "pixel_commands.py", "config.toml")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build with the backend itself: no build environment, no network."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return next(folder.glob("pixel_experts-*.whl"))


@pytest.fixture(scope="module")
def content(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {entry for entry in archive.namelist() if not entry.startswith("pixel_experts-")}


def test_the_wheel_holds_every_file_of_the_program_and_no_other(content: set[str]) -> None:
    assert content == {name(path) for path in files() if name(path).split("/")[0] in SHIPPED}


@pytest.mark.parametrize(
    "pattern",
    [
        "cli.py",
        "pixel_commands.py",
        "config.toml",
        "experts/*/expert.toml",
        "experts/*/tables/*.toml",
        "experts/*/playbooks/*.md",
        "experts/*/prompts/*.md",
        "experts/*/templates/*.md",
        "collaboration_flows/*.toml",
        "store/migrations/env.py",
        "store/migrations/versions/*.py",
        "coordinator/exports/templates/*.j2",
        "coordinator/exports/templates/*.css",
    ],
)
def test_files_that_are_read_at_run_time_are_in_the_wheel(pattern: str, content: set[str]) -> None:
    wanted = {name(path) for path in ROOT.glob(pattern)}
    assert wanted
    assert wanted <= content


def test_the_wheel_installs_the_command_pixel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = next(entry for entry in archive.namelist() if entry.endswith(".dist-info/METADATA"))
        metadata: Message = Parser().parsestr(archive.read(info).decode())
        points = archive.read(info.replace("METADATA", "entry_points.txt")).decode()
    assert points.split() == ["[console_scripts]", "pixel", "=", "cli:main"]
    assert metadata["Requires-Python"] == ">=3.11"
    needs = metadata.get_all("Requires-Dist") or []
    assert needs
    assert all("<" in line for line in needs)


def test_the_unpacked_wheel_plans_nothing_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """It finds its flows, experts and settings beside itself, with the checkout out of reach."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PIXEL_DATA_DIR": str(tmp_path / "data")}
    for command, expected in (("flows", "marketing_campaign_planning"), ("experts", "finance-accountant")):
        done = subprocess.run(
            [sys.executable, "-c", "import cli; cli.main()", command, "list", "--json"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        assert expected in done.stdout
