"""A store that cannot write for a while: a clear error, nothing half, and the session goes on afterwards."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from coordinator import workspace
from coordinator.audit import audit
from coordinator.drive import drive
from experts.core.errors import Unavailable
from tests.spine.harness import begin, calls, given, open_spine, through

pytestmark = pytest.mark.anyio


def full(connection: Connection) -> None:
    """As if the disk had no page left."""
    pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    connection.execute(text(f"PRAGMA max_page_count = {pages}"))


def roomy(connection: Connection) -> None:
    connection.execute(text("PRAGMA max_page_count = 1000000"))


def only_read(connection: Connection) -> None:
    connection.execute(text("PRAGMA query_only = ON"))


def writable(connection: Connection) -> None:
    connection.execute(text("PRAGMA query_only = OFF"))


@pytest.mark.parametrize(
    ("trouble", "mended", "says"), [(full, roomy, "is full"), (only_read, writable, "is read-only")]
)
async def test_a_store_in_trouble_is_named_keeps_nothing_half_and_goes_on_when_mended(
    trouble: object, mended: object, says: str, tmp_path: Path
) -> None:
    assert callable(trouble) and callable(mended)
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        await desk.database.tx(trouble)
        with pytest.raises(Unavailable, match=says):
            for number in range(50):  # the last page has room for a few rows more
                await drive(desk, session)
                await workspace.set_facts(desk, session, given(unit_cost=str(11 + number)))
        await desk.database.tx(mended)
        await workspace.set_facts(desk, session, given(unit_cost="10"))
        plan = await through(desk, session)
        assert plan.done and plan.metrics == {"spend": "1120"}
        assert (await audit(desk, session)).problems == []
        assert calls(tmp_path / "calls.log")


async def test_a_clock_set_back_changes_no_plan(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        plan = await through(desk, session)
        earlier = replace(desk, clock=lambda: desk.clock() - timedelta(days=400))
        await workspace.set_facts(earlier, session, given(unit_cost="12"))
        await drive(earlier, session)
        await workspace.restore(earlier, session, 1)
        assert (await drive(earlier, session)).metrics == plan.metrics
        assert (await audit(earlier, session)).problems == []
