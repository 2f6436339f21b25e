"""Where the market is, how fast it comes, and the place to take among rivals."""

from decimal import Decimal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import sentence, title_of
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Money, Ratio, Volume
from experts.core.worksheet import Worksheet
from experts.marketing_sales.actions._innovation_market import document_of, narrative_of, pictures_of
from experts.marketing_sales.tools.map_positioning import PositioningMap, map_positioning

KIND = "MarketOpportunity"
VERSION = 1
NEEDS = {"opportunity": "OpportunityAssessment", "adoption": "AdoptionForecast", "portfolio": "InnovationPortfolio"}


class Strategy(Model):
    company: Text
    aim: Text


class Brand(Model):
    """Mean ratings of one brand on the two attributes."""

    label: Text | None = None
    x: Ratio
    y: Ratio


class Positioning(Model):
    """Two attributes rated by the same people; `own` is today's place, `intended` the one to take."""

    x_axis: Text
    y_axis: Text
    lowest: Ratio = Field(Decimal(1), json_schema_extra={"reason": "ratings run from 1 to 10 unless the brief says so"})
    highest: Ratio = Field(
        Decimal(10), json_schema_extra={"reason": "ratings run from 1 to 10 unless the brief says so"}
    )
    own: Key
    intended: Key | None = None
    source: Text | None = None
    brands: dict[Key, Brand] = Field(max_length=40)


class Brief(Model):
    strategy: Strategy
    positioning: Positioning | None = None


class SegmentView(Model):
    label: str
    need: str | None = None
    obtainable: Volume
    som: Money


class OpportunityView(Model):
    segments: dict[Key, SegmentView]


class PeriodView(Model):
    total: Count


class AdoptionView(Model):
    label: str
    final: Count
    final_low: Count | None = None
    final_high: Count | None = None
    peak_period: Ratio | None = None
    periods: dict[str, PeriodView]


class SelectedView(Model):
    label: str


class PortfolioView(Model):
    selected: dict[Key, SelectedView]


class Inputs(Model):
    opportunity: OpportunityView
    adoption: AdoptionView
    portfolio: PortfolioView


class Judgement(Model):
    lead_segment: Key | None = Field(
        None,
        json_schema_extra={"reason": "the segment with the most to be won leads until somebody names another"},
    )


class Segment(Model):
    """One segment in the order of attack."""

    label: str
    need: str | None = None
    obtainable: Volume
    som: Money


class Place(Model):
    """A brand's place, and how far it is from our own today."""

    label: str
    x: Ratio
    y: Ratio
    quadrant: str
    distance: Ratio


class Output(Model):
    """Segments in order, adoption, and the map. `adopters`: expected at the end of the forecast."""

    segments: dict[Key, Segment]
    order: list[str]
    lead: str
    statement: str
    offers: list[str]
    adopters: Count
    adopters_low: Count | None = None
    adopters_high: Count | None = None
    peak_period: Ratio | None = None
    first_year: Count
    brands: dict[Key, Place] = {}
    own: str | None = None
    intended: str | None = None
    nearest: str | None = None
    nearest_distance: Ratio | None = None
    move: Ratio | None = None
    correlation: Ratio | None = None
    empty_quadrants: list[str] = []


GROUNDS = {
    "segments.*.obtainable": "opportunity#segments.*.obtainable",
    "segments.*.som": "opportunity#segments.*.som",
    "adopters": "adoption#final",
    "adopters_low": "adoption#final_low",
    "adopters_high": "adoption#final_high",
    "peak_period": "adoption#peak_period",
    **{f"brands.*.{name}": f"working:map#brands.*.{name}" for name in ("x", "y", "distance")},
    "correlation": "working:map#correlation",
}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Put the segments in order, take over the adoption forecast, and map the place to take among rivals.

    Segments are ordered by what can be won in each; the lead may be judged otherwise. The map shows mean ratings of
    two attributes with the distance to each rival. Raises InvalidInput naming the brand or segment that does not fit.
    """
    segments = inputs.opportunity.segments
    if judgement.lead_segment is not None and judgement.lead_segment not in segments:
        raise InvalidInput(
            f"lead_segment {judgement.lead_segment!r} is no segment; name one of {', '.join(segments)}",
            field="lead_segment",
        )
    sheet = Worksheet()
    placed = _map(sheet, brief.positioning)
    output = _output(brief, inputs, judgement, placed)
    first = next(iter(inputs.adoption.periods))
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=GROUNDS | {"first_year": f"adoption#periods.{first}.total"} | _distances(output),
        narrative=narrative_of(brief, output),
        document=document_of(brief, output),
        pictures=pictures_of(brief, output),
        warnings=_warnings(brief, output, placed),
    )


def _distances(output: Output) -> dict[str, str]:
    """Grounds of the distances to the intended place and to the nearest rival."""
    found = {"move": output.intended, "nearest_distance": output.nearest}
    return {name: f"working:map#brands.{key}.distance" for name, key in found.items() if key is not None}


def _map(sheet: Worksheet, facts: Positioning | None) -> PositioningMap | None:
    if facts is None:
        return None
    if facts.intended is not None and facts.intended not in facts.brands:
        raise InvalidInput(
            f"positioning.intended {facts.intended!r} is not among the brands; give its ratings",
            field="positioning.intended",
        )
    if len(facts.brands) < 2:
        raise InvalidInput("a map needs at least two brands; give the ratings of a rival", field="positioning.brands")
    try:
        return sheet.run(
            "map",
            {
                **{
                    f"brands.{key}.{at}": f"fact:positioning.brands.{key}.{axis}"
                    for key in facts.brands
                    for at, axis in ((0, "x"), (1, "y"))
                },
                "lowest": "fact:positioning.lowest",
                "highest": "fact:positioning.highest",
            },
            map_positioning,
            x_axis=facts.x_axis[:40],
            y_axis=facts.y_axis[:40],
            brands={key: [each.x, each.y] for key, each in facts.brands.items()},
            own=facts.own,
            lowest=facts.lowest,
            highest=facts.highest,
        )
    except InvalidInput as error:
        error.field = f"positioning.{error.field}" if error.field else error.field
        raise


def _output(brief: Brief, inputs: Inputs, judgement: Judgement, placed: PositioningMap | None) -> Output:
    segments = inputs.opportunity.segments
    order = sorted(segments, key=lambda key: (key != judgement.lead_segment, -segments[key].som, key))
    lead = segments[order[0]]
    fields: dict[str, object] = {}
    if placed is not None and brief.positioning is not None:
        facts = brief.positioning
        labels = {key: title_of(key, each.label) for key, each in facts.brands.items()}
        rivals = [key for key in placed.brands if key not in (facts.own, facts.intended)]
        near = min(rivals, key=lambda key: (placed.brands[key].distance, key), default=None)
        fields = {
            "brands": {
                key: Place(label=labels[key], x=place.x, y=place.y, quadrant=place.quadrant, distance=place.distance)
                for key, place in placed.brands.items()
            },
            "own": facts.own,
            "intended": facts.intended,
            "nearest": near,
            "nearest_distance": placed.brands[near].distance if near else None,
            "move": placed.brands[facts.intended].distance if facts.intended else None,
            "correlation": placed.correlation,
            "empty_quadrants": placed.empty_quadrants,
        }
    adoption = inputs.adoption
    return Output.model_validate(
        {
            "segments": {
                key: Segment(
                    label=segments[key].label,
                    need=segments[key].need,
                    obtainable=segments[key].obtainable,
                    som=segments[key].som,
                )
                for key in order
            },
            "order": order,
            "lead": lead.label,
            "statement": _statement(lead.label, lead.need, brief.strategy),
            "offers": [each.label for each in inputs.portfolio.selected.values()],
            "adopters": adoption.final,
            "adopters_low": adoption.final_low,
            "adopters_high": adoption.final_high,
            "peak_period": adoption.peak_period,
            "first_year": next(iter(adoption.periods.values())).total,
            **fields,
        }
    )


def _statement(lead: str, need: str | None, strategy: Strategy) -> str:
    """For whom, what they ask for, and what the firm sets out to do, in the brief's own words."""
    asks = f" who ask for \u201c{need}\u201d" if need else ""
    aim = strategy.aim if strategy.aim[:2].isupper() else strategy.aim[:1].lower() + strategy.aim[1:]
    return sentence(f"For {lead}{asks}, {strategy.company} will {aim}")


def _warnings(brief: Brief, output: Output, placed: PositioningMap | None) -> list[str]:
    found = list(placed.warnings) if placed else ["No ratings of brands are given, so there is no positioning map."]
    if brief.positioning is not None and not brief.positioning.source:
        found.append("The ratings name no source; a map of the team's own opinion is a picture of the team.")
    if not any(row.need for row in output.segments.values()):
        found.append("No segment says what its customers ask for, so the statement rests on the firm's aim alone.")
    return found
