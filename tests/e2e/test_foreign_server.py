"""Somebody else's MCP server as an expert: a process of its own that imports nothing of this repository."""

import ast
import functools
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.server import MCPServer

from coordinator import workspace
from coordinator.audit import audit
from coordinator.brief.reading import read_brief
from coordinator.deliver import export
from coordinator.desk import Desk
from coordinator.drive import drive
from coordinator.engine.facts import Given
from coordinator.engine.flow import parse_flow
from coordinator.offers import offered
from coordinator.roster import Connect, Roster
from experts.core.errors import ConfigurationError, InvalidInput, PixelError, Unavailable
from mcp_servers.compose import foreign_experts, in_process
from mcp_servers.settings import load_settings
from store.database import open_database
from tests.architecture.tree import ROOT

pytestmark = pytest.mark.anyio
SERVER = ROOT / "examples" / "servers" / "print_shop.py"
FLOW = (ROOT / "examples" / "flows" / "printed_campaign.toml").read_text("utf-8")
BRIEF = ROOT / "examples" / "briefs" / "printed_campaign.toml"
FACTS = {path: Given(given.value, given.by) for path, given in read_brief(BRIEF).facts.items()}


def shop() -> Client:
    return Client(StdioServerParameters(command=sys.executable, args=[str(SERVER)]))


@asynccontextmanager
async def open_desk(folder: Path, connect: Connect = shop) -> AsyncIterator[Desk]:
    async with (
        open_database(f"sqlite:///{folder / 'foreign.db'}") as database,
        Roster(in_process(), {"print-shop": connect}) as roster,
    ):
        yield Desk(database, roster, lambda: datetime(2027, 1, 4, 9, tzinfo=UTC), folder / "locks")


async def begin(desk: Desk, **changes: Any) -> str:
    facts = dict(FACTS) | {path.replace("__", "."): Given(value, "test") for path, value in changes.items()}
    return await workspace.start(desk, FLOW, facts)


def test_the_server_imports_nothing_of_this_repository() -> None:
    imported = {
        node.module for node in ast.walk(ast.parse(SERVER.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)
    }
    assert imported == {"datetime", "mcp.server", "mcp.server.mcpserver.exceptions"}


async def test_a_quote_becomes_grounded_figures_that_checks_and_the_audit_see(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        session = await begin(desk)
        plan = await drive(desk, session)
        quote = plan.steps["print_quote"].artifact
        assert quote is not None
        # 45 + 4,000 x 0.062 = 293.00; 293 / 4,000 = 0.07325, which the shop rounds to 0.0732 (half to even on 0.07325)
        assert quote.result.data["price"] == "293"
        assert quote.result.data["unit_price"] == "0.0732"
        assert (quote.result.data["ready_on"], quote.result.data["paper"]) == ("2027-03-09", "300 gsm")
        (working,) = quote.result.workings
        assert working.arguments == {"copies": 4000, "size": "A6", "ordered_on": "2027-03-01", "express": False}
        assert working.sources["copies"] == "campaign_strategy_development#formats.flyer.count"
        assert plan.syncs["print_order"].status == "passed"
        found = await audit(desk, session)
        assert found.problems == []
        files = await export(desk, session, tmp_path / "out", ("html", "json"))
        page = next(path for path in files if path.suffix == ".html").read_text("utf-8")
        assert "USD 293.00" in page or "USD 293" in page


async def test_a_quote_above_its_limit_fails_the_check_and_a_changed_fact_asks_again(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        session = await begin(desk, print__most="250")
        plan = await drive(desk, session)
        assert plan.syncs["print_order"].status == "failed"
        assert "293" in plan.syncs["print_order"].reason
        await workspace.set_facts(desk, session, {"formats.flyer.count": Given("2000", "test")})
        plan = await drive(desk, session)
        assert plan.steps["print_quote"].artifact is not None
        assert plan.steps["print_quote"].artifact.result.data["price"] == "169"  # 45 + 2,000 x 0.062
        assert plan.syncs["print_order"].status == "passed"


async def test_what_the_server_refuses_is_told_in_its_own_words(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        session = await begin(desk, print__size="A3")
        with pytest.raises(PixelError, match="we print A6, A5, A4, not A3"):
            await drive(desk, session)


def other(result: Any) -> Connect:
    """A server with a tool of the same name that answers something else each time it is asked."""
    answers = iter(result)
    server: MCPServer = MCPServer("other", log_level="WARNING")

    @server.tool()
    def quote_print(copies: int, size: str, ordered_on: str, express: bool = False) -> dict[str, Any]:
        """Quote."""
        found: dict[str, Any] = next(answers)
        return found

    return functools.partial(Client, server)


GOOD = {"price": 10, "unit_price": 0.0025, "ready_on": "2027-03-09", "paper": "x"}


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([GOOD, {**GOOD, "price": 11}], "answers the same call differently .price."),
        ([{"price": 10}] * 2, "gave no 'unit_price'"),
        ([{**GOOD, "price": "ten"}] * 2, "price is no money"),
        ([{**GOOD, "ready_on": "soon"}] * 2, "ready_on is no date"),
        ([{**GOOD, "paper": {"weight": 300}}] * 2, "not one value"),
    ],
)
async def test_an_answer_that_no_plan_can_rest_on_is_refused(answers: list[Any], says: str, tmp_path: Path) -> None:
    async with open_desk(tmp_path, other(answers)) as desk:
        session = await begin(desk)
        with pytest.raises(PixelError, match=says):
            await drive(desk, session)


async def test_a_tool_that_has_changed_since_the_session_began_is_not_called(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        session = await begin(desk)
    server: MCPServer = MCPServer("newer", log_level="WARNING")

    @server.tool()
    def quote_print(copies: int, size: str, ordered_on: str, colour: str, express: bool = False) -> dict[str, Any]:
        """Quote."""
        return GOOD

    async with open_desk(tmp_path, lambda: Client(server)) as desk:
        with pytest.raises(Unavailable, match="does not offer quote_print as it was"):
            await drive(desk, session)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('tool = "quote_print"', 'tool = "quote_prnt"', "did you mean 'quote_print'"),
        ("copies = ", "copeis = ", "has no argument 'copeis'; did you mean 'copies'"),
        (', size = "fact:print.size"', "", "quote_print needs 'size'"),
        ('"fact:print.size"', '"fact:print.format"', "'fact:print.format' is not in the flow's"),
        ('"plan#formats.flyer.count"', '"plan#formats.flyer.number"', "is not in step 'campaign_strategy_development'"),
        ('"fact:print.size"', '"budget#size"', "write fact:<path> or"),
        ('paper = "text"', 'paper = "weight"', "steps.1.results.paper"),
        ("print_quote#price", "print_quote#cost", "'print_quote#cost' is not published by its step"),
    ],
)
async def test_a_flow_that_does_not_fit_the_tool_is_refused_with_the_place(old: str, new: str, says: str) -> None:
    assert old in FLOW
    async with Roster(in_process(), {"print-shop": shop}) as roster:
        with pytest.raises(ConfigurationError, match=says):
            await offered(roster, parse_flow(FLOW.replace(old, new), "flow"))


def test_a_server_is_named_in_the_settings_by_command_or_url(tmp_path: Path) -> None:
    written = (ROOT / "config.toml").read_text("utf-8")
    file = tmp_path / "config.toml"
    file.write_text(f'{written}\n[experts.print-shop]\ncommand = ["python", "shop.py"]\n', "utf-8")
    assert list(foreign_experts(load_settings({}, file))) == ["print-shop"]
    for bad in ('command = ["x"]\nurl = "http://127.0.0.1:1/mcp"', "", 'url = "shop"'):
        file.write_text(f"{written}\n[experts.print-shop]\n{bad}\n", "utf-8")
        with pytest.raises(ConfigurationError, match=r"experts\.print-shop"):
            load_settings({}, file)
    file.write_text(f'{written}\n[experts.art-design]\nurl = "http://127.0.0.1:1/mcp"\n', "utf-8")
    with pytest.raises(ConfigurationError, match="name of an expert of the suite"):
        foreign_experts(load_settings({}, file))


async def test_a_server_that_cannot_be_started_is_named(tmp_path: Path) -> None:
    with pytest.raises((Unavailable, InvalidInput), match="print-shop"):
        async with open_desk(tmp_path, lambda: Client(StdioServerParameters(command="no-such-program"))) as desk:
            await begin(desk)


def test_a_file_of_the_users_own_adds_to_the_settings(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('[http]\nport = 9000\n[experts.shop]\nurl = "http://127.0.0.1:1/mcp"\n', "utf-8")
    found = load_settings({"PIXEL_CONFIG": str(own)})
    assert (found.http.port, found.http.host, list(found.experts)) == (9000, "127.0.0.1", ["shop"])
    assert load_settings({"PIXEL_CONFIG": str(own), "PIXEL_HTTP_PORT": "9001"}).http.port == 9001
    own.write_text("[http]\nprot = 9000\n", "utf-8")
    with pytest.raises(ConfigurationError, match=r"mine\.toml: http\.prot"):
        load_settings({"PIXEL_CONFIG": str(own)})
    with pytest.raises(ConfigurationError, match=r"PIXEL_CONFIG: .*nowhere\.toml cannot be read"):
        load_settings({"PIXEL_CONFIG": str(tmp_path / "nowhere.toml")})
