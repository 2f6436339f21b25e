"""The S-curve of the simulated end, and which tasks decide it."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.simulate_schedule_risk import ScheduleRisk
from experts.project_management.views._look import figure_of, in_percent, percent, tidy

SHOWN = 20


def view(result: ScheduleRisk, arguments: Mapping[str, Any]) -> View:
    """Chance of being done by each duration; P50, P80, the plan and the deadline marked."""
    title = f"Half of the trials end by {figure_of(result.p50)}, eight in ten by {figure_of(result.p80)}"
    if result.deadline_probability is not None:
        title += f"; the deadline is kept in {percent(result.deadline_probability)}"
    ranked = sorted(result.criticality.items(), key=lambda item: (-item[1], item[0]))
    rows = [
        {"name": name, "value": figure_of(value)}
        for name, value in (
            ("P10", result.p10),
            ("P50", result.p50),
            ("P80", result.p80),
            ("P90", result.p90),
            ("Mean", result.mean),
            ("Plan of most likely durations", result.likely_plan),
        )
    ]
    rows.append({"name": "Chance of the plan", "value": percent(result.plan_probability, 1)})
    return View(
        title=title,
        blocks=document(
            Picture(picture="s-curve", title=title, alt=f"Cumulative distribution of the end. {title}."),
            grid(
                "The end, in the unit of the estimates", {"name": ("Figure", "text"), "value": ("Value", "ratio")}, rows
            ),
            Picture(
                picture="criticality", title="Criticality index", alt="Share of trials in which each task was critical."
            ),
            grid(
                "Criticality index",
                {"task": ("Task", "text"), "share": ("Share of trials in which it sets the end", "ratio")},
                [{"task": key, "share": percent(share, 1)} for key, share in ranked],
            ),
            *closing(result),
        ),
        pictures={"s-curve": _curve(result, arguments, title), "criticality": _critical(ranked)},
    )


def _curve(result: ScheduleRisk, arguments: Mapping[str, Any], title: str) -> str:
    from experts.core.charts import ACCENT, INK, MUTED, SECOND, figure, svg

    points = [(float(result.earliest), 0.0)]
    points += [(float(end), int(name[1:]) / 100) for name, end in result.curve.items()]
    points.append((float(result.latest), 1.0))
    with figure(9, 4.8, title) as (made, axes):
        axes.plot([x for x, _ in points], [y for _, y in points], color=ACCENT, linewidth=2.2, label="Simulated end")
        for name, end, level in (("P50", result.p50, 0.5), ("P80", result.p80, 0.8)):
            axes.plot([float(end)], [level], marker="o", color=INK)
            axes.annotate(
                f"{name}  {figure_of(end)}",
                (float(end), level),
                xytext=(-9, 4),
                textcoords="offset points",
                ha="right",
                fontsize=9,
            )
        axes.axvline(float(result.likely_plan), color=MUTED, linestyle="--", linewidth=1.2, label="Most likely plan")
        if arguments.get("deadline") is not None:
            axes.axvline(float(arguments["deadline"]), color=SECOND, linewidth=1.6, label="Deadline")
        axes.set_ylim(0, 1.02)
        in_percent(axes.yaxis)
        tidy(axes, "Duration, in the unit of the estimates", "Trials that end by then", 3)
        return svg(made)


def _critical(ranked: list[tuple[str, Any]]) -> str:
    from experts.core.charts import ACCENT, figure, shorten, svg

    shown = ranked[:SHOWN]
    title = f"{ranked[0][0]} sets the end in {percent(ranked[0][1])} of the trials"
    with figure(9, 1.5 + 0.27 * len(shown), title) as (made, axes):
        axes.barh(range(len(shown)), [float(share) for _, share in shown], color=ACCENT, height=0.65)
        axes.set_yticks(range(len(shown)), [shorten(key, 30) for key, _ in shown])
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        in_percent(axes.xaxis)
        axes.set_xlabel("Share of trials in which the task is critical")
        return svg(made)
