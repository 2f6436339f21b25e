"""A workflow as a flow picture, by stages, with the longest chain marked."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.personal_assistant.tools.run_workflow import Workflow
from experts.personal_assistant.views._draw import (
    BLUE,
    INK,
    MUTED,
    RUST,
    TINTS,
    Drawing,
    counted,
    shorten,
    width_of,
    wrap,
)

_ACROSS = 4
_WIDE, _HIGH, _GAP, _DOWN = 200.0, 72.0, 20.0, 44.0


def view(result: Workflow, arguments: Mapping[str, Any]) -> View:
    """Stages from top to bottom; steps side by side can run at the same time."""
    steps = arguments["steps"]
    title = f"{counted(len(result.order), 'step')} in {counted(len(result.stages), 'stage')}"
    if result.minutes:
        title += f": {result.minutes} minutes at least, {result.minutes_one_by_one} one after the other"
    chain = set(result.longest_chain) if result.minutes else set()
    stage_of = {key: stage.number for stage in result.stages for key in stage.steps}
    columns = {
        "stage": ("Stage", "count"),
        "name": ("Step", "text"),
        "who": ("Who", "text"),
        "minutes": ("Minutes", "count"),
        "from": ("Earliest, minute", "count"),
        "needs": ("After", "text"),
    }
    rows = [
        {
            "stage": f"{stage_of[key]}",
            "name": steps[key].name,
            "who": steps[key].who or "to be named",
            "minutes": f"{steps[key].minutes or ''}",
            "from": f"{result.earliest[key]}",
            "needs": ", ".join(steps[other].name for other in steps[key].needs),
        }
        for key in result.order
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="flow", title=title, alt=f"Steps of the workflow by stage with arrows. {title}."),
            grid("Steps in order", columns, rows),
            *closing(result),
        ),
        pictures={"flow": _flow(result, steps, chain, title)},
    )


def _flow(result: Workflow, steps: Mapping[str, Any], chain: set[str], title: str) -> str:
    across = min(_ACROSS, max(len(stage.steps) for stage in result.stages))
    width = max(640.0, 110 + across * (_WIDE + _GAP) + 20)
    made = Drawing(width, title)
    y = made.top + 8.0
    at: dict[str, tuple[float, float]] = {}
    labels: list[tuple[float, str]] = []
    for stage in result.stages:
        labels.append((y + _HIGH / 2 + 4, f"Stage {stage.number}"))
        for start in range(0, len(stage.steps), across):
            line = stage.steps[start : start + across]
            x = 110 + (across - len(line)) * (_WIDE + _GAP) / 2
            for key in line:
                at[key] = (x, y)
                x += _WIDE + _GAP
            y += _HIGH + 14
        y += _DOWN - 14
    for key, step in steps.items():
        for other in step.needs:
            marked = key in chain and other in chain
            (x1, y1), (x2, y2) = at[other], at[key]
            made.arrow(x1 + _WIDE / 2, y1 + _HIGH, x2 + _WIDE / 2, y2, RUST if marked else MUTED)
    for down, text in labels:
        made.text(20, down, text, 12, MUTED, bold=True)
    for key, (x, top) in at.items():
        colour = RUST if key in chain else BLUE
        made.rect(x, top, _WIDE, _HIGH, TINTS[colour], colour, 6)
        for number, line_of in enumerate(wrap(steps[key].name, 11.5, _WIDE - 20, 2, bold=True)):
            made.text(x + 10, top + 20 + 15 * number, line_of, 11.5, INK, bold=True)
        minutes = f"{steps[key].minutes} min" if steps[key].minutes else ""
        made.text(x + 10, top + 60, shorten(steps[key].who, 10.5, _WIDE - 28 - width_of(minutes, 10.5)), 10.5, INK)
        made.text(x + _WIDE - 10, top + 60, minutes, 10.5, INK, "end")
    if chain:
        made.text(110, y - _DOWN + 38, "Red: the longest chain, which sets the least time.", 10.5, MUTED)
    return made.svg(y + 8)
