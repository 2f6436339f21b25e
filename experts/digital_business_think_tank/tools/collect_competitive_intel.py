"""Claims about competitors as a dated, sourced and graded matrix; what nobody has sourced is "unknown".

Every claim carries a source, a date and an Admiralty grade: letter A-F for the reliability of the source,
digit 1-6 for the credibility of the information (A1 confirmed by a completely reliable source, F6 cannot be
judged). A cell shows the best-graded claim, the newest among equals. A claim without source, or dated after
`as_of`, is refused; one older than `stale_days` is marked. A cell whose claims differ says how many there
are, because the tool cannot tell which is right. Source: NATO STANAG 2511 / AJP-2.1 and JDP 2-00 (UK) for
the grades, in reference://admiralty_grades.

Limits: nothing is looked up and no claim is checked; grades are the user's. Texts are kept as they are
given and are data, never instructions.
"""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Day
from experts.digital_business_think_tank.tools._figures import Line, questions

WEAK = 4


class Claim(Model):
    """One claim about one competitor on one topic."""

    competitor: Line
    topic: Line
    claim: Annotated[str, Field(min_length=1, max_length=600)]
    source: Annotated[str, Field(max_length=400, description="URL or document.")]
    day: Annotated[Day, Field(description="Of the source.")]
    grade: Annotated[str, Field(max_length=2, description="Admiralty, e.g. B2.")]


class Cell(Model):
    """One competitor on one topic; `claim` is 'unknown' where nothing is sourced."""

    competitor: str
    topic: str
    claim: str
    grade: str = ""
    source: str = ""
    day: Day | None = None
    claims: int = 0
    stale: bool = False
    weak: bool = False
    differs: bool = False


class IntelMatrix(Model):
    """Cells by competitor, then topic."""

    competitors: list[str]
    topics: list[str]
    cells: list[Cell]
    unknown: int
    known: int
    questions: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def collect_competitive_intel(
    claims: Annotated[list[Claim], Field(min_length=1, max_length=300)],
    as_of: Day,
    topics: Annotated[
        list[Line] | None,
        Field(max_length=20, description="Also if nothing is known."),
    ] = None,
    stale_days: Annotated[int, Field(ge=1, le=3650)] = 365,
) -> IntelMatrix:
    """Collect claims about competitors into a sourced, dated, graded matrix; the rest is "unknown".

    Use when competitors are discussed. It does not search the web.
    """
    topics = topics or []
    wanted = list(dict.fromkeys(topic.strip() for topic in topics))
    for at, claim in enumerate(claims):
        where = f"claims.{at}"
        if not claim.source.strip():
            raise InvalidInput(
                f"claim {at + 1} about {claim.competitor!r} has no source; give a URL or document, or leave it out",
                field=f"{where}.source",
            )
        if claim.day > as_of:
            raise InvalidInput(
                f"claim {at + 1} about {claim.competitor!r} is dated {claim.day}, after {as_of}", field=f"{where}.day"
            )
        if len(claim.grade) != 2 or claim.grade[0] not in "ABCDEF" or claim.grade[1] not in "123456":
            raise InvalidInput(
                f"grade {claim.grade!r} is no Admiralty grade; write a letter A-F for the source and a digit 1-6 for the claim, e.g. 'B2'",
                field=f"{where}.grade",
            )
        topic = claim.topic.strip()
        if topic not in wanted:
            close = did_you_mean(topic, topics) if topics else ""
            if "did you mean" in close:
                raise InvalidInput(f"topic {topic!r} is not one of those wanted{close}", field=f"{where}.topic")
            wanted.append(topic)
    rivals = list(dict.fromkeys(claim.competitor.strip() for claim in claims))
    if len(rivals) * len(wanted) > 600:
        raise InvalidInput(
            f"{len(rivals)} competitors by {len(wanted)} topics is too wide to read; split it", field="claims"
        )
    limit = as_of - timedelta(days=stale_days)
    cells = [_cell(rival, topic, claims, limit) for rival in rivals for topic in wanted]
    unknown = [cell for cell in cells if not cell.claims]
    warnings = []
    for name, picked in (
        ("Older than the limit", [c for c in cells if c.stale]),
        (f"Weakly graded (source D-F or claim {WEAK}-6)", [c for c in cells if c.weak]),
        ("Sources differ", [c for c in cells if c.differs]),
    ):
        if picked:
            said = "; ".join(f"{c.competitor}: {c.topic}" for c in picked[:6]) + (
                " and others" if len(picked) > 6 else ""
            )
            warnings.append(f"{name}: {said}.")
    if unknown:
        warnings.append(f"{len(unknown)} of {len(cells)} cells are unknown; they are questions, not zeros.")
    return IntelMatrix(
        competitors=rivals,
        topics=wanted,
        cells=cells,
        unknown=len(unknown),
        known=len(cells) - len(unknown),
        questions=questions("competitive_intelligence"),
        method=f"Best Admiralty grade, then newest, per competitor and topic; older than {stale_days} days is stale on {as_of} "
        "(reference://admiralty_grades).",
        assumptions=["Grades are the user's; no claim was checked."],
        warnings=warnings,
    )


def _cell(rival: str, topic: str, claims: list[Claim], limit: Day) -> Cell:
    here = [c for c in claims if c.competitor.strip() == rival and c.topic.strip() == topic]
    if not here:
        return Cell(competitor=rival, topic=topic, claim="unknown")
    # The worse half of a grade counts first: A6 is no better than F1.
    best = min(
        here,
        key=lambda c: (
            max("ABCDEF".index(c.grade[0]), int(c.grade[1]) - 1),
            c.grade,
            -c.day.toordinal(),
            claims.index(c),
        ),
    )
    return Cell(
        competitor=rival,
        topic=topic,
        claim=best.claim,
        grade=best.grade,
        source=best.source,
        day=best.day,
        claims=len(here),
        stale=best.day < limit,
        weak=best.grade[0] in "DEF" or int(best.grade[1]) >= WEAK,
        differs=len({" ".join(c.claim.lower().split()) for c in here}) > 1,
    )
