"""The journey: stages, the curve of feeling, pains, and the survey figures."""

import itertools
from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.map_customer_journey import Journey, Measure
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import brief, figure, grid, page, percent

FEELINGS = {-2: "bad", -1: "poor", 0: "neutral", 1: "good", 2: "delighted"}


def view(result: Journey, arguments: Mapping[str, Any]) -> View:
    """Title, journey, pains and measures."""
    worst = "" if not result.pains else f"; the worst pain is “{brief(result.pains[0].what)}”"
    title = f"{brief(result.persona)}: “{brief(result.lowest_stage)}” is the low point of the journey{worst}"
    stages = [
        {
            "n": s.name,
            "d": s.doing,
            "t": s.touchpoint,
            "f": FEELINGS[s.feeling],
            "p": "; ".join(f"{what} ({score})" for what, score in s.pains.items()),
        }
        for s in result.stages
    ]
    heads = {
        "n": ("Stage", "text"),
        "d": ("Doing", "text"),
        "t": ("Touchpoint", "text"),
        "f": ("Feeling", "text"),
        "p": ("Pains (severity x frequency)", "text"),
    }
    bodies = [grid("Stages", heads, stages)]
    if result.pains:
        rows = [{"s": p.stage, "w": p.what, "n": str(p.score)} for p in result.pains]
        bodies.append(
            grid(
                "Pains, worst first",
                {"s": ("Stage", "text"), "w": ("Pain", "text"), "n": ("Score of 25", "count")},
                rows,
            )
        )
    if result.measures:
        rows = [
            {"m": m.name, "v": _said(m, m.value), "l": _said(m, m.low), "h": _said(m, m.high), "n": str(m.answers)}
            for m in result.measures
        ]
        heads = {
            "m": ("Measure", "text"),
            "v": ("Value", "ratio"),
            "l": ("Low", "ratio"),
            "h": ("High", "ratio"),
            "n": ("Answers", "count"),
        }
        bodies.append(grid("Survey, with 95 % intervals", heads, rows))
    return page(title, result, *bodies, pictures={"journey": (_map(result, title), title)})


def _said(measure: Measure, value: Any) -> str:
    return percent(value) if measure.name == "CSAT" else figure(value)


def _map(result: Journey, title: str) -> str:
    count = len(result.stages)
    wide = max(132.0, (860 - 48 - 74) / count)
    drawing_width = 48 + 74 + wide * count
    most = max(
        (sum(len(svg.wrap(what, 10, wide - 34, 3)) * 13.5 + 9 for what in s.pains) for s in result.stages), default=0
    )
    drawing = svg.Drawing(drawing_width, 130 + 74 + 190 + 46 + most + 90, title)
    said = "; ".join(
        f"{m.name} {_said(m, m.value)} ({_said(m, m.low)} to {_said(m, m.high)}, n = {m.answers})"
        for m in result.measures
    )
    top = drawing.heading(title, said or "No survey figures given")
    left = 24 + 74.0
    for at, stage in enumerate(result.stages):
        x = left + at * wide
        last = x + wide - 4
        drawing.polygon(
            [(x + 2, top), (last - 8, top), (last, top + 17), (last - 8, top + 34), (x + 2, top + 34)]
            + ([] if at == 0 else [(x + 10, top + 17)]),
            svg.NAVY,
        )
        drawing.text(
            x + (wide / 2 if at == 0 else wide / 2 + 3),
            top + 22,
            svg.shorten(stage.name, 12, wide - 34, True),
            12,
            svg.PAPER,
            "middle",
            bold=True,
        )
        y = drawing.lines(x + 10, top + 54, stage.doing, wide - 20, 3, 10.5)
        if stage.touchpoint:
            drawing.text(x + 10, y, svg.shorten(stage.touchpoint, 10, wide - 20), 10, svg.TEAL)
    curve_top, curve_high = top + 122, 170.0
    for feeling, name in FEELINGS.items():
        y = _height(feeling, curve_top, curve_high)
        drawing.line(left, y, left + wide * count, y, svg.LINE, 0.8, "" if feeling == 0 else "3 4")
        drawing.text(left - 8, y + 4, name, 10, svg.MUTED, "end")
    points = [
        (left + at * wide + wide / 2, _height(stage.feeling, curve_top, curve_high))
        for at, stage in enumerate(result.stages)
    ]
    d = f"M{svg.number(points[0][0])} {svg.number(points[0][1])}"
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        middle = (x1 + x2) / 2
        d += f"C{svg.number(middle)} {svg.number(y1)} {svg.number(middle)} {svg.number(y2)} {svg.number(x2)} {svg.number(y2)}"
    drawing.path(d, stroke=svg.TEAL, thick=3)
    for (x, y), stage in zip(points, result.stages, strict=True):
        low = stage.name == result.lowest_stage
        drawing.circle(x, y, 8 if low else 6, svg.RUST if low else svg.TEAL, svg.PAPER, 2)
    base = curve_top + curve_high + 40
    drawing.text(24, base, "Pains", 12, svg.NAVY, bold=True)
    drawing.text(24, base + 15, "of 25", 10, svg.MUTED)
    for at, stage in enumerate(result.stages):
        x, y = left + at * wide, base
        for what, score in sorted(stage.pains.items(), key=lambda pain: -pain[1]):
            hot = score >= 15
            drawing.rect(x + 4, y - 12, 22, 16, svg.RUST if hot else svg.TINTS[svg.RUST], radius=3)
            drawing.text(x + 15, y, str(score), 10, svg.PAPER if hot else svg.RUST, "middle", bold=True)
            y = drawing.lines(x + 31, y, what, wide - 38, 3, 10) + 9
        if not stage.pains:
            drawing.text(x + 10, y, "none named", 10, svg.MUTED)
    drawing.height = base + max(most, 14) + 16
    return drawing.svg()


def _height(feeling: int, top: float, high: float) -> float:
    return top + high * (2 - feeling) / 4
