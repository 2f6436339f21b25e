"""Burn-up: points finished so far, and where the backlog is reached at the low, median and high velocity."""

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.plan_sprints import SprintPlan
from experts.project_management.views._look import figure_of, grouped, tidy


def view(result: SprintPlan, arguments: Mapping[str, Any]) -> View:
    """The range for the backlog and for the next sprint."""
    backlog = figure_of(arguments["backlog"])
    title = (
        f"The {backlog} points need {result.sprints_at_high} to {result.sprints_at_low} sprints, "
        f"{result.sprints_at_median} at the median velocity"
    )
    rows = [
        {"pace": pace, "velocity": figure_of(velocity), "next": figure_of(now), "sprints": str(sprints)}
        for pace, velocity, now, sprints in (
            ("Low", result.velocity_low, result.next_low, result.sprints_at_low),
            ("Median", result.velocity_median, result.next_median, result.sprints_at_median),
            ("High", result.velocity_high, result.next_high, result.sprints_at_high),
        )
    ]
    columns = {
        "pace": ("Pace", "text"),
        "velocity": ("Velocity, points a sprint", "ratio"),
        "next": ("Next sprint, points", "ratio"),
        "sprints": ("Sprints for the backlog", "count"),
    }
    return View(
        title=title,
        blocks=document(
            Picture(picture="burn-up", title=title, alt=f"Burn-up chart. {title}."),
            grid("Range", columns, rows),
            *closing(result),
        ),
        pictures={"burn-up": _chart(result, arguments, title)},
    )


def _chart(result: SprintPlan, arguments: Mapping[str, Any], title: str) -> str:
    from experts.core.charts import ACCENT, INK, MUTED, SECOND, THIRD, figure, svg

    done = [0.0, *accumulate(float(velocity) for velocity in arguments["velocities"])]
    now, goal = len(done) - 1, done[-1] + float(arguments["backlog"])
    with figure(9, 4.8, title) as (made, axes):
        axes.plot(range(len(done)), done, color=ACCENT, marker="o", markersize=4, linewidth=2, label="Finished")
        for name, velocity, count, color in (
            ("High", result.velocity_high, result.sprints_at_high, THIRD),
            ("Median", result.velocity_median, result.sprints_at_median, INK),
            ("Low", result.velocity_low, result.sprints_at_low, SECOND),
        ):
            ends = float(arguments["backlog"]) / float(velocity)
            axes.plot(
                [now, now + ends], [done[-1], goal], color=color, linestyle="--", label=f"{name}: {count} sprints"
            )
        axes.axhline(goal, color=MUTED, linewidth=1.2, label="Finished and backlog")
        axes.set_ylim(0, goal * 1.08 or 1)
        axes.set_xlim(0)
        axes.xaxis.get_major_locator().set_params(integer=True)
        grouped(axes.yaxis)
        tidy(axes, "Sprint", "Points, cumulative", 5)
        axes.legend(frameon=False, ncols=3, fontsize=9, loc="upper center", bbox_to_anchor=(0.5, -0.15))
        return svg(made)
