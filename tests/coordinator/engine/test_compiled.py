"""A flow that does not fit the experts is refused with what does not fit and the nearest name."""

from pathlib import Path
from typing import Any

import pytest

from coordinator.engine.compiled import ActionSpec, compile_flow
from coordinator.engine.flow import parse_flow
from coordinator.engine.places import FlowError, line_of
from experts.core.discovery import discover
from experts.core.errors import ConfigurationError
from mcp_servers.expert_server import action_schemas

SPINE = (Path(__file__).parents[2] / "spine" / "spine.toml").read_text("utf-8")


def specs() -> list[ActionSpec]:
    return [
        ActionSpec(
            expert=e.profile.id,
            name=a.name,
            kind=a.kind,
            version=a.version,
            needs=a.needs,
            **action_schemas(a),  # type: ignore[arg-type]
        )
        for e in discover("tests.spine.toys")
        for a in e.actions.values()
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "label"', 'id = "lable"', "has no action 'lable'; did you mean 'label'?"),
        ('produces = "Label"', 'produces = "Lable"', "the action makes 'Label'"),
        ('needs = { demand = "demand" }', 'needs = { demand = "demnd" }', "no step 'demnd'; did you mean 'demand'?"),
        ('needs = { demand = "demand" }', 'needs = { demand = "label" }', "takes 'Demand', step 'label' makes 'Label'"),
        ('needs = { demand = "demand" }', "needs = { }", "the action needs 'demand'"),
        ('after = ["go"]', 'after = ["gone"]', "there is no sync point 'gone'"),
        ('check = "le"', 'check = "less"', "there is no check 'less'"),
        ('left = "cost#total"', 'left = "cost#totl"', "'cost#totl' is not published"),
        ('spend = { owner = "cost" }', 'spend = { owner = "demand" }', "publishes no such figure"),
        ("passes = 5", "passes = 1", "greater than or equal to 2"),
        ("version = 1", "version = 1\ncolour = 2", "colour"),
        ("[metrics]", "[metrics", "is not valid TOML"),
    ],
)
def test_what_does_not_fit_is_named(old: str, new: str, said: str) -> None:
    assert old in SPINE
    with pytest.raises(ConfigurationError) as refused:
        compile_flow(parse_flow(SPINE.replace(old, new, 1), "spine.toml"), specs())
    assert said in refused.value.message


def test_the_brief_is_the_union_of_what_actions_and_the_flow_read() -> None:
    flow = compile_flow(parse_flow(SPINE, "spine.toml"), specs())
    assert set(flow.brief["properties"]) == {
        "currency", "market", "label", "unit_cost", "staff", "limit", "approvers", "decided",
    }  # fmt: skip


def test_two_actions_that_default_one_path_differently_are_refused() -> None:
    def other(spec: ActionSpec) -> ActionSpec:
        share: dict[str, Any] = {"type": "string", "x-unit": "rate", "default": "0.2", "reason": "x"}
        brief = {"type": "object", "properties": {"market": {"type": "object", "properties": {"share": share}}}}
        return spec.model_copy(update={"brief": brief}) if spec.name == "label" else spec

    with pytest.raises(ConfigurationError, match=r"market\.share.*default"):
        compile_flow(parse_flow(SPINE, "spine.toml"), [other(spec) for spec in specs()])


def found_in(text: str) -> list[tuple[int | None, str]]:
    """Line and message of everything that does not fit."""
    with pytest.raises(FlowError) as refused:
        compile_flow(parse_flow(text, "spine.toml"), specs())
    return [(line_of(text, misfit), misfit.message) for misfit in refused.value.misfits]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id = "label"', 'id = "lable"'),
        ('needs = { demand = "demand" }', 'needs = { demand = "demnd" }'),
        ('needs = { demand = "demand" }', 'needs = { demnd = "demand" }'),
        ('after = ["go"]', 'after = ["gone"]'),
        ('left = "cost#total"', 'left = "cost#totl"'),
        ('covers = ["report"]', 'covers = ["reprot"]'),
        ('experts = ["planner"]', 'experts = ["planer"]'),
        ('judgement = { discount = "0.5" }', 'judgement = { discuont = "0.5" }'),
        ('spend = { owner = "cost" }', 'spend = { owner = "demand" }'),
        ('expert = "builder"\nproduces = "Cost"', 'expert = "bulder"\nproduces = "Cost"'),
        ("passes = 5", "passes = 1"),
        ('approvers = "fact:approvers.go"', 'approvers = "fact:approvers.stop"'),
        ('right = "fact:limit"', 'right = "fact:limti"'),
        ("passes = 5", "pases = 5"),
        ('check = "le"', 'check = "less"'),
    ],
)
def test_what_does_not_fit_is_found_on_its_line(old: str, new: str) -> None:
    text = SPINE.replace(old, new, 1)
    at = SPINE[: SPINE.index(old)].count("\n") + 1
    lines = [line for line, _ in found_in(text)]
    assert set(lines) & {at, at + new.count("\n")}, found_in(text)


def test_all_that_does_not_fit_is_said_at_once() -> None:
    text = SPINE.replace('after = ["go"]', 'after = ["gone"]').replace('check = "le"', 'check = "less"')
    assert len(found_in(text)) == 2


def test_a_cycle_is_found_on_a_line_of_one_of_its_steps() -> None:
    text = SPINE.replace(
        'id = "demand"\nexpert = "planner"\nproduces = "Demand"',
        'id = "demand"\nexpert = "planner"\nproduces = "Demand"\nafter = ["go"]',
    )
    (line, message), *_ = found_in(text)
    assert "has a cycle among" in message and line


def test_a_participant_without_a_step_is_named() -> None:
    text = SPINE.replace('participants = ["planner", "builder"]', 'participants = ["planner", "builder", "lawyer"]')
    assert found_in(text) == [(5, "flow 'spine': participant 'lawyer' has no step; leave it out, or give it one")]
