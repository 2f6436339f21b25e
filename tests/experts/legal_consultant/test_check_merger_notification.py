"""HSR thresholds by the day of closing: 126.4 million from 21 February 2025, 133.9 million from 17 February 2026 (FTC)."""

from collections.abc import Callable
from typing import Any

import pytest

from experts.core.errors import InvalidInput

Call = Callable[..., Any]
SIZES = {
    "acquirer_sales": "300000000",
    "target_assets": "30000000",
    "target_sales": "30000000",
    "target_manufactures": True,
}


@pytest.mark.parametrize(
    ("value", "closing", "outcome"),
    [
        ("130000000", "2026-02-16", "reportable_unless_exempt"),
        ("130000000", "2026-02-17", "not_reportable"),
        ("133900000", "2026-03-02", "not_reportable"),  # "in excess of" the threshold
        ("133900001", "2026-03-02", "reportable_unless_exempt"),
    ],
)
def test_the_threshold_in_force_at_closing_decides(call: Call, value: str, closing: str, outcome: str) -> None:
    found = call("check_merger_notification", value_usd=value, closing=closing, **SIZES)
    assert found.outcome == outcome
    assert found.escalate or outcome == "not_reportable"


def test_above_the_size_of_persons_limit_sizes_do_not_matter(call: Call) -> None:
    assert call("check_merger_notification", value_usd="600000000", closing="2026-06-01").outcome.startswith(
        "reportable"
    )


def test_a_day_without_a_notice_is_refused(call: Call) -> None:
    with pytest.raises(InvalidInput, match="2031-01-01"):
        call("check_merger_notification", value_usd="1", closing="2031-01-01", **SIZES)
