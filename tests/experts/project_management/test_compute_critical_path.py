"""Published examples:

Hillier & Lieberman, Introduction to Operations Research, 7th ed. 2001, ch. 10, Reliable Construction Co.:
44 weeks, with earliest and latest times.
Heizer & Render, Operations Management, 10th ed. 2011, ch. 3, Milwaukee Paper Manufacturing: 15 weeks.
Penn State, GEOG 871 Geospatial Technology Project Management, lesson on network construction (41 days; its PDM variant
with start-to-start links).
"""

import random

import networkx
import pytest

from experts.core.errors import Infeasible, InvalidInput
from experts.project_management.tools._network import Link, Task
from experts.project_management.tools.compute_critical_path import CriticalPath, compute_critical_path

RELIABLE = {
    "a": (2, ""),
    "b": (4, "a"),
    "c": (10, "b"),
    "d": (6, "c"),
    "e": (4, "c"),
    "f": (5, "e"),
    "g": (7, "d"),
    "h": (9, "e g"),
    "i": (7, "c"),
    "j": (8, "f i"),
    "k": (4, "j"),
    "l": (5, "j"),
    "m": (2, "h"),
    "n": (6, "k l"),
}
MILWAUKEE = {
    "a": (2, ""),
    "b": (3, ""),
    "c": (2, "a"),
    "d": (4, "a b"),
    "e": (4, "c"),
    "f": (3, "c"),
    "g": (5, "d e"),
    "h": (2, "f g"),
}
GEOG_871 = {
    "a": (2, ""),
    "b": (10, "a"),
    "c": (13, "a"),
    "d": (12, "a"),
    "e": (12, "b"),
    "f": (7, "b"),
    "g": (10, "d"),
    "h": (16, "d"),
    "i": (6, "f"),
    "j": (12, "c g"),
    "k": (5, "i"),
    "l": (8, "e k"),
    "m": (5, "h"),
    "n": (3, "j l m"),
}


def plain(rows: dict[str, tuple[int, str]]) -> dict[str, Task]:
    return {key: Task(duration=days, predecessors=before.split()) for key, (days, before) in rows.items()}


def times(found: CriticalPath, field: str) -> list[int]:
    return [getattr(timing, field) for timing in found.tasks.values()]


def test_reliable_construction_takes_44_weeks_along_its_published_path() -> None:
    found = compute_critical_path(plain(RELIABLE))
    assert found.duration == found.target_finish == 44
    assert found.critical_path == ["a", "b", "c", "e", "f", "j", "l", "n"]
    assert found.path_count == 1
    assert times(found, "early_start") == [0, 2, 6, 16, 16, 20, 22, 29, 16, 25, 33, 33, 38, 38]
    assert times(found, "late_start") == [0, 2, 6, 20, 16, 20, 26, 33, 18, 25, 34, 33, 42, 38]
    assert times(found, "total_float") == [0, 0, 0, 4, 0, 0, 4, 4, 2, 0, 1, 0, 4, 0]


def test_milwaukee_paper_has_the_published_earliest_and_latest_times_and_slack() -> None:
    found = compute_critical_path(plain(MILWAUKEE))
    assert found.duration == 15
    assert found.critical_path == ["a", "c", "e", "g", "h"]
    assert times(found, "early_start") == [0, 0, 2, 3, 4, 4, 8, 13]
    assert times(found, "early_finish") == [2, 3, 4, 7, 8, 7, 13, 15]
    assert times(found, "late_start") == [0, 1, 2, 4, 4, 10, 8, 13]
    assert times(found, "late_finish") == [2, 4, 4, 8, 8, 13, 13, 15]
    assert times(found, "total_float") == [0, 1, 0, 1, 0, 6, 0, 0]


def test_the_penn_state_network_has_its_published_path_of_41_days() -> None:
    found = compute_critical_path(plain(GEOG_871))
    assert (found.duration, found.critical_path) == (41, ["a", "b", "f", "i", "k", "l", "n"])


def test_start_to_start_links_shorten_the_penn_state_network_as_worked_by_hand() -> None:
    """The lesson's PDM variant: B starts with A, J with G, K with I; L also waits for I.

    By hand: B 0-10, E 10-22, F 10-17, I 17-23, K 17-22, L 23-31; D 2-14, G 14-24, C 2-15, J 15-27;
    H 14-30, M 30-35, so N 35-38 and the path is A D H M N.
    """
    tasks = plain(GEOG_871) | {
        "b": Task(duration=10, predecessors=["a SS"]),
        "j": Task(duration=12, predecessors=["c", "g SS+0"]),
        "k": Task(duration=5, links=[Link(task="i", type="SS")]),
        "l": Task(duration=8, predecessors=["e", "i", "k"]),
        "n": Task(duration=3, predecessors=["g", "j", "l", "m"]),
    }
    found = compute_critical_path(tasks)
    assert (found.duration, found.critical_path) == (38, ["a", "d", "h", "m", "n"])
    starts = {key: timing.early_start for key, timing in found.tasks.items()}
    assert starts["k"] == 17
    assert starts["j"] == 15
    assert starts["l"] == 23


@pytest.mark.parametrize(
    ("written", "start", "finish"),
    [
        *(("a", 5, 8), ("a FS+2", 7, 10), ("a FS-2", 3, 6), ("a SS", 0, 3), ("a SS+2", 2, 5), ("a ff", 2, 5)),
        *(("a FF+1", 3, 6), ("a SF+4", 1, 4), ("a FF-9", 0, 3), (" a  SS + 2 ", 2, 5)),
    ],
)
def test_each_link_type_and_lag_sets_the_start_it_means(written: str, start: int, finish: int) -> None:
    found = compute_critical_path({"a": Task(duration=5), "b": Task(duration=3, predecessors=[written])})
    assert (found.tasks["b"].early_start, found.tasks["b"].early_finish) == (start, finish)


def test_free_float_is_what_delays_no_other_task() -> None:
    found = compute_critical_path(plain({"a": (2, ""), "b": (1, "a"), "c": (6, ""), "d": (1, "b c")}))
    assert (found.tasks["a"].total_float, found.tasks["a"].free_float) == (3, 0)
    assert (found.tasks["b"].total_float, found.tasks["b"].free_float) == (3, 3)


def test_random_networks_agree_with_the_longest_path_of_networkx() -> None:
    """An event graph: two nodes a task, its duration both ways round, an edge for each link."""
    chance = random.Random(1959)
    for _ in range(60):
        keys = [f"t{n}" for n in range(chance.randint(2, 25))]
        tasks: dict[str, Task] = {}
        for n, key in enumerate(keys):
            links = [
                Link(task=other, type=chance.choice(["FS", "SS", "FF", "SF"]), lag=chance.randint(-3, 6))
                for other in chance.sample(keys[:n], min(n, chance.randint(0, 3)))
            ]
            tasks[key] = Task(duration=chance.randint(0, 9), links=links)
        found = compute_critical_path(tasks)
        graph = _events(tasks)
        ahead = networkx.single_source_bellman_ford_path_length(graph, "start")
        behind = networkx.single_source_bellman_ford_path_length(graph.reverse(), "end")
        assert found.duration == -ahead["end"]
        for key, timing in found.tasks.items():
            assert timing.early_start == -ahead[f"{key}<"]
            assert timing.early_finish == -ahead[f"{key}>"]
            assert timing.late_finish == found.duration + behind[f"{key}>"]
            assert 0 <= timing.free_float <= timing.total_float == timing.late_start - timing.early_start
            assert timing.critical == (timing.total_float == 0)


def _events(tasks: dict[str, Task]) -> networkx.DiGraph:
    """Lengths are negated, so that a shortest path is a longest one."""
    graph = networkx.DiGraph()

    def edge(first: str, second: str, length: int) -> None:
        seen = graph.get_edge_data(first, second, {"weight": 10**9})["weight"]
        graph.add_edge(first, second, weight=min(seen, -length))

    for key, task in tasks.items():
        edge("start", f"{key}<", 0)
        edge(f"{key}<", f"{key}>", task.duration)
        edge(f"{key}>", f"{key}<", -task.duration)
        edge(f"{key}>", "end", 0)
        for link in task.links:
            edge(
                f"{link.task}{'>' if link.type[0] == 'F' else '<'}",
                f"{key}{'<' if link.type[1] == 'S' else '>'}",
                link.lag,
            )
    return graph


def test_a_target_before_the_end_has_the_float_of_its_own_path_measured_to_it() -> None:
    rows = {"a": (4, ""), "b": (1, ""), "live": (1, "a b"), "report": (9, "a"), "wrap": (1, "live report")}
    found = compute_critical_path(plain(rows), target="live")
    assert (found.target_finish, found.duration) == (5, 14)
    assert found.critical_path == ["a", "live"]
    assert found.tasks["b"].total_float == 3
    assert found.tasks["report"].total_float == 0
    assert not found.tasks["report"].critical
    assert [key for key, timing in found.tasks.items() if timing.leads] == ["a", "b", "live"]
    assert "not on the path to 'live'" in found.assumptions[-1]


def test_parallel_critical_paths_are_counted_and_listed_up_to_ten() -> None:
    rows = {"a": (1, "")}
    for n in range(8):
        before = "a" if n == 0 else f"l{n - 1} r{n - 1}"
        rows |= {f"l{n}": (2, before), f"r{n}": (2, before)}
    found = compute_critical_path(plain(rows | {"z": (1, "l7 r7")}))
    assert found.path_count == 2**8
    assert len(found.critical_paths) == 10
    assert found.critical_paths[0] == found.critical_path
    assert len({tuple(path) for path in found.critical_paths}) == 10


def test_the_answer_does_not_depend_on_the_order_of_writing() -> None:
    turned = dict(reversed(list(plain(RELIABLE).items())))
    assert compute_critical_path(turned).model_dump() == compute_critical_path(plain(RELIABLE)).model_dump()


def test_an_overlapped_review_starts_at_half_and_ends_a_day_after_what_it_reads() -> None:
    tasks = {
        "film": Task(duration=5),
        "stills": Task(duration=2),
        "approve": Task(duration=1, kind="approval"),
        "read": Task(duration=3, predecessors=["film", "stills", "approve"], kind="review"),
        "live": Task(duration=1, predecessors=["read"]),
    }
    plainly, overlapped = compute_critical_path(tasks), compute_critical_path(tasks, overlap_review=True)
    assert (plainly.tasks["read"].early_start, plainly.duration) == (5, 9)
    assert (overlapped.tasks["read"].early_start, overlapped.duration) == (3, 7)
    assert plainly.overlap_saves == overlapped.overlap_saves == 2
    assert overlapped.overlapped == {"read": ["film", "stills"]}
    assert "Fast-tracking" in overlapped.warnings[0]
    assert plainly.warnings == []


def test_a_review_with_a_link_of_its_own_is_left_as_it_is() -> None:
    tasks = {"film": Task(duration=5), "read": Task(duration=3, predecessors=["film SS+4"], kind="review")}
    found = compute_critical_path(tasks, overlap_review=True)
    assert (found.tasks["read"].early_start, found.overlapped, found.overlap_saves) == (4, {}, None)


def test_a_milestone_stands_at_the_end_of_a_day_unless_it_waits_for_a_start() -> None:
    tasks = {
        "a": Task(duration=3),
        "done": Task(duration=0, predecessors=["a"]),
        "b": Task(duration=2, predecessors=["a"]),
        "begun": Task(duration=0, predecessors=["b SS"]),
        "first": Task(duration=0),
    }
    found = compute_critical_path(tasks).tasks
    assert [found[key].at_start for key in ("done", "begun", "first")] == [False, True, True]
    assert found["done"].early_start == found["begun"].early_start == 3


def test_a_circle_is_refused_with_its_members_in_order() -> None:
    rows = {"kit": (1, "print"), "design": (1, "kit"), "print": (1, "design"), "after": (1, "print")}
    with pytest.raises(Infeasible, match="design → print → kit → design"):
        compute_critical_path(plain(rows))


def test_an_unknown_predecessor_is_refused_with_task_value_and_nearest_name() -> None:
    with pytest.raises(
        InvalidInput, match=r"task 'cut': predecessor 'flim' is not a task.*did you mean 'film'\?"
    ) as caught:
        compute_critical_path(plain({"film": (1, ""), "cut": (1, "flim")}))
    assert caught.value.field == "tasks.cut.predecessors"


@pytest.mark.parametrize(
    ("tasks", "message"),
    [
        ({"a": Task(duration=1, predecessors=["a"])}, "'a' names itself"),
        ({"a": Task(duration=-2)}, "task 'a': duration -2 must be from 0"),
        (
            {"a": Task(duration=1), "b": Task(duration=1, predecessors=["a SX+1"])},
            "predecessor 'a SX.1' cannot be read",
        ),
        ({"a": Task(duration=1), "b": Task(duration=1, predecessors=["a +1"])}, "for example 'film', 'film SS.3'"),
        ({}, "no tasks"),
    ],
)
def test_what_cannot_be_scheduled_is_refused_by_name(tasks: dict[str, Task], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        compute_critical_path(tasks)


def test_ten_thousand_tasks_are_refused_in_one_sentence() -> None:
    with pytest.raises(
        InvalidInput, match=r"^10,000 tasks are more than the 2,000 that one schedule can hold; plan at"
    ):
        compute_critical_path({f"t{n}": Task(duration=1) for n in range(10_000)})


def test_two_thousand_tasks_in_a_row_are_scheduled_and_far_too_long_work_is_refused() -> None:
    row = {f"t{n}": Task(duration=50, predecessors=[f"t{n - 1}"] if n else []) for n in range(2000)}
    assert compute_critical_path(row).duration == 100_000
    with pytest.raises(InvalidInput, match="more than 100,000"):
        compute_critical_path(row | {"t0": Task(duration=51)})


def test_an_unknown_target_is_refused_with_the_nearest_task() -> None:
    with pytest.raises(InvalidInput, match=r"target 'golive'.*did you mean 'go_live'"):
        compute_critical_path({"go_live": Task(duration=1)}, target="golive")
