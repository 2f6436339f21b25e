"""The Tidewater brief as the budget step sees it, a check of grounds, and a small spreadsheet engine."""

import copy
import inspect
from collections.abc import Callable
from decimal import Decimal
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
from experts.finance_accountant.actions import budget_analysis_and_optimization as action
from experts.finance_accountant.tools._curves import Channel, Curve

Facts = dict[str, Any]
Run = Callable[..., ActionResult]

BRIEF: Facts = {
    "campaign": {"result_name": "first orders"},
    "currency": "USD",
    "budget": {"total": "96000", "production": "14500", "reserve_rate": "0.10"},
    "economics": {"order_value": "34", "gross_margin": "0.48", "monthly_retention": "0.78"},
}


def _channel(label: str, minimum: str, applies: str, maximum: str | None, **curve: str) -> Facts:
    bounds = {"label": label, "minimum": minimum, "minimum_applies": applies, "evidence": "given", "curve": curve}
    return bounds if maximum is None else bounds | {"maximum": maximum}


CHANNELS: Facts = {
    "paid_search": _channel("Paid search", "4000", "required", None, form="power", a="32", b="0.5"),
    "paid_social": _channel("Paid social", "0", "required", None, form="power", a="26", b="0.5"),
    "podcast": _channel("Podcast sponsorship", "6000", "if_used", "22000", form="log", a="410", scale="6000"),
    "sampling": _channel("In-store sampling", "5000", "required", "12000", form="power", a="11", b="0.5"),
}


@pytest.fixture
def brief() -> Facts:
    return copy.deepcopy(BRIEF)


@pytest.fixture
def channels() -> Facts:
    return copy.deepcopy(CHANNELS)


@pytest.fixture
def tidewater() -> Facts:
    """Arguments of optimize_budget_allocation for the Tidewater brief."""
    made = {
        key: Channel.model_validate({k: v for k, v in item.items() if k != "evidence"})
        for key, item in CHANNELS.items()
    }
    return {
        "total": Decimal(96000),
        "currency": "USD",
        "channels": made,
        "production": Decimal(14500),
        "reserve_rate": Decimal("0.10"),
    }


@pytest.fixture
def power() -> Callable[..., Channel]:
    """A channel with the curve a*spend^b."""
    return lambda a, b="0.5", **bounds: Channel(curve=Curve(form="power", a=Decimal(a), b=Decimal(b)), **bounds)


@pytest.fixture
def log() -> Callable[..., Channel]:
    """A channel with the curve a*ln(1 + spend/scale)."""
    return lambda a, scale, **bounds: Channel(curve=Curve(form="log", a=Decimal(a), scale=Decimal(scale)), **bounds)


@pytest.fixture
def run() -> Run:
    """Run the action on plain data, refusing a result that the coordinator would not commit."""

    def call(brief: Facts, channels: Facts, **judgement: Any) -> ActionResult:
        typed = (
            action.Brief.model_validate(brief),
            action.Inputs.model_validate({"channel_plan": {"channels": channels}}),
        )
        result = action.run(*typed, action.Judgement.model_validate(judgement))
        called = Called(brief=to_json(typed[0]), inputs=to_json(typed[1]), judgement=result.judgement)
        assert ungrounded(result, called, _spec(), _tool_schemas(), []) == []
        action.Output.model_validate(result.data)
        return result

    return call


def _spec() -> ActionSpec:
    return ActionSpec(
        expert="finance-accountant",
        name="budget_analysis_and_optimization",
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
    expert = load_expert(Path(action.__file__).parent.parent, "experts.finance_accountant")
    assert expert.failed == {}
    made = {}
    for name, tool in expert.tools.items():
        fields: Any = {
            key: (parameter.annotation, ... if parameter.default is inspect.Parameter.empty else parameter.default)
            for key, parameter in inspect.signature(tool).parameters.items()
        }
        made[name] = _schema(create_model(name, **fields))
    return made
