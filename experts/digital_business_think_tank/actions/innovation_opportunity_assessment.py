"""Where the firm stands and what there is to win: maturity, readiness of each initiative, the market and its structure."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import row_grounds, title_of
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, NonNegativeVolume, Ratio, Share, Volume
from experts.core.worksheet import Worksheet
from experts.digital_business_think_tank.actions._innovation_opportunity import document_of, narrative_of, pictures_of
from experts.digital_business_think_tank.actions._innovation_workings import (
    check,
    market_of,
    maturity_of,
    readiness_of,
    structure_of,
)
from experts.digital_business_think_tank.tools.analyze_market_concentration import (
    Concentration,
)
from experts.digital_business_think_tank.tools.assess_digital_maturity import (
    Maturity,
)
from experts.digital_business_think_tank.tools.assess_technology_readiness import (
    Readiness,
)
from experts.digital_business_think_tank.tools.count_customers import CustomerCounts
from experts.digital_business_think_tank.tools.size_market import MarketSize

KIND = "OpportunityAssessment"
VERSION = 1
NEEDS: dict[str, str] = {}

Level = Annotated[int, Field(ge=1, le=5)]
Trl = Annotated[int, Field(ge=1, le=9)]


class Strategy(Model):
    name: Text
    company: Text
    aim: Text


class MaturityFacts(Model):
    """One dimension of reference://digital_maturity; a level above 2 counts only with evidence."""

    level: Level
    target: Level = Field(
        4, json_schema_extra={"reason": "level 4 is the rubric's usual aim; not every dimension needs it"}
    )
    evidence: Text | None = None
    weight: NonNegativeVolume = Field(
        Decimal(1), json_schema_extra={"reason": "no weight is given, so every dimension counts the same"}
    )


class InitiativeFacts(Model):
    label: Text | None = None
    claimed_trl: Trl | None = None


class EvidenceRow(Model):
    """One document for one criterion of reference://technology_readiness."""

    initiative: Key
    criterion: Key
    source: Text
    day: Day


class SegmentFacts(Model):
    """A segment: customers who could buy, what one is worth a year, and the shares that can be reached and won."""

    label: Text | None = None
    customers: NonNegativeVolume
    annual_value: NonNegativeMoney
    reachable: Share
    obtainable: Share
    need: Text | None = None
    source: Text | None = None


class Published(Model):
    """A published size of the market and what of it is served."""

    total: NonNegativeMoney
    serviceable: Share
    obtainable: Share
    source: Text | None = None


class Market(Model):
    segments: dict[Key, SegmentFacts] = Field(max_length=40)
    published: Published | None = None
    shares: dict[Key, Share] | None = None


class Brief(Model):
    """What the assessment is made from."""

    currency: str
    as_of: Day
    strategy: Strategy
    maturity: dict[Key, MaturityFacts]
    initiatives: dict[Key, InitiativeFacts] = Field(max_length=30)
    evidence: dict[Key, EvidenceRow] = Field({}, max_length=2000)
    market: Market


class Inputs(Model):
    """Nothing: this step is one of the first."""


class Judgement(Model):
    market_uncertainty: Share = Field(
        Decimal("0.2"),
        json_schema_extra={"reason": "customers and their yearly value are each taken as a fifth uncertain"},
    )


class Dimension(Model):
    """One dimension: level stated, level counted, target."""

    title: str
    stated: Count
    counted: Count
    target: Count
    gap: Count
    now: str
    next_step: str | None = None
    proven: bool


class Standing(Model):
    """One initiative: the readiness level that its evidence carries, and what the next level lacks."""

    label: str
    trl: Count
    claimed: Count | None = None
    lowered: bool
    missing: list[str] = []


class LevelSize(Model):
    """TAM, SAM or SOM a year."""

    amount: Money
    low: Money
    high: Money
    published: Money | None = None
    ratio: Ratio | None = None


class SegmentSize(Model):
    label: str
    need: str | None = None
    customers: Volume
    reachable: Volume
    obtainable: Volume
    tam: Money
    sam: Money
    som: Money


class Structure(Model):
    """Concentration of the market on the HHI scale to ten thousand."""

    hhi: Ratio
    hhi_high: Ratio
    top_four: Share
    unnamed: Share
    level: str
    largest: str


class Output(Model):
    """Maturity, readiness and market. Without any evidence readiness is not tested, and every level is zero."""

    company: str
    maturity_index: Ratio
    maturity_as_stated: Ratio
    maturity_if_weakest_double: Ratio
    maturity: dict[Key, Dimension]
    readiness_tested: bool
    initiatives: dict[Key, Standing]
    levels: dict[Key, LevelSize]
    segments: dict[Key, SegmentSize]
    customers: Volume
    reachable_customers: Volume
    obtainable_customers: Volume
    reconciled: bool | None = None
    structure: Structure | None = None


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Assess where a firm stands: digital maturity, readiness of its initiatives, size and structure of its market.

    Maturity is a rubric of five levels, of which those above two count only with evidence; readiness (TRL) is the
    highest level whose criteria all have dated evidence; the market is sized from customers and held against a
    published total; concentration is the HHI. Raises InvalidInput naming the fact that does not fit.
    """
    check(brief)
    sheet = Worksheet()
    maturity = maturity_of(sheet, brief)
    readiness = readiness_of(sheet, brief)
    size, counts = market_of(sheet, brief, judgement)
    structure = structure_of(sheet, brief)
    output = _output(brief, maturity, readiness, size, counts, structure)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=_grounds(brief, maturity, structure),
        narrative=narrative_of(output),
        document=document_of(brief, output),
        pictures=pictures_of(brief, output, maturity),
        warnings=_warnings(brief, output, maturity, readiness, size, structure),
    )


def _output(
    brief: Brief,
    maturity: Maturity,
    readiness: dict[str, Readiness],
    size: MarketSize,
    counts: CustomerCounts,
    structure: Concentration | None,
) -> Output:
    return Output(
        company=brief.strategy.company,
        maturity_index=maturity.index,
        maturity_as_stated=maturity.index_as_stated,
        maturity_if_weakest_double=maturity.index_if_weakest_double,
        maturity={
            row.dimension: Dimension(
                title=row.title,
                stated=row.stated,
                counted=row.counted,
                target=row.target,
                gap=row.gap,
                now=row.now,
                next_step=row.next_step or None,
                proven=row.counted == row.stated,
            )
            for row in maturity.dimensions
        },
        readiness_tested=bool(brief.evidence),
        initiatives={
            key: Standing(
                label=title_of(key, brief.initiatives[key].label),
                trl=found.level,
                claimed=found.claimed,
                lowered=found.lowered,
                missing=[item.needed for item in found.next_evidence if item.level == found.level + 1],
            )
            for key, found in readiness.items()
        },
        levels={
            row.level.lower(): LevelSize(
                amount=row.bottom_up, low=row.low, high=row.high, published=row.top_down, ratio=row.ratio
            )
            for row in size.levels
        },
        segments={
            key: SegmentSize(
                label=title_of(key, each.label),
                need=each.need,
                customers=each.customers,
                reachable=counts.segments[key].reachable,
                obtainable=counts.segments[key].obtainable,
                **size.by_segment[key],
            )
            for key, each in brief.market.segments.items()
        },
        customers=counts.customers,
        reachable_customers=counts.reachable,
        obtainable_customers=counts.obtainable,
        reconciled=size.reconciled,
        structure=None
        if structure is None
        else Structure(
            hhi=structure.hhi,
            hhi_high=structure.hhi_high,
            top_four=structure.cr4,
            unnamed=structure.unnamed_share,
            level=structure.level,
            largest=title_of(structure.largest, None),
        ),
    )


def _grounds(brief: Brief, maturity: Maturity, structure: Concentration | None) -> dict[str, str]:
    dimensions = [row.dimension for row in maturity.dimensions]
    found = {
        "maturity_index": "working:maturity#index",
        "maturity_as_stated": "working:maturity#index_as_stated",
        "maturity_if_weakest_double": "working:maturity#index_if_weakest_double",
        "segments.*.customers": "fact:market.segments.*.customers",
        "customers": "working:customers#customers",
        "reachable_customers": "working:customers#reachable",
        "obtainable_customers": "working:customers#obtainable",
        "structure.hhi": "working:structure#hhi",
        "structure.hhi_high": "working:structure#hhi_high",
        "structure.top_four": "working:structure#cr4",
        "structure.unnamed": "working:structure#unnamed_share",
    }
    for name in ("stated", "counted", "target", "gap"):
        found |= row_grounds(f"maturity.{{}}.{name}", f"working:maturity#dimensions.{{}}.{name}", dimensions)
    for name in ("reachable", "obtainable"):
        found[f"segments.*.{name}"] = f"working:customers#segments.*.{name}"
    for at, level in enumerate(("tam", "sam", "som")):
        found[f"segments.*.{level}"] = f"working:market#by_segment.*.{level}"
        for field, name in (
            *(("amount", "bottom_up"), ("low", "low"), ("high", "high")),
            *(("published", "top_down"), ("ratio", "ratio")),
        ):
            found[f"levels.{level}.{field}"] = f"working:market#levels.{at}.{name}"
    found |= row_grounds("initiatives.{}.trl", "working:readiness_{}#level", brief.initiatives)
    found |= {f"initiatives.{key}.claimed": f"fact:initiatives.{key}.claimed_trl" for key in brief.initiatives}
    return found


def _warnings(
    brief: Brief,
    output: Output,
    maturity: Maturity,
    readiness: dict[str, Readiness],
    size: MarketSize,
    structure: Concentration | None,
) -> list[str]:
    found = [*maturity.warnings]
    for key, each in readiness.items():
        label = output.initiatives[key].label
        found += [f"{label}: {text}" for text in (*each.warnings, *(f"not counted: {e}." for e in each.not_counted))]
    if not brief.evidence:
        found.append("The brief holds no evidence of readiness, so no initiative is held back for want of it.")
    found += size.warnings
    if brief.market.published is None:
        found.append("No published market size is given, so the size is counted from customers alone.")
    if structure is None:
        found.append("No market shares are given, so nothing is said about concentration.")
    return found
