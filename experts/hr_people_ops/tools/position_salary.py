"""Where salaries stand in their ranges, and what a merit matrix gives.

Compa-ratio = salary / midpoint. Range penetration = (salary - minimum) / (maximum - minimum); quartile of the range by
penetration. Merit matrix: a rate by rating (rows) and quartile of the range (four columns); the increase is cut at the
range maximum, and the cut part is shown as a possible lump sum. Source: WorldatWork, Base Pay Administration.

Limits: ratings are a manager's judgement; the arithmetic does not judge people or set pay. Items stay in the order given.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, NonNegativeMoney, Rate, Ratio, Share, plain, round_to


class Position(Model):
    """A salary in its range; midpoint defaults to the middle."""

    salary: Annotated[NonNegativeMoney, Field(gt=0, le=10**9)]
    minimum: Annotated[NonNegativeMoney, Field(gt=0, le=10**9)]
    maximum: Annotated[NonNegativeMoney, Field(gt=0, le=10**9)]
    midpoint: Annotated[NonNegativeMoney | None, Field(gt=0)] = None
    rating: Key | None = None


class Placed(Model):
    """One salary; increase and lump sum only with a matrix and a rating."""

    compa_ratio: Ratio
    penetration: Rate
    place: str
    to_minimum: Money | None = None
    merit_rate: Share | None = None
    increase: Money | None = None
    lump_sum: Money | None = None
    new_salary: Money | None = None


class SalaryPositions(Model):
    """Money in the given currency."""

    positions: dict[str, Placed]
    average_compa_ratio: Ratio
    payroll: Money
    merit_cost: Money | None = None
    merit_share: Rate | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def position_salary(
    positions: Annotated[dict[Key, Position], Field(min_length=1, max_length=500)],
    currency: str,
    merit_matrix: Annotated[
        dict[Key, Annotated[list[Share], Field(min_length=4, max_length=4)]],
        Field(max_length=10, description="rating: rates for range quartiles 1-4"),
    ]
    | None = None,
) -> SalaryPositions:
    """Compa-ratio, range penetration, and merit increase by matrix.

    Use when offers or pay reviews are placed in a range.
    """
    if merit_matrix is None:
        merit_matrix = {}
    rows = {key: _placed(key, position, currency, merit_matrix) for key, position in positions.items()}
    payroll = sum((position.salary for position in positions.values()), Decimal(0))
    raised = [row for row in rows.values() if row.increase is not None]
    merit = sum((row.increase + (row.lump_sum or 0) for row in raised if row.increase is not None), Decimal(0))
    below = [key for key, row in rows.items() if row.place == "below minimum"]
    above = [key for key, row in rows.items() if row.place == "above maximum"]
    warnings = [f"Below the range minimum: {', '.join(below)}."] if below else []
    warnings += [f"Above the range maximum: {', '.join(above)}."] if above else []
    return SalaryPositions(
        positions=rows,
        average_compa_ratio=round_to(sum((row.compa_ratio for row in rows.values()), Decimal(0)) / len(rows), 4),
        payroll=payroll,
        merit_cost=merit if raised else None,
        merit_share=round_to(merit / payroll, 4) if raised else None,
        method="Compa-ratio = salary / midpoint; penetration = (salary - minimum) / (maximum - minimum); merit rate by "
        "rating and range quartile, base increase cut at the maximum, the rest as lump sum (WorldatWork).",
        assumptions=["Ratings are the manager's; increases are arithmetic for a person to decide, not a decision."],
        warnings=warnings,
    )


def _placed(key: str, position: Position, currency: str, matrix: dict[str, list[Decimal]]) -> Placed:
    low, high = position.minimum, position.maximum
    for name, amount in (("salary", position.salary), ("minimum", low), ("maximum", high)):
        if round_money(amount, currency) != amount:
            raise InvalidInput(
                f"{name} {plain(amount)} of {key!r} is finer than the unit of {currency}",
                field=f"positions.{key}.{name}",
            )
    if low >= high:
        raise InvalidInput(
            f"range of {key!r} is inverted: minimum {plain(low)} is not below maximum {plain(high)}",
            field=f"positions.{key}.minimum",
        )
    middle = (low + high) / 2 if position.midpoint is None else position.midpoint
    if not low < middle < high:
        raise InvalidInput(
            f"midpoint {plain(middle)} of {key!r} is outside {plain(low)} to {plain(high)}",
            field=f"positions.{key}.midpoint",
        )
    depth = (position.salary - low) / (high - low)
    quartile = min(max(int(depth * 4), 0), 3)
    place = "below minimum" if depth < 0 else "above maximum" if depth > 1 else f"quartile {quartile + 1}"
    made: dict[str, Decimal] = {}
    if matrix and position.rating is not None:
        if position.rating not in matrix:
            raise InvalidInput(
                f"rating {position.rating!r} of {key!r} is not in the matrix; it has {', '.join(matrix)}",
                field=f"positions.{key}.rating",
            )
        rate = matrix[position.rating][quartile]
        full = round_money(position.salary * rate, currency)
        rise = min(full, max(high - position.salary, Decimal(0)))
        made = {
            "merit_rate": rate,
            "increase": rise,
            "lump_sum": full - rise,
            "new_salary": position.salary + rise,
        }
    return Placed(
        compa_ratio=round_to(position.salary / middle, 4),
        penetration=round_to(depth, 4),
        place=place,
        to_minimum=low - position.salary if depth < 0 else None,
        **made,
    )
