"""The cost S-curve, the weeks, and a workbook whose cumulative values are formulas."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.project_management.tools.build_cost_baseline import CostBaseline
from experts.project_management.views._look import figure_of, grouped, tidy


def view(result: CostBaseline, arguments: Mapping[str, Any]) -> View:
    """Planned value by week and cumulative, with the reserve outside."""
    currency = arguments["currency"]
    top, peak = max(result.weeks.items(), key=lambda item: item[1].planned)
    title = f"{figure_of(result.bac, 2)} {currency} over {len(result.weeks)} weeks; most in {top}, {figure_of(peak.planned, 2)}"
    columns = {
        "week": ("Week", "text"),
        "begins": ("From", "text"),
        "planned": ("Planned", "money"),
        "cumulative": ("Cumulative", "money"),
    }
    rows = [
        {
            "week": key,
            "begins": f"{week.begins}",
            "planned": figure_of(week.planned, 2),
            "cumulative": figure_of(week.cumulative, 2),
        }
        for key, week in result.weeks.items()
    ]
    money = [
        {"name": name, "value": figure_of(value, 2)}
        for name, value in (
            ("Budget at completion", result.bac),
            ("Reserve, outside the baseline", result.reserve),
            ("Unallocated, outside the baseline", result.unallocated),
            ("Project budget", result.budget_total),
        )
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="s-curve", title=title, alt=f"Planned value by week. {title}."),
            grid(f"Budget, {currency}", {"name": ("Part", "text"), "value": ("Amount", "money")}, money),
            grid(f"Planned value by week, {currency}", columns, rows),
            *closing(result),
        ),
        pictures={"s-curve": _curve(result, title, currency)},
        files={"cost-baseline.xlsx": _book(result, currency)},
    )


def _curve(result: CostBaseline, title: str, currency: str) -> str:
    from experts.core.charts import ACCENT, INK, SECOND, figure, svg

    weeks = list(result.weeks.values())
    at = range(len(weeks))
    with figure(9, 4.8, title) as (made, axes):
        axes.bar(at, [float(week.planned) for week in weeks], color="#A9C5DC", label="Planned in the week")
        axes.plot(at, [float(week.cumulative) for week in weeks], color=ACCENT, linewidth=2.2, label="Cumulative")
        axes.axhline(float(result.bac), color=INK, linewidth=1, linestyle="--", label="Budget at completion")
        if result.budget_total > result.bac:
            axes.axhline(float(result.budget_total), color=SECOND, linewidth=1, linestyle=":", label="Project budget")
        step = -(-len(weeks) // 14)
        axes.set_xticks(
            list(at)[::step], [f"{week.begins:%d %b %y}" for week in weeks][::step], rotation=35, ha="right"
        )
        grouped(axes.yaxis)
        axes.set_ylim(0, float(result.budget_total) * 1.06 or 1)
        tidy(axes, "", currency)
        axes.set_xlabel("Week from")
        made.legend(loc="outside lower center", frameon=False, ncols=4, fontsize=9)
        return svg(made)


def _book(result: CostBaseline, currency: str) -> bytes:
    rows: list[tuple[Cell, ...]] = []
    for at, (key, week) in enumerate(result.weeks.items()):
        row = FIRST_ROW + at
        text = f"=C{row}" if at == 0 else f"=D{row - 1}+C{row}"
        rows.append(
            (key, week.begins, week.planned, Formula(text, week.cumulative), week.production_days, week.media_days)
        )
    last = FIRST_ROW + len(rows) - 1
    rows.append(("Budget at completion", None, Formula(f"=SUM(C{FIRST_ROW}:C{last})", result.bac), None, None, None))
    columns = (
        ("Week", "text", 22),
        ("From", "date", 12),
        ("Planned", "money", 16),
        ("Cumulative", "money", 16),
        ("Task days", "count", 12),
        ("Media days", "count", 12),
    )
    inputs = frozenset((at, 2) for at in range(len(result.weeks)))
    return workbook(
        Grid(
            "Cost baseline",
            f"Planned value by week, {currency}",
            columns,
            tuple(rows),
            note="Blue cells are inputs; cumulative values and the total are formulas.",
            bold=frozenset({len(rows) - 1}),
            inputs=inputs,
        )
    )
