"""What each initiative is worth: cash-flow rows added up by year and quarter, discounted, and weighted by its chance."""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units, round_money, split_by_largest_remainder
from experts.core.names import did_you_mean
from experts.core.quantities import Money, NonNegativeMoney, Rate, Share, Volume, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE, payback, present_value
from experts.finance_accountant.tools._curves import LARGEST

LISTED = False  # evaluate_investment is the one a person calls
MOST_YEARS = 40
QUARTERS = (1, 2, 3, 4)
Kind = Literal["investment", "running", "benefit"]

METHOD = (
    "Rows are added up by initiative and year. Present value = sum of flow / (1 + rate)^(year - first year), the first "
    "year of all rows undiscounted; NPV = benefits - running costs - investment, each at its present value (Brealey, "
    "Myers & Allen, Principles of Corporate Finance, chapter 2). Expected NPV counts the benefits with the chance "
    "that they come and the costs in full. Payback: years until the undiscounted sum reaches zero, even within a "
    "year. Investment without a quarter is spread evenly over its year, to the currency's unit."
)


class FlowRow(Model):
    """One amount of one year; the kind says its direction, so amounts are zero or more."""

    initiative: Key
    year: Annotated[int, Field(ge=1900, le=2200)]
    kind: Kind
    amount: NonNegativeMoney
    quarter: Annotated[int | None, Field(ge=1, le=4, description="Of an investment.")] = None


class YearFlow(Model):
    """One year of one initiative; `net` is benefit less running cost and investment."""

    investment: Money
    running: Money
    benefit: Money
    net: Money


class InitiativeValue(Model):
    """One initiative over its life; `quarters` holds its investment."""

    investment: Money
    running: Money
    benefit: Money
    present_investment: Money
    present_running: Money
    present_benefit: Money
    chance: Share
    npv: Money
    expected_npv: Money
    payback_years: Volume | None = None
    years: Annotated[dict[str, YearFlow], Field(description='"year_2027"')]
    quarters: Annotated[dict[str, Money], Field(description='"2027-q1"')]


class InitiativeValues(Model):
    """Every initiative on the same years; money in the given currency."""

    initiatives: dict[Key, InitiativeValue]
    first_year: int
    last_year: int
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def value_initiatives(
    rows: Annotated[list[FlowRow], Field(min_length=1, max_length=5000)],
    chances: Annotated[dict[Key, Share], Field(min_length=1, max_length=60, description="By initiative, 0 to 1.")],
    rate: Rate,
    currency: str,
) -> InitiativeValues:
    """Value initiatives from rows of investment, running cost and benefit: NPV, expected NPV, payback, phasing.

    Use when several initiatives compete for one budget. A row of an initiative that has no chance given, a span of
    more than 40 years, and amounts finer than the currency's unit are refused.
    """
    if not 0 <= rate <= 1:
        raise InvalidInput(
            f"rate {plain(rate)!r} is outside 0 to 1; write a fraction, for example '0.09'", field="rate"
        )
    places = minor_units(currency)
    for at, row in enumerate(rows):
        if row.initiative not in chances:
            raise InvalidInput(
                f"a row is for {row.initiative!r}, which is no initiative{did_you_mean(row.initiative, chances)}",
                field=f"rows.{at}.initiative",
            )
        if row.amount != round_to(row.amount, places) or row.amount > LARGEST:
            raise InvalidInput(
                f"amount {plain(row.amount)!r} is no amount of {currency}; give at most {places} digits after the point "
                f"and at most {plain(LARGEST)}",
                field=f"rows.{at}.amount",
            )
        if row.quarter is not None and row.kind != "investment":
            raise InvalidInput(
                f"a {row.kind} has the quarter {row.quarter}; only investment is planned by quarter, so leave it out",
                field=f"rows.{at}.quarter",
            )
    first, last = min(row.year for row in rows), max(row.year for row in rows)
    if last - first >= MOST_YEARS:
        raise InvalidInput(
            f"the years run from {first} to {last}; at most {MOST_YEARS} years are valued at once", field="rows"
        )
    by_key: dict[str, list[FlowRow]] = {key: [] for key in chances}
    for row in rows:
        by_key[row.initiative].append(row)
    empty = [key for key, found in by_key.items() if not found]
    costless = [key for key, found in by_key.items() if found and all(row.kind != "investment" for row in found)]
    warnings = []
    if empty:
        warnings.append(f"No cash flow is given for {', '.join(empty)}, so each counts as nothing.")
    if costless:
        warnings.append(f"No investment is given for {', '.join(costless)}, so each counts as free.")
    return InitiativeValues(
        initiatives={key: _valued(found, chances[key], rate, currency, first, last) for key, found in by_key.items()},
        first_year=first,
        last_year=last,
        method=METHOD,
        assumptions=[
            "A year's flows fall on one day, a year apart.",
            "If the benefits of an initiative do not come, its costs are spent all the same.",
        ],
        warnings=warnings,
    )


def _valued(
    rows: list[FlowRow], chance: Decimal, rate: Decimal, currency: str, first: int, last: int
) -> InitiativeValue:
    sums = {year: dict.fromkeys(("investment", "running", "benefit"), Decimal(0)) for year in range(first, last + 1)}
    planned: dict[str, Decimal] = {}
    for row in rows:
        sums[row.year][row.kind] += row.amount
        if row.kind == "investment" and row.amount:
            for quarter, part in _by_quarter(row, currency).items():
                planned[quarter] = planned.get(quarter, Decimal(0)) + part
    with localcontext(PRECISE):
        present = {
            kind: present_value([(2 * (year - first), sums[year][kind]) for year in sums], rate)
            for kind in ("investment", "running", "benefit")
        }
        net = {year: sums[year]["benefit"] - sums[year]["running"] - sums[year]["investment"] for year in sums}
        costs = present["running"] + present["investment"]
        back, _ = payback([(2 * (year - first), amount) for year, amount in net.items()], Decimal(0))
        return InitiativeValue(
            **{kind: sum((sums[year][kind] for year in sums), Decimal(0)) for kind in present},
            **{f"present_{kind}": round_money(value, currency) for kind, value in present.items()},
            chance=chance,
            npv=round_money(present["benefit"] - costs, currency),
            expected_npv=round_money(chance * present["benefit"] - costs, currency),
            payback_years=None if back is None else round_to(back, 4),
            years={f"year_{year}": YearFlow(**sums[year], net=net[year]) for year in sums},
            quarters=dict(sorted(planned.items())),
        )


def _by_quarter(row: FlowRow, currency: str) -> dict[str, Decimal]:
    if row.quarter is not None:
        return {f"{row.year}-q{row.quarter}": row.amount}
    even = {f"{row.year}-q{quarter}": row.amount / 4 for quarter in QUARTERS}
    return {key: part for key, part in split_by_largest_remainder(even, row.amount, currency).items() if part}
