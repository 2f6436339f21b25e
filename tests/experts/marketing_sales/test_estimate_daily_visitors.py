"""Visitors a day behind a forecast."""

from decimal import Decimal as D

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.estimate_daily_visitors import estimate_daily_visitors


def test_results_are_worked_back_through_rate_and_days() -> None:
    assert estimate_daily_visitors(D(840), D("0.05"), 12).daily_visitors == 200  # 840 / 0.05 / 84


def test_no_results_mean_no_visitors() -> None:
    assert estimate_daily_visitors(D(0), D("0.05"), 12).daily_visitors == 0


@pytest.mark.parametrize(
    ("rate", "weeks", "words"),
    [("0", 12, "conversion_rate 0"), ("0.05", 0, "campaign_weeks 0"), ("0.00000000000000000001", 1, "implies")],
)
def test_a_rate_or_length_of_nothing_is_refused(rate: str, weeks: int, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        estimate_daily_visitors(D(840), D(rate), weeks)
