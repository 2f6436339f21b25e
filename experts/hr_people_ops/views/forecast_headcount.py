"""Headcount and cost by month, with a workbook by role."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.hr_people_ops.tools.forecast_headcount import HeadcountForecast
from experts.hr_people_ops.views._look import money, number, words


def view(result: HeadcountForecast, arguments: Mapping[str, Any]) -> View:
    """The chart, the table by role and the workbook."""
    currency, months = arguments["currency"], len(result.months)
    end = result.months[-1].headcount
    title = f"{number(end, 0)} people by {result.months[-1].month:%B %Y}, at {money(result.total_cost, 0)} {currency}"
    title += f" over {months} month{'s' if months > 1 else ''}"
    columns = {
        "role": ("Role", "text"),
        "now": ("Now", "count"),
        "hires": ("Hires", "count"),
        "leavers": ("Expected leavers", "count"),
        "end": ("At the end", "count"),
        "range": ("90% range", "text"),
        "cost": (f"Cost, {currency}", "money"),
    }
    rows = [
        {
            "role": words(key),
            "now": f"{arguments['roles'][key].headcount}",
            "hires": number(row.hires, 1),
            "leavers": number(row.leavers, 1),
            "end": number(row.headcount, 1),
            "range": f"{number(row.low, 1)} to {number(row.high, 1)}",
            "cost": money(row.cost),
        }
        for key, row in result.roles.items()
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="headcount", title=title, alt=f"Expected headcount by month and role. {title}."),
            grid("Plan by role", columns, rows),
            *closing(result),
        ),
        pictures={"headcount": _chart(result, title, currency)},
        files={"headcount-plan.xlsx": _book(result, arguments, currency)},
    )


def _chart(result: HeadcountForecast, title: str, currency: str) -> str:
    from experts.core.charts import GRID, INK, SERIES, figure, shorten, svg

    months = range(len(result.months))
    largest = sorted(result.roles, key=lambda key: -result.roles[key].headcount)
    shown = [key for key in result.roles if key in largest[:7]]
    with figure(9, 4.8, title) as (made, axes):
        base = [0.0] * len(result.months)
        layers = {words(key): [float(row.headcount) for row in result.roles[key].months] for key in shown}
        if len(result.roles) > len(shown):
            others = [key for key in result.roles if key not in shown]
            layers["Other roles"] = [
                float(sum((result.roles[key].months[at].headcount for key in others), Decimal(0))) for at in months
            ]
        for at, (label, values) in enumerate(layers.items()):
            axes.bar(months, values, bottom=base, color=SERIES[at % len(SERIES)], width=0.72, label=shorten(label, 24))
            base = [a + b for a, b in zip(base, values, strict=True)]
        step = max(1, len(result.months) // 12)
        axes.set_xticks(list(months)[::step], [f"{row.month:%b %y}" for row in result.months][::step])
        axes.set_ylim(0, max(base) * 1.12 or 1)
        for at in {0, len(base) - 1}:
            axes.text(at, base[at], f"{base[at]:,.1f}", ha="center", va="bottom", fontsize=9, color=INK)
        axes.set_ylabel("People at the end of the month (expected)")
        axes.set_xlabel("Month")
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.legend(frameon=False, fontsize=9, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.16))
        return svg(made)


def _book(result: HeadcountForecast, arguments: Mapping[str, Any], currency: str) -> bytes:
    rows: list[tuple[Cell, ...]] = []
    for key, plan in result.roles.items():
        opening: Decimal | int = arguments["roles"][key].headcount
        for at, month in enumerate(plan.months):
            row = FIRST_ROW + len(rows)
            begin: Cell = opening if at == 0 else Formula(f"=F{row - 1}", plan.months[at - 1].headcount)
            rows.append(
                (
                    words(key),
                    month.month,
                    begin,
                    month.hires,
                    month.leavers,
                    Formula(f"=C{row}+D{row}-E{row}", month.headcount),
                    month.cost,
                )
            )
    end = FIRST_ROW + len(rows) - 1
    rows.append(("Total", None, None, None, None, None, Formula(f"=SUM(G{FIRST_ROW}:G{end})", result.total_cost)))
    columns = (
        ("Role", "text", 28),
        ("Month", "date", 12),
        ("Opening", "ratio", 12),
        ("Hires", "ratio", 10),
        ("Expected leavers", "ratio", 12),
        ("Closing", "ratio", 12),
        (f"Cost, {currency}", "money", 16),
    )
    totals = tuple((month.month, month.hires, month.leavers, month.headcount, month.cost) for month in result.months)
    return workbook(
        Grid("By role", "Headcount plan by role and month", columns, tuple(rows), bold=frozenset({len(rows) - 1})),
        Grid(
            "By month",
            "Headcount plan, all roles",
            (
                ("Month", "date", 12),
                ("Hires", "ratio", 10),
                ("Expected leavers", "ratio", 12),
                ("Headcount", "ratio", 12),
                (f"Cost, {currency}", "money", 16),
            ),
            totals,
        ),
    )
