"""A session's history: an append-only log of events, as JSON lines from which the session can be rebuilt.

An event names what was written with it (a revision, a version, a decision); those rows never change. A line of the
exported log holds the event and these rows, so the log alone is enough.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from coordinator.desk import Desk
from coordinator.engine.schema import sha256
from coordinator.state import State, load
from experts.core.errors import InvalidInput
from store import sessions as rows
from store.database import open_database

FORMAT = 1
Line = dict[str, Any]


@dataclass(frozen=True)
class Replay:
    """What was rebuilt from a log, and where it differs from the stored session (nothing, if all is well)."""

    session: str
    events: int
    compared: dict[str, int]
    differences: list[str]


async def log(desk: Desk, session: str) -> list[Line]:
    """Every event of a session, oldest first, each with the rows that were written with it."""

    def read(connection: Connection) -> list[Line]:
        state = load(connection, session, whole=True)
        return list(_lines(connection, state))

    return await desk.database.tx(read)


def as_text(lines: Iterable[Line]) -> str:
    """The log as JSON lines: stable, so that the same history gives the same bytes."""
    return "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)


def parse(text: str) -> list[Line]:
    """A log from its JSON lines. InvalidInput names the line that is none."""
    found: list[Line] = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise InvalidInput(f"line {number} of the log is not JSON ({error.msg}); export the log again") from error
        if not isinstance(value, dict) or not {"kind", "data", "at"} <= value.keys():
            raise InvalidInput(f"line {number} of the log is no event; export the log again")
        found.append(value)
    if not found or found[0].get("format") != FORMAT or "session" not in found[0]:
        raise InvalidInput("the log does not begin with a session; give a file that `pixel sessions log` wrote")
    return found


def _lines(connection: Connection, state: State) -> Iterator[Line]:
    id = state.session.id
    facts = rows.journal(connection, id)
    artifacts = {(row["step"], row["version"]): row for row in rows.all_artifacts(connection, id)}
    decided = {row["id"]: row for row in rows.decisions(connection, id)}
    for number, event in enumerate(rows.events(connection, id)):
        line: Line = dict(event)
        data = event["data"]
        if number == 0:
            session = state.session.model_dump(mode="json")
            session["pins"] = {key: value for key, value in session["pins"].items() if key != "secret"}
            line |= {"format": FORMAT, "session": session}
        revisions = data.get("revisions", [data["revision"]] if "revision" in data else [])
        written = {
            "facts": [fact for fact in facts if fact["revision"] in revisions],
            "artifacts": [artifacts[key] for key in _keys(data) if key in artifacts],
            "decisions": [decided[key] for key in data.get("decisions", []) if key in decided],
        }
        yield line | {name: value for name, value in written.items() if value}


def _keys(data: dict[str, Any]) -> list[tuple[str, int]]:
    if "version" in data:
        return [(data["step"], data["version"])]
    return [(step, version) for step, version in data.get("artifacts", [])]


async def replay(desk: Desk, lines: list[Line]) -> Replay:
    """Rebuild a session from its log alone, in a database of its own, and compare it with the stored one."""
    id = str(lines[0]["session"]["id"])
    async with open_database("sqlite:///:memory:") as memory:
        rebuilt = await memory.tx(lambda connection: _rebuild(connection, lines))
    stored = await desk.database.tx(lambda connection: _content(connection, load(connection, id, whole=True)))
    found = []
    for part in stored.keys() | rebuilt.keys():
        ours, theirs = stored.get(part, {}), rebuilt.get(part, {})
        found += [f"{part} {key}: not in the log" for key in ours.keys() - theirs.keys()]
        found += [f"{part} {key}: only in the log" for key in theirs.keys() - ours.keys()]
        found += [f"{part} {key}: differs" for key in ours.keys() & theirs.keys() if ours[key] != theirs[key]]
    return Replay(id, len(lines), {part: len(values) for part, values in sorted(stored.items())}, sorted(found))


def _rebuild(connection: Connection, lines: list[Line]) -> dict[str, dict[str, str]]:
    session = {**lines[0]["session"], "parent": None}
    rows.create(connection, session)
    id = session["id"]
    for line in lines:
        rows.put_back(connection, id, line.get("facts", []), line.get("artifacts", []), line.get("decisions", []))
        for prose in line["data"].get("prose", []):
            rows.ensure_step(connection, id, prose["step"])
            rows.set_prose(connection, id, prose["step"], prose["text"], prose["by"], prose["cites"])
    return _content(connection, load(connection, id, whole=True))


def _content(connection: Connection, state: State) -> dict[str, dict[str, str]]:
    """Everything a session is, by part and key, as digests; what is derived shows that the engine agrees too."""
    id, plan = state.session.id, state.plan()
    return {
        "fact": {f"{row['path']} at revision {row['revision']}": sha256(row) for row in rows.journal(connection, id)},
        "artifact": {
            f"{row['step']} version {row['version']}": sha256(row) for row in rows.all_artifacts(connection, id)
        },
        "decision": {row["id"]: sha256(row) for row in rows.decisions(connection, id)},
        "step": {
            name: f"{step.status} {step.artifact.version if step.artifact else ''} {step.digest}"
            for name, step in plan.steps.items()
        },
        "sync point": {name: f"{sync.status} {sorted(sync.approved_by)}" for name, sync in plan.syncs.items()},
        "shared figure": dict(plan.metrics),
        "narrative": dict(plan.prose),
    }
