"""Cost per result, payback and return on spend over a range of results."""

from decimal import Decimal as D
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.analyze_unit_economics import analyze_unit_economics
from experts.marketing_sales.tools._payback import payback
from experts.marketing_sales.tools.compute_campaign_kpis import CampaignKpis, compute_campaign_kpis


def kpis(spend: int, low: int, expected: int, high: int, currency: str, **more: Any) -> CampaignKpis:
    return compute_campaign_kpis(D(spend), D(expected), currency, results_low=D(low), results_high=D(high), **more)


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


def test_impressions_and_clicks_give_the_measures_of_an_ad() -> None:
    """By hand: 5,400 / 1.2 million x 1000 = 4.50; 5,400 / 18,000 = 0.30; 18,000 / 1.2 million = 1.5%; 900 / 18,000 = 5%."""
    made = compute_campaign_kpis(D(5400), D(900), "USD", impressions=D(1_200_000), clicks=D(18_000))

    assert (made.cost_per_thousand, made.cost_per_click) == (D("4.50"), D("0.30"))
    assert (made.click_through_rate, made.conversion_rate) == (D("0.015"), D("0.05"))
    assert (made.cost_per_result_best, made.cost_per_result, made.cost_per_result_worst) == (6, 6, 6)


def test_an_ad_that_nobody_saw_or_clicked_has_no_rates() -> None:
    made = compute_campaign_kpis(D(100), D(0), "USD", impressions=D(0), clicks=D(0))

    assert made.click_through_rate is made.cost_per_thousand is made.cost_per_click is made.conversion_rate is None


def test_more_clicks_than_impressions_are_refused() -> None:
    with pytest.raises(InvalidInput, match="clicks 11 are above impressions 10"):
        compute_campaign_kpis(D(100), D(1), "USD", impressions=D(10), clicks=D(11))
