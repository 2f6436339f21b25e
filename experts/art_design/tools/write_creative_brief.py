"""A creative brief: one objective, one audience, one message, and what must be in.

Form: the parts that agencies' briefs share (objective, audience, single message, reasons to believe, mandatories,
tone, deliverables, how success is seen, dates). Checks: the message is one sentence of at most 25 words; an "and" or
a semicolon in it is flagged, because it often hides a second message; each missing part is listed as open.

Limits: nothing here says whether the message is true or worth saying; claims need proof and, in some fields, a
lawyer. The text is kept as given.
"""

import re
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day

MOST_WORDS = 25
_END = re.compile(r"[.!?…](?:\s+|$)")
_Line = Annotated[str, Field(max_length=400)]


class CreativeBrief(Model):
    """The brief as agreed so far; `open` are the parts still to be stated."""

    project: str
    objective: str
    audience: str
    message: str
    message_words: Count
    reasons: list[str]
    mandatories: list[str]
    tone: list[str]
    deliverables: list[str]
    success: str
    due: Day | None = None
    open: list[str]
    complete: bool
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def write_creative_brief(
    project: Annotated[str, Field(max_length=120)],
    objective: Annotated[str, Field(max_length=400, description="what should change")],
    audience: Annotated[str, Field(max_length=400)],
    message: Annotated[str, Field(max_length=400, description="the one thing to say")],
    mandatories: Annotated[list[_Line] | None, Field(max_length=30)] = None,
    reasons: Annotated[list[_Line] | None, Field(max_length=30, description="to believe it")] = None,
    tone: Annotated[list[_Line] | None, Field(max_length=30)] = None,
    deliverables: Annotated[list[_Line] | None, Field(max_length=30)] = None,
    success: Annotated[str, Field(max_length=400, description="how it is measured")] = "",
    due: Day | None = None,
) -> CreativeBrief:
    """Write a one-page creative brief with a single message; several messages are refused.

    Use when work is to be briefed; make_document gives the Word page.
    It does not invent facts or claims; what is missing is listed.
    """
    parts = {"project": project, "objective": objective, "audience": audience, "message": message}
    said = {key: " ".join(text.split()) for key, text in parts.items()}
    for key, text in said.items():
        if not text:
            raise InvalidInput(f"{key} is empty; state it in one sentence", field=key)
    sentences = [part for part in _END.split(said["message"]) if part.strip()]
    words = len(said["message"].split())
    if len(sentences) > 1:
        raise InvalidInput(
            f"message has {len(sentences)} sentences: {said['message'][:120]!r}; a brief has one message, so choose one",
            field="message",
        )
    if words > MOST_WORDS:
        raise InvalidInput(f"message has {words} words; say the one thing in at most {MOST_WORDS}", field="message")
    lists = {"mandatories": mandatories, "reasons": reasons, "tone": tone, "deliverables": deliverables}
    kept = {key: [line for text in given or [] if (line := " ".join(text.split()))] for key, given in lists.items()}
    asks = {
        "reasons": "why anyone should believe the message",
        "mandatories": "what must be in: logo, legal text, claims",
        "tone": "how it sounds",
        "deliverables": "what is made, in which formats",
    }
    missing = [ask for key, ask in asks.items() if not kept[key]]
    if not success.strip():
        missing.append("how success is seen, with a figure and a date")
    if due is None:
        missing.append("when it is due")
    warnings = []
    if re.search(r";|\band\b|&", said["message"], re.IGNORECASE):
        warnings.append("the message has an 'and' or a semicolon: check that it is not two messages")
    if not re.search(r"\d", said["objective"] + success):
        warnings.append("neither objective nor success has a figure, so nobody can say later whether it worked")
    return CreativeBrief(
        project=said["project"],
        objective=said["objective"],
        audience=said["audience"],
        message=said["message"],
        message_words=words,
        reasons=kept["reasons"],
        mandatories=kept["mandatories"],
        tone=kept["tone"],
        deliverables=kept["deliverables"],
        success=" ".join(success.split()),
        due=due,
        open=missing,
        complete=not missing,
        method="one-page brief; message held to one sentence of at most 25 words; missing parts listed",
        assumptions=["facts and claims are the client's"],
        warnings=warnings,
    )
