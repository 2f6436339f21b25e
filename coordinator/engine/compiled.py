"""A flow together with the actions that serve it, checked and put in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from coordinator.engine import checks
from coordinator.engine.fit import fact_misfits, misfits
from coordinator.engine.flow import Feedback, Flow, Metric, Step, Sync
from coordinator.engine.merge import union
from coordinator.engine.places import FlowError, Misfit
from coordinator.engine.refs import parse
from coordinator.engine.schema import Schema
from experts.core.contract import Model


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

    @cached_property
    def metric_paths(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """By step: where its artifact publishes shared figures of this flow (`*`: every key), and which."""
        return {
            step: tuple((path, name) for path, name in _metrics(spec.output) if name in self.metrics)
            for step, spec in self.actions.items()
        }

    def source(self, step: str, alias: str) -> str:
        """The step that an input alias of `step` stands for (needs, or a feedback edge).

        An alias that the flow leaves out stands for itself: nothing has it, and nothing was read from it.
        """
        if alias in self.steps[step].needs:
            return self.steps[step].needs[alias]
        fed = (e.from_step for e in self.flow.feedback if e.to.step == step and e.to.input == alias)
        return next(fed, alias)

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


def _metrics(schema: Schema, prefix: str = "") -> Iterator[tuple[str, str]]:
    """(path, metric) of every leaf that is a shared figure."""
    if "x-metric" in schema:
        yield prefix, schema["x-metric"]
    below = dict(schema.get("properties", {}))
    if isinstance(schema.get("additionalProperties"), dict):
        below["*"] = schema["additionalProperties"]
    for key, child in below.items():
        yield from _metrics(child, f"{prefix}.{key}" if prefix else key)


def compile_flow(flow: Flow, actions: Iterable[ActionSpec]) -> CompiledFlow:
    """Check a flow against the published actions and order it; FlowError says what does not fit."""
    catalogue = {(spec.expert, spec.name): spec for spec in actions}
    found = list(misfits(flow, catalogue))
    if found:
        raise FlowError(found)
    steps = {step.id: step for step in flow.steps}
    chosen = {step.id: catalogue[step.expert, step.action or step.id] for step in flow.steps}
    briefs = {chosen[step.id].id: chosen[step.id].brief for step in flow.steps}
    own: Schema = {"type": "object", "properties": flow.brief, "required": []}
    brief = union({**briefs, f"flow {flow.flow}": own})
    unknown = list(fact_misfits(flow, brief))
    if unknown:
        raise FlowError(unknown)
    return CompiledFlow(
        flow=flow,
        actions=chosen,
        brief=brief,
        units=_order(flow, steps),
        steps=steps,
        syncs={sync.id: sync for sync in flow.syncs},
        metrics=dict(flow.metrics),
    )


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
            said = f"flow {flow.flow!r} has a cycle among: {names}; turn one edge into [[feedback]]"
            first = pending[0]
            raise FlowError([Misfit(said, "syncs" if first.kind == "sync" else "steps", first.members[0], "needs")])
        pending.remove(ready)
        ordered.append(ready)
        done |= {("sync" if ready.kind == "sync" else "step", member) for member in ready.members}
    return tuple(ordered)


def _loops(flow: Flow, steps: dict[str, Step]) -> list[Unit]:
    groups: list[tuple[set[str], list[Feedback]]] = []
    for edge in flow.feedback:
        members = {s for s in steps if _reaches(steps, edge.to.step, s) and _reaches(steps, s, edge.from_step)}
        if not members:
            said = f"feedback from {edge.from_step!r} to {edge.to.step!r} closes no loop; use needs"
            raise FlowError([Misfit(said, "feedback", "", edge.from_step)])
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
                said = f"flow {flow.flow!r} has a cycle among: {', '.join(left)}"
                raise FlowError([Misfit(said, "steps", left[0], "needs")])
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
