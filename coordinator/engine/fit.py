"""Whether a flow fits the actions that experts publish: every misfit, with where it stands in the flow's file."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from coordinator.engine import checks
from coordinator.engine.flow import Check, Flow, Step, Sync
from coordinator.engine.places import Misfit
from coordinator.engine.refs import parse
from coordinator.engine.schema import Schema, at, is_table
from experts.core.errors import ConfigurationError
from experts.core.names import did_you_mean

if TYPE_CHECKING:
    from coordinator.engine.compiled import ActionSpec

Catalogue = Mapping[tuple[str, str], "ActionSpec"]
"""Actions by expert and name."""


def misfits(flow: Flow, catalogue: Catalogue) -> Iterator[Misfit]:
    """Everything that does not fit, in the order of the file. What cannot be checked for an earlier misfit is left."""
    yield from own_misfits(flow)
    steps = {step.id: step for step in flow.steps}
    syncs = {sync.id: sync for sync in flow.syncs}
    chosen: dict[str, ActionSpec] = {}
    for step in flow.steps:
        found = list(_action(flow, step, catalogue))
        yield from found
        if not found:
            chosen[step.id] = catalogue[step.expert, step.action or step.id]
    for step in flow.steps:
        yield from _needs(flow, step, steps, syncs, chosen)
    for edge in flow.feedback:
        for name in (edge.from_step, edge.to.step):
            if name not in steps:
                yield Misfit(f"feedback: there is no step {name!r}{did_you_mean(name, steps)}", "feedback", "", name)
    for name, metric in flow.metrics.items():
        yield from _metric(name, metric.owner, steps, chosen)
    for sync in flow.syncs:
        yield from _sync(flow, sync, steps, chosen)


def own_misfits(flow: Flow, experts: Collection[str] = ()) -> Iterator[Misfit]:
    """What does not fit within the flow itself; with `experts`, also names that none of them has."""
    steps = {step.id: step for step in flow.steps}
    syncs = {sync.id: sync for sync in flow.syncs}
    for kind, entries, known in (("steps", flow.steps, steps), ("syncs", flow.syncs, syncs)):
        seen: set[str] = set()
        for entry in entries:
            if entry.id in seen:
                yield Misfit(f"flow {flow.flow!r} has two {kind} of the id {entry.id!r}", kind, entry.id)
            seen.add(entry.id)
        if steps.keys() & syncs.keys() and known is syncs:
            both = min(steps.keys() & syncs.keys())
            yield Misfit(f"flow {flow.flow!r} has a step and a sync point of the id {both!r}", "syncs", both)
    yield from _participants(flow)
    for name in dict.fromkeys([*(s.expert for s in flow.steps), *flow.participants]) if experts else ():
        if name not in experts:
            at = next((step.id for step in flow.steps if step.expert == name), "")
            hint = did_you_mean(name, experts)
            yield Misfit(f"there is no expert {name!r}{hint}", "steps" if at else "", at, name)


def _participants(flow: Flow) -> Iterator[Misfit]:
    for step in flow.steps:
        if step.expert not in flow.participants:
            hint = did_you_mean(step.expert, flow.participants)
            yield Misfit(
                f"flow {flow.flow!r}, step {step.id!r}: {step.expert!r} is not among the participants{hint}",
                *("steps", step.id, step.expert),
            )
    for name in flow.participants:
        if name not in {step.expert for step in flow.steps}:
            yield Misfit(
                f"flow {flow.flow!r}: participant {name!r} has no step; leave it out, or give it one",
                *("", "", name),
            )


def _action(flow: Flow, step: Step, catalogue: Catalogue) -> Iterator[Misfit]:
    name = step.action or step.id
    if (step.expert, name) not in catalogue:
        known = [action for expert, action in catalogue if expert == step.expert]
        yield Misfit(
            f"flow {flow.flow!r}, step {step.id!r}: {step.expert} has no action {name!r}{did_you_mean(name, known)}",
            *("steps", step.id, name),
        )
    elif catalogue[step.expert, name].kind != step.produces:
        made = catalogue[step.expert, name].kind
        yield Misfit(
            f"flow {flow.flow!r}, step {step.id!r} says it produces {step.produces!r}, the action makes {made!r}",
            *("steps", step.id, step.produces),
        )


def _needs(
    flow: Flow,
    step: Step,
    steps: Mapping[str, Step],
    syncs: Mapping[str, Sync],
    chosen: Mapping[str, "ActionSpec"],
) -> Iterator[Misfit]:
    where = f"flow {flow.flow!r}, step {step.id!r}"
    fed = {edge.to.input: edge.from_step for edge in flow.feedback if edge.to.step == step.id}
    for name in step.after:
        if name not in syncs:
            yield Misfit(f"{where}: there is no sync point {name!r}{did_you_mean(name, syncs)}", "steps", step.id, name)
    sources = {**step.needs, **fed}
    for source in sources.values():
        if source not in steps:
            yield Misfit(f"{where}: there is no step {source!r}{did_you_mean(source, steps)}", "steps", step.id, source)
    if step.id not in chosen:
        return
    spec = chosen[step.id]
    for alias in spec.inputs.get("required", []):
        if alias not in step.needs:
            yield Misfit(
                f"{where}: the action needs {alias!r} ({spec.needs.get(alias)}); name its step",
                *("steps", step.id, "needs"),
            )
    for alias, source in sources.items():
        if alias not in spec.needs:
            yield Misfit(
                f"{where}: the action has no input {alias!r}{did_you_mean(alias, spec.needs)}", "steps", step.id, alias
            )
        elif source in chosen and chosen[source].kind != spec.needs[alias]:
            made = chosen[source].kind
            yield Misfit(
                f"{where}: input {alias!r} takes {spec.needs[alias]!r}, step {source!r} makes {made!r}",
                *("steps", step.id, alias),
            )
        elif source in chosen:
            view = spec.inputs["properties"][alias]
            yield from (
                Misfit(f"{where}: input {alias!r} {problem}", "steps", step.id, alias)
                for problem in _view(view, chosen[source].output, "")
            )


def _view(view: Schema, produced: Schema, path: str) -> Iterator[str]:
    """A view may read only what the producer publishes, with the same unit."""
    for key, child in view.get("properties", {}).items():
        below_path = f"{path}.{key}" if path else key
        offered = at(produced, key)
        if offered is None:
            known = produced.get("properties", {})
            yield f"reads {below_path!r}, which its producer does not publish{did_you_mean(key, known)}"
            continue
        if child.get("x-unit") != offered.get("x-unit") or is_table(child) != is_table(offered):
            yield f"reads {below_path!r} as another type than it is published"
            continue
        if (
            key in view.get("required", [])
            and not is_table(child)
            and key not in produced.get("required", [])
            and "default" not in offered
        ):
            yield f"requires {below_path!r}, which its producer may leave out"
        yield from _view(child, offered, below_path)
    extra, offered_extra = view.get("additionalProperties"), produced.get("additionalProperties")
    if isinstance(extra, dict) and isinstance(offered_extra, dict):
        yield from _view(extra, offered_extra, f"{path}.*")


def _metric(name: str, owner: str, steps: Mapping[str, Step], chosen: Mapping[str, "ActionSpec"]) -> Iterator[Misfit]:
    if owner not in steps:
        yield Misfit(f"metric {name!r}: there is no step {owner!r}{did_you_mean(owner, steps)}", "metrics", name, owner)
    elif owner in chosen and not any(leaf.get("x-metric") == name for leaf in _leaves(chosen[owner].output)):
        yield Misfit(f"metric {name!r}: its owner {owner!r} publishes no such figure", "metrics", name, owner)


def _sync(flow: Flow, sync: Sync, steps: Mapping[str, Step], chosen: Mapping[str, "ActionSpec"]) -> Iterator[Misfit]:
    where = f"sync point {sync.id!r}"

    def misfit(message: str, word: str) -> Misfit:
        return Misfit(f"{where}: {message}", "syncs", sync.id, word)

    for name in sync.experts:
        if name != "all" and name not in flow.participants:
            yield misfit(f"{name!r} is not among the participants{did_you_mean(name, flow.participants)}", name)
    for name in [*sync.covers, *(patch.step for patch in sync.negotiate)]:
        if name not in steps:
            yield misfit(f"there is no step {name!r}{did_you_mean(name, steps)}", name)
    for patch in sync.negotiate:
        fields = chosen[patch.step].judgement.get("properties", {}) if patch.step in chosen else None
        for key in patch.judgement if fields is not None else ():
            if key not in (fields or {}):
                hint = did_you_mean(key, fields or {})
                yield misfit(f"negotiation sets {key!r}, which {patch.step!r} does not choose{hint}", key)
    for check in sync.checks:
        yield from _check(misfit, check, steps, chosen)


def _check(
    misfit: Callable[[str, str], Misfit], check: Check, steps: Mapping[str, Step], chosen: Mapping[str, "ActionSpec"]
) -> Iterator[Misfit]:
    try:
        checks.find(check.check)
    except ConfigurationError as error:
        yield misfit(error.message, check.check)
    for ref in checks.refs_of(check):
        parts = parse(ref)
        if parts.kind == "figure" and parts.owner not in steps:
            yield misfit(f"{ref!r} names no step{did_you_mean(parts.owner, steps)}", ref)
        elif parts.kind == "figure" and parts.owner in chosen and at(chosen[parts.owner].output, parts.path) is None:
            fields = chosen[parts.owner].output.get("properties", {})
            hint = did_you_mean(parts.path.partition(".")[0], fields)
            yield misfit(f"{ref!r} is not published by its step{hint}", ref)


def fact_misfits(flow: Flow, brief: Schema) -> Iterator[Misfit]:
    """Facts that sync points name and nothing has; an approver whom no brief can name would never be asked."""
    for sync in flow.syncs:
        named = [ref for ref in (sync.approvers, sync.requester) if ref]
        for ref in [*named, *(ref for check in sync.checks for ref in checks.refs_of(check))]:
            parts = parse(ref)
            if parts.kind == "fact" and at(brief, parts.path) is None:
                hint = did_you_mean(parts.path.partition(".")[0], brief.get("properties", {}))
                yield Misfit(f"sync point {sync.id!r}: {ref!r} is no fact of the brief{hint}", "syncs", sync.id, ref)


def _leaves(schema: Schema) -> list[Schema]:
    if not is_table(schema):
        return [schema]
    below = [*schema.get("properties", {}).values()]
    if isinstance(schema.get("additionalProperties"), dict):
        below.append(schema["additionalProperties"])
    return [leaf for child in below for leaf in _leaves(child)]
