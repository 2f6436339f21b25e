"""Sessions are found by their id or by a beginning that only one of them has."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from store import sessions as rows
from store.database import open_database, sqlite_url

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ab", "ab"),
        ("abc", "abc1"),
        ("abc1", "abc1"),
        ("a", None),
        ("z", None),
        ("a_", "a_x"),
        ("%", None),
        ("/", None),
    ],
)
async def test_a_session_is_found_by_its_id_or_a_unique_beginning(
    asked: str, found: str | None, tmp_path: Path
) -> None:
    def make(connection: Connection) -> None:
        for id in ("ab", "abc1", "abd", "a_x"):
            rows.create(
                connection,
                {
                    "id": id,
                    "name": id,
                    "flow": "f",
                    "flow_text": "",
                    "pins": {},
                    "parent": None,
                    "created_at": "2027-01-04",
                    "expires_at": "2027-01-05",
                    "revision": 0,
                },
            )

    async with open_database(sqlite_url(tmp_path)) as database:
        await database.tx(make)
        held = await database.tx(lambda connection: rows.hold(connection, asked))
        assert (held["id"] if held else None) == found
