"""The expert and its recorded arguments, called as a server calls a tool."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import validate_call

import experts.personal_assistant
from experts.core.discovery import Expert, load_expert

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def expert() -> Expert:
    return load_expert(Path(experts.personal_assistant.__file__).parent, "experts.personal_assistant")


@pytest.fixture(scope="session")
def arguments() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "tests/e2e/arguments/personal-assistant.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def call(expert: Expert) -> Callable[..., Any]:
    """Call a tool with JSON arguments."""
    return lambda tool, **given: validate_call(expert.tools[tool])(**given)
