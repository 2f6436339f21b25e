"""Due dates in the District of Columbia: weekends and legal holidays move them (IRC 7503)."""

from datetime import date, timedelta
from functools import cache


@cache
def _holidays(year: int) -> frozenset[date]:
    """Legal holidays of the District of Columbia with their observed days, Emancipation Day included."""
    import holidays

    return frozenset(holidays.country_holidays("US", subdiv="DC", years=[year, year + 1]))


def shifted(day: date) -> date:
    """The day itself, or the next that is no Saturday, Sunday or legal holiday in the District of Columbia."""
    while day.weekday() >= 5 or day in _holidays(day.year):
        day += timedelta(days=1)
    return day


def fifteenth(month_end: date, months: int) -> date:
    """The 15th day of the `months`-th month after the month of `month_end` (before it, if negative)."""
    index = month_end.year * 12 + month_end.month - 1 + months
    return date(index // 12, index % 12 + 1, 15)
