"""The work breakdown structure as a chart: branches side by side, their parts below them."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.build_wbs import Coded, Wbs
from experts.project_management.views._look import figure_of, percent
from experts.project_management.views._svg import INK, MUTED, NAVY, Canvas, lines_of

ACROSS, WIDE, GAP, STEP, BOX = 5, 206, 16, 46, 38
MOST_DRAWN, MOST_BRANCHES = 150, 60


def view(result: Wbs, arguments: Mapping[str, Any]) -> View:
    """Chart, dictionary of elements, and costs where there are any."""
    worth = f", worth {figure_of(result.total)}" if result.total is not None else ""
    whole = next(iter(result.elements.values()))
    title = f"{whole.label}: {result.work_packages} work packages on {result.levels} levels{worth}"
    rows = [
        {
            "code": one.code,
            "element": f"{'    ' * (one.level - 1)}{one.label}",
            "kind": "work package" if one.work_package else "",
            "cost": figure_of(one.cost) if one.cost is not None else "",
            "share": percent(one.share_of_parent, 1) if one.share_of_parent is not None else "",
        }
        for one in result.elements.values()
    ]
    columns = {"code": ("Code", "text"), "element": ("Element", "text"), "kind": ("Kind", "text")}
    if result.total is not None:
        columns |= {"cost": ("Cost", "money"), "share": ("Share of parent", "ratio")}
    return View(
        title=title,
        blocks=document(
            Picture(picture="wbs", title=title, alt=f"Work breakdown structure. {title}."),
            grid("WBS dictionary", columns, [{key: row[key] for key in columns} for row in rows]),
            *closing(result),
        ),
        pictures={"wbs": _chart(result, title)},
    )


def _chart(result: Wbs, title: str) -> str:
    elements = list(result.elements.values())
    deepest = result.levels
    while deepest > 2 and sum(one.level <= deepest for one in elements) > MOST_DRAWN:
        deepest -= 1
    drawn = [one for one in elements if one.level <= deepest]
    every = _branches(drawn)
    branches = every[:MOST_BRANCHES]
    across = max(2, min(ACROSS, len(branches)))
    width = 40 + across * WIDE + (across - 1) * GAP
    bands = [branches[at : at + across] for at in range(0, len(branches), across)]
    height = 220 + sum(STEP * max(map(len, band)) + 40 for band in bands)
    canvas = Canvas(width, height, title)
    y = canvas.top
    _box(canvas, drawn[0], width / 2 - 150, y, 300)
    trunk = y = y + BOX
    for band in bands:
        y = _band(canvas, band, y + 30, trunk, width)
    if len(branches) < len(every):
        canvas.text(
            20, y + 16, f"The first {len(branches)} of {len(every)} branches; the dictionary has all.", 11, MUTED
        )
        y += 20
    if deepest < result.levels:
        canvas.text(20, y + 16, f"Drawn down to level {deepest}; the dictionary has every element.", 11, MUTED)
        y += 20
    return canvas.svg(y + 18)


def _branches(drawn: list[Coded]) -> list[list[Coded]]:
    found: list[list[Coded]] = []
    for one in drawn[1:]:
        if one.level == 2:
            found.append([])
        found[-1].append(one)
    return found


def _band(canvas: Canvas, band: list[list[Coded]], top: float, trunk: float, width: float) -> float:
    """Draw branches beside each other from `top`; returns where the longest ends."""
    bus = top - 14
    lefts = [20 + at * (WIDE + GAP) for at in range(len(band))]
    if band and trunk < top:
        spine = 10.0 if top - trunk > 40 else width / 2
        if spine == 10.0:
            canvas.path([(width / 2, trunk), (width / 2, trunk + 16), (spine, trunk + 16), (spine, bus)], MUTED)
        else:
            canvas.path([(spine, trunk), (spine, bus)], MUTED)
        ends = [spine, *(left + WIDE / 2 for left in lefts)]
        canvas.path([(min(ends), bus), (max(ends), bus)], MUTED)
    lowest = top
    for left, branch in zip(lefts, band, strict=True):
        canvas.path([(left + WIDE / 2, bus), (left + WIDE / 2, top)], MUTED)
        y = top
        at_level: dict[int, float] = {}
        for one in branch:
            indent = 16 * (one.level - 2)
            _box(canvas, one, left + indent, y, WIDE - indent)
            if one.level > 2:
                rail = left + indent - 8
                canvas.path([(rail, at_level[one.level - 1]), (rail, y + BOX / 2), (left + indent, y + BOX / 2)], MUTED)
            at_level[one.level] = y + BOX
            y += STEP
        lowest = max(lowest, y)
    return lowest


def _box(canvas: Canvas, one: Coded, x: float, y: float, w: float) -> None:
    fill = {1: NAVY, 2: "#DCE8F1"}.get(one.level, "#FFFFFF" if one.work_package else "#F2F5F8")
    ink = "#FFFFFF" if one.level == 1 else INK
    canvas.box(x, y, w, BOX, fill, NAVY if one.level < 3 else "#9FB0BF")
    cost = f"  {figure_of(one.cost)}" if one.cost is not None else ""
    lines = lines_of(f"{one.code} {one.label}{cost}", 11, w - 14, 2, one.level < 3)
    first = y + BOX / 2 + (4 if len(lines) == 1 else -3)
    for number, line in enumerate(lines):
        canvas.text(x + 7, first + 14 * number, line, 11, ink, one.level < 3)
