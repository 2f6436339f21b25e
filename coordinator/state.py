"""A session as it is loaded for one evaluation: compiled flow, facts, decisions, artifacts, prose."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from coordinator.engine.compiled import ActionSpec, CompiledFlow, compile_flow
from coordinator.engine.evaluate import evaluate
from coordinator.engine.flow import parse_flow
from coordinator.engine.model import Artifact, Decision, Fact, Prose, Session
from coordinator.engine.plan import Plan
from experts.core.errors import InvalidInput
from store import sessions as rows


@dataclass
class State:
    """What `evaluate` needs. Artifacts are immutable, so a later load only fetches new ones."""

    session: Session
    flow: CompiledFlow
    facts: dict[str, Fact] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    prose: dict[str, Prose] = field(default_factory=dict)
    pointers: dict[str, tuple[int | None, int]] = field(default_factory=dict)
    artifacts: dict[tuple[str, str], Artifact] = field(default_factory=dict)

    def plan(self, facts: dict[str, Fact] | None = None) -> Plan:
        """Evaluate these facts (by default the session's)."""
        return evaluate(
            self.flow,
            self.facts if facts is None else facts,
            self.decisions,
            lambda step, key: self.artifacts.get((step, key)),
            self.prose,
        )

    @property
    def values(self) -> dict[str, Any]:
        """Current fact values by path."""
        return {path: fact.value for path, fact in self.facts.items() if fact.value is not None}


def load(connection: Connection, session: str, known: State | None = None) -> State:
    """Load a session, or refresh `known`. Raises InvalidInput if there is none of that id."""
    row = rows.hold(connection, session)
    if row is None:
        raise InvalidInput(f"there is no session {session!r}; see: pixel sessions list", seen=session)
    found = Session.model_validate(row)
    if known is None:
        specs = [ActionSpec.model_validate(spec) for spec in found.pins["actions"]]
        known = State(found, compile_flow(parse_flow(found.flow_text, f"session {found.id}"), specs))
    known.session = found
    known.facts = {row["path"]: Fact.model_validate(row) for row in rows.facts_at(connection, found.id)}
    known.decisions = [Decision.model_validate(row) for row in rows.decisions(connection, found.id)]
    steps = rows.step_rows(connection, found.id)
    known.pointers = {step: (row["current"], row["revision"]) for step, row in steps.items()}
    known.prose = {
        step: Prose(text=row["narrative"], by=row["narrative_by"], cites=row["narrative_cites"])
        for step, row in steps.items()
        if row["narrative"]
    }
    new = [
        (step, version)
        for step, key, version in rows.artifact_keys(connection, found.id)
        if (step, key) not in known.artifacts
    ]
    for row in rows.artifacts(connection, found.id, new):
        artifact = Artifact.model_validate(row)
        known.artifacts[artifact.step, artifact.input_digest] = artifact
    return known
