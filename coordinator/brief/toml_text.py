"""TOML with exact numbers, and errors a person can act on: file, line, column, the line itself, the way out."""

import calendar
import re
import tomllib
from decimal import Decimal, InvalidOperation
from typing import Any

from experts.core.errors import InvalidInput

_PLACED = re.compile(r"(?s)(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")
_DAY = re.compile(r"(?:^|[=,\[])\s*((\d{4})-(\d\d)-(\d\d))")
_LONG_NUMBER = re.compile(r"[0-9_]{1000}")

# What people write, and what TOML wants instead; the first that fits the line is shown.
_HABITS = (
    (re.compile("=\\s*[\\[{]?\\s*[\u201c\u201d\u201e\u2018\u2019\u00ab]"), 'use straight quotes: "text"'),
    (re.compile(r"=\s*[-+]?\d{1,3}([,'. ]\d{3})+\b"), "write numbers without separators, for example 96000"),
    (re.compile(r"=\s*[-+]?[\d.]+\s*%"), "write a share as a fraction, for example 0.10"),
    (re.compile(r"=\s*\d{1,4}[-./]\d{1,2}[-./]\d{1,4}"), "write a date as 2027-08-16, without quotes"),
    (re.compile(r"=\s*[-+]?\d+,\d"), "write a point before decimals, for example 0.5"),
    (re.compile(r"=\s*[-+]?[\d.]*\s*[$\u20ac\u00a3]"), "write the amount without a currency sign, for example 96000"),
    (re.compile(r"=\s*(#|$)"), "write a value after ="),
    (re.compile(r"=\s*[^\W\d_]"), 'put text in straight quotes: "text"'),
)


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """The tables of a TOML text; numbers with a point are Decimal.

    Raises InvalidInput in one sentence that names `name`, line and column.
    """
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(_sentence(str(error), text, name)) from error
    except RecursionError as error:
        raise InvalidInput(
            f"{name}: lists or tables are nested too deeply; facts are at most ten levels deep"
        ) from error
    except ValueError as error:  # Python refuses to read integers of thousands of digits
        found = _LONG_NUMBER.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        raise InvalidInput(f"{name}, line {line}: a number has too many digits; write at most 16") from error


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond what Decimal can hold; refused later, by its path
        return Decimal("Infinity")


def _sentence(message: str, text: str, name: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    placed = _PLACED.fullmatch(message)
    reason = placed[1] if placed else message
    line, column = (int(placed[2]), int(placed[3])) if placed and placed[2] else (None, None)
    if line is None or column is None:
        line = max((number for number, content in enumerate(lines, 1) if content.strip()), default=1)
        column = len(lines[line - 1]) + 1
        if not reason.startswith("Cannot"):
            why = "a value is missing" if reason == "Invalid value" else _reason(reason)
            return (
                f"{name}, line {line}, column {column}: the file ends in the middle of something ({why}), "
                f"last line {_shown(lines[line - 1])}; complete that line or save the whole file again"
            )
    content = lines[line - 1]
    where = f"{name}, line {line}, column {column}"
    for day in _DAY.finditer(content):
        impossible = _impossible(day)
        if impossible:
            where = f"{name}, line {line}, column {day.start(1) + 1}"
            return f"{where}: {impossible}, in {_shown(content)}; write a day of the calendar"
    return f"{where}: {_reason(reason)}, in {_shown(content)}; {_way_out(reason, content)}"


def _impossible(day: re.Match[str]) -> str:
    year, month, number = (int(part) for part in day.groups()[1:])
    if not 1 <= month <= 12:
        return f"the day {day[1]} does not exist: there is no month {month}"
    if year < 1:
        return f"the day {day[1]} does not exist: there is no year 0"
    length = calendar.monthrange(year, month)[1]
    if not 1 <= number <= length:
        return f"the day {day[1]} does not exist: {calendar.month_name[month]} {year} has {length} days"
    return ""


def _reason(reason: str) -> str:
    twice = re.fullmatch(r"Cannot declare \((.*?),?\) twice", reason)
    if twice:
        return "the table " + twice[1].replace("', '", ".").strip("'") + " stands twice"
    if reason == "Cannot overwrite a value":
        return "a name stands twice"
    if reason.startswith("Expected newline or end of document"):
        return "unexpected text"
    return reason[:1].lower() + reason[1:]


def _way_out(reason: str, content: str) -> str:
    if reason.startswith("Cannot"):
        return "a name may stand once in a table: rename or delete one of the two"
    if "\r" in content:
        return "save the file with line ends of Unix or Windows"
    if reason.startswith("Illegal character") and "\\n" in reason:
        return "close the quote on that line"
    for habit, repair in _HABITS:
        if habit.search(content):
            return repair
    if reason.startswith(('Expected "="', "Expected '='")):
        return "write name = value, with a name of small letters, digits, _ and -"
    return "correct that line"


def _shown(content: str) -> str:
    content = content.strip()
    return repr(content if len(content) <= 80 else content[:77] + "...")
