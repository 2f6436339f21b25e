"""Counts a statutory period by its own rule: nominal end, end moved off weekends and holidays, extended end.

Regulation 1182/71 Art. 3: the day of the event does not count; a period in weeks, months or years ends on the
same day of week or date, or on the last day of a shorter month; it includes weekends and holidays; if its last
day is a Saturday, Sunday or public holiday it ends on the next working day (not for hours); a period of two days
or more has at least two working days. FRCP 6(a): the day of the event does not count, every day does, a last day
on a Saturday, Sunday or legal holiday moves on, backwards for periods counted back; hours run at once; 6(d) adds
three days after service by mail, counted from the end under 6(a). 11 CCR 7021: calendar days from receipt, no
moving. Rules and sources: reference://deadline_rules.

Limits: court orders, local rules and closures of an office are not known here.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from experts.core.calendar import WorkingCalendar, working_calendar
from experts.core.errors import InvalidInput
from experts.legal_consultant.tools._legal import Legal, caution, citation, values
from experts.legal_consultant.tools._numbers import add_period

Rule = Literal[
    "gdpr_12_3",
    "uk_gdpr_12_3",
    "gdpr_33",
    "uk_gdpr_33",
    "reg_1182_71",
    "ccpa_confirm",
    "ccpa_respond",
    "ccpa_opt_out",
    "frcp_6",
    "hsr_waiting",
    "paris_patent_priority",
    "paris_design_mark_priority",
]
Unit = Literal["", "hour", "day", "working_day", "week", "month", "year"]
# Member States of the Union and of the European Economic Area, where the GDPR holds as well.
_UNION = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
_LONGEST = {"hour": 10_000, "day": 3650, "working_day": 2000, "week": 520, "month": 240, "year": 20}


class Deadline(Legal):
    """Days as dates; for periods in hours, moments with their offset from UTC."""

    title: str
    nominal: str
    adjusted: str
    extended: str | None = None
    extended_if: str = ""
    moved_by: list[str] = []


def compute_statutory_deadline(
    rule: Rule,
    event: Annotated[str, Field(max_length=40, description="Date of the event; for hours date-time (local).")],
    zone: Annotated[str, Field(max_length=40, description="IANA, for hours.")] = "",
    country: Annotated[str, Field(max_length=2, description="Whose holidays count; rule's own if fixed.")] = "",
    subdivision: Annotated[str, Field(max_length=6)] = "",
    count: Annotated[int, Field(ge=0, le=10_000, description="For reg_1182_71 and frcp_6.")] = 0,
    unit: Unit = "",
    backward: bool = False,
    served_by_mail: bool = False,
) -> Deadline:
    """Count a statutory deadline by its own rule: nominal, moved off holidays, extended.

    Use when a request, breach, filing or service starts a clock. It does not know court orders or local rules.
    """
    moment = _moment(event)
    day = moment.date() if isinstance(moment, datetime) else moment
    law = values("deadline_rules", day)[rule]
    if day < law["from"]:
        raise InvalidInput(f"{rule} is known from {law['from']} on, and {day} is before that", field="event")
    count, counted = _period(law, rule, count, unit)
    if served_by_mail and not law.get("court"):
        raise InvalidInput(f"served_by_mail belongs to frcp_6 (FRCP 6(d)), not to {rule}", field="served_by_mail")
    if backward and not law.get("court"):
        raise InvalidInput(f"backward belongs to frcp_6 (FRCP 6(a)(5)), not to {rule}", field="backward")
    book = _calendar(law, country, subdivision, counted, backward)
    warnings = [str(law["note"])] if "note" in law else []
    if law.get("not_compared"):
        warnings += caution("deadline_rules")
    moved: list[str] = []
    extended = None
    if counted == "hour":
        nominal, adjusted = _hours(moment, zone, count, law, book, moved, backward, warnings)
    else:
        if isinstance(moment, datetime):
            raise InvalidInput(f"event {event!r} has a time of day; {rule} counts days, so give a date", field="event")
        end = _end(day, count, counted, book, backward)
        final = _adjusted(end, day, counted, law, book, moved, backward)
        if served_by_mail:
            late = final + timedelta(days=3)
            moved.append("3 days for service by mail, FRCP 6(d)")
            final = _moved(late, book, moved, backward) if book else late
        if "extend_count" in law:
            longer = _end(day, int(law["extend_count"]), law["extend_unit"], book, False)
            extended = _adjusted(longer, day, counted, law, book, [], False).isoformat()
        nominal, adjusted = end.isoformat(), final.isoformat()
    return Deadline(
        jurisdiction=str(law["jurisdiction"]) + (f" (holidays of {book.place})" if book else ""),
        as_of=day,
        sources=[str(law["cite"]), citation("deadline_rules", day)],
        escalate=bool(law.get("court")),
        escalation_reason="A court deadline: have counsel confirm it against the order and the local rules."
        if law.get("court")
        else "",
        method=f"{count} {counted.replace('_', ' ')}{'s' if count != 1 else ''} from {event}, the event's day not counted"
        if counted != "hour"
        else f"{count} hours from {event} {zone}, every hour counted",
        assumptions=["The event is when the request was received, the breach known, the paper served."],
        warnings=warnings,
        title=str(law["title"]),
        nominal=nominal,
        adjusted=adjusted,
        extended=extended,
        extended_if=str(law.get("extend_note", "")),
        moved_by=moved,
    )


def _moment(event: str) -> date | datetime:
    try:
        return date.fromisoformat(event) if len(event) == 10 else datetime.fromisoformat(event)
    except ValueError as error:
        raise InvalidInput(
            f"event {event!r} is no ISO 8601 date or date-time, such as 2026-01-31", field="event"
        ) from error


def _period(law: dict[str, Any], rule: str, count: int, unit: str) -> tuple[int, str]:
    if "unit" in law:
        if unit and unit != law["unit"]:
            raise InvalidInput(f"{rule} runs in {law['unit']}s, not in {unit}s; leave unit out", field="unit")
        allowed = law.get("counts", [law["count"]])
        if count and count not in allowed:
            raise InvalidInput(
                f"{rule} is {' or '.join(map(str, allowed))} {law['unit']}s, not {count}; "
                f"{'give one of them' if len(allowed) > 1 else 'leave count out'}",
                field="count",
            )
        return count or int(law["count"]), str(law["unit"])
    if not count or not unit:
        raise InvalidInput(f"{rule} needs the period: give count and unit, such as 21 and 'day'", field="count")
    if unit == "working_day" and law.get("court"):
        raise InvalidInput("frcp_6 counts every day (FRCP 6(a)(1)(B)); give unit 'day'", field="unit")
    if count > _LONGEST[unit]:
        raise InvalidInput(f"count {count} is more than {_LONGEST[unit]} {unit}s", field="count")
    return count, unit


def _calendar(law: dict[str, Any], country: str, subdivision: str, unit: str, backward: bool) -> WorkingCalendar | None:
    fixed = str(law.get("holidays", ""))
    needs = law["roll"] == "next_working" or unit == "working_day"
    if not needs:
        return None
    place, _, part = fixed.partition("-")
    if fixed and country and country != place:
        raise InvalidInput(
            f"{law['cite']} counts holidays of {place}, not of {country!r}; leave it out", field="country"
        )
    if not fixed and not country:
        raise InvalidInput(
            f"{law['cite']} moves off public holidays: whose? Give country, for example 'DE'", field="country"
        )
    if law["jurisdiction"] == "EU" and country and country not in _UNION:
        raise InvalidInput(
            f"{law['cite']} counts holidays of a Member State, and {country!r} is none; give the one whose authority "
            "or office is concerned",
            field="country",
        )
    if law.get("court") and backward:
        subdivision = ""  # FRCP 6(a)(6)(C): state holidays count forward only
    if place == "GB" and not subdivision:
        subdivision = "ENG"
    return working_calendar(place or country, subdivision or part or None)


def _end(day: date, count: int, unit: str, book: WorkingCalendar | None, backward: bool) -> date:
    if unit == "working_day":
        assert book is not None
        if backward:
            raise InvalidInput("working days are counted forward only; give days", field="backward")
        return book.days_from(day + timedelta(days=1), count)[-1]
    return add_period(day, -count if backward else count, unit)


def _adjusted(
    end: date, day: date, unit: str, law: dict[str, Any], book: WorkingCalendar | None, moved: list[str], backward: bool
) -> date:
    if book is None or unit == "working_day":
        return end
    final = _moved(end, book, moved, backward)
    if law.get("two_working_days") and (final - day).days >= 2:
        # Art. 3(5): any period of two days or more includes at least two working days.
        while len(book.working_days(day + timedelta(days=1), final)) < 2:
            final = book.on_or_after(final + timedelta(days=1))
            moved.append("at least two working days, Art. 3(5)")
    return final


def _moved(end: date, book: WorkingCalendar, moved: list[str], backward: bool) -> date:
    final = end
    while not book.is_working(final):
        moved.append(f"{final.isoformat()} is {book.holiday(final) or final.strftime('%A')}")
        final += timedelta(days=-1 if backward else 1)
    return final


def _hours(
    moment: date | datetime,
    zone: str,
    count: int,
    law: dict[str, Any],
    book: WorkingCalendar | None,
    moved: list[str],
    backward: bool,
    warnings: list[str],
) -> tuple[str, str]:
    if not isinstance(moment, datetime):
        raise InvalidInput("a period in hours needs the time of day: give event as 2026-03-27T18:30", field="event")
    if moment.tzinfo is None:
        if not zone:
            raise InvalidInput(
                "a period in hours needs the zone of the event, for example 'Europe/Berlin'", field="zone"
            )
        try:
            moment = moment.replace(tzinfo=ZoneInfo(zone))
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise InvalidInput(
                f"zone {zone!r} is not known; give an IANA name such as 'Europe/Paris'", field="zone"
            ) from error
    local = moment.tzinfo
    if moment.astimezone(UTC).astimezone(local).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise InvalidInput(
            f"{moment.replace(tzinfo=None)} does not exist in {zone}: clocks are put forward then", field="event"
        )
    if moment.replace(fold=1).utcoffset() != moment.utcoffset():
        warnings.append(
            f"{moment.replace(tzinfo=None)} comes twice in {zone}, as clocks are put back; the earlier one was counted."
        )
    # Hours are counted in elapsed time, so a change of clocks shifts the hour of the day.
    try:
        end = (moment.astimezone(UTC) + timedelta(hours=-count if backward else count)).astimezone(local)
    except OverflowError as error:
        raise InvalidInput(
            f"{count} hours from {moment} leave the calendar; is the year right?", field="event"
        ) from error
    final = end
    if book is not None and law.get("court"):
        while not book.is_working(final.date()):
            moved.append(f"{final.date().isoformat()} is {book.holiday(final.date()) or final.strftime('%A')}")
            final += timedelta(days=-1 if backward else 1)
    return end.isoformat(timespec="minutes"), final.isoformat(timespec="minutes")
