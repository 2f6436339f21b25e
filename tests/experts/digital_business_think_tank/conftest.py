"""The expert as the suite discovers it, its example arguments, and its tools called as a server calls them."""

import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from pydantic import create_model

import experts.digital_business_think_tank
from experts.core.discovery import Expert, load_expert, load_view
from experts.core.view import View

ROOT = Path(__file__).parents[3]
ARGUMENTS: dict[str, dict[str, Any]] = json.loads(
    (ROOT / "tests" / "e2e" / "arguments" / "digital-business-think-tank.json").read_text("utf-8")
)


@pytest.fixture(scope="session")
def expert() -> Expert:
    return load_expert(Path(experts.digital_business_think_tank.__file__).parent, "experts.digital_business_think_tank")


@pytest.fixture(scope="session")
def shown(expert: Expert) -> Callable[[str, dict[str, Any]], tuple[View, Any]]:
    """A tool's view and result, from plain arguments that are validated as a server validates them."""

    def show(tool: str, arguments: dict[str, Any]) -> tuple[View, Any]:
        function = expert.tools[tool]
        hints = get_type_hints(function, include_extras=True)
        fields: dict[str, Any] = {
            name: (hints[name], ... if parameter.default is inspect.Parameter.empty else parameter.default)
            for name, parameter in inspect.signature(function).parameters.items()
        }
        model = create_model("Arguments", **fields)(**arguments)
        values = {name: getattr(model, name) for name in model.model_fields_set}
        result = function(**values)
        view = load_view(expert, tool)
        assert view is not None, tool
        return view(result, values), result

    return show
