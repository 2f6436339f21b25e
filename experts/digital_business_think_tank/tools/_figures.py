"""Small helpers that the tools of this expert share: floats to exact figures, bounds, texts and tables."""

import math
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import plain, round_to
from experts.core.tables import ReferenceTable, load_table
from experts.core.texts import load_text

FOLDER = Path(__file__).parent.parent
LARGEST = Decimal(10) ** 13


def _no_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError(f"{value!r} is not a number; write digits, for example '12'")
    return value


Currency = Annotated[str, Field(max_length=3)]
"""An ISO 4217 code."""
Whole = Annotated[
    int, BeforeValidator(_no_bool), Field(ge=0, le=10**12), WithJsonSchema({"type": "integer", "x-unit": "count"})
]
"""A whole number of things, with a short schema."""
Line = Annotated[str, Field(min_length=1, max_length=300)]
"""One short text of a person's; empty ones are refused."""


def dec(value: float, places: int = 6) -> Decimal:
    """A float as a Decimal of at most `places` digits after the point. InvalidInput when it is not finite."""
    if not math.isfinite(value) or abs(value) >= 1e15:
        raise InvalidInput(f"the result {value!r} is out of range; give smaller or less extreme arguments")
    return round_to(Decimal(repr(float(value))), places)


def figure(value: Decimal) -> str:
    """A Decimal as people read it: thousands separated, without trailing zeros."""
    text = plain(value)
    whole, _, rest = text.partition(".")
    whole = f"{int(whole):,}" if whole not in ("-0", "-") else whole
    return f"{whole}.{rest}" if rest else whole


def percent(value: Decimal, places: int = 1) -> str:
    """A fraction as a percentage for people: 0.1234 is '12.3 %'."""
    return f"{plain(round_to(value * 100, places))} %"


def small(value: Decimal, field: str) -> Decimal:
    """The value, or InvalidInput when it is too large to calculate with."""
    if abs(value) > LARGEST:
        raise InvalidInput(f"{field} {plain(value)!r} is out of range; at most {plain(LARGEST)}", field=field)
    return value


def table(name: str) -> ReferenceTable:
    """A reference table of this expert."""
    return load_table(FOLDER / "tables" / f"{name}.toml")


def questions(playbook: str, heading: str = "Questions") -> list[str]:
    """The list items below `## <heading>` of a playbook, in order: what its framework asks."""
    found: list[str] = []
    inside = False
    for line in load_text(FOLDER / "playbooks" / f"{playbook}.md").body.splitlines():
        if line.startswith("#"):
            inside = line.lstrip("# ").strip() == heading
        elif inside and line.startswith(("- ", "1. ")):
            found.append(line.split(" ", 1)[1].strip())
    return found


def one_of(name: str, known: list[str], field: str) -> str:
    """The name, or InvalidInput that says what was probably meant."""
    if name not in known:
        raise InvalidInput(f"{field} {name!r} is not known{did_you_mean(name, known)}", field=field)
    return name
