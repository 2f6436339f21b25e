"""Control chart with its signals, or Pareto chart."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.plan_quality import ControlChart, Limits
from experts.project_management.views._look import RED, figure_of, in_percent, percent, tidy

_LABELS = {"individuals": "Value", "mean_range": "Mean of the subgroup", "defective": "Share defective"}


def view(result: ControlChart, arguments: Mapping[str, Any]) -> View:
    """The chart that was asked for, and its figures."""
    return _pareto(result) if result.pareto else _control(result, arguments["chart"])


def _control(result: ControlChart, kind: str) -> View:
    signals = sorted({*result.beyond_limits, *result.range_beyond_limits, *result.runs})
    title = f"In control: all {len(result.points)} points lie within the limits, without a run"
    if signals:
        shown = ", ".join(map(str, signals[:6])) + (" and more" if len(signals) > 6 else "")
        title = f"Not in control: look for the cause of point{'s' if len(signals) > 1 else ''} {shown}"
    assert result.limits and result.range_limits  # only a Pareto has none
    pictures = {
        "control": _chart(result.points, result.limits, result.beyond_limits, result.runs, title, _LABELS[kind])
    }
    bodies: list[Any] = [Picture(picture="control", title=title, alt=f"Control chart. {title}.")]
    limits = [("Values" if kind == "individuals" else _LABELS[kind], result.limits)]
    if result.range_points:
        name = "Moving range" if kind == "individuals" else "Range of the subgroup"
        said = f"{name}: {len(result.range_beyond_limits) or 'no'} point{'' if len(result.range_beyond_limits) == 1 else 's'} beyond the limits"
        pictures["range"] = _chart(result.range_points, result.range_limits, result.range_beyond_limits, [], said, name)
        bodies.append(Picture(picture="range", title=said, alt=f"Range chart. {said}."))
        limits.append((name, result.range_limits))
    rows = [
        {"chart": name, "low": figure_of(one.lower), "mid": figure_of(one.center), "high": figure_of(one.upper)}
        for name, one in limits
    ]
    columns = {
        "chart": ("Chart", "text"),
        "low": ("Lower", "ratio"),
        "mid": ("Centre", "ratio"),
        "high": ("Upper", "ratio"),
    }
    return View(
        title=title, blocks=document(*bodies, grid("Limits", columns, rows), *closing(result)), pictures=pictures
    )


def _chart(points: list[Decimal], limits: Limits, beyond: list[int], runs: list[int], title: str, label: str) -> str:
    from experts.core.charts import ACCENT, INK, SECOND, figure, svg

    at = range(1, len(points) + 1)
    with figure(9, 4.2, title) as (made, axes):
        axes.plot(
            at,
            [float(p) for p in points],
            color=ACCENT,
            linewidth=1.2,
            marker="o",
            markersize=4 if len(points) < 80 else 2,
        )
        for name, level, style in (
            ("upper", limits.upper, "--"),
            ("centre", limits.center, "-"),
            ("lower", limits.lower, "--"),
        ):
            axes.axhline(float(level), color=SECOND if style == "--" else INK, linewidth=1, linestyle=style)
            axes.annotate(
                f"{name} {figure_of(level)}",
                (1.005, float(level)),
                xycoords=("axes fraction", "data"),
                fontsize=8.5,
                va="center",
                annotation_clip=False,
            )
        if runs:
            axes.plot(
                runs,
                [float(points[n - 1]) for n in runs],
                linestyle="",
                marker="D",
                color="#8A5A00",
                label="Run of eight",
            )
        if beyond:
            axes.plot(
                beyond, [float(points[n - 1]) for n in beyond], linestyle="", marker="o", markersize=9, color=RED,
                label="Beyond a limit",
            )  # fmt: skip
        axes.margins(y=0.12)
        axes.xaxis.get_major_locator().set_params(integer=True)
        tidy(axes, "Number of the point, in order of time", label, 2 if beyond or runs else 0)
        return svg(made)


def _pareto(result: ControlChart) -> View:
    few = [cause for cause in result.pareto if cause.vital]
    title = f"{len(few)} of {len(result.pareto)} causes make {percent(few[-1].cumulative)} of the count; first comes {few[0].name}"
    rows = [
        {
            "cause": one.name,
            "count": str(one.count),
            "share": percent(one.share, 1),
            "cumulative": percent(one.cumulative, 1),
            "few": "yes" if one.vital else "",
        }
        for one in result.pareto
    ]
    columns = {
        "cause": ("Cause", "text"),
        "count": ("Count", "count"),
        "share": ("Share", "ratio"),
        "cumulative": ("Cumulative", "ratio"),
        "few": ("Vital few", "text"),
    }
    return View(
        title=title,
        blocks=document(
            Picture(picture="pareto", title=title, alt=f"Pareto chart. {title}."),
            grid("Causes", columns, rows),
            *closing(result),
        ),
        pictures={"pareto": _bars(result, title)},
    )


def _bars(result: ControlChart, title: str) -> str:
    from experts.core.charts import ACCENT, MUTED, SECOND, figure, shorten, svg

    shown = result.pareto[:30]
    at = range(len(shown))
    with figure(9, 5.2, title) as (made, axes):
        axes.bar(at, [c.count for c in shown], color=[ACCENT if c.vital else "#A9B4BF" for c in shown])
        axes.set_xticks(list(at), [shorten(c.name, 24) for c in shown], rotation=35, ha="right", fontsize=9)
        axes.yaxis.get_major_locator().set_params(integer=True)
        tidy(axes, "", "Count")
        other = axes.twinx()
        other.plot(at, [float(c.cumulative) for c in shown], color=SECOND, marker="o", markersize=4)
        other.axhline(0.8, color=MUTED, linestyle="--", linewidth=1)
        other.set_ylim(0, 1.05)
        in_percent(other.yaxis)
        other.set_ylabel("Cumulative share (line); 80% dashed")
        return svg(made)
