"""Meeting times over several zones, calendars, working hours and holidays, ranked by inconvenience.

Starts lie on a grid (every `step` minutes of UTC). Intervals are half-open: a meeting may begin when
another ends, plus the buffer on both sides. Busy times come from the intervals given and from each
iCalendar text, recurrences expanded; cancelled and transparent events do not block. A start counts
where every required person is free and it reaches at most `stretch` minutes beyond a person's
working hours (an hour that begins two hours early reaches 120), never on a weekend or public holiday of
that person. Rank: fewest people outside their hours, then fewest minutes outside in all, then fewest
optional people missing, then earliest.

Several `meetings` are placed together so that nobody is in two at once, the buffer kept between them: the
set with the fewest people outside hours over all, then fewest minutes outside, then fewest optional people
missing; of equal sets the one whose first meeting is earliest, then the second, in the order given. An
optional person who is free at both times counts as attending both. The search is exact (branch and bound)
up to 400,000 comparisons; beyond them the best set found is given, and `proven` is false.
Sources: RFC 5545; IANA tz database. Limits: at most 31 days, 20 people, 12 meetings; travel is not known.
"""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Day
from experts.personal_assistant.tools import _zones as zones
from experts.personal_assistant.tools._attendance import Busy, Participant, Person, Span
from experts.personal_assistant.tools._timetable import Candidate, Timetable, arrange

__all__ = ["Busy", "Participant", "find_meeting_slots"]

# Times of people that one call may judge.
_MOST = 400_000


class Session(Model):
    """people: all if none is named; minutes: the call's unless given."""

    people: Annotated[list[Key], Field(max_length=20)] = []
    minutes: Annotated[int, Field(ge=5, le=720)] | None = None


class Local(Model):
    """The slot for one person; outside is how many minutes it reaches beyond working hours."""

    start: str
    end: str
    outside: int
    free: bool


class Slot(Model):
    """One candidate, best first."""

    rank: int
    start_utc: str
    end_utc: str
    people: dict[str, Local]
    inconvenienced: list[str]
    missing_optional: list[str]


class MeetingSlots(Model):
    """blocked counts, per person, grid starts that the person's calendar or day off rules out.

    With several meetings, plan has the time of each and slots is empty; proven says that no better set exists.
    """

    slots: list[Slot]
    found: int
    plan: dict[str, Slot] = {}
    proven: bool = True
    blocked: dict[str, int]
    holidays: dict[str, list[str]]
    tzdata: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def find_meeting_slots(
    people: Annotated[dict[Key, Participant], Field(min_length=1, max_length=20)],
    first: Day,
    last: Day,
    minutes: Annotated[int, Field(ge=5, le=720)],
    buffer: Annotated[int, Field(ge=0, le=240)] = 0,
    stretch: Annotated[int, Field(ge=0, le=720, description="minutes it may reach beyond working hours")] = 0,
    step: Annotated[int, Field(ge=5, le=240)] = 30,
    limit: Annotated[int, Field(ge=1, le=50)] = 5,
    meetings: Annotated[
        dict[Key, Session], Field(max_length=12, description="several at once, first ones earliest")
    ] = {},  # noqa: B006 - read only
) -> MeetingSlots:
    """Ranked meeting times over zones, calendars, working hours and holidays, and whom each inconveniences.

    Use when people in several places must meet, once or in several meetings that must not clash.
    """
    if last < first or (last - first).days > 31 or not 1901 < first.year < 2199:
        raise InvalidInput(f"window {first} to {last} is empty or longer than 31 days; choose another", field="last")
    wanted = _sessions(meetings, people, minutes)
    everyone = {key: Person(key, given, first, last) for key, given in people.items()}
    window = (
        min(zones.readings(zones.midnight(first), one.place)[0] for one in everyone.values()),
        max(zones.readings(zones.midnight(last + timedelta(days=1)), one.place)[0] for one in everyone.values()),
    )
    starts = int((window[1] - window[0]) / timedelta(minutes=step)) + 1
    if starts * sum(len(group) for group, _ in wanted.values()) > _MOST:
        raise InvalidInput(
            f"{starts} starts for {len(wanted)} meetings are too many to compare; take a longer step or a shorter window",
            field="step",
        )
    blocked = dict.fromkeys(people, 0)
    gap, grid = timedelta(minutes=buffer), timedelta(minutes=step)
    options = [
        _times(window, grid, length, gap, stretch, group, people, everyone, blocked)
        for group, length in wanted.values()
    ]
    slots: list[Slot] = []
    plan: dict[str, Slot] = {}
    proven = True
    if meetings:
        table = arrange(options, [length for _, length in wanted.values()], gap)
        proven = table.proven
        for rank, (key, one) in enumerate(zip(wanted, table.chosen or [], strict=False), 1):
            plan[key] = _slot(rank, one, wanted[key][1], {name: everyone[name] for name in wanted[key][0]})
        warnings = _plan_warnings(list(wanted), options, table)
    else:
        found = sorted(options[0], key=lambda one: (one.cost, one.start))
        slots = [_slot(rank, one, timedelta(minutes=minutes), everyone) for rank, one in enumerate(found[:limit], 1)]
        warnings = [] if found else [_nothing(blocked)]
    return MeetingSlots(
        slots=slots,
        found=len(plan) if meetings else len(options[0]),
        plan=plan,
        proven=proven,
        blocked=blocked,
        holidays={
            key: [f"{day} {name}" for day, name in one.book.holidays_between(first, last).items()]
            for key, one in everyone.items()
            if one.book
        },
        tzdata=zones.version(),
        method=f"Half-open intervals on a {step}-minute grid, buffer {buffer} minutes on both sides; rank by people "
        f"outside hours, minutes outside, optional people missing, time. tzdata {zones.version()}."
        + (" Meetings are placed together by branch and bound, so that nobody is in two at once." if meetings else ""),
        assumptions=[
            "Saturday and Sunday are days off where no country is given; holidays only where one is.",
            "What no calendar shows is free.",
        ],
        warnings=warnings,
    )


def _sessions(
    meetings: dict[str, Session], people: dict[str, Participant], minutes: int
) -> dict[str, tuple[list[str], timedelta]]:
    """People and length of each meeting; of the one meeting where `meetings` is empty."""
    made = {}
    for key, one in meetings.items() if meetings else {"": Session()}.items():
        group = list(dict.fromkeys(one.people)) or list(people)
        for name in group:
            if name not in people:
                raise InvalidInput(
                    f"meeting {key!r} names {name!r}, who is not in people{did_you_mean(name, people)}",
                    field=f"meetings.{key}.people",
                )
        if all(people[name].optional for name in group):
            where = f"every person of meeting {key!r}" if key else "every person"
            raise InvalidInput(
                f"{where} is optional; at least one must be required",
                field=f"meetings.{key}.people" if key else "people",
            )
        made[key] = (group, timedelta(minutes=one.minutes or minutes))
    return made


def _times(
    window: Span,
    grid: timedelta,
    length: timedelta,
    gap: timedelta,
    stretch: int,
    group: list[str],
    people: dict[str, Participant],
    everyone: dict[str, Person],
    blocked: dict[str, int],
) -> list[Candidate]:
    """Every start of the grid that suits the required people of a meeting, in order."""
    found = []
    start = window[0]
    while start + length <= window[1]:
        late: dict[str, int] = {}
        missing: list[str] = []
        for key in group:
            person = everyone[key]
            outside = person.outside(start, start + length)
            if outside is not None and outside <= stretch and person.free(start - gap, start + length + gap):
                late[key] = outside
            else:
                blocked[key] += 1
                missing.append(key)
        if all(people[key].optional for key in missing):
            cost = (sum(map(bool, late.values())), sum(late.values()), len(missing))
            found.append(Candidate(cost, start, late, missing, frozenset(late)))
        start += grid
    return found


def _nothing(blocked: dict[str, int]) -> str:
    worst = max(blocked, key=lambda key: blocked[key])
    return (
        f"No time suits everyone. {worst} rules out most starts; widen the window, raise stretch, shorten the "
        "meeting or make someone optional."
    )


def _plan_warnings(keys: list[str], options: list[list[Candidate]], table: Timetable) -> list[str]:
    alone = [key for key, times in zip(keys, options, strict=True) if not times]
    if alone:
        return [
            f"No time suits {', '.join(alone)} even alone; no meeting is placed. Widen the window or raise stretch."
        ]
    if table.chosen is None:
        why = "The meetings cannot all be held without a clash" if table.proven else "No set without a clash was found"
        return [f"{why}; widen the window, raise stretch, or leave a meeting or a person out."]
    if not table.proven:
        return ["The search was cut short: these times do not clash, but a better set may exist."]
    return []


def _slot(rank: int, one: Candidate, length: timedelta, everyone: dict[str, Person]) -> Slot:
    end = one.start + length
    return Slot(
        rank=rank,
        start_utc=one.start.isoformat(timespec="minutes"),
        end_utc=end.isoformat(timespec="minutes"),
        people={
            key: Local(
                start=zones.shown(one.start, person.place),
                end=zones.shown(end, person.place),
                outside=one.late.get(key, 0),
                free=key not in one.missing,
            )
            for key, person in everyone.items()
        },
        inconvenienced=[key for key, minutes in one.late.items() if minutes],
        missing_optional=list(one.missing),
    )
