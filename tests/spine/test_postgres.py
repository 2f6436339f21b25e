"""The engine on PostgreSQL: the same plans, the same calls, and nothing doubled by several processes."""

import asyncio
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from coordinator import history, lifetime, workspace
from coordinator.audit import audit
from coordinator.deliver import deliverable
from coordinator.desk import Desk
from coordinator.drive import drive
from coordinator.engine.facts import Given
from coordinator.exports.plan_json import render
from experts.core.errors import Unavailable
from store.database import open_database
from tests.postgres import new_database
from tests.spine.harness import FACTS, FLOW, begin, calls, given, open_spine, through

pytestmark = pytest.mark.anyio


@pytest.fixture
async def folder(postgres: str, tmp_path: Path) -> Path:
    """A folder whose sessions are kept in a PostgreSQL database of its own."""
    (tmp_path / "database.url").write_text(await new_database(postgres), "utf-8")
    return tmp_path


async def plan_of(folder: Path) -> str:
    async with open_spine(folder) as desk:
        await through(desk, await begin(desk))
        plan = json.loads(render(deliverable(await workspace.read(desk, "spine")))["plan.json"])
    for decision in plan["decisions"]:
        del decision["id"]
    return json.dumps(plan, sort_keys=True)


async def test_the_plan_is_the_one_that_sqlite_gives(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert await plan_of(folder) == await plan_of(tmp_path_factory.mktemp("sqlite"))
    assert calls(folder / "calls.log") == ["cost"] * 3 + ["demand", "label", "report"] + ["staffing"] * 3


async def test_what_can_be_done_with_sessions_can_be_done_here(folder: Path) -> None:
    async with open_spine(folder) as desk:
        session = await begin(desk)
        first = await through(desk, session)
        await workspace.set_facts(desk, session, given(unit_cost="12"))
        await through(desk, session)
        await workspace.restore(desk, session[:3], 1)
        assert (await drive(desk, session)).metrics == first.metrics
        branch = await workspace.branch(desk, session)
        assert (await drive(desk, branch)).done
        assert (await audit(desk, session)).problems == []
        for id in (session, branch):
            assert (await history.replay(desk, await history.log(desk, id))).differences == []
        await lifetime.reopen(desk, branch)


async def test_drivers_in_several_processes_make_each_call_once(folder: Path) -> None:
    async with open_spine(folder) as desk:
        await begin(desk)
    drivers = [multiprocessing.get_context("spawn").Process(target=_drive, args=(folder,)) for _ in range(4)]
    for driver in drivers:
        driver.start()
    while any(driver.is_alive() for driver in drivers):
        await asyncio.sleep(0.05)
    assert [driver.exitcode for driver in drivers] == [0] * 4
    assert calls(folder / "calls.log") == ["cost"] * 3 + ["demand", "label"] + ["staffing"] * 3


def _drive(folder: Path) -> None:
    async def run() -> None:
        async with open_spine(folder) as desk:
            await drive(desk, "spine")

    asyncio.run(run())


async def test_many_changes_at_once_each_get_a_revision_of_their_own(folder: Path) -> None:
    async with open_spine(folder) as desk:
        session = await begin(desk)
        await asyncio.gather(*(workspace.set_facts(desk, session, given(label=f"label {n}")) for n in range(12)))
        state = await workspace.read(desk, session)
        assert state.session.revision == 13


async def test_a_driver_that_is_killed_leaves_no_lock_and_nothing_half(folder: Path) -> None:
    async with open_spine(folder) as desk:
        await begin(desk)
    whole = ["cost"] * 3 + ["demand", "label"] + ["staffing"] * 3
    for wait in (0.9, 1.1, 1.3, 1.5, 1.7):
        child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-m", "tests.spine.test_postgres", str(folder)])
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    async with open_spine(folder) as desk:
        await through(desk, "spine")
        kept = await desk.database.tx(lambda c: c.execute(text("SELECT step, version FROM artifacts")).all())
        assert len(set(kept)) == len(kept) == len(whole) + 1  # and the report, once approved
        assert (await audit(desk, "spine")).problems == []
        assert (await history.replay(desk, await history.log(desk, "spine"))).differences == []


@pytest.mark.parametrize(("where", "stride"), [("database", 37), ("tick", 90)])
@pytest.mark.timeout(3600)
async def test_a_run_killed_anywhere_resumes_to_the_same_plan(
    postgres: str, tmp_path: Path, where: str, stride: int
) -> None:
    stride = int(os.environ.get("PIXEL_CRASH_STRIDE", stride))
    command = [sys.executable, "-m", "tests.spine.crash", str(tmp_path), where, str(stride), "0", postgres]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["bad"] == []
    assert found["killed"] >= found["runs"] - 2 > 0


async def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(
        Unavailable, match=r"postgresql\+asyncpg://ada:\*\*\*@127.0.0.1:1/plans.* does not answer"
    ) as caught:
        async with open_database("postgresql://ada:secret@127.0.0.1:1/plans"):
            pass
    assert "secret" not in caught.value.message


if __name__ == "__main__":
    _drive(Path(sys.argv[1]))


async def test_more_sessions_than_connections_are_driven_at_once(folder: Path) -> None:
    async def one(desk: Desk, number: int) -> bool:
        facts = {path: Given(value, "test") for path, value in FACTS.items()}
        session = await workspace.start(desk, FLOW, facts, name="many", id=f"many-{number}")
        both = await asyncio.gather(drive(desk, session), drive(desk, session))
        return all(plan.syncs["go"].status == "pending" for plan in both)

    async with open_spine(folder) as desk:
        assert all(await asyncio.gather(*(one(desk, number) for number in range(40))))
    assert len(calls(folder / "calls.log")) == 40 * len(["demand", "label", *["cost"] * 3, *["staffing"] * 3])
