"""Dated bars: worked by hand on a calendar, and every kind of link against a linear program."""

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from scipy.optimize import linprog

from experts.core.errors import Infeasible, InvalidInput
from experts.project_management.tools._network import Task
from experts.project_management.tools.build_gantt_schedule import GanttSchedule, GanttTask, build_gantt_schedule
from experts.project_management.tools.compute_critical_path import compute_critical_path

TASKS: dict[str, Any] = {
    "brief": {"duration": 4, "label": "Brief", "done": "1"},
    "concept": {"duration": 7, "predecessors": ["brief"]},
    "film": {"duration": 6, "predecessors": ["concept SS+3"]},
    "stills": {"duration": 4, "predecessors": ["concept"]},
    "read": {"duration": 3, "predecessors": ["film", "stills"]},
    "live": {"duration": 0, "predecessors": ["read"]},
}


def run(tasks: dict[str, Any], start: date = date(2027, 8, 16), **more: Any) -> GanttSchedule:
    typed = {key: GanttTask.model_validate(task) for key, task in tasks.items()}
    return build_gantt_schedule(typed, start, more.pop("country", "US"), **more)


def test_bars_fall_on_the_days_that_a_calendar_shows() -> None:
    # Labor Day 2027 is Monday, 6 September.
    made = run(TASKS, latest=date(2027, 9, 15))

    assert {key: (bar.start.isoformat()[5:], bar.finish.isoformat()[5:]) for key, bar in made.bars.items()} == {
        "brief": ("08-16", "08-19"),
        "concept": ("08-20", "08-30"),
        "film": ("08-25", "09-01"),
        "stills": ("08-31", "09-03"),
        "read": ("09-07", "09-09"),
        "live": ("09-09", "09-09"),
    }
    assert (made.working_days, made.slack_to_latest, made.rolled) == (18, 4, False)
    assert made.critical_path == ["brief", "concept", "stills", "read", "live"]
    assert (made.bars["film"].total_float, made.bars["film"].late_finish) == (2, date(2027, 9, 3))
    assert made.bars["live"].milestone and made.bars["brief"].done == Decimal(1)
    assert [off.name for off in made.holidays.values()] == ["Labor Day"]


def test_a_start_on_a_holiday_rolls_to_the_next_working_day_and_says_so() -> None:
    made = run({"a": {"duration": 1}}, date(2027, 9, 6))

    assert (made.rolled, made.bars["a"].start) == (True, date(2027, 9, 7))
    assert "Labor Day" in made.warnings[0]


def test_a_missed_date_is_counted_and_points_to_the_ways_out() -> None:
    made = run(TASKS, latest=date(2027, 9, 7))

    assert made.slack_to_latest == -2
    assert "missed_date" in made.warnings[-1]


@pytest.mark.parametrize("seed", range(6))
def test_early_times_agree_with_a_linear_program_for_every_kind_of_link(seed: int) -> None:
    dice = random.Random(seed)
    length = [dice.randint(0, 9) for _ in range(14)]
    links = [
        (i, j, dice.choice(["FS", "SS", "FF", "SF"]), dice.randint(-3, 6))
        for j in range(14)
        for i in range(j)
        if dice.random() < 0.2
    ]
    tasks = {
        f"t{j}": Task(
            duration=length[j], predecessors=[f"t{i} {kind}{lag:+d}" for i, to, kind, lag in links if to == j]
        )
        for j in range(14)
    }
    found = compute_critical_path(tasks)

    rows, limits = [], []
    for i, j, kind, lag in links:
        row = [0.0] * 14
        row[i], row[j] = 1.0, -1.0  # start i + … + lag <= start j + …
        limits.append((length[j] if kind in ("FF", "SF") else 0) - lag - (length[i] if kind in ("FS", "FF") else 0))
        rows.append(row)
    earliest = linprog([1.0] * 14, A_ub=rows, b_ub=limits, bounds=[(0, None)] * 14).x
    assert [found.tasks[f"t{j}"].early_start for j in range(14)] == pytest.approx(list(earliest), abs=1e-6)


@pytest.mark.parametrize(
    ("tasks", "more", "error", "said"),
    [
        ({}, {}, InvalidInput, "no tasks"),
        ({"a": {"duration": 1, "predecessors": ["b"]}}, {}, InvalidInput, "not a task"),
        (
            {"a": {"duration": 1, "predecessors": ["b"]}, "b": {"duration": 1, "predecessors": ["a"]}},
            {},
            Infeasible,
            "circle",
        ),
        ({"a": {"duration": 1}}, {"country": "XX"}, InvalidInput, "ISO 3166"),
        ({"a": {"duration": -2}}, {}, InvalidInput, "must be from 0"),
    ],
)
def test_what_has_no_dates_is_refused(
    tasks: dict[str, Any], more: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        run(tasks, **more)
