"""One driver per session: a lock that dies with its holder. It saves calls; the digests keep the work correct."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import text

from store.database import Database

_WAIT = 0.05


@asynccontextmanager
async def session_lock(database: Database, folder: Path, session: str) -> AsyncIterator[None]:
    """Wait for the lock of a session and hold it: a file lock beside SQLite, an advisory lock on PostgreSQL."""
    if database.server:
        async with _advisory(database, session):
            yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{session}.lock", timeout=0, thread_local=False)
    while True:
        try:
            lock.acquire()
            break
        except Timeout:
            await asyncio.sleep(_WAIT)
    try:
        yield
    finally:
        lock.release()


@asynccontextmanager
async def _advisory(database: Database, session: str) -> AsyncIterator[None]:
    """A connection of its own holds the lock; the server releases it when the connection is gone."""
    key = int.from_bytes(hashlib.sha256(session.encode()).digest()[:8], "big", signed=True)
    async with database.connection() as connection:
        while not (await connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": key})).scalar():
            await asyncio.sleep(_WAIT)
        try:
            yield
        finally:
            await connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})
