"""Find experts by folder: `expert.toml`, one file a tool in `tools/`, one file an action in `actions/`.

A module's public function has the module's name. Modules whose name begins with `_` are
helpers. A file that does not load is reported with its path, and the rest still serve.
"""

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from experts.core.contract import ActionResult, Model
from experts.core.errors import ConfigurationError
from experts.core.profile import Profile, load_profile


@dataclass(frozen=True)
class Action:
    """One action module: its models, the kind it makes, and the aliases of the artifacts it reads."""

    name: str
    kind: str
    version: int
    needs: dict[str, str]
    brief: type[Model]
    inputs: type[Model]
    judgement: type[Model]
    output: type[Model]
    run: Callable[[Any, Any, Any], ActionResult]
    description: str


@dataclass(frozen=True)
class Expert:
    """One expert's folder, loaded."""

    profile: Profile
    folder: Path
    tools: dict[str, Callable[..., Model]]
    actions: dict[str, Action]
    failed: dict[str, str] = field(default_factory=dict)
    unlisted: frozenset[str] = frozenset()
    """Tools that only actions call (`LISTED = False`): served to coordinators, not shown to a host."""


def profiles(package: str = "experts") -> dict[str, Path]:
    """The folder of every expert below `package` by the expert's id; reads only `expert.toml`."""
    root = Path(next(iter(importlib.import_module(package).__path__)))
    found = [path.parent for path in sorted(root.glob("*/expert.toml"))]
    return {load_profile(folder / "expert.toml").id: folder for folder in found}


def discover(package: str = "experts") -> list[Expert]:
    """Every expert below `package`, in order of folder name."""
    root = Path(next(iter(importlib.import_module(package).__path__)))
    return [load_expert(path.parent, f"{package}.{path.parent.name}") for path in sorted(root.glob("*/expert.toml"))]


def load_expert(folder: Path, package: str, actions: bool = True) -> Expert:
    """Load one expert, with or without its actions; modules that fail end up in `failed` with the reason."""
    failed: dict[str, str] = {}
    tools: dict[str, Callable[..., Model]] = {}
    made: dict[str, Action] = {}
    unlisted = set()
    for kind in ("tools", "actions") if actions else ("tools",):
        for path in sorted((folder / kind).glob("[a-z]*.py")):
            where = f"{folder.name}/{kind}/{path.name}"
            try:
                module = importlib.import_module(f"{package}.{kind}.{path.stem}")
                if kind == "tools":
                    tools[path.stem] = _function(module, path.stem)
                    if not getattr(module, "LISTED", True):
                        unlisted.add(path.stem)
                else:
                    made[path.stem] = _action(module, path.stem)
            except Exception as error:  # one broken file must not take the expert down
                failed[where] = f"{type(error).__name__}: {error}"
    return Expert(load_profile(folder / "expert.toml"), folder, tools, made, failed, frozenset(unlisted))


def load_view(expert: Expert, tool: str) -> Callable[[Any, Any], Any] | None:
    """The `view` function of `views/<tool>.py`, or None where the tool has none. Loaded when first asked for."""
    if not (expert.folder / "views" / f"{tool}.py").is_file():
        return None
    package = inspect.getmodule(expert.tools[tool]).__name__.rsplit(".tools.", 1)[0]  # type: ignore[union-attr]
    return _function(importlib.import_module(f"{package}.views.{tool}"), "view")


def _function(module: ModuleType, name: str) -> Callable[..., Any]:
    function = getattr(module, name, None)
    if not inspect.isfunction(function) or not inspect.getdoc(function):
        raise ConfigurationError(f"{module.__name__} must define a documented function {name!r}")
    return function


def _action(module: ModuleType, name: str) -> Action:
    run = _function(module, "run")
    return Action(
        name=name,
        kind=module.KIND,
        version=module.VERSION,
        needs=dict(module.NEEDS),
        brief=module.Brief,
        inputs=module.Inputs,
        judgement=module.Judgement,
        output=module.Output,
        run=run,
        description=inspect.getdoc(run) or "",
    )
