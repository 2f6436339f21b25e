"""Salaries as points in their ranges."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.hr_people_ops.tools.position_salary import SalaryPositions
from experts.hr_people_ops.views._look import money, number, percent, words

_MOST = 40


def view(result: SalaryPositions, arguments: Mapping[str, Any]) -> View:
    """The range picture and the table, in the order given."""
    currency = arguments["currency"]
    average = number(result.average_compa_ratio)
    outside = sum(not row.place.startswith("quartile") for row in result.positions.values())
    title = f"Average compa-ratio {average}; {outside} of {len(result.positions)} outside their range"
    columns = {
        "key": ("Position", "text"),
        "salary": (f"Salary, {currency}", "money"),
        "compa": ("Compa-ratio", "ratio"),
        "depth": ("Penetration", "rate"),
        "place": ("Place", "text"),
        "increase": ("Increase", "money"),
        "lump": ("Lump sum", "money"),
        "new": ("New salary", "money"),
    }
    rows = [
        {
            "key": words(key),
            "salary": money(arguments["positions"][key].salary),
            "compa": number(row.compa_ratio, 3),
            "depth": percent(row.penetration),
            "place": row.place,
            "increase": money(row.increase),
            "lump": money(row.lump_sum),
            "new": money(row.new_salary),
        }
        for key, row in result.positions.items()
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="positions", title=title, alt=f"Range penetration of each salary. {title}."),
            grid("Salaries in their ranges", columns, rows),
            *closing(result),
        ),
        pictures={"positions": _chart(result, title)},
    )


def _chart(result: SalaryPositions, title: str) -> str:
    from experts.core.charts import ACCENT, GRID, MUTED, SECOND, figure, shorten, svg

    rows = list(result.positions.items())[:_MOST]
    left_out = len(result.positions) - len(rows)
    with figure(8, 1.8 + 0.3 * len(rows), title) as (made, axes):
        for at, (_, row) in enumerate(rows):
            axes.plot([0, 1], [at, at], color="#C9DAE8", linewidth=7, solid_capstyle="butt")
            depth = min(max(float(row.penetration), -0.35), 1.35)
            inside = row.place.startswith("quartile")
            axes.plot(depth, at, marker="o" if inside else "D", color=ACCENT if inside else SECOND, markersize=7)
        for quarter in (0, 0.25, 0.5, 0.75, 1):
            axes.axvline(quarter, color=GRID if quarter != 0.5 else MUTED, linewidth=0.8, zorder=0)
        axes.set_yticks(range(len(rows)), [shorten(words(key), 30) for key, _ in rows])
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_xlim(-0.4, 1.4)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["minimum", "25%", "50%", "75%", "maximum"])
        note = f"; the first {_MOST}, {left_out} more in the table" if left_out else ""
        axes.set_xlabel(f"Place in the pay range (diamond: outside the range{note})")
        return svg(made)
