"""Cost per result, payback and return on spend over a range of results."""

from decimal import Decimal as D

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.analyze_unit_economics import analyze_unit_economics
from experts.marketing_sales.tools._payback import payback
from experts.marketing_sales.tools.compute_campaign_kpis import compute_campaign_kpis


def test_the_best_cost_goes_with_the_most_results() -> None:
    made = compute_campaign_kpis(D(9000), D(900), "USD", D(500), D(1000), order_value=D(30), gross_margin=D("0.5"))
    assert (made.cost_per_result_best, made.cost_per_result, made.cost_per_result_worst) == (D(9), D(10), D(18))
    assert (made.return_on_spend_worst, made.return_on_spend, made.return_on_spend_best) == (
        D("1.67"),
        D(3),
        D("3.33"),
    )
    # Contribution 15: the first order covers 9 and 10, and without retention nothing ever covers 18.
    assert (made.payback_months_best, made.payback_months, made.payback_months_worst) == (D(1), D(1), None)


def test_money_is_rounded_to_the_currencys_unit() -> None:
    assert compute_campaign_kpis(D(1000), D(3), "JPY", D(3), D(3)).cost_per_result == 333
    assert compute_campaign_kpis(D(1000), D(3), "KWD", D(3), D(3)).cost_per_result == D("333.333")


def test_no_results_have_no_cost_and_no_payback() -> None:
    made = compute_campaign_kpis(D(1000), D(0), "USD", D(0), D(5), order_value=D(10), gross_margin=D(1))
    assert made.cost_per_result is None
    assert made.payback_months is None
    assert made.return_on_spend == 0


@pytest.mark.parametrize(("cost", "months"), [("10", 1), ("10.01", 2), ("15", 2), ("17.5", 3), ("19.99", 11)])
def test_payback_is_the_month_whose_order_reaches_the_cost(cost: str, months: int) -> None:
    """10 a month, half of the customers staying: 10, 15, 17.5, 18.75 ... and 20 in the limit."""
    assert payback(D(10), D("0.5"), D(cost)) == months


def test_a_cost_above_a_lifetimes_contribution_never_comes_back() -> None:
    assert payback(D(10), D("0.5"), D("20.01")) is None
    assert payback(D(0), D("0.5"), D(1)) is None


def test_payback_is_that_of_the_finance_expert() -> None:
    for retention in (None, D(0), D("0.3"), D("0.78"), D("0.99"), D(1)):
        for cost in ("0", "5", "16.32", "16.33", "30", "60", "74.18", "74.19", "900"):
            owner = analyze_unit_economics(D(34), D("0.48"), D(cost), "USD", retention)
            assert payback(D(34) * D("0.48"), retention, D(cost)) == owner.payback_months, (retention, cost)


def test_results_out_of_order_are_refused() -> None:
    with pytest.raises(InvalidInput, match="500, 400, 600"):
        compute_campaign_kpis(D(1000), D(400), "USD", D(500), D(600))
