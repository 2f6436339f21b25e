"""VTIMEZONE of a zone for some years, with every change of the clocks written out (RFC 5545 3.6.5)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)


def vtimezone(place: ZoneInfo, first_year: int, last_year: int) -> Any:
    """The component: one observance for the start and one per change.

    An onset is local time by the offset before it, as 3.8.2.4 and 3.6.5 demand.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    made = Timezone()
    made.add("tzid", place.key)
    start = datetime(first_year, 1, 1, tzinfo=UTC)
    changes = [start, *_changes(place, start, datetime(last_year + 1, 1, 1, tzinfo=UTC))]
    for number, at in enumerate(changes):
        after = at.astimezone(place)
        offset = after.utcoffset() or timedelta()
        before = (at - _MINUTE).astimezone(place).utcoffset() or timedelta()
        part = TimezoneDaylight() if after.dst() else TimezoneStandard()
        part.add("dtstart", (at + (before if number else offset)).replace(tzinfo=None))
        part.add("tzoffsetfrom", before if number else offset)
        part.add("tzoffsetto", offset)
        part.add("tzname", after.tzname() or place.key)
        made.add_component(part)
    return made


def _changes(place: ZoneInfo, start: datetime, end: datetime) -> list[datetime]:
    found = []
    at = start
    while at < end:
        step = min(at + timedelta(days=7), end)
        if _rule(place, at) != _rule(place, step):
            low, high = at, step
            while high - low > _MINUTE:
                middle = low + (high - low) / 2
                middle = middle.replace(second=0, microsecond=0)
                middle = low + _MINUTE if middle <= low else middle
                if _rule(place, middle) == _rule(place, at):
                    low = middle
                else:
                    high = middle
            found.append(high)
            step = high
        at = step
    return found


def _rule(place: ZoneInfo, at: datetime) -> tuple[timedelta | None, str | None]:
    here = at.astimezone(place)
    return here.utcoffset(), here.tzname()
