"""The instances of a recurrence set: RRULE, RDATE and EXDATE of RFC 5545.

The rule is expanded in local time from the start, so that a meeting keeps its hour over daylight
saving; RDATEs are added, EXDATEs taken away, duplicates counted once (3.8.5). A local time in a gap
is read by the offset before the gap, one in a fold as the first (3.3.5), and both are flagged. COUNT
with UNTIL is refused, UNTIL of a timed start must be UTC, a rule without end needs `limit` or `last`.
Sources: RFC 5545 sections 3.3.10, 3.8.5.1 to 3.8.5.3. Limits: a rule is followed for 100 to 400
years (sub-daily ones for days to years) and the result says when that ended it; EXRULE is obsolete.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day
from experts.personal_assistant.tools import _rules
from experts.personal_assistant.tools import _zones as zones

_MOST = 1000


class Instance(Model):
    """One instance; local carries the offset, or is a date for all-day events."""

    local: str
    utc: str | None = None
    weekday: str
    from_rdate: bool = False
    clock_change: Literal["none", "gap", "fold"] = "none"


class Recurrence(Model):
    """Instances in order."""

    instances: list[Instance]
    count: int
    complete: bool
    excluded: int
    tzdata: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def expand_recurrence(
    rrule: Annotated[str, Field(max_length=500, description="for example FREQ=MONTHLY;BYDAY=-1FR;COUNT=6")],
    start: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$", description="date, or local date-time")],
    zone: str = "UTC",
    exdates: Annotated[list[str], Field(max_length=500)] = [],  # noqa: B006 - read only
    rdates: Annotated[list[str], Field(max_length=500)] = [],  # noqa: B006 - read only
    last: Day | None = None,
    limit: Annotated[int | None, Field(ge=1, le=_MOST)] = None,
) -> Recurrence:
    """Dates of a repeating event by RFC 5545 RRULE, EXDATE and RDATE.

    Use when instances are asked; a rule without COUNT or UNTIL needs limit or last.
    """
    place, all_day = zones.zone(zone), "T" not in start
    first = zones.moment(start, "start")
    parts = _rules.parse(rrule, all_day)
    if not ({"COUNT", "UNTIL"} & parts.keys() or last or limit):
        raise InvalidInput(f"rule {rrule!r} has no end; give `limit`, `last`, COUNT or UNTIL", field="limit")
    if "COUNT" in parts and int(parts["COUNT"]) > _MOST and not limit:
        raise InvalidInput(f"COUNT={parts['COUNT']} is more than {_MOST} instances; give `limit`", field="limit")
    added = [_same_kind(text, all_day, f"rdates.{at}") for at, text in enumerate(rdates)]
    left_out = {_same_kind(text, all_day, f"exdates.{at}") for at, text in enumerate(exdates)}
    # One more than asked shows whether there are more.
    most = (limit or _MOST) + len(left_out) + 1
    ruled, cut = _rules.locals_of(parts, first, None if all_day else place, last, most)
    chosen = sorted((set(ruled) | {at for at in added if last is None or at.date() <= last}) - left_out)
    shown = chosen[: limit or _MOST]
    warnings = []
    if first not in ruled:
        warnings.append(
            f"The start {start} does not match the rule; RFC 5545 leaves that undefined, and it is not counted here."
        )
    missed = sorted(left_out - set(ruled) - set(added))
    if missed:
        warnings.append(f"Excluded dates that no instance has: {', '.join(_text(at, all_day) for at in missed)}.")
    if cut and "COUNT" in parts:
        warnings.append("The rule was followed to its horizon without reaching COUNT; check that it can match.")
    instances = [_instance(at, place, all_day, at not in ruled) for at in shown]
    changed = [one.local for one in instances if one.clock_change != "none"]
    if changed:
        warnings.append(f"Clock changes touch {', '.join(changed[:5])}; check these times with the participants.")
    return Recurrence(
        instances=instances,
        count=len(instances),
        complete=len(chosen) <= len(shown),
        excluded=len(left_out & (set(ruled) | set(added))),
        tzdata=zones.version(),
        method=f"RFC 5545 3.3.10 and 3.8.5, expanded in local time of {zone} (tzdata {zones.version()}).",
        warnings=warnings,
    )


def _same_kind(text: str, all_day: bool, field: str) -> datetime:
    if ("T" not in text) != all_day:
        raise InvalidInput(
            f"{text!r} must be {'a date' if all_day else 'a date and time'}, as the start is", field=field
        )
    return zones.moment(text, field)


def _text(at: datetime, all_day: bool) -> str:
    return f"{at.date()}" if all_day else at.isoformat(timespec="minutes")


def _instance(at: datetime, place: ZoneInfo, all_day: bool, extra: bool) -> Instance:
    if all_day:
        return Instance(local=f"{at.date()}", weekday=_weekday(at.date()), from_rdate=extra)
    kind = zones.kind_of(at, place)
    instant = zones.readings(at, place)[0]
    return Instance(
        local=zones.shown(instant, place),
        utc=instant.isoformat(timespec="minutes"),
        weekday=_weekday(at.date()),
        from_rdate=extra,
        clock_change="none" if kind == "normal" else kind,
    )


def _weekday(day: date) -> str:
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]
