"""How mature a technology is by its evidence, how the alternatives score, and which risks are known."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import row_grounds, row_sources, title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, NonNegativeMoney, NonNegativeVolume, Ratio, Share
from experts.core.worksheet import Worksheet
from experts.digital_business_think_tank.actions._adoption_assessment import document_of, narrative_of, pictures_of
from experts.digital_business_think_tank.tools.assess_technology_readiness import (
    Evidence,
    Readiness,
    assess_technology_readiness,
)
from experts.digital_business_think_tank.tools.score_weighted_options import Scoring, score_weighted_options

KIND = "TechAssessment"
VERSION = 1
NEEDS: dict[str, str] = {}

Level = Annotated[int, Field(ge=1, le=9)]


class Technology(Model):
    """What is to be adopted; `candidate` is the alternative that the cash flows and the plan are for."""

    name: Text
    candidate: Key
    minimum_trl: Level = Field(
        6,
        json_schema_extra={
            "reason": "a pilot asks for a prototype that was shown in a relevant environment, which is level 6"
        },
    )


class Criterion(Model):
    """One criterion; weights are normalised to add up to one."""

    label: Text | None = None
    weight: NonNegativeVolume


class Alternative(Model):
    """One alternative with a score by criterion (one scale for all; higher is better) and the level it claims."""

    label: Text | None = None
    claimed_trl: Level | None = None
    scores: dict[Key, Ratio]


class EvidenceRow(Model):
    """One document for one criterion of reference://technology_readiness."""

    alternative: Key
    criterion: Key
    source: Text
    day: Day


class RiskFacts(Model):
    """A risk with the chance that it happens and what it then costs; `residual_probability` is after the response."""

    label: Text | None = None
    probability: Share
    impact: NonNegativeMoney
    response: Text | None = None
    response_cost: NonNegativeMoney = Field(Decimal(0), json_schema_extra={"reason": "no cost of a response is named"})
    residual_probability: Share | None = None
    owner: Text | None = None


class Brief(Model):
    """What the assessment is made from."""

    as_of: Day
    technology: Technology
    criteria: dict[Key, Criterion] = Field(max_length=15)
    alternatives: dict[Key, Alternative] = Field(max_length=30)
    evidence: dict[Key, EvidenceRow] = Field({}, max_length=1000)
    risks: dict[Key, RiskFacts] = Field({}, max_length=300)


class Inputs(Model):
    """Nothing: this step is the first."""


class Judgement(Model):
    """Nothing is left open here."""


class Standing(Model):
    """One alternative: rank and score, the level that the evidence carries, and the level claimed."""

    label: str
    rank: Count
    total: Ratio
    by_criterion: dict[Key, Ratio]
    trl: Count | None = None
    claimed: Count | None = None
    mature_enough: bool | None = None


class Weight(Model):
    """One criterion: its share of all weight, and the share at which another alternative would lead."""

    label: str
    weight: Share
    flips_at: Share | None = None
    flips_to: str | None = None


class Rung(Model):
    """One level of the candidate's ladder."""

    level: Count
    definition: str
    reached: bool
    evidence: list[str]
    missing: list[str]


class Needed(Model):
    """One piece of evidence that the candidate lacks."""

    level: Count
    criterion: str
    needed: str


class RiskView(Model):
    label: str
    probability: Share
    impact: NonNegativeMoney
    response: str | None = None
    response_cost: NonNegativeMoney
    residual_probability: Share | None = None
    owner: str | None = None


class Output(Model):
    """Readiness, scores and risks. `mature_enough`: the candidate's evidence reaches the minimum level."""

    technology: str
    candidate: str
    candidate_label: str
    leader: str
    leader_label: str
    lead: Ratio
    trl: Count
    minimum_trl: Count
    claimed: Count | None = None
    mature_enough: bool
    alternatives: dict[Key, Standing]
    criteria: dict[Key, Weight]
    levels: dict[Key, Rung]
    needed: dict[Key, Needed] = {}
    risks: dict[Key, RiskView] = {}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Assess a technology: readiness level by dated evidence, weighted scores of the alternatives, known risks.

    A level counts only if every criterion of it and of all levels below has evidence with a source and a date
    (NASA NPR 7123.1, ISO 16290:2013); a claim alone counts for nothing. Scores are a weighted sum with the
    weight at which another alternative would lead. Raises InvalidInput naming the fact that does not fit.
    """
    _check(brief)
    sheet = Worksheet()
    scores = _scores(sheet, brief)
    readiness = _readiness(sheet, brief)
    output, grounds = _output(brief, scores, readiness)
    found = readiness[brief.technology.candidate]
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=grounds,
        narrative=narrative_of(output),
        document=document_of(brief, output),
        pictures=pictures_of(brief, output, scores, found),
        warnings=[*scores.warnings, *_warnings(brief, output, readiness)],
    )


def _check(brief: Brief) -> None:
    if len(brief.alternatives) < 2:
        raise InvalidInput(
            f"{len(brief.alternatives)} alternative is named; give at least two, for example the technology and the "
            "way it is done today",
            field="alternatives",
        )
    candidate = brief.technology.candidate
    if candidate not in brief.alternatives:
        raise InvalidInput(
            f"technology.candidate {candidate!r} is not among the alternatives"
            f"{did_you_mean(candidate, brief.alternatives)}",
            field="technology.candidate",
        )
    for key, alternative in brief.alternatives.items():
        odd = sorted(alternative.scores.keys() ^ brief.criteria.keys())
        if odd:
            what = "has no score for" if odd[0] in brief.criteria else "is scored for the unknown criterion"
            raise InvalidInput(
                f"alternatives.{key} {what} {odd[0]!r}; give one score for each criterion",
                field=f"alternatives.{key}.scores.{odd[0]}",
            )
    for key, row in brief.evidence.items():
        if row.alternative not in brief.alternatives:
            raise InvalidInput(
                f"evidence.{key} is for {row.alternative!r}, which is not among the alternatives"
                f"{did_you_mean(row.alternative, brief.alternatives)}",
                field=f"evidence.{key}.alternative",
            )


def _scores(sheet: Worksheet, brief: Brief) -> Scoring:
    sources = row_sources("weights.{}", "fact:criteria.{}.weight", brief.criteria)
    for at, key in enumerate(brief.alternatives):
        sources |= row_sources(f"scores.{at}.{{}}", f"fact:alternatives.{key}.scores.{{}}", brief.criteria)
    labels = [title_of(key, each.label) for key, each in brief.alternatives.items()]
    names = [title_of(key, each.label) for key, each in brief.criteria.items()]
    for kind, said in (("alternatives", labels), ("criteria", names)):
        twice = next((label for label in said if said.count(label) > 1), None)
        if twice is not None:
            raise InvalidInput(f"two {kind} have the label {twice!r}; give each its own", field=kind)
    return sheet.run(
        "scores",
        sources,
        score_weighted_options,
        options=labels,
        criteria=names,
        scores=[[each.scores[key] for key in brief.criteria] for each in brief.alternatives.values()],
        weights=[each.weight for each in brief.criteria.values()],
    )


def _readiness(sheet: Worksheet, brief: Brief) -> dict[str, Readiness]:
    """Readiness of each alternative that has evidence or claims a level, and of the candidate."""
    found = {}
    for at, (key, alternative) in enumerate(brief.alternatives.items()):
        rows = {row: each for row, each in brief.evidence.items() if each.alternative == key}
        if not rows and alternative.claimed_trl is None and key != brief.technology.candidate:
            continue
        try:
            found[key] = sheet.run(
                f"readiness_{at}",
                {"as_of": "fact:as_of", **row_sources("evidence.{}.day", "fact:evidence.{}.day", rows)},
                assess_technology_readiness,
                evidence=[
                    Evidence(criterion=each.criterion, source=each.source, day=each.day) for each in rows.values()
                ],
                as_of=brief.as_of,
                claimed=alternative.claimed_trl,
            )
        except InvalidInput as error:
            _, _, rest = error.field.partition("evidence.")
            number, _, name = rest.partition(".")
            if number.isdigit():
                error.field = f"evidence.{list(rows)[int(number)]}.{name}"
            raise
    return found


def _output(brief: Brief, scores: Scoring, readiness: dict[str, Readiness]) -> tuple[Output, dict[str, str]]:
    keys, criteria = list(brief.alternatives), list(brief.criteria)
    labels = {title_of(key, each.label): key for key, each in brief.alternatives.items()}
    candidate = brief.technology.candidate
    own, place = readiness[candidate], keys.index(candidate)
    leader = labels[scores.ranking[0].option]
    grounds = {
        "lead": "working:scores#lead",
        "trl": f"working:readiness_{place}#level",
        "claimed": f"fact:alternatives.{candidate}.claimed_trl",
        "minimum_trl": "fact:technology.minimum_trl",
        **row_grounds("criteria.{}.weight", "working:scores#criteria.{}.weight", criteria),
        **row_grounds("criteria.{}.flips_at", "working:scores#criteria.{}.flips_at", criteria),
        **row_grounds(
            "levels.level-{}.level",
            f"working:readiness_{place}#levels.{{}}.level",
            [str(state.level) for state in own.levels],
        ),
        **row_grounds(
            "needed.{}.level",
            f"working:readiness_{place}#next_evidence.{{}}.level",
            [item.criterion for item in own.next_evidence],
        ),
        **{
            f"risks.*.{name}": f"fact:risks.*.{name}"
            for name in ("probability", "impact", "response_cost", "residual_probability")
        },
    }
    standings = {}
    for at, row in enumerate(scores.ranking):
        key = labels[row.option]
        level = readiness.get(key)
        standings[key] = Standing(
            label=row.option,
            rank=row.rank,
            total=row.total,
            by_criterion=dict(zip(criteria, row.by_criterion, strict=True)),
            trl=None if level is None else level.level,
            claimed=brief.alternatives[key].claimed_trl,
            mature_enough=None if level is None else level.level >= brief.technology.minimum_trl,
        )
        grounds |= {
            f"alternatives.{key}.rank": f"working:scores#ranking.{at}.rank",
            f"alternatives.{key}.total": f"working:scores#ranking.{at}.total",
            f"alternatives.{key}.trl": f"working:readiness_{keys.index(key)}#level",
            f"alternatives.{key}.claimed": f"fact:alternatives.{key}.claimed_trl",
            **row_grounds(
                f"alternatives.{key}.by_criterion.{{}}", f"working:scores#ranking.{at}.by_criterion.{{}}", criteria
            ),
        }
    output = Output(
        technology=brief.technology.name,
        candidate=candidate,
        candidate_label=standings[candidate].label,
        leader=leader,
        leader_label=standings[leader].label,
        lead=scores.lead,
        trl=own.level,
        minimum_trl=brief.technology.minimum_trl,
        claimed=own.claimed,
        mature_enough=own.level >= brief.technology.minimum_trl,
        alternatives=standings,
        criteria={
            key: Weight(label=row.criterion, weight=row.weight, flips_at=row.flips_at, flips_to=row.flips_to or None)
            for key, row in zip(criteria, scores.criteria, strict=True)
        },
        levels={
            f"level-{state.level}": Rung(
                level=state.level,
                definition=state.definition,
                reached=state.reached,
                evidence=state.met,
                missing=state.missing,
            )
            for state in own.levels
        },
        needed={
            item.criterion: Needed(level=item.level, criterion=title_of(item.criterion, None), needed=item.needed)
            for item in own.next_evidence
        },
        risks={
            key: RiskView(label=title_of(key, risk.label), **risk.model_dump(exclude={"label"}))
            for key, risk in brief.risks.items()
        },
    )
    return output, grounds


def _warnings(brief: Brief, output: Output, readiness: dict[str, Readiness]) -> list[str]:
    found = []
    for key, level in readiness.items():
        named = output.alternatives[key].label
        found += [f"{named}: {text}" for text in (*level.warnings, *(f"not counted: {e}." for e in level.not_counted))]
    if not output.mature_enough:
        found.append(
            f"The evidence for {output.candidate_label} carries TRL {output.trl}; a pilot here asks for TRL "
            f"{output.minimum_trl}."
        )
    if output.leader != output.candidate:
        found.append(f"{output.leader_label} scores higher than {output.candidate_label}, which this plan is for.")
    if not brief.risks:
        found.append("The brief names no risks, so the plan holds no contingency for them.")
    return found
