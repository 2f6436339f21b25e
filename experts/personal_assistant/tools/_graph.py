"""Dependencies: order, stages, and the cycle named where there is one."""

from collections.abc import Mapping, Sequence

from experts.core.errors import Infeasible, InvalidInput
from experts.core.names import did_you_mean


def check(needs: Mapping[str, Sequence[str]], field: str) -> None:
    """InvalidInput names a dependency that is not there; Infeasible lists the members of a cycle."""
    for key, wanted in needs.items():
        for other in wanted:
            if other not in needs:
                raise InvalidInput(
                    f"{key!r} needs {other!r}, which is not listed; add it or correct the name"
                    f"{did_you_mean(other, needs)}",
                    field=f"{field}.{key}.needs",
                )
    done: set[str] = set()
    for key in needs:
        cycle = _walk(key, needs, done)
        if cycle:
            raise Infeasible(f"{' needs '.join(cycle)}: a cycle; take one of these dependencies away", field=field)


def _walk(key: str, needs: Mapping[str, Sequence[str]], done: set[str]) -> list[str]:
    path: list[str] = []
    stack: list[tuple[str, int]] = [(key, 0)]
    while stack:
        at, number = stack.pop()
        if number == 0:
            if at in done:
                continue
            path.append(at)
        if number < len(needs[at]):
            stack.append((at, number + 1))
            following = needs[at][number]
            if following in path:
                return [*path[path.index(following) :], following]
            stack.append((following, 0))
        else:
            done.add(at)
            path.pop()
    return []


def stages(needs: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Keys by the longest chain before them; those of one stage may run at the same time. Call `check` first."""
    level: dict[str, int] = {}
    left = list(needs)
    while left:
        ready = [key for key in left if all(other in level for other in needs[key])]
        for key in ready:
            level[key] = 1 + max((level[other] for other in needs[key]), default=-1)
        left = [key for key in left if key not in level]
    made: list[list[str]] = [[] for _ in range(1 + max(level.values(), default=-1))]
    for key in needs:
        made[level[key]].append(key)
    return made
