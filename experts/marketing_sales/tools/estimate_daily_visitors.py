"""The traffic that a forecast of results implies.

results / conversion_rate / (campaign_weeks * 7), two decimal places, half up.
Raises InvalidInput for a rate or a length of zero.
"""

from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, NonNegativeVolume, Share, Volume, plain, round_to


class DailyVisitors(Model):
    daily_visitors: Volume
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def estimate_daily_visitors(
    results: Annotated[NonNegativeVolume, Field(description="results expected from the whole campaign")],
    conversion_rate: Annotated[Share, Field(description="results per visitor, as a fraction")],
    campaign_weeks: Annotated[Count, Field(description="weeks the campaign runs")],
) -> DailyVisitors:
    """Work back from forecast results to the visitors a day that bring them.

    Use when a test has to be timed and nobody knows the traffic yet. It does not replace
    a count: where analytics exist, take the visitors from there.
    """
    if conversion_rate == 0:
        raise InvalidInput(
            "conversion_rate 0 means that no visitor becomes a result; give today's rate, for example 0.03",
            field="conversion_rate",
        )
    if campaign_weeks == 0:
        raise InvalidInput("campaign_weeks 0 leaves no day for a visitor; give at least 1", field="campaign_weeks")
    visitors = results / conversion_rate / (campaign_weeks * 7)
    if visitors > 10**12:
        raise InvalidInput(
            f"conversion_rate {plain(conversion_rate)} implies {visitors:.2E} visitors a day; check it",
            field="conversion_rate",
        )
    return DailyVisitors(
        daily_visitors=round_to(visitors, 2),
        method="Forecast results divided by the conversion rate and by the days of the campaign.",
        assumptions=["Every result comes through the page, and visitors come evenly over the campaign."],
    )
