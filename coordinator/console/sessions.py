"""Sessions on the screen and as JSON: the list, one session, what a change touches, differences, the audit."""

from collections.abc import Iterable
from typing import Any

from coordinator import deliver
from coordinator.audit import Audit
from coordinator.console.report import Report, plain
from coordinator.console.screen import Column, Screen
from coordinator.console.summary import decisions, metrics
from coordinator.drive import Desk
from coordinator.engine.facts import schema_of
from coordinator.engine.model import Session
from coordinator.engine.plan import Plan
from coordinator.exports.deliverable import Value
from coordinator.exports.formatting import describe_ref, format_moment, format_value
from coordinator.state import State
from coordinator.workspace import Changed, Stale
from experts.core.errors import PixelError
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


def show_diff(screen: Screen, state: State, old: int, new: int, changed: list[Changed]) -> None:
    """Each changed fact and figure, old → new."""
    later = "now" if new == state.session.revision else f"revision {new}"
    if not changed:
        screen.line(f"Nothing differs between revision {old} and {later}.")
        return
    titles = {step.id: step.title or step.id for step in state.flow.flow.steps}
    currency = str(state.values.get("currency", "XXX"))
    for label, chosen in (
        ("Facts", [c for c in changed if c.ref.startswith("fact:")]),
        ("Figures", [c for c in changed if not c.ref.startswith("fact:")]),
    ):
        if not chosen:
            continue
        screen.heading(f"{label}, revision {old} → {later}")
        rows_ = []
        for change in chosen:
            unit = _unit(state, change)
            name = change.ref.removeprefix("fact:") if label == "Facts" else describe_ref(change.ref, titles)
            rows_.append([name, *(_side(text, unit, currency) for text in (change.old, change.new))])
        screen.table([Column(""), Column("Old", True), Column("New", True)], rows_)
    if not state.plan().fresh:
        screen.line()
        screen.line(f"Steps that are not up to date show no figures; run: pixel sessions resume {state.session.id}")


def _unit(state: State, change: Changed) -> str:
    if change.unit or not change.ref.startswith("fact:"):
        return change.unit
    try:
        return str(schema_of(state.flow, change.ref.removeprefix("fact:"), "session").get("x-unit", "text"))
    except PixelError:
        return "text"  # a decided figure is no fact of the brief


def _side(text: str | None, unit: str, currency: str) -> str:
    return "none" if text is None else format_value(Value(text=text, unit=unit or "text"), currency)


def diff_json(session: str, old: int, new: int, changed: Iterable[Changed]) -> dict[str, Any]:
    """The same for programs, with absolute refs."""
    return {"session": session, "from": old, "to": new, "changed": [vars(change) for change in changed]}


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
