"""A trip in order: elapsed times over zones, connections, distances and clock shift.

Airports are IATA codes with the zone and position of the `airportsdata` set; other places need their
zone. Departures and arrivals are local; elapsed time is the difference of the moments. Consecutive
journeys must not overlap: a negative layover is refused with both named; one shorter than
`minimum_connection` is flagged. Distance is the geodesic on WGS84 (Karney 2013, geographiclib) between
airports. The clock shift of a leg is the difference of the two offsets at its end; jet lag is that shift
brought into -12 to +12 hours (positive: east, sleep earlier). A leg crosses the date line where the shift
differs from the longitudes (15 degrees an hour, the short way) by about 24 hours: west a calendar day is
lost, east one comes twice. Limits: timeline arithmetic on what is given: no fares, seats, timetables,
entry rules or airline minimum connection times.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import Infeasible, InvalidInput
from experts.core.quantities import Ratio, Volume, round_to
from experts.personal_assistant.tools import _zones as zones


class Segment(Model):
    """Places are IATA codes, or names with their zone; an event or stay needs only origin."""

    kind: Literal["flight", "train", "drive", "event", "stay"]
    origin: Annotated[str, Field(min_length=2, max_length=80)]
    destination: Annotated[str, Field(max_length=80)] = ""
    start: zones.LocalTime
    end: zones.LocalTime
    origin_zone: str | None = None
    destination_zone: str | None = None
    label: Annotated[str, Field(max_length=120)] = ""


class Leg(Model):
    """clock_shift_minutes is what to put watches forward by; jet_lag_hours is positive to the east."""

    number: int
    kind: str
    label: str
    start: str
    end: str
    elapsed_minutes: int
    clock_shift_minutes: int
    jet_lag_hours: Ratio
    date_line: Literal["", "a day is lost", "a day comes twice"] = ""
    kilometres: Volume | None = None


class Connection(Model):
    """Between leg `after` and the next."""

    after: int
    minutes: int
    enough: bool
    change_of_place: bool


class Itinerary(Model):
    """In order of time; stays apart."""

    legs: list[Leg]
    connections: list[Connection]
    total_minutes: int
    kilometres: Volume
    clock_shift_minutes: int
    jet_lag_hours: Ratio
    nights_without_stay: list[str]
    checklist: list[str]
    tzdata: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_itinerary(
    segments: Annotated[list[Segment], Field(min_length=1, max_length=60)],
    minimum_connection: Annotated[int, Field(ge=0, le=1440, description="minutes")] = 60,
) -> Itinerary:
    """Trip timeline over zones: elapsed time, connections, distance, jet lag, date line, papers, nights without a bed.

    Use when a trip's parts are known; never gives fares or timetables.
    """
    made = sorted((_leg(number, one) for number, one in enumerate(segments)), key=lambda item: (item[0], item[1]))
    moving = [item for item in made if item[3].kind != "stay"]
    connections: list[Connection] = []
    warnings = [text for number, one in enumerate(segments) for text in _doubts(one, f"segments.{number}")]
    legs = [_shown(number, item) for number, item in enumerate(made, 1)]
    at = {id(item): number for number, item in enumerate(made, 1)}
    for before, after in pairwise(moving):
        gap = zones.minutes(after[0] - before[1])
        if gap < 0:
            raise Infeasible(
                f"{_name(after[3])!r} starts {-gap} minutes before {_name(before[3])!r} ends; correct a time or zone",
                field="segments",
            )
        travel = before[3].kind in ("flight", "train") and after[3].kind in ("flight", "train")
        left, come = _where(before[3]), after[3].origin
        enough = not travel or gap >= minimum_connection
        connections.append(Connection(after=at[id(before)], minutes=gap, enough=enough, change_of_place=left != come))
        if not enough:
            warnings.append(
                f"{gap} minutes between {_name(before[3])} and {_name(after[3])}: below {minimum_connection}."
            )
        if travel and left != come:
            warnings.append(
                f"{_name(before[3])} ends at {left}, {_name(after[3])} starts at {come}: a transfer is missing."
            )
    first, last = made[0], max(made, key=lambda item: item[1])
    shift = _offset(last[1], last[4][1]) - _offset(last[1], first[4][0])
    distance = sum((leg.kilometres for leg in legs if leg.kilometres is not None), Decimal(0))
    nights = _nights(made)
    if nights:
        warnings.append(f"No stay or journey covers the night of {', '.join(nights)}.")
    return Itinerary(
        legs=legs,
        connections=connections,
        total_minutes=zones.minutes(last[1] - first[0]),
        kilometres=distance,
        clock_shift_minutes=shift,
        jet_lag_hours=_jet_lag(shift),
        checklist=_checklist(segments),
        nights_without_stay=nights,
        tzdata=zones.version(),
        method=f"Moments by IANA tz {zones.version()}; WGS84 geodesic distances (geographiclib) between airports.",
        assumptions=["Times and places are as given; fares, seats and timetables are not known."],
        warnings=warnings,
    )


_Spot = tuple[float, float]
_Item = tuple[datetime, datetime, int, Segment, tuple[ZoneInfo, ZoneInfo], tuple[_Spot, _Spot] | None]


def _leg(number: int, one: Segment) -> _Item:
    field = f"segments.{number}"
    if not one.destination and one.kind not in ("event", "stay"):
        raise InvalidInput(f"{one.kind} from {one.origin!r} has no destination; give it", field=f"{field}.destination")
    start_zone, start_at = _place(one.origin, one.origin_zone, f"{field}.origin")
    end_zone, end_at = start_zone, start_at
    if one.destination:
        end_zone, end_at = _place(one.destination, one.destination_zone, f"{field}.destination")
    start = zones.first_reading(one.start, start_zone, f"{field}.start")
    end = zones.first_reading(one.end, end_zone, f"{field}.end")
    if end <= start:
        raise InvalidInput(
            f"{_name(one)!r} ends {one.end} ({end_zone.key}), not after its start {one.start} ({start_zone.key}); "
            "correct a date or zone",
            field=f"{field}.end",
        )
    spots = (start_at, end_at) if start_at and end_at and one.destination else None
    return start, end, number, one, (start_zone, end_zone), spots


def _doubts(one: Segment, field: str) -> list[str]:
    """Local times that come twice because clocks go back."""
    made = []
    for text, place, given in ((one.start, one.origin, one.origin_zone), (one.end, _where(one), _end_zone(one))):
        where = _place(place, given, field)[0]
        if zones.kind_of(zones.moment(text, field), where) == "fold":
            made.append(f"{text} comes twice in {where.key} (clocks go back); the first is used for {_name(one)}.")
    return made


def _end_zone(one: Segment) -> str | None:
    return one.destination_zone if one.destination else one.origin_zone


def _place(name: str, given: str | None, field: str) -> tuple[ZoneInfo, _Spot | None]:
    airport = _airports().get(name)
    if airport is None and not given:
        raise InvalidInput(
            f"place {name!r} is not an IATA airport code; use three capitals such as 'JFK' or give its zone",
            field=field,
        )
    where = (float(airport["lat"]), float(airport["lon"])) if airport else None
    return zones.zone(given or str(airport["tz"] if airport else ""), f"{field}_zone"), where


@cache
def _airports() -> dict[str, Any]:
    import airportsdata

    return dict(airportsdata.load("IATA"))


def _distance(start: _Spot, end: _Spot) -> Decimal:
    from geographiclib.geodesic import Geodesic

    return round_to(Decimal(str(Geodesic.WGS84.Inverse(*start, *end)["s12"])) / 1000, 1)


def _shown(number: int, item: _Item) -> Leg:
    start, end, _, one, (first, last), spots = item
    shift = _offset(end, last) - _offset(end, first)
    return Leg(
        number=number,
        kind=one.kind,
        label=_name(one),
        start=zones.shown(start, first),
        end=zones.shown(end, last),
        elapsed_minutes=zones.minutes(end - start),
        clock_shift_minutes=shift,
        jet_lag_hours=_jet_lag(shift),
        date_line=_date_line(shift, *spots) if spots else "",
        kilometres=_distance(*spots) if spots else None,
    )


def _jet_lag(shift: int) -> Decimal:
    """Hours from -12 (not included) to 12 that the body clock is behind."""
    return round_to(Decimal(720 - (720 - shift) % 1440) / 60, 2)


def _date_line(shift: int, start: _Spot, end: _Spot) -> Literal["", "a day is lost", "a day comes twice"]:
    east = (end[1] - start[1] + 180) % 360 - 180
    turns = round((shift / 60 - east / 15) / 24)
    return "a day is lost" if turns > 0 else "a day comes twice" if turns < 0 else ""


def _checklist(segments: list[Segment]) -> list[str]:
    """Papers to have ready; what a country asks for is never stated, only that it must be looked up."""
    known = _airports()
    codes = [code for one in segments for code in (one.origin, one.destination) if code in known]
    countries = list(dict.fromkeys(str(known[code]["country"]) for code in codes))
    kinds = {one.kind for one in segments}
    made = ["Confirmation and reference of every leg and stay, also offline"]
    if len(countries) > 1:
        made += [
            f"Passport or identity card, valid long enough for {', '.join(countries)}",
            f"Visa, travel authorisation and transit rules of {', '.join(countries)}: ask the official source",
            "Health and vaccination requirements: ask the official source",
        ]
    elif "flight" in kinds:
        made.append("Photo identification that the airline accepts")
    if "drive" in kinds:
        made.append("Driving licence (international permit where asked for), rental or vehicle papers")
    if "event" in kinds:
        made.append("Invitation, address and telephone number of the host")
    return [*made, "Insurance policy and emergency numbers", "Payment cards, and the receipts envelope"]


def _offset(at: datetime, place: ZoneInfo) -> int:
    return zones.minutes(at.astimezone(place).utcoffset() or timedelta())


def _name(one: Segment) -> str:
    return one.label or (
        f"{one.kind} {one.origin}–{one.destination}" if one.destination else f"{one.kind} {one.origin}"
    )


def _where(one: Segment) -> str:
    return one.destination or one.origin


def _nights(made: list[_Item]) -> list[str]:
    """Nights (03:00 local, where the traveller is) that no stay or journey covers."""
    moving = [item for item in made if item[3].kind != "stay"]
    found = []
    for before, after in pairwise(moving):
        place = before[4][1]
        day = before[1].astimezone(place).date()
        while day < after[0].astimezone(place).date():
            at = zones.readings(zones.midnight(day + timedelta(days=1)) + timedelta(hours=3), place)[0]
            if before[1] <= at < after[0] and not any(item[0] <= at < item[1] for item in made):
                found.append(f"{day}")
            day += timedelta(days=1)
            if len(found) > 60:
                return found
    return found
