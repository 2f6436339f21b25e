"""A store that cannot be used says so in one sentence and is left as it was."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from experts.core.errors import ConfigurationError, Unavailable
from store import database
from store.database import open_database, sqlite_url
from store.tables import metadata

pytestmark = pytest.mark.anyio


async def test_a_new_database_has_exactly_the_tables_of_the_models(tmp_path: Path) -> None:
    async with open_database(sqlite_url(tmp_path)) as db:

        def columns(connection):  # type: ignore[no-untyped-def]
            names = [row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type='table'"))]
            return {
                name: {row[1] for row in connection.execute(text(f"PRAGMA table_info({name})"))}
                for name in names
                if name not in ("alembic_version", "sqlite_sequence")
            }

        assert await db.tx(columns) == {name: set(t.columns.keys()) for name, t in metadata.tables.items()}


async def test_a_newer_database_is_refused_untouched(tmp_path: Path) -> None:
    async with open_database(sqlite_url(tmp_path)) as db:
        await db.tx(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    before = (tmp_path / "pixel.db").read_bytes()
    with pytest.raises(Unavailable, match="'9999', this program knows up to"):
        async with open_database(sqlite_url(tmp_path)):
            pass
    assert (tmp_path / "pixel.db").read_bytes() == before


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "pixel.db").write_bytes(b"not a database at all" * 50)
    with pytest.raises(Unavailable, match="is not a database of this program"):
        async with open_database(sqlite_url(tmp_path)):
            pass


async def test_a_locked_database_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_database(sqlite_url(tmp_path)):
        pass
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    holder = sqlite3.connect(tmp_path / "pixel.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Unavailable, match="is locked by another program"):
            async with open_database(sqlite_url(tmp_path)):
                pass
    finally:
        holder.execute("ROLLBACK")
        holder.close()


async def test_a_full_disk_is_named_and_keeps_nothing_of_the_transaction(tmp_path: Path) -> None:
    async with open_database(sqlite_url(tmp_path)) as db:

        def fill(connection):  # type: ignore[no-untyped-def]
            pages = connection.execute(text("PRAGMA page_count")).scalar()
            connection.execute(text(f"PRAGMA max_page_count = {pages + 1}"))
            connection.execute(text("CREATE TABLE big (x)"))
            connection.execute(text("INSERT INTO big VALUES (randomblob(1000000))"))

        with pytest.raises(Unavailable, match="is full"):
            await db.tx(fill)
        assert (
            await db.tx(lambda c: c.execute(text("SELECT count(*) FROM sqlite_master WHERE name='big'")).scalar()) == 0
        )


async def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", "utf-8")
    with pytest.raises(Unavailable, match="cannot be made"):
        async with open_database(sqlite_url(blocked / "inside")):
            pass


@pytest.mark.parametrize("url", ["nonsense", "sqlite+nosuch:/x", "mysql://ada:secret@host/plans"])
async def test_an_unusable_url_is_a_configuration_error_that_keeps_the_password(url: str) -> None:
    with pytest.raises(ConfigurationError, match="PIXEL_DATABASE_URL") as refused:
        async with open_database(url):
            pass
    assert "secret" not in refused.value.message
