"""Measure what a person waits for: `make bench` prints the median wall and CPU seconds of a few runs.

Starting a server is measured beside a server with one trivial tool on the same SDK: from the first byte to the
answer of tools/list. Each tool's call is measured warm, in process, with the arguments of the tests.
"""

import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mcp import Client

from mcp_servers.expert_server import expert_server
from mcp_servers.known import experts, quiet
from tests.bench import flows

ROOT = Path(__file__).parents[2]
BRIEF = ROOT / "examples" / "briefs" / "tidewater_campaign.toml"
BREAK_EVEN = {"fixed_costs": "14500", "unit_price": "34", "unit_cost": "17.68", "currency": "USD"}
Seconds = tuple[float, float]
BARE = "from mcp.server import MCPServer; s = MCPServer('bare', log_level='WARNING'); s.tool()(abs); s.run('stdio')"
HELLO = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}
MESSAGES = (
    {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": HELLO},
    {"jsonrpc": "2.0", "method": "notifications/initialized"},
    {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
)


def timed(work: Callable[[], object]) -> Seconds:
    """Wall and CPU seconds of `work`, with those of the processes it starts and waits for."""
    wall, cpu = time.perf_counter(), _cpu()
    work()
    return time.perf_counter() - wall, _cpu() - cpu


def pixel(*arguments: str) -> Callable[[], object]:
    """A run of the command line in a process of its own, with a data folder of its own."""

    def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, str(ROOT / "cli.py"), *(part.replace("FOLDER", folder) for part in arguments)]
            done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PIXEL_DATA_DIR": folder})
            if done.returncode:
                sys.exit(f"{' '.join(arguments)} failed: {done.stderr.strip()}")

    return run


def server(*command: str) -> Callable[[], object]:
    """A server's life on stdio up to its list of tools, in a process of its own."""

    def run() -> None:
        pipe = subprocess.PIPE
        with subprocess.Popen([sys.executable, *command], stdin=pipe, stdout=pipe, text=True) as process:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.writelines(f"{json.dumps(message)}\n" for message in MESSAGES)
            process.stdin.flush()
            if not (process.stdout.readline() and process.stdout.readline()):
                sys.exit(f"{command} did not answer")

    return run


def starts() -> None:
    """Every expert's start beside the bare server's, in turns so that a busy machine is busy for both."""
    found: dict[str, list[Seconds]] = {}
    cli = str(ROOT / "cli.py")
    commands = {"bare": ("-c", BARE)} | {name: (cli, "serve", name, "--stdio") for name in experts()}
    for _ in range(5):
        for name, command in commands.items():
            found.setdefault(name, []).append(timed(server(*command)))
    bare = statistics.median(cpu for _, cpu in found["bare"])
    for name, times in found.items():
        row(f"start {name}", times, f"{statistics.median(cpu for _, cpu in times) / bare:>8.2f} x bare")


def every_tool() -> None:
    """The slowest tools of each expert, called with the arguments of the tests; the first call loads libraries."""

    async def run(name: str) -> list[tuple[str, Seconds]]:
        arguments = json.loads((ROOT / "tests" / "e2e" / "arguments" / f"{name}.json").read_text("utf-8"))
        found = []
        async with Client(expert_server(experts()[name], "coordinator")) as client:
            for tool in experts()[name].tools:
                await client.call_tool(tool, arguments[tool])
                wall, cpu = time.perf_counter(), _cpu()
                await client.call_tool(tool, arguments[tool])
                found.append((tool, (time.perf_counter() - wall, _cpu() - cpu)))
        return sorted(found, key=lambda item: -item[1][1])

    for name in experts():
        found = asyncio.run(run(name))
        for tool, times in found[:2]:
            row(f"{name}/{tool}"[:52], [times])


def tool_calls(times: int) -> list[Seconds]:
    """One tool, called through a client and a server in this process."""

    async def run() -> list[Seconds]:
        found = []
        async with Client(expert_server(experts()["finance-accountant"])) as client:
            for _ in range(times):
                wall, cpu = time.perf_counter(), _cpu()
                answer = await client.call_tool("analyze_break_even", BREAK_EVEN)
                found.append((time.perf_counter() - wall, _cpu() - cpu))
                if answer.is_error:
                    sys.exit(f"analyze_break_even refused: {answer.content}")
        return found

    return asyncio.run(run())


def row(what: str, found: list[Seconds], note: str = "") -> None:
    wall, cpu = (statistics.median(values) for values in zip(*found, strict=True))
    print(f"{what:<54}{len(found):>6}{wall * 1000:>12.1f}{cpu * 1000:>12.1f}{note}", flush=True)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> None:
    quiet()
    print(f"{'median of':<54}{'runs':>6}{'wall ms':>12}{'CPU ms':>12}")
    row("pixel --help", [timed(pixel("--help")) for _ in range(5)])
    plan = pixel("run", "marketing_campaign_planning", "--brief", str(BRIEF), "--out", "FOLDER/plan")
    row("a plan from the example brief", [timed(plan) for _ in range(3)])
    row("one tool call, in process", tool_calls(200))
    starts()
    every_tool()
    flows.main()


if __name__ == "__main__":
    main()
