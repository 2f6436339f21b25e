"""Several meetings placed together, and how the times found are shown."""

import re
from collections.abc import Callable
from datetime import date, datetime
from inspect import signature
from itertools import pairwise, product
from typing import Any

import pytest
from pydantic import create_model

from coordinator.exports._svg import says
from experts.core.discovery import Expert, load_view
from experts.core.errors import InvalidInput
from experts.personal_assistant.tools import _timetable
from experts.personal_assistant.tools.find_meeting_slots import Participant, Session, find_meeting_slots

Call = Callable[..., Any]
DAY = {"first": "2026-12-01", "last": "2026-12-01"}


def person(*busy: tuple[str, str], zone: str = "UTC", **more: Any) -> dict[str, Any]:
    return {
        "zone": zone,
        "busy": [{"start": f"2026-12-01T{a}", "end": f"2026-12-01T{b}"} for a, b in busy],
        **more,
    }


# Three meetings of three people on one day; every pair shares somebody.
PEOPLE = {
    "ana": person(("09:00", "10:00"), ("12:00", "13:00")),
    "bo": person(("10:30", "11:00"), ("14:00", "16:00")),
    "cy": person(("09:00", "09:30"), ("15:00", "17:00")),
}
MEETINGS: dict[str, Any] = {
    "review": {"people": ["ana", "bo"]},
    "hiring": {"people": ["bo", "cy"]},
    "budget": {"people": ["ana", "cy"], "minutes": 120},
}


def spans(found: Any) -> dict[str, tuple[datetime, datetime]]:
    return {
        key: (datetime.fromisoformat(slot.start_utc), datetime.fromisoformat(slot.end_utc))
        for key, slot in found.plan.items()
    }


def test_the_plan_is_what_trying_every_combination_gives(call: Call) -> None:
    """Exhaustive search written apart from the tool: all grid starts, no overlap for anybody, first meetings earliest."""
    found = call("find_meeting_slots", people=PEOPLE, minutes=60, meetings=MEETINGS, **DAY)
    lengths = {key: one.get("minutes", 60) for key, one in MEETINGS.items()}

    def minute(text: str) -> int:
        return int(text[-5:-3]) * 60 + int(text[-2:])

    taken = {who: [(minute(b["start"]), minute(b["end"])) for b in one["busy"]] for who, one in PEOPLE.items()}
    best = None
    for starts in product(range(540, 1020, 30), repeat=3):
        booked = {who: list(busy) for who, busy in taken.items()}
        for (key, one), start in zip(MEETINGS.items(), starts, strict=True):
            for who in one["people"]:
                booked[who].append((start, start + lengths[key]))
        inside = all(start + lengths[key] <= 1020 for key, start in zip(MEETINGS, starts, strict=True))
        clear = all(before[1] <= after[0] for busy in booked.values() for before, after in pairwise(sorted(busy)))
        if inside and clear and (best is None or starts < best):
            best = starts
    assert best is not None and found.proven and found.slots == []
    assert [one[0].hour * 60 + one[0].minute for one in spans(found).values()] == list(best)


def test_meetings_of_one_person_keep_the_buffer_and_others_may_be_at_the_same_time(call: Call) -> None:
    people = {"ana": person(), "bo": person()}
    meetings = {"first": {"people": ["ana"]}, "second": {"people": ["ana"]}, "alone": {"people": ["bo"]}}
    found = call("find_meeting_slots", people=people, minutes=60, buffer=30, meetings=meetings, **DAY)
    assert {key: f"{start:%H:%M}" for key, (start, _) in spans(found).items()} == {
        "first": "09:00",
        "second": "10:30",
        "alone": "09:00",
    }


def test_a_meeting_that_would_be_outside_hours_takes_the_place_of_one_that_need_not_be(call: Call) -> None:
    """Ana and Kim share only 17:00 UTC (09:00 in Los Angeles): the first meeting, earliest by itself, leaves it free."""
    people = {
        "ana": person(work_start="17:00", work_end="19:00"),
        "kim": person(zone="America/Los_Angeles", work_end="10:00"),
    }
    meetings = {"desk": {"people": ["ana"]}, "call": {"people": ["ana", "kim"]}}
    found = call("find_meeting_slots", people=people, minutes=60, stretch=60, meetings=meetings, **DAY)
    assert {key: f"{start:%H:%M}" for key, (start, _) in spans(found).items()} == {"desk": "18:00", "call": "17:00"}
    assert all(slot.inconvenienced == [] for slot in found.plan.values())


def test_meetings_that_cannot_all_be_held_are_said_to_clash(call: Call) -> None:
    people = {"ana": person(work_start="09:00", work_end="11:00")}
    meetings = {f"m{at}": {"minutes": 60} for at in range(3)}
    found = call("find_meeting_slots", people=people, minutes=60, meetings=meetings, **DAY)
    assert found.plan == {} and found.proven and "without a clash" in found.warnings[0]
    alone = call("find_meeting_slots", people=people, minutes=60, meetings={"long": {"minutes": 180}}, **DAY)
    assert alone.plan == {} and "No time suits long even alone" in alone.warnings[0]


def test_a_search_that_is_cut_short_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_timetable, "WORK", 10)
    people = {key: Participant.model_validate(one) for key, one in PEOPLE.items()}
    meetings = {key: Session.model_validate(one) for key, one in MEETINGS.items()}
    found = find_meeting_slots(people, date(2026, 12, 1), date(2026, 12, 1), 60, meetings=meetings)
    assert not found.proven and found.warnings


def test_twelve_meetings_of_the_same_people_over_a_month_end(call: Call) -> None:
    people = {f"p{at}": person() for at in range(3)}
    meetings = {f"m{at}": {"minutes": 30 + 15 * (at % 5)} for at in range(12)}
    found = call(
        "find_meeting_slots", people=people, minutes=60, first="2026-12-01", last="2026-12-31", meetings=meetings
    )
    times = sorted(spans(found).values())
    assert len(times) == 12 and all(a[1] <= b[0] for a, b in pairwise(times))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"meetings": {"a": {"people": ["anna"]}}}, "names 'anna'.*ana"),
        ({"meetings": {"a": {"people": ["opt"]}}}, "every person of meeting 'a' is optional"),
        ({"people": {"opt": person(optional=True)}}, "every person is optional"),
        ({"meetings": {f"m{n}": {} for n in range(12)}, "step": 5, "last": "2026-12-31"}, "too many to compare"),
    ],
)
def test_meetings_that_cannot_be_understood_are_refused(call: Call, changes: dict[str, Any], message: str) -> None:
    people = {**PEOPLE, "opt": person(optional=True), **{f"x{n}": person() for n in range(10)}}
    with pytest.raises(InvalidInput, match=message):
        call("find_meeting_slots", **{"people": people, "minutes": 60, **DAY, **changes})


def shown(expert: Expert, **given: Any) -> Any:
    fields: Any = {
        key: (one.annotation, ... if one.default is one.empty else one.default)
        for key, one in signature(find_meeting_slots).parameters.items()
    }
    typed = create_model("typed", **fields).model_validate(given)
    arguments = {key: getattr(typed, key) for key in fields}
    made = load_view(expert, "find_meeting_slots")
    assert made is not None
    return made(find_meeting_slots(**arguments), arguments)


def test_the_title_does_not_claim_everybody_where_an_optional_person_is_missing(expert: Expert) -> None:
    people = {"ana": person(), "max": person(("00:00", "23:59"), optional=True)}
    view = shown(expert, people=people, minutes=60, **DAY)
    assert view.title == "Best time: 2026-12-01 09:00 UTC, in hours for all who attend; without max (optional)"
    assert shown(expert, people={"ana": person()}, minutes=60, **DAY).title.endswith("in hours for all")


def fills(picture: str, y: float) -> dict[str, float]:
    """Hours of each colour in the row of the strip that begins at y."""
    found: dict[str, float] = {}
    for match in re.finditer(
        r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="34.0" rx="0" fill="([^"]+)"', picture
    ):
        if float(match[2]) == y:
            found[match[4]] = found.get(match[4], 0) + float(match[3]) / 30
    return found


def test_the_strip_shows_busy_times_and_holidays(expert: Expert) -> None:
    # 25 December 2026 is a Friday and a holiday in Germany; ana works that day, from 09:00, and is busy for two hours.
    people = {
        "ana": {"zone": "UTC", "busy": [{"start": "2026-12-25T11:00", "end": "2026-12-25T13:00"}]},
        "lena": {"zone": "UTC", "country": "DE"},
    }
    picture = shown(expert, people=people, first="2026-12-25", last="2026-12-25", minutes=60).pictures["overlap"]
    # One line of title: rows begin at 32 + 22 + 14 + 10 and 40 lower.
    assert fills(picture, 78) == pytest.approx({"#ECEFF3": 16, "#BFE3C6": 8, "#F4B9AE": 2})
    assert fills(picture, 118) == pytest.approx({"#D6D9DE": 24})


def test_a_long_title_is_shortened_by_name_and_never_cut_within(expert: Expert) -> None:
    people = {f"a_person_with_quite_a_long_key_{n:02d}": person(zone=("UTC", "Asia/Tokyo")[n % 2]) for n in range(20)}
    view = shown(expert, people=people, minutes=60, stretch=720, **DAY)
    assert " more" in view.title and len(view.title) < 200
    assert says(view.pictures["overlap"], view.title.split(" and ")[-1])
    assert len(view.blocks[1].body["columns"]) <= 6


def test_several_meetings_are_numbered_in_the_picture_and_listed(expert: Expert) -> None:
    view = shown(expert, people=PEOPLE, minutes=60, meetings=MEETINGS, **DAY)
    assert view.title == "3 meetings placed without a clash, in hours for all"
    assert (
        view.pictures["overlap"]
        == shown(expert, people=PEOPLE, minutes=60, meetings=MEETINGS, **DAY).pictures["overlap"]
    )
    assert [row["meeting"] for row in view.blocks[1].body["rows"].values()] == ["review", "hiring", "budget"]
