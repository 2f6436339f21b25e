"""Every tool and every action of every expert, called by a real MCP client with arguments that somebody would give."""

import copy
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from mcp import Client
from mcp_types import CallToolResult, TextContent

from coordinator import workspace
from coordinator.engine.schema import below
from coordinator.roster import Roster
from mcp_servers.compose import experts, in_process
from mcp_servers.expert_server import expert_server
from tests.e2e.campaign import SESSION, open_campaign

pytestmark = pytest.mark.anyio

CHANNELS = {
    "paid_search": {
        "label": "Paid search",
        "minimum": "4000",
        "curve": {"form": "power", "a": "32", "b": "0.5"},
    },
    "podcast": {
        "label": "Podcast",
        "minimum": "6000",
        "minimum_applies": "if_used",
        "maximum": "22000",
        "curve": {"form": "log", "a": "410", "scale": "6000"},
    },
}
DATED = {
    "stills": {"start": "2027-09-02", "finish": "2027-09-08", "duration": 4},
    "film": {"start": "2027-09-02", "finish": "2027-09-10", "duration": 6},
}

ARGUMENTS: dict[str, dict[str, Any]] = {
    "art-design/build_palette": {"colors": {"copper": "#B85C38", "kelp": "#4F772D"}, "tell_apart": "8"},
    "art-design/check_contrast": {
        "pairs": {
            "prices": {"foreground": "#B85C38", "background": "#F4F1EA", "text_size_pt": "11"},
            "icons": {"foreground": "#4F772D", "background": "#F4F1EA", "kind": "graphic"},
        },
        "level": "AAA",
    },
    "art-design/specify_formats": {
        "formats": {
            "card": {"kind": "print", "label": "Sampling card", "spec": "A6, print"},
            "film": {"kind": "film", "count": 3, "spec": "15 seconds, 16:9"},
        }
    },
    "art-design/explain_method": {"tool": "check_contrast"},
    "finance-accountant/analyze_allocation_sensitivity": {
        "total": "60000",
        "currency": "USD",
        "channels": CHANNELS,
        "production": "5000",
        "reserve_rate": "0.1",
        "order_value": "34",
        "gross_margin": "0.48",
        "monthly_retention": "0.78",
        "step": "0.2",
    },
    "finance-accountant/analyze_break_even": {
        "fixed_costs": "86400",
        "unit_price": "34",
        "unit_cost": "17.68",
        "currency": "USD",
        "target_profit": "10000",
        "expected_units": "11442.25",
    },
    "finance-accountant/analyze_unit_economics": {
        "order_value": "34",
        "gross_margin": "0.48",
        "cost_per_result": "27",
        "currency": "USD",
        "monthly_retention": "0.78",
    },
    "finance-accountant/optimize_budget_allocation": {
        "total": "60000",
        "currency": "USD",
        "channels": CHANNELS,
        "production": "5000",
        "reserve_amount": "4000",
    },
    "finance-accountant/explain_method": {"tool": "optimize_budget_allocation"},
    "marketing-sales/compute_campaign_kpis": {
        "spend": "86400",
        "results_low": "9153.8",
        "results_expected": "11442.25",
        "results_high": "13730.7",
        "currency": "USD",
        "order_value": "34",
        "gross_margin": "0.48",
        "monthly_retention": "0.78",
    },
    "marketing-sales/estimate_daily_visitors": {
        "results": "11442.25",
        "conversion_rate": "0.031",
        "campaign_weeks": 12,
    },
    "marketing-sales/evaluate_kpis": {
        "kpis": {"cost": {"measure": "cost_per_result", "target": "16"}},
        "forecasts": {"cost_per_result": {"worst": "9.44", "expected": "7.55", "best": "6.29"}},
    },
    "marketing-sales/fit_response_curves": {
        "channels": {
            "search": {"curve": "32*sqrt(spend)"},
            "social": {
                "past": {
                    "april": {"spend": "1000", "results": "820"},
                    "may": {"spend": "2000", "results": "1170"},
                    "june": {"spend": "4000", "results": "1630"},
                    "july": {"spend": "8000", "results": "2340"},
                }
            },
            "radio": {"spend_now": "3000", "results_now": "400", "results_at_double": "560"},
        },
        "confidence": "0.9",
    },
    "marketing-sales/forecast_channel_results": {
        "channels": {
            "search": {"spend": "40000", "curve": {"form": "power", "a": "32", "b": "0.5"}},
            "podcast": {"spend": "8000", "curve": {"form": "log", "a": "410", "scale": "6000"}},
        },
        "curve_uncertainty": "0.15",
    },
    "marketing-sales/plan_ab_test": {
        "baseline_rate": "0.031",
        "detect_rate": "0.038",
        "power": "0.9",
        "significance": "0.05",
        "sides": 2,
        "daily_visitors": "900",
    },
    "marketing-sales/explain_method": {"tool": "plan_ab_test"},
    "project-management/build_cost_baseline": {
        "tasks": DATED,
        "go_live": "2027-09-23",
        "campaign_weeks": 12,
        "media": "71900",
        "production": "14500",
        "currency": "USD",
        "country": "US",
        "subdivision": "WA",
        "reserve": "9600",
    },
    "project-management/check_resource_load": {
        "tasks": {key: {**task, "owner": "lena"} for key, task in DATED.items()},
        "team": {"lena": {"capacity": 1}},
        "country": "US",
    },
    "project-management/compute_critical_path": {
        "tasks": {
            "concept": {"duration": 7},
            "film": {"duration": 6, "predecessors": ["concept"]},
            "legal_read": {"duration": 3, "links": [{"task": "film", "type": "FS", "lag": 1}], "kind": "review"},
        },
        "target": "legal_read",
        "overlap_review": True,
    },
    "project-management/schedule_on_calendar": {
        "tasks": {
            "concept": {
                "duration": 7,
                "early_start": 0,
                "early_finish": 7,
                "late_start": 0,
                "late_finish": 7,
                "total_float": 0,
                "free_float": 0,
                "critical": True,
            }
        },
        "start": "2027-08-24",
        "country": "US",
        "target": "concept",
        "latest": "2027-10-01",
    },
    "project-management/explain_method": {"tool": "schedule_on_calendar"},
}


@pytest.fixture(scope="module")
async def roster() -> AsyncIterator[Roster]:
    async with Roster(in_process()) as roster:
        yield roster


def content(answer: Any) -> dict[str, Any]:
    """The structured content of an answer, which must say the same as its text."""
    assert isinstance(answer, CallToolResult)
    (text,) = answer.content
    assert isinstance(text, TextContent)
    assert not answer.is_error, text.text
    assert isinstance(answer.structured_content, dict)
    assert json.loads(text.text) == answer.structured_content
    return answer.structured_content


def refused(answer: Any) -> str:
    """The sentence of a refusal, which has a code that says whose mistake it is."""
    assert isinstance(answer, CallToolResult) and answer.is_error
    (text,) = answer.content
    assert isinstance(text, TextContent) and isinstance(answer.structured_content, dict)
    assert answer.structured_content["code"] == "invalid_input"
    assert answer.structured_content["message"] == text.text
    return text.text


async def test_there_are_arguments_for_exactly_the_tools_that_are_listed(roster: Roster) -> None:
    listed = {f"{expert}/{tool}" for expert in roster.experts for tool in (await roster.link(expert)).tools}
    assert listed == ARGUMENTS.keys()


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_every_tool_answers_with_the_same_as_text_and_as_structured_content(
    era: Literal["auto", "legacy"],
) -> None:
    for expert in experts().values():
        async with Client(expert_server(expert), mode=era) as client:
            assert client.protocol_version == {"auto": "2026-07-28", "legacy": "2025-11-25"}[era]
            listed = [tool.name for tool in (await client.list_tools()).tools]
            assert not set(listed) & set(expert.actions)  # only coordinators see actions
            for tool in listed:
                found = content(await client.call_tool(tool, ARGUMENTS[f"{expert.profile.id}/{tool}"]))
                assert found["method"], tool


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_every_action_answers_with_the_artifact_that_the_session_keeps(
    era: Literal["auto", "legacy"], planned: Path
) -> None:
    async with open_campaign(planned) as desk:
        state = await workspace.read(desk, SESSION)
    called = set()
    for artifact in state.artifacts.values():
        expert, _, action = artifact.action.partition("/")
        name = action.partition("@")[0]
        async with Client(expert_server(experts()[expert], "coordinator"), mode=era) as client:
            found = content(await client.call_tool(name, artifact.called.model_dump(mode="json")))
        assert found["data"] == artifact.result.data
        called.add(f"{expert}/{name}")
    assert called == {f"{e.profile.id}/{action}" for e in experts().values() for action in e.actions}


@pytest.mark.parametrize("name", ARGUMENTS)
async def test_an_argument_that_a_tool_does_not_have_is_refused_by_name(roster: Roster, name: str) -> None:
    expert, _, tool = name.partition("/")
    client = (await roster.link(expert)).client
    message = refused(await client.call_tool(tool, {**ARGUMENTS[name], "dicsount": "0.1"}))
    assert "'dicsount'" in message and tool in message


def quantities(value: Any, schema: dict[str, Any], path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where in some arguments the schema asks for a quantity."""
    if "x-unit" in schema:
        yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from quantities(item, below(schema, key) or {}, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from quantities(item, schema.get("items", {}), (*path, index))


@pytest.mark.parametrize("name", ARGUMENTS)
async def test_what_is_not_a_quantity_is_refused_wherever_a_tool_takes_one(roster: Roster, name: str) -> None:
    expert, _, tool = name.partition("/")
    link = await roster.link(expert)
    places = list(quantities(ARGUMENTS[name], link.tools[tool]))
    assert bool(places) == (tool != "explain_method")
    for path in places:
        wrongs: tuple[Any, ...] = ("NaN", "Infinity", "-Infinity", "1e999999999", "", "ten", [], {})
        for wrong in wrongs:
            arguments = copy.deepcopy(ARGUMENTS[name])
            *parents, last = path
            node: Any = arguments
            for key in parents:
                node = node[key]
            node[last] = wrong
            message = refused(await link.client.call_tool(tool, arguments))
            assert str(last) in message, (path, wrong, message)
        node[last] = True  # JSON true is no number either
        refused(await link.client.call_tool(tool, arguments))
