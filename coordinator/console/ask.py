"""Asks a person for the facts that only a person can know."""

import sys
from collections.abc import Mapping

from coordinator.console.screen import Screen
from coordinator.engine.compiled import CompiledFlow
from coordinator.engine.facts import Given, canonical_leaf, schema_of
from coordinator.engine.schema import Schema, is_table
from experts.core.errors import InvalidInput, MissingFacts

ANSWER = "your answer"
_UNITS = {
    "money": ("an amount", "96000"),
    "rate": ("a fraction", "0.10 for ten percent"),
    "date": ("a date", "2027-08-16"),
    "days": ("a whole number of days", ""),
    "months": ("a number of months", ""),
    "count": ("a number", ""),
    "ratio": ("a number", ""),
}


def can_ask() -> bool:
    """Whether somebody sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(flow: CompiledFlow, missing: MissingFacts, facts: Mapping[str, Given]) -> dict[str, Given]:
    """An answer for every missing fact, checked one by one. A table cannot be asked for: then `missing` is raised."""
    schemas = {path: schema_of(flow, path, ANSWER) for path in missing.paths}
    if not schemas or any(is_table(schema) for schema in schemas.values()):
        raise missing
    screen = Screen(sys.stdout)
    screen.line("The brief leaves open what only you can know. An empty line stops.", style="bold")
    found: dict[str, Given] = {}
    for path, schema in schemas.items():
        screen.line()
        screen.line(question(path, schema))
        while path not in found:
            text = _read(f"{path} = ")
            if not text:
                raise missing
            try:
                currency = {**facts, **found}.get("currency")
                code = str(currency.value) if currency else None
                found[path] = Given(canonical_leaf(path, text, schema, ANSWER, code), ANSWER)
            except InvalidInput as error:
                screen.line(error.message, style="red")
    screen.line()
    return found


def question(path: str, schema: Schema) -> str:
    """What is asked for: the schema's words, else the path's, with the unit or the choices."""
    words = about(path, schema) or path.replace("_", " ").replace(".", ", ")
    example = _UNITS.get(schema.get("x-unit", ""), ("", ""))[1]
    shown = f"{kind_of(schema)}, for example {example}" if example else kind_of(schema)
    return f"{words[:1].upper()}{words[1:].rstrip('.')} ({shown})"


def about(path: str, schema: Schema) -> str:
    """What a schema says about a fact; a title that only repeats the path says nothing."""
    title = str(schema.get("title", ""))
    repeated = title.lower() == path.rpartition(".")[2].replace("_", " ")
    return str(schema.get("description") or ("" if repeated else title))


def kind_of(schema: Schema) -> str:
    """How a value has to look."""
    if "enum" in schema:
        return f"one of: {', '.join(map(str, schema['enum']))}"
    unit = schema.get("x-unit")
    if unit and not (unit == "count" and schema.get("type") == "integer"):
        return _UNITS.get(unit, (str(unit), ""))[0]
    kinds = {"boolean": "yes or no", "integer": "a whole number", "array": "several, with commas"}
    return kinds.get(str(schema.get("type")), "text")


def _read(prompt: str) -> str:
    try:
        return input(prompt).strip()
    except EOFError:
        print()
        return ""
