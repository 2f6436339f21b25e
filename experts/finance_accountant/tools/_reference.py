"""The expert's dated tables, read when first needed."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from experts.core.errors import InvalidInput
from experts.core.tables import ReferenceTable, load_table

_TABLES = Path(__file__).parent.parent / "tables"


@cache
def table(name: str) -> ReferenceTable:
    """The table `tables/<name>.toml`."""
    return load_table(_TABLES / f"{name}.toml")


def tax_year(year: int, field: str = "year") -> dict[str, Any]:
    """The federal parameters of a tax year. InvalidInput names the years covered; none is extrapolated."""
    found = table("us_tax_parameters")
    covered = [row.effective_from.year for row in found.rows]
    if year not in covered:
        raise InvalidInput(
            f"year {year!r} has no published figures in table {found.id!r}, which covers "
            f"{', '.join(map(str, covered))}; choose one of these",
            field=field,
        )
    return found.on(date(year, 7, 1))


def cited(year: int) -> str:
    """The table and the law behind a year's figures."""
    found = table("us_tax_parameters")
    return f"Figures of {year}: reference://{found.id} ({tax_year(year)['source']}), checked {found.checked_on}."
