"""Whether the idea holds up, and how large its market is: answers against thresholds, market counted and sized both ways."""

from decimal import Decimal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import title_of
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Money, NonNegativeMoney, Rate, Ratio, Share, Volume
from experts.core.worksheet import Worksheet
from experts.digital_business_think_tank.actions._startup_market import document_of, key_of, narrative_of, pictures_of
from experts.digital_business_think_tank.tools.count_market import MarketCount, MarketGroup, MarketRow, count_market
from experts.digital_business_think_tank.tools.judge_hypotheses import Hypothesis, Judgements, judge_hypotheses
from experts.digital_business_think_tank.tools.size_market import MarketSize, Segment, TopDown, size_market

KIND = "MarketSizing"
VERSION = 1
NEEDS: dict[str, str] = {}
MOST_REGIONS = 12


class Company(Model):
    name: Text


class GroupFacts(Model):
    """Customers alike: what one is worth a year, which share of those served could be won, who says so."""

    label: Text | None = None
    annual_value: NonNegativeMoney
    obtainable: Share
    source: str = Field("", max_length=200)


class MarketFacts(Model):
    """One row of the count: a region, its customers of one group, and whether the company will sell there."""

    group: Text
    region: Text
    customers: Count
    served: bool = True


class TopDownFacts(Model):
    """A published total, what of it the company's kind of product serves, what of that could be won."""

    total: NonNegativeMoney
    serviceable: Share
    obtainable: Share
    source: str = Field("", max_length=200)


class Evidence(Model):
    """A statement that must hold: how many were asked or offered, how many said or did it, the share needed."""

    statement: Text
    asked: Count
    yes: Count
    needed: Share


class Brief(Model):
    company: Company
    currency: str
    groups: dict[Key, GroupFacts] = Field(max_length=40)
    market: dict[Key, MarketFacts] = Field(max_length=2000)
    top_down: TopDownFacts | None = None
    evidence: dict[Key, Evidence] = Field({}, max_length=60)


class Inputs(Model):
    """Nothing comes before this step."""


class Judgement(Model):
    uncertainty: Share = Field(
        Decimal("0.2"),
        json_schema_extra={"reason": "counts and values a fifth off either way show how wide the market's size may be"},
    )


class Group(Model):
    """One group: counts, and money a year."""

    label: str
    customers: Count
    served: Count
    served_share: Share
    obtainable_customers: Volume
    annual_value: NonNegativeMoney
    tam: Money
    sam: Money
    som: Money


class Level(Model):
    """TAM, SAM or SOM: from below with its range, from above, and the factor between both ways."""

    bottom_up: Money
    low: Money
    high: Money
    top_down: Money | None = None
    ratio: Ratio | None = None


class Region(Model):
    label: str
    customers: Count
    served: Count
    share: Share


class Tested(Model):
    """One statement and what the answers say so far."""

    statement: str
    asked: Count
    yes: Count
    needed: Share
    share: Rate
    low: Rate
    high: Rate
    verdict: str
    answers_needed: Count | None = None


class Output(Model):
    """The market a year, and the idea's tests. `regions` holds the largest served ones."""

    groups: dict[Key, Group]
    levels: dict[Key, Level]
    regions: dict[Key, Region]
    rows: Count
    region_count: Count
    customers: Count
    served: Count
    obtainable_customers: Volume
    reconciled: bool | None = None
    tests: dict[Key, Tested] = {}
    supported: Count | None = None
    refuted: Count | None = None
    open: Count | None = None


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Count and size the market from below and above, and hold what customers said against the shares needed.

    TAM, SAM and SOM a year as in Blank & Dorf (2012); answers by their Wilson interval. Raises InvalidInput for a row of a
    group that is not described, and for more answers than people asked.
    """
    sheet = Worksheet()
    if not brief.market:
        raise InvalidInput("the market has no row; count at least one region's customers", field="market")
    counted = _count(sheet, brief)
    sized = _size(sheet, brief, judgement, counted)
    tests = _tests(sheet, brief)
    output, grounds = _output(brief, counted, sized, tests)
    warnings = [*counted.warnings, *sized.warnings, *(tests.warnings if tests else [])]
    if tests is None:
        warnings.append("No statement was tested on customers, so the idea is an assumption.")
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=grounds,
        narrative=narrative_of(brief, output),
        document=document_of(brief, output),
        pictures=pictures_of(brief, judgement, output, sized),
        warnings=warnings,
    )


def _count(sheet: Worksheet, brief: Brief) -> MarketCount:
    return sheet.run(
        "count",
        {
            "rows.*.customers": "fact:market.*.customers",
            "groups.*.obtainable": "fact:groups.*.obtainable",
        },
        count_market,
        rows={
            key: MarketRow(
                group=key_of(row.group), region=key_of(row.region), customers=row.customers, served=row.served
            )
            for key, row in brief.market.items()
        },
        groups={key: MarketGroup(obtainable=group.obtainable) for key, group in brief.groups.items()},
    )


def _size(sheet: Worksheet, brief: Brief, judgement: Judgement, counted: MarketCount) -> MarketSize:
    top = brief.top_down
    return sheet.run(
        "size",
        {
            "segments.*.customers": "working:count#groups.*.customers",
            "segments.*.annual_value": "fact:groups.*.annual_value",
            "segments.*.reachable": "working:count#groups.*.served_share",
            "segments.*.obtainable": "fact:groups.*.obtainable",
            "top_down.*": "fact:top_down.*",
            "uncertainty": "judgement:uncertainty",
        },
        size_market,
        segments={
            key: Segment(
                customers=counted.groups[key].customers,
                annual_value=group.annual_value,
                reachable=counted.groups[key].served_share,
                obtainable=group.obtainable,
                source=group.source,
            )
            for key, group in brief.groups.items()
        },
        currency=brief.currency,
        top_down=TopDown(**top.model_dump()) if top else None,
        uncertainty=judgement.uncertainty,
    )


def _tests(sheet: Worksheet, brief: Brief) -> Judgements | None:
    if not brief.evidence:
        return None
    return sheet.run(
        "tests",
        {f"hypotheses.*.{name}": f"fact:evidence.*.{name}" for name in ("asked", "yes", "needed")},
        judge_hypotheses,
        hypotheses={
            key: Hypothesis(asked=each.asked, yes=each.yes, needed=each.needed) for key, each in brief.evidence.items()
        },
    )


def _output(
    brief: Brief, counted: MarketCount, sized: MarketSize, tests: Judgements | None
) -> tuple[Output, dict[str, str]]:
    levels = {level.level.lower(): level for level in sized.levels}
    named = {key_of(row.region): title_of(row.region, None) for row in brief.market.values()}
    shown = list(counted.regions.items())[:MOST_REGIONS]
    grounds = {
        **{
            f"groups.*.{name}": f"working:count#groups.*.{name}"
            for name in ("customers", "served", "served_share", "obtainable_customers")
        },
        "groups.*.annual_value": "fact:groups.*.annual_value",
        **{f"groups.*.{name}": f"working:size#by_segment.*.{name}" for name in ("tam", "sam", "som")},
        **{
            f"levels.{key}.{name}": f"working:size#levels.{number}.{name}"
            for number, key in enumerate(levels)
            for name in Level.model_fields
        },
        **{f"regions.*.{name}": f"working:count#regions.*.{name}" for name in ("customers", "served", "share")},
        **{
            name: f"working:count#{name}"
            for name in ("rows", "region_count", "customers", "served", "obtainable_customers")
        },
        **{f"tests.*.{name}": f"fact:evidence.*.{name}" for name in ("asked", "yes", "needed")},
        **{
            f"tests.*.{name}": f"working:tests#hypotheses.*.{name}"
            for name in ("share", "low", "high", "answers_needed")
        },
        **{name: f"working:tests#{name}" for name in ("supported", "refuted", "open")},
    }
    output = Output(
        groups={
            key: Group(
                label=title_of(key, group.label),
                annual_value=group.annual_value,
                **counted.groups[key].model_dump(exclude={"rows"}),
                **sized.by_segment[key],
            )
            for key, group in brief.groups.items()
        },
        levels={key: Level(**level.model_dump(include=set(Level.model_fields))) for key, level in levels.items()},
        regions={key: Region(label=named[key], **each.model_dump()) for key, each in shown},
        rows=counted.rows,
        region_count=counted.region_count,
        customers=counted.customers,
        served=counted.served,
        obtainable_customers=counted.obtainable_customers,
        reconciled=sized.reconciled,
        tests={
            key: Tested(
                statement=each.statement,
                asked=each.asked,
                yes=each.yes,
                needed=each.needed,
                **tests.hypotheses[key].model_dump(),
            )
            for key, each in brief.evidence.items()
            if tests
        },
        supported=tests.supported if tests else None,
        refuted=tests.refuted if tests else None,
        open=tests.open if tests else None,
    )
    return output, grounds
