"""Measure what a person waits for: `make bench` prints the median wall and CPU seconds of a few runs."""

import asyncio
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

from mcp_servers.compose import experts, quiet
from mcp_servers.expert_server import expert_server

ROOT = Path(__file__).parents[2]
BRIEF = ROOT / "examples" / "briefs" / "tidewater_campaign.toml"
BREAK_EVEN = {"fixed_costs": "14500", "unit_price": "34", "unit_cost": "17.68", "currency": "USD"}
Seconds = tuple[float, float]


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


def row(what: str, found: list[Seconds]) -> None:
    wall, cpu = (statistics.median(values) for values in zip(*found, strict=True))
    print(f"{what:<34}{len(found):>6}{wall * 1000:>12.1f}{cpu * 1000:>12.1f}")


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> None:
    quiet()
    print(f"{'median of':<34}{'runs':>6}{'wall ms':>12}{'CPU ms':>12}")
    row("pixel --help", [timed(pixel("--help")) for _ in range(5)])
    plan = pixel("run", "marketing_campaign_planning", "--brief", str(BRIEF), "--out", "FOLDER/plan")
    row("a plan from the example brief", [timed(plan) for _ in range(3)])
    row("one tool call, in process", tool_calls(200))


if __name__ == "__main__":
    main()
