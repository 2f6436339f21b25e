"""What one can do with sessions: start, change, preview, restore, branch."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from coordinator.desk import Desk
from coordinator.engine.compiled import CompiledFlow
from coordinator.engine.facts import Given, assumed, canonical_facts, missing, too_many
from coordinator.engine.flow import parse_flow
from coordinator.engine.model import Called, Fact, Origin, Session
from coordinator.engine.plan import Plan
from coordinator.engine.refs import flatten
from coordinator.lifetime import renew
from coordinator.offers import offered
from coordinator.state import State, load
from experts.core.errors import InvalidInput, MissingFacts
from store import sessions as rows

LONGEST_NAME = 200


@dataclass(frozen=True)
class Stale:
    """One step that a change touches: it runs again, or follows if what it reads changes."""

    step: str
    certain: bool
    why: str


async def start(desk: Desk, flow_text: str, given: Mapping[str, Given], name: str = "", id: str = "") -> str:
    """Open a session on a flow with a brief; returns its id.

    Raises InvalidInput for a fact that does not fit and MissingFacts for what only the
    user can know; nothing is stored then.
    """
    if len(name) > LONGEST_NAME:
        raise InvalidInput(
            f"the name {name[:40]!r}… is longer than {LONGEST_NAME} characters; shorten it", field="name"
        )
    flow = parse_flow(flow_text, "flow")
    plan = await offered(desk.roster, flow)
    facts = _written(plan, given, {}, "given")
    values = {fact.path: fact.value for fact in facts}
    absent = missing(plan, values)
    if absent:
        raise MissingFacts(
            f"the brief does not say {', '.join(absent)}; add {'it' if len(absent) == 1 else 'them'}"
            f" to the brief or give --set {absent[0]}=…",
            paths=tuple(absent),
        )
    now = desk.clock()
    used = {spec.id: spec for spec in plan.actions.values()}
    session = Session(
        id=id or secrets.token_hex(6),
        name=(name or str(values.get(flow.named_by, flow.title)))[:LONGEST_NAME],
        flow=flow.flow,
        flow_text=flow_text,
        pins={"actions": [spec.model_dump(mode="json") for spec in used.values()], "secret": secrets.token_hex(16)},
        created_at=now,
        expires_at=now + desk.lifetime,
        revision=0,
    )

    def insert(connection: Connection) -> None:
        rows.create(connection, session.model_dump(mode="json"))
        revision = rows.add_facts(connection, session.id, [_row(fact) for fact in facts])
        data = {"facts": len(facts), "revision": revision}
        rows.add_event(connection, session.id, "session_started", data, now.isoformat())

    await desk.database.tx(insert)
    return session.id


def _row(fact: Fact) -> dict[str, Any]:
    return fact.model_dump(mode="json", exclude={"revision"})


def _written(flow: CompiledFlow, given: Mapping[str, Given], before: Mapping[str, Fact], origin: Origin) -> list[Fact]:
    """The journal entries that a change makes: what was given, and defaults that appear or fall away."""
    expanded: dict[str, Given] = {}
    for path, entry in given.items():
        inside = [p for p, f in before.items() if p.startswith(f"{path}.") and f.value is not None]
        if entry.value is None and inside:
            expanded |= dict.fromkeys(inside, entry)
        else:
            expanded[path] = entry
    currency = expanded["currency"].value if "currency" in expanded else None
    if currency is None and "currency" in before:
        currency = before["currency"].value
    values = canonical_facts(flow, expanded, currency)
    kept = {p: f.value for p, f in before.items() if f.value is not None and f.origin != "assumed"}
    kept |= {path: value for path, value in values.items() if value is not None}
    for path, value in values.items():
        if value is None:
            kept.pop(path, None)
    too_many(flow, kept)
    defaults = {
        fact.path: fact
        for fact in assumed(flow, {p: v for p, v in kept.items() if not p.startswith(("judgement.", "answer."))})
    }
    entries = [
        Fact(path=p, value=v, origin=origin, by=expanded[p].by)
        for p, v in values.items()
        if p not in defaults or v is not None
    ]
    entries += [
        f for p, f in defaults.items() if p not in before or before[p].value != f.value or before[p].origin != "assumed"
    ]
    written = {fact.path for fact in entries}
    entries += [
        Fact(path=p, value=None, origin="assumed", by=f.by, reason="what it was a default for is gone")
        for p, f in before.items()
        if f.origin == "assumed" and f.value is not None and p not in defaults and p not in written
    ]
    return [f for f in entries if f.value is not None or (f.path in before and before[f.path].value is not None)]


async def read(desk: Desk, session: str, *, whole: bool = False) -> State:
    """Load a session; `whole`: with every artifact it has ever had, read anew."""
    return await desk.database.tx(lambda connection: load(connection, session, whole=whole))


async def preview(desk: Desk, session: str, changes: Mapping[str, Given]) -> list[Stale]:
    """What would become stale, and why, before anything is written or run."""
    state = await read(desk, session, whole=True)
    facts = dict(state.facts)
    for fact in _written(state.flow, changes, state.facts, "person"):
        facts[fact.path] = fact.model_copy(update={"revision": state.session.revision + 1})
    return stale(state, state.plan(), state.plan(facts))


def stale(state: State, before: Plan, after: Plan) -> list[Stale]:
    """Steps current before and not after: certain where a call is ready, else only if upstream changes.

    The receiver of a feedback edge is one of them while its loop has not settled again.
    """
    found = []
    unsettled = {member for loop in after.loops if not loop.settled for member in loop.members}
    receivers = {edge.to.step for edge in state.flow.flow.feedback} & unsettled
    for name, now in after.steps.items():
        was = before.steps[name]
        if was.status == "current" and now.status == "current" and name in receivers:
            found.append(Stale(name, False, "what is fed back to it may change"))
        if was.status != "current" or now.status == "current":
            continue
        if now.call is not None and was.artifact is not None:
            found.append(Stale(name, True, _difference(was.artifact.called, now.call.called)))
        else:
            found.append(Stale(name, False, now.reason))
    return found


def _difference(old: Called, new: Called) -> str:
    a, b = flatten(old.model_dump()), flatten(new.model_dump())
    changed = [p for p in sorted(a.keys() | b.keys()) if a.get(p) != b.get(p)]
    named = [f"{path.split('.', 1)[-1]}: {a.get(path, 'none')} → {b.get(path, 'none')}" for path in changed[:3]]
    return "; ".join(named) + (f" and {len(changed) - 3} more" if len(changed) > 3 else "")


async def set_facts(desk: Desk, session: str, changes: Mapping[str, Given], origin: Origin = "person") -> list[Stale]:
    """Write changed facts as one revision; returns what became stale."""

    def write(connection: Connection) -> list[Stale]:
        state = load(connection, session)
        before = state.plan()
        entries = _written(state.flow, changes, state.facts, origin)
        values = state.values | {fact.path: fact.value for fact in entries}
        absent = missing(state.flow, {p: v for p, v in values.items() if v is not None})
        if absent:
            raise MissingFacts(
                f"without {', '.join(absent)} there is no plan; give a value instead of removing it",
                paths=tuple(absent),
            )
        renew(connection, desk, state, before)
        if entries:
            revision = rows.add_facts(connection, state.session.id, [_row(fact) for fact in entries])
            data = {"paths": sorted(changes), "revision": revision}
            rows.add_event(connection, state.session.id, "facts_changed", data, desk.clock().isoformat())
        after = load(connection, session)
        return stale(after, before, after.plan())

    return await desk.database.tx(write)


async def restore(desk: Desk, session: str, revision: int) -> list[Stale]:
    """Write the facts of an earlier revision as a new one. It forces no artifact and costs no call."""

    def write(connection: Connection) -> list[Stale]:
        state = load(connection, session)
        if not 1 <= revision <= state.session.revision:
            raise InvalidInput(f"revision {revision} does not exist; this session has 1 to {state.session.revision}")
        before = state.plan()
        old = {row["path"]: Fact.model_validate(row) for row in rows.facts_at(connection, state.session.id, revision)}
        entries = [f for p, f in old.items() if p not in state.facts or state.facts[p].value != f.value]
        entries += [
            f.model_copy(update={"value": None}) for p, f in state.facts.items() if p not in old and f.value is not None
        ]
        renew(connection, desk, state, before)
        if entries:
            written = rows.add_facts(connection, state.session.id, [_row(fact) for fact in entries])
            data = {"restored": revision, "revision": written}
            rows.add_event(connection, state.session.id, "restored", data, desk.clock().isoformat())
        after = load(connection, session)
        return stale(after, before, after.plan())

    return await desk.database.tx(write)


async def upgrade(desk: Desk, session: str) -> list[Stale]:
    """Plan a session with the actions that its experts offer now; returns what becomes stale by it.

    What the newer actions do not change stays current. Raises MissingFacts for a fact that they need in addition.
    """
    flow = await offered(desk.roster, (await read(desk, session)).flow.flow)

    def write(connection: Connection) -> list[Stale]:
        state = load(connection, session)
        before = state.plan()
        renew(connection, desk, state, before)
        given = {p: Given(f.value, f.by) for p, f in state.facts.items() if f.value is not None and f.origin == "given"}
        entries = _written(flow, given, state.facts, "given")
        entries = [fact for fact in entries if fact.origin == "assumed"]
        values = state.values | {fact.path: fact.value for fact in entries}
        absent = missing(flow, {path: value for path, value in values.items() if value is not None})
        if absent:
            raise MissingFacts(
                f"the newer actions also read {', '.join(absent)}; set {'it' if len(absent) == 1 else 'them'} first",
                paths=tuple(absent),
            )
        used = {spec.id: spec for spec in flow.actions.values()}
        changed = sorted(used.keys() - {spec.id for spec in state.flow.actions.values()})
        pins = state.session.pins | {"actions": [spec.model_dump(mode="json") for spec in used.values()]}
        rows.set_pins(connection, state.session.id, pins)
        data: dict[str, Any] = {"actions": changed}
        if entries:
            data["revision"] = rows.add_facts(connection, state.session.id, [_row(fact) for fact in entries])
        rows.add_event(connection, state.session.id, "upgraded", data, desk.clock().isoformat())
        after = load(connection, session)
        return stale(after, before, after.plan())

    return await desk.database.tx(write)


async def branch(desk: Desk, session: str, name: str = "") -> str:
    """Copy a session to compare scenarios; returns the new id. Artifacts come along, so it costs no call."""

    def write(connection: Connection) -> str:
        state = load(connection, session)
        now = desk.clock()
        made = state.session.model_copy(
            update={
                "id": secrets.token_hex(6),
                "name": (name or f"{state.session.name} (branch)")[:LONGEST_NAME],
                "parent": state.session.id,
                "expires_at": now + desk.lifetime,
            }
        )
        rows.copy_session(connection, state.session.id, made.model_dump(mode="json"))
        copies = [d.model_copy(update={"id": secrets.token_hex(8), "token_hash": None}) for d in state.decisions]
        for copy in copies:
            rows.add_decision(connection, made.id, copy.model_dump(mode="json"))
        data = {
            "from": state.session.id,
            "revisions": list(range(1, made.revision + 1)),
            "artifacts": [[step, version] for step, _, version in rows.artifact_keys(connection, made.id)],
            "decisions": [copy.id for copy in copies],
            "prose": [{"step": step, **prose.model_dump(mode="json")} for step, prose in state.prose.items()],
        }
        rows.add_event(connection, made.id, "branched", data, now.isoformat())
        return made.id

    return await desk.database.tx(write)
