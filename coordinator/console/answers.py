"""What each session command answers: JSON for programs, a way to show it to people, an exit code."""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from coordinator import audit, decisions, deliver, handoffs, history, lifetime, workspace
from coordinator import compare as comparing
from coordinator.brief.files import MEGABYTE, read_bytes
from coordinator.console import differences, report, sessions, summary
from coordinator.console.screen import Screen, print_json
from coordinator.desk import Desk
from coordinator.drive import drive
from coordinator.engine.compiled import CompiledFlow
from coordinator.engine.facts import Given
from coordinator.engine.flow import parse_flow
from coordinator.offers import offered
from experts.core.errors import InvalidInput, MissingFacts, NeedsPerson

LARGEST_LOG = 500 * MEGABYTE


@dataclass(frozen=True)
class Answer:
    """The outcome of one command. `waits` is what only a person can do next, said on stderr."""

    data: Any
    show: Callable[[Screen], None]
    code: int = 0
    waits: tuple[str, ...] = ()

    def give(self, as_json: bool) -> int:
        """Print it and return the exit code."""
        if as_json:
            print_json(self.data, sys.stdout)
        else:
            self.show(Screen(sys.stdout))
        if self.waits:
            sys.stdout.flush()
            more = f" (and {len(self.waits) - 1} more)" if len(self.waits) > 1 else ""
            print(self.waits[0] + more, file=sys.stderr)
        return self.code


def _outcome(found: report.Report, data: Any, show: Callable[[Screen], None]) -> Answer:
    waits = report.waits(found)
    return Answer(data, show, NeedsPerson.exit_code if waits else 0, tuple(waits))


async def run(
    desk: Desk, flow_text: str, facts: Mapping[str, Given], name: str, out: Path
) -> Answer | tuple[MissingFacts, CompiledFlow]:
    """Start a session, drive it and export it; or the facts that are missing, with the flow that asks for them."""
    try:
        id = await workspace.start(desk, flow_text, facts, name)
    except MissingFacts as missing:
        return missing, await offered(desk.roster, parse_flow(flow_text, "flow"))
    desk.progress("session_started", {"session": id})
    await drive(desk, id)
    desk.progress("writing", {"folder": out})
    files = await deliver.export(desk, id, out)
    found = report.report(await workspace.read(desk, id))
    data = {**report.to_json(found, files), "folder": str(out)}
    return _outcome(found, data, lambda screen: summary.show(screen, found, files, out))


async def resume(desk: Desk, session: str, called: Iterable[str]) -> Answer:
    """Drive a session; `called` grows while it runs."""
    # The id in full: a session's lock is named by it, and an abbreviation would be another lock.
    id = (await workspace.read(desk, session)).session.id
    await drive(desk, id)
    found = report.report(await workspace.read(desk, id))

    def show(screen: Screen) -> None:
        titles = ", ".join(found.title(step) for step in called)
        screen.line(f"Called: {titles}." if titles else "Everything was up to date; no expert was called.")
        summary.metrics(screen, found)
        summary.decisions(screen, found)
        screen.line()
        screen.line(f"What changed: pixel sessions diff {id}. Write the files: pixel sessions export {id} --out DIR")

    return _outcome(found, report.to_json(found, called=called), show)


async def listing(desk: Desk) -> Answer:
    """Every session."""
    found = await sessions.listing(desk)
    return Answer(sessions.list_json(found), lambda screen: sessions.show_list(screen, found))


async def show(desk: Desk, session: str, facts: bool) -> Answer:
    """One session; with `facts` its brief too."""
    state = await workspace.read(desk, session)
    found = report.report(state)
    data = {**report.to_json(found), **({"facts": sessions.facts_json(state)} if facts else {})}
    return Answer(data, lambda screen: sessions.show_session(screen, found, facts))


async def change(desk: Desk, session: str, changes: Mapping[str, Given], preview: bool) -> Answer:
    """Facts changed, or only what that would touch."""
    stale = await (workspace.preview if preview else workspace.set_facts)(desk, session, changes)
    return await _stale(desk, session, stale, written=not preview)


async def upgrade(desk: Desk, session: str) -> Answer:
    """The experts' newer actions taken."""
    return await _stale(desk, session, await workspace.upgrade(desk, session), written=True)


async def restore(desk: Desk, session: str, revision: int) -> Answer:
    """Earlier facts brought back."""
    return await _stale(desk, session, await workspace.restore(desk, session, revision), written=True)


async def _stale(desk: Desk, session: str, stale: list[workspace.Stale], written: bool) -> Answer:
    state = await workspace.read(desk, session)
    data = sessions.stale_json(state.session, stale, written)
    return Answer(data, lambda screen: sessions.show_stale(screen, state, stale, written))


async def diff(desk: Desk, session: str, old: int | None, new: int | None) -> Answer:
    """What differs between two revisions; by default between the one before and now."""
    state = await workspace.read(desk, session)
    id, last = state.session.id, state.session.revision
    later = last if new is None else new
    if old is None and later == 1:
        raise InvalidInput(
            f"session {id} has not changed since it began; change a fact with: pixel sessions set {id} path=value"
        )
    earlier = later - 1 if old is None else old
    changed = await comparing.diff(desk, id, earlier, later)
    data = differences.diff_json(id, earlier, later, changed)
    return Answer(data, lambda screen: differences.show_diff(screen, state, earlier, later, changed))


async def compare(desk: Desk, one: str, other: str, whole: bool) -> Answer:
    """Two sessions side by side."""
    a, b, changed = await comparing.compare(desk, one, other)
    return Answer(
        differences.comparison_json(a, b, changed),
        lambda screen: differences.show_comparison(screen, a, b, changed, whole),
    )


async def log(desk: Desk, session: str) -> Answer:
    """A session's history as JSON lines."""
    lines = await history.log(desk, session)
    return Answer(lines, lambda _screen: print(history.as_text(lines), end=""))


async def replay(desk: Desk, session: str, file: Path | None) -> Answer:
    """A session rebuilt from its log (its own, or one that was exported) and compared; exit code 1 where it differs."""
    lines = await history.log(desk, session)
    id = lines[0]["session"]["id"]
    if file is not None:
        lines = history.parse(read_bytes(file, file.name, LARGEST_LOG, "session's log").decode("utf-8", "replace"))
        if lines[0]["session"]["id"] != id:
            raise InvalidInput(f"{file.name} is the log of session {lines[0]['session']['id']}, not of {id}")
    found = await history.replay(desk, lines)

    def show(screen: Screen) -> None:
        parts = ", ".join(f"{number} {what}s" for what, number in found.compared.items())
        screen.line(f"Rebuilt session {found.session} from {found.events} events. Compared: {parts}.")
        for difference in found.differences:
            screen.item(difference, "red")
        screen.line("The log gives the same session." if not found.differences else "The log gives another session.")

    data = {"ok": not found.differences, **vars(found)}
    return Answer(data, show, 1 if found.differences else 0)


async def reopen(desk: Desk, session: str) -> Answer:
    """A session's time renewed."""
    until = await lifetime.reopen(desk, session)
    text = f"Open until {until:%Y-%m-%d %H:%M} UTC."
    return Answer({"session": session, "expires_at": until.isoformat()}, lambda screen: screen.line(text))


async def purge(desk: Desk, days: int | None, dry: bool) -> Answer:
    """The sessions removed, or that would be."""
    gone = await lifetime.purge(desk, desk.retention if days is None else timedelta(days=days), dry)
    said = "Nothing to remove." if not gone else ("Would remove: " if dry else "Removed: ") + ", ".join(gone) + "."
    return Answer({"removed": [] if dry else gone, "found": gone}, lambda screen: screen.line(said))


async def export(desk: Desk, session: str, out: Path) -> Answer:
    """The files written."""
    files = [str(path) for path in await deliver.export(desk, session, out)]
    return Answer({"folder": str(out), "files": files}, lambda screen: screen.line("\n".join(files)))


async def check(desk: Desk, session: str) -> Answer:
    """The audit; exit code 1 where something does not hold."""
    id = (await workspace.read(desk, session)).session.id
    found = await audit.audit(desk, id)
    return Answer(
        sessions.audit_json(id, found), lambda screen: sessions.show_audit(screen, found), 0 if found.ok else 1
    )


async def decide(
    desk: Desk, session: str, sync: str, kind: Literal["approve", "reject"], by: str, reason: str
) -> Answer:
    """What an approver said, recorded."""
    plan = await decisions.decide(desk, session, sync, kind, by, reason=reason)
    data = sessions.decided_json(session, plan, sync)
    return Answer(data, lambda screen: screen.line(f"{sync}: {data['line']}"))


async def settle(desk: Desk, session: str, metric: str, value: str, by: str, reason: str, anyway: bool) -> Answer:
    """A conflict decided."""
    plan = await decisions.decide_conflict(desk, session, metric, value, by, reason, anyway=anyway)
    text = f"{metric} is {value}, decided by {by}; go on with: pixel sessions resume {session}"
    return Answer(
        {"session": session, "metric": metric, "value": value, "conflicts": list(plan.conflicts)},
        lambda screen: screen.line(text),
    )


async def questions(desk: Desk, session: str) -> Answer:
    """What one expert's result asks another."""
    found = handoffs.handoffs(await workspace.read(desk, session))
    data = {"session": session, "handoffs": [handoffs.as_json(one) for one in found]}
    return Answer(data, lambda screen: sessions.show_handoffs(screen, session, found))


async def reply(desk: Desk, session: str, id: str, text: str, by: str) -> Answer:
    """An answer recorded."""
    found = await handoffs.answer(desk, session, id, text, by)
    left = sum(one.open for one in found)
    data = {"session": session, "handoffs": [handoffs.as_json(one) for one in found]}
    said = "Recorded; no question is open." if not left else f"Recorded; {left} still open."
    return Answer(data, lambda screen: screen.line(said))


async def branch(desk: Desk, session: str, name: str) -> Answer:
    """A copy's id."""
    id = await workspace.branch(desk, session, name)
    return Answer({"session": id, "from": session}, lambda screen: screen.line(id))
