"""Technology (TRL 1-9) or manufacturing readiness (MRL 1-10) from evidence; a claim alone counts for nothing.

Each level of reference://technology_readiness names criteria. A level is reached when every criterion of it
and of all levels below has evidence with a source and a date not after `as_of`; the first gap ends the
count. A claimed level above that is lowered, and the missing evidence is listed. Sources: NASA NPR 7123.1
Appendix E and ISO 16290:2013 (TRL); U.S. DoD Manufacturing Readiness Level Deskbook 2022 (MRL). The
criteria are short forms of those definitions, in our words.

Limits: readiness holds for one use in one environment; it says nothing about value, cost or speed.
Whether a document proves its criterion is for a reviewer; old evidence is flagged after three years.
"""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Day
from experts.digital_business_think_tank.tools._figures import questions, table

OLD = timedelta(days=3 * 365)


class Evidence(Model):
    """One document, test or record for one criterion."""

    criterion: Annotated[str, Field(max_length=60, description="Key in reference://technology_readiness.")]
    source: Annotated[str, Field(max_length=300, description="Document or URL; empty: not counted.")]
    day: Day


class LevelState(Model):
    """One level: its definition and the criteria with and without evidence."""

    level: int
    definition: str
    met: list[str]
    missing: list[str]
    reached: bool


class MissingEvidence(Model):
    """What the next levels need."""

    level: int
    criterion: str
    needed: str


class Readiness(Model):
    """The level that the evidence carries."""

    scale: str
    level: int
    claimed: int | None = None
    lowered: bool = False
    levels: list[LevelState]
    next_evidence: Annotated[list[MissingEvidence], Field(description="For the next level, or up to the claim.")]
    not_counted: list[str] = []
    questions: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def assess_technology_readiness(
    evidence: Annotated[list[Evidence], Field(max_length=100)],
    as_of: Day,
    scale: Literal["trl", "mrl"] = "trl",
    claimed: Annotated[int | None, Field(ge=1, le=10, description="Level.")] = None,
) -> Readiness:
    """Assess technology (TRL) or manufacturing readiness (MRL) from evidence and list what is missing.

    Use when maturity is claimed or planned.
    """
    rows = table("technology_readiness").current()[scale]
    levels = {int(number): row for number, row in rows.items()}
    if claimed is not None and claimed > max(levels):
        raise InvalidInput(
            f"{scale.upper()} {claimed} does not exist; the scale ends at {max(levels)}", field="claimed"
        )
    needed = {key: (number, text) for number, row in levels.items() for key, text in row["criteria"].items()}
    have: dict[str, Day] = {}
    not_counted = []
    for at, item in enumerate(evidence):
        if item.criterion not in needed:
            raise InvalidInput(
                f"criterion {item.criterion!r} is not in the {scale.upper()} table{did_you_mean(item.criterion, needed)}",
                field=f"evidence.{at}.criterion",
            )
        if item.day > as_of:
            raise InvalidInput(
                f"evidence for {item.criterion!r} is dated {item.day}, after {as_of}; a plan is no evidence",
                field=f"evidence.{at}.day",
            )
        if not item.source.strip():
            not_counted.append(f"{item.criterion}: no source")
        else:
            have[item.criterion] = max(item.day, have.get(item.criterion, item.day))
    states, reached, open_ = [], 0, True
    for number, row in sorted(levels.items()):
        met = [key for key in row["criteria"] if key in have]
        missing = [key for key in row["criteria"] if key not in have]
        open_ = open_ and not missing
        reached = number if open_ else reached
        states.append(LevelState(level=number, definition=row["definition"], met=met, missing=missing, reached=open_))
    upto = max(reached + 1, claimed or 0)
    lacking = [
        MissingEvidence(level=state.level, criterion=key, needed=needed[key][1])
        for state in states
        if state.level <= upto
        for key in state.missing
    ]
    warnings = []
    lowered = claimed is not None and claimed > reached
    if lowered:
        warnings.append(f"{scale.upper()} {claimed} is claimed, but the evidence carries {scale.upper()} {reached}.")
    beyond = [state.level for state in states if state.met and state.level > reached + 1]
    if beyond:
        warnings.append(
            f"There is evidence for level {', '.join(map(str, beyond))}, but a gap below it ends the count at {reached}."
        )
    old = sorted(key for key, day in have.items() if as_of - day > OLD)
    if old:
        warnings.append(f"Older than three years, so check that the design is still the same: {', '.join(old)}.")
    return Readiness(
        scale=scale.upper(),
        level=reached,
        claimed=claimed,
        lowered=lowered,
        levels=states,
        next_evidence=lacking,
        not_counted=not_counted,
        questions=questions("technology_assessment"),
        method="Highest level whose criteria, and those of all levels below, have dated and sourced evidence "
        "(reference://technology_readiness: NASA NPR 7123.1 App. E, ISO 16290:2013; DoD MRL Deskbook 2022).",
        assumptions=["The evidence is of the same technology in the same intended use."],
        warnings=warnings,
    )
