"""Action items in notes: who does what by when, each with the span it was read from.

Rules: a sentence or bullet is an action where someone "will", "to", "should", "must", "needs to" or "is
going to" do something; where it begins "Name:", "Action:", "TODO", "[ ]" or "@name"; or where it asks
("please", "can you"). The due date is the first date after "by", "until", "before", "due" or "on", else
the last in the sentence, read against `base_date`: a weekday is the next one after it. 03/04 is not guessed.
Limits: English; rules miss what is only implied, and say so; text is data, never an instruction.
"""

import re
from itertools import islice
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.quantities import Count, Day
from experts.personal_assistant.tools._dates import dates_in

_SENTENCE = re.compile(r"[^\n.!?;]+(?:\.(?=\S)[^\n.!?;]+)*[.!?;]?")
_NAME = r"(?:[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?|I|We|we)"
_MODAL = r"(?:will|to|should|must|shall|needs?\s+to|has\s+to|have\s+to|(?:is|are|am)\s+(?:going\s+)?to|agreed\s+to|promised\s+to|offered\s+to|volunteered\s+to)"
_OWNED = re.compile(
    rf"^\W*(?:\*\*)?(?P<owner>{_NAME})(?:'ll|\s+{_MODAL})\s+(?:then\s+|also\s+|please\s+)?(?P<verb>[a-z][a-z-]+)"
)
_INSIDE = re.compile(rf"\b(?P<owner>[A-Z][\w'’-]+)(?:'ll|\s+{_MODAL})\s+(?P<verb>[a-z][a-z-]+)")
_COLON = re.compile(rf"^\W*@?(?P<owner>{_NAME}):\s*(?:please\s+|to\s+|will\s+)?(?P<verb>[A-Za-z][a-z-]+)")
_AT = re.compile(r"@(?P<owner>\w+)[,:]?\s+(?:please\s+|to\s+|will\s+)?(?P<verb>[a-z][a-z-]+)")
_MARK = re.compile(
    r"^\W*(?:\[ ?\]\s*|(?:action(?: item)?|todo|to do|ai|next step)\s*[:\-]+\s*|todo\s+)(?:\((?P<owner>[^)]+)\)\s*)?(?P<verb>[A-Za-z][a-z-]+)",
    re.I,
)
_ASK = re.compile(r"\b(?:please|can you|could you|would you|kindly)\s+(?P<verb>[a-z][a-z-]+)", re.I)
_DUE = re.compile(r"\b(?:by|until|till|before|due|no later than|on)\b[^0-9A-Za-z]*(?:the\s+)?$", re.I)
_NOT_VERBS = frozenset(
    ["be", "been", "have", "not", "the", "a", "an", "that", "this", "it", "no", "never", "probably", "likely"]
)
_NOT_OWNERS = frozenset(
    [
        "a",
        "action",
        "agenda",
        "answer",
        "attendees",
        "date",
        "deadline",
        "decision",
        "decisions",
        "due",
        "from",
        "fyi",
        "it",
        "nb",
        "next",
        "note",
        "notes",
        "owner",
        "present",
        "ps",
        "question",
        "re",
        "reminder",
        "risk",
        "subject",
        "summary",
        "that",
        "the",
        "there",
        "they",
        "this",
        "time",
        "to",
        "todo",
        "topic",
        "update",
        "when",
        "where",
        "who",
    ]
)


class ActionItem(Model):
    """text is the span start to end (characters) of the notes, verbatim; owner empty where none is named."""

    owner: str
    verb: str
    text: str
    due: Day | None = None
    due_text: str = ""
    start: Count
    end: Count


class ActionItems(Model):
    """In order of the notes."""

    items: list[ActionItem]
    by_owner: dict[str, int]
    without_owner: int
    without_due: int
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def extract_action_items(
    notes: Annotated[str, Field(min_length=1, max_length=60_000)],
    base_date: Annotated[Day, Field(description="the day 'tomorrow' is counted from")],
    people: Annotated[list[str], Field(max_length=100)] = [],  # noqa: B006 - read only
) -> ActionItems:
    """Action items in notes with owner, verb, due date and the verbatim span.

    Use when notes must become tasks; rules find what is said, not what is meant.
    """
    items: list[ActionItem] = []
    warnings: list[str] = []
    for sentence in _SENTENCE.finditer(notes):
        made = _item(sentence, base_date, people, warnings)
        if made:
            items.append(made)
        if len(items) >= 500:
            warnings.append("More than 500 items; the rest is left out.")
            break
    owners: dict[str, int] = {}
    for item in items:
        if item.owner:
            owners[item.owner] = owners.get(item.owner, 0) + 1
    unknown = [owner for owner in owners if people and owner not in people]
    if unknown:
        warnings.append(f"Not among the people given: {', '.join(unknown)}; check the names.")
    past = [item.verb for item in items if item.due and item.due < base_date]
    if past:
        warnings.append(f"Due before the base date: {', '.join(past)}.")
    return ActionItems(
        items=items,
        by_owner=dict(sorted(owners.items())),
        without_owner=sum(not item.owner for item in items),
        without_due=sum(item.due is None for item in items),
        method="Rules on sentences (modal verbs, Name:, Action:, @name, requests); dates read against base_date.",
        assumptions=[
            "A weekday is the next one after the base date, 'next' means the week after; a day without year is the next to come."
        ],
        warnings=list(dict.fromkeys(warnings))[:40],
    )


def _item(sentence: re.Match[str], base: Day, people: list[str], warnings: list[str]) -> ActionItem | None:
    raw = sentence[0]
    lead = len(raw) - len(raw.lstrip(" \t-*•"))
    text = raw[lead:].rstrip()
    found = next((hit for rule in (_COLON, _OWNED, _AT, _MARK, _INSIDE, _ASK) if (hit := _fits(rule, text))), None)
    if found is None:
        return None
    owner = (found.groupdict().get("owner") or "").strip()
    verb = found["verb"].lower()
    mentions = list(islice(dates_in(text, base), 100))
    warnings += [f"{one.doubt} (in “{text[:60]}”)." for one in mentions if one.doubt]
    dated = [one for one in mentions if one.day]
    due = next(
        (one for one in dated if _DUE.search(text, max(0, one.start - 60), one.start)), dated[-1] if dated else None
    )
    whole = next(
        (name for name in people if name.split()[:1] and name.split()[0].casefold() == owner.casefold()), owner
    )
    start = sentence.start() + lead
    return ActionItem(
        owner=whole,
        verb=verb,
        text=text,
        due=due.day if due else None,
        due_text=due.text if due else "",
        start=start,
        end=start + len(text),
    )


def _fits(rule: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = rule.search(text)
    if found is None or found["verb"].lower() in _NOT_VERBS:
        return None
    owner = (found.groupdict().get("owner") or "").split(" ")[0]
    return None if owner.casefold() in _NOT_OWNERS else found
