"""Expected figures: the examples of Excel's documentation of NPV, IRR and MIRR, and textbook cases named below."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal

import pytest

from coordinator.exports._svg import says
from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.evaluate_investment import evaluate_investment
from experts.finance_accountant.views.evaluate_investment import view

D = Decimal


def flows(*amounts: str | int) -> list[Decimal]:
    return [D(amount) for amount in amounts]


def test_the_examples_of_excels_npv() -> None:
    found = evaluate_investment(flows(-10000, 3000, 4200, 6800), D("0.1"), "USD", first_flow="t1")
    assert found.npv == D("1188.44")
    assert evaluate_investment(flows(-40000, 8000, 9200, 10000, 12000, 14500), D("0.08"), "USD").npv == D("1922.06")


def test_the_examples_of_excels_irr_and_mirr() -> None:
    short = evaluate_investment(flows(-70000, 12000, 15000, 18000, 21000), D("0.1"), "USD")
    full = evaluate_investment(flows(-70000, 12000, 15000, 18000, 21000, 26000), D("0.1"), "USD")
    assert short.irr is not None and full.irr is not None
    assert (round(short.irr, 3), round(full.irr, 3)) == (D("-0.021"), D("0.087"))

    found = evaluate_investment(
        flows(-120000, 39000, 30000, 21000, 37000, 46000),
        D("0.1"),
        "USD",
        finance_rate=D("0.1"),
        reinvestment_rate=D("0.12"),
    )
    assert found.mirr is not None and round(found.mirr, 4) == D("0.1261")


def test_the_pump_has_two_rates_and_says_so() -> None:
    """Lorie and Savage, Three Problems in Rationing Capital (Journal of Business, 1955): 25 and 400 percent."""
    found = evaluate_investment(flows(-1600, 10000, -10000), D("0.1"), "USD")

    assert (found.irr, found.irr_unique, found.irr_all) == (None, False, [D("0.25"), D(4)])
    assert "not unique: NPV is zero at 0.25, 4" in found.warnings[0]
    assert "falls below zero again" in found.warnings[1]


def test_a_project_without_any_rate_says_so() -> None:
    """Brealey and Myers, Principles of Corporate Finance, chapter 5, project C: no IRR, NPV 339 at 10 percent."""
    found = evaluate_investment(flows(1000, -3000, 2500), D("0.1"), "USD")

    assert (found.irr_all, found.irr_unique, found.npv.to_integral_value()) == ([], False, 339)


def test_a_double_root_is_found_once_and_three_roots_all() -> None:
    assert evaluate_investment(flows(-1, "2.4", "-1.44"), D(0), "USD").irr_all == [D("0.2")]
    three = evaluate_investment(flows(-1000, 3600, -4310, 1716), D("0.1"), "USD")  # (x-1.1)(x-1.2)(x-1.3)
    assert three.irr_all == [D("0.1"), D("0.2"), D("0.3")]


def test_paybacks_interpolate_and_the_index_counts_the_outlay() -> None:
    """By hand: -300, 100, 150, 100: 2.5 periods; at 0 percent the index is 350/300."""
    found = evaluate_investment(flows(-300, 100, 150, 100), D(0), "USD")

    assert (found.payback_periods, found.discounted_payback_periods) == (D("2.5"), D("2.5"))
    assert found.profitability_index == D("1.166667")


def test_mid_period_flows_are_worth_half_a_period_more() -> None:
    """121 in the middle of the second period at 21 percent: 121 / 1.1^3 = 90.91."""
    found = evaluate_investment(flows(-50, 0, 121), D("0.21"), "USD", timing="mid")

    assert found.npv == D("40.91")
    assert found.irr is not None and abs((1 + found.irr) ** 3 - D("2.42") ** 2) < D("1e-5")


def test_what_has_one_sign_or_a_wrong_rate_or_too_many_turns_is_refused() -> None:
    with pytest.raises(InvalidInput, match="'1' to '2' all have one sign"):
        evaluate_investment(flows(1, 2), D("0.1"), "USD")
    with pytest.raises(InvalidInput, match=r"rate '-0\.1' is outside") as caught:
        evaluate_investment(flows(-1, 2), D("-0.1"), "USD")
    assert caught.value.field == "rate"
    with pytest.raises(InvalidInput, match="change sign 14 times"):
        evaluate_investment(flows(*[(-1) ** n * (n + 1) for n in range(15)]), D("0.1"), "USD")


def test_a_hostile_row_of_flows_ends() -> None:
    long = [D(-1) ** (n // 28) * (n + 1) for n in range(361)]
    assert evaluate_investment(long, D("0.1"), "USD").npv != 0


EXCEL_DATES = [date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1)]


def test_the_examples_of_excels_xnpv_and_xirr() -> None:
    found = evaluate_investment(flows(-10000, 2750, 4250, 3250, 2750), D("0.09"), "USD", EXCEL_DATES)

    assert (found.npv, found.irr_unique) == (D("2086.65"), True)
    assert found.irr is not None and round(found.irr, 6) == D("0.373363")
    assert "days / 365" in found.method


def test_dated_flows_a_year_apart_are_the_even_ones_and_two_rates_are_both_found() -> None:
    """Dates in years of 365 days: -100, 230, -132 has the rates 10 and 20 percent."""
    days = [date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1)]
    found = evaluate_investment(flows(-100, 230, -132), D("0.15"), "USD", days)
    even = evaluate_investment(flows(-100, 230, -132), D("0.15"), "USD")

    assert found.irr_all == even.irr_all == [D("0.1"), D("0.2")]
    assert (found.npv, found.mirr) == (even.npv, even.mirr)


def test_dates_out_of_order_missing_or_with_a_timing_are_refused() -> None:
    two = flows(-1, 2)
    with pytest.raises(InvalidInput, match="does not come after") as caught:
        evaluate_investment(two, D(0), "USD", [date(2026, 1, 2), date(2026, 1, 2)])
    assert caught.value.field == "dates.1"
    with pytest.raises(InvalidInput, match="1 dates for 2 flows"):
        evaluate_investment(two, D(0), "USD", [date(2026, 1, 2)])
    with pytest.raises(InvalidInput, match="leave first_flow and timing out"):
        evaluate_investment(two, D(0), "USD", [date(2026, 1, 2), date(2027, 1, 2)], "t1")


def test_a_return_too_large_to_quote_is_said_not_denied() -> None:
    """100 becomes 1,000 in a day: (1 + r)^(1/365) = 10, so r is about 10^365."""
    found = evaluate_investment(
        [Decimal(-100), Decimal(1000)], Decimal("0.1"), "USD", dates=[date(2024, 2, 29), date(2024, 3, 1)]
    )
    assert (found.irr, found.irr_unique) == (None, False)
    assert any("too large to be quoted" in warning for warning in found.warnings)
    assert not any("there is no IRR" in warning for warning in found.warnings)


def test_a_leap_day_counts_as_any_other_day() -> None:
    """366 days from 29 February 2024: 100 grows to 110 at r with (1 + r)^(366/365) = 1.1."""
    found = evaluate_investment(
        [Decimal(-100), Decimal(110)], Decimal("0.1"), "USD", dates=[date(2024, 2, 29), date(2025, 3, 1)]
    )
    assert found.irr is not None
    assert abs(float(found.irr) - (1.1 ** (365 / 366) - 1)) < 1e-8


def test_long_amounts_are_shortened_at_the_bars_so_that_they_keep_clear_of_the_names() -> None:
    flows = [Decimal(-1_000_000_000)] + [Decimal(9_000_000)] * 360
    result = evaluate_investment(flows, Decimal("0.005"), "USD")
    tornado = view(result, {"flows": flows, "rate": Decimal("0.005"), "currency": "USD"}).pictures["tornado"]
    assert says(tornado, "2.24B")
    assert not says(tornado, "2,240,000,000.00")
