"""Files of a brief: found inside its folder, read whole up to a limit, decoded."""

import os
from pathlib import Path

from experts.core.errors import InvalidInput

MEGABYTE = 1_000_000


def inside(folder: Path, named: str, place: str, field: str) -> Path:
    """The file `named` in a brief, which must lie in the brief's own folder also after following links."""
    if not named.strip() or named != named.strip() or not named.isprintable():
        raise InvalidInput(
            f"{place}: {field} names the file {named!r}; write its name, for example 'tasks.csv'", field=field
        )
    if "\\" in named:
        raise InvalidInput(
            f"{place}: {field} names the file {named!r}; write / between folders, as in 'data/tasks.csv'", field=field
        )
    if named.startswith(("/", "~")) or named[1:2] == ":":
        raise InvalidInput(
            f"{place}: {field} names the file {named!r} by an absolute path; "
            "put the file into the brief's folder and write its name",
            field=field,
        )
    try:
        found = (folder / named).resolve()
        home = folder.resolve()
    except (OSError, RuntimeError) as error:  # RuntimeError: links that go in a circle
        raise InvalidInput(
            f"{place}: {field} names the file {named!r}, which cannot be reached: {error}", field=field
        ) from error
    if not found.is_relative_to(home):
        raise InvalidInput(
            f"{place}: {field} names the file {named!r}, which lies outside the brief's folder; "
            "put a copy into that folder",
            field=field,
        )
    return found


def read_bytes(path: Path, name: str, limit: int, kind: str, field: str = "") -> bytes:
    """The whole file, at most `limit` bytes of it; `kind` says in messages what it should have been."""
    try:
        if path.is_dir():
            raise InvalidInput(f"{name} is a folder; name the {kind} in it", field=field)
        if not path.exists():
            raise InvalidInput(f"{name} does not exist; check the name of the {kind}, capitals included", field=field)
        if not path.is_file():  # opening a pipe or a device could wait for ever
            raise InvalidInput(f"{name} is not an ordinary file; name a {kind}", field=field)
        with path.open("rb") as handle:
            data = handle.read(limit + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise InvalidInput(f"{name!r} cannot be read ({why.lower()}); name a readable {kind}", field=field) from error
    if len(data) > limit:
        raise InvalidInput(
            f"{name} is larger than {limit // MEGABYTE} MB, the most for a {kind}; check that it is the right file",
            field=field,
        )
    return data


def decode(data: bytes, name: str, repair: str, field: str = "") -> str:
    """UTF-8 text, with or without a byte order mark; `repair` says how to save it so."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidInput(
            f"{name} is not UTF-8 text (line {line} holds the byte 0x{data[error.start]:02x}); {repair}", field=field
        ) from error
