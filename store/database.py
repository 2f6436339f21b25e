"""One database: SQLite in WAL mode by default, or PostgreSQL by asyncpg.

`tx(fn)` runs a synchronous function of a connection in one transaction. On SQLite it runs as a
whole in the database's one thread (a hop for each statement costs more than the statements do),
and every transaction is BEGIN IMMEDIATE: deferred ones that turn into writers fail with "locked".
On PostgreSQL a transaction that works on a session holds the session's row.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidRequestError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from experts.core.errors import ConfigurationError, PixelError, Unavailable

T = TypeVar("T")
BUSY_SECONDS = 30


class Database:
    """An engine and the one way to use it."""

    def __init__(self, engine: AsyncEngine | Engine, url: str) -> None:
        self.engine = engine
        self.url = url
        self._thread = ThreadPoolExecutor(1, "database") if isinstance(engine, Engine) else None
        self._locks: AsyncConnection | None = None
        self._asking = asyncio.Lock()

    @property
    def server(self) -> bool:
        """Whether other machines may use the same database."""
        return self.engine.dialect.name != "sqlite"

    @property
    def sync_engine(self) -> Engine:
        """The engine that the connections of transactions belong to."""
        return self.engine if isinstance(self.engine, Engine) else self.engine.sync_engine

    async def ask_lock(self, statement: str, key: int) -> bool:
        """Run one statement on the server's connection that holds this process's locks; returns what it gives."""
        assert isinstance(self.engine, AsyncEngine)
        async with self._asking:
            try:
                if self._locks is None or self._locks.closed or self._locks.invalidated:
                    made = await self.engine.connect()
                    self._locks = await made.execution_options(isolation_level="AUTOCOMMIT")
                return bool((await self._locks.execute(text(statement), {"key": key})).scalar())
            except (DBAPIError, OSError) as error:
                raise unavailable(error, self.url) from error

    async def tx(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` in one transaction; it is all kept or nothing. Raises Unavailable when the store cannot."""
        try:
            if isinstance(self.engine, Engine):
                return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, fn)
            async with self.engine.begin() as connection:
                return await connection.run_sync(fn)
        except PoolTimeout as error:
            raise Unavailable(
                f"the database {_shown(self.url)!r} is busy: no connection came free in time; try again in a moment"
            ) from error
        except (DBAPIError, ConnectionError) as error:
            raise unavailable(error, self.url) from error

    def _run(self, fn: Callable[[Connection], T]) -> T:
        assert isinstance(self.engine, Engine)
        with self.engine.begin() as connection:
            return fn(connection)

    async def close(self) -> None:
        """Let a transaction that has begun end, then close every connection."""
        if isinstance(self.engine, AsyncEngine):
            if self._locks is not None:
                await self._locks.close()
            await self.engine.dispose()
            return
        assert self._thread is not None
        await asyncio.get_running_loop().run_in_executor(None, lambda: self._thread.shutdown(cancel_futures=True))  # type: ignore[union-attr]
        self.engine.dispose()


def _shown(url: str) -> str:
    """A URL without its password; text that is no URL as it is."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url


def unavailable(error: DBAPIError | OSError, url: str) -> Unavailable:
    """A store error in one sentence with the way out."""
    said = str(error.orig if isinstance(error, DBAPIError) else error) or type(error).__name__
    where = make_url(url).database or "the database"
    if make_url(url).get_backend_name() == "postgresql":
        plain = said.split(": ", 1)[1] if said.startswith("<class") else said
        return Unavailable(f"the database {_shown(url)!r} does not answer: {plain.splitlines()[0]}; is it running?")
    if "locked" in said or "busy" in said:
        return Unavailable(f"the database {where!r} is locked by another program; close that program and try again")
    if "readonly" in said or "read-only" in said:
        return Unavailable(
            f"the database {where!r} is read-only; make it writable or set PIXEL_DATA_DIR to another folder"
        )
    if "full" in said:
        return Unavailable(
            f"the disk that holds the database {where!r} is full; free some space and run the command again"
        )
    if "not a database" in said or "malformed" in said:
        return Unavailable(
            f"{where!r} is not a database of this program; move it away or set PIXEL_DATA_DIR to another folder"
        )
    return Unavailable(f"the database {where!r} does not answer: {said.splitlines()[0]}")


def sqlite_url(folder: Path) -> str:
    """The URL of the default database below a data folder."""
    return f"sqlite:///{folder / 'pixel.db'}"


@asynccontextmanager
async def open_database(url: str, migrate: bool = True) -> AsyncIterator[Database]:
    """Open (and by default create or upgrade) the database of `url`."""
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+asyncpg://" + url.partition("://")[2]
    try:
        parsed = make_url(url)
        sqlite = parsed.get_backend_name() == "sqlite"
        if sqlite and parsed.database and parsed.database != ":memory:":
            folder = Path(parsed.database).parent
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Unavailable(
                    f"the data folder {str(folder)!r} cannot be made ({error.strerror});"
                    " set PIXEL_DATA_DIR to another folder"
                ) from error
        engine: AsyncEngine | Engine
        if sqlite:
            plain = parsed.set(drivername="sqlite")  # whichever driver an older configuration names
            engine = create_engine(plain, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_immediate)
        else:
            engine = create_async_engine(url, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, InvalidRequestError, ImportError) as error:
        raise ConfigurationError(
            f"PIXEL_DATABASE_URL {_shown(url)!r} is not usable: {str(error).splitlines()[0]}; for example sqlite:///plans.db"
        ) from error
    database = Database(engine, url)
    try:
        if migrate:
            from store.migrate import upgrade

            await database.tx(upgrade)
        yield database
    except sqlite3.DatabaseError as error:  # raised by the driver outside a statement, e.g. on connect
        raise unavailable(DBAPIError("", None, error), url) from error
    except PixelError:
        raise
    finally:
        await database.close()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
