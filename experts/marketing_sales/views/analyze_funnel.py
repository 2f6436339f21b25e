"""The funnel: one bar a stage, with the conversion between them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.marketing_sales.tools.analyze_funnel import FunnelResult
from experts.marketing_sales.views._look import ACCENT, BAD, INK, MUTED, box, canvas, fit, money, percent, text

LEFT, BAR, ROW = 230, 400, 58


def view(result: FunnelResult, arguments: Mapping[str, Any]) -> View:
    """The funnel and its table."""
    currency = str(arguments.get("currency") or "")
    tiny = 0 < result.overall < Decimal("0.0001")
    share = "Fewer than 0.01%" if tiny else percent(result.overall, 2)
    title = f"{share} reach {result.stages[-1].name}; the weakest step is the one to {result.weakest_step}"
    rows = [
        {
            "stage": stage.name,
            "count": f"{stage.count:,}",
            "conversion": percent(stage.conversion),
            "interval": ""
            if stage.conversion is None
            else f"{percent(stage.conversion_low)} to {percent(stage.conversion_high)}",
            "lost": "" if stage.lost is None else f"{stage.lost:,}",
            "overall": percent(stage.overall, 2),
            "cost": "" if not currency else money(stage.cost_each, currency),
        }
        for stage in result.stages
    ]
    columns = {
        "stage": ("Stage", "text"),
        "count": ("People", "count"),
        "conversion": ("Of the stage before", "rate"),
        "interval": ("Interval", "rate"),
        "lost": ("Lost", "count"),
        "overall": ("Of the first stage", "rate"),
    } | ({"cost": (f"Cost each, {currency}", "money")} if any(row["cost"] for row in rows) else {})
    return View(
        title=title,
        blocks=document(
            Picture(picture="funnel", title=title, alt=f"Funnel. {title}."),
            grid("Stages", columns, rows),
            *closing(result),
        ),
        pictures={"funnel": _funnel(result, title)},
    )


def _funnel(result: FunnelResult, title: str) -> str:
    first, parts = result.stages[0].count, []
    for at, stage in enumerate(result.stages):
        y, width = 72 + ROW * at, max(2.0, BAR * stage.count / first)
        weak = stage.name == result.weakest_step
        parts.append(text(16, y + 20, fit(stage.name, 12, LEFT - 24), 12, INK, bold=weak))
        parts.append(box(LEFT + (BAR - width) / 2, y, width, 32, BAD if weak else ACCENT, "#FFFFFF"))
        parts.append(text(LEFT + BAR + 14, y + 20, f"{stage.count:,}", 12, INK, bold=True))
        if stage.conversion is not None:
            said = f"{percent(stage.conversion)} go on, {stage.lost or 0:,} lost"
            parts.append(text(LEFT + BAR / 2, y - 10, said, 11, BAD if weak else MUTED, "middle"))
    return canvas(LEFT + BAR + 150, 72 + ROW * len(result.stages), title, parts)
