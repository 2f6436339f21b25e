"""Trips against published distances, the date line and the clocks of the IANA database."""

from collections.abc import Callable
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Any

import airportsdata
import pytest

from experts.core.errors import InvalidInput

Call = Callable[..., Any]


def flight(origin: str, destination: str, start: str, end: str) -> dict[str, str]:
    return {"kind": "flight", "origin": origin, "destination": destination, "start": start, "end": end}


@pytest.mark.parametrize(
    ("origin", "destination", "published"),
    [
        ("JFK", "LHR", 5554),  # 2,999 nautical miles
        ("JFK", "SIN", 15349),  # 9,537 miles, the longest scheduled flight (Great Circle Mapper, The Independent)
        ("EWR", "SIN", 15345),  # 9,535 miles
        ("LAX", "SYD", 12051),  # 7,488 miles
    ],
)
def test_distances_are_the_published_ones(call: Call, origin: str, destination: str, published: int) -> None:
    trip = flight(origin, destination, "2026-12-01T09:00", "2026-12-03T20:00")
    found = call("plan_itinerary", segments=[trip]).kilometres
    assert abs(found - published) <= 2
    # The sphere of 6,371.2 km radius differs from the ellipsoid by less than 0.6 percent.
    known = airportsdata.load("IATA")
    (a, b), (c, d) = ((radians(known[code]["lat"]), radians(known[code]["lon"])) for code in (origin, destination))
    sphere = 2 * 6371.2 * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))
    assert abs(float(found) / sphere - 1) < 0.006


@pytest.mark.parametrize(
    ("trip", "crossed", "minutes", "jet_lag"),
    [
        # UTC-8 to UTC+11: 15 hours in the air over 34 on the calendar; 19 hours forward is 5 back.
        (flight("LAX", "SYD", "2026-12-01T22:30", "2026-12-03T08:30"), "a day is lost", 900, -5),
        # UTC+13 to UTC-10: lands on the day before.
        (flight("AKL", "HNL", "2026-12-06T16:50", "2026-12-06T02:30"), "a day comes twice", 520, 1),
        (flight("JFK", "SIN", "2026-12-01T22:30", "2026-12-03T06:10"), "", 1120, -11),
        # American Samoa and Samoa: 150 km and 24 hours apart.
        (flight("PPG", "APW", "2026-12-01T10:00", "2026-12-02T10:35"), "a day is lost", 35, 0),
        # Samoa keeps the western side of the line, though it lies east of 180 degrees.
        (flight("APW", "AKL", "2026-12-01T10:00", "2026-12-01T14:00"), "", 240, 0),
        (flight("FRA", "JFK", "2026-12-01T10:00", "2026-12-01T12:45"), "", 525, -6),
    ],
)
def test_the_date_line_and_jet_lag(call: Call, trip: dict[str, str], crossed: str, minutes: int, jet_lag: int) -> None:
    leg = call("plan_itinerary", segments=[trip]).legs[0]
    assert (leg.date_line, leg.elapsed_minutes, leg.jet_lag_hours) == (crossed, minutes, jet_lag)


def test_a_night_train_over_the_end_of_summer_time_takes_an_hour_more(call: Call) -> None:
    train = {
        "kind": "train",
        "origin": "Berlin",
        "origin_zone": "Europe/Berlin",
        "destination": "Wien",
        "destination_zone": "Europe/Vienna",
        "start": "2026-10-24T22:00",
        "end": "2026-10-25T07:00",
    }
    found = call("plan_itinerary", segments=[train])
    assert found.legs[0].elapsed_minutes == 10 * 60 and found.legs[0].kilometres is None
    twice = call("plan_itinerary", segments=[{**train, "end": "2026-10-25T02:30"}])
    assert "comes twice in Europe/Vienna" in twice.warnings[0]
    with pytest.raises(InvalidInput, match="does not exist"):
        call("plan_itinerary", segments=[{**train, "start": "2026-03-28T22:00", "end": "2026-03-29T02:30"}])


def test_papers_follow_the_countries_and_nothing_is_priced(call: Call, arguments: dict[str, Any]) -> None:
    found = call("plan_itinerary", **arguments["plan_itinerary"])
    assert any("US, DE, PT" in line and "ask the official source" in line for line in found.checklist)
    home = call("plan_itinerary", segments=[flight("JFK", "LAX", "2026-12-01T09:00", "2026-12-01T12:30")])
    assert not any("Visa" in line for line in home.checklist) and home.jet_lag_hours == Decimal(-3)
    assert "fare" not in found.model_dump_json().replace("fares, seats", "")


def test_a_change_of_airport_between_flights_is_named(call: Call) -> None:
    trip = [
        flight("JFK", "LHR", "2026-12-01T19:00", "2026-12-02T07:00"),
        flight("LGW", "FRA", "2026-12-02T11:00", "2026-12-02T13:40"),
    ]
    found = call("plan_itinerary", segments=trip[::-1])
    assert [leg.label for leg in found.legs] == ["flight JFK–LHR", "flight LGW–FRA"]
    assert found.connections[0].change_of_place and "a transfer is missing" in found.warnings[0]
