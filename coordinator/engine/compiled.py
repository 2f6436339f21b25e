"""A flow together with the actions that serve it, checked and put in order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from coordinator.engine import checks
from coordinator.engine.flow import Feedback, Flow, Metric, Step, Sync
from coordinator.engine.merge import union
from coordinator.engine.refs import parse
from coordinator.engine.schema import Schema, at, is_table
from experts.core.contract import Model
from experts.core.errors import ConfigurationError
from experts.core.names import did_you_mean


class ForeignTool(Model):
    """A tool of somebody else's server: how a flow calls it, and which of its results are figures."""

    tool: str
    input_schema: dict[str, Any]
    arguments: dict[str, str]
    options: dict[str, Any]
    results: dict[str, str]
    narrative: str
    title: str


class ActionSpec(Model):
    """An action as its expert publishes it (or as a flow makes it of a foreign tool), pinned by the session."""

    expert: str
    name: str
    kind: str
    version: int
    needs: dict[str, str]
    brief: dict[str, Any]
    inputs: dict[str, Any]
    judgement: dict[str, Any]
    output: dict[str, Any]
    foreign: ForeignTool | None = None

    @property
    def id(self) -> str:
        return f"{self.expert}/{self.name}@{self.version}"


@dataclass(frozen=True)
class Unit:
    """What is evaluated at once: one step, one sync point, or the members of a feedback loop."""

    kind: str
    members: tuple[str, ...]
    edges: tuple[Feedback, ...] = ()


@dataclass(frozen=True)
class CompiledFlow:
    """The flow, its actions by step, the brief it asks for, and the order of evaluation."""

    flow: Flow
    actions: dict[str, ActionSpec]
    brief: Schema
    units: tuple[Unit, ...]
    steps: dict[str, Step] = field(default_factory=dict)
    syncs: dict[str, Sync] = field(default_factory=dict)
    metrics: dict[str, Metric] = field(default_factory=dict)

    def source(self, step: str, alias: str) -> str:
        """The step that an input alias of `step` stands for (needs, or a feedback edge)."""
        if alias in self.steps[step].needs:
            return self.steps[step].needs[alias]
        return next(e.from_step for e in self.flow.feedback if e.to.step == step and e.to.input == alias)

    def ancestors(self, step: str) -> set[str]:
        """`step` and every step that it reads, at any distance."""
        found = {step}
        queue = [step]
        while queue:
            for upstream in self.steps[queue.pop()].needs.values():
                if upstream not in found:
                    found.add(upstream)
                    queue.append(upstream)
        return found


def compile_flow(flow: Flow, actions: Iterable[ActionSpec]) -> CompiledFlow:
    """Check a flow against the published actions and order it; ConfigurationError says what does not fit."""
    catalogue = {(spec.expert, spec.name): spec for spec in actions}
    steps = {step.id: step for step in flow.steps}
    syncs = {sync.id: sync for sync in flow.syncs}
    if len(steps) < len(flow.steps) or len(syncs) < len(flow.syncs):
        raise ConfigurationError(f"flow {flow.flow!r} has two steps or two sync points of one id")
    chosen = {step.id: _action(flow, step, catalogue) for step in flow.steps}
    for step in flow.steps:
        _check_needs(flow, step, steps, syncs, chosen)
    _check_references(flow, steps, chosen)
    briefs = {chosen[step.id].id: chosen[step.id].brief for step in flow.steps}
    own: Schema = {"type": "object", "properties": flow.brief, "required": []}
    return CompiledFlow(
        flow=flow,
        actions=chosen,
        brief=union({**briefs, f"flow {flow.flow}": own}),
        units=_order(flow, steps),
        steps=steps,
        syncs=syncs,
        metrics=dict(flow.metrics),
    )


def _action(flow: Flow, step: Step, catalogue: dict[tuple[str, str], ActionSpec]) -> ActionSpec:
    name = step.action or step.id
    if (step.expert, name) not in catalogue:
        known = [action for expert, action in catalogue if expert == step.expert]
        raise ConfigurationError(
            f"flow {flow.flow!r}, step {step.id!r}: {step.expert} has no action {name!r}{did_you_mean(name, known)}"
        )
    spec = catalogue[step.expert, name]
    if spec.kind != step.produces:
        raise ConfigurationError(
            f"flow {flow.flow!r}, step {step.id!r} says it produces {step.produces!r}, the action makes {spec.kind!r}"
        )
    return spec


def _check_needs(
    flow: Flow, step: Step, steps: dict[str, Step], syncs: dict[str, Sync], chosen: dict[str, ActionSpec]
) -> None:
    where = f"flow {flow.flow!r}, step {step.id!r}"
    spec = chosen[step.id]
    fed = {edge.to.input: edge.from_step for edge in flow.feedback if edge.to.step == step.id}
    for sync in step.after:
        if sync not in syncs:
            raise ConfigurationError(f"{where}: there is no sync point {sync!r}{did_you_mean(sync, syncs)}")
    for alias in spec.inputs.get("required", []):
        if alias not in step.needs:
            raise ConfigurationError(f"{where}: the action needs {alias!r} ({spec.needs.get(alias)}); name its step")
    for alias, source in {**step.needs, **fed}.items():
        if source not in steps:
            raise ConfigurationError(f"{where}: there is no step {source!r}{did_you_mean(source, steps)}")
        if alias not in spec.needs:
            raise ConfigurationError(f"{where}: the action has no input {alias!r}{did_you_mean(alias, spec.needs)}")
        if chosen[source].kind != spec.needs[alias]:
            raise ConfigurationError(
                f"{where}: input {alias!r} takes {spec.needs[alias]!r}, step {source!r} makes {chosen[source].kind!r}"
            )
        _check_view(where, alias, spec.inputs["properties"][alias], chosen[source].output, "")


def _check_view(where: str, alias: str, view: Schema, produced: Schema, path: str) -> None:
    """A view may read only what the producer publishes, with the same unit."""
    for key, child in view.get("properties", {}).items():
        below_path = f"{path}.{key}" if path else key
        offered = at(produced, key)
        if offered is None:
            raise ConfigurationError(
                f"{where}: input {alias!r} reads {below_path!r}, which its producer does not publish"
                f"{did_you_mean(key, produced.get('properties', {}))}"
            )
        if child.get("x-unit") != offered.get("x-unit") or is_table(child) != is_table(offered):
            raise ConfigurationError(
                f"{where}: input {alias!r} reads {below_path!r} as another type than it is published"
            )
        if (
            key in view.get("required", [])
            and not is_table(child)
            and key not in produced.get("required", [])
            and "default" not in offered
        ):
            raise ConfigurationError(
                f"{where}: input {alias!r} requires {below_path!r}, which its producer may leave out"
            )
        _check_view(where, alias, child, offered, below_path)
    extra, offered_extra = view.get("additionalProperties"), produced.get("additionalProperties")
    if isinstance(extra, dict) and isinstance(offered_extra, dict):
        _check_view(where, alias, extra, offered_extra, f"{path}.*")


def _check_references(flow: Flow, steps: dict[str, Step], chosen: dict[str, ActionSpec]) -> None:
    for name, metric in flow.metrics.items():
        if metric.owner not in steps:
            raise ConfigurationError(
                f"metric {name!r}: there is no step {metric.owner!r}{did_you_mean(metric.owner, steps)}"
            )
        if not any(leaf.get("x-metric") == name for leaf in _schema_leaves(chosen[metric.owner].output)):
            raise ConfigurationError(f"metric {name!r}: its owner {metric.owner!r} publishes no such figure")
    for sync in flow.syncs:
        for step in [*sync.covers, *(patch.step for patch in sync.negotiate)]:
            if step not in steps:
                raise ConfigurationError(
                    f"sync point {sync.id!r}: there is no step {step!r}{did_you_mean(step, steps)}"
                )
        for check in sync.checks:
            checks.find(check.check)
            for ref in checks.refs_of(check):
                parts = parse(ref)
                if parts.kind == "figure" and parts.owner not in steps:
                    raise ConfigurationError(
                        f"sync point {sync.id!r}: {ref!r} names no step{did_you_mean(parts.owner, steps)}"
                    )
                if parts.kind == "figure" and at(chosen[parts.owner].output, parts.path) is None:
                    raise ConfigurationError(f"sync point {sync.id!r}: {ref!r} is not published by its step")


def _schema_leaves(schema: Schema) -> list[Schema]:
    if not is_table(schema):
        return [schema]
    below = [*schema.get("properties", {}).values()]
    if isinstance(schema.get("additionalProperties"), dict):
        below.append(schema["additionalProperties"])
    return [leaf for child in below for leaf in _schema_leaves(child)]


def _order(flow: Flow, steps: dict[str, Step]) -> tuple[Unit, ...]:
    loops = _loops(flow, steps)
    in_loop = {member: unit for unit in loops for member in unit.members}
    units = [in_loop.get(step.id, Unit("step", (step.id,))) for step in flow.steps]
    units += [Unit("sync", (sync.id,)) for sync in flow.syncs]
    pending = list(dict.fromkeys(units))
    syncs = {sync.id: sync for sync in flow.syncs}

    def awaited(unit: Unit) -> set[tuple[str, str]]:
        if unit.kind == "sync":
            sync = syncs[unit.members[0]]
            read = {parse(r).owner for check in sync.checks for r in checks.refs_of(check) if parse(r).kind == "figure"}
            return {("step", step) for step in {*sync.covers, *read}}
        return {("step", up) for m in unit.members for up in steps[m].needs.values() if up not in unit.members} | {
            ("sync", sync) for m in unit.members for sync in steps[m].after
        }

    done: set[tuple[str, str]] = set()
    ordered: list[Unit] = []
    while pending:
        ready = next((unit for unit in pending if awaited(unit) <= done), None)
        if ready is None:
            names = ", ".join(member for unit in pending for member in unit.members)
            raise ConfigurationError(f"flow {flow.flow!r} has a cycle among: {names}; turn one edge into [[feedback]]")
        pending.remove(ready)
        ordered.append(ready)
        done |= {("sync" if ready.kind == "sync" else "step", member) for member in ready.members}
    return tuple(ordered)


def _loops(flow: Flow, steps: dict[str, Step]) -> list[Unit]:
    groups: list[tuple[set[str], list[Feedback]]] = []
    for edge in flow.feedback:
        members = {s for s in steps if _reaches(steps, edge.to.step, s) and _reaches(steps, s, edge.from_step)}
        if not members:
            raise ConfigurationError(f"feedback from {edge.from_step!r} to {edge.to.step!r} closes no loop; use needs")
        edges = [edge]
        for other in [group for group in groups if group[0] & members]:
            groups.remove(other)
            members |= other[0]
            edges = [*other[1], *edges]
        groups.append((members, edges))
    ordered: list[Unit] = []
    for members, edges in groups:
        left, run = [s.id for s in flow.steps if s.id in members], []
        while left:
            ready = next((m for m in left if not set(steps[m].needs.values()) & set(left)), None)
            if ready is None:
                raise ConfigurationError(f"flow {flow.flow!r} has a cycle among: {', '.join(left)}")
            left.remove(ready)
            run.append(ready)
        ordered.append(Unit("loop", tuple(run), tuple(edges)))
    return ordered


def _reaches(steps: dict[str, Step], start: str, goal: str) -> bool:
    """Whether `goal` is `start` or reads it, at any distance."""
    if goal == start:
        return True
    return goal in steps and any(
        up in steps and up != goal and _reaches(steps, start, up) for up in steps[goal].needs.values()
    )
