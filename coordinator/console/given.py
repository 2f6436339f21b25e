"""Facts as the command line gives them: a brief with what `--set` changes in it, arguments as exact JSON."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from coordinator.brief.overrides import parse_overrides
from coordinator.brief.reading import Brief
from coordinator.engine.facts import Given
from experts.core.errors import InvalidInput
from experts.core.quantities import decimal_of, plain

COMMAND_LINE = "command line"


def changes(texts: Iterable[str]) -> dict[str, Given]:
    """What `path=value` arguments change; an empty value removes the fact. Raises InvalidInput."""
    return {path: Given(override.value, COMMAND_LINE) for path, override in parse_overrides(texts).items()}


def brief_facts(brief: Brief, overrides: Mapping[str, Given]) -> dict[str, Given]:
    """The facts of a brief, overridden; removing a table removes all that stands in it."""
    facts = {path: Given(given.value, given.by) for path, given in brief.facts.items()}
    for path, given in overrides.items():
        inside = [known for known in facts if known == path or known.startswith(f"{path}.")]
        if given.value is None and inside:
            for known in inside:
                del facts[known]
        else:
            facts[path] = given  # removing what is not there is checked like any other path
    return facts


def read_arguments(argument: str) -> str:
    """The text of `--args`: as it is, from a file (@file), or from stdin (-). Raises InvalidInput."""
    try:
        if argument == "-":
            return sys.stdin.read()
        return Path(argument[1:]).read_text("utf-8") if argument.startswith("@") else argument
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InvalidInput(f"--args {argument!r} cannot be read ({why}); name a file with JSON in it") from error


def parse_arguments(text: str) -> dict[str, Any]:
    """A tool's arguments from JSON; numbers with a point become decimal strings, so none is rounded.

    Raises InvalidInput that says where the JSON breaks.
    """
    try:
        found = json.loads(text, parse_float=_exact, parse_constant=_no_number, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise InvalidInput(
            f"--args is not JSON: {error.msg[:1].lower()}{error.msg[1:]} at line {error.lineno}, column {error.colno};"
            """ write for example --args '{"total": "96000"}'"""
        ) from error
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"--args is not usable: {str(error).splitlines()[0]}") from error
    if not isinstance(found, dict):
        raise InvalidInput(f"--args is {str(found)[:80]!r}, not an object; write the arguments by name in {{ }}")
    return found


def _exact(text: str) -> str:
    return plain(decimal_of(text))


def _no_number(text: str) -> NoReturn:
    raise InvalidInput(f"--args: {text} is not a number; write digits, for example '1250.50'", seen=text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise InvalidInput(f"--args gives {name!r} twice; give it once", field=name)
        found[name] = value
    return found
