"""Sessions on the screen and as JSON: the list, one session, what a change touches, differences, the audit."""

from collections.abc import Iterable
from typing import Any

from coordinator import deliver
from coordinator.audit import Audit
from coordinator.console.report import Report, plain
from coordinator.console.screen import Column, Screen
from coordinator.console.summary import decisions, metrics
from coordinator.desk import Desk
from coordinator.engine.model import Session
from coordinator.engine.plan import Plan
from coordinator.exports.formatting import format_moment
from coordinator.handoffs import Handoff
from coordinator.state import State
from coordinator.workspace import Stale
from store import sessions as rows


async def listing(desk: Desk) -> list[Session]:
    """Every session, newest first."""
    return [Session.model_validate(row) for row in await desk.database.tx(rows.all_sessions)]


def list_json(found: Iterable[Session]) -> list[dict[str, Any]]:
    """The list without what a session keeps for itself."""
    return [s.model_dump(mode="json", exclude={"pins", "flow_text"}) for s in found]


def show_list(screen: Screen, found: list[Session]) -> None:
    """One line a session."""
    if not found:
        screen.line("There are no sessions yet; begin with: pixel run FLOW --brief my.toml --out plan")
        return
    columns = [
        Column("Session"),
        Column("Name"),
        Column("Flow"),
        Column("Revision", True),
        Column("Begun"),
        Column("Expires"),
    ]
    screen.table(
        columns,
        [
            [s.id, s.name, s.flow, str(s.revision), format_moment(s.created_at), format_moment(s.expires_at)]
            for s in found
        ],
    )


def show_session(screen: Screen, found: Report, facts: bool) -> None:
    """Where a session stands: steps, decisions, shared figures; with `facts` its brief too."""
    session = found.state.session
    screen.line(f"{session.name} (session {session.id})", style="bold")
    screen.line(f"Flow {session.flow}, revision {session.revision}, begun {format_moment(session.created_at)}.")
    if session.parent:
        screen.line(f"Branched from session {session.parent}.")
    screen.heading("Steps")
    screen.table(
        [Column("Step"), Column("Expert"), Column("State"), Column("Version", True), Column("Why")],
        [
            [
                found.title(name),
                found.state.flow.steps[name].expert,
                {"current": "up to date", "ready": "to be run", "waiting": "waiting"}[step.status],
                str(step.artifact.version) if step.artifact else "none",
                step.reason or ("what it reads has changed, or it has not been run" if step.status == "ready" else ""),
            ]
            for name, step in found.plan.steps.items()
        ],
    )
    metrics(screen, found)
    decisions(screen, found)
    reasons = deliver.draft_reasons(found.state, found.plan)
    if reasons:
        screen.heading("A draft, because")
        for reason in reasons:
            screen.item(reason)
    if facts:
        screen.heading("Facts")
        screen.table(
            [Column("Fact"), Column("Value"), Column("From")],
            [
                [path, plain(fact.value), f"assumed: {fact.reason}" if fact.origin == "assumed" else fact.by]
                for path, fact in found.state.facts.items()
                if fact.value is not None
            ],
        )


def show_handoffs(screen: Screen, session: str, found: list[Handoff]) -> None:
    """Questions between experts, open ones first, and how to answer one."""
    if not found:
        screen.line("No expert's result asks another expert anything.")
        return
    screen.table(
        [Column("Question"), Column("To"), Column("Why"), Column("What is asked"), Column("Answer")],
        [[h.id, h.to, h.trigger, h.question, f"{h.answer} ({h.by})" if h.answer else "open"] for h in found],
    )
    first = next((h.id for h in found if h.open), None)
    if first:
        screen.line()
        screen.line(f"Answer one with: pixel sessions answer {session} {first} --by NAME --text '…'")


def facts_json(state: State) -> list[dict[str, Any]]:
    """Every fact with where it comes from."""
    return [f.model_dump(mode="json", exclude_none=True) for f in state.facts.values() if f.value is not None]


def show_stale(screen: Screen, state: State, stale: Iterable[Stale], written: bool) -> None:
    """What a change makes stale, and why."""
    found = list(stale)
    id = state.session.id
    if not found:
        screen.line(f"{'Written' if written else 'Nothing is written'}. No step has to run again.")
        return
    screen.line("Written." if written else "Nothing is written. With these changes:", style="bold")
    for step in found:
        title = state.flow.steps[step.step].title or step.step
        if step.certain:
            screen.item(f"{title} runs again: {step.why}")
        else:
            screen.item(f"{title} follows if what it reads changes ({step.why})")
    screen.line()
    screen.line(f"{'Run them' if written else 'After setting them, run them'} with: pixel sessions resume {id}")


def stale_json(session: Session, stale: Iterable[Stale], written: bool) -> dict[str, Any]:
    """The same for programs."""
    stales = [vars(step) for step in stale]
    return {"session": session.id, "revision": session.revision, "written": written, "stale": stales}


def show_audit(screen: Screen, found: Audit) -> None:
    """What was checked, what does not hold, who assumed what."""
    screen.line("Checked again: " + ", ".join(f"{number} {what}" for what, number in found.checked.items()) + ".")
    for problem in found.problems:
        screen.item(problem, "red")
    for note in found.notes:
        screen.item(note)
    if found.assumptions:
        screen.heading("Assumed")
        for fact in found.assumptions:
            screen.item(f"{fact['path']} = {plain(fact['value'])} ({fact['by']}): {fact['reason']}")
    screen.line()
    screen.line(
        "Everything holds." if found.ok else f"{len(found.problems)} do not hold.", style="green" if found.ok else "red"
    )


def audit_json(session: str, found: Audit) -> dict[str, Any]:
    """The same for programs."""
    return {"session": session, "ok": found.ok, **vars(found)}


def decided_json(session: str, plan: Plan, sync: str) -> dict[str, Any]:
    """A sync point after somebody decided."""
    state = plan.syncs[sync]
    return {"session": session, "sync": sync, "status": state.status, "line": deliver.decision_line(state)}
