"""Sessions, their facts, artifacts and decisions: synchronous functions of a connection, for `Database.tx`.

Rows go in and out as plain dicts; the engine's models validate them at the edge.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store import tables as t

Row = dict[str, Any]

# Statements of the hot path are built once: building one takes several times as long as running it.
_ID: BindParameter[str] = bindparam("id")
_SESSION: BindParameter[str] = bindparam("session_")
_STEP: BindParameter[str] = bindparam("step_")
_VERSION: BindParameter[int] = bindparam("version_")
_KEY: BindParameter[str] = bindparam("key_")
_HEAD = (t.sessions.c.id, t.sessions.c.revision, t.sessions.c.expires_at)
_EXACT = select(*_HEAD).where(t.sessions.c.id == _ID)
_ALIKE = (
    select(*_HEAD)
    .where(t.sessions.c.id.startswith(bindparam("beginning"), escape="/"))
    .order_by(t.sessions.c.id)
    .limit(2)
)
_LOCKED = _EXACT.with_for_update()
_NEWER = (
    select(t.facts)
    .where(t.facts.c.session == _SESSION, t.facts.c.revision > bindparam("after"))
    .order_by(t.facts.c.revision, t.facts.c.path)
)
_ARTIFACTS = select(t.artifacts).where(t.artifacts.c.session == _SESSION, t.artifacts.c.step == _STEP)
_ARTIFACT_OF_VERSION = _ARTIFACTS.where(t.artifacts.c.version == _VERSION)
_ARTIFACT_OF_KEY = _ARTIFACTS.where(t.artifacts.c.input_digest == _KEY)
_SAME = select(t.artifacts.c.version).where(
    t.artifacts.c.session == _SESSION, t.artifacts.c.step == _STEP, t.artifacts.c.input_digest == _KEY
)
_LAST = select(func.max(t.artifacts.c.version)).where(t.artifacts.c.session == _SESSION, t.artifacts.c.step == _STEP)
_STEPS = select(t.steps).where(t.steps.c.session == _SESSION)
_POINT = (
    update(t.steps)
    .where(t.steps.c.session == _SESSION, t.steps.c.step == _STEP, t.steps.c.revision == bindparam("seen"))
    .values(current=bindparam("version_"), revision=bindparam("next"))
)
_DECISIONS = select(t.decisions).where(t.decisions.c.session == _SESSION).order_by(t.decisions.c.number)
_ENSURE = {
    dialect: make(t.steps).values(session=_SESSION, step=_STEP, current=None, revision=0).on_conflict_do_nothing()
    for dialect, make in (("postgresql", pg_insert), ("sqlite", sqlite_insert))
}
_ADD_ARTIFACT, _ADD_CALL = insert(t.artifacts), insert(t.tool_calls)
_ADD_DECISION, _ADD_EVENT = insert(t.decisions), insert(t.events)


def create(connection: Connection, session: Row) -> None:
    """Insert one session."""
    connection.execute(insert(t.sessions).values(**session))


def get(connection: Connection, session: str) -> Row | None:
    """One session by its id, or by the beginning of its id where that is unique."""
    alike = select(t.sessions).where(t.sessions.c.id.startswith(session, autoescape=True))
    rows = connection.execute(alike.order_by(t.sessions.c.id).limit(2))  # the id itself comes before longer ones
    found = [dict(row) for row in rows.mappings()]
    exact = [row for row in found if row["id"] == session]
    return exact[0] if exact else found[0] if len(found) == 1 else None


def hold(connection: Connection, session: str) -> Row | None:
    """Id, revision and expiry of a session (by its id or a unique beginning), which nobody else works on from now.

    On SQLite the transaction holds the whole database anyway.
    """
    exact = [dict(row) for row in connection.execute(_EXACT, {"id": session}).mappings()]
    if not exact:
        exact = [dict(row) for row in connection.execute(_ALIKE, {"beginning": _escaped(session)}).mappings()]
    if len(exact) != 1:
        return None
    if connection.dialect.name == "sqlite":
        return exact[0]
    return next((dict(row) for row in connection.execute(_LOCKED, {"id": exact[0]["id"]}).mappings()), None)


def _escaped(beginning: str) -> str:
    return beginning.replace("/", "//").replace("%", "/%").replace("_", "/_")


def all_sessions(connection: Connection) -> list[Row]:
    """Every session, newest first."""
    return [
        dict(row)
        for row in connection.execute(
            select(t.sessions).order_by(t.sessions.c.created_at.desc(), t.sessions.c.id)
        ).mappings()
    ]


def set_expiry(connection: Connection, session: str, expires_at: str) -> None:
    """Renew a session that is in use."""
    connection.execute(update(t.sessions).where(t.sessions.c.id == session).values(expires_at=expires_at))


def set_pins(connection: Connection, session: str, pins: Row) -> None:
    """Replace what a session is planned with, as a revision of its own: whoever keeps the old pins sees that."""
    change = update(t.sessions).where(t.sessions.c.id == session)
    connection.execute(change.values(pins=pins, revision=t.sessions.c.revision + 1))


def add_facts(connection: Connection, session: str, facts: Iterable[Row]) -> int:
    """Append facts as one new revision of the session; returns that revision (the old one if there are none)."""
    rows = list(facts)
    if not rows:
        return int(connection.execute(select(t.sessions.c.revision).where(t.sessions.c.id == session)).scalar_one())
    connection.execute(update(t.sessions).where(t.sessions.c.id == session).values(revision=t.sessions.c.revision + 1))
    revision = int(connection.execute(select(t.sessions.c.revision).where(t.sessions.c.id == session)).scalar_one())
    connection.execute(insert(t.facts), [{**row, "session": session, "revision": revision} for row in rows])
    return revision


def facts_at(connection: Connection, session: str, revision: int | None = None) -> list[Row]:
    """The latest fact per path (up to `revision`), removed ones included, in order of path."""
    latest = select(t.facts.c.path, func.max(t.facts.c.revision).label("revision")).where(t.facts.c.session == session)
    if revision is not None:
        latest = latest.where(t.facts.c.revision <= revision)
    newest = latest.group_by(t.facts.c.path).subquery()
    query = (
        select(t.facts)
        .join(newest, (t.facts.c.path == newest.c.path) & (t.facts.c.revision == newest.c.revision))
        .where(t.facts.c.session == session)
        .order_by(t.facts.c.path)
    )
    return [{k: v for k, v in row.items() if k != "session"} for row in connection.execute(query).mappings()]


def facts_after(connection: Connection, session: str, revision: int) -> list[Row]:
    """Every fact written after a revision, oldest first: the later one of a path counts."""
    found = connection.execute(_NEWER, {"session_": session, "after": revision}).mappings()
    return [{k: v for k, v in row.items() if k != "session"} for row in found]


def artifact_keys(connection: Connection, session: str) -> list[tuple[str, str, int]]:
    """(step, input digest, version) of every artifact."""
    query = select(t.artifacts.c.step, t.artifacts.c.input_digest, t.artifacts.c.version).where(
        t.artifacts.c.session == session
    )
    return [(step, key, version) for step, key, version in connection.execute(query)]


def artifacts(connection: Connection, session: str, keys: Iterable[tuple[str, int]]) -> list[Row]:
    """The artifacts of these (step, version) pairs."""
    found = []
    for step, version in keys:
        values = {"session_": session, "step_": step, "version_": version}
        rows = connection.execute(_ARTIFACT_OF_VERSION, values).mappings()
        found += [{k: v for k, v in row.items() if k != "session"} for row in rows]
    return found


def artifacts_of(connection: Connection, session: str, keys: Iterable[tuple[str, str]]) -> list[Row]:
    """The artifacts of these (step, input digest) pairs, of those that there are."""
    found = []
    for step, key in keys:
        rows = connection.execute(_ARTIFACT_OF_KEY, {"session_": session, "step_": step, "key_": key}).mappings()
        found += [{k: v for k, v in row.items() if k != "session"} for row in rows]
    return found


def add_artifact(connection: Connection, session: str, artifact: Row) -> int:
    """Insert an artifact, or find the one of the same step and digest; returns its version."""
    place = {"session_": session, "step_": artifact["step"]}
    known = connection.execute(_SAME, {**place, "key_": artifact["input_digest"]}).scalar()
    if known is not None:
        return int(known)
    version = (connection.execute(_LAST, place).scalar() or 0) + 1
    connection.execute(_ADD_ARTIFACT, {**artifact, "session": session, "version": version})
    return version


def step_rows(connection: Connection, session: str) -> dict[str, Row]:
    """Step rows by step."""
    rows = connection.execute(_STEPS, {"session_": session}).mappings()
    return {row["step"]: dict(row) for row in rows}


def point_step(connection: Connection, session: str, step: str, version: int | None, seen: int) -> bool:
    """Make a version current if the step's row is still at revision `seen`; returns whether it was."""
    ensure_step(connection, session, step)
    values = {"session_": session, "step_": step, "seen": seen, "version_": version, "next": seen + 1}
    done = connection.execute(_POINT, values)
    return done.rowcount == 1


def ensure_step(connection: Connection, session: str, step: str) -> None:
    """Make a step's row if it is not there yet."""
    connection.execute(_ENSURE[connection.dialect.name], {"session_": session, "step_": step})


def set_prose(
    connection: Connection, session: str, step: str, text: str | None, by: str, cites: dict[str, str]
) -> None:
    """Store better prose for a step (None goes back to the template)."""
    connection.execute(
        update(t.steps)
        .where(t.steps.c.session == session, t.steps.c.step == step)
        .values(narrative=text, narrative_by=by, narrative_cites=cites)
    )


def add_tool_call(connection: Connection, call: Row) -> None:
    """Record one call of an expert's tool or action."""
    connection.execute(_ADD_CALL, call)


def add_decision(connection: Connection, session: str, decision: Row) -> None:
    """Record one decision."""
    connection.execute(_ADD_DECISION, {**decision, "session": session})


def decisions(connection: Connection, session: str) -> list[Row]:
    """Every decision, oldest first."""
    hidden = ("session", "number")
    found = connection.execute(_DECISIONS, {"session_": session}).mappings()
    return [{k: v for k, v in row.items() if k not in hidden} for row in found]


def add_event(connection: Connection, session: str, kind: str, data: Row, at: str) -> None:
    """Record that something happened."""
    connection.execute(_ADD_EVENT, {"session": session, "kind": kind, "data": data, "at": at})


def copy_session(connection: Connection, source: str, target: Row) -> None:
    """Branch: copy journal, artifacts and pointers of `source` into the new session `target`."""
    create(connection, target)
    for table in (t.facts, t.artifacts, t.steps):
        rows = connection.execute(select(table).where(table.c.session == source)).mappings().all()
        if rows:
            connection.execute(insert(table), [{**row, "session": target["id"]} for row in rows])


def events(connection: Connection, session: str) -> list[Row]:
    """Every event, oldest first."""
    query = select(t.events.c.kind, t.events.c.data, t.events.c.at).where(t.events.c.session == session)
    return [dict(row) for row in connection.execute(query.order_by(t.events.c.id)).mappings()]


def journal(connection: Connection, session: str) -> list[Row]:
    """Every fact ever written, in order of revision and path."""
    query = select(t.facts).where(t.facts.c.session == session).order_by(t.facts.c.revision, t.facts.c.path)
    return [{k: v for k, v in row.items() if k != "session"} for row in connection.execute(query).mappings()]


def all_artifacts(connection: Connection, session: str) -> list[Row]:
    """Every artifact, by step and version."""
    query = select(t.artifacts).where(t.artifacts.c.session == session)
    found = connection.execute(query.order_by(t.artifacts.c.step, t.artifacts.c.version)).mappings()
    return [{k: v for k, v in row.items() if k != "session"} for row in found]


def put_back(
    connection: Connection, session: str, facts: list[Row], artifacts: list[Row], decisions: list[Row]
) -> None:
    """Insert rows of a log as they were, with their revisions and versions."""
    for table, found in ((t.facts, facts), (t.artifacts, artifacts), (t.decisions, decisions)):
        if found:
            connection.execute(insert(table), [{**row, "session": session} for row in found])


def remove(connection: Connection, session: str) -> None:
    """Remove a session and everything that belongs to it."""
    for table in (t.events, t.tool_calls, t.decisions, t.steps, t.artifacts, t.facts):
        connection.execute(delete(table).where(table.c.session == session))
    connection.execute(delete(t.sessions).where(t.sessions.c.id == session))
