"""Who has how many tasks at once, day by day."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from experts.core.blocks import Callout, Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.check_resource_load import ResourceLoad
from experts.project_management.views._loads import PANELS, histogram

MOST_SHOWN = 25  # the overloaded first


def view(result: ResourceLoad, arguments: Mapping[str, Any]) -> View:
    """Histograms by person, and the spans in which somebody has too much."""
    names = result.overloaded
    title = f"All {len(result.people)} people can do what is planned"
    if names:
        shown = ", ".join(names[:4]) + (" and more" if len(names) > 4 else "")
        title = f"{len(names)} of {len(result.people)} people have too much at once: {shown}"
    spans = [
        {
            "person": person,
            "first": f"{span.first}",
            "last": f"{span.last}",
            "days": str(span.days),
            "most": f"{span.at_once} of {load.capacity}",
            "tasks": ", ".join(span.tasks),
        }
        for person, load in result.people.items()
        for span in load.spans.values()
    ]
    columns = {
        "person": ("Person", "text"),
        "first": ("From", "text"),
        "last": ("To", "text"),
        "days": ("Working days", "count"),
        "most": ("At once, of capacity", "text"),
        "tasks": ("Tasks", "text"),
    }
    pictures = _pictures(result, arguments, title)
    bodies: list[Any] = [
        Picture(picture=key, title=title, alt=f"Tasks at once by person. {title}.") for key in pictures
    ]
    bodies.append(
        grid("Too much at once", columns, spans) if spans else Callout(tone="good", text="Nobody is over capacity.")
    )
    return View(title=title, blocks=document(*bodies, *closing(result)), pictures=pictures)


def _pictures(result: ResourceLoad, arguments: Mapping[str, Any], title: str) -> dict[str, str]:
    from experts.core.calendar import working_calendar

    tasks = [task for task in arguments["tasks"].values() if task.duration and task.owner in result.people]
    if not tasks:
        return {}
    calendar = working_calendar(arguments["country"], arguments.get("subdivision"), arguments.get("weekend"))
    first, last = min(task.start for task in tasks), max(task.finish for task in tasks)
    at = {day: number for number, day in enumerate(calendar.working_days(first, last))}
    panels: list[tuple[str, list[int], list[int], int]] = []
    shown = sorted(result.people.items(), key=lambda item: item[0] not in result.overloaded)[:MOST_SHOWN]
    for person, load in shown:
        counts = [0] * len(at)
        for task in tasks:
            if task.owner == person:
                for day in calendar.working_days(task.start, task.finish):
                    counts[at[day]] += 1
        panels.append((person, [], counts, load.capacity))
    mondays = [first - timedelta(days=first.weekday()) + timedelta(days=7 * week) for week in range(len(at) // 4 + 3)]
    begins = [next((number for day, number in at.items() if day >= monday), None) for monday in mondays]
    ticks = [(number, f"{monday:%d %b}") for monday, number in zip(mondays, begins, strict=True) if number is not None]
    ticks = ticks[:: -(-len(ticks) // 12)]
    pages = [panels[start : start + PANELS] for start in range(0, len(panels), PANELS)]
    return {
        f"load-{number}": histogram(title, page, "Working days, by week from", ticks)
        for number, page in enumerate(pages, 1)
    }
