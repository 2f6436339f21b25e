"""Org charts against networkx; training plans by hand."""

# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal

import networkx as nx
import pytest

from experts.core.errors import InvalidInput
from experts.hr_people_ops.tools.draw_org_chart import Post, draw_org_chart
from experts.hr_people_ops.tools.plan_training import Course, Learner, add_months, plan_training

D = Decimal
ON = date(2026, 11, 25)


def tree(count: int) -> dict[str, Post]:
    return {
        f"p{n}": Post(title=f"Position {n}", reports_to=None if not n else f"p{(n - 1) // 4}", cost=D(n + 1))
        for n in range(count)
    }


@pytest.mark.parametrize("count", [1, 5, 150, 700])
def test_layers_and_units_agree_with_networkx(count: int) -> None:
    posts = tree(count)
    graph = nx.DiGraph()
    graph.add_nodes_from(posts)
    graph.add_edges_from((post.reports_to, key) for key, post in posts.items() if post.reports_to)
    depths = nx.shortest_path_length(graph, "p0")
    found = draw_org_chart(posts)

    assert [row.positions for row in found.layers] == [
        sum(depth == layer for depth in depths.values()) for layer in range(max(depths.values()) + 1)
    ]
    assert found.total_cost == count * (count + 1) // 2
    for key, manager in found.managers.items():
        below = nx.descendants(graph, key)
        assert (manager.span, manager.people_below) == (graph.out_degree(key), len(below))
        assert manager.unit_cost == posts[key].cost + sum(posts[name].cost for name in below)
    if count > 1:
        assert found.average_span == round(D(count - 1) / len(found.managers), 2)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({"a": None, "b": None}, "there are 2 heads: a, b"),
        ({"a": None, "b": "c", "c": "d", "d": "b"}, "form a cycle: b -> c -> d -> b"),
        ({"a": "a"}, "form a cycle: a -> a"),
        ({"anna": None, "b": "ana"}, "'ana', which is no position; did you mean 'anna'"),
    ],
)
def test_lines_that_cannot_be_are_named(lines: dict[str, str | None], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        draw_org_chart({key: Post(title=key, reports_to=boss) for key, boss in lines.items()})


def test_wide_spans_and_single_reports_are_named() -> None:
    posts = {"a": Post(title="A")} | {f"b{n}": Post(title="B", reports_to="a") for n in range(13)}
    posts["c"] = Post(title="C", reports_to="b0")
    found = draw_org_chart(posts)
    assert found.warnings == ["More than 12 direct reports: a (13).", "One direct report only: b0."]


ROLES = {"driver": {"loading": 3}, "lead": {"feedback": 3, "rosters": 2}}
COURSES = {
    "forklift": Course(hours=D(8), fee=D(120), required_for=["driver"], valid_months=36),
    "loading": Course(hours=D(4), session_cost=D(600), seats=2, skill="loading"),
}


def test_gaps_due_dates_and_cost_by_hand() -> None:
    people = {
        "new": Learner(role="driver", levels={"loading": 1}),
        "late": Learner(role="driver", levels={"loading": 3}, completed={"forklift": date(2023, 11, 24)}),
        "soon": Learner(role="driver", levels={"loading": 2}, completed={"forklift": date(2024, 2, 25)}),
        "good": Learner(role="driver", levels={"loading": 0}, completed={"forklift": date(2024, 2, 26)}),
        "boss": Learner(role="lead", levels={"feedback": 2, "rosters": 2}),
    }
    found = plan_training(ROLES, people, COURSES, ON, "USD")
    forklift = {row.person: (row.reason, row.due) for row in found.bookings if row.course == "forklift"}

    assert forklift == {
        "new": ("never completed", ON),
        "late": ("overdue", date(2026, 11, 24)),
        "soon": ("expires", date(2027, 2, 25)),
    }
    assert [row.gap for row in found.bookings if row.course == "loading"] == [2, 1, 3]
    assert (found.courses["loading"].sessions, found.courses["loading"].cost) == (2, 1200)
    assert (found.total_cost, found.total_hours, found.overdue) == (1560, 36, 2)
    assert found.uncovered_skills == ["feedback"]


def test_months_end_where_the_month_ends() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_unknown_roles_courses_and_days_are_refused() -> None:
    with pytest.raises(InvalidInput, match="role 'drivr' of 'x' is not in roles; did you mean 'driver'"):
        plan_training(ROLES, {"x": Learner(role="drivr")}, COURSES, ON, "USD")
    with pytest.raises(InvalidInput, match="completed 'fork', which is no course"):
        plan_training(ROLES, {"x": Learner(role="driver", completed={"fork": ON})}, COURSES, ON, "USD")
    with pytest.raises(InvalidInput, match="after 2026-11-25"):
        plan_training(
            ROLES, {"x": Learner(role="driver", completed={"forklift": date(2026, 12, 1)})}, COURSES, ON, "USD"
        )
