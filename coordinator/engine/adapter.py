"""A tool of somebody else's MCP server as a step: the flow says what it is called with and which results are figures.

Nothing of our contract is asked of such a server. The action that a step would have is made up from the flow: its
brief and inputs are what the arguments name, its output is what the results name, its one working is the call itself.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from coordinator.engine.compiled import ActionSpec, ForeignTool
from coordinator.engine.flow import Flow, Step
from coordinator.engine.model import Called
from coordinator.engine.refs import MISSING, get, matches, parse, tree_of
from coordinator.engine.schema import Schema, at, figures
from experts.core.blocks import Cite, Prose, Table, block
from experts.core.contract import ActionResult, Working
from experts.core.errors import ConfigurationError, PixelError
from experts.core.names import did_you_mean
from experts.core.quantities import decimal_of

_CALL = "call"


def foreign_action(flow: Flow, step: Step, tools: Mapping[str, Schema], outputs: Mapping[str, Schema]) -> ActionSpec:
    """The action that a step with a foreign tool stands for.

    `tools` are the server's input schemas, `outputs` the output schemas of the other steps. ConfigurationError
    names an argument, result or ref that does not fit.
    """
    where = f"flow {flow.flow!r}, step {step.id!r}"
    if step.tool not in tools:
        raise ConfigurationError(f"{where}: {step.expert} has no tool {step.tool!r}{did_you_mean(step.tool, tools)}")
    schema = tools[step.tool]
    _check_arguments(where, step, schema)
    brief, inputs = _table(), _table()
    own: Schema = {"properties": flow.brief}
    for argument, ref in step.arguments.items():
        parts = parse(ref)
        if parts.kind == "fact":
            _graft(brief, parts.path, _found(f"{where}: argument {argument!r}", ref, own, "the flow's [brief]"))
        elif parts.kind == "figure" and parts.owner in step.needs:
            source = step.needs[parts.owner]
            offered = _found(f"{where}: argument {argument!r}", ref, outputs.get(source, {}), f"step {source!r}")
            _graft(inputs, f"{parts.owner}.{parts.path}", offered)
        else:
            raise ConfigurationError(
                f"{where}: argument {argument!r} is {ref!r}; write fact:<path> or <name in needs>#<path>"
            )
    kinds = {alias: next(s.produces for s in flow.steps if s.id == source) for alias, source in step.needs.items()}
    return ActionSpec(
        expert=step.expert,
        name=step.id,
        kind=step.produces,
        version=1,
        needs=kinds,
        brief=brief,
        inputs=inputs,
        judgement=_table(),
        output=output_of(step),
        foreign=ForeignTool(
            tool=step.tool,
            input_schema=schema,
            arguments=step.arguments,
            options=step.options,
            results=step.results,
            narrative=step.narrative,
            title=step.title or step.id,
        ),
    )


def output_of(step: Step) -> Schema:
    """The output schema of a foreign step: one leaf a result, with its unit; `*` is every row."""
    output = _table()
    for path, unit in step.results.items():
        leaf: Schema = {"type": "integer" if unit in ("count", "days") else "string"}
        if unit != "text":
            leaf["x-unit"] = unit
        if unit == "date":
            leaf["format"] = "date"
        _graft(output, path, leaf)
    return output


def arguments_of(foreign: ForeignTool, called: Called) -> tuple[dict[str, Any], dict[str, str]]:
    """What the tool is called with, and where each argument comes from."""
    values: dict[str, Any] = dict(foreign.options)
    for argument, ref in foreign.arguments.items():
        parts = parse(ref)
        value = get(called.brief if parts.kind == "fact" else called.inputs.get(parts.owner, {}), parts.path)
        if value is not MISSING:
            values[argument] = value
    sources = {argument: ref for argument, ref in foreign.arguments.items() if argument in values}
    return tree_of(values), sources


def result_of(spec: ActionSpec, called: Called, result: dict[str, Any]) -> ActionResult:
    """What the tool gave as an artifact. PixelError names a result that is missing or not of its unit."""
    foreign = spec.foreign
    assert foreign is not None
    arguments, sources = arguments_of(foreign, called)
    data: dict[str, Any] = {}
    grounds = {}
    for path, unit in foreign.results.items():
        found = list(matches(result, path))
        if not found:
            raise PixelError(
                f"{spec.expert}: {foreign.tool} gave no {path!r}; it gave {', '.join(list(result)[:8]) or 'nothing'}"
            )
        for place, value, _ in found:
            data[place] = _value(f"{spec.expert}: {foreign.tool}: {place}", value, unit)
        if unit != "text":
            grounds[path] = f"working:{_CALL}#{path}"
    tree = tree_of(data)
    shown = {figure.id.partition("#")[2] for figure in figures("self", tree, spec.output, {})}
    rows = {
        str(number): {"what": path.replace("_", " ").replace(".", ", "), "value": Cite(ref=f"self#{path}")}
        for number, path in enumerate(data, 1)
    }
    columns = [{"key": "what", "label": "Result", "unit": "text"}, {"key": "value", "label": "Value", "unit": ""}]
    first = [path for path in data if path in shown][:3] or list(data)[:3]
    narrative = foreign.narrative or f"{foreign.title}: " + "; ".join(
        f"{path.replace('_', ' ').replace('.', ', ')} [[self#{path}]]" for path in first
    )
    return ActionResult(
        data=tree,
        judgement={},
        reasons={},
        workings=[Working(key=_CALL, tool=foreign.tool, arguments=arguments, sources=sources, result=result)],
        grounds=grounds,
        narrative=narrative,
        document=[
            block("results", Table(title=foreign.title, columns=columns, rows=rows)),
            block("source", Prose(text=f"Answered by the tool {foreign.tool} of {spec.expert}.")),
        ],
    )


def _value(where: str, value: Any, unit: str) -> Any:
    if isinstance(value, dict | list) or value is None:
        raise PixelError(f"{where} is {str(value)[:60]!r}, not one value; name what is inside it in [steps.results]")
    if unit == "text":
        return str(value)
    try:
        if unit == "date":
            return date.fromisoformat(str(value)).isoformat()
        number = decimal_of(value)
        if unit in ("count", "days"):
            if number != int(number):
                raise ValueError(f"{value!r} is not a whole number")
            return int(number)
        return str(value)
    except ValueError as error:
        raise PixelError(f"{where} is no {unit}: {error}") from error


def _check_arguments(where: str, step: Step, schema: Schema) -> None:
    if not step.results:
        raise ConfigurationError(f"{where}: name the results that are figures in [steps.results], with their units")
    known = schema.get("properties", {})
    given = {argument.partition(".")[0] for argument in [*step.arguments, *step.options]}
    for argument in sorted(given - known.keys()):
        raise ConfigurationError(f"{where}: {step.tool} has no argument {argument!r}{did_you_mean(argument, known)}")
    for argument in schema.get("required", []):
        if argument not in given:
            raise ConfigurationError(f"{where}: {step.tool} needs {argument!r}; say where it comes from")


def _found(where: str, ref: str, schema: Schema, place: str) -> Schema:
    found = at(schema, parse(ref).path)
    if found is None:
        raise ConfigurationError(f"{where}: {ref!r} is not in {place}")
    return found


def _graft(schema: Schema, path: str, leaf: Schema) -> None:
    *parents, last = path.split(".")
    node = schema
    for key in parents:
        node = _child(node, key)
    if last == "*":
        node["additionalProperties"] = leaf
    else:
        node["properties"][last] = leaf
        node["required"] = [*node["required"], last]


def _child(node: Schema, key: str) -> Schema:
    if key == "*":
        if not isinstance(node.get("additionalProperties"), dict):
            node["additionalProperties"] = _table()
        rows: Schema = node["additionalProperties"]
        return rows
    if key not in node["properties"]:
        node["properties"][key] = _table()
        node["required"] = [*node["required"], key]
    child: Schema = node["properties"][key]
    return child


def _table() -> Schema:
    return {"type": "object", "properties": {}, "required": []}
