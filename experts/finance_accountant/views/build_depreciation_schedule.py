"""A book depreciation schedule as a chart, a table and a workbook with formulas."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.finance_accountant.tools.build_depreciation_schedule import Depreciation
from experts.finance_accountant.views._look import currency_of, money, money_axis, words
from experts.finance_accountant.views._schedules import every, legend_below, shortened


def view(result: Depreciation, arguments: Mapping[str, Any]) -> View:
    """Book value and depreciation by year."""
    currency, kind = currency_of(arguments), words(str(arguments.get("kind") or "straight_line")).lower()
    first = result.rows[0]
    title = f"By {kind}, year 1 takes {money(first.depreciation, currency)} {currency} and {len(result.rows)} years take {money(result.total, currency)}"
    columns = {
        "year": ("Year", "count"),
        "depreciation": ("Depreciation", "money"),
        "accumulated": ("Accumulated", "money"),
        "book": ("Book value", "money"),
    }
    rows = [
        {
            "year": str(row.year),
            "depreciation": money(row.depreciation, currency),
            "accumulated": money(row.accumulated, currency),
            "book": money(row.book_value, currency),
        }
        for row in result.rows
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="schedule", title=title, alt=f"Depreciation and book value by year. {title}."),
            grid(f"Depreciation schedule, {currency}", columns, shortened(rows, list(columns))),
            *closing(result),
        ),
        pictures={"schedule": _chart(result, title, currency)},
        files={"depreciation-schedule.xlsx": _book(result, arguments, currency)},
    )


def _chart(result: Depreciation, title: str, currency: str) -> str:
    from experts.core.charts import ACCENT, GRID, SECOND, figure, svg

    years = [row.year for row in result.rows]
    with figure(9, 4.4, title) as (made, axes):
        axes.bar(
            years, [float(row.depreciation) for row in result.rows], color=SECOND, label="Depreciation of the year"
        )
        axes.plot(
            years,
            [float(row.book_value) for row in result.rows],
            color=ACCENT,
            marker="o",
            label="Book value at its end",
        )
        axes.set_xticks(years[:: every(len(years))])
        axes.set_xlabel("Year")
        axes.set_ylabel(currency)
        axes.set_ylim(0)
        money_axis(axes.yaxis)
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        legend_below(axes, 2)
        return svg(made)


def _book(result: Depreciation, arguments: Mapping[str, Any], currency: str) -> bytes:
    cost = arguments["cost"]
    rows: list[tuple[Cell, ...]] = []
    for at, row in enumerate(result.rows):
        place = FIRST_ROW + at
        rows.append(
            (
                row.year,
                row.depreciation,
                Formula(f"=SUM(B${FIRST_ROW}:B{place})", row.accumulated),
                Formula(f"=$F${FIRST_ROW}-C{place}", row.book_value),
                None,
                cost if at == 0 else None,
            )
        )
    columns = (
        ("Year", "count", 8),
        ("Depreciation", "money", 16),
        ("Accumulated", "money", 16),
        ("Book value", "money", 16),
        ("", "text", 4),
        ("Cost", "money", 16),
    )
    return workbook(
        Grid(
            "Schedule",
            f"Depreciation schedule, {currency}",
            columns,
            tuple(rows),
            note=result.method,
            inputs=frozenset({(0, 5)}),
        )
    )
