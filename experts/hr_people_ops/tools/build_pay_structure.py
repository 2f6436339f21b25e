"""Pay grades from a first midpoint, a progression between midpoints and a range spread.

Midpoint of the next grade = midpoint x (1 + progression). Spread = (maximum - minimum) / minimum, so minimum =
midpoint / (1 + spread / 2) and maximum = minimum x (1 + spread) (WorldatWork, Base Pay Administration). Spread may
widen by `spread_step` a grade. Amounts are rounded half up to `round_to_nearest`. Overlap with the grade below =
(its maximum - this minimum) / (this maximum - this minimum).

Limits: the midpoints should be set against market data that the user has; none is in here.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units
from experts.core.quantities import Money, NonNegativeMoney, Rate, Share, plain, round_to


class Grade(Model):
    """One grade."""

    grade: int
    minimum: Money
    midpoint: Money
    maximum: Money
    spread: Rate
    overlap: Rate | None = None


class PayStructure(Model):
    """Money in the given currency."""

    grades: list[Grade]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_pay_structure(
    first_midpoint: Annotated[NonNegativeMoney, Field(gt=0, le=10**9)],
    grades: Annotated[int, Field(ge=1, le=40)],
    currency: str,
    progression: Annotated[Share, Field(gt=0, description="between midpoints")] = Decimal("0.15"),
    spread: Annotated[Rate, Field(gt=0, le=3, description="maximum over minimum")] = Decimal("0.5"),
    spread_step: Annotated[Share, Field(le=Decimal("0.5"))] = Decimal(0),
    round_to_nearest: Annotated[NonNegativeMoney, Field(gt=0, le=10**6)] = Decimal(100),
) -> PayStructure:
    """Pay grades with minimum, midpoint, maximum and overlap.

    Use when salary ranges are set or revised.
    """
    minor_units(currency)
    if round_to_nearest * 10 > first_midpoint:
        raise InvalidInput(
            f"round_to_nearest {plain(round_to_nearest)} is coarse for a midpoint of {plain(first_midpoint)}; "
            "give at most a tenth of it",
            field="round_to_nearest",
        )
    if first_midpoint * (1 + progression) ** (grades - 1) > Decimal(10) ** 12:
        raise InvalidInput("the highest midpoint is out of range; lower progression or grades", field="progression")
    rows: list[Grade] = []
    for at in range(grades):
        exact = first_midpoint * (1 + progression) ** at
        wide = spread + spread_step * at
        low = exact / (1 + wide / 2)
        minimum, middle, maximum = (_near(x, round_to_nearest) for x in (low, exact, low * (1 + wide)))
        if not 0 < minimum < maximum:
            raise InvalidInput(
                f"grade {at + 1} would run from {plain(minimum)} to {plain(maximum)}; give another spread or a finer "
                "round_to_nearest",
                field="spread",
            )
        below = rows[-1].maximum if rows else None
        overlap = None if below is None else round_to((below - minimum) / (maximum - minimum), 4)
        rows.append(
            Grade(
                grade=at + 1,
                minimum=minimum,
                midpoint=middle,
                maximum=maximum,
                spread=round_to(maximum / minimum - 1, 4),
                overlap=overlap,
            )
        )
    gaps = [row.grade for row in rows if row.overlap is not None and row.overlap < 0]
    deep = [row.grade for row in rows if row.overlap is not None and row.overlap > Decimal("0.8")]
    warnings = (
        [f"Gap below grade {', '.join(map(str, gaps))}: a range begins above the one below it ends."] if gaps else []
    )
    if deep:
        warnings.append(
            f"Grades {', '.join(map(str, deep))} overlap the one below by over 80%: promotion hardly shows."
        )
    return PayStructure(
        grades=rows,
        method="Midpoints grow by the progression; minimum = midpoint / (1 + spread/2), maximum = minimum x (1 + spread) "
        f"(WorldatWork); rounded half up to {plain(round_to_nearest)} {currency}.",
        assumptions=["Progression and spread are policy choices, not market data; defaults are 15% and 50%."],
        warnings=warnings,
    )


def _near(value: Decimal, unit: Decimal) -> Decimal:
    return (value / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit
