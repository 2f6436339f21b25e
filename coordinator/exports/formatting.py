"""How values and prose read: one rendering of figures for every format, the same in every locale."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from coordinator.exports.deliverable import Value
from experts.core.errors import ConfigurationError
from experts.core.money import minor_units
from experts.core.quantities import decimal_of, plain, round_to

NUMERIC = frozenset({"money", "rate", "ratio", "count", "days", "months"})
FIGURES = NUMERIC | {"date"}
"""Units of quantities; anything else is text and shown as it is."""

# The most digits after the point that help a reader; money has its currency's own.
_PLACES = {"rate": 2, "ratio": 4, "count": 2, "days": 2, "months": 2}
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CITATION = re.compile(r"\[\[([^\[\]]+)\]\]")
# XML, and so every office format, cannot hold these; pasted user text sometimes does.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Part:
    """A stretch of text; with `ref`, the rendering of that value."""

    text: str
    ref: str | None = None


def clean(text: str) -> str:
    """`text` without control characters, which no document format can hold."""
    return _CONTROL.sub("", text)


def number_of(value: Value) -> Decimal:
    """The number of a numeric value. Raises ConfigurationError if its text is none."""
    try:
        return decimal_of(value.text)
    except ValueError as error:
        raise ConfigurationError(f"value {value.text!r} has unit {value.unit!r} but is not a number") from error


def date_of(value: Value) -> date:
    """The day of a date value. Raises ConfigurationError if its text is no ISO 8601 date."""
    try:
        return date.fromisoformat(value.text)
    except ValueError as error:
        raise ConfigurationError(f"value {value.text!r} has unit 'date' but is not an ISO 8601 date") from error


def value_of(ref: str, values: Mapping[str, Value]) -> Value:
    """The value that `ref` names. Raises ConfigurationError naming a ref that is not there."""
    if ref not in values:
        raise ConfigurationError(f"{ref!r} is cited, but the plan has no such value; check the ref's step and path")
    return values[ref]


def shown_number(number: Decimal, unit: str, currency: str) -> tuple[Decimal, int]:
    """`number` as a reader sees it (a rate in percent), with the digits after the point it needs.

    Rounded half up. A number that is not zero never reads as zero: it keeps two significant digits.
    """
    if unit == "rate":
        number *= 100
    most = minor_units(currency) if unit == "money" else _PLACES[unit]
    if unit == "count" and abs(number) >= 1000:
        most = 0
    if number and not round_to(number, most):
        most = 1 - number.adjusted()
    rounded = round_to(number, most)
    if unit == "money":
        return rounded, 0 if rounded == rounded.to_integral_value() else most
    text = plain(rounded)
    return rounded, len(text.partition(".")[2])


def digits(number: Decimal, places: int) -> str:
    """A number with thousands separators and exactly `places` digits after the point; minus is U+2212."""
    text = f"{round_to(abs(number), places):,f}"
    return f"\u2212{text}" if number < 0 and re.search("[1-9]", text) else text


def with_unit(number: Decimal, places: int, unit: str, currency: str) -> str:
    """A shown number with the unit a reader expects: "USD 14,500", "3.1%", "25 days"."""
    text = digits(number, places)
    if unit == "money":
        return f"{currency} {text}"
    if unit == "rate":
        return f"{text}%"
    if unit in ("days", "months"):
        return f"{text} {unit[:-1] if abs(number) == 1 else unit}"
    return text


def format_value(value: Value, currency: str) -> str:
    """A value as a reader sees it; money in `currency` (ISO 4217); text and unknown units as they are.

    money "USD 14,500" or "USD 14,500.50", rate "3.1%", count "11,443" or "812.46", ratio to
    4 places, date "Fri 24 Sep 2027", days "25 days", months "4 months".
    """
    if value.unit == "date":
        return format_date(date_of(value))
    if value.unit in NUMERIC:
        return with_unit(*shown_number(number_of(value), value.unit, currency), value.unit, currency)
    return clean(value.text)


def format_date(day: date) -> str:
    """ "Fri 24 Sep 2027", in English whatever the machine's locale."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def format_moment(moment: datetime) -> str:
    """ "Mon 2 Aug 2027, 09:30 UTC": an aware moment, the same whatever the machine's zone."""
    moment = moment.astimezone(UTC)
    return f"{format_date(moment.date())}, {moment:%H:%M} UTC"


def parts_of(text: str, values: Mapping[str, Value], currency: str) -> list[Part]:
    """Prose cut at its citations, each rendered. Raises ConfigurationError naming an unknown ref.

    Double brackets around what cannot be a ref are a user's own and stay as they are.
    """
    parts: list[Part] = []
    end = 0
    for found in _CITATION.finditer(text):
        ref = found.group(1)
        if ref not in values and "#" not in ref and ":" not in ref:
            continue
        if found.start() > end:
            parts.append(Part(clean(text[end : found.start()])))
        parts.append(Part(format_value(value_of(ref, values), currency), ref))
        end = found.end()
    if end < len(text):
        parts.append(Part(clean(text[end:])))
    return parts


def render_prose(text: str, values: Mapping[str, Value], currency: str) -> str:
    """Prose with every `[[ref]]` replaced by its value and unit; an unknown ref raises ConfigurationError."""
    return "".join(part.text for part in parts_of(text, values, currency))


SLOT_TITLES = {"would_change": "What would change this advice", "monday": "What to do on Monday"}
"""What stands above a list of such a slot that has no title of its own."""


def capitalized(text: str) -> str:
    """`text` with a capital first letter; the rest stays."""
    return text[:1].upper() + text[1:]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a prose: blank lines part them, single line ends are spaces."""
    return [" ".join(piece.split()) for piece in re.split(r"\n\s*\n", text) if piece.strip()]


def describe_ref(ref: str, titles: Mapping[str, str]) -> str:
    """A ref in words: "Budget allocation: lines, podcast, spend". `titles` maps step ids to titles."""
    if ref.startswith("fact:"):
        head, path = "Brief", ref.removeprefix("fact:")
    elif ref.startswith("judgement:"):
        step, _, path = ref.removeprefix("judgement:").partition(".")
        head = f"Choice in {titles.get(step, step.replace('_', ' '))}"
    else:
        step, _, path = ref.partition("#")
        head = titles.get(step, step.replace("_", " ").capitalize())
    return f"{head}: {path.replace('_', ' ').replace('.', ', ')}"
