"""How long a session stays open: a day after its last change, longer while somebody has yet to approve."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from coordinator.desk import Desk
from coordinator.engine.plan import Plan
from coordinator.state import State, load
from experts.core.errors import InvalidInput
from store import sessions as rows


def awaited(plan: Plan) -> list[str]:
    """The sync points on which a named approver has yet to say something."""
    return [
        name
        for name, sync in plan.syncs.items()
        if sync.status in ("pending", "provisional") and set(sync.approvers) - set(sync.approved_by)
    ]


def expired(state: State, plan: Plan, now: datetime) -> bool:
    """Whether a session's time is over. One with an approval pending does not expire."""
    return now > state.session.expires_at and not awaited(plan)


def renew(connection: Connection, desk: Desk, state: State, plan: Plan) -> None:
    """Refuse a change of an expired session; otherwise it stays open for another lifetime."""
    session, now = state.session, desk.clock()
    if expired(state, plan, now):
        raise InvalidInput(
            f"session {session.id} ({session.name}) expired on {session.expires_at:%Y-%m-%d %H:%M} UTC;"
            f" reopen it with: pixel sessions reopen {session.id}",
            field="session",
            seen=session.id,
        )
    until = now + desk.lifetime
    if until > session.expires_at:
        rows.set_expiry(connection, session.id, until.isoformat())


async def reopen(desk: Desk, session: str) -> datetime:
    """Give a session another lifetime, expired or not; returns when that ends."""

    def write(connection: Connection) -> datetime:
        state, now = load(connection, session), desk.clock()
        until = now + desk.lifetime
        rows.set_expiry(connection, state.session.id, until.isoformat())
        rows.add_event(connection, state.session.id, "reopened", {}, now.isoformat())
        return until

    return await desk.database.tx(write)


async def purge(desk: Desk, keep: timedelta, dry: bool) -> list[str]:
    """Remove what expired longer than `keep` ago, except sessions that others were branched from; returns the ids."""

    def write(connection: Connection) -> list[str]:
        found, now = rows.all_sessions(connection), desk.clock()
        parents = {row["parent"] for row in found}
        gone = []
        for row in found:
            over = now - keep > datetime.fromisoformat(row["expires_at"])
            if over and row["id"] not in parents:
                state = load(connection, row["id"])
                if expired(state, state.plan(), now):
                    gone.append(str(row["id"]))
        if not dry:
            for id in gone:
                rows.remove(connection, id)
        return gone

    return await desk.database.tx(write)
