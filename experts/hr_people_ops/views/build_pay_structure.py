"""Pay ranges as bars with their midpoints, and a workbook that recalculates them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.hr_people_ops.tools.build_pay_structure import PayStructure
from experts.hr_people_ops.views._look import money, percent


def view(result: PayStructure, arguments: Mapping[str, Any]) -> View:
    """The range chart, the table and the workbook."""
    currency, last = arguments["currency"], result.grades[-1]
    first = result.grades[0]
    grades = "grade runs" if last.grade == 1 else "grades run"
    title = f"{last.grade} {grades} from {money(first.minimum, 0)} to {money(last.maximum, 0)} {currency}"
    columns = {
        "grade": ("Grade", "count"),
        "minimum": ("Minimum", "money"),
        "midpoint": ("Midpoint", "money"),
        "maximum": ("Maximum", "money"),
        "spread": ("Spread", "rate"),
        "overlap": ("Overlap with grade below", "rate"),
    }
    rows = [
        {
            "grade": f"{row.grade}",
            "minimum": money(row.minimum),
            "midpoint": money(row.midpoint),
            "maximum": money(row.maximum),
            "spread": percent(row.spread),
            "overlap": percent(row.overlap),
        }
        for row in result.grades
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="ranges", title=title, alt=f"Pay range of each grade with its midpoint. {title}."),
            grid(f"Pay structure, {currency} a year", columns, rows),
            *closing(result),
        ),
        pictures={"ranges": _chart(result, title, currency)},
        files={"pay-structure.xlsx": _book(result, arguments, currency)},
    )


def _chart(result: PayStructure, title: str, currency: str) -> str:
    from matplotlib.ticker import FuncFormatter

    from experts.core.charts import ACCENT, GRID, INK, figure, svg

    grades = [row.grade for row in result.grades]
    with figure(9, 4.6, title) as (made, axes):
        low = [float(row.minimum) for row in result.grades]
        high = [float(row.maximum) for row in result.grades]
        axes.bar(grades, [b - a for a, b in zip(low, high, strict=True)], bottom=low, width=0.62, color="#A9C5DC")
        for row in result.grades:
            middle = float(row.midpoint)
            axes.plot([row.grade - 0.31, row.grade + 0.31], [middle, middle], color=ACCENT, linewidth=2)
            if len(grades) <= 14:
                axes.annotate(
                    f"{middle:,.0f}",
                    (row.grade, middle),
                    ha="center",
                    va="bottom",
                    fontsize=8 if len(grades) > 8 else 9,
                    color=INK,
                    xytext=(0, 2),
                    textcoords="offset points",
                )
        step = max(1, len(grades) // 20)
        axes.set_xticks(grades[::step])
        axes.set_xlim(0.4, len(grades) + 0.6)
        axes.set_ylim(0, max(high) * 1.06)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.set_xlabel("Grade (bar: minimum to maximum, line: midpoint)")
        axes.set_ylabel(f"{currency} a year")
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return svg(made)


def _book(result: PayStructure, arguments: Mapping[str, Any], currency: str) -> bytes:
    rows: list[tuple[Cell, ...]] = []
    for at, grade in enumerate(result.grades):
        row = FIRST_ROW + at
        exact: Cell = arguments["first_midpoint"]
        if at:
            exact = Formula(f"=B{row - 1}*(1+$H${FIRST_ROW})", _exact(arguments, at))
        wide = arguments["spread"] + arguments["spread_step"] * at
        spread: Cell = wide if not at else Formula(f"=C{row - 1}+$I${FIRST_ROW}", wide)
        unit = f"$J${FIRST_ROW}"
        low = f"B{row}/(1+C{row}/2)"
        rows.append(
            (
                grade.grade,
                exact,
                spread,
                Formula(f"=ROUND({low}/{unit},0)*{unit}", grade.minimum),
                Formula(f"=ROUND(B{row}/{unit},0)*{unit}", grade.midpoint),
                Formula(f"=ROUND({low}*(1+C{row})/{unit},0)*{unit}", grade.maximum),
                None if not at else Formula(f"=(F{row - 1}-D{row})/(F{row}-D{row})", grade.overlap or Decimal(0)),
                arguments["progression"] if not at else None,
                arguments["spread_step"] if not at else None,
                arguments["round_to_nearest"] if not at else None,
            )
        )
    columns = (
        ("Grade", "count", 8),
        ("Midpoint, exact", "money", 16),
        ("Spread", "rate", 10),
        ("Minimum", "money", 15),
        ("Midpoint", "money", 15),
        ("Maximum", "money", 15),
        ("Overlap with grade below", "rate", 14),
        ("Progression", "rate", 13),
        ("Spread step", "rate", 12),
        ("Round to", "money", 12),
    )
    inputs = frozenset({(0, column) for column in (1, 2, 7, 8, 9)})
    title = f"Pay structure, {currency} a year"
    return workbook(Grid("Pay structure", title, columns, tuple(rows), note="Blue cells are inputs.", inputs=inputs))


def _exact(arguments: Mapping[str, Any], at: int) -> Any:
    return arguments["first_midpoint"] * (1 + arguments["progression"]) ** at
