"""The normal curve of the duration that PERT gives, with the deadline."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.estimate_pert import PertEstimate
from experts.project_management.views._look import figure_of, in_percent, percent, tidy


def view(result: PertEstimate, arguments: Mapping[str, Any]) -> View:
    """Chance of being done by each duration, and the tasks with their means."""
    title = f"Expected duration {figure_of(result.mean)}; {figure_of(result.duration_at_confidence)} at {percent(arguments['confidence'])}"
    if result.probability is not None:
        title += f"; the deadline of {figure_of(arguments['deadline'])} has a chance of {percent(result.probability)}"
    rows = [
        {
            "task": key,
            "mean": figure_of(one.mean),
            "deviation": figure_of(one.deviation),
            "slack": figure_of(one.slack),
            "path": "yes" if one.on_path else "",
        }
        for key, one in result.tasks.items()
    ]
    columns = {
        "task": ("Task", "text"),
        "mean": ("Mean", "ratio"),
        "deviation": ("Standard deviation", "ratio"),
        "slack": ("Slack", "ratio"),
        "path": ("On the path", "text"),
    }
    pictures = {"curve": _curve(result, arguments, title)} if result.deviation else {}
    shown = (
        [Picture(picture="curve", title=title, alt=f"Normal distribution of the duration. {title}.")]
        if pictures
        else []
    )
    return View(
        title=title,
        blocks=document(*shown, grid("Tasks, in the unit of the estimates", columns, rows), *closing(result)),
        pictures=pictures,
    )


def _curve(result: PertEstimate, arguments: Mapping[str, Any], title: str) -> str:
    from statistics import NormalDist

    from experts.core.charts import ACCENT, MUTED, SECOND, figure, svg

    law = NormalDist(float(result.mean), float(result.deviation))
    xs = [law.mean + law.stdev * step / 20 for step in range(-70, 71)]
    with figure(9, 4.4, title) as (made, axes):
        axes.plot(xs, [law.cdf(x) for x in xs], color=ACCENT, linewidth=2.2, label="Chance of being done")
        axes.axvline(law.mean, color=MUTED, linestyle="--", linewidth=1.2, label=f"Mean {figure_of(result.mean)}")
        if arguments.get("deadline") is not None:
            axes.axvline(float(arguments["deadline"]), color=SECOND, linewidth=1.6, label="Deadline")
        axes.set_ylim(0, 1.02)
        in_percent(axes.yaxis)
        tidy(axes, "Duration, in the unit of the estimates", "Chance of being done by then", 3)
        return svg(made)
