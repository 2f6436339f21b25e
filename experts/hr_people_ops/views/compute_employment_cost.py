"""What one employee costs, part by part."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, document, grid
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.hr_people_ops.tools.compute_employment_cost import EmploymentCost
from experts.hr_people_ops.views._look import ending, money, percent, words


def view(result: EmploymentCost, arguments: Mapping[str, Any]) -> View:
    """The parts on top of wages as bars, a table, and a workbook with formulas."""
    title = (
        f"An employee on {money(arguments['wages'], 0)} USD costs {money(result.per_employee, 0)} USD a year, "
        f"{percent(result.on_cost)} on top"
    )
    columns = {
        "part": ("Part", "text"),
        "base": ("Base, USD", "money"),
        "rate": ("Rate", "rate"),
        "amount": ("Amount, USD", "money"),
    }
    rows = [
        {"part": words(key), "base": money(row.base), "rate": percent(row.rate, 2), "amount": money(row.amount)}
        for key, row in result.lines.items()
    ]
    rows.append({"part": "Per employee", "base": "", "rate": "", "amount": money(result.per_employee)})
    return View(
        title=title,
        blocks=document(
            Picture(picture="cost", title=title, alt=f"Employer cost on top of wages. {title}."),
            grid("Cost of one employee a year", columns, rows, note=result.jurisdiction),
            *ending(result),
        ),
        pictures={"cost": _chart(result, title)},
        files={"employment-cost.xlsx": _book(result, arguments)},
    )


def _chart(result: EmploymentCost, title: str) -> str:
    from matplotlib.ticker import FuncFormatter

    from experts.core.charts import ACCENT, figure, shorten, svg

    rows = [(key, float(row.amount)) for key, row in result.lines.items() if key != "wages"]
    with figure(8, 1.7 + 0.38 * len(rows), title) as (made, axes):
        axes.barh(range(len(rows)), [value for _, value in rows], color=ACCENT, height=0.62)
        for at, (_, value) in enumerate(rows):
            axes.text(value, at, f"  {value:,.2f}", va="center", fontsize=9)
        axes.set_yticks(range(len(rows)), [shorten(words(key), 34) for key, _ in rows])
        axes.invert_yaxis()
        axes.set_xlim(0, max(value for _, value in rows) * 1.22 or 1)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.set_xlabel("USD a year on top of wages, one employee")
        return svg(made)


def _book(result: EmploymentCost, arguments: Mapping[str, Any]) -> bytes:
    rows: list[tuple[Cell, ...]] = []
    for at, (key, part) in enumerate(result.lines.items()):
        row = FIRST_ROW + at
        amount: Cell = part.amount if part.rate is None else Formula(f"=ROUND(B{row}*C{row},2)", part.amount)
        rows.append((words(key), part.base, part.rate, amount))
    end = FIRST_ROW + len(rows) - 1
    rows.append(("Per employee", None, None, Formula(f"=SUM(D{FIRST_ROW}:D{end})", result.per_employee)))
    rows.append(("Headcount", None, None, arguments.get("headcount", 1)))
    rows.append(("Total", None, None, Formula(f"=D{end + 1}*D{end + 2}", result.total)))
    return workbook(
        Grid(
            "Employment cost",
            f"Employer cost, {result.jurisdiction}, {arguments['year']}, USD",
            (("Part", "text", 34), ("Base", "money", 16), ("Rate", "ratio", 12), ("Amount", "money", 16)),
            tuple(rows),
            bold=frozenset({len(rows) - 3, len(rows) - 1}),
            note="State payroll taxes only where given.",
        )
    )
