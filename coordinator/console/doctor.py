"""What `pixel doctor` looks at; each finding says what to do about it."""

import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, make_url, text

from coordinator.console.screen import Screen
from coordinator.engine.flow import Flow
from coordinator.offers import offered
from coordinator.roster import Roster
from experts.core.discovery import Expert
from experts.core.errors import PixelError
from store.database import open_database
from store.migrate import HEAD


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    ok: bool
    detail: str


def python() -> Finding:
    """The interpreter's version."""
    version = ".".join(map(str, sys.version_info[:3]))
    ok = sys.version_info >= (3, 11)
    return Finding("python", ok, version if ok else f"{version} is too old; install Python 3.11 or newer")


def data_folder(folder: Path) -> Finding:
    """Whether sessions can be kept where they should be; nothing is made that was not there."""
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    try:
        with tempfile.TemporaryDirectory(prefix=".pixel-probe-", dir=there):
            pass
    except OSError as error:
        why = error.strerror or str(error)
        return Finding(
            "data folder", False, f"{folder} cannot be written to ({why}); set PIXEL_DATA_DIR to another folder"
        )
    return Finding("data folder", True, str(folder) if there == folder else f"{folder} (made by the first run)")


async def database(url: str) -> Finding:
    """Whether the database answers and which version it has."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database and not Path(parsed.database).exists():
            return Finding("database", True, f"{parsed.database} (made by the first run)")
        async with open_database(url, migrate=False) as opened:
            version = await opened.tx(_version)
    except PixelError as error:
        return Finding("database", False, error.message)
    except Exception as error:  # a doctor reports what it meets
        return Finding("database", False, f"{url!r} is not usable: {error}")
    where = parsed.render_as_string(hide_password=True)
    if version is not None and version > HEAD:
        return Finding(
            "database", False, f"{where} is at version {version}, this program knows up to {HEAD}; upgrade the program"
        )
    state = (
        f"version {version}" if version == HEAD else f"version {version or 'none'}, upgraded to {HEAD} by the next run"
    )
    return Finding("database", True, f"{where}, {state}")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found is not None else None


def expert(found: Expert) -> Finding:
    """What an expert offers, and which of its files do not load."""
    offered = f"{_count(len(found.tools), 'tool')}, {_count(len(found.actions), 'action')}"
    broken = "; ".join(f"{where} does not load ({' '.join(why.split())[:200]})" for where, why in found.failed.items())
    return Finding(f"expert {found.profile.id}", not broken, f"{offered}; {broken}" if broken else offered)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def flow(found: Flow) -> Callable[[Roster], Awaitable[Finding]]:
    """A look at one flow: whether the experts it names serve it."""

    async def look(roster: Roster) -> Finding:
        await offered(roster, found)
        return Finding(f"flow {found.flow}", True, f"{len(found.steps)} steps, {len(found.syncs)} sync points")

    return look


def attempt(what: str, look: Callable[[], list[Finding]]) -> list[Finding]:
    """The findings of `look`, or the one that it could not look."""
    try:
        return look()
    except PixelError as error:
        return [Finding(what, False, error.message)]


def show(screen: Screen, findings: Iterable[Finding]) -> None:
    """One line a finding."""
    for finding in findings:
        screen.item(f"{finding.what}: {'' if finding.ok else 'PROBLEM: '}{finding.detail}", "" if finding.ok else "red")


def to_json(findings: list[Finding]) -> dict[str, Any]:
    """The same for programs."""
    return {"ok": all(finding.ok for finding in findings), "findings": [vars(finding) for finding in findings]}
