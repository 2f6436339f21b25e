"""The critical path method: how long the work takes, and which tasks decide it.

Links and lags of the precedence diagramming method: "film" or "film FS" (starts after its finish),
"film SS+3" (starts three working days after its start), "film FF+1" (finishes a day after it), "film SF";
`links` says the same in fields. Float is measured to the end of all work and, for tasks that lead to
`target`, to the target's earliest finish. At most ten critical paths are listed; `path_count` counts all.

Refused: more than 2,000 tasks, a bad duration, an unknown, unreadable or own predecessor, an unknown
target, more than 100,000 working days in all, and a circle, whose members are named in order.
"""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Days
from experts.project_management.tools._network import Edge, Network, Task, build_network, could_overlap

MOST_PATHS = 10
LONGEST_SCHEDULE = 100_000
_PATH_LIMIT = 10**12

METHOD = (
    "Critical path method, forward and backward pass (Kelley & Walker, Critical-Path Planning and Scheduling, Proc. "
    "Eastern Joint Computer Conference 1959), with the four links and lags of the precedence diagramming method. "
    "Times are working days elapsed since the start: a task of d days that starts at t finishes at t + d."
)


class TaskTiming(Model):
    """When a task can and must happen, in working days since the start; how far it may slip.

    `total_float`: slip that delays neither the target nor the end; `free_float`: slip that
    delays no other task; `critical`: on a chain that sets the target's finish (the end, where
    no target is named); `leads`: the target waits for it, directly or not. `at_start` is true
    of a milestone that waits for a start or for nothing: it stands at the beginning of the
    next day, every other one at the end of a day.
    """

    duration: Days
    early_start: Days
    early_finish: Days
    late_start: Days
    late_finish: Days
    total_float: Days
    free_float: Days
    critical: bool
    leads: bool = True
    at_start: bool = False


class CriticalPath(Model):
    """The schedule of a network in working-day numbers.

    `duration` runs to the last finish, `target_finish` to the target's. `overlap_saves` is by
    how many working days overlapping the reviews brings (or would bring) the target forward;
    absent if no review can overlap anything.
    """

    tasks: dict[Key, TaskTiming]
    critical_path: list[str]
    critical_paths: list[list[str]]
    path_count: Count
    duration: Days
    target_finish: Days
    task_count: Count
    critical_count: Count
    overlapped: dict[Key, list[str]] = {}
    overlap_saves: Days | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


class _Passes(NamedTuple):
    start: dict[str, int]
    finish: dict[str, int]
    late_start: dict[str, int]
    late_finish: dict[str, int]


def compute_critical_path(
    tasks: Annotated[dict[Key, Task], Field(description="by id; working days, 0 is a milestone")],
    target: Annotated[Key | None, Field(description="whose finish matters; none: the end")] = None,
    overlap_review: Annotated[bool, Field(description="reviews start at half of the work before")] = False,
) -> CriticalPath:
    """Find early and late times, floats and critical paths (CPM) in working-day numbers.

    Use when the question is what decides the end or what a delay would move. A predecessor is "film"
    (after it), "film SS+3", "film FF+1", "film SF" or "film FS-2". It knows no dates (build_gantt_schedule
    does) and no limits on people.
    """
    if target is not None and target not in tasks:
        raise InvalidInput(f"target {target!r} is not one of the tasks{did_you_mean(target, tasks)}", field="target")
    network = build_network(tasks, overlap_review)
    passes = _passes(network, target)
    tight = {key: [e for e in network.waits_for[key] if not _slack(e, key, passes)] for key in network.order}
    ends = _ends(network, passes, tight, target)
    critical = _reached(ends, tight)
    leads = _reached([target], network.waits_for) if target else set(tasks)
    chains = {key: _chain(tight[key], network, passes) for key in critical}
    paths = [path for path, _ in zip(_paths(ends, chains), range(MOST_PATHS), strict=False)]
    at_start = _at_start(network, passes, tight)
    end = max(passes.finish.values())
    finish = passes.finish[target] if target else end
    saves = None
    if could_overlap(tasks):
        other = _passes(build_network(tasks, not overlap_review), target).finish
        difference = (other[target] if target else max(other.values())) - finish
        saves = difference if overlap_review else -difference
    timings = {
        key: TaskTiming(
            duration=network.duration[key],
            early_start=passes.start[key],
            early_finish=passes.finish[key],
            late_start=passes.late_start[key],
            late_finish=passes.late_finish[key],
            total_float=passes.late_start[key] - passes.start[key],
            free_float=_free_float(key, network, passes),
            critical=key in critical,
            leads=key in leads,
            at_start=at_start[key],
        )
        for key in tasks
    }
    return CriticalPath(
        tasks=timings,
        critical_path=paths[0],
        critical_paths=paths,
        path_count=_count(ends, chains, network),
        duration=end,
        target_finish=finish,
        task_count=len(tasks),
        critical_count=len(critical),
        overlapped=network.overlapped,
        overlap_saves=saves,
        method=METHOD,
        assumptions=_assumptions(target, tasks, critical, timings),
        warnings=_overlap_warnings(network.overlapped),
    )


def _passes(network: Network, target: str | None) -> _Passes:
    duration = network.duration
    start: dict[str, int] = {}
    finish: dict[str, int] = {}
    for key in network.order:
        at = 0
        for before, kind, lag in network.waits_for[key]:
            moment = start[before] if kind in ("SS", "SF") else finish[before]
            at = max(at, moment + lag - (duration[key] if kind in ("FF", "SF") else 0))
        start[key], finish[key] = at, at + duration[key]
    end = max(finish.values())
    if end > LONGEST_SCHEDULE:
        raise InvalidInput(
            f"the tasks take {end:,} working days one after the other, more than {LONGEST_SCHEDULE:,}; "
            "durations and lags are counted in working days, so check that none is in hours or minutes",
            field="tasks",
        )
    late_start: dict[str, int] = {}
    late_finish: dict[str, int] = {}
    for key in reversed(network.order):
        latest = finish[key] if key == target else end
        for after, (_, kind, lag) in network.awaited_by[key]:
            moment = late_finish[after] if kind in ("FF", "SF") else late_start[after]
            latest = min(latest, moment - lag + (duration[key] if kind in ("SS", "SF") else 0))
        late_finish[key], late_start[key] = latest, latest - duration[key]
    return _Passes(start, finish, late_start, late_finish)


def _slack(edge: Edge, key: str, passes: _Passes) -> int:
    """Working days by which a link's predecessor may slip before `key` moves."""
    given = passes.start[edge.before] if edge.type in ("SS", "SF") else passes.finish[edge.before]
    used = passes.finish[key] if edge.type in ("FF", "SF") else passes.start[key]
    return used - given - edge.lag


def _free_float(key: str, network: Network, passes: _Passes) -> int:
    total = passes.late_start[key] - passes.start[key]
    return min([total, *(_slack(edge, after, passes) for after, edge in network.awaited_by[key])])


def _ends(network: Network, passes: _Passes, tight: dict[str, list[Edge]], target: str | None) -> list[str]:
    if target:
        return [target]
    end = max(passes.finish.values())
    last = [key for key in network.order if passes.finish[key] == end]
    inner = {edge.before for key in last for edge in tight[key]}
    return sorted(key for key in last if key not in inner)


def _reached(ends: list[str], links: dict[str, list[Edge]]) -> set[str]:
    """`ends` and everything that they wait for through `links`."""
    found = set(ends)
    queue = list(ends)
    while queue:
        for edge in links[queue.pop()]:
            if edge.before not in found:
                found.add(edge.before)
                queue.append(edge.before)
    return found


def _chain(tight: list[Edge], network: Network, passes: _Passes) -> list[str]:
    """The predecessors that drive a task, the one that finishes last first."""
    befores = {edge.before for edge in tight}
    return sorted(befores, key=lambda key: (-passes.finish[key], -network.duration[key], key))


def _paths(ends: list[str], chains: dict[str, list[str]]) -> Iterator[list[str]]:
    """Critical paths from first to last task; without recursion, since a path may have 2,000 tasks."""
    stack: list[tuple[str, tuple[str, object] | None]] = [(key, None) for key in reversed(ends)]
    while stack:
        key, rest = stack.pop()
        link = (key, rest)
        if chains[key]:
            stack.extend((before, link) for before in reversed(chains[key]))
            continue
        path: list[str] = []
        node: object = link
        while isinstance(node, tuple):
            path.append(node[0])
            node = node[1]
        yield path


def _count(ends: list[str], chains: dict[str, list[str]], network: Network) -> int:
    ways: dict[str, int] = {}
    for key in network.order:
        if key in chains:
            ways[key] = sum(ways[before] for before in chains[key]) or 1
    return min(_PATH_LIMIT, sum(ways[key] for key in ends))


def _at_start(network: Network, passes: _Passes, tight: dict[str, list[Edge]]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for key in network.order:
        begins = [
            edge.type in ("SS", "SF") if network.duration[edge.before] else found[edge.before] for edge in tight[key]
        ]
        found[key] = network.duration[key] == 0 and (passes.start[key] == 0 or all(begins))
    return found


def _assumptions(
    target: str | None, tasks: dict[Key, Task], critical: set[str], timings: dict[Key, TaskTiming]
) -> list[str]:
    made = ["Durations are whole working days and certain; work on a task is not interrupted."]
    if target and any(not timing.total_float and key not in critical for key, timing in timings.items()):
        made.append(
            f"Tasks without float that are not on the path to {target!r} decide the end of all work, not its date."
        )
    return made


def _overlap_warnings(overlapped: dict[str, list[str]]) -> list[str]:
    return [
        f"Fast-tracking: review {key!r} starts before {', '.join(repr(b) for b in befores)} is finished; "
        "what changes after it has been read must be read again."
        for key, befores in overlapped.items()
    ]
