"""The funnel, its figures and the sources."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.contract import Model
from experts.core.view import View, closing, document, grid
from experts.hr_people_ops.tools.measure_recruiting_funnel import RecruitingFunnel
from experts.hr_people_ops.views._look import INK, MUTED, canvas, fit, money, number, percent, text


def view(result: RecruitingFunnel, arguments: Mapping[str, Any]) -> View:
    """Funnel, key figures and sources."""
    currency = arguments["currency"]
    title = f"{result.stages[0].people:,} people led to {result.stages[-1].people:,} at the last stage; "
    title += f"most are lost on the way to {result.largest_drop.lower()}"
    bodies: list[Model] = [Picture(picture="funnel", title=title, alt=f"People by stage. {title}.")]
    figures = [
        ("People per hire", number(result.applicants_per_hire, 1)),
        (f"Cost per hire, {currency}", money(result.cost_per_hire)),
        ("Days to fill, median", number(result.days_median, 1)),
        ("Days to fill, mean", number(result.days_mean, 1)),
        ("Days to fill, 90th percentile", number(result.days_90th, 0)),
    ]
    told = [{"figure": name, "value": value} for name, value in figures if value]
    if told:
        bodies.append(grid("Key figures", {"figure": ("Figure", "text"), "value": ("Value", "ratio")}, told))
    columns = {
        "stage": ("Stage", "text"),
        "people": ("People", "count"),
        "conversion": ("From stage before", "rate"),
        "cumulative": ("From the start", "rate"),
    }
    rows = [
        {
            "stage": row.stage,
            "people": f"{row.people:,}",
            "conversion": percent(row.conversion),
            "cumulative": percent(row.cumulative),
        }
        for row in result.stages
    ]
    bodies.append(grid("Stages", columns, rows))
    if result.sources:
        columns = {
            "source": ("Source", "text"),
            "share": ("Share of hires", "rate"),
            "yield": ("Hires per applicant", "rate"),
            "cost": (f"Cost per hire, {currency}", "money"),
        }
        rows = [
            {
                "source": row.source,
                "share": percent(row.hires_share),
                "yield": percent(row.yield_rate),
                "cost": money(row.cost_per_hire),
            }
            for row in result.sources
        ]
        bodies.append(grid("Sources", columns, rows))
    return View(title=title, blocks=document(*bodies, *closing(result)), pictures={"funnel": _funnel(result, title)})


def _funnel(result: RecruitingFunnel, title: str) -> str:
    width, top, height, gap = 760, 64, 44, 8
    middle, widest = 430.0, 400.0
    parts = []
    first = result.stages[0].people
    for at, row in enumerate(result.stages):
        y = top + at * (height + gap)
        here = max(widest * row.people / first, 4)
        after = result.stages[at + 1].people if at + 1 < len(result.stages) else row.people
        low = max(widest * after / first, 4)
        points = (
            f"{middle - here / 2:g},{y} {middle + here / 2:g},{y} "
            f"{middle + low / 2:g},{y + height} {middle - low / 2:g},{y + height}"
        )
        parts.append(f'<polygon points="{points}" fill="#A9C5DC" stroke="#12507B" stroke-width="0.8"/>')
        parts.append(text(16, y + height / 2 + 5, fit(row.stage, 12.5, 200), 12.5, INK, bold=True))
        parts.append(text(middle, y + height / 2 + 5, f"{row.people:,}", 13, INK, "middle", bold=True))
        if row.conversion is not None:
            parts.append(text(width - 16, y + height / 2 + 5, f"{percent(row.conversion)} of before", 11, MUTED, "end"))
    return canvas(width, top + len(result.stages) * (height + gap) + 10, title, parts)
