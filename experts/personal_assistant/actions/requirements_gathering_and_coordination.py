"""What the founders want to build, and how much time they have: capacity by week, protected days, weekly meetings."""

from typing import Any

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Days, Ratio, Share, Volume
from experts.core.worksheet import Worksheet
from experts.personal_assistant.actions._startup_calendar import document_of, narrative_of, pictures_of
from experts.personal_assistant.tools.find_meeting_slots import Busy
from experts.personal_assistant.tools.measure_capacity import CapacityPlan, Commitment, PersonTime, measure_capacity
from experts.personal_assistant.tools.plan_weekly_meetings import (
    Attendee,
    WeeklyMeetings,
    WeekSpan,
    plan_weekly_meetings,
)

KIND = "FounderCalendar"
VERSION = 1
NEEDS: dict[str, str] = {}
MOST_COMMITMENTS = 3000


class Company(Model):
    name: Text
    idea: Text


class Founder(Model):
    """Where and when a founder works. Protected weekdays ("friday") are never planned on."""

    name: Text
    zone: Text
    country: Text
    subdivision: Text | None = None
    work_start: Text = "09:00"
    work_end: Text = "17:00"
    protected_weekdays: list[str] = []


class CommitmentFacts(Model):
    """What is in a founder's calendar already, in local time: 2027-01-11T09:00."""

    founder: Text
    start: Text
    end: Text
    what: Text = ""


class Protected(Model):
    """A day on which a founder does not work for the company."""

    founder: Text
    day: Day
    what: Text = ""


class Schedule(Model):
    """From the first day of work to the day on which the product must be live."""

    start: Day
    deadline: Day


class Brief(Model):
    company: Company
    founders: dict[Key, Founder] = Field(max_length=20)
    commitments: dict[Key, CommitmentFacts] = Field({}, max_length=MOST_COMMITMENTS)
    protected: dict[Key, Protected] = Field({}, max_length=2000)
    schedule: Schedule


class Inputs(Model):
    """Nothing comes before this step."""


class Judgement(Model):
    meeting_minutes: Count = Field(
        60, json_schema_extra={"reason": "an hour a week is enough for founders to decide what the next week is for"}
    )
    stretch_minutes: Count = Field(
        0,
        json_schema_extra={"reason": "meetings stay inside everybody's working hours until somebody agrees otherwise"},
    )


class FounderTime(Model):
    """One founder from start to deadline. Free hours are those left after protected days and commitments."""

    name: str
    working_days: Days
    protected_days: Days
    commitments: Count
    busy_hours: Volume
    free_hours: Volume
    free_days: Ratio
    free_share: Share


class WeekView(Model):
    begins: Day
    ends: Day
    free_days: dict[Key, Ratio]
    total: Ratio


class Meeting(Model):
    """The founders' meeting of a week; `local` is each founder's own clock."""

    day: Day
    local: dict[Key, str]


class ProtectedDay(Model):
    founder: str
    what: str
    day: Day


class Output(Model):
    """The founders' time. `days_off` has every working day that a founder keeps free, protected weekdays included."""

    first: Day
    last: Day
    founders: dict[Key, FounderTime]
    weeks: dict[Key, WeekView]
    week_count: Count
    free_days: Ratio
    tightest: str
    days_off: dict[Key, list[Day]]
    protected: dict[Key, ProtectedDay]
    meetings: dict[Key, Meeting]
    meeting_count: Count
    meeting_minutes: Count
    weeks_without_meeting: list[str]


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Measure the founders' free time by week and find a weekly meeting; protected days become calendar entries.

    Free time is working hours less protected days and commitments, each founder by their own country and zone. Raises
    InvalidInput for a commitment of somebody who is no founder, a time that does not exist, or an unknown zone.
    """
    sheet = Worksheet()
    _check(brief)
    capacity = _capacity(sheet, brief)
    meetings = _meetings(sheet, brief, judgement, capacity)
    inside = {
        key: each
        for key, each in brief.protected.items()
        if brief.schedule.start <= each.day <= brief.schedule.deadline
    }
    output = Output(
        first=brief.schedule.start,
        last=brief.schedule.deadline,
        founders={
            key: FounderTime(
                name=brief.founders[key].name,
                **one.model_dump(include=set(FounderTime.model_fields) - {"name"}),
            )
            for key, one in capacity.people.items()
        },
        weeks={key: WeekView(**week.model_dump()) for key, week in capacity.weeks.items()},
        week_count=capacity.week_count,
        free_days=capacity.free_days,
        tightest=capacity.tightest,
        days_off={key: one.days_off for key, one in capacity.people.items()},
        protected={
            key: ProtectedDay(
                founder=brief.founders[each.founder].name, what=each.what or "Protected day", day=each.day
            )
            for key, each in inside.items()
        },
        meetings={key: Meeting(day=one.day, local=one.local) for key, one in meetings.meetings.items()},
        meeting_count=meetings.count,
        meeting_minutes=meetings.minutes,
        weeks_without_meeting=meetings.without,
    )
    warnings = [*capacity.warnings, *meetings.warnings]
    if not brief.commitments:
        warnings.append("No commitments are given, so every working hour of the founders counts as free.")
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=_GROUNDS | {f"protected.{key}.day": f"fact:protected.{key}.day" for key in inside},
        narrative=narrative_of(output),
        document=document_of(brief, output),
        pictures=pictures_of(output),
        warnings=warnings,
    )


_GROUNDS = {
    "first": "fact:schedule.start",
    "last": "fact:schedule.deadline",
    **{
        f"founders.*.{field}": f"working:capacity#people.*.{field}"
        for field in FounderTime.model_fields
        if field != "name"
    },
    "weeks.*.begins": "working:capacity#weeks.*.begins",
    "weeks.*.ends": "working:capacity#weeks.*.ends",
    "weeks.*.total": "working:capacity#weeks.*.total",
    "weeks.*.free_days.*": "working:capacity#weeks.*.free_days.*",
    "week_count": "working:capacity#week_count",
    "free_days": "working:capacity#free_days",
    "days_off.*.*": "working:capacity#people.*.days_off.*",
    "meetings.*.day": "working:meetings#meetings.*.day",
    "meeting_count": "working:meetings#count",
    "meeting_minutes": "working:meetings#minutes",
}


def _check(brief: Brief) -> None:
    if not brief.founders:
        raise InvalidInput("there is no founder; name at least one", field="founders")
    for table in ("commitments", "protected"):
        for key, row in getattr(brief, table).items():
            if row.founder not in brief.founders:
                raise InvalidInput(
                    f"{table} {key!r} is of {row.founder!r}, who is not a founder{did_you_mean(row.founder, brief.founders)}",
                    field=f"{table}.{key}.founder",
                )


def _protected(brief: Brief, founder: str) -> list[str]:
    return [key for key, row in brief.protected.items() if row.founder == founder]


def _capacity(sheet: Worksheet, brief: Brief) -> CapacityPlan:
    sources = {"first": "fact:schedule.start", "last": "fact:schedule.deadline"}
    people = {}
    for key, one in brief.founders.items():
        days = _protected(brief, key)
        sources |= {f"people.{key}.protected_days.{n}": f"fact:protected.{row}.day" for n, row in enumerate(days)}
        with_field: dict[str, Any] = {
            "protected_days": [brief.protected[row].day for row in days],
            "busy": [
                _span(Commitment, row_key, row) for row_key, row in brief.commitments.items() if row.founder == key
            ],
        }
        people[key] = _made(
            PersonTime,
            key,
            country=one.country,
            subdivision=one.subdivision,
            work_start=one.work_start,
            work_end=one.work_end,
            protected_weekdays=one.protected_weekdays,
            **with_field,
        )
    return sheet.run(
        "capacity",
        sources,
        measure_capacity,
        people=people,
        first=brief.schedule.start,
        last=brief.schedule.deadline,
    )


def _meetings(sheet: Worksheet, brief: Brief, judgement: Judgement, capacity: CapacityPlan) -> WeeklyMeetings:
    people = {
        key: Attendee(
            zone=one.zone,
            country=one.country,
            subdivision=one.subdivision,
            work_start=one.work_start,
            work_end=one.work_end,
            busy=[Busy(start=row.start, end=row.end) for row in brief.commitments.values() if row.founder == key],
            days_off=capacity.people[key].days_off,
        )
        for key, one in brief.founders.items()
    }
    return sheet.run(
        "meetings",
        {
            "people.*.days_off.*": "working:capacity#people.*.days_off.*",
            "weeks.*.begins": "working:capacity#weeks.*.begins",
            "weeks.*.ends": "working:capacity#weeks.*.ends",
            "minutes": "judgement:meeting_minutes",
            "stretch": "judgement:stretch_minutes",
        },
        plan_weekly_meetings,
        people=people,
        weeks={key: WeekSpan(begins=week.begins, ends=week.ends) for key, week in capacity.weeks.items()},
        minutes=judgement.meeting_minutes,
        stretch=judgement.stretch_minutes,
    )


def _span(model: Any, key: str, row: CommitmentFacts) -> Any:
    from pydantic import ValidationError

    try:
        return model(start=row.start, end=row.end)
    except ValidationError as error:
        raise InvalidInput(
            f"commitment {key!r} runs from {row.start!r} to {row.end!r}; write local times like '2027-01-11T09:00'",
            field=f"commitments.{key}.start",
        ) from error


def _made(model: Any, key: str, **fields: Any) -> Any:
    from pydantic import ValidationError

    try:
        return model(**fields)
    except ValidationError as error:
        raise InvalidInput(
            f"working hours {fields['work_start']!r} to {fields['work_end']!r} of {key!r} are not times of day; write "
            "'09:00' and '17:00'",
            field=f"founders.{key}.work_start",
        ) from error
