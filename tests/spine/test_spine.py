"""The engine's test: one fact to one live cell, then one changed fact; the exact calls each time."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from coordinator import decisions, workspace
from coordinator.audit import audit
from coordinator.deliver import deliverable, export
from coordinator.drive import drive
from coordinator.engine.facts import Given
from coordinator.prose import write_prose
from experts.core.errors import InvalidInput
from tests.spine.harness import FACTS, FLOW, begin, calls, given, open_spine, through

pytestmark = pytest.mark.anyio


async def test_a_fact_reaches_a_live_cell_and_every_figure_is_grounded(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        plan = await through(desk, session)
        assert plan.done
        # 1000 x 0.10 = 100 units; 100 x 10 = 1000; the loop adds people until heads stop changing:
        # ceil(1000/500) = 2 -> 80; ceil(1080/500) = 3 -> 120; ceil(1120/500) = 3.
        assert plan.metrics == {"spend": "1120"}
        assert plan.loops[0].settled and plan.loops[0].passes == 3
        assert calls(tmp_path / "calls.log") == ["cost"] * 3 + ["demand", "label", "report"] + ["staffing"] * 3
        files = await export(desk, session, tmp_path / "out", ("xlsx", "json"))
        assert {file.name for file in files} >= {"budget.xlsx", "plan.json"}
        found = await audit(desk, session)
        assert found.problems == []
        assert found.checked["figures"] == 7
        assert [a["path"] for a in found.assumptions] == ["market.share"]


async def test_a_changed_fact_calls_exactly_what_reads_it(tmp_path: Path) -> None:
    log = tmp_path / "calls.log"
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        await through(desk, session)
        calls(log)
        for change, expected in (
            ({"label": "second"}, ["label"]),
            ({"staff__wage": "41"}, ["cost", "cost", "report", "staffing", "staffing", "staffing"]),
            ({"limit": "3000"}, []),
            ({"currency": "EUR"}, ["demand"]),  # early cutoff: the same units come out
            ({"market__share": "0.10"}, []),  # the assumed value, now given
        ):
            preview = await workspace.preview(desk, session, given(**change))
            assert [s.step for s in preview if s.certain] == sorted(
                {expected[0]} if expected and "staff__wage" not in change else {"staffing"} if expected else set()
            )
            await workspace.set_facts(desk, session, given(**change))
            await through(desk, session)
            assert calls(log) == expected, change


async def test_going_back_branching_and_restoring_cost_no_call(tmp_path: Path) -> None:
    log = tmp_path / "calls.log"
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        first = await through(desk, session)
        await workspace.set_facts(desk, session, given(unit_cost="12"))
        second = await through(desk, session)
        assert second.metrics != first.metrics
        calls(log)
        await workspace.set_facts(desk, session, given(unit_cost="10.00"))
        again = await drive(desk, session)
        assert (again.metrics, again.syncs["go"].status) == (first.metrics, "approved")
        await workspace.restore(desk, session, 2)
        assert (await drive(desk, session)).metrics == second.metrics
        other = await workspace.branch(desk, session, "what if")
        assert (await drive(desk, other)).done
        assert calls(log) == []


async def test_a_failing_check_is_negotiated_with_the_flows_patch_and_never_stored(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk, limit="700")
        plan = await through(desk, session)
        # Half price: 500 -> 1 head, 540 -> 2 heads, 580 -> 2 heads; 580 <= 700.
        assert plan.metrics == {"spend": "580"}
        assert plan.syncs["go"].patches == 1
        assert not any(path.startswith("judgement") for path in (await workspace.read(desk, session)).facts)
        await workspace.set_facts(desk, session, given(limit="100"))
        stuck = await drive(desk, session)
        assert stuck.syncs["go"].status == "failed"
        assert "580 is above the limit of 100" in stuck.syncs["go"].reason
        assert stuck.steps["report"].status == "waiting"
        reasons = deliverable(await workspace.read(desk, session)).draft
        assert any("580 is above the limit of 100" in reason for reason in reasons)


async def test_an_approval_holds_for_its_content_and_its_approver(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        assert (await drive(desk, session)).syncs["go"].status == "pending"
        with pytest.raises(InvalidInput, match="does not approve"):
            await decisions.decide(desk, session, "go", "approve", "Eve")
        state = await workspace.read(desk, session)
        token = decisions.token_for(state, "go", state.plan().syncs["go"].covers, "Ada")
        await decisions.decide(desk, session, "go", "approve", "Ada", token=token)
        with pytest.raises(InvalidInput, match="has been used"):
            await decisions.decide(desk, session, "go", "approve", "Ada", token=token)
        assert (await drive(desk, session)).done
        await workspace.set_facts(desk, session, given(approvers__go="Bob"))
        assert (await drive(desk, session)).syncs["go"].status == "pending"
        await workspace.set_facts(desk, session, given(approvers__go="Ada"))
        assert (await drive(desk, session)).done
        await decisions.decide(desk, session, "go", "reject", "Ada", reason="too dear")
        assert (await drive(desk, session)).syncs["go"].status == "rejected"


async def test_two_values_of_one_figure_stop_the_line_until_somebody_decides(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk, judgement__report__step="1000")
        plan = await through(desk, session)
        conflict = plan.conflicts["spend"]
        assert (conflict.owner, conflict.value, conflict.others) == ("cost", "1120", {"report": "2000"})
        assert plan.syncs["final"].status == "conflict" and not plan.done
        with pytest.raises(
            InvalidInput, match="with spend = 2500 these would not hold: go, le: 2500 is above the limit"
        ):
            await decisions.decide_conflict(desk, session, "spend", "2500", "Ada", "roomier")
        assert (await workspace.read(desk, session)).plan().conflicts  # nothing was recorded
        await decisions.decide_conflict(desk, session, "spend", "1120", "Ada", "the exact figure counts")
        decided = await drive(desk, session)
        assert decided.conflicts == {} and decided.done
        assert (await audit(desk, session)).problems == []
        # What the holders read changes: the decision falls by itself, and the conflict is back.
        await workspace.set_facts(desk, session, given(unit_cost="11"))
        fallen = await through(desk, session)
        assert fallen.lapsed == ("decided.spend",) and "spend" in fallen.conflicts
        await workspace.set_facts(desk, session, given(unit_cost="10"))
        assert (await drive(desk, session)).done


async def test_a_loop_that_does_not_settle_stops_and_shows_its_last_two_values(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk, staff__per_head="100", staff__wage="150")
        plan = await drive(desk, session)
        loop = plan.loops[0]
        assert not loop.settled and loop.passes == 5 and len(loop.last_two) == 2
        assert plan.steps["cost"].status == "waiting" and "did not settle" in plan.steps["cost"].reason


async def test_two_drivers_of_one_session_make_each_call_once(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as one, open_spine(tmp_path) as two:
        session = await begin(one)
        await asyncio.gather(drive(one, session), drive(two, session))
        assert calls(tmp_path / "calls.log") == ["cost"] * 3 + ["demand", "label"] + ["staffing"] * 3


async def test_a_result_on_facts_that_changed_meanwhile_is_kept_but_not_current(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        real = desk.roster.call_action

        async def change_meanwhile(spec, called):  # type: ignore[no-untyped-def]
            if spec.name == "demand" and called.brief["market"]["size"] == "1000":
                await workspace.set_facts(desk, session, given(market__size="2000"))
            return await real(spec, called)

        desk.roster.call_action = change_meanwhile  # type: ignore[method-assign]
        plan = await through(desk, session)
        assert plan.steps["demand"].artifact is not None
        assert plan.steps["demand"].artifact.result.data == {"units": "200"}
        desk.roster.call_action = real  # type: ignore[method-assign]
        calls(tmp_path / "calls.log")
        await workspace.set_facts(desk, session, given(market__size="1000"))
        await through(desk, session)
        assert "demand" not in calls(tmp_path / "calls.log")


async def test_better_prose_is_shown_until_a_value_it_cites_changes_and_it_ends_an_approval(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        await through(desk, session)
        for text, said in (("It costs 1120.", "has no citation"), ("It costs [[cost#totl]].", "does not have")):
            with pytest.raises(InvalidInput, match=said):
                await write_prose(desk, session, "cost", text, "Ada")
        await write_prose(desk, session, "cost", "All in, it comes to [[cost#total]].", "Ada")
        reworded = await drive(desk, session)
        assert reworded.prose["cost"] == "All in, it comes to [[cost#total]]."
        assert reworded.syncs["go"].status == "pending"  # Ada approved other words
        await workspace.set_facts(desk, session, given(unit_cost="12"))
        changed = await drive(desk, session)
        assert changed.prose["cost"] == "It costs [[cost#total]]."
        await workspace.set_facts(desk, session, given(unit_cost="10"))
        assert (await drive(desk, session)).prose["cost"] == "All in, it comes to [[cost#total]]."


async def test_what_a_person_chose_is_not_negotiated_away(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk, limit="700", judgement__cost__discount="0.1")
        plan = await drive(desk, session)
        assert plan.syncs["go"].status == "failed" and plan.syncs["go"].patches == 1
        assert plan.steps["cost"].artifact is not None
        assert plan.steps["cost"].artifact.result.judgement == {"discount": "0.1"}


async def test_an_approver_named_twice_is_one_approver(tmp_path: Path) -> None:
    flow = FLOW.replace('offline = "wait"', 'offline = "provisional"').replace(
        'go = { type = "string" }', 'go = { type = "array", items = { type = "string" } }'
    )
    async with open_spine(tmp_path) as desk:
        facts = {path: Given(value, "test") for path, value in FACTS.items()} | given(approvers__go=["Ada", "Ada"])
        session = await workspace.start(desk, flow, facts)
        plan = await drive(desk, session)
        assert plan.syncs["go"].approvers == ("Ada",) and plan.done


async def test_a_flow_may_leave_an_optional_input_out(tmp_path: Path) -> None:
    text = FLOW.replace('[[feedback]]\nfrom = "staffing"\nto = { step = "cost", input = "people" }\npasses = 5\n', "")
    assert "feedback" not in text
    async with open_spine(tmp_path) as desk:
        facts = {path: Given(value, "test") for path, value in FACTS.items()}
        session = await workspace.start(desk, text, facts, name="spine", id="spine")
        plan = await through(desk, session)
        assert plan.done and plan.metrics == {"spend": "1000"}  # 100 units at 10, and no people
        assert (await audit(desk, session)).problems == []


async def test_who_asks_for_something_does_not_approve_it(tmp_path: Path) -> None:
    text = FLOW.replace('approvers = "fact:approvers.go"', 'approvers = "fact:approvers.go"\nrequester = "fact:label"')
    async with open_spine(tmp_path) as desk:
        facts = {path: Given(value, "test") for path, value in FACTS.items()} | given(label="Ada")
        session = await workspace.start(desk, text, facts, name="spine", id="spine")
        state = (await drive(desk, session)).syncs["go"]
        assert (state.status, state.reason) == ("pending", "not yet approved by somebody other than Ada")
        with pytest.raises(InvalidInput, match="'Ada' does not approve"):
            await decisions.decide(desk, session, "go", "approve", "Ada")
        await workspace.set_facts(desk, session, given(label="Bob"))
        await drive(desk, session)
        await decisions.decide(desk, session, "go", "approve", "Ada")
        assert (await drive(desk, session)).done


async def test_an_organization_may_refuse_approvals_that_an_assistant_passes_on(tmp_path: Path) -> None:
    async with open_spine(tmp_path) as desk:
        session = await begin(desk)
        await drive(desk, session)
        strict = replace(desk, relayed=False)
        with pytest.raises(InvalidInput, match="do not count here"):
            await decisions.decide(strict, session, "go", "approve", "Ada", via="host_relayed")
        await decisions.decide(strict, session, "go", "approve", "Ada")
        assert (await drive(desk, session)).done
