"""Order, parallel stages and the longest chain of a declared workflow.

Steps form a directed acyclic graph; a stage holds the steps whose longest chain of predecessors has
the same length (Kahn's topological order by levels). The longest chain by minutes is the least time
the whole can take with enough hands. A cycle is refused with its members, an unknown step with the
nearest name. Limits: it plans the order and does not carry steps out.
"""

from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.quantities import Count
from experts.personal_assistant.tools import _graph


class Step(Model):
    name: Annotated[str, Field(max_length=120)]
    who: Annotated[str, Field(max_length=60)] = ""
    minutes: Annotated[int, Field(ge=0, le=100_000)] = 0
    needs: Annotated[list[str], Field(max_length=40)] = []


class Stage(Model):
    """Steps that may run at the same time."""

    number: int
    steps: list[str]


class Workflow(Model):
    """Minutes from the beginning; order is one valid sequence."""

    order: list[str]
    stages: list[Stage]
    earliest: dict[str, Count]
    longest_chain: list[str]
    minutes: Count
    minutes_one_by_one: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def run_workflow(steps: Annotated[dict[Key, Step], Field(min_length=1, max_length=100)]) -> Workflow:
    """Order, parallel stages and least time of a workflow with dependencies.

    Use when work passes through several hands or experts; it does not carry the steps out.
    """
    needs = {key: step.needs for key, step in steps.items()}
    _graph.check(needs, "steps")
    made = _graph.stages(needs)
    start: dict[str, int] = {}
    before: dict[str, str | None] = {}
    for stage in made:
        for key in stage:
            ends = [(start[other] + steps[other].minutes, other) for other in needs[key]]
            start[key], before[key] = max(ends, key=lambda item: item[0]) if ends else (0, None)
    last: str | None = max(start, key=lambda key: start[key] + steps[key].minutes)
    total = start[str(last)] + steps[str(last)].minutes
    chain: list[str] = []
    while last is not None:
        chain.append(last)
        last = before[last]
    timeless = [key for key, step in steps.items() if not step.minutes]
    return Workflow(
        order=[key for stage in made for key in stage],
        stages=[Stage(number=number, steps=stage) for number, stage in enumerate(made, 1)],
        earliest=start,
        longest_chain=chain[::-1],
        minutes=total,
        minutes_one_by_one=sum(step.minutes for step in steps.values()),
        method="Topological order by longest chain of predecessors; least time = longest chain by minutes.",
        assumptions=["Steps of one stage can run at the same time by different hands."],
        warnings=[f"No minutes are given for {', '.join(timeless[:10])}; they count as 0."] if timeless else [],
    )
