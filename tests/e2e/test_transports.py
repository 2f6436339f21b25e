"""The same brief by another way to the same experts gives the same bytes; the coordinator cannot tell."""

import functools
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from mcp import Client, StdioServerParameters

from coordinator.deliver import export
from coordinator.drive import drive
from coordinator.roster import Connect
from mcp_servers.compose import at_url, in_process
from mcp_servers.expert_server import expert_server
from mcp_servers.known import coordinator_path, experts
from tests.e2e.campaign import ROOT, SESSION, TIDEWATER, begin, open_campaign

pytestmark = pytest.mark.anyio

Era = Literal["auto", "legacy"]
WAIT = 60.0


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a served process gets: a data folder of its own."""
    return {**os.environ, "PIXEL_DATA_DIR": str(tmp_path_factory.mktemp("served"))}


@pytest.fixture(scope="module")
def url(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where another process serves every expert over HTTP."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("http") / "log"
    with log.open("wb") as output:
        command = [sys.executable, "cli.py", "serve", "all", "--http", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            until = time.monotonic() + WAIT
            while not _healthy(base):
                assert process.poll() is None and time.monotonic() < until, log.read_text("utf-8")
                time.sleep(0.1)
            yield base
        finally:
            process.terminate()
            process.wait(WAIT)


def _healthy(base: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base}/health", timeout=WAIT) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


async def plan_json(folder: Path, connect: dict[str, Connect], brief: Path = TIDEWATER) -> bytes:
    """Plan a brief with these experts; its plan.json."""
    folder.mkdir(exist_ok=True)
    async with open_campaign(folder, connect) as desk:
        await drive(desk, await begin(desk, brief))
        await export(desk, SESSION, folder, ("json",))
    return (folder / "plan.json").read_bytes()


def each(make: Callable[[str], Client]) -> dict[str, Connect]:
    """One client for each expert, made when it is needed."""
    return {name: functools.partial(make, name) for name in experts()}


async def test_experts_in_this_process_give_the_same_bytes_in_the_older_protocol(tmp_path: Path, planned: Path) -> None:
    connect = each(lambda name: Client(expert_server(experts()[name], "coordinator"), mode="legacy"))
    assert await plan_json(tmp_path, connect) == (planned / "plan.json").read_bytes()


async def test_experts_served_over_http_by_another_process_give_the_same_bytes(
    url: str, tmp_path: Path, planned: Path
) -> None:
    assert await plan_json(tmp_path, at_url(url)) == (planned / "plan.json").read_bytes()


async def test_experts_over_http_give_the_same_bytes_in_the_older_protocol(
    url: str, tmp_path: Path, planned: Path
) -> None:
    connect = each(lambda name: Client(url + coordinator_path(experts()[name]), mode="legacy"))
    assert await plan_json(tmp_path, connect) == (planned / "plan.json").read_bytes()


@pytest.mark.parametrize(
    ("brief", "era"),
    [
        ("brindlestep", "auto"),
        ("fjordholm_expansion", "legacy"),
        ("hollenbeck_innovation", "auto"),
        ("inspection_adoption", "legacy"),
        ("nocta_launch", "auto"),
    ],
)
async def test_every_flow_gives_the_same_bytes_over_http_as_in_this_process(
    brief: str, era: Era, url: str, tmp_path: Path
) -> None:
    path = ROOT / "examples" / "briefs" / f"{brief}.toml"
    connect = each(lambda name: Client(url + coordinator_path(experts()[name]), mode=era))
    assert await plan_json(tmp_path / "there", connect, path) == await plan_json(tmp_path / "here", in_process(), path)


@pytest.mark.parametrize(
    ("era", "apart"),
    [("auto", tuple(experts())), ("legacy", ("finance-accountant",))],  # a process each takes its time to start
    ids=["all experts", "one expert in the older protocol"],
)
async def test_experts_each_in_a_process_of_its_own_over_stdio_give_the_same_bytes(
    era: Era, apart: tuple[str, ...], environment: dict[str, str], tmp_path: Path, planned: Path
) -> None:
    def make(name: str) -> Client:
        command = ["cli.py", "serve", name, "--stdio", "--profile", "coordinator"]
        server = StdioServerParameters(command=sys.executable, args=command, env=environment, cwd=ROOT)
        return Client(server, mode=era)

    connect = in_process() | {name: functools.partial(make, name) for name in apart}
    assert await plan_json(tmp_path, connect) == (planned / "plan.json").read_bytes()
