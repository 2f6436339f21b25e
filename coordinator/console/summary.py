"""The summary after a run, for a person: the result first, then what to decide, to check and to do."""

from collections.abc import Iterable
from pathlib import Path
from shlex import quote
from typing import Any

from coordinator import deliver
from coordinator.console.report import Report, assumptions, grouped, waits, warnings
from coordinator.console.screen import Column, Screen
from coordinator.exports.deliverable import Value
from coordinator.exports.formatting import FIGURES, format_value, render_prose

_SHORT_PATH = 40
"""A path of more entries than this is shown by its ends; the files have all of it."""


def show(screen: Screen, found: Report, files: Iterable[Path] = (), folder: Path | None = None) -> None:
    """Print the whole summary."""
    state = found.state
    screen.line()
    screen.line(f"{state.session.name}: {state.flow.flow.title}", style="bold")
    draft = deliver.draft_reasons(state, found.plan)
    if draft:
        screen.line("DRAFT", style="bold yellow")
        for reason in draft:
            screen.item(reason)
    headlines(screen, found)
    metrics(screen, found)
    for name in found.shown:
        allocation(screen, found, name)
        critical_path(screen, found, name)
    decisions(screen, found)
    _assumed(screen, found)
    _watch(screen, found)
    _files(screen, list(files), folder)
    _next(screen, found, folder)


def headlines(screen: Screen, found: Report) -> None:
    """Each step's main result."""
    texts: dict[str, list[str]] = {}
    for step, text in deliver.headline_texts(found.state, found.plan):
        if step in found.shown:
            texts.setdefault(step, []).append(render_prose(text, found.values, found.currency))
    for step, lines in texts.items():
        screen.heading(found.title(step))
        for line in lines:
            screen.line(line)


def metrics(screen: Screen, found: Report) -> None:
    """The figures that the whole plan shares."""
    if not found.plan.metrics:
        return
    screen.heading("Figures the whole plan shares")
    for key, value in found.plan.metrics.items():
        unit = _metric_unit(found, key)
        screen.item(f"{_words(key)}: {format_value(Value(text=value, unit=unit), found.currency)}")


def _metric_unit(found: Report, key: str) -> str:
    name = key.partition(".")[0]
    owner = found.state.flow.metrics[name].owner
    return next((unit for metric, unit in _published(found.state.flow.actions[owner].output) if metric == name), "text")


def _published(schema: dict[str, Any]) -> Iterable[tuple[str, str]]:
    if "x-metric" in schema:
        yield schema["x-metric"], schema.get("x-unit", "text")
    for child in schema.get("properties", {}).values():
        yield from _published(child)
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _published(schema["additionalProperties"])


def allocation(screen: Screen, found: Report, step: str) -> None:
    """Where the money goes, of an artifact that has lines with a spend; nothing for others."""
    data = found.shown[step].result.data
    lines = data.get("lines")
    if not isinstance(lines, dict) or not any(isinstance(line, dict) and "spend" in line for line in lines.values()):
        return
    fields = _figure_fields(found, f"{step}#lines", lines)
    screen.heading("Allocation")
    rows = [
        [str(line.get("label", key)), *(_shown(found, f"{step}#lines.{key}.{field}") for field in fields)]
        for key, line in lines.items()
    ]
    for field in ("production", "reserve", "unallocated", "total"):
        ref = f"{step}#{field}"
        if ref in found.values:
            rows.append([_words(field), _shown(found, ref), *("" for _ in fields[1:])])
    screen.table([Column(""), *(Column(_words(field), right=True) for field in fields)], rows)


def _figure_fields(found: Report, prefix: str, rows: dict[str, Any]) -> list[str]:
    """The figures of a table's rows, spend first, in the order of the artifact."""
    fields = dict.fromkeys(field for row in rows.values() if isinstance(row, dict) for field in row)
    units = {
        field: next((found.values[r].unit for key in rows if (r := f"{prefix}.{key}.{field}") in found.values), "text")
        for field in fields
    }
    return sorted((field for field in fields if units[field] in FIGURES), key=lambda field: field != "spend")


def critical_path(screen: Screen, found: Report, step: str) -> None:
    """The tasks that decide the date, of an artifact that has a critical path; nothing for others."""
    data = found.shown[step].result.data
    path, tasks = data.get("critical_path"), data.get("tasks")
    if not isinstance(path, list) or not isinstance(tasks, dict) or not path:
        return
    known = [key for key in path if isinstance(tasks.get(key), dict)]
    fields = [f for f in ("start", "finish", "duration") if any(f"{step}#tasks.{k}.{f}" in found.values for k in known)]
    screen.heading("Critical path")
    cut = len(known) > _SHORT_PATH
    rows = [
        [str(tasks[key].get("label", key)), *(_shown(found, f"{step}#tasks.{key}.{field}") for field in fields)]
        for key in (known[: _SHORT_PATH // 2] + known[-_SHORT_PATH // 2 :] if cut else known)
    ]
    if cut:
        rows.insert(_SHORT_PATH // 2, [f"… {len(known) - _SHORT_PATH} more …", *("" for _ in fields)])
    screen.table([Column(""), *(Column(_words(field), right=field == "duration") for field in fields)], rows)


def decisions(screen: Screen, found: Report) -> None:
    """Every sync point: where it stands, and whose word is missing."""
    if not found.plan.syncs:
        return
    screen.heading("Decisions")
    for name, sync in found.plan.syncs.items():
        screen.item(f"{found.decision(name)} ({name}): {deliver.decision_line(sync)}")
        for check in sync.checks:
            if check.problem:
                screen.line(f"{check.title}: {check.problem}", style="red", indent=3)


def _assumed(screen: Screen, found: Report) -> None:
    facts = assumptions(found.state)
    if facts:
        screen.heading("Assumed, because the brief does not say")
        for path, value, reason in grouped(facts):
            screen.item(f"{path} = {value}: {reason}")


def _watch(screen: Screen, found: Report) -> None:
    conflicts = found.plan.conflicts.values()
    texts = warnings(found)
    if conflicts or texts:
        screen.heading("To watch")
    for c in conflicts:
        screen.item(
            f"{c.metric}: {c.value} ({c.owner}) against {', '.join(f'{v} ({s})' for s, v in c.others.items())}", "red"
        )
    for step, text in texts:
        screen.item(f"{found.title(step)}: {render_prose(text, found.values, found.currency)}", "yellow")


def _files(screen: Screen, files: list[Path], folder: Path | None) -> None:
    if not files or folder is None:
        return
    names: dict[str, list[str]] = {}
    for path in files:
        inside = path.relative_to(folder)
        names.setdefault(str(inside.parent), []).append(inside.name)
    screen.heading(f"Written to {folder}")
    screen.item(", ".join(names.pop(".", [])))
    for below, inside_names in names.items():
        screen.item(f"{below}: {len(inside_names)} files")


def _next(screen: Screen, found: Report, folder: Path | None) -> None:
    id = found.state.session.id
    example = next((p for p, f in found.state.facts.items() if f.value is not None and p == "budget.total"), "")
    screen.heading(f"Session {id}: what next")
    if folder is not None:
        screen.item(f"read {folder / 'plan.html'}")
    for reason in waits(found):
        screen.item(reason, "yellow")
    screen.item(f"change a fact and see what it touches: pixel sessions set {id} {example or 'path'}=… --preview")
    screen.item(f"plan again only what changed: pixel sessions resume {id}")
    for name, sync in found.plan.syncs.items():
        if sync.status == "provisional":
            absent = next(person for person in sync.approvers if person not in sync.approved_by)
            screen.item(f"record an approval: pixel sessions approve {id} {name} --by {quote(absent)}")
            break


def _shown(found: Report, ref: str) -> str:
    value = found.values.get(ref)
    return format_value(value, found.currency) if value is not None else "none"


def _words(key: str) -> str:
    return key.replace("_", " ").replace(".", ", ").capitalize()
