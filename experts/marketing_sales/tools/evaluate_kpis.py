"""Whether forecasts meet their targets.

A target for cost_per_result or payback_months is a ceiling, for results or
return_on_spend a floor. met: the worst value meets it. at risk: the expected value
meets it, the worst does not (or does not exist). missed: the expected value does not
meet it. not forecast: there is no expected value. Headroom has three decimal places.

Raises InvalidInput for a target of zero or less.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Rate, Ratio, plain, round_to
from experts.marketing_sales.tools._curves import EXACT

Measure = Literal["results", "cost_per_result", "payback_months", "return_on_spend"]
Verdict = Literal["met", "at risk", "missed", "not forecast"]

AT_MOST: frozenset[Measure] = frozenset({"cost_per_result", "payback_months"})
"""Measures whose target is a ceiling; the target of the others is a floor."""


class KpiTarget(Model):
    measure: Measure
    target: Ratio


class MeasureForecast(Model):
    """A measure's value at the worst, the expected and the best results.

    `never` says that the expected value does not exist because the goal is never reached,
    such as a payback that never comes.
    """

    worst: Ratio | None = None
    expected: Ratio | None = None
    best: Ratio | None = None
    never: bool = False


class KpiVerdict(Model):
    """`headroom` is how far the expected value is on the good side of the target, as a fraction of the target."""

    target: Ratio
    forecast: Ratio | None = None
    low: Ratio | None = None
    high: Ratio | None = None
    headroom: Rate | None = None
    verdict: Verdict


class KpiEvaluation(Model):
    kpis: dict[Key, KpiVerdict]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def evaluate_kpis(
    kpis: Annotated[dict[Key, KpiTarget], Field(description="targets by KPI")],
    forecasts: Annotated[dict[Measure, MeasureForecast], Field(description="forecast of each measure")],
) -> KpiEvaluation:
    """Hold each KPI's forecast against its target.

    Use when a forecast with a range is there and targets were set. It does not say why a
    target is missed.
    """
    return KpiEvaluation(
        kpis={key: _judge(key, kpi, forecasts.get(kpi.measure, MeasureForecast())) for key, kpi in kpis.items()},
        method=(
            "met: the worst end of the forecast meets the target. at risk: the expected value meets it, the worst end "
            "does not. missed: the expected value does not meet it."
        ),
    )


def _judge(key: str, kpi: KpiTarget, forecast: MeasureForecast) -> KpiVerdict:
    if kpi.target <= 0:
        raise InvalidInput(
            f"target {plain(kpi.target)} of KPI {key!r} must be above zero; correct it or leave the KPI out",
            field=f"kpis.{key}.target",
        )
    ceiling = kpi.measure in AT_MOST

    def meets(value: Decimal | None) -> bool:
        return value is not None and (value <= kpi.target if ceiling else value >= kpi.target)

    low, high = (forecast.best, forecast.worst) if ceiling else (forecast.worst, forecast.best)
    verdict: Verdict
    if forecast.expected is None:
        return KpiVerdict(target=kpi.target, low=low, high=high, verdict="missed" if forecast.never else "not forecast")
    verdict = "missed" if not meets(forecast.expected) else "met" if meets(forecast.worst) else "at risk"
    with localcontext(EXACT):
        gap = (kpi.target - forecast.expected if ceiling else forecast.expected - kpi.target) / kpi.target
    return KpiVerdict(
        target=kpi.target,
        forecast=forecast.expected,
        low=low,
        high=high,
        headroom=round_to(gap, 3),
        verdict=verdict,
    )
