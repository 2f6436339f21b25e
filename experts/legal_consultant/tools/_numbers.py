"""Numbers and dates as contracts write them: in words, in figures, and both at once."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from experts.core.errors import InvalidInput

_ONES = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * n
    for n, word in enumerate(["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
    if n > 1
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
NUMBER_WORD = "|".join([*_ONES, *_TENS, *_SCALES])
MONTHS = {
    name: n
    for n, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_M = "|".join(sorted(MONTHS, key=len, reverse=True))
# Files break lines and put hard spaces inside dates.
_W = r"\s{1,4}"
_C = r"(?:\s{0,2},\s{0,4}|\s{1,4})"
DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:{_W}day)?(?:{_W}of)?{_W}(?P<m1>{_M})\.?{_C}(?P<y1>\d{{4}})|"
    rf"(?P<m2>{_M})\.?{_W}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?{_C}(?P<y2>\d{{4}})|"
    r"(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)|"
    r"(?P<a>\d{1,2})[./-](?P<b>\d{1,2})[./-](?P<y4>\d{4}))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FoundDate:
    """A date in a text: its place, its words, and its readings (two where day and month may be swapped)."""

    start: int
    end: int
    written: str
    readings: tuple[date, ...]


def number_of(words: str) -> int | None:
    """The number that words such as "one hundred and twenty-five" say; None if they are no number."""
    total = part = 0
    seen = False
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "and":
            continue
        if word in _ONES:
            part += _ONES[word]
        elif word in _TENS:
            part += _TENS[word]
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word in _SCALES:
            total += max(part, 1) * _SCALES[word]
            part = 0
        else:
            return None
        seen = True
    return total + part if seen else None


def dates_in(text: str) -> list[FoundDate]:
    """Every date in the text; an impossible one has no readings."""
    return [FoundDate(found.start(), found.end(), found[0], tuple(_readings(found))) for found in DATE.finditer(text)]


def _readings(found: re.Match[str]) -> list[date]:
    if found["y1"]:
        pairs = [(int(found["y1"]), MONTHS[found["m1"].lower()], int(found["d1"]))]
    elif found["y2"]:
        pairs = [(int(found["y2"]), MONTHS[found["m2"].lower()], int(found["d2"]))]
    elif found["y3"]:
        pairs = [(int(found["y3"]), int(found["m3"]), int(found["d3"]))]
    else:
        year, a, b = int(found["y4"]), int(found["a"]), int(found["b"])
        # Day first, then month first; the same day twice is one reading.
        pairs = [(year, b, a), (year, a, b)]
    made = []
    for year, month, day in pairs:
        try:
            made.append(date(year, month, day))
        except ValueError:
            continue
    return list(dict.fromkeys(made))


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month + 1, last)
            except ValueError:
                continue
    # Every month has 28 days: only the year can be outside the calendar.
    raise InvalidInput(f"{day} and {months} months reach the year {year}; give a date from 0001 to 9999")


def add_period(day: date, count: int, unit: str) -> date:
    """`day` plus a number of days, weeks, months or years (negative counts go back)."""
    if unit.startswith(("day", "week")):
        try:
            return day + timedelta(days=count * (7 if unit.startswith("week") else 1))
        except OverflowError as error:
            raise InvalidInput(f"{day} and {count} {unit} leave the calendar; give a date from 0001 to 9999") from error
    return add_months(day, count * (12 if unit.startswith("year") else 1))
