"""Dates of founders' stock, counted by hand on the calendar."""

from datetime import date

import pytest

from experts.core.errors import InvalidInput
from experts.legal_consultant.tools.plan_founder_stock import plan_founder_stock


def test_the_election_is_due_thirty_days_after_the_transfer() -> None:
    """14 December 2026 and 30 days is Wednesday 13 January 2027, a working day."""
    found = plan_founder_stock({"ada": 3_400_000, "ben": 1_200_000}, date(2026, 12, 14))
    assert (found.election_nominal, found.election_due, found.days_to_elect) == (
        date(2027, 1, 13),
        date(2027, 1, 13),
        30,
    )
    assert (found.cliff, found.vested, found.shares) == (date(2027, 12, 14), date(2030, 12, 14), 4_600_000)
    assert (found.founders["ada"].at_cliff, found.founders["ada"].each_month) == (850_000, 70_833)


def test_a_last_day_on_a_weekend_or_holiday_moves_on() -> None:
    """IRC 7503: 18 December 2026 + 30 days is Sunday 17 January 2027; Monday the 18th is a holiday, so Tuesday."""
    found = plan_founder_stock({"ada": 100}, date(2026, 12, 18))
    assert (found.election_nominal, found.election_due) == (date(2027, 1, 17), date(2027, 1, 19))


def test_a_cliff_longer_than_vesting_and_no_shares_are_refused() -> None:
    with pytest.raises(InvalidInput, match="longer than vesting"):
        plan_founder_stock({"ada": 1}, date(2027, 1, 4), 12, 24)
    with pytest.raises(InvalidInput, match="no founder receives a share"):
        plan_founder_stock({"ada": 0}, date(2027, 1, 4))
