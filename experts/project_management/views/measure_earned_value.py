"""Earned value as a chart: plan, value earned and cost to the data date, and where the cost is heading."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.measure_earned_value import EarnedValue
from experts.project_management.views._look import figure_of, grouped, percent, tidy


def view(result: EarnedValue, arguments: Mapping[str, Any]) -> View:
    """The measures, and the curves if there is a baseline."""
    cost = "under" if result.cost_variance >= 0 else "over"
    time = "ahead of" if result.schedule_variance >= 0 else "behind"
    title = (
        f"Work worth {figure_of(abs(result.schedule_variance))} {time} plan, cost {figure_of(abs(result.cost_variance))} "
        f"{cost}; estimate at completion {figure_of(result.eac)}"
    )
    figures = [
        ("Cost variance (EV - AC)", figure_of(result.cost_variance)),
        ("Schedule variance (EV - PV)", figure_of(result.schedule_variance)),
        ("CPI", figure_of(result.cpi)),
        ("SPI", figure_of(result.spi)),
        ("Work done", percent(result.percent_complete, 1)),
        ("Budget spent", percent(result.percent_spent, 1)),
        ("EAC, chosen", figure_of(result.eac)),
        ("EAC = BAC / CPI", figure_of(result.eac_cpi)),
        ("EAC = AC + rest as budgeted", figure_of(result.eac_budgeted)),
        ("EAC with CPI and SPI", figure_of(result.eac_cpi_spi)),
        ("Estimate to complete", figure_of(result.etc)),
        ("Variance at completion", figure_of(result.vac)),
        ("TCPI to meet the BAC", figure_of(result.tcpi_bac)),
        ("TCPI to meet the EAC", figure_of(result.tcpi_eac)),
    ]
    if result.time:
        figures += [
            ("Earned schedule, periods", figure_of(result.time.earned_schedule)),
            ("Schedule variance in time, periods", figure_of(result.time.schedule_variance)),
            ("SPI(t)", figure_of(result.time.spi_time)),
            ("Forecast duration, periods", figure_of(result.time.forecast_duration)),
        ]
    rows = [{"name": name, "value": value} for name, value in figures]
    return View(
        title=title,
        blocks=document(
            Picture(picture="earned-value", title=title, alt=f"Planned value, earned value and actual cost. {title}."),
            grid("Measures at the data date", {"name": ("Measure", "text"), "value": ("Value", "ratio")}, rows),
            *closing(result),
        ),
        pictures={"earned-value": _chart(result, arguments, title)},
    )


def _chart(result: EarnedValue, arguments: Mapping[str, Any], title: str) -> str:
    from experts.core.charts import ACCENT, INK, MUTED, SECOND, THIRD, figure, svg

    bac, baseline = float(arguments["budget_at_completion"]), arguments.get("baseline")
    values = {
        "PV": (float(arguments["planned_value"]), ACCENT),
        "EV": (float(arguments["earned_value"]), THIRD),
        "AC": (float(arguments["actual_cost"]), SECOND),
    }
    with figure(9, 4.8, title) as (made, axes):
        if not baseline or not result.time:
            names = [*values, "BAC", "EAC"]
            heights = [*(value for value, _ in values.values()), bac, float(result.eac)]
            bars = axes.bar(names, heights, color=[*(color for _, color in values.values()), MUTED, INK], width=0.6)
            axes.bar_label(bars, [f"{height:,.10g}" for height in heights], padding=3, fontsize=9)
            axes.margins(y=0.12)
            grouped(axes.yaxis)
            tidy(axes, "PV planned, EV earned, AC spent to date; BAC budget and EAC estimate at completion", "Cost")
            return svg(made)
        now = arguments["periods_elapsed"]
        axes.plot(range(len(baseline) + 1), [0.0, *map(float, baseline)], color=ACCENT, label="Planned value")
        for name, label in (("EV", "Earned value"), ("AC", "Actual cost")):
            value, color = values[name]
            axes.plot([0, now], [0, value], color=color, linewidth=1.4, linestyle=":")
            axes.plot([now], [value], color=color, marker="o", markersize=8, linestyle="", label=f"{label} to date")
        ends = max(float(result.time.forecast_duration or result.time.planned_duration), now)
        axes.plot(
            [now, ends], [values["AC"][0], float(result.eac)], color=SECOND, linestyle="--", label="Forecast cost"
        )
        axes.axvline(now, color=MUTED, linewidth=0.9)
        axes.axhline(bac, color=INK, linewidth=1, linestyle=(0, (6, 3)), label="Budget at completion")
        axes.set_ylim(0, max(bac, float(result.eac)) * 1.08)
        axes.set_xlim(0, max(ends, len(baseline)) * 1.03)
        grouped(axes.yaxis)
        tidy(axes, "Periods of the baseline", "Cumulative cost", 5)
        axes.legend(frameon=False, ncols=3, fontsize=9, loc="upper center", bbox_to_anchor=(0.5, -0.15))
        return svg(made)
