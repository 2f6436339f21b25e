"""The time-cost curve, and which tasks are shortened."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.optimize_schedule_crash import CrashPlan
from experts.project_management.views._look import days, figure_of, grouped, tidy


def view(result: CrashPlan, arguments: Mapping[str, Any]) -> View:
    """Direct and total cost by duration, with the plan marked."""
    title = f"{days(result.duration)[0].upper() + days(result.duration)[1:]} instead of {result.normal_duration} cost {figure_of(result.extra)} more"
    if result.duration == result.normal_duration:
        title = f"The normal plan of {days(result.duration)} is the cheapest that fits"
    shortened = [
        {
            "task": key,
            "days": str(one.shortened),
            "left": str(one.duration),
            "rate": figure_of(one.cost_per_day),
            "extra": figure_of(one.extra),
        }
        for key, one in result.tasks.items()
        if one.shortened
    ]
    columns = {
        "task": ("Task", "text"),
        "days": ("Days less", "count"),
        "left": ("Days left", "count"),
        "rate": ("Cost of a day", "money"),
        "extra": ("Extra cost", "money"),
    }
    curve = [
        {"days": str(p.duration), "direct": figure_of(p.direct_cost), "total": figure_of(p.total_cost)}
        for p in result.curve
    ]
    bodies: list[Any] = [
        Picture(picture="time-cost", title=title, alt=f"Cost by project duration. {title}."),
    ]
    if shortened:
        bodies.append(grid("What is shortened", columns, shortened))
    bodies.append(
        grid(
            "Time-cost curve",
            {
                "days": ("Working days", "count"),
                "direct": ("Direct cost", "money"),
                "total": ("With overhead", "money"),
            },
            curve,
        )
    )
    return View(title=title, blocks=document(*bodies, *closing(result)), pictures={"time-cost": _curve(result, title)})


def _curve(result: CrashPlan, title: str) -> str:
    from experts.core.charts import ACCENT, INK, SECOND, figure, svg

    at = [point.duration for point in result.curve]
    with figure(9, 4.8, title) as (made, axes):
        axes.plot(at, [float(p.direct_cost) for p in result.curve], color=ACCENT, marker="o", label="Direct cost")
        if any(p.total_cost != p.direct_cost for p in result.curve):
            total = [float(p.total_cost) for p in result.curve]
            axes.plot(at, total, color=SECOND, marker="s", markersize=4, label="With overhead")
        axes.plot(
            [result.duration],
            [float(result.total_cost)],
            marker="D",
            markersize=10,
            color=INK,
            linestyle="",
            label="Plan",
        )
        axes.invert_xaxis()
        axes.xaxis.get_major_locator().set_params(integer=True)
        grouped(axes.yaxis)
        tidy(axes, "Project duration, working days (shorter to the right)", "Cost", 3)
        return svg(made)
