"""Price or yield of a fixed-rate bond, with accrued interest, durations, convexity and a price curve.

Dirty price = sum of cash flows / (1 + y/f)^(w + k), w the part of the coupon period from settlement to the next
coupon; clean price = dirty - accrued interest (street convention, compounding also in the last period). Coupon
dates count back from maturity (month ends stay month ends). Day count: 30/360 (US: SIA, with the end of February as the 30th) or
actual/actual (ICMA Rule 251). Macaulay duration = sum of time * present value / dirty price; modified = Macaulay / (1 +
y/f); convexity = sum of t (t + 1/f) present value / (price (1 + y/f)^2). Sources: ICMA Rule 803; Fabozzi, Bond Markets,
Analysis and Strategies, chapters 2 to 4. Excel's PRICE, YIELD, DURATION and MDURATION agree.

Limits: fixed coupons, bullet repayment, no embedded options, no default; settlement is a date between
coupons, regular first period.
"""

from calendar import monthrange
from datetime import date
from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, Rate, Ratio, Share, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE

DayCount = Literal["30/360", "act/act"]
_LOWEST, _HIGHEST = Decimal("-0.5"), Decimal(5)


class CurvePoint(Model):
    """Clean price at another yield."""

    yield_rate: Rate
    clean_price: Money


class BondPrice(Model):
    """Prices per 100 of face value; durations in years."""

    clean_price: Money
    accrued_interest: Money
    dirty_price: Money
    yield_rate: Rate
    market_value: Annotated[Money, Field(description="Dirty price on the face value.")]
    macaulay_duration: Ratio
    modified_duration: Ratio
    convexity: Ratio
    value_of_basis_point: Annotated[Money, Field(description="Per 100, for one basis point (DV01).")]
    coupons_left: Count
    next_coupon: Day
    curve: list[CurvePoint]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def price_bond(
    coupon_rate: Share,
    settlement: Day,
    maturity: Day,
    yield_rate: Rate | None = None,
    clean_price: Annotated[NonNegativeMoney | None, Field(description="Per 100.")] = None,
    frequency: Literal[1, 2, 4] = 2,
    day_count: DayCount = "30/360",
    face_value: NonNegativeMoney = Decimal(100),
) -> BondPrice:
    """Bond price or yield, durations, convexity, DV01.

    Use when a bond is valued.
    """
    if (yield_rate is None) == (clean_price is None):
        raise InvalidInput(
            "give exactly one of yield_rate and clean_price; the other is worked out", field="yield_rate"
        )
    if not settlement < maturity or maturity.year - settlement.year > 100 or maturity.year > 9000:
        raise InvalidInput(
            f"maturity {maturity} must come after settlement {settlement}, by 100 years at most; correct them",
            field="maturity",
        )
    if face_value >= Decimal(10) ** 12:
        raise InvalidInput(f"face_value {plain(face_value)!r} is out of range; use thousands", field="face_value")
    with localcontext(PRECISE):
        before, coupons = _schedule(settlement, maturity, frequency)
        passed = _passed(before, settlement, coupons[0], day_count, frequency)
        coupon = coupon_rate * 100 / frequency
        accrued = coupon * passed
        flows = [(1 - passed + at, coupon + (100 if at == len(coupons) - 1 else 0)) for at in range(len(coupons))]
        found = yield_rate
        if found is None:
            assert clean_price is not None
            found = _yield(flows, clean_price + accrued, frequency)
        elif not _LOWEST < found < _HIGHEST:
            raise InvalidInput(
                f"yield_rate {plain(found)!r} is outside -0.5 to 5; 0.05 is 5 percent", field="yield_rate"
            )
        dirty = _value(flows, found, frequency)
        each = 1 + found / frequency
        values = [(when / frequency, amount / each**when) for when, amount in flows]
        macaulay = sum((when * value for when, value in values), Decimal(0)) / dirty
        step = Decimal(1) / frequency
        convexity = sum((when * (when + step) * value for when, value in values), Decimal(0)) / dirty / each**2
        modified = macaulay / each
        return BondPrice(
            clean_price=round_to(dirty - accrued, 6),
            accrued_interest=round_to(accrued, 6),
            dirty_price=round_to(dirty, 6),
            yield_rate=round_to(found, 8),
            market_value=round_to(dirty * face_value / 100, 2),
            macaulay_duration=round_to(macaulay, 6),
            modified_duration=round_to(modified, 6),
            convexity=round_to(convexity, 6),
            value_of_basis_point=round_to(modified * dirty / 10000, 6),
            coupons_left=len(coupons),
            next_coupon=coupons[0],
            curve=_curve(flows, found, accrued, frequency),
            method=f"Street convention, {frequency} coupons a year, day count "
            f"{'30/360 US' if day_count == '30/360' else 'actual/actual ICMA'}; dirty price = sum of flows / (1 + "
            "y/f)^time (ICMA Rule 803).",
            assumptions=["Paid in full at maturity, no options; coupons are reinvested at the yield."],
            warnings=[],
        )


def _schedule(settlement: date, maturity: date, frequency: int) -> tuple[date, list[date]]:
    """The coupon date on or before settlement, and those after it up to maturity."""
    months, at = 12 // frequency, 0
    found: list[date] = []
    end = maturity.day == monthrange(maturity.year, maturity.month)[1]
    while True:
        index = maturity.year * 12 + maturity.month - 1 - months * at
        year, month = divmod(index, 12)
        last = monthrange(year, month + 1)[1]
        day = date(year, month + 1, last if end else min(maturity.day, last))
        if day <= settlement:
            return day, found[::-1]
        found.append(day)
        at += 1


def _passed(before: date, settlement: date, after: date, day_count: str, frequency: int) -> Decimal:
    """The part of the coupon period that is over at settlement."""
    if day_count == "act/act":
        return Decimal((settlement - before).days) / (after - before).days
    first, last = min(before.day, 30), settlement.day
    # The end of February counts as the 30th, so that a month-end bond never accrues more than its coupon.
    if _ends_february(before):
        first, last = 30, 30 if settlement == before else last
    last = 30 if last == 31 and first == 30 else last
    days = (settlement.year - before.year) * 360 + (settlement.month - before.month) * 30 + last - first
    return Decimal(days) * frequency / 360


def _ends_february(day: date) -> bool:
    return day.month == 2 and day.day == monthrange(day.year, 2)[1]


def _value(flows: list[tuple[Decimal, Decimal]], rate: Decimal, frequency: int) -> Decimal:
    each = 1 / (1 + rate / frequency)
    # Whole powers are exact and quick; the broken part is the same for every flow.
    part = each ** flows[0][0]
    return part * sum((amount * each**at for at, (_, amount) in enumerate(flows)), Decimal(0))


def _yield(flows: list[tuple[Decimal, Decimal]], dirty: Decimal, frequency: int) -> Decimal:
    low, high = _LOWEST, _HIGHEST
    if not _value(flows, high, frequency) < dirty < _value(flows, low, frequency):
        raise InvalidInput(
            "clean_price is outside what yields of -50 to 500 percent give; it is per 100 of face", field="clean_price"
        )
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _value(flows, middle, frequency) > dirty else (low, middle)
    return (low + high) / 2


def _curve(flows: list[tuple[Decimal, Decimal]], rate: Decimal, accrued: Decimal, frequency: int) -> list[CurvePoint]:
    found = []
    for step in range(-6, 7):
        at = round_to(rate + Decimal("0.005") * step, 8)
        if at > _LOWEST:
            price = _value(flows, at, frequency) - accrued
            found.append(CurvePoint(yield_rate=at, clean_price=round_to(price, 4)))
    return found
