"""Deadlines, each by its own statute's counting rule; dates worked out by hand on a calendar."""

from collections.abc import Callable
from typing import Any

import pytest

from experts.core.errors import InvalidInput

Call = Callable[..., Any]


@pytest.mark.parametrize(
    ("arguments", "nominal", "adjusted"),
    [
        # one month from 31 January is the last day of February (GDPR 12(3), Reg. 1182/71 Art. 3(2)(c)); 2027: a Sunday
        ({"rule": "gdpr_12_3", "event": "2027-01-31", "country": "DE"}, "2027-02-28", "2027-03-01"),
        ({"rule": "gdpr_12_3", "event": "2028-01-31", "country": "DE"}, "2028-02-29", "2028-02-29"),
        # ICO's own example: received on 3 September, answered by 3 October (2027: a Sunday, so the Monday)
        ({"rule": "uk_gdpr_12_3", "event": "2027-09-03"}, "2027-10-03", "2027-10-04"),
        # FRCP 6(a)(1): 14 days from Friday 11 December 2026 is Christmas Day, then a weekend
        ({"rule": "frcp_6", "event": "2026-12-11", "count": 14, "unit": "day"}, "2026-12-25", "2026-12-28"),
        # Paris Convention Art. 4C: twelve months, and six
        ({"rule": "paris_patent_priority", "event": "2026-03-02", "country": "DE"}, "2027-03-02", "2027-03-02"),
        ({"rule": "paris_design_mark_priority", "event": "2026-08-31", "country": "DE"}, "2027-02-28", "2027-03-01"),
        # 11 CCR 7021: 45 calendar days to respond
        ({"rule": "ccpa_respond", "event": "2027-01-04"}, "2027-02-18", "2027-02-18"),
    ],
)
def test_a_period_ends_where_its_rule_says(call: Call, arguments: dict[str, Any], nominal: str, adjusted: str) -> None:
    found = call("compute_statutory_deadline", **arguments)
    assert (found.nominal[:10], found.adjusted[:10]) == (nominal, adjusted)
    assert (nominal != adjusted) == bool(found.moved_by)


def test_72_hours_run_through_the_weekend_and_the_change_of_the_clock(call: Call) -> None:
    # Germany goes to summer time on 28 March 2027 at 02:00: 72 elapsed hours from Friday 18:00 end on Monday 19:00.
    found = call(
        "compute_statutory_deadline", rule="gdpr_33", event="2027-03-26T18:00", zone="Europe/Berlin", country="DE"
    )
    assert found.nominal.startswith("2027-03-29T19:00")


def test_complex_requests_may_take_three_months_in_all(call: Call) -> None:
    found = call("compute_statutory_deadline", rule="gdpr_12_3", event="2027-01-31", country="DE")
    assert found.extended == "2027-04-30" and "first month" in found.extended_if


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"rule": "gdpr_12_3", "event": "9999-12-31", "country": "DE"}, "10000"),
        ({"rule": "gdpr_13", "event": "2027-01-31"}, "rule"),
        ({"rule": "gdpr_12_3", "event": "31.01.2027", "country": "DE"}, "31.01.2027"),
        ({"rule": "gdpr_33", "event": "2027-03-28T02:30", "zone": "Europe/Berlin", "country": "DE"}, "02:30"),
        ({"rule": "gdpr_33", "event": "2027-03-26T18:00", "zone": "Europe/Berln", "country": "DE"}, "Europe/Berln"),
    ],
)
def test_an_unknown_rule_a_date_that_is_none_and_a_time_that_does_not_exist_are_refused(
    call: Call, arguments: dict[str, Any], says: str
) -> None:
    with pytest.raises((InvalidInput, ValueError), match=says):
        call("compute_statutory_deadline", **arguments)
