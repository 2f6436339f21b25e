"""A session's outcome as data: what the summary shows and what `--json` prints."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Any, Literal

from coordinator import deliver
from coordinator.engine.model import Artifact, Fact
from coordinator.engine.plan import OPEN, Plan, SyncState
from coordinator.exports.deliverable import Value
from coordinator.state import State
from coordinator.values import values


@dataclass(frozen=True)
class Report:
    """One session as it stands: its plan, the artifacts to show, and their values ready to be rendered."""

    state: State
    plan: Plan
    shown: dict[str, Artifact]
    values: dict[str, Value]

    @property
    def currency(self) -> str:
        return str(self.state.values.get("currency", "XXX"))

    def title(self, step: str) -> str:
        """A step in words."""
        return self.state.flow.steps[step].title or step.replace("_", " ").capitalize()

    def decision(self, sync: str) -> str:
        """A sync point in words."""
        return self.state.flow.syncs[sync].title or sync.replace("_", " ").capitalize()


def report(state: State) -> Report:
    """Evaluate a session once and keep what showing it needs."""
    plan = state.plan()
    shown = {name: step.artifact for name, step in plan.steps.items() if step.artifact is not None}
    return Report(state, plan, shown, values(state, shown))


def status(found: Report) -> Literal["done", "stale", "needs_person"]:
    """Whether a plan is whole (approvals may be provisional), has steps to run, or waits for somebody."""
    return "done" if found.plan.done else "stale" if found.plan.calls else "needs_person"


def waits(found: Report) -> list[str]:
    """What only a person can settle before the plan can go on; empty while it is whole or provisional."""
    plan, id = found.plan, found.state.session.id
    if plan.done or plan.calls:
        return []
    reasons = [
        f"{c.metric} has two values, {c.value} ({c.owner}) and {', '.join(f'{v} ({s})' for s, v in c.others.items())};"
        f" settle it with: pixel sessions decide {id} {c.metric} VALUE --by NAME --reason WHY"
        for c in plan.conflicts.values()
    ]
    for name, sync in plan.syncs.items():
        if sync.status not in OPEN and sync.status not in ("waiting", "conflict"):
            reasons.append(f"{found.decision(name)}: {sync.reason}; {_way_out(sync, name, id)}")
    reasons += [
        f"the loop of {', '.join(loop.members)} does not settle; change a fact that it reads"
        for loop in plan.loops
        if not loop.settled and len(loop.last_two) == 2
    ]
    if not reasons:
        reasons += [
            f"{found.title(name)} waits: {step.reason}" for name, step in plan.steps.items() if step.status != "current"
        ]
    return reasons


def _way_out(sync: SyncState, name: str, id: str) -> str:
    if sync.status == "pending":
        absent = next(person for person in sync.approvers if person not in sync.approved_by)
        return f"answer with: pixel sessions approve {id} {name} --by {quote(absent)}"
    return f"change what it rests on with: pixel sessions set {id} path=value"


def to_json(found: Report, files: Iterable[Path] = (), called: Iterable[str] | None = None) -> dict[str, Any]:
    """The whole outcome; figures are the artifacts' data, so every number is an exact string."""
    state, plan = found.state, found.plan
    answer: dict[str, Any] = {
        "session": state.session.id,
        "name": state.session.name,
        "flow": state.session.flow,
        "revision": state.session.revision,
        "status": status(found),
        "waits_for": waits(found),
        "draft": deliver.draft_reasons(state, plan),
        "metrics": plan.metrics,
        "steps": {
            name: {
                "title": found.title(name),
                "expert": state.flow.steps[name].expert,
                "status": step.status,
                "reason": step.reason,
                "version": step.artifact.version if step.artifact else None,
            }
            for name, step in plan.steps.items()
        },
        "figures": {name: artifact.result.data for name, artifact in found.shown.items()},
        "decisions": [_sync_json(found, name, sync) for name, sync in plan.syncs.items()],
        "assumptions": [{"path": f.path, "value": f.value, "reason": f.reason, "by": f.by} for f in assumptions(state)],
        "conflicts": [
            {"metric": c.metric, "owner": c.owner, "value": c.value, "others": c.others}
            for c in plan.conflicts.values()
        ],
        "warnings": [{"step": name, "text": text} for name, text in warnings(found)],
        "files": [str(path) for path in files],
    }
    if called is not None:
        # In the flow's order: steps that ran side by side finish in any.
        answer["called"] = sorted(called, key=list(plan.steps).index)
    return answer


def _sync_json(found: Report, name: str, sync: SyncState) -> dict[str, Any]:
    return {
        "sync": name,
        "title": found.decision(name),
        "status": sync.status,
        "line": deliver.decision_line(sync),
        "approvers": list(sync.approvers),
        "approved_by": list(sync.approved_by),
        "reason": sync.reason,
        "checks": [{"title": c.title, "applies": c.applies, "problem": c.problem} for c in sync.checks],
        "covers": sync.covers,
    }


def assumptions(state: State) -> list[Fact]:
    """Facts that nobody gave."""
    return [fact for fact in state.facts.values() if fact.origin == "assumed" and fact.value is not None]


def grouped(facts: Iterable[Fact]) -> list[tuple[str, str, str]]:
    """(paths, value, reason): what was assumed alike for several rows of a table stands in one line."""
    groups: dict[tuple[str, ...], list[list[str]]] = {}
    for fact in facts:
        parts = fact.path.split(".")
        groups.setdefault((parts[0], parts[-1], str(len(parts)), plain(fact.value), fact.reason), []).append(parts)
    lines = []
    for (_, _, _, value, reason), paths in groups.items():
        starred = ".".join(keys[0] if len(set(keys)) == 1 else "*" for keys in zip(*paths, strict=True))
        lines.append((f"{starred} ({len(paths)} of them)" if len(paths) > 1 else starred, value, reason))
    return lines


def plain(value: Any) -> str:
    """A fact's value in one line, as a brief would write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return (", ".join(map(str, value)) or "none") if isinstance(value, list) else str(value)


def warnings(found: Report) -> list[tuple[str, str]]:
    """(step, text) of everything the experts warn of."""
    return [(name, text) for name, artifact in found.shown.items() for text in artifact.result.warnings]
