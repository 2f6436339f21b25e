"""NPV, every IRR, MIRR, profitability index and payback of a row of cash flows.

NPV = sum of flow / (1 + rate)^t. Flows are one a period. With first_flow 't0' the first flow is
now, undiscounted; with 't1' it is one period away (the convention of Excel's NPV). With timing
'mid' the flows after t0 fall half a period earlier. IRR is every rate above -100 percent at which
NPV is zero (all real roots of the polynomial, isolated by sign changes and bisected). MIRR =
(future value of receipts at the reinvestment rate / present value of payments at the finance
rate)^(1/n) - 1, n the time of the last flow (Excel's MIRR at t0 and period ends). Profitability
index = present value of the flows after t0 / outlay at t0. Payback interpolates evenly within a
period. Source: Brealey, Myers & Allen, Principles of Corporate Finance, chapters 5 and 6.

Limits: one discount rate; flows before tax unless you give them after tax; no option values.
Dated flows at irregular intervals (XIRR) are not covered.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, Rate, Ratio, Volume, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE, Flow, payback, present_value, rates_of_return
from experts.finance_accountant.tools._curves import LARGEST

HIGHEST_RATE = Decimal(10)


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
    flows: Annotated[list[Money], Field(min_length=2, max_length=361, description="One a period; payments negative.")],
    rate: Annotated[Rate, Field(description="Discount rate a period, 0 to 10: 0.1 is 10 percent.")],
    currency: Annotated[str, Field(description="ISO 4217 code, for example 'USD'.")],
    first_flow: Annotated[Literal["t0", "t1"], Field(description="Now, or one period away (Excel NPV).")] = "t0",
    timing: Annotated[Literal["end", "mid"], Field(description="Flows after t0 at the end or middle.")] = "end",
    finance_rate: Annotated[Rate | None, Field(description="MIRR: cost of payments; absent: rate.")] = None,
    reinvestment_rate: Annotated[Rate | None, Field(description="MIRR: yield of receipts; absent: rate.")] = None,
) -> Investment:
    """Evaluate an investment: NPV, all IRRs with a flag if not unique, MIRR, profitability index, paybacks.

    Use when a project's cash flows a period are known and the question is whether it earns its
    cost of capital. It does not take irregular dates, taxes or inflation into account.

    Raises InvalidInput for rates outside 0 to 10 and for flows without both signs.
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
        placed = _placed(flows, first_flow, timing)
        npv = present_value(placed, rate)
        roots = [round_to(root, 8) for root in rates_of_return(placed) if root < LARGEST]
        outlay = -placed[0][1] if placed[0][0] == 0 else Decimal(0)
        simple, again = payback(placed, Decimal(0))
        discounted, again_discounted = payback(placed, rate)
        index = round_to((npv + outlay) / outlay, 6) if outlay > 0 else None
        return Investment(
            npv=round_money(npv, currency),
            irr=roots[0] if len(roots) == 1 else None,
            irr_all=roots,
            irr_unique=len(roots) == 1,
            mirr=_mirr(placed, finance, reinvest),
            profitability_index=index if index is None or abs(index) < LARGEST else None,
            payback_periods=None if simple is None else round_to(simple, 4),
            discounted_payback_periods=None if discounted is None else round_to(discounted, 4),
            npv_at=[
                AtRate(
                    rate=round_to(rate * Decimal(part), 10),
                    npv=round_money(present_value(placed, rate * Decimal(part)), currency),
                )
                for part in ("0", "0.5", "1", "1.5", "2")
            ],
            method=f"{_timing(first_flow, timing)} NPV, IRR, profitability index and payback after Brealey, Myers & "
            "Allen, Principles of Corporate Finance, chapters 5 and 6; MIRR as in Excel.",
            assumptions=_assumptions(finance_rate, reinvestment_rate),
            warnings=_warnings(roots, again or again_discounted, simple, discounted),
        )


def _placed(flows: list[Decimal], first_flow: str, timing: str) -> list[Flow]:
    start = 0 if first_flow == "t0" else 1
    early = 1 if timing == "mid" else 0
    return [(2 * when - early if when else 0, flow) for when, flow in enumerate(flows, start)]


def _mirr(flows: list[Flow], finance: Decimal, reinvest: Decimal) -> Decimal | None:
    last = flows[-1][0]
    start = flows[0][0]
    paid = -present_value([(when - start, amount) for when, amount in flows if amount < 0], finance)
    growth = (1 + reinvest).sqrt()
    received = sum((amount * growth ** (last - when) for when, amount in flows if amount > 0), Decimal(0))
    found = (received / paid) ** (Decimal(2) / (last - start)) - 1
    return round_to(found, 8) if found < LARGEST else None


def _timing(first_flow: str, timing: str) -> str:
    first = "The first flow is at t0, undiscounted" if first_flow == "t0" else "The first flow is one period away (t1)"
    return f"{first}; later flows fall at the {'end' if timing == 'end' else 'middle'} of each period."


def _assumptions(finance: Decimal | None, reinvestment: Decimal | None) -> list[str]:
    found = ["One discount rate holds for every period.", "Within a period the flow is even (payback)."]
    if finance is None:
        found.append("MIRR finances payments at the discount rate, because no finance rate is given.")
    if reinvestment is None:
        found.append("MIRR reinvests receipts at the discount rate, because no reinvestment rate is given.")
    return found


def _warnings(roots: list[Decimal], again: bool, simple: Decimal | None, discounted: Decimal | None) -> list[str]:
    found = []
    if len(roots) > 1:
        listed = ", ".join(plain(root) for root in roots)
        found.append(f"IRR is not unique: NPV is zero at {listed}. Decide by NPV or MIRR.")
    if not roots:
        found.append("No rate makes NPV zero, so there is no IRR. Decide by NPV.")
    if again:
        found.append("After the payback the running sum falls below zero again, so the payback misleads.")
    if simple is None:
        found.append("The receipts never pay the outlay back.")
    elif discounted is None:
        found.append("At the discount rate the receipts never pay the outlay back.")
    return found
