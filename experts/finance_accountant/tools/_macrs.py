"""Shares of a tax year: conventions, the straight line of ADS, the year of disposal, and the limits of a car."""

from datetime import date
from decimal import Decimal
from typing import Literal

from experts.core.errors import InvalidInput
from experts.core.quantities import round_to
from experts.finance_accountant.tools._reference import table

Convention = Literal["half-year", "mid-quarter", "mid-month"]
_HALF = Decimal("0.5")


def passed(convention: Convention, month: int) -> Decimal:
    """The part of a calendar year that is over at the point to which a convention moves a day of `month`."""
    if convention == "half-year":
        return _HALF
    if convention == "mid-quarter":
        return (Decimal((month - 1) // 3) + _HALF) / 4
    return (month - _HALF) / 12


def straight_line(life: int, convention: Convention, month: int) -> list[Decimal]:
    """ADS, as shares of the basis by year: evenly over `life` from the convention's point (IRC 168(g))."""
    first = 1 - passed(convention, month)
    return [first / life, *[Decimal(1) / life] * (life - 1), (1 - first) / life]


def until_disposal(
    shares: list[Decimal], life: Decimal, convention: Convention, placed: date, disposed: date
) -> list[Decimal]:
    """The shares up to the year of disposal, that year's cut to the part before the convention's point.

    The last year of the recovery period is short already: its share is cut only as far as the
    disposal comes before the period's end.
    """
    at = disposed.year - placed.year
    if at >= len(shares):
        return shares
    part = passed(convention, disposed.month)
    if at == len(shares) - 1:
        left = life - (1 - passed(convention, placed.month)) - (len(shares) - 2)
        part = min(part / left, Decimal(1))
    return [*shares[:at], shares[at] * part]


def car_limits(year: int, bonus: bool) -> list[Decimal]:
    """Limits of IRC 280F for years 1, 2, 3 and later of a car placed in service in `year`; refused if not published."""
    limits = table("passenger_automobile_limits")
    covered = [row.effective_from.year for row in limits.rows]
    if year not in covered:
        raise InvalidInput(
            f"year {year!r} has no published limits in table {limits.id!r}, which covers "
            f"{', '.join(map(str, covered))}; choose one of these",
            field="assets",
        )
    return [Decimal(limit) for limit in limits.on(date(year, 7, 1))["with_bonus" if bonus else "without_bonus"]]


def limited(
    cost: Decimal, at_once: Decimal, shares: list[Decimal], limits: list[Decimal]
) -> tuple[Decimal, list[Decimal]]:
    """A car's deductions under IRC 280F: what of `at_once` (section 179 and bonus) is allowed, and each year's rest.

    The table's shares apply to the cost less all of `at_once`. What a limit cuts off waits until the recovery
    period is over and is then deducted up to the last limit a year (IRC 280F(a)(1)(B)): after 100 percent bonus
    there is nothing between the first year and that.
    """
    now, basis = min(at_once, limits[0]), cost - at_once
    rows = [min(round_to(basis * shares[0], 2), limits[0] - now)]
    left = cost - now - rows[0]
    year = 1
    while left > 0:
        limit = limits[min(year, len(limits) - 1)]
        regular = round_to(basis * shares[year], 2) if year < len(shares) else limit
        rows.append(min(regular, limit, left))
        left -= rows[-1]
        year += 1
    return now, rows
