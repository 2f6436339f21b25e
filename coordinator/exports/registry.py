"""Find exporters by file: every module of this folder with a `render` function is one."""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coordinator.exports.deliverable import Deliverable
from experts.core.errors import ConfigurationError, InvalidInput


@dataclass(frozen=True)
class Exporter:
    """One format: its name, the files it may write, and the function that makes their bytes."""

    name: str
    files: tuple[str, ...]
    render: Callable[[Deliverable], dict[str, bytes]]
    where: str


@dataclass(frozen=True)
class Exporters:
    """All formats by name, and the modules that do not load, with the reason."""

    found: dict[str, Exporter]
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rendered:
    """The bytes by file name, and what failed, by path of the exporter's file."""

    files: dict[str, bytes]
    failed: dict[str, str]


def discover(package: str = "coordinator.exports") -> Exporters:
    """Every exporter of `package`, in order of file name; one that does not load is in `failed`."""
    root = Path(next(iter(importlib.import_module(package).__path__)))
    found: dict[str, Exporter] = {}
    failed: dict[str, str] = {}
    for path in sorted(root.glob("[a-z]*.py")):
        where = f"{package.replace('.', '/')}/{path.name}"
        try:
            module = importlib.import_module(f"{package}.{path.stem}")
            if not callable(getattr(module, "render", None)):
                continue
            if module.NAME in found:
                raise ConfigurationError(f"{where} calls itself {module.NAME!r}, as {found[module.NAME].where} does")
            found[module.NAME] = Exporter(module.NAME, tuple(module.FILES), module.render, where)
        except Exception as error:  # one broken file must not take the other formats down
            failed[where] = f"{type(error).__name__}: {error}"
    return Exporters(found, failed)


def render_all(deliverable: Deliverable, formats: Sequence[str] = (), package: str = "coordinator.exports") -> Rendered:
    """The files of all formats, or of those named. An unknown name raises InvalidInput listing the known ones.

    A format that fails is in `failed`, and the others are rendered all the same.
    """
    exporters = discover(package)
    for name in formats:
        if name not in exporters.found:
            known = ", ".join(exporters.found)
            raise InvalidInput(f"format {name!r} is not known; choose from {known}", field="formats")
    files: dict[str, bytes] = {}
    failed = dict(exporters.failed)
    for name, exporter in exporters.found.items():
        if formats and name not in formats:
            continue
        try:
            files.update(exporter.render(deliverable))
        except Exception as error:  # reported with its file; the rest still serve
            failed[exporter.where] = f"{type(error).__name__}: {error}"
    return Rendered(files, failed)
