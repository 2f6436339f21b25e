"""How fast customers take up what is offered to them, with a range, up to those who can be won."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import ActionResult, Model, Text
from experts.core.drafting import row_grounds, row_sources
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, NonNegativeVolume, Ratio, Share, Volume
from experts.core.worksheet import Worksheet
from experts.digital_business_think_tank.actions._innovation_adoption import document_of, narrative_of, pictures_of
from experts.digital_business_think_tank.tools.count_adopters import CurveYear, WholeAdopters, count_adopters
from experts.digital_business_think_tank.tools.forecast_adoption import AdoptionForecast, forecast_adoption

KIND = "AdoptionForecast"
VERSION = 1
NEEDS = {"opportunity": "OpportunityAssessment"}


class Adoption(Model):
    """How customers take to the offer. Coefficients as given, else those of an analog, else fitted to `observed`."""

    label: Text
    potential: NonNegativeVolume | None = None
    innovation: Ratio | None = None
    imitation: Ratio | None = None
    analog: Annotated[str | None, Field(max_length=60)] = None
    observed: list[NonNegativeVolume] = []
    periods: Annotated[int, Field(ge=1, le=40)] = Field(
        5, json_schema_extra={"reason": "five years is as far as an innovation plan usually looks"}
    )


class Brief(Model):
    adoption: Adoption


class OpportunityView(Model):
    obtainable_customers: Volume


class Inputs(Model):
    opportunity: OpportunityView


class Judgement(Model):
    spread: Share = Field(
        Decimal("0.25"),
        json_schema_extra={"reason": "each coefficient of the curve is taken as a quarter uncertain"},
    )


class Period(Model):
    """One year from launch: new adopters with their range, and all so far."""

    year: Count
    new: Count
    low: Count
    high: Count
    total: Count


class Output(Model):
    """The curve. `final`: adopters at the end of the last period."""

    label: str
    potential: Count
    potential_exact: Volume
    innovation: Ratio | None = None
    imitation: Ratio | None = None
    peak_period: Ratio | None = None
    final: Count
    final_low: Count | None = None
    final_high: Count | None = None
    periods: dict[str, Period]
    observed_periods: int
    source: str


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Forecast adoption by the Bass model, from given coefficients, an analog's, or a fit to observed years.

    The potential is what the brief says, else the customers that the market assessment counts as obtainable; with
    observed years it is fitted. The range moves each coefficient by the spread, or is the prediction interval of the
    fit. Raises InvalidInput where neither coefficients, an analog nor enough years are given.
    """
    sheet = Worksheet()
    found = _curve(sheet, brief.adoption, inputs, judgement)
    output = _output(brief.adoption, found, _whole(sheet, found))
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=_grounds(found, output),
        narrative=narrative_of(brief, output),
        document=document_of(brief, output),
        pictures=pictures_of(brief, output),
        warnings=[*found.warnings, *_warnings(brief.adoption, inputs)],
    )


def _curve(sheet: Worksheet, facts: Adoption, inputs: Inputs, judgement: Judgement) -> AdoptionForecast:
    try:
        if facts.observed:
            return sheet.run(
                "curve",
                row_sources("observed.{}", "fact:adoption.observed.{}", map(str, range(len(facts.observed)))),
                forecast_adoption,
                kind="bass",
                observed=facts.observed,
                periods=facts.periods,
            )
        if facts.analog is None and (facts.innovation is None or facts.imitation is None):
            raise InvalidInput(
                "nothing says how fast customers take up the offer; give adoption.innovation and adoption.imitation, "
                "an analog of reference://bass_analogs (for example 'mean_1990'), or at least four observed years",
                field="adoption.analog",
            )
        return sheet.run(
            "curve",
            {
                "p": "fact:adoption.innovation",
                "q": "fact:adoption.imitation",
                "m": "opportunity#obtainable_customers" if facts.potential is None else "fact:adoption.potential",
                "spread": "judgement:spread",
            },
            forecast_adoption,
            kind="bass",
            p=facts.innovation,
            q=facts.imitation,
            m=inputs.opportunity.obtainable_customers if facts.potential is None else facts.potential,
            analog=facts.analog or "",
            periods=facts.periods,
            spread=judgement.spread,
        )
    except InvalidInput as error:
        names = {"p": "innovation", "q": "imitation", "m": "potential"}
        if error.field and not error.field.startswith(("adoption", "spread")):
            error.field = f"adoption.{names.get(error.field, error.field)}"
        raise


def _whole(sheet: Worksheet, found: AdoptionForecast) -> WholeAdopters:
    """The curve in whole adopters."""
    at = next(number for number, row in enumerate(found.parameters) if row.name == "m")
    ends = sorted(range(len(found.what_if)), key=lambda at: found.what_if[at].cumulative_end)
    keys = [str(number) for number in range(len(found.rows))]
    sources = {"potential": f"working:curve#parameters.{at}.value"}
    for name, path in (("new", "value"), ("total", "cumulative")):
        sources |= row_sources(f"years.{{}}.{name}", f"working:curve#rows.{{}}.{path}", keys)
    for end in ("low", "high"):
        sources |= {
            f"years.{number}.{end}": f"working:curve#rows.{number}.{end if getattr(row, end) is not None else 'value'}"
            for number, row in enumerate(found.rows)
        }
    if ends:
        sources["final_low"] = f"working:curve#what_if.{ends[0]}.cumulative_end"
        sources["final_high"] = f"working:curve#what_if.{ends[-1]}.cumulative_end"
    return sheet.run(
        "adopters",
        sources,
        count_adopters,
        years=[
            CurveYear(
                new=row.value,
                low=row.value if row.low is None else row.low,
                high=row.value if row.high is None else row.high,
                total=row.cumulative or Decimal(0),
            )
            for row in found.rows
        ],
        potential=found.parameters[at].value,
        final_low=found.what_if[ends[0]].cumulative_end if ends else None,
        final_high=found.what_if[ends[-1]].cumulative_end if ends else None,
    )


def _output(facts: Adoption, found: AdoptionForecast, whole: WholeAdopters) -> Output:
    values = {row.name: row.value for row in found.parameters}
    return Output(
        label=facts.label,
        potential=whole.potential,
        potential_exact=values["m"],
        innovation=values["p"],
        imitation=values["q"],
        peak_period=found.peak_period,
        final=whole.final,
        final_low=whole.final_low,
        final_high=whole.final_high,
        periods={
            str(row.year): Period(year=row.year, new=row.new, low=row.low, high=row.high, total=row.total)
            for row in whole.years
        },
        observed_periods=len(facts.observed),
        source=found.source or "fitted to the years that the brief gives",
    )


def _grounds(found: AdoptionForecast, output: Output) -> dict[str, str]:
    places = {row.name: f"working:curve#parameters.{at}.value" for at, row in enumerate(found.parameters)}
    grounds = {
        "potential": "working:adopters#potential",
        "potential_exact": places["m"],
        "innovation": places["p"],
        "imitation": places["q"],
        "peak_period": "working:curve#peak_period",
        **{name: f"working:adopters#{name}" for name in ("final", "final_low", "final_high")},
    }
    for name in Period.model_fields:
        grounds |= row_grounds(f"periods.{{}}.{name}", f"working:adopters#years.{{}}.{name}", output.periods)
    return grounds


def _warnings(facts: Adoption, inputs: Inputs) -> list[str]:
    found = []
    if facts.analog and not facts.observed:
        found.append(
            "The coefficients are of other products; replace them by observed years as soon as there are four."
        )
    if facts.observed and facts.analog:
        found.append("Observed years are given, so the analog is not used.")
    if facts.potential is not None and facts.potential > inputs.opportunity.obtainable_customers:
        found.append(
            "The potential of the brief is above the customers that the market assessment counts as obtainable."
        )
    return found
