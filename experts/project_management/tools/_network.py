"""Activity networks: what tasks wait for, in which order they come, and what a circle looks like."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from experts.core.contract import Key, Model
from experts.core.errors import Infeasible, InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Days

LinkType = Literal["FS", "SS", "FF", "SF"]
MOST_TASKS = 2000
LONGEST_DURATION = 10_000
_SHOWN = 10
_WRITTEN = re.compile(r"([a-z0-9_-]{1,60})(?:\s+(FS|SS|FF|SF)\s*(?:([+-])\s*(\d{1,5}))?)?", re.IGNORECASE | re.ASCII)


class Link(Model):
    """What a task waits for. FS: its start for the finish of `task`; SS: start for start; FF and SF: its finish."""

    task: Key
    type: LinkType = "FS"
    lag: Days = 0


class Task(Model):
    """A task as it is planned: whole working days, and what must come before it, written either way."""

    duration: Days
    predecessors: list[str] = []
    links: list[Link] = []
    kind: Literal["work", "review", "approval"] = "work"


class Edge(NamedTuple):
    """A link seen from the task that waits; all in working days."""

    before: str
    type: LinkType
    lag: int


class Network(NamedTuple):
    """Durations, and the links of each task in both directions, tasks in topological order."""

    order: list[str]
    duration: dict[str, int]
    waits_for: dict[str, list[Edge]]
    awaited_by: dict[str, list[tuple[str, Edge]]]
    overlapped: dict[str, list[str]]


def build_network(tasks: Mapping[str, Task], overlap_review: bool) -> Network:
    """The checked network of `tasks`.

    With `overlap_review`, a review of a day or more waits for only half of each piece of
    work that it was to follow directly (SS + half, rounded up) and finishes a day after it
    at the earliest (FF + 1). Links with a type or lag of their own, and approvals, are left
    as they are. Raises InvalidInput for bad durations and predecessors, Infeasible for a circle.
    """
    if not tasks:
        raise InvalidInput("there are no tasks to schedule; give at least one with a duration", field="tasks")
    if len(tasks) > MOST_TASKS:
        raise InvalidInput(
            f"{len(tasks):,} tasks are more than the {MOST_TASKS:,} that one schedule can hold; "
            "plan at a coarser level or in several schedules",
            field="tasks",
        )
    for key, task in tasks.items():
        if not 0 <= task.duration <= LONGEST_DURATION:
            raise InvalidInput(
                f"task {key!r}: duration {task.duration} must be from 0 (a milestone) to {LONGEST_DURATION:,} "
                "working days",
                field=f"tasks.{key}.duration",
                seen=task.duration,
            )
    duration = {key: task.duration for key, task in tasks.items()}
    waits_for: dict[str, list[Edge]] = {}
    overlapped: dict[str, list[str]] = {}
    for key, task in tasks.items():
        edges = list(dict.fromkeys(_edges(key, task, tasks)))
        if overlap_review and task.kind == "review" and task.duration:
            shared = [e.before for e in edges if _can_overlap(e, tasks)]
            if shared:
                overlapped[key] = shared
            edges = [
                new for edge in edges for new in (_overlap(edge, duration) if _can_overlap(edge, tasks) else [edge])
            ]
        waits_for[key] = edges
    awaited_by: dict[str, list[tuple[str, Edge]]] = {key: [] for key in tasks}
    for key, edges in waits_for.items():
        for edge in edges:
            awaited_by[edge.before].append((key, edge))
    return Network(_order(waits_for, awaited_by), duration, waits_for, awaited_by, overlapped)


def could_overlap(tasks: Mapping[str, Task]) -> bool:
    """Whether there is a review that could start before the work it follows is finished."""
    return any(
        task.kind == "review" and task.duration and any(_can_overlap(e, tasks) for e in _edges(key, task, tasks))
        for key, task in tasks.items()
    )


def _can_overlap(edge: Edge, tasks: Mapping[str, Task]) -> bool:
    before = tasks[edge.before]
    return edge.type == "FS" and edge.lag == 0 and before.duration > 0 and before.kind != "approval"


def _overlap(edge: Edge, duration: Mapping[str, int]) -> list[Edge]:
    half = -(-duration[edge.before] // 2)
    return [Edge(edge.before, "SS", half), Edge(edge.before, "FF", 1)]


def _edges(key: str, task: Task, tasks: Mapping[str, Task]) -> list[Edge]:
    field = f"tasks.{key}.predecessors"
    edges = [_parse(key, written, tasks, field) for written in task.predecessors]
    edges += [Edge(link.task, link.type, link.lag) for link in task.links]
    for edge in edges:
        if edge.before == key:
            raise InvalidInput(
                f"task {key!r} names itself as a predecessor; delete {key!r} there", field=field, seen=key
            )
        if edge.before not in tasks:
            raise InvalidInput(
                f"task {key!r}: predecessor {edge.before!r} is not a task; write the id of another task"
                f"{did_you_mean(edge.before, (other for other in tasks if other != key))}",
                field=field,
                seen=edge.before,
            )
    return edges


def _parse(key: str, written: str, tasks: Mapping[str, Task], field: str) -> Edge:
    text = written.strip()
    if text in tasks:
        return Edge(text, "FS", 0)
    found = _WRITTEN.fullmatch(text)
    if not found:
        raise InvalidInput(
            f"task {key!r}: predecessor {written[:80]!r} cannot be read; write a task's id, alone or with FS, SS, FF "
            "or SF and a lag in working days, for example 'film', 'film SS+3' or 'film FF+1'",
            field=field,
            seen=written,
        )
    before, kind, sign, lag = found.groups()
    types: dict[str, LinkType] = {"FS": "FS", "SS": "SS", "FF": "FF", "SF": "SF"}
    return Edge(before, types[(kind or "FS").upper()], int(f"{sign or '+'}{lag or 0}"))


def _order(waits_for: Mapping[str, list[Edge]], awaited_by: Mapping[str, list[tuple[str, Edge]]]) -> list[str]:
    """Topological order (Kahn 1962), the same for the same network however it was written down."""
    missing = {key: len(edges) for key, edges in waits_for.items()}
    ready = sorted((key for key, count in missing.items() if not count), reverse=True)
    order = []
    while ready:
        key = ready.pop()
        order.append(key)
        freed = []
        for after, _ in awaited_by[key]:
            missing[after] -= 1
            if not missing[after]:
                freed.append(after)
        ready.extend(sorted(freed, reverse=True))
    if len(order) < len(waits_for):
        raise _circle(waits_for, set(waits_for) - set(order))
    return order


def _circle(waits_for: Mapping[str, list[Edge]], left: set[str]) -> Infeasible:
    walked = [min(left)]
    seen = {walked[0]: 0}
    while True:
        before = min(edge.before for edge in waits_for[walked[-1]] if edge.before in left)
        if before in seen:
            break
        seen[before] = len(walked)
        walked.append(before)
    members = walked[seen[before] :][::-1]
    first = members.index(min(members))
    members = members[first:] + members[:first]
    shown = members if len(members) <= _SHOWN else [*members[: _SHOWN - 2], "…", members[-1]]
    circle = " → ".join([*shown, members[0]])
    return Infeasible(
        f"tasks wait for each other in a circle, so none can start: {circle}; delete one of these predecessors",
        field=f"tasks.{members[0]}.predecessors",
    )
