"""Questions that one expert's result puts to another, and their answers.

Artifacts carry referrals; what is open is derived from the current ones, like everything else. A question
is asked once, whoever puts it: its id follows from the expert asked and the words, figures written out. So
when a figure in it changes it is another question, and the answer to the old one no longer stands.
Answers are facts of the journal (`answer.<id>`): they are kept, branched and restored with the rest, and no
action reads them. An answer asks nothing back, so questions cannot go in a circle.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from coordinator.desk import Desk
from coordinator.engine.model import Fact
from coordinator.exports.formatting import render_prose
from coordinator.lifetime import renew
from coordinator.state import State, load
from coordinator.values import values
from experts.core.blocks import Table
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from store import sessions as rows

MOST = 60
"""How many questions of one plan are listed; more than that is a brief that needs a person, not answers."""
LONGEST_ANSWER = 4000


@dataclass(frozen=True)
class Handoff:
    """One question: who puts it (steps), to which expert, why, and what was answered by whom."""

    id: str
    steps: tuple[str, ...]
    to: str
    trigger: str
    question: str
    answer: str = ""
    by: str = ""

    @property
    def open(self) -> bool:
        """Whether nobody has answered it."""
        return not self.answer


def handoffs(state: State) -> list[Handoff]:
    """The questions of the current artifacts, in the flow's order, open ones first."""
    shown = {name: step.artifact for name, step in state.plan().steps.items() if step.artifact is not None}
    if not any(artifact.result.referrals for artifact in shown.values()):
        return []
    known, currency = values(state, shown), str(state.values.get("currency", "XXX"))
    found: dict[str, Handoff] = {}
    for step, artifact in shown.items():
        for referral in artifact.result.referrals:
            question = " ".join(render_prose(referral.question, known, currency).split())
            id = hashlib.sha256(f"{referral.to}\n{question}".encode()).hexdigest()[:8]
            before = found.get(id)
            fact = state.facts.get(f"answer.{id}")
            answered = fact if fact is not None and fact.value is not None else None
            found[id] = Handoff(
                id=id,
                steps=(*(before.steps if before else ()), step),
                to=referral.to,
                trigger=referral.trigger,
                question=question,
                answer=str(answered.value) if answered else "",
                by=answered.by if answered else "",
            )
    return sorted(found.values(), key=lambda one: not one.open)[:MOST]


async def answer(desk: Desk, session: str, id: str, text: str, by: str) -> list[Handoff]:
    """Record an answer to an open question (an empty text takes it back); returns all questions as they are then."""
    said = "".join(c for c in text if c in "\n\t" or c.isprintable()).strip()
    if len(said) > LONGEST_ANSWER:
        raise InvalidInput(f"the answer has {len(said)} characters, at most {LONGEST_ANSWER}; shorten it", field="text")
    if not by.strip():
        raise InvalidInput("say who answers: a name is part of the record", field="by")

    def write(connection: Connection) -> list[Handoff]:
        state = load(connection, session)
        known = {one.id: one for one in handoffs(state)}
        if id not in known:
            hint = did_you_mean(id, known) or ("" if known else "; this plan puts no question to another expert")
            raise InvalidInput(f"there is no question {id!r}{hint}", field="id", seen=id)
        renew(connection, desk, state, state.plan())
        fact = Fact(
            path=f"answer.{id}", value=said or None, origin="person", by=by.strip(), reason=known[id].question[:400]
        )
        row: dict[str, Any] = fact.model_dump(mode="json", exclude={"revision"})
        revision = rows.add_facts(connection, state.session.id, [row])
        data = {"handoff": id, "to": known[id].to, "by": by.strip(), "revision": revision}
        rows.add_event(connection, state.session.id, "answered", data, desk.clock().isoformat())
        return handoffs(load(connection, session))

    return await desk.database.tx(write)


def table_of(found: list[Handoff], experts: dict[str, str]) -> Table:
    """The questions as a table for the plan's first page; `experts` gives the titles of steps."""
    rows_: dict[str, dict[str, Any]] = {
        one.id: {
            "to": one.to,
            "question": one.question,
            "asked": ", ".join(experts.get(step, step) for step in one.steps),
            "answer": f"{one.answer} ({one.by})" if one.answer else "not answered yet",
        }
        for one in found
    }
    columns: list[Any] = [
        {"key": "to", "label": "To"},
        {"key": "question", "label": "Question"},
        {"key": "asked", "label": "Asked by"},
        {"key": "answer", "label": "Answer"},
    ]
    return Table(title="Questions between experts", columns=columns, rows=rows_)


def as_json(one: Handoff) -> dict[str, Any]:
    """A question as programs get it."""
    return {**vars(one), "steps": list(one.steps), "open": one.open}
