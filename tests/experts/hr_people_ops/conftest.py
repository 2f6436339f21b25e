"""The arguments of the end-to-end tests as typed arguments, and the results and views they give."""

import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import create_model

import experts.hr_people_ops
from experts.core.contract import Model
from experts.core.discovery import Expert, load_expert, load_view
from experts.core.view import View
from tests.architecture.tree import ROOT

ARGUMENTS: dict[str, Any] = json.loads((ROOT / "tests/e2e/arguments/hr-people-ops.json").read_text("utf-8"))


class Desk:
    """Calls tools and views as a server would."""

    def __init__(self) -> None:
        self.expert: Expert = load_expert(Path(experts.hr_people_ops.__file__).parent, "experts.hr_people_ops")

    def typed(self, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
        fields: Any = {
            key: (part.annotation, ... if part.default is inspect.Parameter.empty else part.default)
            for key, part in inspect.signature(self.expert.tools[tool]).parameters.items()
        }
        made = create_model(tool, **fields).model_validate(arguments)
        return {key: getattr(made, key) for key in fields}

    def call(self, tool: str, arguments: dict[str, Any]) -> Any:
        return self.expert.tools[tool](**self.typed(tool, arguments))

    def view(self, tool: str, arguments: dict[str, Any]) -> View:
        make = load_view(self.expert, tool)
        assert make is not None
        typed = self.typed(tool, arguments)
        result: Model = self.expert.tools[tool](**typed)
        found = make(result, typed)
        assert isinstance(found, View)
        return found


@pytest.fixture(scope="session")
def desk() -> Desk:
    return Desk()


@pytest.fixture
def given() -> dict[str, Any]:
    """A fresh copy of every tool's example arguments."""
    copied: dict[str, Any] = json.loads(json.dumps(ARGUMENTS))
    return copied
