"""calendar.ics, read back with two independent parsers."""

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
import vobject

from coordinator.exports.deliverable import Deliverable, Section
from coordinator.exports.ics import render
from experts.core.blocks import Event, block
from experts.core.errors import ConfigurationError
from tests.coordinator.exports.sample import SCHEDULE, sample


def events_of(plan: Deliverable) -> list[Any]:
    return list(icalendar.Calendar.from_ical(render(plan)["calendar.ics"]).walk("VEVENT"))


def with_event(plan: Deliverable, event: Event) -> Deliverable:
    return plan.model_copy(update={"sections": [Section(id="s", title="S", expert="E", blocks=[block("b", event)])]})


def test_an_event_ends_on_the_day_after_its_last_day(plan: Deliverable) -> None:
    first, last = events_of(plan)[0], events_of(plan)[-1]
    assert (first["dtstart"].dt, first["dtend"].dt) == (date(2027, 8, 16), date(2027, 8, 20))
    assert (last["dtstart"].dt, last["dtend"].dt) == (date(2027, 10, 1), date(2027, 10, 2))


def test_another_parser_reads_the_same_events(plan: Deliverable) -> None:
    read = vobject.readOne(render(plan)["calendar.ics"].decode())
    assert [
        (event.uid.value, event.dtstart.value, event.dtend.value, event.summary.value) for event in read.vevent_list
    ] == [
        (str(event["uid"]), event["dtstart"].dt, event["dtend"].dt, str(event["summary"])) for event in events_of(plan)
    ]
    assert read.vevent_list[0].summary.value == "Draft: Brief; with, signs"
    assert read.vevent_list[0].description.value == "Takes 4 days\nAsk Ines Calder."


def test_uids_are_unique_and_do_not_change_when_dates_do(plan: Deliverable) -> None:
    uids = [str(event["uid"]) for event in events_of(plan)]
    assert len(uids) == len(set(uids)) == 6
    moved = {
        ref: value.model_copy(update={"text": "2027-12-01"}) if value.unit == "date" else value
        for ref, value in plan.values.items()
    }
    assert [str(event["uid"]) for event in events_of(plan.model_copy(update={"values": moved}))] == uids


def test_the_stamp_is_the_sessions_time_in_utc(plan: Deliverable) -> None:
    assert {event["dtstamp"].dt for event in events_of(plan)} == {datetime(2027, 8, 2, 9, 30, tzinfo=UTC)}


def test_events_of_a_draft_are_tentative_and_say_so(plan: Deliverable) -> None:
    assert {str(event["status"]) for event in events_of(plan)} == {"TENTATIVE"}
    final = events_of(sample(draft=False))
    assert {str(event["status"]) for event in final} == {"CONFIRMED"}
    assert not any(str(event["summary"]).startswith("Draft") for event in final)


def test_lines_end_in_crlf_and_are_folded(plan: Deliverable) -> None:
    long = Event(summary="Über " * 60, start=f"{SCHEDULE}#go_live")
    data = render(with_event(plan, long))["calendar.ics"]
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert str(events_of(with_event(plan, long))[0]["summary"]) == "Draft: " + "Über " * 60


def test_an_event_that_ends_before_it_starts_is_refused(plan: Deliverable) -> None:
    event = Event(summary="x", start=f"{SCHEDULE}#go_live", end=f"{SCHEDULE}#tasks.brief.start")
    with pytest.raises(ConfigurationError, match="'b' of 's' ends on 2027-08-16"):
        render(with_event(plan, event))


def test_a_plan_without_events_has_no_calendar(plan: Deliverable) -> None:
    assert render(plan.model_copy(update={"sections": []})) == {}
