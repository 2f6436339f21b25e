"""A dated content calendar from pillars and a weekly rhythm.

Every chosen weekday of every week from `start` gets one item. Pillars are dealt out by smooth weighted round-robin
(each turn every pillar gains its weight, the highest is taken and pays the sum of all weights; ties go to the pillar
listed first), so that each comes up in proportion to its weight and evenly spread. With a country, days on public
holidays (`holidays` library) are skipped or only marked.

Limits: it says when and on which pillar, not what to write, and knows no best time to post.
"""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from experts.core.calendar import WEEKDAYS, working_calendar
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MOST_WEEKS, MOST_WEIGHT = 104, 100


class ContentItem(Model):
    day: Day
    weekday: str
    pillar: str
    holiday: str | None = None


class ContentCalendar(Model):
    items: list[ContentItem]
    pillars: dict[Key, Count]
    skipped: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_content_calendar(
    pillars: Annotated[dict[Key, Count], Field(description="themes and weights", min_length=1, max_length=20)],
    start: Day,
    weekdays: Annotated[list[Weekday], Field(min_length=1, max_length=7)],
    weeks: Annotated[Count, Field(description="1 to 104")] = 12,
    country: Annotated[str, Field(description="ISO 3166, for public holidays")] = "",
    on_holidays: Literal["skip", "mark"] = "skip",
) -> ContentCalendar:
    """Build a content calendar: a date and a pillar for each item, in proportion to the pillars' weights.

    Use when themes and the weekly rhythm are settled. It does not write content or know the
    best time to post. Holidays are skipped or marked.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise InvalidInput(f"weeks {weeks} must be from 1 to {MOST_WEEKS}", field="weeks")
    for name, weight in pillars.items():
        if not 1 <= weight <= MOST_WEIGHT:
            raise InvalidInput(
                f"pillars.{name} {weight} must be from 1 to {MOST_WEIGHT}; 1 each for equal parts",
                field=f"pillars.{name}",
            )
    if not 1900 <= start.year <= 2200:
        raise InvalidInput(f"start {start} is out of range; choose a day from 1900 to 2200", field="start")
    calendar = working_calendar(country, weekend=[]) if country else None
    total, gained = sum(pillars.values()), dict.fromkeys(pillars, 0)
    items, skipped, counts = [], [], dict.fromkeys(pillars, 0)
    for offset in range(7 * weeks):
        day = start + timedelta(days=offset)
        if WEEKDAYS[day.weekday()] not in weekdays:
            continue
        holiday = calendar.holiday(day) if calendar else None
        if holiday and on_holidays == "skip":
            skipped.append(f"{day}: {holiday}")
            continue
        for name, weight in pillars.items():
            gained[name] += weight
        chosen = max(pillars, key=lambda name: gained[name])
        gained[chosen] -= total
        counts[chosen] += 1
        items.append(ContentItem(day=day, weekday=WEEKDAYS[day.weekday()], pillar=chosen, holiday=holiday))
    warnings = [f"{name!r} never comes up; plan more weeks or days." for name, count in counts.items() if not count]
    if not country:
        warnings.append("No country is given, so public holidays are not looked at.")
    return ContentCalendar(
        items=items,
        pillars=counts,
        skipped=skipped,
        method="One item a chosen weekday; pillars by smooth weighted round-robin; holidays by the holidays library.",
        warnings=warnings,
    )
