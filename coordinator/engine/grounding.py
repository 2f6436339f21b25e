"""Every figure has a ground, and the ground has the figure's value; every working's arguments have sources."""

from collections.abc import Mapping
from typing import Any

from coordinator.engine.compiled import ActionSpec
from coordinator.engine.model import Called
from coordinator.engine.narrative import uncited_digits
from coordinator.engine.refs import MISSING, flatten, get, lookup, parse
from coordinator.engine.schema import Schema, figures, leaves
from experts.core.contract import ActionResult, Block

_PROSE_FIELDS = ("text", "title", "alt", "note", "summary", "description", "label")


def ungrounded(
    result: ActionResult, called: Called, spec: ActionSpec, tools: Mapping[str, Schema], literals: list[str]
) -> list[str]:
    """What keeps a result from being committed: one sentence per figure, argument or free digit."""
    problems = []
    resolve = _Resolver(result, called)
    for figure in figures("self", result.data, spec.output, result.grounds):
        path = figure.id.partition("#")[2]
        if figure.ground is None:
            problems.append(f"figure {path!r} has no ground")
            continue
        seen = resolve(figure.ground)
        if seen is not None and seen is not MISSING and str(seen) != figure.value:
            problems.append(f"figure {path!r} is {figure.value!r}, its ground {figure.ground!r} is {seen!r}")
        if seen is MISSING:
            problems.append(f"figure {path!r}: its ground {figure.ground!r} does not exist")
    for working in result.workings:
        if working.tool not in tools:
            problems.append(f"working {working.key!r} names {working.tool!r}, which is not a tool of {spec.expert}")
            continue
        for path, value, leaf in leaves(working.arguments, tools[working.tool]):
            if "x-unit" not in leaf:
                continue
            source = lookup(working.sources, path)
            if source is None:
                problems.append(f"working {working.key!r}: argument {path!r} has no source")
            elif (seen := resolve(source)) is MISSING or (seen is not None and str(seen) != str(value)):
                problems.append(
                    f"working {working.key!r}: argument {path!r} is {value!r}, its source {source!r} is {seen!r}"
                )
    allowed = [*literals, *quotable(called)]
    asked = [referral.question for referral in result.referrals]
    for text in [result.narrative, *asked, *(t for block in result.document for t in prose_of(block))]:
        problems += [f"digits {found!r} without a citation in {text[:60]!r}" for found in uncited_digits(text, allowed)]
    return problems


def quotable(called: Called) -> list[str]:
    """Text of the brief and of upstream artifacts that prose may quote, and the keys people refer to."""
    quotes: set[str] = set()
    for tree in (called.brief, called.inputs):
        for path, value in flatten(tree).items():
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, str):
                    quotes |= {item, item[:1].upper() + item[1:], item[:1].lower() + item[1:]}
            for key in path.split("."):
                quotes |= {key, key.replace("_", " "), key.replace("_", " ").capitalize()}
    return [quote for quote in quotes if not quote.isdigit() and uncited_digits(quote, ())]


def prose_of(block: Block) -> list[str]:
    """Every text in a block that a person reads as prose or as a label."""
    found: list[str] = []

    def walk(node: Any, field: str) -> None:
        if isinstance(node, str):
            if field in _PROSE_FIELDS:
                found.append(node)
        elif isinstance(node, list):
            for item in node:
                walk(item, "text" if field == "items" else field)
        elif isinstance(node, dict):
            for key, item in node.items():
                if field == "rows":
                    found.extend(cell for cell in item.values() if isinstance(cell, str))
                else:
                    walk(item, key)

    walk(block.body, "")
    return found


class _Resolver:
    """The value behind a ref, as one action saw it; None where only audit can see it (tables)."""

    def __init__(self, result: ActionResult, called: Called) -> None:
        self._result = result
        self._called = called
        self._workings = {working.key: working for working in result.workings}

    def __call__(self, ref: str) -> Any:
        parts = parse(ref)
        if parts.kind == "fact":
            return get(self._called.brief, parts.path)
        if parts.kind == "judgement":
            return get(self._result.judgement, parts.path)
        if parts.kind == "working":
            working = self._workings.get(parts.owner)
            return get(working.result, parts.path) if working else MISSING
        if parts.kind == "figure":
            if parts.owner == "self":
                return get(self._result.data, parts.path)
            return get(self._called.inputs.get(parts.owner, {}), parts.path)
        return None
