"""The locks hold what pyproject.toml asks for, pinned and hashed, and agree with each other."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.tree import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; ([^\\]+))?", re.MULTILINE)
Pins = dict[str, set[tuple[str, str]]]


def pins(lock: str) -> Pins:
    """Package -> the versions it is pinned to, each with its marker."""
    found: Pins = {}
    for package, version, marker in PIN.findall((ROOT / lock).read_text("utf-8")):
        found.setdefault(package, set()).add((version, marker.strip()))
    return found


def asked(lock: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = list(project["project"]["dependencies"])
    if "dev" in lock:
        lines += project["dependency-groups"]["dev"]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_asked_for_is_pinned_within_its_bounds(lock: str) -> None:
    pinned = pins(lock)
    for requirement in asked(lock):
        versions = pinned.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in {lock}; run: make lock"
        assert all(Version(version) in requirement.specifier for version, _ in versions), (
            f"{requirement}; run: make lock"
        )


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text("utf-8"))
    assert [entry.splitlines()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


def test_development_runs_on_the_versions_that_users_run_on() -> None:
    runtime, development = pins(LOCKS[0]), pins(LOCKS[1])
    versions = {package: {version for version, _ in found} for package, found in development.items()}
    for package, found in runtime.items():
        assert {version for version, _ in found} <= versions.get(package, set()), f"{package} differs; run: make lock"
