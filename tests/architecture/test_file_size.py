"""No file is longer than a reader can hold in mind."""

from tests.architecture.tree import files, name

LONGEST = 400
EXCEPTIONS: dict[str, int] = {}
"""File -> the length it may have. This list only shrinks."""

LENGTHS = {
    name(path): len(path.read_text("utf-8").splitlines()) for path in files(".py", ".toml", ".j2", ".css", ".md")
}


def test_a_file_has_at_most_400_lines() -> None:
    assert {path: lines for path, lines in LENGTHS.items() if lines > EXCEPTIONS.get(path, LONGEST)} == {}


def test_an_exception_is_taken_back_when_it_is_no_longer_needed() -> None:
    assert {path: LENGTHS.get(path) for path in EXCEPTIONS if LENGTHS.get(path, 0) <= LONGEST} == {}
