"""The Tidewater brief as the execution step sees it, and a check of grounds and sources."""

import copy
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import create_model

from coordinator.engine.compiled import ActionSpec
from coordinator.engine.grounding import ungrounded
from coordinator.engine.model import Called
from coordinator.engine.schema import inline
from experts.core.contract import ActionResult
from experts.core.discovery import load_expert
from experts.core.worksheet import to_json
from experts.project_management.actions import campaign_execution_planning as action

Facts = dict[str, Any]
Run = Callable[..., ActionResult]


def _task(label: str, duration: int, *before: str, owner: str, kind: str = "work") -> Facts:
    return {"label": label, "duration": duration, "predecessors": list(before), "owner": owner, "kind": kind}


BRIEF: Facts = {
    "tasks": {
        "brief": _task("Brief", 4, owner="marco"),
        "budget_approval": _task("Budget approval", 2, "brief", owner="ines", kind="approval"),
        "concept": _task("Creative concept", 7, "budget_approval", owner="lena"),
        "media_booking": _task("Media booking", 5, "budget_approval", owner="marco"),
        "film": _task("Film shoot", 6, "concept", owner="lena"),
        "stills": _task("Stills", 4, "concept", owner="lena"),
        "landing_page": _task("Landing page", 9, "concept", owner="noor"),
        "sampling_kit": _task("Sampling kit", 8, "concept", owner="theo"),
        "legal_read": _task("Legal read of claims", 3, "stills", "film", owner="Outside counsel", kind="review"),
        "tracking": _task("Tracking", 3, "landing_page", owner="noor"),
        "qa": _task("Test and QA", 2, "tracking", "legal_read", owner="noor"),
        "go_live": _task("Go live", 1, "qa", "media_booking", "sampling_kit", owner="marco"),
    },
    "schedule": {"start": "2027-08-16", "latest_go_live": "2027-10-01", "country": "US"},
    "team": {
        "ines": {"name": "Ines Calder"},
        "marco": {"name": "Marco Oyelaran"},
        "lena": {"name": "Lena Fujita"},
        "noor": {"name": "Noor Haddad"},
        "theo": {"name": "Theo Brandt"},
    },
}
INPUTS: Facts = {
    "manifest": {
        "assets": {
            "landing_page": {"label": "Landing page variants", "made_by": "landing_page"},
            "social_stills": {"label": "Paid-social stills", "made_by": "stills"},
            "films": {"label": "15-second films", "made_by": "film"},
            "podcast_script": {"label": "Podcast script"},
            "sampling_card": {"label": "Sampling card", "made_by": "sampling_kit"},
            "welcome_email": {"label": "Welcome e-mail"},
        }
    },
    "allocation": {
        "currency": "USD",
        "media": "71900",
        "production": "14500",
        "reserve": "9600",
        "unallocated": "0",
        "working_total": "86400",
        "total": "96000",
    },
}


@pytest.fixture
def brief() -> Facts:
    return copy.deepcopy(BRIEF)


@pytest.fixture
def inputs() -> Facts:
    return copy.deepcopy(INPUTS)


@pytest.fixture
def run() -> Run:
    """Run the action on plain data, refusing a result that the coordinator would not commit."""

    def call(brief: Facts, inputs: Facts, check: bool = True, **judgement: Any) -> ActionResult:
        typed = action.Brief.model_validate(brief), action.Inputs.model_validate(inputs)
        result = action.run(*typed, action.Judgement.model_validate(judgement))
        if not check:
            return result
        called = Called(brief=to_json(typed[0]), inputs=to_json(typed[1]), judgement=result.judgement)
        assert ungrounded(result, called, _spec(), _tool_schemas(), []) == []
        action.Output.model_validate(result.data)
        return result

    return call


def _spec() -> ActionSpec:
    return ActionSpec(
        expert="project-management",
        name="campaign_execution_planning",
        kind=action.KIND,
        version=action.VERSION,
        needs=action.NEEDS,
        brief=_schema(action.Brief),
        inputs=_schema(action.Inputs),
        judgement=_schema(action.Judgement),
        output=_schema(action.Output),
    )


def _schema(model: Any) -> Facts:
    return inline(_by_key(model.model_json_schema()))


def _by_key(node: Any) -> Any:
    """Tables by patterned key, written as tables by any key."""
    if isinstance(node, list):
        return [_by_key(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _by_key(item) for key, item in node.items() if key != "patternProperties"}
    if "patternProperties" in node:
        made["additionalProperties"] = _by_key(next(iter(node["patternProperties"].values())))
    return made


def _tool_schemas() -> dict[str, Facts]:
    expert = load_expert(Path(action.__file__).parent.parent, "experts.project_management")
    assert expert.failed == {}
    made = {}
    for name, tool in expert.tools.items():
        fields: Any = {
            key: (parameter.annotation, ... if parameter.default is inspect.Parameter.empty else parameter.default)
            for key, parameter in inspect.signature(tool).parameters.items()
        }
        made[name] = _schema(create_model(name, **fields))
    return made
