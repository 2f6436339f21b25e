"""Expected figures: the examples of Excel's PRICE, YIELD, DURATION and MDURATION, and QuantLib."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import QuantLib as ql

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.price_bond import price_bond

D = Decimal


def test_the_examples_of_excels_price_and_yield() -> None:
    found = price_bond(D("0.0575"), date(2008, 2, 15), date(2017, 11, 15), yield_rate=D("0.065"))
    assert round(found.clean_price, 6) == D("94.634362")
    found = price_bond(D("0.0575"), date(2008, 2, 15), date(2016, 11, 15), clean_price=D("95.04287"))
    assert round(found.yield_rate, 6) == D("0.065")


def test_the_examples_of_excels_duration_and_mduration() -> None:
    found = price_bond(D("0.08"), date(2018, 7, 1), date(2048, 1, 1), yield_rate=D("0.09"), day_count="act/act")
    assert round(found.macaulay_duration, 6) == D("10.919145")
    found = price_bond(D("0.08"), date(2008, 1, 1), date(2016, 1, 1), yield_rate=D("0.09"), day_count="act/act")
    assert round(found.modified_duration, 5) == D("5.73567")


@pytest.mark.parametrize("day_count", ["30/360", "act/act"])
@pytest.mark.parametrize("frequency", [1, 2, 4])
@pytest.mark.parametrize("settlement", [date(2026, 11, 25), date(2026, 8, 31), date(2027, 2, 26)])
def test_quantlib_agrees(day_count: Any, frequency: Any, settlement: date) -> None:
    # Month ends are irregular in 30/360, where markets pay level coupons and QuantLib counts days.
    maturity = date(2034, 8, 31) if day_count == "act/act" else date(2034, 8, 15)
    found = price_bond(
        D("0.0425"), settlement, maturity, yield_rate=D("0.051"), frequency=frequency, day_count=day_count
    )

    today = ql.Date(settlement.day, settlement.month, settlement.year)
    ql.Settings.instance().evaluationDate = today
    period = {1: ql.Annual, 2: ql.Semiannual, 4: ql.Quarterly}[frequency]
    schedule = ql.Schedule(
        ql.Date(maturity.day, 8, 2024),
        ql.Date(maturity.day, maturity.month, maturity.year),
        ql.Period(period),
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Backward,
        day_count == "act/act",
    )
    basis = (
        ql.Thirty360(ql.Thirty360.BondBasis)
        if day_count == "30/360"
        else ql.ActualActual(ql.ActualActual.ISMA, schedule)
    )
    bond = ql.FixedRateBond(0, 100.0, schedule, [0.0425], basis)
    rate = ql.InterestRate(0.051, basis, ql.Compounded, period)
    accrued = bond.accruedAmount(today)
    assert float(found.accrued_interest) == pytest.approx(accrued, abs=1e-6)
    clean = ql.BondFunctions.cleanPrice(bond, rate, today)
    duration = ql.BondFunctions.duration(bond, rate, ql.Duration.Macaulay, today)
    convexity = ql.BondFunctions.convexity(bond, rate, today)
    assert float(found.clean_price) == pytest.approx(clean, abs=1e-5)
    assert float(found.macaulay_duration) == pytest.approx(duration, abs=1e-5)
    assert float(found.convexity) == pytest.approx(convexity, abs=1e-4)


def test_at_par_price_and_yield_are_each_others_inverse() -> None:
    par = price_bond(D("0.05"), date(2026, 3, 1), date(2036, 3, 1), yield_rate=D("0.05"), face_value=D(250000))
    assert (par.clean_price, par.accrued_interest, par.market_value) == (100, 0, 250000)
    back = price_bond(D("0.05"), date(2026, 5, 9), date(2036, 3, 1), clean_price=D("87.5"))
    again = price_bond(D("0.05"), date(2026, 5, 9), date(2036, 3, 1), yield_rate=back.yield_rate)
    assert abs(again.clean_price - D("87.5")) < D("0.00001")
    zero = price_bond(D(0), date(2026, 3, 1), date(2036, 3, 1), yield_rate=D("0.04"), frequency=1)
    assert zero.macaulay_duration == 10


def test_both_or_neither_late_settlement_and_impossible_prices_are_refused() -> None:
    with pytest.raises(InvalidInput, match="exactly one") as caught:
        price_bond(D("0.05"), date(2026, 3, 1), date(2036, 3, 1))
    assert caught.value.field == "yield_rate"
    with pytest.raises(InvalidInput, match="must come after settlement"):
        price_bond(D("0.05"), date(2036, 3, 1), date(2036, 3, 1), yield_rate=D("0.05"))
    with pytest.raises(InvalidInput, match="clean_price is outside"):
        price_bond(D("0.05"), date(2026, 3, 1), date(2036, 3, 1), clean_price=D(10) ** 9)


@pytest.mark.parametrize(
    ("maturity", "settlement"),
    [
        (date(2030, 8, 31), date(2026, 8, 30)),
        (date(2030, 8, 31), date(2026, 3, 30)),
        (date(2030, 2, 28), date(2026, 8, 29)),
        (date(2032, 2, 29), date(2026, 8, 30)),
        (date(2032, 2, 29), date(2028, 2, 29)),
        (date(2030, 8, 29), date(2027, 3, 1)),
        (date(2030, 8, 31), date(2027, 2, 27)),
        (date(2030, 8, 15), date(2026, 11, 30)),
    ],
)
def test_30_360_month_ends_accrue_as_quantlibs_us_convention(maturity: date, settlement: date) -> None:
    found = price_bond(D("0.06"), settlement, maturity, yield_rate=D("0.05"))

    before = found.next_coupon
    month = (before.month - 7) % 12 + 1
    year = before.year - (before.month <= 6)
    last = [31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    end = maturity == date(2032, 2, 29) or maturity.day in (28, 31)
    start = ql.Date(last if end else min(maturity.day, last), month, year)
    basis = ql.Thirty360(ql.Thirty360.USA)
    days = basis.dayCount(start, ql.Date(settlement.day, settlement.month, settlement.year))
    assert found.accrued_interest == round(D(6) * days / 360, 6)
    assert 0 <= found.accrued_interest <= 3
