"""Several valued initiatives as one case: sums by year and quarter, and what the sum withstands."""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money, split_by_largest_remainder
from experts.core.quantities import Money, Rate, Share, Volume, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE, payback
from experts.finance_accountant.tools.value_initiatives import QUARTERS, YearFlow

LISTED = False  # evaluate_investment is the one a person calls

METHOD = (
    "Sums over the initiatives; net present values add up (Brealey, Myers & Allen, Principles of Corporate Finance, "
    "chapter 7). Phasing as planned takes each initiative's quarters; even phasing spreads a year's investment over "
    "its four quarters, to the currency's unit. Break-even share = present value of costs / present value of benefits. "
    "Stress: benefits lower by the step, investment higher by the step, all benefits a year later (divided by 1 + rate)."
)


class Part(Model):
    """One initiative as value_initiatives valued it."""

    investment: Money
    present_investment: Money
    present_running: Money
    present_benefit: Money
    npv: Money
    expected_npv: Money
    years: dict[str, YearFlow]
    quarters: dict[str, Money]


class CaseYear(Model):
    """One year of the whole case; `cumulative` is the undiscounted net so far."""

    investment: Money
    running: Money
    benefit: Money
    net: Money
    cumulative: Money


class CaseQuarter(Model):
    """What is invested in a quarter, and so far."""

    investment: Money
    cumulative: Money


class Case(Model):
    """Money in the given currency. `peak` is the largest investment of one quarter."""

    investment: Money
    present_cost: Money
    present_benefit: Money
    npv: Money
    expected_npv: Money
    payback_years: Volume | None = None
    lowest_cumulative: Money
    break_even_share: Annotated[Rate | None, Field(description="Of the benefits; absent without benefits.")] = None
    peak: Money
    peak_quarter: str
    years: dict[str, CaseYear]
    quarters: dict[str, CaseQuarter]
    npv_if_benefits_lower: Money
    npv_if_investment_higher: Money
    npv_if_benefits_late: Money
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def combine_initiatives(
    initiatives: Annotated[dict[Key, Part], Field(min_length=1, max_length=60)],
    rate: Rate,
    currency: str,
    phasing: Literal["as_planned", "even"] = "as_planned",
    step: Share = Decimal("0.2"),
) -> Case:
    """Combine valued initiatives into one case: NPV, payback, spend by quarter, and stress.

    Use when initiatives are chosen together. Initiatives on different years are refused.
    """
    if not 0 <= rate <= 1:
        raise InvalidInput(
            f"rate {plain(rate)!r} is outside 0 to 1; write a fraction, for example '0.09'", field="rate"
        )
    parts = list(initiatives.values())
    spans = {tuple(part.years) for part in parts}
    if len(spans) > 1:
        raise InvalidInput("the initiatives are not on the same years; value them together", field="initiatives")
    years, so_far = {}, Decimal(0)
    for year in parts[0].years:
        sums = {
            kind: sum((getattr(part.years[year], kind) for part in parts), Decimal(0))
            for kind in ("investment", "running", "benefit", "net")
        }
        so_far += sums["net"]
        years[year] = CaseYear(**sums, cumulative=so_far)
    planned = _quarters(parts, years, phasing, currency)
    quarters, spent = {}, Decimal(0)
    for quarter, amount in planned.items():
        spent += amount
        quarters[quarter] = CaseQuarter(investment=amount, cumulative=spent)
    investment, running, benefit = (
        sum((getattr(part, f"present_{kind}") for part in parts), Decimal(0))
        for kind in ("investment", "running", "benefit")
    )
    peak = max(planned, key=lambda quarter: planned[quarter], default="")
    with localcontext(PRECISE):
        first = number_of(min(years))
        back, again = payback([(2 * (number_of(year) - first), row.net) for year, row in years.items()], Decimal(0))
        costs = investment + running
        return Case(
            investment=sum((part.investment for part in parts), Decimal(0)),
            present_cost=costs,
            present_benefit=benefit,
            npv=sum((part.npv for part in parts), Decimal(0)),
            expected_npv=sum((part.expected_npv for part in parts), Decimal(0)),
            payback_years=None if back is None else round_to(back, 4),
            lowest_cumulative=min(row.cumulative for row in years.values()),
            break_even_share=round_to(costs / benefit, 6) if benefit else None,
            peak=planned[peak] if peak else Decimal(0),
            peak_quarter=peak,
            years=years,
            quarters=quarters,
            npv_if_benefits_lower=round_money(benefit * (1 - step) - costs, currency),
            npv_if_investment_higher=round_money(benefit - running - investment * (1 + step), currency),
            npv_if_benefits_late=round_money(benefit / (1 + rate) - costs, currency),
            method=METHOD,
            assumptions=["The initiatives neither help nor hinder each other's benefits beyond what their rows say."],
            warnings=["After the payback the running sum falls below zero again, so the payback misleads."]
            if again
            else [],
        )


def number_of(year: str) -> int:
    """2027 of "year_2027"; InvalidInput where it is none."""
    digits = year.removeprefix("year_")
    if not digits.isdecimal() or len(digits) != 4:
        raise InvalidInput(f"{year!r} is no year; write it as 'year_2027'", field="initiatives")
    return int(digits)


def _quarters(parts: list[Part], years: dict[str, CaseYear], phasing: str, currency: str) -> dict[str, Decimal]:
    """Investment by quarter, without gaps between the first and the last."""
    found: dict[str, Decimal] = {}
    if phasing == "even":
        for year, row in years.items():
            if row.investment:
                even = {f"{number_of(year)}-q{quarter}": row.investment / 4 for quarter in QUARTERS}
                found |= split_by_largest_remainder(even, row.investment, currency)
    else:
        for part in parts:
            for quarter, amount in part.quarters.items():
                found[quarter] = found.get(quarter, Decimal(0)) + amount
    every = [f"{number_of(year)}-q{quarter}" for year in years for quarter in QUARTERS]
    used = [at for at, quarter in enumerate(every) if found.get(quarter)]
    return {quarter: found.get(quarter, Decimal(0)) for quarter in every[used[0] : used[-1] + 1]} if used else {}
