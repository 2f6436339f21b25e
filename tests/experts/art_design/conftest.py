"""The Tidewater brief as the design steps see it, and a check of grounds and sources."""

import copy
import inspect
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import create_model

from coordinator.engine.compiled import ActionSpec
from coordinator.engine.grounding import ungrounded
from coordinator.engine.model import Called
from experts.art_design.actions import creative_asset_development, creative_brief_development
from experts.core.contract import ActionResult
from experts.core.discovery import load_expert
from experts.core.schemas import inline
from experts.core.worksheet import to_json

Facts = dict[str, Any]
Run = Callable[..., ActionResult]

FOLDER = Path(creative_asset_development.__file__).parent.parent
LITERALS = ["WCAG 2.2", "A6", "A/B"]

ASSET_BRIEF: Facts = {
    "brand": {
        "colors": {"deep_water": "#12355B", "foam": "#F4F1EA", "copper": "#B85C38", "kelp": "#4F772D"},
        "uses": {
            "small_prices": {
                "label": "Small prices",
                "foreground": "copper",
                "background": "foam",
                "text_size_pt": "10",
            },
            "button_labels": {
                "label": "Button labels",
                "foreground": "#FFFFFF",
                "background": "kelp",
                "text_size_pt": "12",
                "bold": True,
            },
            "body_text": {"foreground": "deep_water", "background": "foam", "text_size_pt": "12"},
        },
    },
    "team": {
        "lena": {"name": "Lena Fujita", "role": "design"},
        "marco": {"name": "Marco Oyelaran", "role": "marketing"},
    },
}
FORMATS: Facts = {
    "landing_page": {"label": "Landing page variants", "count": 2, "kind": "landing_page"},
    "social_stills": {"label": "Paid-social stills", "count": 6, "kind": "social_image"},
    "films": {"label": "15-second films", "count": 3, "kind": "film"},
    "podcast_script": {"label": "Podcast script", "count": 1, "kind": "audio_script"},
    "sampling_card": {"label": "Sampling card", "count": 1, "kind": "print"},
    "welcome_email": {"label": "Welcome e-mail", "count": 1, "kind": "email"},
}
PLANNED: Facts = {
    "landing_page": {"made_by": "landing_page"},
    "social_stills": {"channel": "paid_social", "made_by": "stills"},
    "films": {"channel": "paid_social", "made_by": "film"},
    "podcast_script": {"channel": "podcast"},
    "sampling_card": {"channel": "sampling", "made_by": "sampling_kit", "spec": "A6, print"},
    "welcome_email": {},
}
ASSET_INPUTS: Facts = {
    "creative_brief": {"formats": FORMATS},
    "channel_plan": {
        "formats": PLANNED,
        "channels": {
            "paid_social": {"label": "Paid social"},
            "podcast": {"label": "Podcast sponsorship"},
            "sampling": {"label": "In-store sampling"},
        },
    },
}
BRIEF_BRIEF: Facts = {
    "campaign": {
        "name": "Tidewater subscription launch",
        "goals": {"orders": "4,000 first orders by Christmas"},
    }
}
BRIEF_INPUTS: Facts = {
    "channel_plan": {
        "audience": "Households in Washington and Oregon",
        "message": "Fresh from the roaster in Tacoma, every two weeks",
        "formats": {
            key: {**FORMATS[key], **({"spec": s} if (s := PLANNED[key].get("spec")) else {})} for key in FORMATS
        },
    },
    "allocation": {"production": "14500"},
}


@pytest.fixture
def brief() -> Facts:
    return copy.deepcopy(ASSET_BRIEF)


@pytest.fixture
def inputs() -> Facts:
    return copy.deepcopy(ASSET_INPUTS)


@pytest.fixture
def campaign() -> Facts:
    return copy.deepcopy(BRIEF_BRIEF)


@pytest.fixture
def upstream() -> Facts:
    return copy.deepcopy(BRIEF_INPUTS)


@pytest.fixture
def make_assets() -> Run:
    """Run creative_asset_development on plain data, refusing a result that the coordinator would not commit."""
    return _runner(creative_asset_development)


@pytest.fixture
def write_brief() -> Run:
    """Run creative_brief_development on plain data, refusing a result that the coordinator would not commit."""
    return _runner(creative_brief_development)


def _runner(action: ModuleType) -> Run:
    def call(brief: Facts, inputs: Facts, **judgement: Any) -> ActionResult:
        typed = action.Brief.model_validate(brief), action.Inputs.model_validate(inputs)
        result: ActionResult = action.run(*typed, action.Judgement.model_validate(judgement))
        called = Called(brief=to_json(typed[0]), inputs=to_json(typed[1]), judgement=result.judgement)
        assert ungrounded(result, called, _spec(action), _tool_schemas(), LITERALS) == []
        action.Output.model_validate(result.data)
        return result

    return call


def _spec(action: ModuleType) -> ActionSpec:
    return ActionSpec(
        expert="art-design",
        name=action.__name__.rpartition(".")[2],
        kind=action.KIND,
        version=action.VERSION,
        needs=action.NEEDS,
        brief=_schema(action.Brief),
        inputs=_schema(action.Inputs),
        judgement=_schema(action.Judgement),
        output=_schema(action.Output),
    )


def _schema(model: Any) -> Facts:
    return inline(model.model_json_schema())


def _tool_schemas() -> dict[str, Facts]:
    expert = load_expert(FOLDER, "experts.art_design")
    assert expert.failed == {}
    made = {}
    for name, tool in expert.tools.items():
        fields: Any = {
            key: (parameter.annotation, ... if parameter.default is inspect.Parameter.empty else parameter.default)
            for key, parameter in inspect.signature(tool).parameters.items()
        }
        made[name] = _schema(create_model(name, **fields))
    return made
