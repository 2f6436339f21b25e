"""A campaign run killed at random moments, several times over, ends in the same files as one that was left alone."""

import asyncio
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from coordinator.deliver import deliverable
from coordinator.drive import drive
from coordinator.exports.registry import render_all
from coordinator.workspace import read
from tests.e2e.campaign import SESSION, begin, open_campaign

ACTIONS = 6


async def prepare(folder: Path) -> None:
    """A session that has not been driven."""
    async with open_campaign(folder) as desk:
        await begin(desk)


async def go_on(folder: Path) -> None:
    """Drive the session to its end."""
    async with open_campaign(folder) as desk:
        await drive(desk, SESSION)


async def files(folder: Path) -> dict[str, bytes]:
    """What the session exports now."""
    async with open_campaign(folder) as desk:
        rendered = render_all(deliverable(await read(desk, SESSION)))
    assert not rendered.failed
    return rendered.files


def child(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.e2e.test_killed_run", str(folder)])


def called(folder: Path) -> Counter[str]:
    log = folder / "calls.log"
    return Counter(log.read_text("utf-8").split() if log.exists() else [])


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_run_killed_at_random_moments_ends_in_the_same_files(seed: int, tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    for folder in (whole, killed):
        folder.mkdir()
        asyncio.run(prepare(folder))
    started = time.monotonic()
    assert child(whole).wait() == 0
    lasts = time.monotonic() - started
    moments = random.Random(seed)
    kills = 0
    for _ in range(4):
        process = child(killed)
        try:
            process.wait(moments.uniform(0.3, 1.0) * lasts)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
    assert child(killed).wait() == 0
    assert asyncio.run(files(killed)) == asyncio.run(files(whole))
    extra = called(killed) - called(whole)
    assert called(whole).total() == ACTIONS
    # At most two steps of this flow run side by side, so at most two calls are in flight at each kill.
    assert extra.total() <= 2 * kills, extra


if __name__ == "__main__":
    asyncio.run(go_on(Path(sys.argv[1])))
