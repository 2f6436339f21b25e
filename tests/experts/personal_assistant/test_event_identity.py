"""An event that moves keeps its identity, and its zone reaches as far as its rule."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import vobject

from experts.core.errors import InvalidInput

Call = Callable[..., Any]


def test_a_moved_event_updates_the_old_one(call: Call, arguments: dict[str, Any]) -> None:
    """RFC 5545 3.8.4.7 and 3.8.7.4: the same UID and a higher SEQUENCE revise an event."""
    given = arguments["create_calendar_event"]
    old = call("create_calendar_event", **given)
    moved = {"start": "2026-12-03T10:00", "end": "2026-12-03T11:00", "summary": "Supplier review, moved"}
    new = call("create_calendar_event", **{**given, **moved, "uid": old.uid, "sequence": 1})
    event = vobject.readOne(new.ics).vevent
    assert event.uid.value == vobject.readOne(old.ics).vevent.uid.value == old.uid
    assert event.sequence.value == "1" and event.dtstart.value.day == 3 and new.warnings == []


def test_two_new_events_have_two_uids_and_one_call_one(call: Call, arguments: dict[str, Any]) -> None:
    given = arguments["create_calendar_event"]
    made = [
        call("create_calendar_event", **{**given, "start": start}).uid
        for start in ("2026-12-02T13:00", "2026-12-02T13:30")
    ]
    assert len(set(made)) == 2
    assert call("create_calendar_event", **given).uid == call("create_calendar_event", **given).uid


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sequence": 1}, "which one is not said; give the uid"),
        ({"uid": "two words", "sequence": 1}, "printable ASCII without spaces"),
        ({"uid": "x\r\nATTENDEE:mailto:a@b.example", "sequence": 1}, "printable ASCII"),
    ],
)
def test_a_change_without_an_event_is_refused(
    call: Call, arguments: dict[str, Any], changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(InvalidInput, match=message):
        call("create_calendar_event", **{**arguments["create_calendar_event"], **changes})


def test_a_change_with_the_same_sequence_is_warned_of(call: Call, arguments: dict[str, Any]) -> None:
    found = call("create_calendar_event", **arguments["create_calendar_event"], uid="a@example.com")
    assert found.uid == "a@example.com" and "SEQUENCE is not higher" in found.warnings[0]


def onsets(ics: str) -> list[int]:
    """Years of the clock changes in the zone component."""
    lines = ics.split("BEGIN:VEVENT")[0].replace("\r\n", "\n").split("\n")
    return [datetime.strptime(line[8:23], "%Y%m%dT%H%M%S").year for line in lines if line.startswith("DTSTART:")]


SERIES = {"summary": "Weekly", "start": "2026-11-02T09:00", "end": "2026-11-02T09:30"}


def test_an_endless_rule_says_how_far_its_zone_reaches(call: Call) -> None:
    found = call("create_calendar_event", **SERIES, zone="Europe/Berlin", rrule="FREQ=WEEKLY")
    assert max(onsets(found.ics)) >= 2038
    assert "has no end" in found.warnings[0] and "Europe/Berlin to the end of 2038" in found.warnings[0]


def test_a_rule_with_an_end_has_every_clock_change_and_no_warning(call: Call) -> None:
    until = call("create_calendar_event", **SERIES, zone="Europe/Berlin", rrule="FREQ=WEEKLY;UNTIL=20501231T000000Z")
    assert max(onsets(until.ics)) >= 2050 and until.warnings == []
    # 1,500 Mondays from November 2026 end in July 2055.
    counted = call("create_calendar_event", **SERIES, zone="Europe/Berlin", rrule="FREQ=WEEKLY;COUNT=1500")
    assert max(onsets(counted.ics)) >= 2055 and counted.warnings == []


def test_a_rule_of_centuries_is_bounded_and_a_zone_without_changes_needs_no_warning(call: Call) -> None:
    long = call("create_calendar_event", **SERIES, zone="Europe/Berlin", rrule="FREQ=YEARLY;COUNT=9999")
    assert "to the end of 2086" in long.warnings[0] and len(long.ics) < 60_000
    assert call("create_calendar_event", **SERIES, zone="Asia/Tokyo", rrule="FREQ=WEEKLY").warnings == []
