"""NPV, every IRR, MIRR, profitability index and payback of a row of cash flows, even or dated.

NPV = sum of flow / (1 + rate)^t. Flows are one a period. With first_flow 't0' the first flow is
now, undiscounted; with 't1' it is one period away (the convention of Excel's NPV). With timing
'mid' the flows after t0 fall half a period earlier. IRR is every rate above -100 percent at which
NPV is zero (all real roots of the polynomial, isolated by sign changes and bisected). MIRR =
(future value of receipts at the reinvestment rate / present value of payments at the finance
rate)^(1/n) - 1, n the time of the last flow (Excel's MIRR at t0 and period ends). Profitability
index = present value of the flows after t0 / outlay at t0. Payback interpolates evenly within a
period. With dates, rates are yearly and time is days / 365 from the first date (Excel's XNPV and
XIRR); paybacks are in years. Source: Brealey, Myers & Allen, Principles of Corporate Finance, chapters 5 and 6.

Limits: one discount rate; flows before tax unless you give them after tax; no option values.
Dates must ascend, one a flow.
"""

from datetime import date
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Day, Money, Rate, Ratio, Volume, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE, Flow, payback, present_value, rates_of_return
from experts.finance_accountant.tools._curves import LARGEST

HIGHEST_RATE = Decimal(10)
DAYS_A_YEAR = 365


class AtRate(Model):
    """NPV at another discount rate."""

    rate: Rate
    npv: Money


class Investment(Model):
    """Money in the given currency; times in periods; rates a period."""

    npv: Money
    irr: Annotated[Rate | None, Field(description="Absent unless exactly one rate makes NPV zero.")] = None
    irr_all: list[Rate]
    irr_unique: bool
    mirr: Rate | None = None
    profitability_index: Ratio | None = None
    payback_periods: Volume | None = None
    discounted_payback_periods: Volume | None = None
    npv_at: Annotated[list[AtRate], Field(description="NPV at zero, half, the same, one and a half, twice the rate.")]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def evaluate_investment(
    flows: Annotated[list[Money], Field(min_length=2, max_length=361, description="Outlays negative.")],
    rate: Rate,
    currency: str,
    dates: Annotated[list[Day] | None, Field(max_length=361)] = None,
    first_flow: Annotated[Literal["t0", "t1"], Field(description="t1: Excel NPV.")] = "t0",
    timing: Literal["end", "mid"] = "end",
    finance_rate: Rate | None = None,
    reinvestment_rate: Rate | None = None,
) -> Investment:
    """NPV, all IRRs, MIRR, index, paybacks of even or dated flows (XIRR).

    Use when a project is judged.
    """
    finance = rate if finance_rate is None else finance_rate
    reinvest = rate if reinvestment_rate is None else reinvestment_rate
    for value, field in ((rate, "rate"), (finance, "finance_rate"), (reinvest, "reinvestment_rate")):
        if not 0 <= value <= HIGHEST_RATE:
            raise InvalidInput(
                f"{field} {plain(value)!r} is outside 0 to 10; write a fraction, for example '0.1'", field=field
            )
    if not (any(flow > 0 for flow in flows) and any(flow < 0 for flow in flows)):
        raise InvalidInput(
            f"the flows {plain(min(flows))!r} to {plain(max(flows))!r} all have one sign, so there is no return to "
            "find; write payments as negative amounts",
            field="flows",
        )
    if sum(map(abs, flows)) >= LARGEST:
        raise InvalidInput(f"flows up to {max(map(abs, flows)):.3e} are out of range; use thousands", field="flows")
    with localcontext(PRECISE):
        per = 2 if dates is None else DAYS_A_YEAR
        placed = _placed(flows, first_flow, timing) if dates is None else _dated(flows, dates, first_flow, timing)
        npv = present_value(placed, rate, per)
        every = rates_of_return(placed, per)
        roots = [round_to(root, 8) for root in every if root < LARGEST]
        outlay = -placed[0][1] if placed[0][0] == 0 else Decimal(0)
        simple, again = payback(placed, Decimal(0), per)
        discounted, again_discounted = payback(placed, rate, per)
        index = round_to((npv + outlay) / outlay, 6) if outlay > 0 else None
        return Investment(
            npv=round_money(npv, currency),
            irr=roots[0] if len(roots) == len(every) == 1 else None,
            irr_all=roots,
            irr_unique=len(roots) == len(every) == 1,
            mirr=_mirr(placed, finance, reinvest, per),
            profitability_index=index if index is None or abs(index) < LARGEST else None,
            payback_periods=None if simple is None else round_to(simple, 4),
            discounted_payback_periods=None if discounted is None else round_to(discounted, 4),
            npv_at=[
                AtRate(
                    rate=round_to(rate * Decimal(part), 10),
                    npv=round_money(present_value(placed, rate * Decimal(part), per), currency),
                )
                for part in ("0", "0.5", "1", "1.5", "2")
            ],
            method=f"{_timing(first_flow, timing, dates)} NPV, IRR, profitability index and payback after Brealey, Myers & "
            "Allen, Principles of Corporate Finance, chapters 5 and 6; MIRR as in Excel.",
            assumptions=_assumptions(finance_rate, reinvestment_rate),
            warnings=_warnings(roots, len(every) > len(roots), again or again_discounted, simple, discounted),
        )


def _placed(flows: list[Decimal], first_flow: str, timing: str) -> list[Flow]:
    start = 0 if first_flow == "t0" else 1
    early = 1 if timing == "mid" else 0
    return [(2 * when - early if when else 0, flow) for when, flow in enumerate(flows, start)]


def _dated(flows: list[Decimal], dates: list[date], first_flow: str, timing: str) -> list[Flow]:
    if len(dates) != len(flows):
        raise InvalidInput(f"there are {len(dates)} dates for {len(flows)} flows; give one a flow", field="dates")
    wrong = next((at for at, (one, other) in enumerate(pairwise(dates), 1) if other <= one), None)
    if wrong is not None:
        raise InvalidInput(
            f"date {dates[wrong]} does not come after {dates[wrong - 1]}; sort the flows and add up those of one day",
            field=f"dates.{wrong}",
        )
    if first_flow != "t0" or timing != "end":
        raise InvalidInput("dates already say when flows fall; leave first_flow and timing out", field="first_flow")
    if (dates[-1] - dates[0]).days > 100 * DAYS_A_YEAR:
        raise InvalidInput(f"dates from {dates[0]} to {dates[-1]} span more than 100 years; check them", field="dates")
    return [((day - dates[0]).days, flow) for day, flow in zip(dates, flows, strict=True)]


def _mirr(flows: list[Flow], finance: Decimal, reinvest: Decimal, per: int) -> Decimal | None:
    last = flows[-1][0]
    start = flows[0][0]
    paid = -present_value([(when - start, amount) for when, amount in flows if amount < 0], finance, per)
    growth = (1 + reinvest).sqrt() if per == 2 else (1 + reinvest) ** (Decimal(1) / per)
    received = sum((amount * growth ** (last - when) for when, amount in flows if amount > 0), Decimal(0))
    found = (received / paid) ** (Decimal(per) / (last - start)) - 1
    return round_to(found, 8) if found < LARGEST else None


def _timing(first_flow: str, timing: str, dates: list[date] | None) -> str:
    if dates is not None:
        return f"Flows fall on their dates, days / 365 after {dates[0]} (Excel's XNPV and XIRR)."
    first = "The first flow is at t0, undiscounted" if first_flow == "t0" else "The first flow is one period away (t1)"
    return f"{first}; later flows fall at the {'end' if timing == 'end' else 'middle'} of each period."


def _assumptions(finance: Decimal | None, reinvestment: Decimal | None) -> list[str]:
    found = ["One discount rate holds for every period.", "Within a period the flow is even (payback)."]
    if finance is None:
        found.append("MIRR finances payments at the discount rate, because no finance rate is given.")
    if reinvestment is None:
        found.append("MIRR reinvests receipts at the discount rate, because no reinvestment rate is given.")
    return found


def _warnings(
    roots: list[Decimal], beyond: bool, again: bool, simple: Decimal | None, discounted: Decimal | None
) -> list[str]:
    found = []
    if beyond:
        found.append(
            "A rate that makes NPV zero is too large to be quoted; check the dates of the flows and decide by NPV."
        )
    if len(roots) > 1:
        listed = ", ".join(plain(root) for root in roots)
        found.append(f"IRR is not unique: NPV is zero at {listed}. Decide by NPV or MIRR.")
    if not roots and not beyond:
        found.append("No rate makes NPV zero, so there is no IRR. Decide by NPV.")
    if again:
        found.append("After the payback the running sum falls below zero again, so the payback misleads.")
    if simple is None:
        found.append("The receipts never pay the outlay back.")
    elif discounted is None:
        found.append("At the discount rate the receipts never pay the outlay back.")
    return found
