"""Values of facts: exact scalars, before any schema is known."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from experts.core.errors import InvalidInput
from experts.core.quantities import decimal_of

Scalar = str | int | Decimal | bool | date
"""One value. Numbers are exact: a float never gets this far."""

# Characters that XML-based exports and databases cannot hold; tab and line ends are fine.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def check_value(value: Any, place: str, field: str) -> Scalar | list[Scalar]:
    """A scalar or a list of scalars as they stand in a brief, or an InvalidInput that names `place` and `field`."""
    if not isinstance(value, list):
        return check_scalar(value, place, field)
    if any(isinstance(item, dict) for item in value):
        raise InvalidInput(
            f"{place}: {field} is a list of tables; give each table a name, "
            f"for example [{field}.row-1], or name a CSV or XLSX file",
            field=field,
        )
    if any(isinstance(item, list) for item in value):
        raise InvalidInput(f"{place}: {field} is a list within a list; write one flat list", field=field)
    return [check_scalar(item, place, field) for item in value]


def check_scalar(value: Any, place: str, field: str) -> Scalar:
    """One exact value; refuses what is not a finite number, a day, a truth value or readable text."""
    if isinstance(value, datetime):
        raise InvalidInput(
            f"{place}: {field} is {value.isoformat(sep=' ')}, a date with a time of day; "
            f"write the date alone, for example {value.date()}",
            field=field,
        )
    if isinstance(value, bool | date):
        return value
    if isinstance(value, time):
        raise InvalidInput(
            f"{place}: {field} is {value}, a time of day; write a date, for example 2027-08-16", field=field
        )
    if isinstance(value, str):
        return check_text(value, place, field)
    if not isinstance(value, int | Decimal | float):
        raise InvalidInput(f"{place}: {field} is {value}, which is neither text, a number nor a date", field=field)
    try:
        number = decimal_of(value)
    except ValueError as error:
        raise InvalidInput(f"{place}: {field} is not usable: {error}", field=field) from error
    return value if isinstance(value, int) else number


def check_text(value: str, place: str, field: str) -> str:
    """`value` if every character of it can be written to a document."""
    found = _UNPRINTABLE.search(value)
    if found:
        raise InvalidInput(
            f"{place}: {field} holds the unprintable character {found.group()!r} at position {found.start() + 1}; "
            "delete it",
            field=field,
        )
    return value
