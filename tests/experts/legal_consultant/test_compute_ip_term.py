"""Terms by 35 USC 154 and 173 and 17 USC 302 to 305; well-known cases."""

from collections.abc import Callable
from typing import Any

import pytest

from experts.core.errors import InvalidInput

Call = Callable[..., Any]


@pytest.mark.parametrize(
    ("arguments", "expires"),
    [
        ({"right": "utility_patent", "filed": "2010-06-01", "granted": "2013-02-05"}, "2030-06-01"),
        (
            {"right": "utility_patent", "filed": "2010-06-01", "granted": "2013-02-05", "adjustment_days": 100},
            "2030-09-09",
        ),
        ({"right": "design_patent", "filed": "2018-01-02", "granted": "2020-03-03"}, "2035-03-03"),
        # Steamboat Willie, published and renewed: 95 years, free since 1 January 2024 (17 USC 304, 305)
        (
            {"right": "copyright", "published": 1928, "created": 1928, "renewed": True, "made_for_hire": True},
            "2023-12-31",
        ),
        ({"right": "copyright", "created": 1990, "author_died": 2000}, "2070-12-31"),  # life and 70 years
        (
            {"right": "copyright", "created": 1990, "published": 1995, "made_for_hire": True},
            "2090-12-31",
        ),  # 95 from publication
    ],
)
def test_a_right_ends_on_its_day(call: Call, arguments: dict[str, Any], expires: str) -> None:
    found = call("compute_ip_term", as_of="2027-03-01", **arguments)
    assert str(found.expires) == expires
    assert found.in_force is (expires >= "2027-03-01")


def test_fees_are_due_three_and_a_half_years_after_the_grant(call: Call) -> None:
    found = call(
        "compute_ip_term", right="utility_patent", as_of="2014-01-01", filed="2010-06-01", granted="2013-02-05"
    )
    first = found.milestones[0]
    assert (str(first.opens), str(first.due), str(first.grace_ends)) == ("2016-02-05", "2016-08-05", "2017-02-05")


def test_a_missing_fact_is_asked_for(call: Call) -> None:
    with pytest.raises(InvalidInput, match="filed"):
        call("compute_ip_term", right="utility_patent", as_of="2027-03-01")
