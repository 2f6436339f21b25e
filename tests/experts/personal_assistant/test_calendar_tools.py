"""Zones, recurrences, events and working days against published examples and independent parsers."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import vobject
from dateutil import tz

from experts.core.errors import InvalidInput

Call = Callable[..., Any]
NEW_YORK = "America/New_York"

# RFC 5545 section 3.8.5.3, start 2 September 1997 09:00 in New York unless said otherwise.
RFC_EXAMPLES = [
    ("FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02T09:00", ["09-02", "09-12", "09-22", "10-02", "10-12"]),
    ("FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "1997-09-02T09:00",
     ["09-02", "09-04", "09-09", "09-11", "09-16", "09-18", "09-23", "09-25", "09-30", "10-02"]),
    ("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05T09:00",
     ["09-05", "10-03", "11-07", "12-05", "01-02", "02-06", "03-06", "04-03", "05-01", "06-05"]),
    ("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22T09:00", ["09-22", "10-20", "11-17", "12-22", "01-19", "02-16"]),
    ("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30T09:00",
     ["09-30", "10-01", "10-31", "11-01", "11-30", "12-01", "12-31", "01-01", "01-31", "02-01"]),
    ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04T09:00", ["09-04", "10-07", "11-06"]),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05T09:00", ["08-05", "08-10", "08-19", "08-24"]),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05T09:00", ["08-05", "08-17", "08-19", "08-31"]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "start", "days"), RFC_EXAMPLES)
def test_the_published_examples_of_rfc_5545_expand_as_printed(
    call: Call, rule: str, start: str, days: list[str]
) -> None:
    found = call("expand_recurrence", rrule=rule, start=start, zone=NEW_YORK)
    assert [one.local[5:10] for one in found.instances] == days
    assert all(one.local[11:16] == "09:00" for one in found.instances)


def test_friday_the_thirteenth_of_the_rfc_leaves_out_the_start_by_exdate(call: Call) -> None:
    found = call(
        "expand_recurrence",
        rrule="FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        start="1997-09-02T09:00",
        zone=NEW_YORK,
        limit=5,
    )
    assert [one.local[:10] for one in found.instances] == [
        "1998-02-13", "1998-03-13", "1998-11-13", "1999-08-13", "2000-10-13",
    ]  # fmt: skip
    assert not found.complete and "does not match" in found.warnings[0]


def test_exdates_go_rdates_come_and_counted_duplicates_stay_one(call: Call, arguments: dict[str, Any]) -> None:
    found = call("expand_recurrence", **arguments["expand_recurrence"])
    assert [one.local[:10] for one in found.instances] == [
        "2026-09-25", "2026-10-30", "2026-11-27", "2026-12-22", "2027-01-29", "2027-02-26",
    ]  # fmt: skip
    assert found.excluded == 1 and found.instances[3].from_rdate


def test_an_instance_in_a_gap_is_read_by_the_offset_before_it_and_flagged(call: Call) -> None:
    # RFC 5545 3.3.5: 2007-03-11 02:30 in New York is 03:30 EDT.
    found = call("expand_recurrence", rrule="FREQ=DAILY;COUNT=2", start="2007-03-10T02:30", zone=NEW_YORK)
    assert [one.local for one in found.instances] == ["2007-03-10T02:30-05:00", "2007-03-11T03:30-04:00"]
    assert found.instances[1].clock_change == "gap"


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("FREQ=DAILY;COUNT=3;UNTIL=20261231T000000Z", "must not both"),
        ("FREQ=DAILY;UNTIL=20261231T000000", "must be in UTC"),
        ("FREQ=DAILY", "has no end"),
        ("FREQ=FORTNIGHTLY;COUNT=2", "FREQ"),
        ("FREQ=WEEKLY;BYDAY=1MO;COUNT=2", "MONTHLY or YEARLY"),
        ("FREQ=DAILY;COUNT=0", "COUNT"),
        ("FREQ=DAILY;BYMONTH=13;COUNT=1", "BYMONTH"),
        ("FREQ=DAILY;EVERY=2;COUNT=1", "not a part"),
    ],
)
def test_rules_that_the_rfc_forbids_are_refused(call: Call, rule: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        call("expand_recurrence", rrule=rule, start="2026-01-01T09:00", zone=NEW_YORK)


@pytest.mark.parametrize("rule", ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"])
def test_a_rule_that_never_matches_ends(call: Call, rule: str) -> None:
    assert call("expand_recurrence", rrule=rule, start="2026-01-01T09:00", limit=3).count == 0


def test_a_time_that_comes_twice_gives_both_readings(call: Call) -> None:
    found = call("convert_timezones", local="2026-11-01T01:30", zone=NEW_YORK, targets=["Europe/London"])
    assert found.kind == "fold"
    assert [reading.utc for reading in found.readings] == ["2026-11-01T05:30+00:00", "2026-11-01T06:30+00:00"]


def test_a_skipped_time_is_refused_with_the_nearest_ones(call: Call) -> None:
    with pytest.raises(InvalidInput, match=r"does not exist.*60 minutes.*01:30 EST or 03:30 EDT"):
        call("convert_timezones", local="2026-03-08T02:30", zone=NEW_YORK, targets=["Europe/London"])


@pytest.mark.parametrize("zone", [NEW_YORK, "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"])
def test_ordinary_times_agree_with_dateutil(call: Call, zone: str) -> None:
    local = datetime(2026, 7, 14, 16, 45)
    found = call("convert_timezones", local=f"{local:%Y-%m-%dT%H:%M}", zone=zone, targets=["UTC"])
    expected = local.replace(tzinfo=tz.gettz(zone)).astimezone(tz.UTC)
    assert found.readings[0].utc == expected.isoformat(timespec="minutes")


def test_an_unknown_zone_is_refused_with_a_hint(call: Call) -> None:
    with pytest.raises(InvalidInput, match="Europe/Berlin"):
        call("convert_timezones", local="2026-07-14T16:45", zone="Europe/Berln", targets=["UTC"])


def test_an_event_opens_in_an_independent_parser_with_its_zone(call: Call, arguments: dict[str, Any]) -> None:
    found = call("create_calendar_event", **arguments["create_calendar_event"])
    book = vobject.readOne(found.ics)
    event = book.vevent
    assert event.dtstart.value.utcoffset() == timedelta(hours=1)
    assert event.dtend.value - event.dtstart.value == timedelta(hours=1)
    assert [one.value for one in event.attendee_list] == ["mailto:lena.vogt@example.com", "mailto:raj@example.org"]
    assert event.valarm.trigger.value == timedelta(minutes=-15)
    assert book.method.value == "REQUEST" and event.uid.value == found.uid
    assert found.ics == call("create_calendar_event", **arguments["create_calendar_event"]).ics


def test_summer_time_begins_at_two_by_the_zone_component(call: Call) -> None:
    # Directive 2000/84/EC: clocks change at 01:00 UTC, which is 02:00 by winter time and 03:00 by summer time.
    found = call(
        "create_calendar_event", summary="Daily", start="2026-03-01T09:00", end="2026-03-01T09:15",
        zone="Europe/Berlin", rrule="FREQ=DAILY;COUNT=60",
    )  # fmt: skip
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000" in found.ics
    assert "BEGIN:STANDARD\r\nDTSTART:20261025T030000" in found.ics


def test_an_all_day_event_has_dates_only(call: Call) -> None:
    found = call("create_calendar_event", summary="Fair", start="2026-12-01", end="2026-12-03", zone="UTC")
    assert vobject.readOne(found.ics).vevent.dtstart.value == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"end": "2026-12-02T14:00"}, "not after start"),
        ({"attendees": ["lena"]}, "not an e-mail"),
        ({"organizer": ""}, "need an organizer"),
        ({"end": "2026-12-03"}, "both be dates"),
        ({"start": "2026-03-29T02:30", "end": "2026-03-29T05:00"}, "does not exist"),
    ],
)
def test_an_event_that_cannot_be_is_refused(
    call: Call, arguments: dict[str, Any], changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(InvalidInput, match=message):
        call("create_calendar_event", **{**arguments["create_calendar_event"], **changes})


def test_bavaria_keeps_a_day_that_berlin_works(call: Call) -> None:
    # Article 1 of the Bavarian holiday act: Epiphany, 6 January, is a public holiday there.
    span = {"kind": "list_holidays", "country": "DE", "start": "2027-01-04", "end": "2027-01-08"}
    assert [one.day for one in call("plan_workdays", **span, subdivision="BY").holidays] == [date(2027, 1, 6)]
    assert call("plan_workdays", **span, subdivision="BE").working_days == 5


def test_ten_working_days_in_scotland_pass_four_bank_holidays(call: Call, arguments: dict[str, Any]) -> None:
    # gov.uk/bank-holidays, Scotland: 25 and 28 December 2026, 1 and 4 January 2027.
    assert call("plan_workdays", **arguments["plan_workdays"]).result == date(2027, 1, 11)


def test_steps_back_and_forth_agree_and_juneteenth_counts(call: Call) -> None:
    back = call("plan_workdays", kind="add_days", country="US", start="2026-06-22", days=-1)
    assert back.result == date(2026, 6, 18)
    counted = call("plan_workdays", kind="count_days", country="US", start="2026-06-18", end="2026-06-22")
    assert counted.working_days == 1


def test_an_unknown_subdivision_and_a_missing_end_are_refused(call: Call) -> None:
    with pytest.raises(InvalidInput, match="subdivision 'XX'"):
        call("plan_workdays", kind="add_days", country="DE", subdivision="XX", start="2026-12-22", days=1)
    with pytest.raises(InvalidInput, match="needs `end`"):
        call("plan_workdays", kind="count_days", country="DE", start="2026-12-22")


PEOPLE = {"lena": {"zone": "Europe/Berlin"}, "sam": {"zone": NEW_YORK}}


def test_berlin_and_new_york_share_two_hours_of_a_winter_day(call: Call) -> None:
    # 09:00-17:00 in both: 14:00-16:00 UTC, so an hour may begin at 14:00, 14:30 and 15:00.
    found = call("find_meeting_slots", people=PEOPLE, first="2026-12-01", last="2026-12-01", minutes=60)
    assert [slot.start_utc[11:16] for slot in found.slots] == ["14:00", "14:30", "15:00"]


def test_the_overlap_moves_while_only_one_side_has_summer_time(call: Call) -> None:
    # Between 8 and 29 March 2026 New York is four hours from UTC and Berlin one.
    found = call("find_meeting_slots", people=PEOPLE, first="2026-03-10", last="2026-03-10", minutes=180)
    assert [slot.start_utc[11:16] for slot in found.slots] == ["13:00"]


def test_meetings_may_touch_but_a_buffer_keeps_them_apart(call: Call) -> None:
    people = {
        **PEOPLE,
        "lena": {"zone": "Europe/Berlin", "busy": [{"start": "2026-12-01T15:00", "end": "2026-12-01T15:30"}]},
    }
    given = {"people": people, "first": "2026-12-01", "last": "2026-12-01", "minutes": 60}
    assert [s.start_utc[11:16] for s in call("find_meeting_slots", **given).slots] == ["14:30", "15:00"]
    assert [s.start_utc[11:16] for s in call("find_meeting_slots", **given, buffer=15).slots] == ["15:00"]


def test_a_calendar_blocks_by_its_recurrences_but_not_by_cancelled_or_transparent_events(call: Call) -> None:
    def event(uid: str, start: str, end: str, more: str) -> str:
        return f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:{start}\r\nDTEND:{end}\r\n{more}END:VEVENT\r\n"

    ics = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n"
        + event("a", "20261103T140000Z", "20261103T150000Z", "RRULE:FREQ=WEEKLY\r\n")
        + event("b", "20261201T150000Z", "20261201T153000Z", "STATUS:CANCELLED\r\n")
        + event("c", "20261201T150000Z", "20261201T160000Z", "TRANSP:TRANSPARENT\r\n")
        + "END:VCALENDAR\r\n"
    )
    people = {**PEOPLE, "lena": {"zone": "Europe/Berlin", "ics": ics}}
    found = call("find_meeting_slots", people=people, first="2026-12-01", last="2026-12-01", minutes=60)
    assert [slot.start_utc[11:16] for slot in found.slots] == ["15:00"]


def test_whoever_is_outside_working_hours_is_named(call: Call) -> None:
    people = {"lena": {"zone": "Europe/Berlin"}, "kim": {"zone": "America/Los_Angeles"}}
    given = {"people": people, "first": "2026-12-01", "last": "2026-12-01", "minutes": 60}
    assert call("find_meeting_slots", **given).slots == []
    found = call("find_meeting_slots", **given, stretch=120)
    assert found.slots[0].inconvenienced == ["kim"] and found.slots[0].people["kim"].outside == 120


def test_nobody_meets_on_a_public_holiday_and_an_empty_window_is_refused(call: Call) -> None:
    people = {"lena": {"zone": "Europe/Berlin", "country": "DE"}}
    found = call("find_meeting_slots", people=people, first="2026-12-25", last="2026-12-25", minutes=30)
    assert found.slots == [] and found.holidays["lena"] == ["2026-12-25 Christmas Day"]
    with pytest.raises(InvalidInput, match="is empty"):
        call("find_meeting_slots", people=people, first="2026-12-25", last="2026-12-24", minutes=30)
    with pytest.raises(InvalidInput, match="not iCalendar"):
        bad = {"lena": {"zone": "Europe/Berlin", "ics": "hello"}}
        call("find_meeting_slots", people=bad, first="2026-12-21", last="2026-12-24", minutes=30)
