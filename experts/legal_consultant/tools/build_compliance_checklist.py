"""Puts duties into one checklist: what has to be done before the pilot, before the roll-out, or is done.

Each item names its basis, owner and state. An open item before the pilot keeps the pilot from starting; a question
that nobody has answered counts as open. Items are ordered by stage, questions first. The form follows ISO 37301:2021
(compliance management systems, 4.5 and 8.1): obligations are listed with their source, owner and state.

Limits: a checklist is as complete as the facts it was made from; absence of an item is no clearance.
"""

from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.quantities import Count, Day
from experts.legal_consultant.tools._legal import Legal

LISTED = False  # actions make it from what other tools found
State = Literal["question", "open", "done"]
Stage = Literal["pilot", "rollout"]
_STATES, _STAGES = ("question", "open", "done"), ("pilot", "rollout")


class Duty(Model):
    """One thing to do or to find out, and before which stage."""

    item: Annotated[str, Field(min_length=1, max_length=2000)]
    basis: Annotated[str, Field(max_length=2000)] = ""
    state: State = "open"
    before: Stage = "pilot"
    owner: Annotated[str, Field(max_length=200)] = ""


class Checklist(Legal):
    """Items in order, and how many are open before each stage."""

    order: list[str]
    open_before_pilot: Count
    open_before_rollout: Count
    done: Count
    without_owner: Count


def build_compliance_checklist(
    duties: Annotated[dict[Key, Duty], Field(max_length=500)],
    as_of: Day,
    jurisdiction: Annotated[str, Field(min_length=1, max_length=200)],
    sources: Annotated[list[Annotated[str, Field(max_length=2000)]], Field(max_length=60)],
) -> Checklist:
    """Build a compliance checklist by stage, with what is still open before each.

    Use when duties from several rules meet in one project.
    """
    order = sorted(
        duties,
        key=lambda key: (_STATES.index(duties[key].state) == 2, _STAGES.index(duties[key].before), _place(duties[key])),
    )
    still = {stage: [k for k in order if duties[k].before == stage and duties[k].state != "done"] for stage in _STAGES}
    bare = [key for key in order if duties[key].state != "done" and not duties[key].owner.strip()]
    return Checklist(
        jurisdiction=jurisdiction,
        as_of=as_of,
        sources=sources or ["the brief"],
        escalate=bool(still["pilot"]),
        escalation_reason=f"{len(still['pilot'])} duties or questions are open before the pilot."
        if still["pilot"]
        else "",
        method="Items by stage, questions first; an unanswered question counts as open (form after ISO 37301:2021).",
        assumptions=["Facts and states are as given."],
        warnings=[f"{len(bare)} open items have no owner."] if bare else [],
        order=order,
        open_before_pilot=len(still["pilot"]),
        open_before_rollout=len(still["rollout"]),
        done=sum(duty.state == "done" for duty in duties.values()),
        without_owner=len(bare),
    )


def _place(duty: Duty) -> int:
    return _STATES.index(duty.state)
