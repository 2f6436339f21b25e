"""budget.xlsx in a spreadsheet engine that is not ours: compiled once, then recalculated for each change."""

import contextlib
import io
import os
from pathlib import Path
from typing import Any

CellValue = float | str | None


class Workbook:
    """A workbook's cells by sheet and address, as stored in the file and as the `formulas` package works them out."""

    def __init__(self, path: Path, scratch: Path) -> None:
        import formulas
        import openpyxl

        os.environ.setdefault("TQDM_DISABLE", "1")
        self.formulas = openpyxl.load_workbook(path)
        self.stored = openpyxl.load_workbook(path, data_only=True)
        copy = scratch / "BOOK.XLSX"
        copy.write_bytes(path.read_bytes())
        with contextlib.redirect_stderr(io.StringIO()):
            self.model: Any = formulas.ExcelModel().loads(str(copy)).finish()

    def at(self, sheet: str, row: str, column: int = 2) -> tuple[str, str]:
        """The cell in the row whose first text is `row`."""
        found = [r for r in self.stored[sheet].iter_rows() if r[0].value == row]
        assert len(found) == 1, f"{len(found)} rows {row!r} in {sheet}"
        return sheet, str(found[0][column - 1].coordinate)

    def calculated(self, changes: dict[tuple[str, str], float | str] | None = None) -> dict[tuple[str, str], CellValue]:
        """Every cell after recalculation; a change must be of a cell that holds a value and no formula."""
        inputs = {}
        for (sheet, address), value in (changes or {}).items():
            held = self.formulas[sheet][address]
            assert held.value is not None and held.data_type != "f", f"{sheet}!{address} is no input: {held.value}"
            inputs[f"'[BOOK.XLSX]{sheet.upper()}'!{address}"] = value
        with contextlib.redirect_stderr(io.StringIO()):
            solution = self.model.calculate(inputs=inputs or None)
        names = {name.upper(): name for name in self.formulas.sheetnames}
        found: dict[tuple[str, str], CellValue] = {}
        for node, cell in solution.items():
            where, _, address = str(node).rpartition("!")
            name = names.get(where.strip("'").partition("]")[2])
            if name is not None and ":" not in address:
                found[name, address] = _plain(cell.value[0, 0])
        return found


def _plain(value: Any) -> CellValue:
    if isinstance(value, str):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value)
