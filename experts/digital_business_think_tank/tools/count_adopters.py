"""A fitted or given adoption curve in whole adopters, so that the years add up."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Volume, plain, round_to

LISTED = False  # forecast_adoption is the one a person calls


class CurveYear(Model):
    """One year of a curve: new adopters with their range, and all so far."""

    new: Volume
    low: Volume
    high: Volume
    total: Volume


class WholeYear(Model):
    """The same in whole adopters; `new` is the difference of the totals."""

    year: Count
    new: Count
    low: Count
    high: Count
    total: Count


class WholeAdopters(Model):
    """`potential`: all who could ever adopt; `final`: those of the last year, with the range of its total."""

    potential: Count
    final: Count
    final_low: Count | None = None
    final_high: Count | None = None
    years: list[WholeYear]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def count_adopters(
    years: Annotated[list[CurveYear], Field(min_length=1, max_length=200, description="From the first on.")],
    potential: Volume,
    final_low: Volume | None = None,
    final_high: Volume | None = None,
) -> WholeAdopters:
    """Count whole adopters of an adoption curve by year: totals rounded, new ones the difference of totals.

    Use when a forecast is read by people who plan for customers. A total that falls is refused.
    """
    made: list[WholeYear] = []
    before = Decimal(0)
    for at, row in enumerate(years):
        total = round_to(row.total, 0)
        if total < before or row.total < 0:
            raise InvalidInput(
                f"the total {plain(row.total)!r} of year {at + 1} is below the year before; totals only grow",
                field=f"years.{at}.total",
            )
        made.append(
            WholeYear(
                year=at + 1,
                new=int(total - before),
                low=int(max(row.low, Decimal(0)).to_integral_value(ROUND_FLOOR)),
                high=int(max(row.high, Decimal(0)).to_integral_value(ROUND_CEILING)),
                total=int(total),
            )
        )
        before = total
    return WholeAdopters(
        potential=int(round_to(potential, 0)),
        final=made[-1].total,
        final_low=None if final_low is None else int(final_low.to_integral_value(ROUND_FLOOR)),
        final_high=None if final_high is None else int(final_high.to_integral_value(ROUND_CEILING)),
        years=made,
        method="Totals rounded half up to whole adopters; new = total - total of the year before; ranges rounded outwards.",
        assumptions=["An adopter is a whole customer."],
    )
