"""A store that cannot write for a while: a clear error, nothing half, and the session goes on afterwards."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator import workspace
from coordinator.audit import audit
from coordinator.desk import Desk
from coordinator.drive import drive
from experts.core.errors import Unavailable
from tests.spine.harness import begin, calls, given, open_spine, through

pytestmark = pytest.mark.anyio


def pragma(desk: Desk, what: str) -> None:
    """Tell the store's one connection something outside of any transaction."""
    connection = desk.database.sync_engine.raw_connection()
    cursor = connection.cursor()
    pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    cursor.execute(f"PRAGMA {what.format(pages=pages)}")
    cursor.close()
    connection.close()


@pytest.mark.parametrize(
    ("trouble", "mended", "says"),
    [
        ("max_page_count = {pages}", "max_page_count = 1000000", "is full"),
        ("query_only = ON", "query_only = OFF", "is read-only"),
    ],
)
async def test_a_store_in_trouble_is_named_keeps_nothing_half_and_goes_on_when_mended(
    trouble: str, mended: str, says: str, tmp_path: Path
) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        pragma(desk, trouble)
        with pytest.raises(Unavailable, match=says):
            for number in range(50):  # the last page has room for a few rows more
                await drive(desk, session)
                await workspace.set_facts(desk, session, given(unit_cost=str(11 + number)))
        pragma(desk, mended)
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
