"""Everything a plan can quote: facts, choices and figures by absolute ref, each with where it comes from."""

from coordinator.engine.compiled import CompiledFlow
from coordinator.engine.facts import schema_of
from coordinator.engine.model import Artifact, Fact
from coordinator.engine.refs import flatten, parse
from coordinator.engine.schema import at, figures
from coordinator.exports.deliverable import Value
from coordinator.state import State


def values(state: State, shown: dict[str, Artifact]) -> dict[str, Value]:
    """Every fact, judgement and figure by absolute ref, with where it comes from in words."""
    found: dict[str, Value] = {}
    for path, fact in state.facts.items():
        if fact.value is not None and not path.startswith(("judgement.", "decided.", "answer.")):
            unit = _unit(state.flow, path)
            text = ", ".join(map(str, fact.value)) if isinstance(fact.value, list) else str(fact.value)
            found[f"fact:{path}"] = Value(text=text, unit=unit, ground=_origin(fact))
    for name, artifact in shown.items():
        output = state.flow.actions[name].output
        for path, value in flatten(artifact.result.data).items():
            leaf = at(output, path) or {}
            if isinstance(value, list):
                found |= {f"{name}#{path}.{i}": Value(text=str(item), unit="text") for i, item in enumerate(value)}
            elif "x-unit" not in leaf:
                found[f"{name}#{path}"] = Value(text=str(value), unit="text")
        tools = {working.key: working.tool for working in artifact.result.workings}
        for figure in figures(name, artifact.result.data, output, artifact.result.grounds):
            found[figure.id] = Value(text=figure.value, unit=figure.unit, ground=_ground(figure.ground, tools))
        judgement = state.flow.actions[name].judgement
        for path, value in flatten(artifact.result.judgement).items():
            unit = (at(judgement, path) or {}).get("x-unit", "text")
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            found[f"judgement:{name}.{path}"] = Value(text=text, unit=unit, ground="a choice of this plan")
    return found


def _unit(flow: CompiledFlow, path: str) -> str:
    return str(schema_of(flow, path, "session").get("x-unit", "text"))


def _origin(fact: Fact) -> str:
    if fact.origin == "assumed":
        return f"assumed: {fact.reason}"
    return f"{'decided' if fact.origin == 'decided' else 'given'} by {fact.by}"


def _ground(ref: str | None, tools: dict[str, str]) -> str:
    parts = parse(ref) if ref else None
    if parts is None:
        return ""
    if parts.kind == "working":
        return f"worked out by {tools.get(parts.owner, parts.owner)} ({parts.path})"
    words = {"fact": "the brief", "judgement": "a choice", "table": f"table {parts.owner}", "figure": parts.owner}
    return f"from {words[parts.kind]}: {parts.path}"
