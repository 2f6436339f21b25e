"""The audit: every working again, every ground followed, every digest and check once more."""

from dataclasses import dataclass, field
from typing import Any

from coordinator.desk import Desk
from coordinator.engine.absolute import absolute
from coordinator.engine.facts import assumed
from coordinator.engine.model import Artifact
from coordinator.engine.plan import OPEN, Plan
from coordinator.engine.refs import MISSING, get, parse
from coordinator.engine.schema import digest, figures
from coordinator.offers import older
from coordinator.state import State
from coordinator.workspace import read
from experts.core.errors import PixelError
from store import sessions as rows


@dataclass
class Audit:
    """What was checked, what does not hold, and who assumed what."""

    problems: list[str] = field(default_factory=list)
    checked: dict[str, int] = field(default_factory=dict)
    assumptions: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything that was checked holds."""
        return not self.problems

    def count(self, what: str, number: int = 1) -> None:
        self.checked[what] = self.checked.get(what, 0) + number


async def audit(desk: Desk, session: str) -> Audit:
    """Audit a session as it stands. Calls tools and actions again; writes nothing."""
    state = await read(desk, session, whole=True)
    plan = state.plan()
    found = Audit()
    newer = await older(desk.roster, state)
    for name, step in plan.steps.items():
        if step.status == "current" and step.artifact is not None and name in newer:
            found.notes.append(
                f"{name} was made with an older method, {step.artifact.action}, which cannot be called again;"
                f" its expert now offers {newer[name]}"
            )
            _grounds(state, plan, name, step.artifact, found)
        elif step.status == "current" and step.artifact is not None:
            await _workings(desk, state, step.artifact, found)
            await _action(desk, state, step.artifact, found)
            _grounds(state, plan, name, step.artifact, found)
        else:
            found.problems.append(
                f"{name} is not current: {step.reason or 'what it reads has changed, or its record was altered'}"
            )
    for (step_id, key), artifact in state.artifacts.items():
        found.count("digests")
        called = artifact.called
        if digest(artifact.action, called.brief, called.inputs, called.judgement) != key:
            found.problems.append(f"{step_id} v{artifact.version}: what it was called with does not match its digest")
    _decisions(state, plan, found)
    _record(state, await desk.database.tx(lambda connection: rows.events(connection, session)), found)
    _assumptions(state, found)
    return found


async def _workings(desk: Desk, state: State, artifact: Artifact, found: Audit) -> None:
    expert = state.flow.steps[artifact.step].expert
    for working in artifact.result.workings:
        found.count("workings")
        where = f"{artifact.step} v{artifact.version}, working {working.key}"
        try:
            again = await desk.roster.call_tool(expert, working.tool, working.arguments)
        except PixelError as error:
            found.problems.append(f"{where}: {working.tool} refuses it now: {error.message}")
            continue
        if again != working.result:
            found.problems.append(f"{where}: {working.tool} gives {_first_difference(working.result, again)}")


async def _action(desk: Desk, state: State, artifact: Artifact, found: Audit) -> None:
    """The whole artifact again: finds an edited narrative, a swapped ground, a changed block."""
    found.count("artifacts")
    spec = state.flow.actions[artifact.step]
    where = f"{artifact.step} v{artifact.version}"
    try:
        again = await desk.roster.call_action(spec, artifact.called)
    except PixelError as error:
        found.problems.append(f"{where}: {spec.id} refuses it now: {error.message}")
        return
    fresh = absolute(again, artifact.step, lambda alias: state.flow.source(artifact.step, alias)).model_dump(
        mode="json"
    )
    for name, value in artifact.result.model_dump(mode="json").items():
        if name == "pictures":
            changed = [key for key in value.keys() | fresh[name].keys() if value.get(key) != fresh[name].get(key)]
            found.problems += [f"{where}: picture {key} is not the one {spec.id} draws" for key in sorted(changed)]
        elif value != fresh[name]:
            found.problems.append(
                f"{where}: its {name} is not what {spec.id} gives: {_first_difference(value, fresh[name])}"
            )


def _grounds(state: State, plan: Plan, name: str, artifact: Artifact, found: Audit) -> None:
    workings = {working.key: working for working in artifact.result.workings}
    for figure in figures(name, artifact.result.data, state.flow.actions[name].output, artifact.result.grounds):
        found.count("figures")
        if figure.ground is None:
            found.problems.append(f"{figure.id} has no ground")
            continue
        value = _value(state, plan, workings, artifact, figure.ground)
        if value is MISSING:
            found.problems.append(f"{figure.id}: its ground {figure.ground} does not exist")
        elif value is not None and str(value) != figure.value:
            found.problems.append(f"{figure.id} is {figure.value}, its ground {figure.ground} is {value}")


def _value(state: State, plan: Plan, workings: dict[str, Any], artifact: Artifact, ref: str) -> Any:
    parts = parse(ref)
    if parts.kind == "fact":
        return state.values.get(parts.path, MISSING)
    if parts.kind == "judgement":
        return get(artifact.result.judgement, parts.path.partition(".")[2])
    if parts.kind == "working":
        return get(workings[parts.owner].result, parts.path) if parts.owner in workings else MISSING
    if parts.kind == "figure":
        source = plan.steps[parts.owner].artifact if parts.owner in plan.steps else None
        return get(source.result.data, parts.path) if source else MISSING
    return None  # tables are read inside tools, whose workings were called again


def _decisions(state: State, plan: Plan, found: Audit) -> None:
    for name, sync in plan.syncs.items():
        found.count("sync points")
        if sync.status not in OPEN:
            found.problems.append(f"sync point {name} is {sync.status}: {sync.reason}")
        elif sync.status == "provisional":
            found.notes.append(f"{name} is provisional: {sync.reason}")
    for conflict in plan.conflicts.values():
        found.problems.append(
            f"{conflict.metric} has two values: {conflict.value} and {', '.join(conflict.others.values())}"
        )
    for decision in state.decisions:
        found.count("decisions")
        if decision.via == "auto" or decision.kind == "conflict":
            continue
        current = plan.syncs[decision.subject].covers if decision.subject in plan.syncs else None
        if decision.covers != current:
            found.notes.append(
                f"{decision.by}'s {decision.kind} of {decision.subject} is for content that is not current any more"
            )
    found.notes += [f"{path} has lapsed: what its holders read has changed" for path in plan.lapsed]


def _record(state: State, events: list[dict[str, Any]], found: Audit) -> None:
    """What the session's log tells of is still there: every version, every decision, and what decisions cover."""
    kept = {(artifact.step, artifact.version) for artifact in state.artifacts.values()}
    decided = {decision.id for decision in state.decisions}
    for event in events:
        data = event["data"]
        told = [tuple(pair) for pair in data.get("artifacts", [])]
        if event["kind"] == "step_finished":
            told = [(data["step"], data["version"])]
        found.count("recorded events")
        found.problems += [
            f"{step} v{version} was made on {event['at'][:10]} and is missing from the record"
            for step, version in told
            if (step, version) not in kept
        ]
        for gone in [id for id in data.get("decisions", []) if id not in decided]:
            found.problems.append(f"decision {gone} of {event['at'][:10]} is missing from the record")
        for step, version in data.get("versions", {}).items():
            if (step, version) not in kept:
                found.problems.append(
                    f"{data['by']}'s {event['kind']} of {data['sync']} covers {step} v{version}, which no longer exists"
                )


def _assumptions(state: State, found: Audit) -> None:
    given = {p: f.value for p, f in state.facts.items() if f.value is not None and f.origin != "assumed"}
    brief = {path: value for path, value in given.items() if not path.startswith(("judgement.", "decided.", "answer."))}
    for fact in assumed(state.flow, brief):
        found.count("assumptions")
        stored = state.facts.get(fact.path)
        if stored is None or stored.value is None:
            found.problems.append(f"the assumption {fact.path} = {fact.value} is missing from the record ({fact.by})")
        elif stored.origin == "assumed" and stored.value != fact.value:
            found.problems.append(
                f"the assumption {fact.path} is recorded as {stored.value}; {fact.by} assumes {fact.value}"
            )
        else:
            found.assumptions.append(
                {"path": fact.path, "value": stored.value, "by": stored.by, "reason": stored.reason}
            )


def _first_difference(old: Any, new: Any, path: str = "") -> str:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                return _first_difference(old.get(key), new.get(key), f"{path}.{key}" if path else key)
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (a, b) in enumerate(zip(old, new, strict=True)):
            if a != b:
                return _first_difference(a, b, f"{path}.{index}" if path else str(index))
    return f"{str(new)[:120]!r} where {str(old)[:120]!r} is recorded{f' at {path}' if path else ''}"
