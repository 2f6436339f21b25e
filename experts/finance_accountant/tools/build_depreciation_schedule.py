"""Depreciation of one asset: straight line, double declining balance, sum of the years' digits, units.

Straight line (cost - salvage) / life; double declining balance: 2 / life of the book value, never
below salvage, with a switch to straight line over the years left when that is larger (Excel's VDB)
unless switched off (Excel's DDB); sum of the years' digits (cost - salvage) * years left / sum;
units of production (cost - salvage) * units / all units. Each year is rounded so that the rows add
up. Source: Weygandt, Kimmel & Kieso, Accounting Principles, chapter 10; ASC 360-10-35.

Limits: book depreciation with full years; no tax depreciation (MACRS, section 179, bonus), no part
years, no impairment.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Money, NonNegativeMoney, NonNegativeVolume, plain
from experts.finance_accountant.tools._cash_flows import PRECISE

_NAMES = {
    "straight_line": "Straight line: (cost - salvage) / life",
    "double_declining": "Double declining balance: 2 / life of the book value, not below salvage",
    "sum_of_years": "Sum of the years' digits: (cost - salvage) * years left / sum of the years",
    "units": "Units of production: (cost - salvage) * units / all units",
}


class Year(Model):
    """One year; the book value is that at its end."""

    year: Count
    depreciation: Money
    accumulated: Money
    book_value: Money


class Depreciation(Model):
    """Money in the given currency."""

    rows: list[Year]
    total: Money
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_depreciation_schedule(
    cost: NonNegativeMoney,
    salvage: NonNegativeMoney,
    currency: str,
    kind: Literal["straight_line", "double_declining", "sum_of_years", "units"] = "straight_line",
    life_years: Count | None = None,
    units: Annotated[list[NonNegativeVolume] | None, Field(max_length=100)] = None,
    switch: bool = True,
) -> Depreciation:
    """Book depreciation by year.

    Use when book value is asked.
    """
    if salvage > cost:
        raise InvalidInput(
            f"salvage {plain(salvage)!r} exceeds cost {plain(cost)!r}; write what the asset is worth at the end",
            field="salvage",
        )
    if cost >= Decimal(10) ** 15:
        raise InvalidInput(f"cost {plain(cost)!r} is out of range; write it in thousands", field="cost")
    for amount, field in ((cost, "cost"), (salvage, "salvage")):
        if round_money(amount, currency) != amount:
            raise InvalidInput(f"{field} {plain(amount)!r} is finer than the unit of {currency}; round it", field=field)
    if life_years is not None and not 1 <= life_years <= 100:
        raise InvalidInput(
            f"life_years {life_years!r} is not between 1 and 100; give the years of use", field="life_years"
        )
    with localcontext(PRECISE):
        exact = _exact(cost, salvage, kind, life_years, units, switch)
        rows, so_far, given = [], Decimal(0), Decimal(0)
        for number, amount in enumerate(exact, 1):
            so_far += amount
            accumulated = round_money(so_far, currency)
            rows.append(
                Year(
                    year=number,
                    depreciation=accumulated - given,
                    accumulated=accumulated,
                    book_value=cost - accumulated,
                )
            )
            given = accumulated
        switched = kind == "double_declining" and switch
        return Depreciation(
            rows=rows,
            total=given,
            method=_NAMES[kind]
            + (", changing to straight line when that is larger" if switched else "")
            + " (Weygandt, Kimmel & Kieso, Accounting Principles, chapter 10; ASC 360-10-35).",
            assumptions=["Full years from the first day of use; book, not tax, depreciation."],
            warnings=["The book value stays above salvage at the end of the life."] if given < cost - salvage else [],
        )


def _exact(
    cost: Decimal, salvage: Decimal, kind: str, life: int | None, units: list[Decimal] | None, switch: bool
) -> list[Decimal]:
    base = cost - salvage
    if kind == "units":
        if not units or not sum(units):
            raise InvalidInput(
                f"units {units and [plain(unit) for unit in units]!r} give nothing to spread the cost over; list the "
                "units of each year of the whole life",
                field="units",
            )
        total = sum(units, Decimal(0))
        return [base * unit / total for unit in units]
    if life is None:
        raise InvalidInput(
            f"life_years None is missing, which {kind!r} needs; give the years of use", field="life_years"
        )
    if kind == "straight_line":
        return [base / life] * life
    if kind == "sum_of_years":
        return [base * (life - year) / (life * (life + 1) // 2) for year in range(life)]
    found, book = [], cost
    for year in range(life):
        declining = book * min(Decimal(2) / life, Decimal(1))
        if switch:
            declining = max(declining, (book - salvage) / (life - year))
        amount = min(declining, book - salvage)
        found.append(amount)
        book -= amount
    return found
