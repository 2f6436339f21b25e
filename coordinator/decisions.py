"""What people say: approvals, refusals, and which of two values counts."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Literal

from sqlalchemy import Connection

from coordinator.desk import Desk
from coordinator.engine.evaluate import broken_by
from coordinator.engine.model import Decision, Fact
from coordinator.engine.plan import Plan
from coordinator.lifetime import renew
from coordinator.state import State, load
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from store import sessions as rows


def token_for(state: State, sync: str, covers: Mapping[str, str], by: str) -> str:
    """The single-use token for one approval of one content by one person."""
    text = "|".join([state.session.id, sync, by, *(f"{k}={v}" for k, v in sorted(covers.items()))])
    return hmac.new(state.session.pins["secret"].encode(), text.encode(), hashlib.sha256).hexdigest()[:24]


def approvals(state: State) -> list[dict[str, str]]:
    """What waits for whom: sync point, approver, and the single-use token for the content as it is now."""
    return [
        {"sync": name, "by": person, "token": token_for(state, name, sync.covers, person)}
        for name, sync in state.plan().syncs.items()
        if sync.status in ("pending", "provisional")
        for person in sync.approvers
        if person not in sync.approved_by
    ]


async def decide(
    desk: Desk,
    session: str,
    sync: str,
    kind: Literal["approve", "reject", "changes"],
    by: str,
    *,
    via: Literal["cli", "web", "elicitation", "host_relayed"] = "cli",
    reason: str = "",
    token: str | None = None,
) -> Plan:
    """Record what a named approver says about a sync point as it is now; a token is used up with it."""

    if via == "host_relayed" and not desk.relayed:
        raise InvalidInput(
            f"approvals passed on by an assistant do not count here; {by} decides with:"
            f" pixel sessions approve {session} {sync} --by {by!r}",
            field="by",
        )

    def write(connection: Connection) -> Plan:
        state = load(connection, session)
        plan = state.plan()
        if sync not in plan.syncs:
            raise InvalidInput(f"there is no sync point {sync!r}{did_you_mean(sync, plan.syncs)}", seen=sync)
        found = plan.syncs[sync]
        if by not in found.approvers:
            raise InvalidInput(
                f"{by!r} does not approve {sync}; its approvers are: {', '.join(found.approvers) or 'nobody'}"
            )
        if found.status in ("waiting", "conflict", "failed"):
            raise InvalidInput(f"{sync} cannot be decided yet: {found.reason}; resume the session first")
        if token is not None and not hmac.compare_digest(token, token_for(state, sync, found.covers, by)):
            raise InvalidInput(f"the token for {sync} is not valid for what it covers now; ask for a new one")
        if kind != "approve" and not reason:
            raise InvalidInput(f"say why {by} answers {kind!r}: a reason is part of the record")
        hashed = hashlib.sha256(token.encode()).hexdigest() if token else None
        if hashed and any(d.token_hash == hashed for d in state.decisions):
            raise InvalidInput(f"this token for {sync} has been used; a decision is recorded once")
        decision = Decision(
            id=secrets.token_hex(8),
            kind=kind,
            subject=sync,
            covers=found.covers,
            by=by,
            via=via,
            reason=reason,
            token_hash=hashed,
            at=desk.clock(),
        )
        renew(connection, desk, state, plan)
        rows.add_decision(connection, state.session.id, decision.model_dump(mode="json"))
        versions = {step: a.version for step in found.covers if (a := plan.steps[step].artifact) is not None}
        data = {"sync": sync, "by": by, "via": via, "decisions": [decision.id], "versions": versions}
        rows.add_event(connection, state.session.id, kind, data, desk.clock().isoformat())
        return load(connection, session).plan()

    return await desk.database.tx(write)


async def decide_conflict(
    desk: Desk, session: str, metric: str, value: str, by: str, reason: str, *, anyway: bool = False
) -> Plan:
    """Settle two values of one shared figure; it holds while what its holders read is unchanged.

    A value that would break a check is refused with what it breaks, unless it is meant `anyway`.
    """

    def write(connection: Connection) -> Plan:
        state = load(connection, session)
        plan = state.plan()
        conflict = plan.conflicts.get(metric)
        if conflict is None:
            raise InvalidInput(f"there is no open conflict on {metric!r}", seen=metric)
        if not reason:
            raise InvalidInput(f"say why {metric} is {value!r}: a reason is part of the record")
        broken = broken_by(
            state.flow,
            state.facts,
            state.decisions,
            lambda step, key: state.artifacts.get((step, key)),
            metric,
            value,
        )
        if broken and not anyway:
            raise InvalidInput(
                f"with {metric} = {value} these would not hold: {'; '.join(broken)};"
                " take another value, or decide it with --anyway",
                field="value",
                seen=value,
            )
        now = desk.clock()
        decision = Decision(
            id=secrets.token_hex(8),
            kind="conflict",
            subject=metric,
            covers={},
            by=by,
            via="cli",
            reason=reason,
            value=value,
            at=now,
        )
        fact = Fact(
            path=f"decided.{metric}", value=value, origin="decided", by=decision.id, reason=reason, basis=conflict.basis
        )
        renew(connection, desk, state, plan)
        revision = rows.add_facts(connection, state.session.id, [fact.model_dump(mode="json", exclude={"revision"})])
        rows.add_decision(connection, state.session.id, decision.model_dump(mode="json"))
        data = {"metric": metric, "value": value, "revision": revision, "decisions": [decision.id]}
        rows.add_event(connection, state.session.id, "conflict_decided", data, now.isoformat())
        return load(connection, session).plan()

    return await desk.database.tx(write)
