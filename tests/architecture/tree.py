"""Which files are the repository's own, without asking a version control system."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("experts", "store", "coordinator", "mcp_servers")
"""Packages of the program; its modules stand beside them."""
MODULES = ("cli.py", "pixel_commands.py")
FOLDERS = (*CODE, "collaboration_flows", "tests", "examples", "docs", ".ci")


def files(*suffixes: str) -> list[Path]:
    """Every file of the repository, or those with one of the suffixes; caches and environments left out."""
    return sorted(path for path in _files() if not suffixes or path.suffix in suffixes)


def program() -> list[Path]:
    """Every Python file of the program itself."""
    return [path for path in files(".py") if path.name in MODULES or path.relative_to(ROOT).parts[0] in CODE]


def name(path: Path) -> str:
    """A path as a person writes it, from the root."""
    return path.relative_to(ROOT).as_posix()


def _files() -> Iterator[Path]:
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.name != ".coverage")
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            inside = path.relative_to(ROOT / folder).parts
            if path.is_file() and not any(part.startswith(".") or part == "__pycache__" for part in inside):
                yield path
