"""Three-point estimates of tasks that follow one another, finish to start."""

from collections.abc import Mapping
from typing import Protocol

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import NonNegativeVolume
from experts.project_management.tools._network import Task, build_network

LONGEST = 1_000_000


class ThreePoint(Model):
    """Three durations in one unit of time, and the tasks that must be finished before."""

    optimistic: NonNegativeVolume
    most_likely: NonNegativeVolume
    pessimistic: NonNegativeVolume
    predecessors: list[Key] = []


class Follows(Protocol):
    """Anything with predecessors."""

    @property
    def predecessors(self) -> list[str]: ...


def topological(tasks: Mapping[str, Follows]) -> list[str]:
    """The tasks, each after its predecessors. Raises InvalidInput for unknown ones, Infeasible for a circle."""
    for key, task in tasks.items():
        for before in task.predecessors:
            if " " in before.strip():
                raise InvalidInput(
                    f"task {key!r}: predecessor {before!r} has a link type or a lag, which this calculation does not "
                    "take; write the id of the task alone, and a lag as a task of its own",
                    field=f"tasks.{key}.predecessors",
                )
    plain = {key: Task(duration=1, predecessors=list(task.predecessors)) for key, task in tasks.items()}
    return build_network(plain, overlap_review=False).order


def check_estimates(tasks: Mapping[str, ThreePoint]) -> None:
    """Raise InvalidInput unless optimistic <= most likely <= pessimistic <= LONGEST for every task."""
    for key, task in tasks.items():
        if not task.optimistic <= task.most_likely <= task.pessimistic:
            raise InvalidInput(
                f"task {key!r}: optimistic {task.optimistic}, most likely {task.most_likely} and pessimistic "
                f"{task.pessimistic} are not in rising order; correct the one that is out of place",
                field=f"tasks.{key}.most_likely",
            )
        if task.pessimistic > LONGEST:
            raise InvalidInput(
                f"task {key!r}: pessimistic {task.pessimistic} is above {LONGEST:,}; use a longer unit of time",
                field=f"tasks.{key}.pessimistic",
            )
