"""Questions between experts: asked once, answered by somebody, gone with the figure they are about."""

from pathlib import Path

import pytest

from coordinator import workspace
from coordinator.audit import audit
from coordinator.deliver import deliverable
from coordinator.handoffs import answer, handoffs
from coordinator.history import as_text, log, parse, replay
from coordinator.workspace import read
from experts.core.errors import InvalidInput
from tests.spine.harness import begin, calls, given, open_spine, through

pytestmark = pytest.mark.anyio


async def test_an_answer_stands_while_the_figure_it_is_about_does(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        await through(desk, session)
        (asked,) = handoffs(await read(desk, session))
        assert (asked.to, asked.steps, asked.open) == ("builder", ("report",), True)
        assert asked.question == "Can you build it for USD 1,120?"
        calls(tmp_path / "calls.log")
        (answered,) = await answer(desk, session, asked.id, "Yes, with two people.", "Ada")
        assert (answered.answer, answered.by, answered.open) == ("Yes, with two people.", "Ada", False)
        plan = await through(desk, session)
        assert plan.done and calls(tmp_path / "calls.log") == []  # an answer is read by people, not by actions
        assert (await audit(desk, session)).problems == []
        front = [piece for piece in deliverable(await read(desk, session)).front if piece.id == "handoffs"]
        assert "Yes, with two people. (Ada)" in str(front)
        await workspace.set_facts(desk, session, given(unit_cost="12"))
        await through(desk, session)
        (changed,) = handoffs(await read(desk, session))
        assert changed.id != asked.id and changed.open
        await workspace.set_facts(desk, session, given(unit_cost="10"))
        await through(desk, session)
        assert handoffs(await read(desk, session)) == [answered]
        assert not (await replay(desk, parse(as_text(await log(desk, session))))).differences


async def test_an_answer_can_be_taken_back_and_has_a_name(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        await through(desk, session)
        (asked,) = handoffs(await read(desk, session))
        await answer(desk, session, asked.id, "Yes.", "Ada")
        assert [one.open for one in await answer(desk, session, asked.id, "  ", "Ada")] == [True]
        for id, text, by in ((asked.id, "Yes.", " "), ("nosuch", "Yes.", "Ada"), (asked.id, "x" * 5000, "Ada")):
            with pytest.raises(InvalidInput):
                await answer(desk, session, id, text, by)
