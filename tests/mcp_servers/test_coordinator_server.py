"""The coordinator in a host: a plan from a brief with tools alone, in both protocol eras."""

from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from coordinator.brief.reading import read_brief
from coordinator.engine.schema import canonical
from mcp_servers import compose
from mcp_servers.coordinator_server import coordinator_server
from mcp_servers.settings import load_settings

pytestmark = pytest.mark.anyio
BRIEF = Path(__file__).parents[2] / "examples" / "briefs" / "tidewater_campaign.toml"


def facts() -> dict[str, Any]:
    keep = (bool, int, list)
    return {p: g.value if isinstance(g.value, keep) else str(g.value) for p, g in read_brief(BRIEF).facts.items()}


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_host_plans_changes_approves_exports_and_audits_with_tools_alone(tmp_path: Path, mode: Any) -> None:
    settings = load_settings({"PIXEL_DATA_DIR": str(tmp_path / "data")})
    async with compose.open_desk(settings) as desk, Client(coordinator_server(desk), mode=mode) as host:

        async def call(tool: str, **arguments: Any) -> dict[str, Any]:
            answer = await host.call_tool(tool, arguments)
            assert not answer.is_error, answer.content
            assert isinstance(answer.structured_content, dict)
            return answer.structured_content

        flows = await call("list_experts")
        assert "marketing_campaign_planning" in flows["details"]["flows"]
        plan = await call("start_session", flow="marketing_campaign_planning", brief=facts())
        session = plan["details"]["session"]
        assert set(plan["details"]["steps"].values()) == {"current"}
        assert "ask Ines Calder" in plan["next"]

        preview = await call("update_brief", session=session, changes={"budget": {"total": 90000.5}}, preview=True)
        assert preview["details"]["budget_analysis_and_optimization"] == "runs again: budget.total: 96000 → 90000.5"
        await call("update_brief", session=session, changes={"budget.total": "90000.50"})
        again = await call("next_step", session=session)
        assert again["details"]["shared_figures"]["total_budget"] == "90000.5"

        outdated, token = (
            next(a["token"] for a in answer["details"]["approvals"] if a["sync"] == "budget_approval")
            for answer in (plan, again)
        )
        saying = {"session": session, "sync": "budget_approval", "answer": "approve", "by": "Ines Calder"}
        refused = await host.call_tool("decide", saying | {"token": outdated})
        assert refused.is_error and "not valid for what it covers now" in canonical(refused.structured_content)
        decided = await call("decide", **saying, token=token)
        assert decided["details"]["sync_points"]["budget_approval"] == "approved"
        assert all(a["sync"] != "budget_approval" for a in decided["details"]["approvals"])
        used = await host.call_tool("decide", saying | {"token": token})
        assert used.is_error and "has been used" in canonical(used.structured_content)
        read = await call("read_workspace", session=session, step="budget_analysis_and_optimization")
        assert read["details"]["figures"]["total"] == "90000.5"
        files = await call("export_session", session=session, folder=str(tmp_path / "plan"))
        assert (tmp_path / "plan" / "plan.html").exists() and len(files["details"]["files"]) > 5
        found = await call("audit_session", session=session)
        assert found["details"]["problems"] == []
        assert session in (await call("list_sessions"))["details"]


async def test_a_wrong_fact_is_refused_with_the_nearest_name_and_nothing_is_stored(tmp_path: Path) -> None:
    settings = load_settings({"PIXEL_DATA_DIR": str(tmp_path)})
    async with compose.open_desk(settings) as desk, Client(coordinator_server(desk)) as host:
        brief = facts() | {"budget.totl": "5"}
        answer = await host.call_tool("start_session", {"flow": "marketing_campaign_planning", "brief": brief})
        assert answer.is_error and "did you mean 'total'?" in canonical(answer.structured_content)
        answer = await host.call_tool("list_sessions", {})
        assert answer.structured_content is not None and answer.structured_content["summary"] == "0 sessions."
        answer = await host.call_tool(
            "decide", {"session": "x", "sync": "y", "answer": "maybe", "by": "z", "token": "t"}
        )
        assert answer.is_error
        answer = await host.call_tool("list_experts", {"expret": "x"})
        assert answer.is_error and "no argument 'expret'" in canonical(answer.structured_content)


async def test_the_tool_list_stays_within_its_budget(tmp_path: Path) -> None:
    settings = load_settings({"PIXEL_DATA_DIR": str(tmp_path)})
    async with compose.open_desk(settings) as desk, Client(coordinator_server(desk)) as host:
        tools = (await host.list_tools()).tools
        assert len(tools) <= 14
        listed = [{"name": t.name, "description": t.description, "schema": t.input_schema} for t in tools]
        assert len(canonical(listed)) / 4 < 2500  # about four characters a token
