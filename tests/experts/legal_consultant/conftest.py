"""Calls a tool as its server does: JSON arguments in, the typed result out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import experts.legal_consultant
from experts.core.discovery import Expert, load_expert
from mcp_servers.expert_server import validated

EXPERT = load_expert(Path(experts.legal_consultant.__file__).parent, "experts.legal_consultant")


@pytest.fixture(scope="session")
def expert() -> Expert:
    return EXPERT


@pytest.fixture(scope="session")
def call() -> Callable[..., Any]:
    def call(name: str, /, **arguments: Any) -> Any:
        return EXPERT.tools[name](**validated(EXPERT.tools[name], arguments))

    return call
