"""The working calendar that experts share: the days of the week that are worked, minus public holidays."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = timedelta(days=1)
_LONGEST_LIST = 60


class WorkingCalendar:
    """Which days are worked in one country (and subdivision). Made by `working_calendar`.

    Weekends and public holidays, observed days included, are as the `holidays` library
    publishes them for the days concerned, unless a weekend of one's own is given. A day in
    a year for which the library knows no holidays is an error, never a working day by default.
    """

    def __init__(self, country: str, subdivision: str | None, weekend: frozenset[int] | None, book: Any) -> None:
        self.country = country
        self.subdivision = subdivision
        self._weekend = weekend
        self._book = book

    @property
    def place(self) -> str:
        """Country and subdivision as in ISO 3166: "US", "US-WA"."""
        return f"{self.country}-{self.subdivision}" if self.subdivision else self.country

    def check(self, day: date, field: str = "") -> date:
        """`day`, if holidays are known for its year; raises InvalidInput with the years that are."""
        first, last = self._book.start_year, self._book.end_year
        if not first <= day.year <= last:
            raise InvalidInput(
                f"no public holidays are known for {self.country!r} in {day.year}, the year of {day}; "
                f"the calendar covers {first} to {last}, so choose a day in these years",
                field=field,
            )
        return day

    def is_weekend(self, day: date) -> bool:
        """Whether `day` falls on the weekend; a substitute workday on a weekend counts as worked."""
        if self._weekend is not None:
            return day.weekday() in self._weekend
        return bool(self._book.is_weekend(day)) and day not in self._book.weekend_workdays

    def holiday(self, day: date) -> str | None:
        """The public holiday that keeps `day`, not a weekend day, from being worked; in English where known."""
        self.check(day)
        return None if self.is_weekend(day) else self._book.get(day)

    def is_working(self, day: date) -> bool:
        """Whether `day` is worked. Raises InvalidInput for a year without known holidays."""
        return not self.is_weekend(self.check(day)) and day not in self._book

    def on_or_after(self, day: date) -> date:
        """The first working day from `day` on."""
        while not self.is_working(day):
            day = _next(day)
        return day

    def days_from(self, start: date, count: int) -> list[date]:
        """`count` working days in order, the first of them on or after `start`."""
        found: list[date] = []
        day = start
        while len(found) < count:
            if self.is_working(day):
                found.append(day)
            if len(found) < count:
                day = _next(day)
        return found

    def working_days(self, first: date, last: date) -> list[date]:
        """The working days from `first` to `last`, both included; none if `last` is before `first`."""
        self.check(last)
        return [day for day in _span(self.check(first), last) if self.is_working(day)]

    def between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; negative where `last` comes before `first`."""
        if last < first:
            return -self.between(last, first)
        return len(self.working_days(_next(first), last)) if last > first else 0

    def holidays_between(self, first: date, last: date) -> dict[date, str]:
        """The public holidays from `first` to `last` that fall on days otherwise worked, with their names."""
        self.check(last)
        named = ((day, self.holiday(day)) for day in _span(self.check(first), last))
        return {day: name for day, name in named if name}

    def years_without_holidays(self, first: date, last: date) -> list[int]:
        """Years from `first` to `last` for which the library lists no public holiday at all."""
        years = range(self.check(first).year, self.check(last).year + 1)
        return [
            year
            for year in years
            if not any(self._book.get(day) for day in _span(date(year, 1, 1), date(year, 12, 31)))
        ]


def working_calendar(
    country: str, subdivision: str | None = None, weekend: Sequence[str] | None = None, *, prefix: str = ""
) -> WorkingCalendar:
    """The calendar of a country (ISO 3166-1 alpha-2), of a subdivision of it, perhaps with another weekend.

    `weekend` names the days that are not worked ("friday", "sat"); an empty one means that
    every day but holidays is worked. `prefix` stands before the field names of errors
    ("schedule." where the values are facts). Raises InvalidInput for an unknown country,
    subdivision or weekday, with the nearest or the known ones.
    """
    import holidays
    from holidays.registry import COUNTRIES

    names = {codes[1]: _spaced(codes[0]) for codes in COUNTRIES.values()}
    if country not in names:
        other = {alias.casefold(): codes[1] for codes in COUNTRIES.values() for alias in codes[2:]}
        other |= {name.casefold(): code for code, name in names.items()}
        raise InvalidInput(
            f"country {country!r} is not an ISO 3166 code with a known holiday calendar; write the two capitals "
            f"of the country, for example 'US', 'GB' or 'DE'{_meant(country, names, other)}",
            field=f"{prefix}country",
        )
    known = holidays.list_supported_countries().get(country, [])
    if subdivision is not None and subdivision not in known:
        raise InvalidInput(_unknown_subdivision(country, subdivision, known), field=f"{prefix}subdivision")
    plain = holidays.country_holidays(country, subdiv=subdivision)
    language = "en_US" if "en_US" in plain.supported_languages else None
    book = holidays.country_holidays(country, subdiv=subdivision, language=language)
    return WorkingCalendar(country, subdivision, _weekend(weekend, f"{prefix}weekend"), book)


def _meant(written: str, names: dict[str, str], other: dict[str, str]) -> str:
    code = other.get(written.casefold()) or (written.upper() if written.upper() in names else None)
    if code is None:
        near = did_you_mean(written.casefold(), other)
        found = re.search(r"'(.+)'", near)
        code = other[found.group(1)] if found else None
    return f"; did you mean {code!r} ({names[code]})?" if code else ""


def _unknown_subdivision(country: str, written: str, known: list[str]) -> str:
    if not known:
        return f"subdivision {written!r}: the calendar of {country!r} has no subdivisions; leave it out"
    import holidays

    aliases = holidays.country_holidays(country).subdivisions_aliases
    short = written.upper().removeprefix(f"{country}-")
    code = (
        short if short in known else next((c for a, c in aliases.items() if a.casefold() == written.casefold()), None)
    )
    hint = f"; did you mean {code!r}?" if code else did_you_mean(written, known)
    listed = f" ({', '.join(known)})" if len(known) <= _LONGEST_LIST else ""
    return (
        f"subdivision {written!r} is not one that the calendar of {country!r} knows{listed}; "
        f"write its ISO 3166-2 code without the country{hint}"
    )


def _weekend(names: Sequence[str] | None, field: str) -> frozenset[int] | None:
    if names is None:
        return None
    chosen = set()
    for name in names:
        word = name.strip().lower()
        found = [i for i, day in enumerate(WEEKDAYS) if word in (day, day[:3])]
        if not found:
            raise InvalidInput(
                f"weekend day {name!r} is not a day of the week; write English names, "
                f"for example 'friday', 'saturday'{did_you_mean(word, WEEKDAYS)}",
                field=field,
            )
        chosen.add(found[0])
    if len(chosen) == len(WEEKDAYS):
        raise InvalidInput(f"weekend {', '.join(names)!r} leaves no working day; leave at least one out", field=field)
    return frozenset(chosen)


def _next(day: date) -> date:
    if day == date.max:
        raise InvalidInput(f"the calendar ends on {day}; choose earlier days")
    return day + _DAY


def _span(first: date, last: date) -> list[date]:
    return [first + _DAY * n for n in range((last - first).days + 1)]


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
