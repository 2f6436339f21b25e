"""Public holidays and working days of a country or subdivision.

`list_holidays` lists the holidays from start to end that fall on days otherwise worked;
`add_days` steps `days` working days forward (or back where negative) and lands on a working day;
`count_days` counts the working days after start up to and including end. Weekends and holidays,
observed days included, come from the `holidays` library, which covers country and ISO 3166-2
subdivision; an unknown subdivision is refused with those known, an uncovered year too. Limits:
public holidays only, not bank, school or company closures; proclaimed dates may still change.
"""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from experts.core.calendar import working_calendar
from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day


class Holiday(Model):
    day: Day
    name: str


class Workdays(Model):
    """result is the day reached (add_days); working_days counts those stepped or between."""

    place: str
    holidays: list[Holiday]
    result: Day | None = None
    working_days: int | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_workdays(
    kind: Literal["list_holidays", "add_days", "count_days"],
    country: Annotated[str, Field(description="ISO 3166 code")],
    start: Day,
    end: Day | None = None,
    days: Annotated[int | None, Field(ge=-2000, le=2000)] = None,
    subdivision: str | None = None,
    weekend: Annotated[list[str] | None, Field(max_length=7)] = None,
) -> Workdays:
    """Public holidays of a country or subdivision, a date so many working days away, or working days between.

    Use when holidays or working days matter.
    """
    from importlib.metadata import version

    book = working_calendar(country, subdivision, weekend)
    result, counted = None, None
    first = last = start
    if kind == "add_days":
        if days is None:
            raise InvalidInput("add_days needs `days`, the working days to step; give a whole number", field="days")
        result, counted = _step(book, start, days), days
        first, last = min(start, result), max(start, result)
    else:
        if end is None:
            raise InvalidInput(f"{kind} needs `end`, the last day of the span; give a date", field="end")
        if end < start or (end - start).days > 3700:
            raise InvalidInput(f"end {end} must be on or after start {start} and within ten years", field="end")
        last = end
        counted = book.between(start, end) if kind == "count_days" else len(book.working_days(start, end))
    found = book.holidays_between(first, last)
    empty = book.years_without_holidays(first, last)
    span = "after start up to and including end" if kind == "count_days" else "from start to end, both included"
    return Workdays(
        place=book.place,
        holidays=[Holiday(day=day, name=name) for day, name in found.items()],
        result=result,
        working_days=counted,
        method=f"holidays {version('holidays')}, calendar of {book.place}; "
        + ("steps from the day after start." if kind == "add_days" else f"working days {span}."),
        assumptions=["Holidays on weekends are left out unless an observed day replaces them."],
        warnings=[f"No holiday at all is known for {', '.join(map(str, empty))}; check these years."] if empty else [],
    )


def _step(book: object, start: Day, days: int) -> Day:
    from experts.core.calendar import WorkingCalendar

    assert isinstance(book, WorkingCalendar)
    day, left = start, abs(days)
    while left:
        try:
            day += timedelta(days=1 if days > 0 else -1)
        except OverflowError as error:
            raise InvalidInput(
                f"{days} working days from {start} leave the calendar; use fewer", field="days"
            ) from error
        left -= book.is_working(day)
    return book.on_or_after(day) if not days else day
