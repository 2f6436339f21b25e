"""Reference tables: dated, sourced data that tools look up and never extrapolate."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from experts.core.contract import Model
from experts.core.errors import ConfigurationError, InvalidInput


class Row(Model):
    """One set of values and the time it holds for."""

    effective_from: date
    effective_to: date | None = None
    values: dict[str, Any]


class ReferenceTable(Model):
    """A table with its jurisdiction, source and the day it was last checked against that source."""

    id: str
    title: str
    jurisdiction: str
    source: str
    checked_on: date
    rows: list[Row] = Field(min_length=1)

    def on(self, day: date) -> dict[str, Any]:
        """The values in force on `day`. A day without a row is an error, never the nearest row."""
        for row in self.rows:
            if row.effective_from <= day and (row.effective_to is None or day <= row.effective_to):
                return row.values
        spans = "; ".join(f"{row.effective_from} to {row.effective_to or 'open'}" for row in self.rows)
        raise InvalidInput(f"table {self.id!r} has no values for {day}; it covers {spans}")

    def current(self) -> dict[str, Any]:
        """The values of the one open row (for standards that hold until a new edition)."""
        open_rows = [row for row in self.rows if row.effective_to is None]
        if len(open_rows) != 1:
            raise ConfigurationError(f"table {self.id!r} has {len(open_rows)} rows without an end; one is needed")
        return open_rows[0].values


@cache
def load_table(path: Path) -> ReferenceTable:
    """Read and validate one table file."""
    try:
        return ReferenceTable.model_validate(tomllib.loads(path.read_text("utf-8"), parse_float=Decimal))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigurationError(f"table file {path.name!r} is not valid: {error}") from error
