"""What a campaign's results cost, and when they pay back.

Cost per result = spend / results, rounded half up to the currency's unit. Return on
spend = order_value * results / spend, two places: sales of the first orders only.
Payback: the month whose order brings the contribution (order_value * gross_margin an
order, a share `monthly_retention` ordering again each month) to the cost per result; it is
absent if the cost never comes back. Raises InvalidInput if the ends are out of order.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, Months, NonNegativeMoney, NonNegativeVolume, Ratio, Share, plain, round_to
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
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compute_campaign_kpis(
    spend: Annotated[NonNegativeMoney, Field(description="all that the campaign spends")],
    results_low: NonNegativeVolume,
    results_expected: NonNegativeVolume,
    results_high: NonNegativeVolume,
    currency: Annotated[str, Field(description="ISO 4217, for example USD")],
    order_value: Annotated[NonNegativeMoney | None, Field(description="what one result sells for")] = None,
    gross_margin: Annotated[Share | None, Field(description="share of the order value")] = None,
    monthly_retention: Annotated[
        Share | None, Field(description="share of customers who order again each month")
    ] = None,
) -> CampaignKpis:
    """Work out cost per result, payback and return on spend over a range of results.

    Use when forecast results are to be judged against targets. It does not allocate, and it
    does not discount money over time: payback within a year or so needs none.
    """
    if not results_low <= results_expected <= results_high:
        raise InvalidInput(
            f"results {plain(results_low)}, {plain(results_expected)}, {plain(results_high)} are not in the order low, "
            "expected, high; swap them",
            field="results_low",
        )
    costs = [_cost(spend, results, currency) for results in (results_high, results_expected, results_low)]
    months = [_payback(order_value, gross_margin, monthly_retention, cost) for cost in costs]
    returns = [_return(order_value, spend, results) for results in (results_high, results_expected, results_low)]
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
        method=(
            "Cost per result: spend over results. Return on spend: sales of the first orders over spend. "
            "Payback: the month whose order has covered the cost per result, orders shrinking with retention."
        ),
        assumptions=["The spend is the same whatever the results are."],
    )


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
