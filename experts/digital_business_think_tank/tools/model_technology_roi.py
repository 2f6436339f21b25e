"""Whether a technology pays: total cost of ownership, NPV, IRR, payback, and a tornado over every item.

Costs and benefits are rows by year, year 0 undiscounted, later years at their ends. TCO = sum of all cost
rows, also discounted. NPV = sum of (benefits - costs)/(1 + rate)^t. ROI = (benefits - costs)/costs over the
whole time, undiscounted. IRR = every rate above -100 % at which NPV is zero, isolated on a fine grid and
bisected; several roots are all returned and flagged. Payback interpolates within the year. Tornado: NPV with
each item alone moved by the spread; `breaks_at` is the change of the item at which NPV is zero. Source:
Brealey, Myers & Allen, Principles of Corporate Finance, chapters 5 and 6; Gartner's definition of TCO.

Limits: before tax unless the rows are after tax; benefits are judgements, and soft ones (time saved) turn
into money only if the time is used.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, NonNegativeMoney, Rate, Ratio, Share, plain, round_to
from experts.digital_business_think_tank.tools._figures import Currency, dec, figure, small

Rows = dict[Key, list[NonNegativeMoney]]


class Bar(Model):
    """NPV when one item alone is lower or higher."""

    item: str
    npv_low: Money
    npv_high: Money
    breaks_at: Annotated[Rate | None, Field(description="Change of the item at which NPV is zero.")] = None


class TechnologyRoi(Model):
    """Money in the given currency."""

    npv: Money
    irr: Annotated[Rate | None, Field(description="Absent unless there is exactly one.")] = None
    irr_all: list[Rate]
    roi: Rate | None = None
    payback_years: Ratio | None = None
    discounted_payback_years: Ratio | None = None
    tco: Money
    tco_discounted: Money
    benefits: Money
    net_by_year: list[Money]
    cumulative: list[Money]
    tornado: Annotated[list[Bar], Field(description="Widest first.")]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def model_technology_roi(
    costs: Annotated[Rows, Field(min_length=1, max_length=25, description="Amounts by year from year 0.")],
    benefits: Annotated[Rows, Field(min_length=1, max_length=25)],
    rate: Annotated[Rate, Field(description="Discount rate a year.")],
    currency: Currency,
    spread: Annotated[Share, Field(description="Tornado: each item, each way.")] = Decimal("0.2"),
) -> TechnologyRoi:
    """Model the return on a technology: TCO, NPV, IRR, paybacks, tornado.

    Use when a technology investment is to be justified.
    """
    if not 0 <= rate <= 1:
        raise InvalidInput(f"rate {plain(rate)!r} is outside 0 to 1; write a fraction, for example '0.1'", field="rate")
    twice = sorted(costs.keys() & benefits.keys())
    if twice:
        raise InvalidInput(
            f"{twice[0]!r} is a cost and a benefit; give the two different names", field=f"benefits.{twice[0]}"
        )
    items = {**{k: ("costs", v) for k, v in costs.items()}, **{k: ("benefits", v) for k, v in benefits.items()}}
    years = max(len(row) for _, row in items.values())
    if not 2 <= years <= 31:
        raise InvalidInput(f"the rows cover {years} years; give year 0 and 1 to 30 more", field="costs")
    for key, (side, row) in items.items():
        for value in row:
            small(value, f"{side}.{key}")
    rows = {key: [*row, *[Decimal(0)] * (years - len(row))] for key, (_, row) in items.items()}
    signs = {key: -1 if side == "costs" else 1 for key, (side, _) in items.items()}
    net = [sum((signs[key] * row[t] for key, row in rows.items()), Decimal(0)) for t in range(years)]
    factors = [(1 + rate) ** t for t in range(years)]
    worth = {
        key: sum((signs[key] * v / f for v, f in zip(row, factors, strict=True)), Decimal(0))
        for key, row in rows.items()
    }
    npv = sum(worth.values(), Decimal(0))
    tco = sum((sum(row, Decimal(0)) for row in costs.values()), Decimal(0))
    gain = sum((sum(row, Decimal(0)) for row in benefits.values()), Decimal(0))
    if not tco:
        raise InvalidInput("all costs are zero; give what the technology costs", field="costs")
    discounted = [value / f for value, f in zip(net, factors, strict=True)]
    found = rates_of_return([float(v) for v in net])
    bars = []
    for key, value in worth.items():
        ends = sorted((npv - abs(value) * spread, npv + abs(value) * spread))
        change = -npv / value if value else None
        bars.append(
            Bar(
                item=key,
                npv_low=round_money(ends[0], currency),
                npv_high=round_money(ends[1], currency),
                breaks_at=round_to(change, 4) if change is not None and -1 <= change <= 10 else None,
            )
        )
    bars.sort(key=lambda bar: (bar.npv_low - bar.npv_high, bar.item))
    warnings = []
    if len(found) > 1:
        warnings.append(f"NPV is zero at {len(found)} rates: IRR does not decide here; use NPV.")
    if not found:
        warnings.append(
            "There is no IRR from -99 to 1,000 % a year: the net flows do not change sign, or NPV does not cross zero."
        )
    if npv > 0 and any(bar.npv_low < 0 for bar in bars):
        names = ", ".join(bar.item for bar in bars if bar.npv_low < 0)
        warnings.append(f"NPV turns negative if one of these alone is {figure(spread * 100)} % worse: {names}.")
    return TechnologyRoi(
        npv=round_money(npv, currency),
        irr=dec(found[0], 6) if len(found) == 1 else None,
        irr_all=[dec(value, 6) for value in found],
        roi=round_to((gain - tco) / tco, 6),
        payback_years=_payback(net),
        discounted_payback_years=_payback(discounted),
        tco=round_money(tco, currency),
        tco_discounted=round_money(-sum((worth[key] for key in costs), Decimal(0)), currency),
        benefits=round_money(gain, currency),
        net_by_year=[round_money(value, currency) for value in net],
        cumulative=[round_money(sum(net[: t + 1], Decimal(0)), currency) for t in range(years)],
        tornado=bars,
        method=f"NPV at {plain(rate)}, year 0 now, later years at their ends; every IRR above -100 %; tornado moves one item at a "
        f"time by {figure(spread * 100)} %.",
        assumptions=["Items move independently in the tornado.", "Before tax unless the rows say otherwise."],
        warnings=warnings,
    )


def rates_of_return(flows: list[float]) -> list[float]:
    """Every rate above -99 % and up to 1000 % a year at which the flows' NPV is zero, by sign changes and bisection."""

    def npv(rate: float) -> float:
        total = 0.0
        for flow in reversed(flows):
            total = total / (1 + rate) + flow
        return total

    grid = [-0.99 + 0.005 * at for at in range(400)] + [1.01 * 1.01**at for at in range(232)]
    found: list[float] = []
    before, before_value = grid[0], npv(grid[0])
    for rate in grid[1:]:
        value = npv(rate)
        if value == 0:
            found.append(rate)
        elif before_value * value < 0:
            low, high = before, rate
            for _ in range(200):
                middle = (low + high) / 2
                if npv(low) * npv(middle) <= 0:
                    high = middle
                else:
                    low = middle
            found.append((low + high) / 2)
        before, before_value = rate, value
    return found if any(flow > 0 for flow in flows) and any(flow < 0 for flow in flows) else []


def _payback(flows: list[Decimal]) -> Decimal | None:
    """When the running total reaches zero for good, interpolated evenly within the year."""
    totals = [sum(flows[: t + 1], Decimal(0)) for t in range(len(flows))]
    if totals[-1] < 0:
        return None
    last = max((t for t, total in enumerate(totals) if total < 0), default=None)
    if last is None:
        return Decimal(0)
    return round_to(last + -totals[last] / flows[last + 1], 4)
