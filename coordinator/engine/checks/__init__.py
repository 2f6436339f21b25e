"""Checks that sync points run: one small file each, named like its function.

A check takes the resolved left and right sides and returns None, or what does not hold
with both sides' values. `values` maps each concrete ref to its value; an absent
side makes the check not applicable.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator

from coordinator.engine.flow import Check
from experts.core.errors import ConfigurationError
from experts.core.names import did_you_mean

Side = dict[str, object]
Function = Callable[[Side, Side], str | None]


def find(name: str) -> Function:
    """The check of that name; ConfigurationError with the nearest name where there is none."""
    known = [module.name for module in pkgutil.iter_modules(__path__)]
    if name not in known:
        raise ConfigurationError(f"there is no check {name!r}{did_you_mean(name, known)}")
    function: Function = getattr(importlib.import_module(f"{__name__}.{name}"), name)
    return function


def refs_of(check: Check) -> Iterator[str]:
    """Every ref that a check names."""
    for side in (check.left, check.right):
        yield from [side] if isinstance(side, str) else side
