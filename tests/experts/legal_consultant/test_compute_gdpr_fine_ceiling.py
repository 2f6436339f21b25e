"""Ceilings of GDPR 83(4) to (6), from the text of the regulation."""

from collections.abc import Callable
from typing import Any

import pytest

from experts.core.errors import InvalidInput

Call = Callable[..., Any]


@pytest.mark.parametrize(
    ("articles", "turnover", "tier", "ceiling"),
    [
        ([33], "1000000000", "83(4)", 20_000_000),  # 2 % of a billion is above 10 million
        ([33], "100000000", "83(4)", 10_000_000),
        ([5], "1000000000", "83(5)", 40_000_000),
        ([6, 33], "100000000", "83(5)", 20_000_000),  # the graver tier decides
        ([5], "500000000", "83(5)", 20_000_000),  # 4 % equals the fixed amount
    ],
)
def test_the_higher_of_amount_and_share_of_turnover(
    call: Call, articles: list[int], turnover: str, tier: str, ceiling: int
) -> None:
    found = call("compute_gdpr_fine_ceiling", articles=articles, turnover_eur=turnover, as_of="2027-03-01")
    assert (found.tier, found.ceiling) == (tier, ceiling)
    assert any("not a prediction" in warning for warning in found.warnings) and found.escalate


def test_an_article_without_a_fine_is_refused(call: Call) -> None:
    with pytest.raises(InvalidInput, match="1"):
        call("compute_gdpr_fine_ceiling", articles=[1], turnover_eur="1", as_of="2027-03-01")
