"""One meeting a week for people in several places: the best time of each week, with everybody's local time.

Each week is searched by find_meeting_slots (grid of half hours in UTC, calendars, working hours, holidays); the first of
its ranking is taken. Days off keep a person out of the whole day. Limits as there.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day
from experts.personal_assistant.tools import _zones as zones
from experts.personal_assistant.tools.find_meeting_slots import Busy, Participant, find_meeting_slots

LISTED = False  # find_meeting_slots ranks the times of one window; this takes the best of each week
MOST_BUSY = 300


class Attendee(Model):
    """Where and when somebody works, what is taken, which days are kept free."""

    zone: str
    country: str
    subdivision: str | None = None
    work_start: zones.Clock = "09:00"
    work_end: zones.Clock = "17:00"
    busy: Annotated[list[Busy], Field(max_length=3000)] = []
    days_off: Annotated[list[Day], Field(max_length=400)] = []


class WeekSpan(Model):
    """First and last day that a meeting may fall on."""

    begins: Day
    ends: Day


class WeeklyMeeting(Model):
    """The best time of a week; `local` is each person's own clock, `inconvenienced` who meets outside working hours."""

    day: Day
    starts_utc: str
    local: dict[Key, str]
    inconvenienced: list[str]


class WeeklyMeetings(Model):
    """Weeks without a common time are in `without`."""

    meetings: dict[Key, WeeklyMeeting]
    count: Count
    minutes: Count
    without: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_weekly_meetings(
    people: Annotated[dict[Key, Attendee], Field(min_length=1, max_length=20)],
    weeks: Annotated[dict[Key, WeekSpan], Field(max_length=60)],
    minutes: Annotated[Count, Field(ge=5, le=720)] = 60,
    stretch: Annotated[Count, Field(le=720, description="minutes beyond working hours")] = 0,
) -> WeeklyMeetings:
    """Find one common time in each week, with everybody's local time.

    Use when a team meets every week.
    """
    made: dict[str, WeeklyMeeting] = {}
    without = []
    answer = None
    for key, week in weeks.items():
        if week.ends < week.begins:
            raise InvalidInput(f"week {key!r} ends before it begins; swap the dates", field=f"weeks.{key}.ends")
        there = {name: _participant(one, week) for name, one in people.items()}
        answer = find_meeting_slots(there, week.begins, week.ends, minutes, stretch=stretch, limit=1)
        if not answer.slots:
            without.append(key)
            continue
        slot = answer.slots[0]
        made[key] = WeeklyMeeting(
            day=date.fromisoformat(slot.start_utc[:10]),
            starts_utc=slot.start_utc,
            local={name: f"{one.start[11:16]} to {one.end[11:16]}" for name, one in slot.people.items()},
            inconvenienced=slot.inconvenienced,
        )
    return WeeklyMeetings(
        meetings=made,
        count=len(made),
        minutes=minutes,
        without=without,
        method=answer.method if answer else "No week was given.",
        assumptions=answer.assumptions if answer else [],
        warnings=[f"No common time in {len(without)} of {len(weeks)} weeks."] if without else [],
    )


def _participant(one: Attendee, week: WeekSpan) -> Participant:
    first, last = f"{week.begins}", f"{week.ends}T24"
    near = [busy for busy in one.busy if busy.end >= first and busy.start <= last]
    if len(near) > MOST_BUSY:
        raise InvalidInput(
            f"{len(near)} commitments in the week of {week.begins} are more than {MOST_BUSY}; join those that touch",
            field="busy",
        )
    off = [day for day in one.days_off if week.begins <= day <= week.ends]
    return Participant(
        zone=one.zone,
        work_start=one.work_start,
        work_end=one.work_end,
        country=one.country,
        subdivision=one.subdivision,
        busy=[*near, *(Busy(start=f"{day}T00:00", end=f"{day}T23:59") for day in off)],
    )
