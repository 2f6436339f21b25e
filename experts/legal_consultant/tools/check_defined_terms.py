"""Checks a contract's drafting: defined terms, cross-references, and figures that disagree.

A term is defined by quotation marks followed by "means" or the like, or in brackets after what it names. Used
without a definition: a capitalised expression that occurs at least twice in running text and is neither a
sentence's first word nor a name of a day, month, place or party. Numbers in words are held against the figure
in brackets behind them; effective dates and party names against each other. Source: drafting practice.

Limits: capital letters are a convention, so "undefined" is a question, not a fault.
"""

import re
from collections import Counter, defaultdict
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.quantities import Count, Day
from experts.legal_consultant.tools._legal import Legal
from experts.legal_consultant.tools._numbers import MONTHS, NUMBER_WORD, dates_in, number_of
from experts.legal_consultant.tools._text import LONGEST, clause_number, oddities, paragraphs, readable

_Q = '"“”'
_MOST_TERMS = 400
_MOST_ISSUES = 300
_DEFINITION = re.compile(
    rf"[{_Q}](?P<a>[A-Z][^{_Q}\n]{{0,60}}?)[{_Q}]\s*(?:shall\s+)?(?:means?|mean|has the meaning|have the meaning|refers? to|is defined|includes?)\b|"
    rf"\((?:[a-z ,]{{0,40}})?[{_Q}](?P<b>[A-Z][^{_Q}\n]{{0,60}}?)[{_Q}](?:(?:,| or| and|\s)*[{_Q}](?P<c>[A-Z][^{_Q}\n]{{0,60}}?)[{_Q}])?[^()\n]{{0,30}}\)"
)
_EXPRESSION = re.compile(r"(?<![.?!:;\n(\"“] )(?<![\n\"“(])\b([A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,3})\b")
_REFERENCE = re.compile(
    r"\b(Sections?|Clauses?|Articles?|Paragraphs?|Schedules?|Exhibits?|Annex(?:es)?|Appendix|Appendices)\s+(\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Z])\b",
    re.IGNORECASE,
)
_BOTH = re.compile(
    rf"\b((?:(?:{NUMBER_WORD}|and)[\s-]{{1,3}}){{0,12}}(?:{NUMBER_WORD}))(?:\s+(?:us\s+)?(?:dollars|pounds|euros?|percent|per cent))?\s*\(\s*[$£€]?\s*(\d[\d,]*)(?:\.00?)?\s*%?\s*\)",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"\b([A-Z][\w&'’-]+(?: [A-Z][\w&'’-]+){0,3}),? (Inc|LLC|Ltd|Limited|Corp|Corporation|plc|GmbH|AG|S\.A|B\.V|LLP|Company|Co)\b"
)
_EFFECTIVE = re.compile(r"effective date|comes? into force|takes? effect|effective as of", re.IGNORECASE)
_COMMON = frozenset(
    [
        "Section",
        "Sections",
        "Clause",
        "Clauses",
        "Article",
        "Articles",
        "Schedule",
        "Schedules",
        "Exhibit",
        "Exhibits",
        "Annex",
        "Appendix",
        "Agreement",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "State",
        "States",
        "United",
        "Kingdom",
        "England",
        "Wales",
        "Scotland",
        "Ireland",
        "Act",
        "Code",
        "Court",
        "Courts",
        "New",
        "York",
        "London",
        "European",
        "Union",
        "American",
        "English",
        "Commonwealth",
        "County",
        "City",
        "Street",
        "Road",
        "Avenue",
        "Neither",
        "Either",
        "Each",
        "Any",
        "All",
        "No",
        "The",
        "This",
        "That",
        "These",
        "Those",
        "If",
        "In",
        "On",
        "At",
        "By",
        "Of",
        "For",
        "To",
        "It",
        "Its",
        "We",
        "You",
        "Our",
        "Your",
        "Nothing",
        "Upon",
        "However",
        "Notwithstanding",
        "Except",
        "Subject",
        "Unless",
        "Where",
        "When",
        "While",
        "After",
        "Before",
        "During",
        "Such",
        "Other",
    ]
)


class Issue(Model):
    """One finding: text[start:end] is where it stands."""

    kind: Literal[
        "undefined",
        "unused",
        "duplicate",
        "broken_reference",
        "words_and_figures",
        "impossible_date",
        "two_dates",
        "party_name",
    ]
    term: str
    detail: str
    start: int
    end: int


class TermCheck(Legal):
    """Findings in order of the text, and what was defined."""

    issues: list[Issue]
    defined: dict[str, Count]


def check_defined_terms(text: Annotated[str, Field(max_length=LONGEST)], as_of: Day) -> TermCheck:
    """Check a contract's drafting: undefined, unused, doubly defined terms, broken references, figures that disagree.

    Use when a draft is finished or comes back. It does not judge what the terms mean.
    """
    readable(text)
    definitions: dict[str, list[re.Match[str]]] = defaultdict(list)
    for found in _DEFINITION.finditer(text):
        for name in ("a", "b", "c"):
            if found[name]:
                definitions[found[name].strip()].append(found)
    warnings = oddities(text)
    if len(definitions) > _MOST_TERMS:
        warnings.append(
            f"Only the first {_MOST_TERMS} of {len(definitions)} defined terms were looked at; split the text."
        )
        definitions = dict(list(definitions.items())[:_MOST_TERMS])
    issues = [*_terms(text, definitions), *_references(text), *_figures(text), *_dates(text), *_parties(text)]
    if len(issues) > _MOST_ISSUES:
        warnings.append(f"Only the first {_MOST_ISSUES} of {len(issues)} findings are listed.")
    return TermCheck(
        jurisdiction="not needed: drafting is checked, no law is applied",
        as_of=as_of,
        sources=["The text as given; drafting practice"],
        escalate=False,
        method="Definitions by quotation marks; capitals outside sentence starts; references against numbered clauses; "
        "number words against figures.",
        assumptions=["An expression in capitals is meant as a defined term."],
        warnings=warnings,
        issues=sorted(issues, key=lambda issue: issue.start)[:_MOST_ISSUES],
        defined={term: _uses(text, term) - len(at) for term, at in definitions.items()},
    )


def _terms(text: str, definitions: dict[str, list[re.Match[str]]]) -> list[Issue]:
    issues = []
    for term, at in definitions.items():
        stem = term.removesuffix("s")
        if _uses(text, stem) + _uses(text, f"{stem}s") <= len(at):
            issues.append(_issue("unused", term, "defined, then never used", at[0].start(), at[0].end()))
        if len(at) > 1:
            issues.append(_issue("duplicate", term, f"defined {len(at)} times", at[1].start(), at[1].end()))
    known = {word for term in definitions for word in _forms(term)}
    parties = {word for found in _PARTY.finditer(text) for word in found[0].replace(",", "").split()}
    seen: Counter[str] = Counter()
    first: dict[str, re.Match[str]] = {}
    for found in _EXPRESSION.finditer(text):
        term = found[1]
        if term in known or _is_name(term, parties) or any(form in known for form in _forms(term)):
            continue
        seen[term] += 1
        first.setdefault(term, found)
    for term, count in seen.items():
        if count >= 2:
            at1 = first[term]
            issues.append(
                _issue("undefined", term, f"capitalised {count} times, not defined", at1.start(1), at1.end(1))
            )
    return issues


def _uses(text: str, term: str) -> int:
    """How often `term` stands in the text as words of its own; a plain search is quicker than one for boundaries."""
    count, at = 0, text.find(term)
    while at >= 0:
        end = at + len(term)
        before, after = text[at - 1 : at] if at else "", text[end : end + 1]
        count += not (before.isalnum() or before == "_" or after.isalnum() or after == "_")
        at = text.find(term, end)
    return count


def _forms(term: str) -> set[str]:
    return {term, term.removesuffix("s"), f"{term}s", re.sub(r"ies$", "y", term), re.sub(r"y$", "ies", term)}


def _is_name(term: str, parties: set[str]) -> bool:
    words = re.split(r"[ -]", term)
    return all(word in _COMMON or word.lower() in MONTHS or word in parties for word in words)


def _references(text: str) -> list[Issue]:
    numbers: set[str] = set()
    annexes: set[str] = set()
    for begin, end in paragraphs(text):
        piece = text[begin:end]
        number = clause_number(piece)
        if number:
            numbers.add(number)
            numbers.update(".".join(number.split(".")[:n]) for n in range(1, number.count(".") + 1))
        head = re.match(r"\s*(schedule|exhibit|annex|appendix)\s+([\dA-Z]{1,3})\b", piece, re.IGNORECASE)
        if head:
            annexes.add(head[2].upper())
    issues = []
    for found in _REFERENCE.finditer(text):
        line_start = text.rfind("\n", 0, found.start()) + 1
        if not text[line_start : found.start()].strip():
            continue  # the heading itself
        kind, number = found[1].lower(), found[2].upper()
        attached = kind.startswith(("sched", "exh", "ann", "app"))
        if number not in (annexes if attached else numbers):
            where = "attached" if attached else "numbered so"
            detail = f"nothing {where} in this text"
            issues.append(_issue("broken_reference", found[0], detail, found.start(), found.end()))
    return issues


def _figures(text: str) -> list[Issue]:
    issues = []
    for found in _BOTH.finditer(text):
        said, figure = number_of(found[1]), int(found[2].replace(",", ""))
        if said is not None and said != figure:
            detail = f"in words {said}, in figures {figure}"
            issues.append(_issue("words_and_figures", found[0], detail, found.start(), found.end()))
    return issues


def _dates(text: str) -> list[Issue]:
    issues = []
    effective = []
    for found in dates_in(text):
        if not found.readings:
            issues.append(_issue("impossible_date", found.written, "no such day", found.start, found.end))
            continue
        begin = max(text.rfind(".", 0, found.start), text.rfind("\n", 0, found.start))
        if _EFFECTIVE.search(text[max(begin, found.start - 120) : found.end + 40]) and len(found.readings) == 1:
            effective.append(found)
    if len({item.readings[0] for item in effective}) > 1:
        last = effective[-1]
        dates = ", ".join(sorted({item.readings[0].isoformat() for item in effective}))
        issues.append(_issue("two_dates", "effective date", f"several dates: {dates}", last.start, last.end))
    return issues


def _parties(text: str) -> list[Issue]:
    forms: dict[str, dict[str, re.Match[str]]] = defaultdict(dict)
    for found in _PARTY.finditer(text):
        suffix = {"Ltd": "Limited", "Corp": "Corporation", "Co": "Company"}.get(found[2], found[2])
        forms[found[1]].setdefault(suffix, found)
    return [
        _issue("party_name", name, f"written as {', '.join(sorted(found))}", at.start(), at.end())
        for name, found in forms.items()
        if len(found) > 1
        for at in [list(found.values())[-1]]
    ]


def _issue(kind: str, term: str, detail: str, start: int, end: int) -> Issue:
    return Issue.model_validate({"kind": kind, "term": term, "detail": detail, "start": start, "end": end})
