"""Order of tasks against published scores, and dependencies against networkx."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import networkx
import pytest

from experts.core.errors import InvalidInput

Call = Callable[..., Any]

# Scaled Agile's prioritisation sheet (shared Google sheet "Weighted Shortest Job First"): size, value, time
# criticality, risk reduction, and the score printed there.
SAFE = {
    "funky_ferret": (5, 8, 5, 13, "5.2"),
    "fancy_falcon": (5, 8, 5, 8, "4.2"),
    "grumpy_gazelle": (8, 13, 5, 8, "3.25"),
    "cheeky_chicken": (5, 5, 3, 8, "3.2"),
    "excited_eagle": (8, 13, 3, 8, "3"),
    "worried_wolf": (5, 8, 1, 5, "2.8"),
    "funny_frog": (5, 5, 1, 5, "2.2"),
}


def test_wsjf_is_that_of_the_published_sheet(call: Call) -> None:
    tasks = {
        key: {
            "name": key,
            "size": str(size),
            "value": str(value),
            "time_criticality": str(time),
            "risk_reduction": str(risk),
        }
        for key, (size, value, time, risk, _) in reversed(SAFE.items())
    }
    found = call("prioritize_tasks", tasks=tasks, method="wsjf")
    assert [(row.task, row.score) for row in found.order] == [(key, Decimal(one[4])) for key, one in SAFE.items()]


@pytest.mark.parametrize(
    ("reach", "impact", "confidence", "effort", "score"),
    [("5000", "2", "0.8", "2", 4000), ("10", "3", "1", "6", 5), ("10000", "3", "1", "0.5", 60000)],
)
def test_rice_is_that_of_published_examples(
    call: Call, reach: str, impact: str, confidence: str, effort: str, score: int
) -> None:
    """hashbuilds.com, "What is RICE score": onboarding, enterprise feature, critical bug."""
    task = {"name": "x", "reach": reach, "impact": impact, "confidence": confidence, "effort": effort}
    assert call("prioritize_tasks", tasks={"a": task}, method="rice").order[0].score == score


def test_the_order_is_topological_and_a_blocker_takes_the_score_of_what_waits_for_it(call: Call) -> None:
    tasks = {
        f"t{n}": {
            "name": f"Task {n}",
            "important": n % 3 == 0,
            "urgent": n % 2 == 0,
            "needs": [f"t{m}" for m in (n + 3, n + 7) if m < 40],
        }
        for n in range(40)
    }
    place = {row.task: row.rank for row in call("prioritize_tasks", tasks=tasks).order}
    graph = networkx.DiGraph([(other, key) for key, task in tasks.items() for other in task["needs"]])
    assert networkx.is_directed_acyclic_graph(graph)
    assert all(place[before] < place[after] for before, after in graph.edges)
    found = call(
        "prioritize_tasks",
        tasks={
            "chore": {"name": "Chore", "important": False, "urgent": True},
            "base": {"name": "Base", "important": False, "urgent": False},
            "goal": {"name": "Goal", "important": True, "urgent": True, "needs": ["base"]},
        },
    )
    assert [row.task for row in found.order] == ["base", "goal", "chore"]
    assert found.warnings == ["Raised to the score of a task that needs them: base."]


def test_the_day_plan_uses_every_hour_once_and_skips_the_weekend(call: Call) -> None:
    tasks = {
        key: {"name": key, "important": True, "urgent": True, "hours": hours}
        for key, hours in {"a": "5", "b": "5.5", "c": "1"}.items()
    }
    # Friday 27 November 2026: 4 h a day, so 11.5 h need Friday, Monday and 3.5 h of Tuesday.
    found = call("prioritize_tasks", tasks=tasks, start="2026-11-27", hours="4")
    assert [(f"{day.day}", day.free) for day in found.days] == [
        ("2026-11-27", 0),
        ("2026-11-30", 0),
        ("2026-12-01", Decimal("0.5")),
    ]
    assert sum(sum(day.hours.values()) for day in found.days) == Decimal("11.5")


def test_what_the_method_needs_is_asked_for(call: Call) -> None:
    with pytest.raises(InvalidInput, match="wsjf needs 'value' of 'a'"):
        call("prioritize_tasks", tasks={"a": {"name": "x", "important": True, "urgent": True}}, method="wsjf")
    with pytest.raises(InvalidInput, match="score of 'a' is out of range"):
        task = {"name": "x", "reach": "9" * 15, "impact": "9" * 15, "confidence": "1", "effort": "0.1"}
        call("prioritize_tasks", tasks={"a": task}, method="rice")
    with pytest.raises(InvalidInput, match="fill more than 400 days"):
        task = {"name": "x", "important": True, "urgent": True, "hours": "2000"}
        call("prioritize_tasks", tasks={"a": task}, start="2026-11-27", hours="1")
