"""Tax depreciation by year as stacked bars, tables by asset and a workbook."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import ItemList, Picture
from experts.core.view import View, closing, document, grid
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.finance_accountant.tools.build_macrs_schedule import MacrsPlan
from experts.finance_accountant.views._look import money, money_axis, percent, words
from experts.finance_accountant.views._schedules import every, legend_below, shortened


def view(result: MacrsPlan, arguments: Mapping[str, Any]) -> View:
    """Deductions by year and asset."""
    first = result.years[0]
    title = f"The first year deducts {money(first.total, 'USD')} USD, of which {money(first.section_179 + first.bonus, 'USD')} at once"
    columns = {
        "asset": ("Asset", "text"),
        "table": ("Table and convention", "text"),
        "expensed": ("179", "money"),
        "bonus": ("Bonus", "money"),
        "basis": ("Basis", "money"),
        "first": ("Year 1", "money"),
    }
    rows = [
        {
            "asset": words(key),
            "table": f"{one.table}, {one.convention}",
            "expensed": money(one.section_179, "USD"),
            "bonus": f"{money(one.bonus, 'USD')} ({percent(one.bonus_rate, 0)})",
            "basis": money(one.basis, "USD"),
            "first": money(one.rows[0].depreciation, "USD"),
        }
        for key, one in result.assets.items()
    ]
    heads = {
        "year": ("Year", "text"),
        "expensed": ("Section 179", "money"),
        "bonus": ("Bonus", "money"),
        "depreciation": ("By table", "money"),
        "total": ("Total", "money"),
    }
    years = [
        {
            "year": str(year.year),
            "expensed": money(year.section_179, "USD"),
            "bonus": money(year.bonus, "USD"),
            "depreciation": money(year.depreciation, "USD"),
            "total": money(year.total, "USD"),
        }
        for year in result.years
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="years", title=title, alt=f"Tax depreciation by year. {title}."),
            grid("Assets, USD", columns, rows),
            grid("Deductions by year, USD", heads, shortened(years, list(heads))),
            ItemList(title="Sources", items=result.sources),
            *closing(result),
        ),
        pictures={"years": _chart(result, title)},
        files={"macrs-schedule.xlsx": _book(result)},
    )


def _chart(result: MacrsPlan, title: str) -> str:
    from experts.core.charts import ACCENT, GRID, SECOND, THIRD, figure, svg

    years = [year.year for year in result.years]
    once = [float(year.section_179) for year in result.years]
    extra = [float(year.bonus) for year in result.years]
    with figure(9, 4.4, title) as (made, axes):
        axes.bar(years, once, color=THIRD, label="Section 179")
        axes.bar(years, extra, bottom=once, color=SECOND, label="Bonus")
        below = [a + b for a, b in zip(once, extra, strict=True)]
        axes.bar(
            years,
            [float(year.depreciation) for year in result.years],
            bottom=below,
            color=ACCENT,
            label="MACRS by table",
        )
        axes.set_xticks(years[:: every(len(years))])
        axes.set_xlabel("Tax year")
        axes.set_ylabel("USD")
        money_axis(axes.yaxis)
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        legend_below(axes, 3)
        return svg(made)


def _book(result: MacrsPlan) -> bytes:
    rows: list[tuple[Cell, ...]] = []
    for key, one in result.assets.items():
        for at, row in enumerate(one.rows):
            place = FIRST_ROW + len(rows)
            once = one.section_179 + one.bonus if at == 0 else None
            total = row.depreciation + (one.section_179 + one.bonus if at == 0 else 0)
            rows.append(
                (
                    words(key),
                    one.table,
                    row.year,
                    row.percent,
                    one.basis,
                    row.depreciation,
                    once,
                    Formula(f"=F{place}+G{place}", total),
                )
            )
    last = FIRST_ROW + len(rows) - 1
    by_year: list[tuple[Cell, ...]] = [
        (
            year.year,
            Formula(
                f"=SUMIF('By asset'!C${FIRST_ROW}:C${last},A{FIRST_ROW + at},'By asset'!H${FIRST_ROW}:H${last})",
                year.total,
            ),
        )
        for at, year in enumerate(result.years)
    ]
    return workbook(
        Grid(
            "By year",
            "Tax depreciation by year, USD",
            (("Year", "text", 10), ("Deduction", "money", 18)),
            tuple(by_year),
        ),
        Grid(
            "By asset",
            "Tax depreciation by asset, USD",
            (
                ("Asset", "text", 28),
                ("Table", "text", 12),
                ("Year", "text", 10),
                ("Percent", "rate", 10),
                ("Basis", "money", 16),
                ("By table", "money", 16),
                ("179 and bonus", "money", 16),
                ("Total", "money", 16),
            ),
            tuple(rows),
            note="; ".join(result.sources),
        ),
    )
