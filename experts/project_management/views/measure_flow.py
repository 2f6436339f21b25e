"""Cycle times as a histogram with their percentiles; Little's law as figures."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.measure_flow import Flow
from experts.project_management.views._look import figure_of, tidy


def view(result: Flow, arguments: Mapping[str, Any]) -> View:
    """How long items take, and what that implies."""
    title = (
        f"On average {figure_of(result.wip)} items in progress, {figure_of(result.throughput)} finished per unit of time, "
        f"{figure_of(result.cycle_time)} each"
    )
    rows = [
        {"name": name, "value": figure_of(value)}
        for name, value in (
            ("Work in progress, items", result.wip),
            ("Throughput, items per unit of time", result.throughput),
            ("Cycle time, units of time", result.cycle_time),
        )
    ]
    pictures = {}
    bodies: list[Any] = []
    if result.percentiles:
        found = result.percentiles
        title = f"85% of items took {figure_of(found.p85)} or less; half took {figure_of(found.p50)} or less"
        rows += [
            {"name": f"{percent}% took at most", "value": figure_of(value)}
            for percent, value in ((50, found.p50), (70, found.p70), (85, found.p85), (95, found.p95))
        ]
        pictures["cycle-times"] = _chart(result, arguments, title)
        bodies.append(Picture(picture="cycle-times", title=title, alt=f"Histogram of cycle times. {title}."))
    columns = {"name": ("Figure", "text"), "value": ("Value", "ratio")}
    return View(title=title, blocks=document(*bodies, grid("Flow", columns, rows), *closing(result)), pictures=pictures)


def _chart(result: Flow, arguments: Mapping[str, Any], title: str) -> str:
    from experts.core.charts import INK, SECOND, figure, svg

    found = result.percentiles
    assert found is not None
    times = [float(one) for one in arguments["cycle_times"]]
    with figure(9, 4.4, title) as (made, axes):
        axes.hist(times, bins=min(30, max(5, len(times) // 2)), color="#A9C5DC", edgecolor="white")
        for name, value, color in (("50%", found.p50, INK), ("85%", found.p85, SECOND)):
            axes.axvline(float(value), color=color, linestyle="--", linewidth=1.4, label=f"{name}: {figure_of(value)}")
        axes.yaxis.get_major_locator().set_params(integer=True)
        tidy(axes, "Cycle time, units of time", "Items", 2)
        return svg(made)
