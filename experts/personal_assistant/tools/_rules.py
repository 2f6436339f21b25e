"""Recurrence rules of RFC 5545: read strictly, expanded in bounded time."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from experts.core.errors import InvalidInput
from experts.personal_assistant.tools import _zones as zones

# How far ahead each frequency is followed, so that a rule that never matches ends.
_HORIZON_DAYS = {
    "YEARLY": 146_000,
    "MONTHLY": 73_000,
    "WEEKLY": 73_000,
    "DAILY": 36_500,
    "HOURLY": 1_100,
    "MINUTELY": 60,
    "SECONDLY": 1,
}
_RANGES = {
    "BYSECOND": (0, 60),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (1, 31),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (1, 366),
}
_SIGNED = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FIELD = "rrule"


def parse(rule: str, all_day: bool) -> dict[str, str]:
    """The parts of a rule. InvalidInput names the part that RFC 5545 3.3.10 does not allow."""
    parts: dict[str, str] = {}
    for piece in rule.strip().upper().removeprefix("RRULE:").split(";"):
        name, _, value = piece.partition("=")
        if not value or name in parts:
            raise InvalidInput(f"rule part {piece!r} is empty or repeated; write NAME=VALUE once each", field=_FIELD)
        parts[name] = value
    if parts.get("FREQ") not in _HORIZON_DAYS:
        raise InvalidInput(
            f"FREQ={parts.get('FREQ', '')!r} is missing or unknown; use one of {', '.join(_HORIZON_DAYS)}", field=_FIELD
        )
    if "COUNT" in parts and "UNTIL" in parts:
        raise InvalidInput(
            f"COUNT={parts['COUNT']} and UNTIL={parts['UNTIL']} must not both be given (RFC 5545 3.3.10); keep one",
            field=_FIELD,
        )
    for name, value in parts.items():
        _check(name, value, parts["FREQ"], all_day)
    return parts


def _check(name: str, value: str, freq: str, all_day: bool) -> None:
    wrong = ""
    if name in ("COUNT", "INTERVAL"):
        wrong = "" if re.fullmatch(r"[1-9]\d{0,3}", value) else "must be a whole number from 1 to 9999"
    elif name in _RANGES:
        low, high = _RANGES[name]
        for item in value.split(","):
            if (
                not re.fullmatch(r"[+-]?\d{1,3}", item)
                or (item[0] == "-" and name not in _SIGNED)
                or not low <= abs(int(item)) <= high
            ):
                wrong = f"must be numbers from {low} to {high}"
    elif name == "BYDAY":
        for item in value.split(","):
            if not re.fullmatch(r"([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)", item):
                wrong = "must be weekdays such as MO or -1FR"
            elif len(item) > 2 and freq not in ("MONTHLY", "YEARLY"):
                wrong = "may number weekdays only with FREQ=MONTHLY or YEARLY"
    elif name == "WKST":
        wrong = "" if value in _DAYS else "must be a weekday such as MO"
    elif name == "UNTIL":
        if all_day:
            wrong = "" if re.fullmatch(r"\d{8}", value) else "must be a date such as 20261231 where the start is a date"
        elif not re.fullmatch(r"\d{8}T\d{6}Z", value):
            wrong = "must be in UTC, such as 20261231T230000Z, where the start has a time and a zone"
    elif name != "FREQ":
        wrong = "is not a part of a recurrence rule"
    if wrong:
        raise InvalidInput(f"{name}={value!r} {wrong} (RFC 5545 3.3.10)", field=_FIELD)


def until_of(parts: dict[str, str]) -> datetime | None:
    """UNTIL as a moment in UTC (of a date: the end of that day)."""
    text = parts.get("UNTIL")
    if text is None:
        return None
    try:
        if "T" in text:
            return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC) + timedelta(days=1, seconds=-1)
    except ValueError as error:
        raise InvalidInput(f"UNTIL={text!r} is not a date of the calendar; correct it", field=_FIELD) from error


def locals_of(
    parts: dict[str, str], start: datetime, place: ZoneInfo | None, last: date | None, most: int
) -> tuple[list[datetime], bool]:
    """Local times of the rule in order, at most `most`, and whether the horizon cut them off."""
    from dateutil.rrule import rrulestr

    text = ";".join(f"{name}={value}" for name, value in parts.items() if name != "UNTIL")
    until = until_of(parts)
    horizon = start + timedelta(days=_HORIZON_DAYS[parts["FREQ"]] * min(int(parts.get("INTERVAL", "1")), 20))
    try:
        rule: Any = rrulestr(text, dtstart=start)
    except ValueError as error:
        raise InvalidInput(f"rule {text!r} cannot be expanded: {error}; simplify it", field=_FIELD) from error
    found: list[datetime] = []
    if "COUNT" not in parts:
        rule = rule.replace(until=horizon)
    else:
        # A counted rule that never matches must end too.
        rule = rule.replace(count=None, until=horizon)
        most = min(most, int(parts["COUNT"]))
    for local in rule:
        instant = local.replace(tzinfo=UTC) if place is None else zones.readings(local, place)[0]
        if (until and instant > until) or (last and local.date() > last) or len(found) >= most:
            return found, False
        found.append(local)
    return found, len(found) < most
