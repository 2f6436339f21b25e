"""A newer version of an action makes no plan stale; taking it is a decision."""

from pathlib import Path

import pytest

from coordinator import history, workspace
from coordinator.audit import audit
from coordinator.drive import drive
from experts.core.errors import Unavailable
from tests.spine.harness import begin, calls, given, open_spine, through

pytestmark = pytest.mark.anyio


async def test_a_plan_made_with_an_older_method_stays_current_and_is_marked(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        await through(desk, session)
        calls(tmp_path / "calls.log")
    async with open_spine(tmp_path, newer="label") as desk:
        plan = await drive(desk, session)
        assert plan.done and calls(tmp_path / "calls.log") == []
        found = await audit(desk, session)
        assert found.problems == []
        assert [note for note in found.notes if note.startswith("label was made with an older method, planner/label@1")]
        await workspace.set_facts(desk, session, given(label="second"))
        with pytest.raises(
            Unavailable, match=f"now offers planner/label@2; plan it anew with: pixel sessions upgrade {session}"
        ):
            await drive(desk, session)


async def test_taking_the_newer_method_runs_what_it_makes_and_nothing_else(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        await through(desk, session)
        calls(tmp_path / "calls.log")
    async with open_spine(tmp_path, newer="label") as desk:
        stale = await workspace.upgrade(desk, session)
        assert [(step.step, step.certain) for step in stale] == [("label", True)]
        assert (await drive(desk, session)).done
        assert calls(tmp_path / "calls.log") == ["label"]
        found = await audit(desk, session)
        assert found.problems == [] and not any("older method" in note for note in found.notes)
        assert (await history.replay(desk, await history.log(desk, session))).differences == []
        assert await workspace.upgrade(desk, session) == []
