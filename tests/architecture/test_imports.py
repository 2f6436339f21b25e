"""What the program imports: by contract in pyproject.toml (make lint); here what contracts cannot say."""

import ast
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import CODE, MODULES, ROOT, name, program

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DECLARED = {canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}
BY_NAME = {"asyncpg", "tzdata"}
"""Imported by SQLAlchemy because a database URL names them; read as data by zoneinfo."""
HEAVY = (
    "airportsdata",
    "alembic",
    "coloraide",
    "docx",
    "holidays",
    "icalendar",
    "jinja2",
    "matplotlib",
    "openpyxl",
    "phonenumbers",
    "pptx",
    "pypdfium2",
    "rapidfuzz",
    "reportlab",
    "scipy",
    "vaderSentiment",
    "xlsxwriter",
)


def imported(path: Path, *, at_import: bool = False) -> set[str]:
    """Top-level names of the modules a file imports, anywhere or only when it is itself imported."""
    tree = ast.parse(path.read_text("utf-8"))
    found = set()
    for node in tree.body if at_import else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: imports are absolute"
            found.add(str(node.module).partition(".")[0])
    return found


def test_every_library_that_is_imported_is_declared_and_every_declared_one_is_imported() -> None:
    names = set().union(*(imported(path) for path in program())) - {
        *sys.stdlib_module_names,
        *CODE,
        "cli",
        "pixel_commands",
    }
    owners = packages_distributions()
    used = {canonicalize_name(owners[module][0]) for module in names}
    assert used | BY_NAME == DECLARED


def test_nothing_imports_the_command_line_and_it_imports_no_expert_by_name() -> None:
    assert [name(path) for path in program() if "cli" in imported(path)] == []
    assert [name(path) for path in program() if "pixel_commands" in imported(path)] == ["cli.py"]
    trees = [ast.parse((ROOT / module).read_text("utf-8")) for module in MODULES]
    modules = {str(node.module) for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {
        module for module in modules if module.startswith("experts") and not module.startswith("experts.core")
    } == set()


def test_every_dependency_has_an_upper_bound() -> None:
    groups = [PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"].values()]
    bounds = {line: str(Requirement(line).specifier) for lines in groups for line in lines}
    assert [line for line, bound in bounds.items() if "<" not in bound] == []


@pytest.mark.parametrize("module", ["cli", "pixel_commands", "mcp_servers.compose", "mcp_servers.expert_server"])
def test_starting_loads_no_heavy_library(module: str) -> None:
    code = f"import sys, {module}; print(*[m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_building_every_expert_server_loads_no_heavy_library() -> None:
    code = (
        "import sys; from mcp_servers.known import experts; from mcp_servers.expert_server import expert_server;"
        "[expert_server(e, 'coordinator') for e in experts().values()];"
        f"print(*[m for m in {HEAVY} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
