"""No file is longer than a reader can hold in mind."""

from pathlib import Path

import pytest

from tests.architecture.tree import files, name

LONGEST = 400
EXCEPTIONS: dict[str, int] = {}
"""File -> the length it may have. This list only shrinks."""


@pytest.mark.parametrize("path", files(".py", ".toml", ".j2", ".css", ".md"), ids=name)
def test_a_file_has_at_most_400_lines(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= EXCEPTIONS.get(name(path), LONGEST), f"{name(path)} has {lines} lines; take a noun out of it"


def test_an_exception_is_taken_back_when_it_is_no_longer_needed() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in files(".py", ".toml", ".j2", ".css", ".md")}
    assert {path: lengths.get(path) for path in EXCEPTIONS if lengths.get(path, 0) <= LONGEST} == {}
