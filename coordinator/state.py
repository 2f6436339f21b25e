"""A session as it is loaded for one evaluation: compiled flow, facts, decisions, artifacts, prose, and its plan."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from coordinator.engine.compiled import ActionSpec, CompiledFlow, compile_flow
from coordinator.engine.evaluate import evaluate
from coordinator.engine.flow import parse_flow
from coordinator.engine.model import Artifact, Decision, Fact, Prose, Session
from coordinator.engine.plan import Plan
from experts.core.errors import InvalidInput
from store import sessions as rows

Key = tuple[str, str]
"""Step and input digest."""
MOST_KEPT = 32


@dataclass
class _Kept:
    """What this process keeps of a session between loads: what never changes, and what does up to its revision."""

    session: Session
    flow: CompiledFlow
    artifacts: dict[Key, Artifact] = field(default_factory=dict)
    versions: set[tuple[str, int]] = field(default_factory=set)
    facts: dict[str, Fact] = field(default_factory=dict)
    written: int = 0
    evaluated: tuple[Any, ...] = ()
    plan: Plan | None = None

    def add(self, artifact: Artifact) -> None:
        self.artifacts[artifact.step, artifact.input_digest] = artifact
        self.versions.add((artifact.step, artifact.version))


# Artifacts are immutable and large: a process reads each of them once.
_KEPT: WeakKeyDictionary[Engine, OrderedDict[str, _Kept]] = WeakKeyDictionary()


@dataclass
class State:
    """What `evaluate` needs. `artifacts` holds those that the plan asked for, or all where the whole was loaded."""

    session: Session
    flow: CompiledFlow
    facts: dict[str, Fact]
    decisions: list[Decision]
    prose: dict[str, Prose]
    pointers: dict[str, tuple[int | None, int]]
    artifacts: dict[Key, Artifact]
    _plan: Plan | None = None

    def plan(self, facts: dict[str, Fact] | None = None) -> Plan:
        """Evaluate these facts (by default the session's). Other facts need a state that was loaded whole."""
        if facts is not None:
            return self._evaluate(facts)
        if self._plan is None:
            self._plan = self._evaluate(self.facts)
        return self._plan

    def _evaluate(self, facts: dict[str, Fact], missed: set[Key] | None = None) -> Plan:
        def find(step: str, key: str) -> Artifact | None:
            found = self.artifacts.get((step, key))
            if found is None and missed is not None:
                missed.add((step, key))
            return found

        return evaluate(self.flow, facts, self.decisions, find, self.prose)

    @property
    def values(self) -> dict[str, Any]:
        """Current fact values by path."""
        return {path: fact.value for path, fact in self.facts.items() if fact.value is not None}


def load(connection: Connection, session: str, *, whole: bool = False) -> State:
    """Load a session with the artifacts that its plan needs; `whole`: with every artifact, all read anew.

    Raises InvalidInput if there is none of that id.
    """
    head = rows.hold(connection, session)
    if head is None:
        raise InvalidInput(f"there is no session {session!r}; see: pixel sessions list", seen=session)
    id = head["id"]
    kept = _kept(connection, head, anew=whole)
    if kept.written != head["revision"]:
        newer = {row["path"]: Fact.model_validate(row) for row in rows.facts_after(connection, id, kept.written)}
        kept.facts = dict(sorted({**kept.facts, **newer}.items()))  # another table: states in use keep theirs
        kept.written = head["revision"]
    steps = rows.step_rows(connection, id)
    state = State(
        session=kept.session,
        flow=kept.flow,
        facts=kept.facts,
        decisions=[Decision.model_validate(row) for row in rows.decisions(connection, id)],
        prose={
            step: Prose(text=row["narrative"], by=row["narrative_by"], cites=row["narrative_cites"])
            for step, row in steps.items()
            if row["narrative"]
        },
        pointers={step: (row["current"], row["revision"]) for step, row in steps.items()},
        artifacts=kept.artifacts,
    )
    if whole:
        _take(kept, rows.all_artifacts(connection, id))
        return state
    # `evaluate` is pure: the same facts, decisions, prose and artifacts (which only grow in number) give the same plan.
    seen = (kept.written, state.decisions, state.prose, len(kept.artifacts))
    if kept.plan is not None and kept.evaluated == seen:
        state._plan = kept.plan
        return state
    current = {(step, version) for step, (version, _) in state.pointers.items() if version is not None}
    _take(kept, rows.artifacts(connection, id, sorted(current - kept.versions)))
    asked: set[Key] = set()
    while True:
        missed: set[Key] = set()
        state._plan = state._evaluate(state.facts, missed)
        found = rows.artifacts_of(connection, id, sorted(missed - asked))
        if not found:
            if not missed:
                kept.plan = state._plan
                kept.evaluated = (kept.written, state.decisions, state.prose, len(kept.artifacts))
            return state
        asked |= missed
        _take(kept, found)


def remember(engine: Engine, session: str, artifact: Artifact) -> None:
    """Keep an artifact whose transaction has been committed, so that it is not read again."""
    kept = _KEPT.get(engine, OrderedDict()).get(session)
    if kept is not None:
        kept.add(artifact)


def _kept(connection: Connection, head: dict[str, Any], anew: bool) -> _Kept:
    """What is kept of the session, brought up to its revision."""
    sessions = _KEPT.setdefault(connection.engine, OrderedDict())
    id, before = head["id"], sessions.get(head["id"])
    if before is None or before.session.revision != head["revision"] or anew:
        row = rows.get(connection, id)
        assert row is not None
        found = Session.model_validate(row)
        if before is None or anew or (before.session.pins, before.session.flow_text) != (found.pins, found.flow_text):
            specs = [ActionSpec.model_validate(spec) for spec in found.pins["actions"]]
            facts = (before.facts, before.written) if before is not None and not anew else ({}, 0)
            flow = compile_flow(parse_flow(found.flow_text, f"session {found.id}"), specs)
            before = _Kept(found, flow, facts=facts[0], written=facts[1])
        before.session = found
    else:
        before.session = before.session.model_copy(update={"expires_at": datetime.fromisoformat(head["expires_at"])})
    sessions[id] = before
    sessions.move_to_end(id)
    while len(sessions) > MOST_KEPT:
        sessions.popitem(last=False)
    return before


def _take(kept: _Kept, found: Iterable[dict[str, Any]]) -> None:
    for row in found:
        kept.add(Artifact.model_validate(row))
