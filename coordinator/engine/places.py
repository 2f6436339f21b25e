"""What does not fit in a flow's file, and the line it stands on."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from experts.core.errors import ConfigurationError


class Misfit(NamedTuple):
    """What does not fit, and where: in the entry `id` of `table` (steps, syncs, metrics, feedback), near `word`."""

    message: str
    table: str = ""
    id: str = ""
    word: str = ""


class FlowError(ConfigurationError):
    """A flow that does not fit; the message is the first misfit's."""

    def __init__(self, misfits: list[Misfit]) -> None:
        super().__init__(misfits[0].message)
        self.misfits = misfits


_HEAD = re.compile(r"^\s*\[+\s*([A-Za-z0-9_.-]+)\s*\]+")
_ID = re.compile(r"""^\s*id\s*=\s*["']([^"']*)["']""")


def line_of(text: str, misfit: Misfit) -> int | None:
    """The line of a flow's file that a misfit is about: the first one of its entry that holds its word, else its first.

    None where the text does not show it, as in a flow written in one line.
    """
    first: int | None = None
    for number, line in _entry(text.splitlines(), misfit):
        first = first or number
        if misfit.word and re.search(rf"(?<![\w-]){re.escape(misfit.word)}(?![\w-])", line):
            return number
    return first


def _entry(lines: list[str], misfit: Misfit) -> Iterator[tuple[int, str]]:
    """The numbered lines of the entry of the misfit's table that has its id."""
    if not misfit.table:
        yield from enumerate(lines, 1)
        return
    if misfit.table == "metrics":
        yield from ((n, line) for n, line in enumerate(lines, 1) if re.match(rf"\s*{re.escape(misfit.id)}\s*=", line))
        return
    entry: list[tuple[int, str]] = []
    entries = [entry]
    for number, line in enumerate(lines, 1):
        head = _HEAD.match(line)
        if head and head.group(1) == misfit.table:
            entry = [(number, line)]
            entries.append(entry)
        elif head and not head.group(1).startswith(f"{misfit.table}."):
            entry = []
        elif entry:
            entry.append((number, line))
    for found in entries:
        ids = [at.group(1) for _, line in found if (at := _ID.match(line))]
        if found and (misfit.id in ids or not misfit.id):
            yield from found
