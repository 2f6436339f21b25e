"""A session stays open for a lifetime after its last change, longer while somebody has yet to approve."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator import decisions, lifetime, workspace
from coordinator.desk import Desk
from coordinator.drive import drive
from experts.core.errors import InvalidInput
from store import sessions as rows
from tests.spine.harness import FACTS, FLOW, NOW, given, open_spine

pytestmark = pytest.mark.anyio
DAY = timedelta(days=1)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_spine(tmp_path) as found:
        yield found


def later(desk: Desk, by: timedelta) -> Desk:
    return replace(desk, clock=lambda: NOW + by)


async def begin(desk: Desk, approver: str = "") -> str:
    facts = {**FACTS}
    facts.pop("approvers.go")
    if approver:
        facts["approvers.go"] = approver
    return await workspace.start(desk, FLOW, given(**{k.replace(".", "__"): v for k, v in facts.items()}))


async def test_an_expired_session_refuses_changes_and_can_be_reopened(desk: Desk) -> None:
    session = await begin(desk)
    await drive(desk, session)
    after = later(desk, DAY + timedelta(minutes=1))
    for change in (
        workspace.set_facts(after, session, given(label="second")),
        workspace.restore(after, session, 1),
        drive(after, session),
    ):
        with pytest.raises(InvalidInput, match=f"expired on 2027-01-05 09:00 UTC; reopen .* {session}"):
            await change
    assert (await workspace.read(after, session)).session.revision == 1
    assert await lifetime.reopen(after, session) == NOW + 2 * DAY + timedelta(minutes=1)
    await workspace.set_facts(after, session, given(label="second"))
    assert (await workspace.read(after, session)).values["label"] == "second"


async def test_a_change_keeps_a_session_open_for_another_lifetime(desk: Desk) -> None:
    session = await begin(desk)
    for hours in (20, 40, 60):
        await workspace.set_facts(later(desk, timedelta(hours=hours)), session, given(label=f"at {hours}"))
    state = await workspace.read(desk, session)
    assert state.session.expires_at == NOW + timedelta(hours=84)


async def test_a_session_that_waits_for_an_approval_does_not_expire(desk: Desk) -> None:
    session = await begin(desk, approver="Ada")
    await drive(desk, session)
    month = later(desk, timedelta(days=30))
    state = await workspace.read(month, session)
    assert lifetime.awaited(state.plan()) == ["go"]
    await decisions.decide(month, session, "go", "approve", "Ada")
    assert (await workspace.read(month, session)).plan().syncs["go"].status == "approved"


async def test_a_clock_set_back_closes_no_session_and_shortens_none(desk: Desk) -> None:
    session = await begin(desk)
    await workspace.set_facts(later(desk, -30 * DAY), session, given(label="earlier"))
    assert (await workspace.read(desk, session)).session.expires_at == NOW + DAY


async def test_only_sessions_that_expired_long_enough_ago_are_purged(desk: Desk) -> None:
    old, waiting, parent = await begin(desk), await begin(desk, approver="Ada"), await begin(desk)
    await drive(desk, waiting)
    branch = await workspace.branch(later(desk, 28 * DAY), parent)
    month = later(desk, 30 * DAY)
    assert await lifetime.purge(month, 7 * DAY, dry=True) == [old]
    assert await lifetime.purge(month, 7 * DAY, dry=False) == [old]
    left = {row["id"] for row in await desk.database.tx(rows.all_sessions)}
    assert left == {waiting, parent, branch}
    with pytest.raises(InvalidInput, match="there is no session"):
        await workspace.read(desk, old)
