"""One driver per session: a lock that dies with its holder. It saves calls; the digests keep the work correct."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from weakref import WeakKeyDictionary

from filelock import FileLock, Timeout

from store.database import Database

_WAIT = 0.05
_WAITING: WeakKeyDictionary[Database, dict[str, tuple[asyncio.Lock, int]]] = WeakKeyDictionary()


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
    """One connection of this process holds all its locks; the server releases them when that connection is gone.

    A connection for each lock would leave none for the work when many sessions are driven at once. To its own
    connection the server gives a lock again, so drivers within this process wait for each other before they ask.
    """
    key = int.from_bytes(hashlib.sha256(session.encode()).digest()[:8], "big", signed=True)
    async with _within(database, session):
        while not await database.ask_lock("SELECT pg_try_advisory_lock(:key)", key):
            await asyncio.sleep(_WAIT)
        try:
            yield
        finally:
            await database.ask_lock("SELECT pg_advisory_unlock(:key)", key)


@asynccontextmanager
async def _within(database: Database, session: str) -> AsyncIterator[None]:
    """One driver of a session at a time within this process."""
    waiting = _WAITING.setdefault(database, {})
    lock, users = waiting.get(session, (asyncio.Lock(), 0))
    waiting[session] = (lock, users + 1)
    try:
        async with lock:
            yield
    finally:
        users = waiting[session][1] - 1
        if users:
            waiting[session] = (lock, users)
        else:
            del waiting[session]
