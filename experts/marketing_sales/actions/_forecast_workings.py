"""The calculations of a KPI forecast, each recorded on the action's worksheet."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from experts.core.contract import Key
from experts.core.worksheet import Worksheet
from experts.marketing_sales.tools.compute_campaign_kpis import CampaignKpis, compute_campaign_kpis
from experts.marketing_sales.tools.estimate_daily_visitors import estimate_daily_visitors
from experts.marketing_sales.tools.evaluate_kpis import KpiTarget, KpiVerdict, Measure, MeasureForecast, evaluate_kpis
from experts.marketing_sales.tools.forecast_channel_results import (
    ChannelForecast,
    ChannelSpend,
    forecast_channel_results,
)
from experts.marketing_sales.tools.plan_ab_test import ABTestPlan, plan_ab_test

if TYPE_CHECKING:
    from experts.marketing_sales.actions.campaign_kpi_forecast import Brief, Inputs, Judgement

_CHANNEL_SOURCES = {
    **{f"channels.*.{part}.*": f"channel_plan#channels.*.{part}.*" for part in ("curve", "fit", "answers")},
    "channels.*.spend": "allocation#lines.*.spend",
}


def forecast_of(sheet: Worksheet, inputs: Inputs, judgement: Judgement) -> ChannelForecast | None:
    """Results of every channel that has a curve, with their range; None if no channel has one."""
    channels = {
        key: ChannelSpend(
            spend=inputs.allocation.lines[key].spend, curve=channel.curve, fit=channel.fit, answers=channel.answers
        )
        for key, channel in inputs.channel_plan.channels.items()
        if channel.curve is not None
        and key in inputs.allocation.lines
        and inputs.allocation.lines[key].expected_results is not None
    }
    if not channels or inputs.allocation.expected_results is None:
        return None
    return sheet.run(
        "forecast",
        {**_CHANNEL_SOURCES, "curve_uncertainty": "judgement:curve_uncertainty"},
        forecast_channel_results,
        channels=channels,
        curve_uncertainty=judgement.curve_uncertainty,
    )


def kpis_of(sheet: Worksheet, brief: Brief, inputs: Inputs, forecast: ChannelForecast | None) -> CampaignKpis | None:
    """Cost per result, payback and return on spend at the ends of the range."""
    expected = inputs.allocation.expected_results
    if forecast is None or expected is None:
        return None
    economics = brief.economics
    return sheet.run(
        "kpis",
        {
            "spend": "allocation#working_total",
            "results_low": "working:forecast#total.low",
            "results_expected": "allocation#expected_results",
            "results_high": "working:forecast#total.high",
            **{name: f"fact:economics.{name}" for name in ("order_value", "gross_margin", "monthly_retention")},
        },
        compute_campaign_kpis,
        spend=inputs.allocation.working_total,
        results_low=forecast.total.low,
        results_expected=expected,
        results_high=forecast.total.high,
        currency=brief.currency,
        order_value=economics.order_value if economics else None,
        gross_margin=economics.gross_margin if economics else None,
        monthly_retention=economics.monthly_retention if economics else None,
    )


def figures_of(inputs: Inputs, forecast: ChannelForecast | None, kpis: CampaignKpis | None) -> dict[str, Any]:
    """The figures of the output that do not depend on targets."""
    if forecast is None or kpis is None:
        return {"channels": {}}
    allocation = inputs.allocation
    return {
        "channels": {
            key: {
                "label": inputs.channel_plan.channels[key].label,
                "low": found.low,
                "expected": allocation.lines[key].expected_results,
                "high": found.high,
            }
            for key, found in forecast.channels.items()
        },
        "results_low": forecast.total.low,
        "results_expected": allocation.expected_results,
        "results_high": forecast.total.high,
        "cost_per_result_low": kpis.cost_per_result_best,
        "cost_per_result": allocation.cost_per_result,
        "cost_per_result_high": kpis.cost_per_result_worst,
        "payback_months_low": kpis.payback_months_best,
        "payback_months": allocation.economics.payback_months if allocation.economics else None,
        "payback_months_high": kpis.payback_months_worst,
        "return_on_spend_low": kpis.return_on_spend_worst,
        "return_on_spend": kpis.return_on_spend,
        "return_on_spend_high": kpis.return_on_spend_best,
    }


def verdicts_of(
    sheet: Worksheet, brief: Brief, inputs: Inputs, fields: dict[str, Any], grounds: Mapping[str, str]
) -> dict[Key, KpiVerdict]:
    """Every KPI held against its target."""
    if not brief.kpis:
        return {}
    ends: dict[Measure, tuple[str, str, str]] = {
        "results": ("results_low", "results_expected", "results_high"),
        "cost_per_result": ("cost_per_result_high", "cost_per_result", "cost_per_result_low"),
        "payback_months": ("payback_months_high", "payback_months", "payback_months_low"),
        "return_on_spend": ("return_on_spend_low", "return_on_spend", "return_on_spend_high"),
    }
    # A payback that is absent although retention is known never comes; otherwise nobody knows.
    never = inputs.allocation.economics is not None and fields.get("payback_months") is None
    known = brief.economics is not None and brief.economics.monthly_retention is not None
    forecasts = {
        measure: MeasureForecast(
            worst=fields.get(worst),
            expected=fields.get(expected),
            best=fields.get(best),
            never=measure == "payback_months" and never and known,
        )
        for measure, (worst, expected, best) in ends.items()
    }
    sources = {"kpis.*.target": "fact:kpis.*.target"}
    for measure, names in ends.items():
        for end, name in zip(("worst", "expected", "best"), names, strict=True):
            sources[f"forecasts.{measure}.{end}"] = grounds[name]
    evaluation = sheet.run(
        "verdicts",
        sources,
        evaluate_kpis,
        kpis={key: KpiTarget(measure=kpi.measure, target=kpi.target) for key, kpi in brief.kpis.items()},
        forecasts=forecasts,
    )
    return evaluation.kpis


def test_of(sheet: Worksheet, brief: Brief, inputs: Inputs) -> dict[str, Any] | None:
    """The landing-page test, timed by the visitors that were given or that the forecast implies."""
    test = brief.landing_test
    if test is None:
        return None
    given = ("baseline_rate", "detect_rate", "lift", "power", "significance", "sides", "daily_visitors")
    sources = {name: f"fact:landing_test.{name}" for name in given}
    visitors = None if test.daily_visitors is None else Decimal(test.daily_visitors)
    if visitors is None and inputs.allocation.expected_results and test.baseline_rate and brief.schedule.campaign_weeks:
        visitors = (
            sheet.run(
                "visitors",
                {
                    "results": "allocation#expected_results",
                    "conversion_rate": "fact:landing_test.baseline_rate",
                    "campaign_weeks": "fact:schedule.campaign_weeks",
                },
                estimate_daily_visitors,
                results=inputs.allocation.expected_results,
                conversion_rate=test.baseline_rate,
                campaign_weeks=brief.schedule.campaign_weeks,
            ).daily_visitors
            or None
        )
        sources["daily_visitors"] = "working:visitors#daily_visitors"
    plan: ABTestPlan = sheet.run(
        "test",
        sources,
        plan_ab_test,
        baseline_rate=test.baseline_rate,
        detect_rate=test.detect_rate,
        lift=test.lift,
        power=test.power,
        significance=test.significance,
        sides=test.sides,
        daily_visitors=visitors,
    )
    shown = (
        "sample_per_variant",
        "sample_total",
        "baseline_rate",
        "detect_rate",
        "lift",
        "days",
        "run_weeks",
        "run_days",
    )
    return {
        **plan.model_dump(include=set(shown), exclude_none=True),
        "power": test.power,
        "significance": test.significance,
        "daily_visitors": visitors,
    }
