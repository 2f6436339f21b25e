"""Zones of the IANA database as the `tzdata` package has them, whatever the machine's own copy says."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean

LOCAL_TIME = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"
LocalTime = Annotated[str, Field(pattern=LOCAL_TIME, description="YYYY-MM-DDTHH:MM, local")]
Clock = Annotated[str, Field(pattern=r"^\d{2}:\d{2}$")]


def version() -> str:
    """The release of the zone database in use, such as "2026a"."""
    import importlib

    return str(importlib.import_module("tzdata").IANA_VERSION)


@cache
def names() -> frozenset[str]:
    """Every zone name of the database."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text("utf-8").split())


@cache
def _load(name: str) -> ZoneInfo:
    source = resources.files("tzdata").joinpath("zoneinfo")
    for part in name.split("/"):
        source = source.joinpath(part)
    with source.open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def zone(name: str, field: str = "zone") -> ZoneInfo:
    """The zone of that name. InvalidInput suggests the nearest name, or a city for an abbreviation."""
    if name not in names():
        hint = did_you_mean(name, names())
        raise InvalidInput(
            f"zone {name!r} is not a name of the IANA database; write area and city, for example "
            f"'Europe/Berlin' or 'America/New_York'{hint}",
            field=field,
        )
    return _load(name)


def moment(text: str, field: str) -> datetime:
    """A local time without zone. InvalidInput for a day or hour that no calendar has."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(f"{text!r} is not a date and time; write it as '2026-03-29T09:30'", field=field) from error
    if found.tzinfo is not None or not 1900 < found.year < 2200:
        raise InvalidInput(f"{text!r} must be a local time of the years 1901 to 2199 without offset", field=field)
    return found


def clock(text: str, field: str) -> int:
    """Minutes after midnight of "HH:MM"; "24:00" is the end of the day."""
    hours, minutes = int(text[:2]), int(text[3:])
    if hours > 24 or minutes > 59 or (hours == 24 and minutes):
        raise InvalidInput(f"{text!r} is not a time of day; write '00:00' to '24:00'", field=field)
    return hours * 60 + minutes


def kind_of(local: datetime, place: ZoneInfo) -> Literal["normal", "gap", "fold"]:
    """Whether a local time happens once, never (clocks go forward) or twice (clocks go back)."""
    first, second = local.replace(tzinfo=place, fold=0), local.replace(tzinfo=place, fold=1)
    if first.utcoffset() == second.utcoffset():
        return "normal"
    back = first.astimezone(UTC).astimezone(place).replace(tzinfo=None)
    return "fold" if back == local else "gap"


def readings(local: datetime, place: ZoneInfo) -> list[datetime]:
    """The moments in UTC that a local time can mean; of a gap, the one by the offset before it (RFC 5545 3.3.5)."""
    made = [local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return made if kind_of(local, place) == "fold" else made[:1]


def first_reading(text: str, place: ZoneInfo, field: str) -> datetime:
    """The one moment of a local time. InvalidInput for a time skipped; the first of two where it comes twice."""
    local = moment(text, field)
    if kind_of(local, place) == "gap":
        raise InvalidInput(
            f"{text!r} does not exist in {place.key}: clocks go forward over it; choose a time an hour later or earlier",
            field=field,
        )
    return readings(local, place)[0]


def shown(at: datetime, place: ZoneInfo) -> str:
    """A moment as local time with its offset: 2026-11-25T09:00+01:00."""
    return at.astimezone(place).isoformat(timespec="minutes")


def midnight(day: date) -> datetime:
    """The local midnight that begins a day."""
    return datetime(day.year, day.month, day.day)


def minutes(span: timedelta) -> int:
    """Whole minutes of a span."""
    return int(span.total_seconds() // 60)
