"""Step of marketing_campaign_planning: what the allocated budget should bring, against the targets."""

from decimal import Decimal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.quantities import Count, Days, Money, Months, NonNegativeMoney, Rate, Ratio, Share, Volume
from experts.core.worksheet import Worksheet
from experts.marketing_sales.actions._forecast_document import document_of
from experts.marketing_sales.actions._forecast_pictures import pictures_of
from experts.marketing_sales.actions._forecast_text import narrative_of, warnings_of
from experts.marketing_sales.actions._forecast_workings import (
    figures_of,
    forecast_of,
    kpis_of,
    test_of,
    verdicts_of,
)
from experts.marketing_sales.actions._words import relabel, title_of
from experts.marketing_sales.tools._curves import Answers, Curve, Evidence, Fit
from experts.marketing_sales.tools.evaluate_kpis import Measure, Verdict

KIND = "KpiForecast"
VERSION = 1
NEEDS = {"channel_plan": "ChannelPlan", "allocation": "BudgetAllocation"}

NAMES: dict[Measure, str] = {
    "results": "Results",
    "cost_per_result": "Cost per result",
    "payback_months": "Payback",
    "return_on_spend": "Return on spend",
}


class Campaign(Model):
    result_name: Text


class Economics(Model):
    order_value: NonNegativeMoney
    gross_margin: Share
    monthly_retention: Share | None = None


class Kpi(Model):
    """A target: at most for cost_per_result and payback_months, at least for the others."""

    label: Text | None = None
    measure: Measure
    target: Ratio


class LandingTest(Model):
    """An A/B test of the landing page: one of detect_rate and lift says what it must be able to show."""

    baseline_rate: Share
    detect_rate: Share | None = None
    lift: Rate | None = None
    power: Share = Field(
        Decimal("0.8"),
        json_schema_extra={"reason": "four chances in five to see a difference that is there, as is usual"},
    )
    significance: Share = Field(Decimal("0.05"), json_schema_extra={"reason": "the usual chance of a false winner"})
    sides: Count = Field(2, json_schema_extra={"reason": "the new page may turn out worse as well as better"})
    daily_visitors: Count | None = None


class Schedule(Model):
    campaign_weeks: Count


class Brief(Model):
    """What the forecast is made from."""

    campaign: Campaign
    currency: str
    schedule: Schedule
    economics: Economics | None = None
    kpis: dict[Key, Kpi] = {}
    landing_test: LandingTest | None = None


class ChannelView(Model):
    label: str
    evidence: Evidence
    curve: Curve | None = None
    fit: Fit | None = None
    answers: Answers | None = None


class ChannelPlanView(Model):
    channels: dict[Key, ChannelView]


class LineView(Model):
    spend: NonNegativeMoney
    expected_results: Volume | None = None


class EconomicsView(Model):
    payback_months: Months | None = None


class AllocationView(Model):
    lines: dict[Key, LineView]
    working_total: NonNegativeMoney
    expected_results: Volume | None = None
    cost_per_result: Money | None = None
    economics: EconomicsView | None = None


class Inputs(Model):
    channel_plan: ChannelPlanView
    allocation: AllocationView


class Judgement(Model):
    """How much a curve that was given without an uncertainty may be wrong."""

    curve_uncertainty: Share = Field(
        Decimal("0.2"),
        json_schema_extra={
            "reason": "no uncertainty was given for the curves; a fifth either way is shown so that no forecast "
            "stands alone"
        },
    )


class ForecastChannel(Model):
    label: str
    low: Volume
    expected: Volume
    high: Volume


class KpiForecastRow(Model):
    """A KPI against its target; low and high are numbers, whichever of them is the better."""

    label: str
    measure: Measure
    target: Ratio
    low: Ratio | None = None
    forecast: Ratio | None = None
    high: Ratio | None = None
    headroom: Rate | None = None
    verdict: Verdict


class LandingTestPlan(Model):
    """The landing-page test. `days` reaches the sample; `run_days` are whole weeks."""

    sample_per_variant: Count
    sample_total: Count
    baseline_rate: Rate
    detect_rate: Rate
    lift: Rate
    power: Rate
    significance: Rate
    daily_visitors: Volume | None = None
    days: Days | None = None
    run_weeks: Count | None = None
    run_days: Days | None = None


class Output(Model):
    """Results by channel and in total, what they cost and earn, KPIs against targets, and the test."""

    channels: dict[Key, ForecastChannel]
    results_low: Volume | None = None
    results_expected: Volume | None = None
    results_high: Volume | None = None
    cost_per_result_low: Money | None = None
    cost_per_result: Money | None = None
    cost_per_result_high: Money | None = None
    payback_months_low: Months | None = None
    payback_months: Months | None = None
    payback_months_high: Months | None = None
    return_on_spend_low: Ratio | None = None
    return_on_spend: Ratio | None = None
    return_on_spend_high: Ratio | None = None
    kpis: dict[Key, KpiForecastRow]
    test: LandingTestPlan | None = None


GROUNDS = {
    "channels.*.low": "working:forecast#channels.*.low",
    "channels.*.expected": "allocation#lines.*.expected_results",
    "channels.*.high": "working:forecast#channels.*.high",
    "results_low": "working:forecast#total.low",
    "results_expected": "allocation#expected_results",
    "results_high": "working:forecast#total.high",
    "cost_per_result_low": "working:kpis#cost_per_result_best",
    "cost_per_result": "allocation#cost_per_result",
    "cost_per_result_high": "working:kpis#cost_per_result_worst",
    "payback_months_low": "working:kpis#payback_months_best",
    "payback_months": "allocation#economics.payback_months",
    "payback_months_high": "working:kpis#payback_months_worst",
    "return_on_spend_low": "working:kpis#return_on_spend_worst",
    "return_on_spend": "working:kpis#return_on_spend",
    "return_on_spend_high": "working:kpis#return_on_spend_best",
    "kpis.*.target": "fact:kpis.*.target",
    **{f"kpis.*.{field}": f"working:verdicts#kpis.*.{field}" for field in ("low", "forecast", "high", "headroom")},
    **{
        f"test.{field}": f"working:test#{field}"
        for field in (
            *("sample_per_variant", "sample_total", "baseline_rate", "detect_rate", "lift"),
            *("days", "run_weeks", "run_days"),
        )
    },
    "test.power": "fact:landing_test.power",
    "test.significance": "fact:landing_test.significance",
}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Forecast a campaign's results with their range, hold them against the targets, and plan the page test.

    The expected results, cost per result and payback are the allocation's own; this step adds
    the low and the high end, return on spend, verdicts, and the sample and days of the test.
    Channels without a curve have no forecast, and the plan says so. Raises InvalidInput for a
    target of zero or less and for a test that cannot be run.
    """
    sheet = Worksheet()
    forecast = forecast_of(sheet, inputs, judgement)
    kpis = kpis_of(sheet, brief, inputs, forecast)
    fields = figures_of(inputs, forecast, kpis)
    verdicts = verdicts_of(sheet, brief, inputs, fields, GROUNDS)
    test = test_of(sheet, brief, inputs)
    output = Output.model_validate(
        {
            **fields,
            "kpis": {
                key: {
                    "label": title_of(NAMES[kpi.measure], kpi.label),
                    "measure": kpi.measure,
                    **verdicts[key].model_dump(exclude_none=True),
                }
                for key, kpi in brief.kpis.items()
            },
            "test": test,
        }
    )
    labels = {key: channel.label for key, channel in inputs.channel_plan.channels.items()}
    warnings = [
        *relabel(forecast.warnings if forecast else [], labels),
        *warnings_of(brief, inputs, output),
    ]
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds={
            **GROUNDS,
            "test.daily_visitors": "working:visitors#daily_visitors"
            if any(working.key == "visitors" for working in sheet.workings)
            else "fact:landing_test.daily_visitors",
        },
        narrative=narrative_of(inputs, output),
        document=document_of(brief, inputs, output, warnings),
        pictures=pictures_of(brief, output),
        warnings=warnings,
    )
