"""Runs the spine: toy experts behind real MCP servers, with every call of an action written to a log."""

import functools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mcp import Client

from coordinator import decisions, workspace
from coordinator.desk import Desk
from coordinator.drive import drive
from coordinator.engine.facts import Given
from coordinator.engine.plan import Plan
from coordinator.roster import Roster
from experts.core.discovery import discover
from mcp_servers.expert_server import expert_server
from store.database import open_database

FLOW = (Path(__file__).parent / "spine.toml").read_text("utf-8")
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "currency": "USD",
    "market.size": "1000",
    "unit_cost": "10",
    "label": "first",
    "staff.per_head": "500",
    "staff.wage": "40",
    "limit": "2000",
    "approvers.go": "Ada",
}


def given(**facts: Any) -> dict[str, Given]:
    """Facts as a person writes them; `__` stands for a dot."""
    return {path.replace("__", "."): Given(value, "test") for path, value in facts.items()}


class CallLog(Roster):
    """A roster that writes each action call to a file before it makes it."""

    def __init__(self, connect: Any, log: Path) -> None:
        super().__init__(connect)
        self.log = log

    async def call_action(self, spec: Any, called: Any) -> Any:
        with self.log.open("a", encoding="utf-8") as file:
            file.write(f"{spec.name}\n")
        return await super().call_action(spec, called)


def calls(log: Path) -> list[str]:
    """The actions called so far; empties the log."""
    found = log.read_text("utf-8").split() if log.exists() else []
    log.write_text("", "utf-8")
    return sorted(found)


@functools.cache
def toys() -> tuple[Any, ...]:
    return tuple(discover("tests.spine.toys"))


def with_newer(expert: Any, action: str) -> Any:
    """The expert with one of its actions a version later."""
    if action not in expert.actions:
        return expert
    newer = replace(expert.actions[action], version=expert.actions[action].version + 1)
    return replace(expert, actions={**expert.actions, action: newer})


@asynccontextmanager
async def open_spine(folder: Path, newer: str = "") -> AsyncIterator[Desk]:
    """A desk over the toy experts, with its store, locks and call log in `folder`; `newer` is an action with a new version."""
    experts = [with_newer(expert, newer) for expert in toys()]
    connect = {expert.profile.id: (lambda e=expert: Client(expert_server(e, "coordinator"))) for expert in experts}
    named = folder / "database.url"
    url = named.read_text("utf-8") if named.exists() else f"sqlite:///{folder / 'spine.db'}"
    async with (
        open_database(url) as database,
        CallLog(connect, folder / "calls.log") as roster,
    ):
        yield Desk(database, roster, lambda: NOW, folder / "locks")


async def begin(desk: Desk, **changes: Any) -> str:
    """Start a session on the spine's facts."""
    facts = {path: Given(value, "test") for path, value in FACTS.items()} | given(**changes)
    return await workspace.start(desk, FLOW, facts, name="spine", id="spine")


async def through(desk: Desk, session: str) -> Plan:
    """Drive, approve as Ada where asked, drive again."""
    plan = await drive(desk, session)
    if plan.syncs["go"].status == "pending":
        await decisions.decide(desk, session, "go", "approve", "Ada")
        plan = await drive(desk, session)
    return plan
