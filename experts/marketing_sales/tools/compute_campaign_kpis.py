"""What a campaign's results cost, and when they pay back.

Cost per result = spend / results, rounded half up to the currency's unit. Return on
spend (ROAS) = order_value * results / spend, two places: sales of the first orders only.
Click-through rate = clicks / impressions; cost per click = spend / clicks; cost per thousand
impressions (CPM) = 1000 * spend / impressions; conversion = expected results / clicks
(Farris et al., Marketing Metrics, 3rd ed. 2016; IAB).
Payback: the month whose order brings the contribution (order_value * gross_margin an
order, a share `monthly_retention` ordering again each month) to the cost per result; it is
absent if the cost never comes back. Without a low or a high end the expected results are taken, as of a campaign that is over.
Raises InvalidInput if the ends are out of order, or clicks are above impressions.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import (
    Money,
    Months,
    NonNegativeMoney,
    NonNegativeVolume,
    Rate,
    Ratio,
    Share,
    plain,
    round_to,
)
from experts.marketing_sales.tools._curves import EXACT
from experts.marketing_sales.tools._payback import payback


class CampaignKpis(Model):
    """Measures at the low, expected and high end of the results.

    `best` goes with the high end of the results, `worst` with the low end. A measure that
    cannot be computed (no results, no economics, a cost that never comes back) is absent.
    """

    cost_per_result_best: Money | None = None
    cost_per_result: Money | None = None
    cost_per_result_worst: Money | None = None
    payback_months_best: Months | None = None
    payback_months: Months | None = None
    payback_months_worst: Months | None = None
    return_on_spend_best: Ratio | None = None
    return_on_spend: Ratio | None = None
    return_on_spend_worst: Ratio | None = None
    click_through_rate: Rate | None = None
    cost_per_click: Money | None = None
    cost_per_thousand: Money | None = None
    conversion_rate: Rate | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compute_campaign_kpis(
    spend: NonNegativeMoney,
    results_expected: Annotated[NonNegativeVolume, Field(description="or the actual results")],
    currency: str,
    results_low: NonNegativeVolume | None = None,
    results_high: NonNegativeVolume | None = None,
    order_value: Annotated[NonNegativeMoney | None, Field(description="what one result sells for")] = None,
    gross_margin: Annotated[Share | None, Field(description="share of the order value")] = None,
    monthly_retention: Annotated[
        Share | None, Field(description="share of customers who order again each month")
    ] = None,
    impressions: NonNegativeVolume | None = None,
    clicks: NonNegativeVolume | None = None,
) -> CampaignKpis:
    """Work out cost per result (CPA), ROAS and payback over a range of results; CTR, CPC, CPM.

    Use when actual or forecast results are to be judged. It does not allocate or discount.
    """
    low_end = results_expected if results_low is None else results_low
    high_end = results_expected if results_high is None else results_high
    _check_clicks(impressions, clicks)
    if not low_end <= results_expected <= high_end:
        raise InvalidInput(
            f"results {plain(low_end)}, {plain(results_expected)}, {plain(high_end)} are not in the order low, "
            "expected, high; swap them",
            field="results_low",
        )
    costs = [_cost(spend, results, currency) for results in (high_end, results_expected, low_end)]
    months = [_payback(order_value, gross_margin, monthly_retention, cost) for cost in costs]
    returns = [_return(order_value, spend, results) for results in (high_end, results_expected, low_end)]
    return CampaignKpis(
        cost_per_result_best=costs[0],
        cost_per_result=costs[1],
        cost_per_result_worst=costs[2],
        payback_months_best=months[0],
        payback_months=months[1],
        payback_months_worst=months[2],
        return_on_spend_best=returns[0],
        return_on_spend=returns[1],
        return_on_spend_worst=returns[2],
        click_through_rate=_rate(clicks, impressions),
        cost_per_click=None if clicks is None else _cost(spend, clicks, currency),
        cost_per_thousand=None if impressions is None else _cost(1000 * spend, impressions, currency),
        conversion_rate=_rate(results_expected, clicks),
        method=(
            "Cost per result: spend over results. Return on spend: sales of the first orders over spend. "
            "Payback: the month whose order has covered the cost per result, orders shrinking with retention. "
            "CTR: clicks over impressions; CPC: spend over clicks; CPM: spend over a thousand impressions."
        ),
        assumptions=["The spend is the same whatever the results are."],
    )


def _check_clicks(impressions: Decimal | None, clicks: Decimal | None) -> None:
    if impressions is not None and clicks is not None and clicks > impressions:
        raise InvalidInput(
            f"clicks {plain(clicks)} are above impressions {plain(impressions)}; an ad is clicked at most once each time "
            "it is shown, so check which is which",
            field="clicks",
        )


def _rate(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    if part is None or not whole:
        return None
    with localcontext(EXACT):
        return round_to(part / whole, 6)


def _cost(spend: Decimal, results: Decimal, currency: str) -> Decimal | None:
    if results == 0:
        return None
    with localcontext(EXACT):
        return round_money(spend / results, currency)


def _payback(
    order_value: Decimal | None, margin: Decimal | None, retention: Decimal | None, cost: Decimal | None
) -> Decimal | None:
    if order_value is None or margin is None or cost is None:
        return None
    return payback(order_value * margin, retention, cost)


def _return(order_value: Decimal | None, spend: Decimal, results: Decimal) -> Decimal | None:
    if order_value is None or spend == 0:
        return None
    with localcontext(EXACT):
        return round_to(order_value * results / spend, 2)
