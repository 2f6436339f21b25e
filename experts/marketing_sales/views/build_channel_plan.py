"""The channel matrix: channels against stages, with bounds and what the curves bring."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.marketing_sales.tools.build_channel_plan import ChannelPlan
from experts.marketing_sales.views._look import ACCENT, BAD, MUTED, box, canvas, fit, money, number, text, words

NAME, CELL, ROW, SIDE = 190, 104, 30, 210


def view(result: ChannelPlan, arguments: Mapping[str, Any]) -> View:
    """The matrix, then the table of bounds and results."""
    title = f"{len(result.channels)} channels for: {result.goal}"
    if result.uncovered:
        title += f"; nothing serves {' and '.join(result.uncovered)}"
    currency = result.currency
    rows = [
        {
            "channel": words(key),
            "stages": ", ".join(row.stages),
            "minimum": money(row.minimum, currency),
            "maximum": money(row.maximum, currency),
            "least": number(row.results_at_minimum),
            "most": number(row.results_at_maximum),
            "marginal": number(row.marginal_at_maximum, 4),
        }
        for key, row in result.channels.items()
    ]
    columns = {
        "channel": ("Channel", "text"),
        "stages": ("Stages", "text"),
        "minimum": (f"Minimum, {currency}", "money"),
        "maximum": (f"Maximum, {currency}", "money"),
        "least": ("Results at minimum", "count"),
        "most": ("Results at maximum", "count"),
        "marginal": (f"Results for one more {currency} at maximum", "ratio"),
    }
    return View(
        title=title,
        subtitle=result.audience,
        blocks=document(
            Picture(picture="matrix", title=title, alt=f"Channels by {result.framework} stage. {title}."),
            grid("Channels", columns, rows, "Empty cells: no curve."),
            *closing(result),
        ),
        pictures={"matrix": _matrix(result, title)},
    )


def _matrix(result: ChannelPlan, title: str) -> str:
    stages = list(result.coverage)
    width, parts = 16 + NAME + CELL * len(stages) + SIDE, []
    for at, stage in enumerate(stages):
        empty = stage in result.uncovered
        parts.append(
            text(16 + NAME + CELL * (at + 0.5), 88, words(stage), 12, BAD if empty else ACCENT, "middle", True)
        )
    parts.append(text(width - 16, 88, f"Spend, {result.currency}", 12, ACCENT, "end", True))
    for line, (key, row) in enumerate(result.channels.items()):
        y = 100 + ROW * line
        parts.append(text(16, y + 19, fit(words(key), 12, NAME - 12), 12))
        for at, stage in enumerate(stages):
            served = stage in row.stages
            parts.append(box(16 + NAME + CELL * at + 3, y + 3, CELL - 6, ROW - 6, ACCENT if served else "#F4F6F8"))
        low, high = money(row.minimum, result.currency), money(row.maximum, result.currency)
        parts.append(text(width - 16, y + 19, fit(f"{low} – {high}", 11, SIDE), 11, MUTED, "end"))
    bottom = 100 + ROW * len(result.channels)
    parts.append(box(16, bottom + 12, 14, 14, ACCENT) + text(36, bottom + 24, "serves the stage", 11, MUTED))
    return canvas(width, bottom + 40, title, parts)
