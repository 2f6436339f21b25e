"""Writes briefs with their files into a temporary folder and reads them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coordinator.brief.reading import Brief, read_brief
from experts.core.errors import InvalidInput

Files = dict[str, str | bytes]


@pytest.fixture
def brief_of(tmp_path: Path) -> Callable[..., Brief]:
    """Read a brief that consists of a flow line and `toml`, next to `files` (by name)."""

    def read(toml: str = "", files: Files | None = None, *, top: str = 'flow = "plan"\n') -> Brief:
        for name, content in (files or {}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        (tmp_path / "my.toml").write_bytes((top + toml).encode())
        return read_brief(tmp_path / "my.toml")

    return read


@pytest.fixture
def refusal_of(brief_of: Callable[..., Brief]) -> Callable[..., str]:
    """The sentence with which such a brief is refused; checks that it is one sentence on one line."""

    def refuse(toml: str = "", files: Files | None = None, *, top: str = 'flow = "plan"\n') -> str:
        with pytest.raises(InvalidInput) as caught:
            brief_of(toml, files, top=top)
        message = caught.value.message
        assert "\n" not in message
        assert caught.value.exit_code == 3
        return message

    return refuse


@pytest.fixture
def csv_refusal(refusal_of: Callable[..., str]) -> Callable[[str | bytes], str]:
    """The sentence with which `tasks = { file = "tasks.csv" }` with this content is refused."""

    def refuse(content: str | bytes) -> str:
        return refusal_of('tasks = { file = "tasks.csv" }', {"tasks.csv": content})

    return refuse
