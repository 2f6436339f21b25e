"""Spotting clauses by rule: patterns per label, with negation, over sentences."""

import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from experts.core.tables import ReferenceTable
from experts.legal_consultant.tools._legal import table
from experts.legal_consultant.tools._text import Sentence, plain, sentences

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_MACROS = {
    "{D}": rf"(?:\d{{1,2}} ?(?:st|nd|rd|th|t h)? ?(?:day of )?{_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|the (?:first|last) day of {_MONTH})",
    "{P}": r"(?:\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|eighteen|twenty|twenty-four|thirty|forty-five|sixty|ninety|hundred|eighty|several|\d{1,4})\b\W{0,3}(?:\(\d+\) ?)?(?:calendar |business |working |full |consecutive |contract )?(?:days?|weeks?|months?|years?)\b)",
    "{S}": r"(?:shall|will|must|may|agrees? to|undertakes? to|is to|are to)",
    "{N}": r"(?:shall not|will not|may not|must not|can ?not|does not have the right|no party (?:to this agreement )?(?:shall|will|may)|neither .{0,50}(?:shall|will|may)|nor .{0,20}(?:shall|will|may)|agrees? not to|undertakes? not to|covenants? not to|shall refrain|is prohibited from|neither party (?:shall|will|may)|neither of us (?:shall|will|may)|not to|shall have no right to|shall be entitled to no)",
}
_LINE = re.compile(r"[^\n]+")
# A document begins with its parties and its date; later sentences of that kind speak of something else.
_OPENING = {"parties": 4000, "agreement_date": 4000, "document_name": 1500}
_TITLE = re.compile(
    r"\b(agreement|contract|licen[sc]e|terms|lease|deed|order|memorandum|addendum|amendment|policy|statement of work|letter)\b"
)
_LONGEST_SENTENCE = 3000
_REACH = 90
"""How far from a match a negation counts, in characters: sentences of contracts are long."""


@dataclass(frozen=True)
class Rule:
    """One label: what speaks for it, what against it, and the headings it needs, if any."""

    key: str
    label: str
    found: re.Pattern[str] | None
    against: re.Pattern[str] | None
    context: re.Pattern[str] | None


@dataclass(frozen=True)
class Spotted:
    """A sentence that matches a label's patterns; `negated` where it says the opposite or something else."""

    label: str
    sentence: Sentence
    negated: bool


@cache
def rules() -> tuple[Rule, ...]:
    """The patterns of the table, compiled."""
    return tuple(_rule(key, entry) for key, entry in patterns().current().items())


def patterns() -> ReferenceTable:
    """The table of patterns."""
    return table("clause_patterns")


def label_name(key: str) -> str:
    """The label as CUAD writes it."""
    return str(patterns().current()[key]["label"])


def spot(text: str) -> list[Spotted]:
    """Every sentence that a label's patterns match, in order of the text."""
    found: list[Spotted] = []
    title = _title(text)
    if title:
        found.append(Spotted("document_name", title, False))
    above = ""
    for sentence in sentences(text):
        body = sentence.plain[:_LONGEST_SENTENCE]
        if sentence.title and sentence.start > _OPENING["parties"]:
            continue
        for rule in rules():
            if (
                (sentence.title and rule.key not in _OPENING)
                or rule.found is None
                or sentence.start >= _OPENING.get(rule.key, len(text) + 1)
            ):
                continue
            verdict = _verdict(rule, body)
            if verdict is None or (rule.context and not rule.context.search(f"{sentence.heading} {above} {body}")):
                continue
            found.append(Spotted(rule.key, sentence, verdict))
        above = body
    return found


def _title(text: str) -> Sentence | None:
    """The first line that reads like a document's name."""
    for line in _LINE.finditer(text, 0, _OPENING["document_name"]):
        written = line[0].strip()
        if len(written) <= 120 and _TITLE.search(written.lower()) and _capitalised(written):
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            return Sentence(start, start + len(written), written, plain(written), "", True)
    return None


def _capitalised(written: str) -> bool:
    words = [word for word in re.findall(r"[A-Za-z]+", written) if len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _verdict(rule: Rule, body: str) -> bool | None:
    """None: no match. False: a match that nothing near it turns around. True: only matches that are negated."""
    verdict = None
    for match in itertools.islice(rule.found.finditer(body), 20) if rule.found else ():
        near = body[max(0, match.start() - _REACH) : match.end() + _REACH]
        if rule.against is None or not rule.against.search(near):
            return False
        verdict = True
    return verdict


def _rule(key: str, entry: dict[str, Any]) -> Rule:
    return Rule(
        key,
        str(entry["label"]),
        _compiled(entry.get("any", [])),
        _compiled(entry.get("not", [])),
        re.compile(entry["context"]) if "context" in entry else None,
    )


def _compiled(parts: list[str]) -> re.Pattern[str] | None:
    if not parts:
        return None
    joined = "|".join(f"(?:{part})" for part in parts)
    for name, pattern in _MACROS.items():
        joined = joined.replace(name, pattern)
    return re.compile(joined)
