"""Better prose for a step than its template: it cites, and falls back when a value it cites changes."""

from sqlalchemy import Connection

from coordinator.desk import Desk
from coordinator.engine.grounding import quotable
from coordinator.engine.narrative import citations, uncited_digits
from coordinator.lifetime import renew
from coordinator.state import load
from coordinator.values import values
from experts.core.errors import InvalidInput
from store import sessions as rows


async def write_prose(desk: Desk, session: str, step: str, text: str, by: str) -> None:
    """Show `text` for a step instead of its template while every value it cites is the one it has now.

    Raises InvalidInput for a step that is not current, a citation of nothing, or a digit
    without a citation. An empty text goes back to the template.
    """

    def write(connection: Connection) -> None:
        state = load(connection, session)
        plan = state.plan()
        found = plan.steps.get(step)
        if found is None or found.artifact is None or found.status != "current":
            raise InvalidInput(f"step {step!r} is not current; resume the session first", field="step")
        known = values(state, {name: s.artifact for name, s in plan.steps.items() if s.artifact})
        cited = list(dict.fromkeys(citations(text)))
        for ref in cited:
            if ref not in known:
                raise InvalidInput(f"the text cites {ref!r}, which this plan does not have", field="text", seen=ref)
        loose = uncited_digits(text, [*state.flow.flow.literals, *quotable(found.artifact.called)])
        if loose:
            raise InvalidInput(
                f"{loose[0]!r} has no citation; write it as [[ref]] so that it follows the plan", field="text"
            )
        cites = {ref: known[ref].text for ref in cited}
        renew(connection, desk, state, plan)
        rows.set_prose(connection, state.session.id, step, text or None, by, cites)
        written = {"step": step, "text": text or None, "by": by, "cites": cites}
        rows.add_event(connection, state.session.id, "prose_written", {"prose": [written]}, desk.clock().isoformat())

    await desk.database.tx(write)
