"""Kill a run at one exact place, from a warm parent: forked children die at the n-th tick or database call.

Run as a program: `python -m tests.spine.crash FOLDER WHERE STRIDE OFFSET [SERVER]` prints one JSON line; with the
URL of a PostgreSQL server every run has a database of its own there.
"""

import asyncio
import json
import os
import signal
import sys
import traceback
from collections import Counter as tally
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from coordinator.deliver import deliverable
from coordinator.exports.plan_json import render
from coordinator.workspace import read
from store.sessions import artifact_keys
from tests.postgres import new_database
from tests.spine.harness import begin, open_spine, through, toys


class Counter:
    """Counts ticks of the loop and places in the database's transactions; kills the process at `fatal`."""

    def __init__(self, where: str, fatal: int | None) -> None:
        self.where = where
        self.fatal = fatal
        self.seen = 0

    def hit(self, where: str) -> None:
        if where == self.where:
            self.seen += 1
            if self.seen == self.fatal:
                os.kill(os.getpid(), signal.SIGKILL)


def run(main: Callable[[], Coroutine[Any, Any, Any]], counter: Counter) -> Any:
    """asyncio.run with a loop that counts its ticks and a database that counts what it does."""

    class Loop(asyncio.SelectorEventLoop):
        def _run_once(self) -> None:
            counter.hit("tick")
            super()._run_once()  # type: ignore[misc]

    def hit(*_: Any) -> None:
        counter.hit("database")

    places = ("before_cursor_execute", "after_cursor_execute", "commit")  # before, between and after writes
    for place in places:
        event.listen(Engine, place, hit)
    try:
        with asyncio.Runner(loop_factory=Loop) as runner:
            return runner.run(main())
    finally:
        for place in places:
            event.remove(Engine, place, hit)


async def once(folder: Path) -> str:
    """Drive the session in `folder` and approve what asks for it; returns its plan.json without decision ids."""
    async with open_spine(folder) as desk:
        await through(desk, "spine")
        files = render(deliverable(await read(desk, "spine")))
    plan = json.loads(files["plan.json"])
    for decision in plan["decisions"]:
        del decision["id"]
    return json.dumps(plan, sort_keys=True)


def forked(task: Callable[[], Any]) -> tuple[int, Any]:
    """Run `task` in a child with a pipe of its own; returns (signal that killed it or 0, its answer)."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        status = 1
        try:
            with os.fdopen(writer, "w") as pipe:
                pipe.write(json.dumps(task()))
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writer)
    answer = b""
    while chunk := os.read(reader, 1 << 16):
        answer += chunk
    os.close(reader)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"child failed with {status}")
    return (os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0), json.loads(answer) if answer else None


def prepare(folder: Path, server: str) -> None:
    """A session that has not been driven."""

    async def start() -> None:
        if server:
            (folder / "database.url").write_text(await new_database(server), "utf-8")
        async with open_spine(folder) as desk:
            await begin(desk)

    asyncio.run(start())


def measure(folder: Path, where: str, server: str) -> dict[str, Any]:
    """An uninterrupted run: its plan, its calls, and how often the counted place is passed."""
    prepare(folder, server)

    def task() -> Any:
        counter = Counter(where, None)
        plan = run(lambda: once(folder), counter)
        return {"plan": plan, "count": counter.seen, "calls": (folder / "calls.log").read_text("utf-8").split()}

    _, answer = forked(task)
    return dict(answer)


def kill_at(folder: Path, where: str, number: int, server: str) -> dict[str, Any]:
    """Kill a run at the `number`-th place, resume it, and say what was called."""
    folder.mkdir()
    prepare(folder, server)
    killed, _ = forked(lambda: run(lambda: once(folder), Counter(where, number)))
    log = folder / "calls.log"
    before = len(log.read_text("utf-8").split()) if log.exists() else 0
    kept = committed(folder)
    _, plan = forked(lambda: run(lambda: once(folder), Counter(where, None)))
    called = log.read_text("utf-8").split()
    return {"killed": killed == signal.SIGKILL, "plan": plan, "calls": called, "resumed": called[before:], "kept": kept}


def committed(folder: Path) -> list[str]:
    """The step of every artifact that the killed run left behind."""

    async def read() -> list[str]:
        async with open_spine(folder) as desk:
            found = await desk.database.tx(lambda connection: artifact_keys(connection, "spine"))
            return [step for step, _, _ in found]

    return asyncio.run(read())


def main() -> None:
    folder, where, stride, offset = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    server = sys.argv[5] if len(sys.argv) > 5 else ""
    toys()  # warm: what is imported here is not imported again in every child
    whole = measure(folder, where, server)
    bad = []
    runs = killed = 0
    for number in range(1 + offset, whole["count"] + 1, stride):
        found = kill_at(folder / f"{where}-{number}", where, number, server)
        runs += 1
        extra = list(found["calls"])
        for name in whole["calls"]:
            if name in extra:
                extra.remove(name)
        # Two actions run side by side (demand and label), so two may be in flight; none twice more.
        killed += found["killed"]
        # What was committed is not called again, and nothing else is left out.
        exact = tally(found["resumed"]) == tally(whole["calls"]) - tally(found["kept"])
        if not exact or found["plan"] != whole["plan"] or len(extra) != len(set(extra)) or len(extra) > 2:
            bad.append({"at": number, "exact": exact, "same": found["plan"] == whole["plan"], "extra": extra})
    print(json.dumps({"count": whole["count"], "runs": runs, "killed": killed, "bad": bad}))


if __name__ == "__main__":
    main()
