"""Dates that English text mentions, read against a base date; no clock, no guess about 03/04."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\.?"
_DAY = "(?:" + "|".join(_DAYS) + ")"
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_PATTERN = re.compile(
    rf"""\b(?:
    (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
    |(?P<dm>(?P<dm_d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<dm_m>{_MONTH})(?:,?\s+(?P<dm_y>\d{{4}}))?)
    |(?P<md>(?P<md_m>{_MONTH})\s+(?P<md_d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<md_y>\d{{4}}))?)
    |(?P<slash>(?P<s_a>\d{{1,2}})/(?P<s_b>\d{{1,2}})(?:/(?P<s_y>\d{{4}}))?)
    |(?P<next>(?P<n_w>next|this)\s+(?P<n_d>{_DAY}))
    |(?P<weekday>{_DAY})
    |(?P<rel>in\s+(?P<r_n>\d{{1,3}}|one|two|three|four|five|six|seven|eight|nine|ten|a)\s+(?P<r_u>day|week|month)s?)
    |(?P<end>end\s+of\s+(?:the\s+|this\s+|next\s+)?(?P<e_u>day|week|month|year)|eod|eow|eom)
    |(?P<word>today|tonight|tomorrow|next\s+week)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)

_LINK = re.compile(r"\s*(?:,|/|or|and|to|through|,\s*or)\s*", re.IGNORECASE)


class Found:
    """A mention: the day it means (None where it cannot be told), its text and its place."""

    def __init__(self, day: date | None, text: str, start: int, doubt: str = "") -> None:
        self.day, self.text, self.start, self.end, self.doubt = day, text, start, start + len(text), doubt


def dates_in(text: str, base: date) -> Iterator[Found]:
    """Every date mentioned. A weekday is the next one after `base`; a day without year the next to come.

    "next" before a weekday means the week after the one of `base`, and holds for "next Tuesday or Wednesday".
    """
    week: Found | None = None
    for found in _PATTERN.finditer(text):
        # "may" without a day is a verb, and a fraction is not a date: both need their number.
        try:
            day, doubt = _read(found, base)
        except (ValueError, OverflowError):
            day, doubt = None, f"{found[0]!r} is not a date of the calendar"
        if week and week.day and found["weekday"] and _LINK.fullmatch(text[week.end : found.start()]):
            day = week.day + timedelta(days=_DAYS.index(found[0].lower()) - week.day.weekday())
        made = Found(day, found[0], found.start(), doubt)
        week = made if (found["n_w"] or "").lower() == "next" or (found["weekday"] and week) else None
        yield made


def _read(found: re.Match[str], base: date) -> tuple[date | None, str]:
    part = found.groupdict()
    if part["iso"]:
        return date.fromisoformat(part["iso"]), ""
    for kind in ("dm", "md"):
        if part[kind]:
            month = 1 + next(n for n, name in enumerate(_MONTHS) if name[:3] == part[f"{kind}_m"][:3].lower())
            return _year(int(part[f"{kind}_d"]), month, part[f"{kind}_y"], base), ""
    if part["slash"]:
        first, second = int(part["s_a"]), int(part["s_b"])
        if first <= 12 and second <= 12 and first != second:
            return None, f"{found[0]!r} may be day/month or month/day; ask which"
        day, month = (first, second) if first > 12 else (second, first)
        return _year(day, month, part["s_y"], base), ""
    if part["next"] or part["weekday"]:
        name = (part["n_d"] or part["weekday"]).lower()
        ahead = (_DAYS.index(name) - base.weekday() - 1) % 7 + 1
        day_found = base + timedelta(days=ahead)
        if part["next"] and part["n_w"].lower() == "next" and day_found.isocalendar()[:2] == base.isocalendar()[:2]:
            day_found += timedelta(days=7)
        return day_found, ""
    if part["rel"]:
        text = part["r_n"].lower()
        count = 1 if text == "a" else _NUMBERS.get(text) or int(text)
        if part["r_u"].lower() == "month":
            return _months(base, count), ""
        return base + timedelta(days=count * (7 if part["r_u"].lower() == "week" else 1)), ""
    return _word(found[0].lower(), base), ""


def _word(text: str, base: date) -> date:
    ahead = "next" in text
    if text in ("today", "tonight", "eod") or re.fullmatch(r"end\s+of\s+.*day", text):
        return base
    if "tomorrow" in text:
        return base + timedelta(days=1)
    if text == "eom" or text.endswith("month"):
        moved = _months(base.replace(day=1), 1) if ahead else base
        return moved.replace(day=monthrange(moved.year, moved.month)[1])
    if text.endswith("year"):
        return date(base.year + ahead, 12, 31)
    friday = base + timedelta(days=(4 - base.weekday()) if base.weekday() < 5 else 11 - base.weekday())
    return friday + timedelta(days=7) if ahead else friday


def _year(day: int, month: int, year: str | None, base: date) -> date:
    if year:
        return date(int(year), month, day)
    made = date(base.year, month, day)
    return made if made >= base - timedelta(days=31) else date(base.year + 1, month, day)


def _months(base: date, count: int) -> date:
    month = base.month - 1 + count
    year, month = base.year + month // 12, month % 12 + 1
    return date(year, month, min(base.day, monthrange(year, month)[1]))
