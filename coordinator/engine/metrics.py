"""Figures that the whole plan shares: one owner each, and a record where somebody else disagrees."""

from collections.abc import Mapping
from decimal import Decimal

from coordinator.engine.compiled import CompiledFlow
from coordinator.engine.plan import Conflict, StepState
from coordinator.engine.refs import matches
from coordinator.engine.schema import project, sha256


def published(flow: CompiledFlow, steps: Mapping[str, StepState]) -> dict[str, dict[str, str]]:
    """metric key -> step -> value, over all current artifacts."""
    found: dict[str, dict[str, str]] = {}
    for name, state in steps.items():
        if state.artifact is not None and state.status == "current":
            for path, metric in flow.metric_paths[name]:
                for _, value, keys in matches(state.artifact.result.data, path):
                    found.setdefault(".".join((metric, *keys)), {})[name] = str(value)
    return found


def collect(flow: CompiledFlow, steps: Mapping[str, StepState]) -> dict[str, tuple[str, str]]:
    """metric key -> (owner step, the owner's value), where the owner is current."""
    found = {}
    for key, values in published(flow, steps).items():
        owner = flow.metrics[key.partition(".")[0]].owner
        if owner in values:
            found[key] = (owner, values[owner])
    return found


def find_conflicts(flow: CompiledFlow, steps: Mapping[str, StepState]) -> dict[str, Conflict]:
    """Every metric on which a current publisher differs from the owner by more than the tolerance."""
    conflicts = {}
    for key, values in published(flow, steps).items():
        metric = flow.metrics[key.partition(".")[0]]
        if metric.owner not in values:
            continue
        mine = values[metric.owner]
        others = {step: v for step, v in values.items() if step != metric.owner and _differ(mine, v, metric.tolerance)}
        if others:
            basis = holders_basis(key, flow, steps) or ""
            conflicts[key] = Conflict(key, metric.owner, mine, others, basis)
    return conflicts


def holders_basis(key: str, flow: CompiledFlow, steps: Mapping[str, StepState]) -> str | None:
    """Digest of what the steps that can publish a metric read; None while one of them is not current."""
    name = key.partition(".")[0]
    holders = [step for step, paths in flow.metric_paths.items() if any(metric == name for _, metric in paths)]
    seen = {}
    for step in holders:
        state = steps[step]
        if state.artifact is None or state.status != "current":
            return None
        called = state.artifact.called
        seen[step] = [project(called.brief, flow.actions[step].brief), called.inputs, called.judgement]
    return sha256(seen)


def _differ(a: str, b: str, tolerance: Decimal) -> bool:
    try:
        return abs(Decimal(a) - Decimal(b)) > tolerance
    except ArithmeticError:
        return a != b
