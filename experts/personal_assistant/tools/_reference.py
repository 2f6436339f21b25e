"""The expert's dated tables, read when first needed."""

from functools import cache
from pathlib import Path

from experts.core.tables import ReferenceTable, load_table

_TABLES = Path(__file__).parent.parent / "tables"


@cache
def table(name: str) -> ReferenceTable:
    """The table `tables/<name>.toml`."""
    return load_table(_TABLES / f"{name}.toml")
