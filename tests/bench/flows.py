"""What keeping a plan costs: a durable flow of four trivial steps, sessions at once, and growth.

Sessions are driven through real MCP clients and servers in this process, on a store on disk. A step's action
does nothing but add a number, so what is measured is the coordinator: evaluation, calls, commits.
"""

import asyncio
import resource
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mcp import Client

from coordinator import workspace
from coordinator.desk import Desk
from coordinator.drive import drive
from coordinator.engine.facts import Given
from coordinator.roster import Roster
from coordinator.workspace import read
from mcp_servers.expert_server import expert_server
from store.database import open_database, sqlite_url
from tests.postgres import new_database, server
from tests.spine.harness import toys

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
HEAD = """flow = "{name}"
version = 1
title = "A bench"
description = "Trivial steps."
participants = ["{expert}"]
"""
STEP = '[[steps]]\nid = "{id}"\nexpert = "{expert}"\naction = "{action}"\nproduces = "{kind}"\n'
FOUR = (
    HEAD.format(name="four", expert="planner").replace('["planner"]', '["planner", "builder"]')
    + STEP.format(id="demand", expert="planner", action="demand", kind="Demand")
    + STEP.format(id="label", expert="planner", action="label", kind="Label")
    + STEP.format(id="cost", expert="builder", action="cost", kind="Cost")
    + 'needs = { demand = "demand" }\n'
    + STEP.format(id="report", expert="planner", action="report", kind="Report")
    + 'needs = { cost = "cost" }\n'
)
FACTS = {"currency": "USD", "market.size": "1000", "market.share": "0.1", "unit_cost": "10", "label": "first"}


@asynccontextmanager
async def open_bench(url: str, folder: Path) -> AsyncIterator[Desk]:
    """A desk over the toy experts."""
    connect: Any = {expert.profile.id: (lambda e=expert: Client(expert_server(e, "coordinator"))) for expert in toys()}
    async with open_database(url) as database, Roster(connect) as roster:
        yield Desk(database, roster, lambda: NOW, folder / "locks")


def given(values: dict[str, Any]) -> dict[str, Given]:
    return {path: Given(value, "bench") for path, value in values.items()}


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def one_after_another(url: str, folder: Path, runs: int) -> tuple[float, float]:
    """Median CPU milliseconds of a whole four-step flow, and of planning again after one fact changed."""
    first, again = [], []
    async with open_bench(url, folder) as desk:
        for number in range(runs + 2):
            begun = cpu()
            session = await workspace.start(desk, FOUR, given(FACTS), name="bench", id=f"one{number}")
            assert (await drive(desk, session)).done
            middle = cpu()
            await workspace.set_facts(desk, session, given({"label": f"number {number}"}))
            assert (await drive(desk, session)).done
            if number >= 2:  # the first ones open connections and compile models
                first.append(middle - begun)
                again.append(cpu() - middle)
    return statistics.median(first) * 1000, statistics.median(again) * 1000


async def at_once(url: str, folder: Path, sessions: int) -> tuple[float, float, float]:
    """Flows a second, CPU milliseconds a flow and the process's peak megabytes with `sessions` driven at the same time."""

    async def one(desk: Desk, number: int) -> None:
        session = await workspace.start(desk, FOUR, given(FACTS), name="bench", id=f"many{sessions}-{number}")
        assert (await drive(desk, session)).done

    async with open_bench(url, folder) as desk:
        await one(desk, 10**6)
        wall, begun = time.perf_counter(), cpu()
        await asyncio.gather(*(one(desk, number) for number in range(sessions)))
        wall, used = time.perf_counter() - wall, cpu() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return sessions / wall, used / sessions * 1000, peak


def wide(steps: int) -> tuple[str, dict[str, Any]]:
    """A flow of `steps` steps: one that reads a fact of all, and pairs that do not touch each other."""
    text = HEAD.format(name="wide", expert="planner").replace('["planner"]', '["planner", "builder"]')
    for number in range(steps // 2):
        text += STEP.format(id=f"demand{number}", expert="planner", action="demand", kind="Demand")
        text += STEP.format(id=f"cost{number}", expert="builder", action="cost", kind="Cost")
        text += f'needs = {{ demand = "demand{number}" }}\n'
    return text, {key: value for key, value in FACTS.items() if key != "label"}


async def growth(url: str, folder: Path, steps: int, versions: int) -> tuple[float, float]:
    """Milliseconds of CPU for one evaluation of a session with so many steps and versions, and to load and evaluate it."""
    async with open_bench(url, folder) as desk:
        text, facts = wide(steps)
        session = await workspace.start(desk, text, given(facts), name="bench", id=f"wide{steps}-{versions}")
        for version in range(versions):
            if version:
                await workspace.set_facts(desk, session, given({"unit_cost": str(10 + version)}))
            await drive(desk, session)
        state = await read(desk, session)
        evaluated = _median(lambda: state.plan(state.facts), 5)
        begun = cpu()
        await workspace.set_facts(desk, session, given({"judgement.cost0.discount": "0.1"}))
        await drive(desk, session)
        return evaluated, (cpu() - begun) * 1000


def _median(work: Callable[[], object], times: int) -> float:
    found = []
    for _ in range(times):
        begun = cpu()
        work()
        found.append(cpu() - begun)
    return statistics.median(found) * 1000


def main() -> None:
    """Print what keeping a plan costs: on SQLite and on PostgreSQL, then how it grows."""
    with tempfile.TemporaryDirectory() as name, server(Path(name) / "postgres") as postgres:
        measured("SQLite", sqlite_url(Path(name)), Path(name))
        measured("PostgreSQL", asyncio.run(new_database(postgres)), Path(name))
    for steps, versions in ((10, 1), (100, 1), (1000, 1), (10, 10), (10, 100), (100, 10)):
        with tempfile.TemporaryDirectory() as name:
            whole, replanned = asyncio.run(growth(sqlite_url(Path(name)), Path(name), steps, versions))
            print(
                f"growth: {steps:>4} steps, {versions:>3} versions: evaluating {whole:.1f} ms CPU, "
                f"changing one fact of one step and planning again {replanned:.1f} ms",
                flush=True,
            )


def measured(store: str, url: str, folder: Path) -> None:
    """Print CPU a flow, flows a second and memory on one store."""
    whole, again = asyncio.run(one_after_another(url, folder, 20))
    print(f"{store}: a four-step flow {whole:.1f} ms CPU; again after one fact {again:.1f} ms", flush=True)
    for sessions in (1, 10, 100):
        rate, each, peak = asyncio.run(at_once(url, folder, sessions))
        print(f"{store}: {sessions:>3} at once {rate:.1f} flows/s, {each:.1f} ms CPU each, {peak:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
