"""Quantities a person may quote: exact decimals and dates that carry their unit in the schema.

A quantity travels as a decimal string in plain notation, so that 200000, 2E+5 and
200000.00 are one value everywhere. The JSON schema carries `x-unit` (and, where it is
bounded, `x-minimum`/`x-maximum`), so figures are found without importing an expert.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

LARGEST_EXPONENT = 15
SMALLEST_EXPONENT = -20


def plain(value: Decimal) -> str:
    """Decimal in plain notation without trailing zeros; -0 is 0. Raises ValueError for NaN and infinity."""
    if not value.is_finite():
        raise ValueError(f"{value!r} is not a quantity")
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def decimal_of(value: Any) -> Decimal:
    """A finite Decimal of bounded size from a decimal string, an int, a Decimal or a JSON number."""
    if isinstance(value, bool):
        raise ValueError(f"{value!r} is not a number; write digits, for example '1250.50'")
    if isinstance(value, float):
        value = repr(value)
    if isinstance(value, str):
        value = value.strip()
        if "_" in value:
            raise ValueError(f"{value!r} is not a number; write digits, for example '1250.50'")
    try:
        number = Decimal(value)
    except (InvalidOperation, ValueError, TypeError) as error:
        raise ValueError(f"{value!r} is not a number; write digits, for example '1250.50'") from error
    if not number.is_finite():
        raise ValueError(f"{value!r} is not a finite number; write digits, for example '1250.50'")
    exponent = number.as_tuple().exponent
    if number and (
        number.adjusted() > LARGEST_EXPONENT or (isinstance(exponent, int) and exponent < SMALLEST_EXPONENT)
    ):
        raise ValueError(f"{str(value)[:40]!r} is out of range; at most 16 digits before and 20 after the point")
    return number


def round_to(value: Decimal, places: int) -> Decimal:
    """Round half up to `places` digits after the point (commercial rounding)."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _schema(unit: str, minimum: str | None = None, maximum: str | None = None) -> WithJsonSchema:
    schema: dict[str, Any] = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$", "x-unit": unit}
    if minimum is not None:
        schema["x-minimum"] = minimum
    if maximum is not None:
        schema["x-maximum"] = maximum
    return WithJsonSchema(schema)


def _no_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError(f"{value!r} is not a number; write digits, for example '12'")
    return value


_IN = BeforeValidator(decimal_of)
_OUT = PlainSerializer(plain, return_type=str)

Money = Annotated[Decimal, _IN, _OUT, _schema("money")]
"""An amount of the brief's currency; may be negative."""
NonNegativeMoney = Annotated[Decimal, _IN, Field(ge=0), _OUT, _schema("money", "0")]
"""An amount of zero or more."""
Rate = Annotated[Decimal, _IN, _OUT, _schema("rate")]
"""A fraction: 0.1 is ten percent; may be negative or above one."""
Share = Annotated[Decimal, _IN, Field(ge=0, le=1), _OUT, _schema("rate", "0", "1")]
"""A fraction from 0 to 1."""
Ratio = Annotated[Decimal, _IN, _OUT, _schema("ratio")]
"""A number without a unit: a contrast ratio, an exponent."""
Volume = Annotated[Decimal, _IN, _OUT, _schema("count")]
"""A number of things that need not be whole, such as expected orders."""
NonNegativeVolume = Annotated[Decimal, _IN, Field(ge=0), _OUT, _schema("count", "0")]
Months = Annotated[Decimal, _IN, _OUT, _schema("months")]
Count = Annotated[
    int,
    BeforeValidator(_no_bool),
    Field(ge=0, le=10**12),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 10**12, "x-unit": "count"}),
]
"""A whole number of things."""
Days = Annotated[
    int,
    BeforeValidator(_no_bool),
    Field(ge=-100_000, le=100_000),
    WithJsonSchema({"type": "integer", "minimum": -100_000, "maximum": 100_000, "x-unit": "days"}),
]
"""A whole number of days; the field's description says whether working or calendar days."""
Day = Annotated[date, WithJsonSchema({"type": "string", "format": "date", "x-unit": "date"})]
"""A calendar date, ISO 8601."""
