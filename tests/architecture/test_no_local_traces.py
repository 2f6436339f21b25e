"""Nothing in the repository belongs to one machine or one network."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, name

MACHINE = re.compile(r"(?<![\w./>}-])/(?:work|tmp|root|home|Users|opt)/[\w.-]+")
INDEX = re.compile(r"--(extra-)?index-url|--find-links|--trusted-host|://")
BINARY = {".png", ".xlsx", ".docx", ".db", ".ico"}


def test_no_file_names_a_folder_of_a_machine() -> None:
    found = [
        f"{name(path)}:{at}: {hit[0]}"
        for path in files()
        if path.suffix not in BINARY
        for at, line in enumerate(_lines(path), 1)
        if (hit := MACHINE.search(line))
    ]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_index(lock: str) -> None:
    assert [line for line in _lines(ROOT / lock) if INDEX.search(line)] == []


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()
