"""Earned value: where a project stands in money and time, and where it is heading.

CV = EV - AC, SV = EV - PV, CPI = EV / AC, SPI = EV / PV, ETC = EAC - AC, VAC = BAC - EAC,
TCPI = (BAC - EV) / (BAC - AC), or / (EAC - AC) against the estimate. EAC by the three usual
variants: BAC / CPI (work goes on as it cost so far), AC + BAC - EV (the rest costs what was
budgeted), AC + (BAC - EV) / (CPI * SPI) (the rest also suffers from the delay). Source: PMI,
The Standard for Earned Value Management (2019); ANSI/EIA-748.

Earned schedule (Lipke, Schedule is Different, 2003): ES = C + (EV - PV of C) / (PV of C+1 - PV
of C), where C counts the periods whose cumulative PV the EV has reached; SV(t) = ES - AT,
SPI(t) = ES / AT, forecast duration = planned duration / SPI(t).

Limits: the indices extrapolate the past; they say nothing about why, or about quality.
Money is rounded half up to two places, indices to four.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Money, NonNegativeMoney, Rate, Ratio, round_to

METHOD = (
    "Earned value management (PMI, The Standard for Earned Value Management, 2019; ANSI/EIA-748); earned schedule by "
    "Lipke, Schedule is Different (2003). Money to two places, indices to four, both half up."
)
_VARIANTS = {
    "cpi": "EAC = BAC / CPI: the remaining work costs as much more or less than planned as the work so far.",
    "budgeted": "EAC = AC + (BAC - EV): the remaining work costs what was budgeted for it.",
    "cpi_spi": "EAC = AC + (BAC - EV) / (CPI x SPI): cost and delay so far both weigh on the remaining work.",
}
MOST_PERIODS, SMALLEST, LARGEST = 1000, Decimal("0.00001"), 10**9


class EarnedSchedule(Model):
    """Schedule performance in periods of the baseline."""

    earned_schedule: Ratio
    schedule_variance: Ratio
    spi_time: Ratio
    planned_duration: Count
    forecast_duration: Ratio | None


class EarnedValue(Model):
    """The measures at the data date. `eac` is the chosen variant; `etc`, `vac` and `tcpi_eac` go with it."""

    cost_variance: Money
    schedule_variance: Money
    cpi: Ratio | None
    spi: Ratio | None
    percent_complete: Rate
    percent_spent: Rate
    eac: Money
    etc: Money
    vac: Money
    eac_cpi: Money | None
    eac_budgeted: Money
    eac_cpi_spi: Money | None
    tcpi_bac: Ratio | None
    tcpi_eac: Ratio | None
    time: EarnedSchedule | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def measure_earned_value(
    planned_value: Annotated[NonNegativeMoney, Field(description="PV to date, cumulative")],
    earned_value: Annotated[NonNegativeMoney, Field(description="EV to date")],
    actual_cost: Annotated[NonNegativeMoney, Field(description="AC to date")],
    budget_at_completion: Annotated[NonNegativeMoney, Field(description="BAC, without reserve")],
    eac_variant: Literal["cpi", "budgeted", "cpi_spi"] = "cpi",
    baseline: Annotated[list[NonNegativeMoney] | None, Field(description="cumulative PV by period to BAC")] = None,
    periods_elapsed: Annotated[Count | None, Field(description="to the data date")] = None,
) -> EarnedValue:
    """Measure cost and schedule performance: CV, SV, CPI, SPI, EAC, ETC, VAC, TCPI, earned schedule.

    Use when work is under way and the question is what it will cost or when it will end.
    It does not judge the quality or the cause.
    """
    bac, pv, ev, ac = budget_at_completion, planned_value, earned_value, actual_cost
    if bac == 0:
        raise InvalidInput(
            "budget_at_completion 0 has no work in it; give the baseline's BAC", field="budget_at_completion"
        )
    for name, value in (("earned_value", ev), ("planned_value", pv)):
        if value > bac:
            raise InvalidInput(
                f"{name} {value} is above the budget at completion {bac}; no more work can be planned or earned than "
                "the baseline holds: correct it, or raise the BAC by an approved change",
                field=name,
                seen=value,
            )
    if ac == 0 and ev > 0:
        raise InvalidInput(
            f"actual_cost 0 cannot have earned {ev}; book the cost of the work done to the same date",
            field="actual_cost",
            seen=ac,
        )
    if 0 < ev < bac * SMALLEST:
        raise InvalidInput(
            f"earned_value {ev} is less than a hundred-thousandth of the BAC {bac}, too little to go by; give 0 until "
            "more is done, or check the units",
            field="earned_value",
            seen=ev,
        )
    warnings = []
    cpi = ev / ac if ac else None
    spi = ev / pv if pv else None
    left = bac - ev
    budgeted = ac + left
    # multiplied out, so that nothing is rounded on the way
    by_cpi = bac * ac / ev if ev else None
    by_both = ac + left * ac * pv / (ev * ev) if ev and pv else None
    chosen = {"cpi": by_cpi, "budgeted": budgeted, "cpi_spi": by_both}[eac_variant]
    variant = eac_variant
    if chosen is None:
        chosen, variant = budgeted, "budgeted"
        warnings.append(
            f"The EAC variant {eac_variant!r} divides by what is still nil; 'budgeted' was used until work is earned."
        )
    eac = round_to(chosen, 2)
    if ac >= bac and left:
        warnings.append(
            "The actual cost has reached the budget with work left: the BAC cannot be met, so TCPI against it is absent."
        )
    if ac and ev and ev / bac < Decimal("0.2"):
        warnings.append("Less than a fifth of the work is earned; indices this early still move much.")
    return EarnedValue(
        cost_variance=ev - ac,
        schedule_variance=ev - pv,
        cpi=_index(cpi, "actual_cost"),
        spi=_index(spi, "planned_value"),
        percent_complete=round_to(ev / bac, 4),
        percent_spent=_ratio(ac / bac, "actual_cost"),
        eac=eac,
        etc=eac - ac,
        vac=bac - eac,
        eac_cpi=None if by_cpi is None else round_to(by_cpi, 2),
        eac_budgeted=budgeted,
        eac_cpi_spi=None if by_both is None else round_to(by_both, 2),
        tcpi_bac=_index(left / (bac - ac), "actual_cost") if ac < bac else None,
        tcpi_eac=_index(left / (chosen - ac), "actual_cost") if chosen > ac else None,
        time=_earned_schedule(bac, pv, ev, baseline, periods_elapsed),
        method=METHOD,
        assumptions=[_VARIANTS[variant], "PV, EV and AC are cumulative and measured to the same date."],
        warnings=warnings,
    )


def _index(value: Decimal | None, field: str) -> Decimal | None:
    return None if value is None else _ratio(value, field)


def _ratio(value: Decimal, field: str) -> Decimal:
    if value > LARGEST:
        raise InvalidInput(
            f"{field} makes an index above {LARGEST:,}; check that all amounts are in one unit", field=field
        )
    return round_to(value, 4)


def _earned_schedule(
    bac: Decimal, pv: Decimal, ev: Decimal, baseline: list[Decimal] | None, elapsed: int | None
) -> EarnedSchedule | None:
    if baseline is None and elapsed is None:
        return None
    if not baseline or not elapsed:
        raise InvalidInput(
            "earned schedule needs both a baseline and at least one elapsed period; give both or neither",
            field="periods_elapsed" if baseline else "baseline",
        )
    if not len(baseline) <= MOST_PERIODS or not elapsed <= MOST_PERIODS:
        raise InvalidInput(f"more than {MOST_PERIODS:,} periods; use longer periods", field="baseline")
    for number, (before, after) in enumerate(zip([Decimal(0), *baseline], baseline, strict=False)):
        if after < before:
            raise InvalidInput(
                f"baseline period {number + 1}: {after} is below {before} before it; give cumulative planned value",
                field=f"baseline.{number}",
            )
    if baseline[-1] != bac:
        raise InvalidInput(
            f"the baseline ends at {baseline[-1]}, not at the BAC {bac}; they must agree", field="baseline"
        )
    now = baseline[min(elapsed, len(baseline)) - 1]
    if now != pv:
        raise InvalidInput(
            f"planned_value {pv} is not the baseline's {now} after {elapsed} periods; correct one of them",
            field="planned_value",
        )
    planned = baseline.index(bac) + 1
    reached = min(sum(value <= ev for value in baseline), planned)
    earned = Decimal(reached)
    if reached < planned:
        below = baseline[reached - 1] if reached else Decimal(0)
        earned += (ev - below) / (baseline[reached] - below)
    spi = earned / elapsed
    return EarnedSchedule(
        earned_schedule=round_to(earned, 4),
        schedule_variance=round_to(earned - elapsed, 4),
        spi_time=round_to(spi, 4),
        planned_duration=planned,
        forecast_duration=round_to(planned * elapsed / earned, 2) if earned else None,
    )
