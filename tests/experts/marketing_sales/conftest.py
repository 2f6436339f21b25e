"""Briefs as the marketing steps see them, and a check of grounds, sources and free digits."""

import copy
import functools
import inspect
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import create_model

from coordinator.engine.compiled import ActionSpec
from coordinator.engine.grounding import ungrounded
from coordinator.engine.model import Called
from coordinator.engine.schema import project
from experts.core.contract import ActionResult
from experts.core.discovery import load_expert
from experts.core.schemas import inline
from experts.core.worksheet import to_json
from experts.finance_accountant.actions import budget_analysis_and_optimization as allocation
from experts.marketing_sales.actions import campaign_kpi_forecast, campaign_strategy_development

Facts = dict[str, Any]
Run = Callable[..., ActionResult]

FOLDER = Path(campaign_strategy_development.__file__).parent.parent
EXAMPLES = Path(__file__).parents[3] / "examples" / "briefs"
LITERALS = ["WCAG 2.2", "A6", "A/B"]

STUDIO: Facts = {
    "campaign": {
        "name": "Autumn evening courses",
        "audience": "Adults who want to try pottery after work",
        "message": "Six evenings, one wheel, your own tableware",
        "result_name": "course bookings",
        "goals": {"fill": "Fill the autumn courses before the first evening"},
    },
    "currency": "EUR",
    "budget": {"total": "6500", "production": "900"},
    "economics": {"order_value": "185", "gross_margin": "0.55"},
    "kpis": {
        "bookings": {"label": "Course bookings", "measure": "results", "target": "90"},
        "cost": {"label": "Cost per booking", "measure": "cost_per_result", "target": "60"},
        "payback": {"measure": "payback_months", "target": "2"},
        "sales": {"measure": "return_on_spend", "target": "10"},
    },
    "channels": {
        "search_ads": {
            "label": "Search ads",
            "minimum": "500",
            "maximum": "4000",
            "past": {
                "spring-2024": {"spend": "900", "results": "39"},
                "autumn-2024": {"spend": "1200", "results": "44"},
                "spring-2025": {"spend": "1500", "results": "54"},
                "autumn-2025": {"spend": "2000", "results": "63"},
                "spring-2026": {"spend": "2400", "results": "67"},
                "autumn-2026": {"spend": "2800", "results": "78"},
            },
        },
        "instagram": {"spend_now": "600", "results_now": "16", "results_at_double": "24"},
        "craft_fair": {"label": "Stand at the craft fair", "minimum": "450", "maximum": "700"},
    },
    "schedule": {"campaign_weeks": 8},
}


@pytest.fixture
def tidewater() -> Facts:
    """The example brief: four given curves, targets, a landing-page test."""
    brief = tomllib.loads((EXAMPLES / "tidewater_campaign.toml").read_text("utf-8"), parse_float=str)
    brief["schedule"]["campaign_weeks"] = 12
    return brief


@pytest.fixture
def studio() -> Facts:
    """A first campaign: past rows, two answers, and a channel of which nothing is known."""
    return copy.deepcopy(STUDIO)


@pytest.fixture
def strategy() -> Run:
    """Run campaign_strategy_development on plain facts, refusing what the coordinator would not commit."""

    def call(brief: Facts, **judgement: Any) -> ActionResult:
        return _checked(campaign_strategy_development, brief, {}, judgement)

    return call


@pytest.fixture
def forecast() -> Run:
    """Run campaign_kpi_forecast on plain facts and upstream data, with the same check."""

    def call(brief: Facts, inputs: Facts, **judgement: Any) -> ActionResult:
        return _checked(campaign_kpi_forecast, brief, inputs, judgement)

    return call


@pytest.fixture
def plan(strategy: Run, forecast: Run) -> Callable[..., tuple[ActionResult, Facts, ActionResult]]:
    """Strategy, the finance expert's allocation, and forecast, as the flow runs them."""

    def call(brief: Facts, **judgement: Any) -> tuple[ActionResult, Facts, ActionResult]:
        channel_plan = strategy(brief)
        views = _typed(allocation.Inputs, {"channel_plan": channel_plan.data})
        budget = _allocated(_typed(allocation.Brief, brief).model_dump_json(), views.model_dump_json())
        inputs = {"channel_plan": channel_plan.data, "allocation": budget}
        return channel_plan, inputs, forecast(brief, inputs, **judgement)

    return call


@functools.cache
def _allocated(brief: str, inputs: str) -> Facts:
    """The allocation of facts given as JSON: worked out once, however many tests ask."""
    typed = allocation.Brief.model_validate_json(brief), allocation.Inputs.model_validate_json(inputs)
    return allocation.run(*typed, allocation.Judgement.model_validate({})).data


def _checked(action: ModuleType, brief: Facts, inputs: Facts, judgement: Facts) -> ActionResult:
    typed = _typed(action.Brief, brief), _typed(action.Inputs, inputs)
    result: ActionResult = action.run(*typed, action.Judgement.model_validate(judgement))
    called = Called(brief=to_json(typed[0]), inputs=to_json(typed[1]), judgement=result.judgement)
    assert ungrounded(result, called, _spec(action), _tool_schemas(), LITERALS) == []
    action.Output.model_validate(result.data)
    return result


def _typed(model: Any, value: Facts) -> Any:
    return model.model_validate(project(value, inline(model.model_json_schema())))


def _spec(action: ModuleType) -> ActionSpec:
    models = {name: getattr(action, name.capitalize()) for name in ("brief", "inputs", "judgement", "output")}
    return ActionSpec(
        expert="marketing-sales",
        name=action.__name__.rpartition(".")[2],
        kind=action.KIND,
        version=action.VERSION,
        needs=action.NEEDS,
        **{name: inline(model.model_json_schema()) for name, model in models.items()},
    )


@functools.cache
def _tool_schemas() -> dict[str, Facts]:
    expert = load_expert(FOLDER, "experts.marketing_sales")
    assert expert.failed == {}
    made = {}
    for name, tool in expert.tools.items():
        fields: Any = {
            key: (parameter.annotation, ... if parameter.default is inspect.Parameter.empty else parameter.default)
            for key, parameter in inspect.signature(tool).parameters.items()
        }
        made[name] = inline(create_model(name, **fields).model_json_schema())
    return made
