"""A local time in other zones, with times that daylight saving skips or repeats named.

The local time is read in its zone by the rules of the IANA time zone database (the release is
in the result), turned into UTC and shown in each other zone with its offset and abbreviation. A
time in a fold (clocks go back) has two readings and both are returned; a time in a gap (clocks go
forward) does not exist: it is refused, with the nearest times that do. Source: IANA tz database;
PEP 495 for folds. Limits: future years follow today's rules, which governments change.
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.personal_assistant.tools import _zones as zones


class Place(Model):
    """The moment in one zone; day_shift counts calendar days from the date asked."""

    zone: str
    local: str
    abbreviation: str
    daylight_saving: bool
    day_shift: int


class Reading(Model):
    """One meaning of the local time."""

    utc: str
    source: Place
    targets: list[Place]


class Conversion(Model):
    """One reading, or two where the clocks show the time twice."""

    kind: Literal["normal", "fold"]
    readings: list[Reading]
    tzdata: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def convert_timezones(
    local: zones.LocalTime,
    zone: str,
    targets: Annotated[list[str], Field(min_length=1, max_length=40)],
) -> Conversion:
    """Convert a local time to other IANA zones, daylight saving included.

    Use when a time is needed elsewhere; a time shown twice gives both readings, a skipped one is refused.
    """
    place = zones.zone(zone)
    others = [zones.zone(name, f"targets.{at}") for at, name in enumerate(targets)]
    asked = zones.moment(local, "local")
    kind = zones.kind_of(asked, place)
    if kind == "gap":
        raise InvalidInput(_gap(asked, place), field="local")
    made = [
        Reading(
            utc=at.isoformat(timespec="minutes"),
            source=_place(at, place, asked),
            targets=[_place(at, other, asked) for other in others],
        )
        for at in zones.readings(asked, place)
    ]
    warnings = []
    if kind == "fold":
        first, second = (reading.source for reading in made)
        warnings.append(
            f"{local} comes twice in {zone} because clocks go back: first as {first.abbreviation} ({first.local}), "
            f"then as {second.abbreviation} ({second.local}). Ask which one is meant."
        )
    return Conversion(
        kind="fold" if kind == "fold" else "normal",
        readings=made,
        tzdata=zones.version(),
        method=f"Local time to UTC and to each zone by the IANA time zone database {zones.version()}.",
        assumptions=["Dates ahead follow the rules in that release; governments may change them."],
        warnings=warnings,
    )


def _place(at: datetime, place: ZoneInfo, asked: datetime) -> Place:
    here = at.astimezone(place)
    return Place(
        zone=place.key,
        local=here.isoformat(timespec="minutes"),
        abbreviation=here.tzname() or "",
        daylight_saving=bool(here.dst()),
        day_shift=(here.date() - asked.date()).days,
    )


def _gap(asked: datetime, place: ZoneInfo) -> str:
    before, after = (asked.replace(tzinfo=place, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    size = zones.minutes(abs(after - before))
    later = (asked.replace(tzinfo=UTC) - min(before, after)).astimezone(place)
    earlier = (asked.replace(tzinfo=UTC) - max(before, after)).astimezone(place)
    shown = "%H:%M %Z" if earlier.date() == later.date() == asked.date() else "%Y-%m-%dT%H:%M %Z"
    return (
        f"{asked:%Y-%m-%dT%H:%M} does not exist in {place.key}: clocks go forward {size} minutes over it; "
        f"say {earlier:{shown}} or {later:{shown}} instead"
    )
