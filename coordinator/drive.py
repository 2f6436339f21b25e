"""`drive`: evaluate, call the ready actions, commit each, evaluate again. Idempotent, and safe to kill anywhere."""

import asyncio
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from coordinator.desk import Desk
from coordinator.engine.absolute import absolute
from coordinator.engine.grounding import ungrounded
from coordinator.engine.model import Artifact, Decision
from coordinator.engine.plan import Call, Plan
from coordinator.engine.schema import sha256
from coordinator.lifetime import renew
from coordinator.state import State, load, remember
from experts.core.errors import PixelError, Unavailable
from store import sessions as rows
from store.locks import session_lock


async def drive(desk: Desk, session: str) -> Plan:
    """Run a session until everything is fresh or something waits; returns what then holds.

    An expert's refusal stops the drive after the calls beside it have been committed, and is raised.
    """
    async with session_lock(desk.database, desk.locks, session):
        state = await desk.database.tx(lambda connection: _begin(connection, desk, session))
        while True:
            plan = state.plan()
            calls = plan.calls
            if not calls:
                await desk.database.tx(lambda connection, s=state, p=plan: _settle(connection, desk, s, p))  # type: ignore[misc]
                return plan
            outcomes = await asyncio.gather(*(_carry_out(desk, state, call) for call in calls), return_exceptions=True)
            for outcome in outcomes:
                if isinstance(outcome, BaseException):
                    raise outcome
            state = await desk.database.tx(lambda connection: load(connection, session))


def _begin(connection: Connection, desk: Desk, session: str) -> State:
    state = load(connection, session)
    renew(connection, desk, state, state.plan())
    return state


async def _carry_out(desk: Desk, state: State, call: Call) -> None:
    """Call one action and commit its artifact in one transaction."""
    step, spec = state.flow.steps[call.step], state.flow.actions[call.step]
    desk.progress("step_started", {"step": step.id, "expert": step.expert, "title": step.title})
    link = await desk.roster.link(step.expert)
    if spec.foreign is not None:
        if link.tools.get(spec.foreign.tool) != spec.foreign.input_schema:
            raise Unavailable(
                f"{step.expert} does not offer {spec.foreign.tool} as it was when this session began;"
                " start a new session to use it as it is now"
            )
        return await _keep(desk, state, call, link.tools)
    offered = link.actions.get(spec.name)
    if offered is None or offered.id != spec.id:
        raise Unavailable(
            f"this session was planned with {spec.id}; {step.expert} now offers"
            f" {offered.id if offered else 'no such action'};"
            f" plan it anew with: pixel sessions upgrade {state.session.id}"
        )
    await _keep(desk, state, call, link.tools)


async def _keep(desk: Desk, state: State, call: Call, tools: Mapping[str, Any]) -> None:
    """Make the call and commit what it gave."""
    step, spec = state.flow.steps[call.step], state.flow.actions[call.step]
    try:
        result = await desk.roster.call_action(spec, call.called)
    except PixelError as error:
        desk.progress("step_failed", {"step": step.id, "message": error.message})
        raise
    problems = ungrounded(result, call.called, spec, tools, list(state.flow.flow.literals))
    if problems:
        raise PixelError(f"{spec.id} returned a result that cannot be audited: {problems[0]} ({len(problems)} in all)")
    plan = state.plan()
    upstream = {up: artifact.version for up in step.needs.values() if (artifact := plan.steps[up].artifact) is not None}
    artifact = Artifact(
        step=step.id,
        version=0,
        action=spec.id,
        input_digest=call.digest,
        upstream=upstream,
        called=call.called,
        result=absolute(result, step.id, lambda alias: state.flow.source(step.id, alias)),
    )
    version = await desk.database.tx(lambda connection: _commit(connection, desk, state, artifact))
    remember(desk.database.sync_engine, state.session.id, artifact.model_copy(update={"version": version}))
    desk.progress("step_finished", {"step": step.id, "version": version, "title": step.title})


def _commit(connection: Connection, desk: Desk, state: State, artifact: Artifact) -> int:
    """Keep an artifact by its digest; it becomes current only if no fact has changed since it was asked for."""
    session, now = state.session.id, desk.clock().isoformat()
    row = rows.hold(connection, session)
    version = rows.add_artifact(connection, session, artifact.model_dump(mode="json"))
    if row is not None and row["revision"] == state.session.revision:
        _, seen = state.pointers.get(artifact.step, (None, 0))
        rows.point_step(connection, session, artifact.step, version, seen)
    expert, _, action = artifact.action.partition("/")
    rows.add_tool_call(
        connection,
        {
            "session": session,
            "step": artifact.step,
            "expert": expert,
            "tool": action.partition("@")[0],
            "arguments_sha256": artifact.input_digest,
            "at": now,
        },
    )
    rows.add_event(connection, session, "step_finished", {"step": artifact.step, "version": version}, now)
    return version


def _settle(connection: Connection, desk: Desk, state: State, plan: Plan) -> None:
    """Bring pointers up to date and record what went on provisionally, once per content."""
    session, now = state.session.id, desk.clock()
    fresh = load(connection, session)
    for name, found in plan.steps.items():
        current, seen = fresh.pointers.get(name, (None, 0))
        version = found.artifact.version if found.status == "current" and found.artifact else None
        if version is not None and version != current:
            rows.point_step(connection, session, name, version, seen)
    known = {(d.subject, d.by, sha256(d.covers)) for d in fresh.decisions}
    for name, sync in plan.syncs.items():
        if sync.status != "provisional":
            continue
        for person in sync.approvers:
            if person in sync.approved_by or (name, person, sha256(sync.covers)) in known:
                continue
            decision = Decision(
                id=sha256([session, name, person, sync.covers])[:16],
                kind="approve",
                subject=name,
                covers=sync.covers,
                by=person,
                via="auto",
                reason="went on provisionally; nobody was there to ask",
                at=now,
            )
            rows.add_decision(connection, session, decision.model_dump(mode="json"))
            data = {"sync": name, "by": person, "decisions": [decision.id]}
            rows.add_event(connection, session, "provisional", data, now.isoformat())
