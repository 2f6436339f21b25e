"""The composition root: where experts, roster, store and clock are put together."""

import functools
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from mcp import Client, StdioServerParameters

from coordinator.desk import Clock, Desk, Progress
from coordinator.roster import Connect, Roster
from experts.core.discovery import Expert, profiles
from experts.core.errors import ConfigurationError
from experts.core.names import did_you_mean
from mcp_servers.expert_server import expert_server
from mcp_servers.known import coordinator_path, experts
from mcp_servers.settings import Foreign, Settings
from store.database import open_database

FLOWS = Path(__file__).parent.parent / "collaboration_flows"


def now() -> datetime:
    """The clock of real runs."""
    return datetime.now(UTC).replace(microsecond=0)


def in_process(package: str = "experts") -> dict[str, Connect]:
    """Clients of in-memory servers, one per expert."""

    def connect(expert: Expert) -> Client:
        return Client(expert_server(expert, "coordinator"))

    return {name: functools.partial(connect, expert) for name, expert in experts(package).items()}


def at_url(base: str) -> dict[str, Connect]:
    """Clients of experts that another process serves below a base URL."""
    if not base.startswith(("http://", "https://")):
        raise ConfigurationError(f"--experts {base!r} is not a URL; for example http://127.0.0.1:8765")
    return {
        name: functools.partial(Client, base.rstrip("/") + coordinator_path(expert))
        for name, expert in experts().items()
    }


def foreign_experts(settings: Settings) -> dict[str, Connect]:
    """Clients of the servers that config.toml names under [experts]; a name of one of ours is refused."""
    for name in settings.experts.keys() & profiles().keys():
        raise ConfigurationError(f"[experts.{name}] has the name of an expert of the suite; choose another")
    return {name: functools.partial(_foreign, server) for name, server in settings.experts.items()}


def _foreign(server: Foreign) -> Client:
    if server.url:
        return Client(server.url)
    command, *arguments = server.command
    return Client(StdioServerParameters(command=command, args=arguments, env={**os.environ, **server.env}))


def flow_path(name: str) -> Path:
    """The file of a flow, by its name or by a path that ends in .toml; whether there is one is not asked."""
    return Path(name) if name.endswith(".toml") else FLOWS / f"{name}.toml"


def flow_text(name: str) -> str:
    """The TOML of a flow, by its name or by a path that ends in .toml."""
    path = flow_path(name)
    known = [found.stem for found in sorted(FLOWS.glob("*.toml"))]
    if not path.is_file():
        raise ConfigurationError(f"there is no flow {name!r}{did_you_mean(name, known)}")
    return path.read_text("utf-8")


@asynccontextmanager
async def open_desk(
    settings: Settings,
    *,
    connect: dict[str, Connect] | None = None,
    clock: Clock = now,
    progress: Progress = lambda _kind, _data: None,
) -> AsyncIterator[Desk]:
    """Everything that driving needs, opened and closed together."""
    async with (
        open_database(settings.database_url) as database,
        Roster(in_process() if connect is None else connect, foreign_experts(settings)) as roster,
    ):
        kept = settings.sessions
        yield Desk(
            database,
            roster,
            clock,
            settings.data_dir / "locks",
            progress,
            kept.lifetime,
            kept.retention,
            kept.relayed_approvals,
        )
