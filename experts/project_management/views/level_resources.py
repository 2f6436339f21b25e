"""Load before and after levelling, by resource, and the levelled dates in day numbers."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.level_resources import Demand, Leveled
from experts.project_management.views._loads import PANELS, histogram
from experts.project_management.views._look import days, percent


def view(result: Leveled, arguments: Mapping[str, Any]) -> View:
    """Histograms, tasks in order of start, and use by resource."""
    proof = "proven shortest" if result.optimal else f"at least {result.lower_bound}"
    title = f"Within capacity the work takes {days(result.makespan)} ({proof}), {result.without_limits} without limits"
    tasks: Mapping[str, Demand] = arguments["tasks"]
    panels = [
        (name, _load(result, tasks, name, False), _load(result, tasks, name, True), use.capacity)
        for name, use in result.resources.items()
    ]
    pages = [panels[at : at + PANELS] for at in range(0, len(panels), PANELS)]
    pictures = {f"load-{number}": histogram(title, page, "Working day") for number, page in enumerate(pages, 1)}
    order = sorted(result.tasks, key=lambda key: (result.tasks[key].start, result.tasks[key].finish, key))
    rows = [
        {
            "task": key,
            "start": str(result.tasks[key].start + (tasks[key].duration > 0)),
            "finish": str(result.tasks[key].finish),
            "moved": str(result.tasks[key].moved),
            "demand": ", ".join(f"{name} {units}" for name, units in tasks[key].demand.items() if units),
        }
        for key in order
    ]
    columns = {
        "task": ("Task", "text"),
        "start": ("First day", "count"),
        "finish": ("Last day", "count"),
        "moved": ("Days later", "count"),
        "demand": ("Needs a day", "text"),
    }
    use = [
        {
            "name": name,
            "capacity": str(one.capacity),
            "before": str(one.peak_before),
            "over": str(one.days_over_before),
            "peak": str(one.peak),
            "used": percent(one.used, 1),
        }
        for name, one in result.resources.items()
    ]
    heads = {
        "name": ("Resource", "text"),
        "capacity": ("Capacity", "count"),
        "before": ("Peak without limits", "count"),
        "over": ("Days above capacity without limits", "count"),
        "peak": ("Peak now", "count"),
        "used": ("Used", "ratio"),
    }
    shown = [Picture(picture=key, title=title, alt=f"Load by resource and day. {title}.") for key in pictures]
    return View(
        title=title,
        blocks=document(
            *shown, grid("Resources", heads, use), grid("Tasks in order of start", columns, rows), *closing(result)
        ),
        pictures=pictures,
    )


def _load(result: Leveled, tasks: Mapping[str, Demand], name: str, leveled: bool) -> list[int]:
    used = [0] * max((one.finish for one in result.tasks.values()), default=0)
    for key, placed in result.tasks.items():
        begin = placed.start if leveled else placed.start - placed.moved
        for day in range(begin, begin + tasks[key].duration):
            used[day] += tasks[key].demand.get(name, 0)
    return used
