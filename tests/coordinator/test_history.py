"""The log of a session is enough to rebuild it, and a changed log or a changed store is found."""

import copy
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from coordinator import decisions, history, workspace
from coordinator.desk import Desk
from coordinator.drive import drive
from coordinator.prose import write_prose
from experts.core.errors import InvalidInput
from tests.spine.harness import FACTS, FLOW, given, open_spine

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_spine(tmp_path) as found:
        yield found


async def lived(desk: Desk) -> str:
    """A session that has seen everything that can happen to one."""
    session = await workspace.start(desk, FLOW, given(**{k.replace(".", "__"): v for k, v in FACTS.items()}))
    plan = await drive(desk, session)
    await decisions.decide(desk, session, "go", "approve", "Ada")
    await workspace.set_facts(desk, session, given(market__size="2000"))
    await drive(desk, session)
    step = next(name for name, found in plan.steps.items() if found.artifact is not None)
    await write_prose(desk, session, step, "Said better.", "Ada")
    await workspace.restore(desk, session, 1)
    await drive(desk, session)
    return session


async def test_a_session_and_its_branch_are_rebuilt_from_their_logs_alone(desk: Desk) -> None:
    session = await lived(desk)
    branch = await workspace.branch(desk, session)
    await workspace.set_facts(desk, branch, given(label="other"))
    for id in (session, branch):
        lines = history.parse(history.as_text(await history.log(desk, id)))
        found = await history.replay(desk, lines)
        assert found.differences == []
        assert found.compared["artifact"] >= 4 and found.compared["fact"] >= len(FACTS)
        assert found.compared["narrative"] >= 1 and found.compared["decision"] >= 1


async def test_the_log_holds_no_secret_and_has_the_same_bytes_each_time(desk: Desk) -> None:
    session = await lived(desk)
    secret = (await workspace.read(desk, session)).session.pins["secret"]
    first = history.as_text(await history.log(desk, session))
    assert secret not in first
    assert first == history.as_text(await history.log(desk, session))


async def test_a_changed_log_is_found(desk: Desk) -> None:
    session = await lived(desk)
    lines = await history.log(desk, session)
    changed = copy.deepcopy(lines)
    next(fact for fact in changed[0]["facts"] if fact["path"] == "unit_cost")["value"] = "11"
    found = await history.replay(desk, changed)
    assert "fact unit_cost at revision 1: differs" in found.differences
    dropped = [line for line in lines if line["kind"] != "approve"]
    assert any(text.startswith("decision ") for text in (await history.replay(desk, dropped)).differences)


async def test_a_store_that_was_changed_behind_the_log_is_found(desk: Desk) -> None:
    session = await lived(desk)
    lines = await history.log(desk, session)
    await desk.database.tx(
        lambda connection: connection.execute(text("UPDATE facts SET value = '\"9\"' WHERE path = 'unit_cost'"))
    )
    assert "fact unit_cost at revision 1: differs" in (await history.replay(desk, lines)).differences


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "does not begin with a session"),
        ("{", "line 1 of the log is not JSON"),
        ("[]", "line 1 of the log is no event"),
        (json.dumps({"kind": "x", "data": {}, "at": ""}), "does not begin with a session"),
    ],
)
def test_a_file_that_is_no_log_is_refused(written: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        history.parse(written)
