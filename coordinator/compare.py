"""What differs: between two revisions of a session, or between two sessions such as a plan and its branch."""

from dataclasses import dataclass

from sqlalchemy import Connection

from coordinator.desk import Desk
from coordinator.engine.model import Fact
from coordinator.engine.schema import figures
from coordinator.state import State, load
from experts.core.errors import InvalidInput
from store import sessions as rows


@dataclass(frozen=True)
class Changed:
    """One figure that differs between two states of a plan (None: not there)."""

    ref: str
    unit: str
    old: str | None
    new: str | None


async def diff(desk: Desk, session: str, old: int, new: int | None = None) -> list[Changed]:
    """Every fact and figure that differs between two revisions (the second: now)."""

    def compare(connection: Connection) -> list[Changed]:
        state = load(connection, session, whole=True)
        sides = []
        for revision in (old, new if new is not None else state.session.revision):
            if not 1 <= revision <= state.session.revision:
                raise InvalidInput(
                    f"revision {revision} does not exist; this session has 1 to {state.session.revision}"
                )
            found = {
                row["path"]: Fact.model_validate(row) for row in rows.facts_at(connection, state.session.id, revision)
            }
            sides.append(_quotable(state, found))
        return _changed(*sides)

    return await desk.database.tx(compare)


async def compare(desk: Desk, one: str, other: str) -> tuple[State, State, list[Changed]]:
    """Two sessions of one flow side by side: every fact and figure that differs between them as they are now."""

    def read(connection: Connection) -> tuple[State, State, list[Changed]]:
        a, b = load(connection, one, whole=True), load(connection, other, whole=True)
        if a.session.id == b.session.id:
            raise InvalidInput(f"both are session {a.session.id}; name two, or use: pixel sessions diff")
        if a.session.flow != b.session.flow:
            raise InvalidInput(
                f"session {a.session.id} is a {a.session.flow} and {b.session.id} a {b.session.flow};"
                " only sessions of one flow have the same figures"
            )
        return a, b, _changed(_quotable(a, a.facts), _quotable(b, b.facts))

    return await desk.database.tx(read)


Quotable = dict[str, tuple[str | None, str]]


def _changed(a: Quotable, b: Quotable) -> list[Changed]:
    return [
        Changed(ref, (b.get(ref) or a[ref])[1], a.get(ref, (None, ""))[0], b.get(ref, (None, ""))[0])
        for ref in dict.fromkeys([*a, *b])
        if a.get(ref, (None, ""))[0] != b.get(ref, (None, ""))[0]
    ]


def _quotable(state: State, facts: dict[str, Fact]) -> Quotable:
    found: Quotable = {f"fact:{path}": (str(fact.value), "") for path, fact in facts.items() if fact.value is not None}
    for name, step in state.plan(facts).steps.items():
        if step.status == "current" and step.artifact is not None:
            for figure in figures(name, step.artifact.result.data, state.flow.actions[name].output, {}):
                found[figure.id] = (figure.value, figure.unit)
    return found
