"""Rights that the product rests on: when they end, what keeps them, until when they can be extended abroad."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from experts.core.contract import Key, Model, Text
from experts.core.errors import InvalidInput
from experts.core.quantities import Day
from experts.core.worksheet import Worksheet
from experts.legal_consultant.tools.compute_ip_term import compute_ip_term
from experts.legal_consultant.tools.compute_statutory_deadline import compute_statutory_deadline

RightKind = Literal[
    "us_patent", "us_design_patent", "us_trademark", "first_filing_patent", "first_filing_mark_or_design"
]

_TERMS = {"us_patent": "utility_patent", "us_design_patent": "design_patent", "us_trademark": "trademark"}
_PRIORITY = {
    "first_filing_patent": "paris_patent_priority",
    "first_filing_mark_or_design": "paris_design_mark_priority",
}


class RightFacts(Model):
    """A right or a first filing. US rights have terms; a first filing anywhere opens the Paris priority period."""

    label: Text | None = None
    kind: RightKind
    filed: Day | None = None
    granted: Day | None = None
    country: Text | None = None


class TermRow(Model):
    """Something to file, and until when; `note` says under which rule."""

    what: str
    due: Day
    note: str


@dataclass(frozen=True)
class FoundRight:
    """A right with the grounds of its dates."""

    expires: date | None
    steps: dict[Key, TermRow]
    grounds: dict[str, str]
    warnings: list[str] = field(default_factory=list)


def rights_of(sheet: Worksheet, rights: dict[str, RightFacts], country: str) -> dict[str, FoundRight]:
    """Terms of US rights and priority periods of first filings. Raises InvalidInput naming the date that is missing."""
    return {
        key: _term(sheet, number, key, right) if right.kind in _TERMS else _priority(sheet, number, key, right, country)
        for number, (key, right) in enumerate(rights.items(), 1)
    }


def terms_of(rights: dict[str, FoundRight]) -> dict[str, str]:
    """Grounds of every right's dates."""
    return {f"rights.{key}.{path}": ref for key, found in rights.items() for path, ref in found.grounds.items()}


def _needed(key: str, right: RightFacts, name: str) -> date:
    value: date | None = getattr(right, name)
    if value is None:
        raise InvalidInput(
            f"rights.{key}.{name} is missing; a {right.kind.replace('_', ' ')} needs the day it was {name}",
            field=f"rights.{key}.{name}",
        )
    return value


def _term(sheet: Worksheet, number: int, key: str, right: RightFacts) -> FoundRight:
    as_of = _needed(key, right, "granted")
    found = sheet.run(
        f"term_{number}",
        {
            "as_of": f"fact:rights.{key}.granted",
            "granted": f"fact:rights.{key}.granted",
            "filed": f"fact:rights.{key}.filed",
        },
        compute_ip_term,
        right=_TERMS[right.kind],  # type: ignore[arg-type]
        as_of=as_of,
        filed=None if right.kind == "us_trademark" else _needed(key, right, "filed"),
        granted=as_of,
    )
    steps = {
        f"step-{at}": TermRow(what=row.what, due=row.due, note=found.rule) for at, row in enumerate(found.milestones)
    }
    grounds = {f"steps.step-{at}.due": f"working:term_{number}#milestones.{at}.due" for at in range(len(steps))}
    return FoundRight(
        found.expires, steps, {"expires": f"working:term_{number}#expires", **grounds}, list(found.warnings)
    )


def _priority(sheet: Worksheet, number: int, key: str, right: RightFacts, country: str) -> FoundRight:
    filed = _needed(key, right, "filed")
    found = sheet.run(
        f"priority_{number}",
        {},
        compute_statutory_deadline,
        rule=_PRIORITY[right.kind],  # type: ignore[arg-type]
        event=filed.isoformat(),
        country=right.country or country,
    )
    row = TermRow(what="Foreign filings that claim the first one's date", due=date.fromisoformat(found.adjusted), note=found.title)  # fmt: skip
    return FoundRight(
        None,
        {"priority": row},
        {"steps.priority.due": f"working:priority_{number}#adjusted"},
        list(found.warnings),
    )
