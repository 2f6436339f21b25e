"""Conversions credited to each channel."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.marketing_sales.tools.attribute_conversions import Attribution
from experts.marketing_sales.views._look import number, percent, words


def view(result: Attribution, arguments: Mapping[str, Any]) -> View:
    """Bars by channel and the table."""
    from experts.core.charts import ACCENT, GRID, figure, shorten, svg

    order = sorted(result.channels, key=lambda name: (result.channels[name].conversions, name))
    first = order[-1]
    title = (
        f"{words(first)} is credited with {percent(result.channels[first].share)} of {result.conversions:,} conversions"
    )
    most = float(result.channels[first].conversions)
    with figure(7.2, 1.5 + 0.36 * len(order), title) as (made, axes):
        axes.barh(range(len(order)), [float(result.channels[name].conversions) for name in order], color=ACCENT)
        for at, name in enumerate(order):
            row = result.channels[name]
            said = f"{number(row.conversions, 1)} ({percent(row.share)})"
            axes.annotate(said, (float(row.conversions), at), (4, -4), textcoords="offset points", fontsize=9)
        axes.set_yticks(range(len(order)), [shorten(words(name), 26) for name in order])
        axes.set_xlim(0, most * 1.25)
        axes.set_xlabel("Conversions credited; a description, not what the channel caused")
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        picture = svg(made)
    rows = [
        {
            "channel": words(name),
            "conversions": number(result.channels[name].conversions),
            "share": percent(result.channels[name].share),
            "effect": percent(result.channels[name].removal_effect),
        }
        for name in reversed(order)
    ]
    columns = {
        "channel": ("Channel", "text"),
        "conversions": ("Conversions", "count"),
        "share": ("Share", "rate"),
    } | ({"effect": ("Removal effect", "rate")} if any(row["effect"] for row in rows) else {})
    return View(
        title=title,
        blocks=document(
            Picture(picture="credit", title=title, alt=f"Conversions credited by channel. {title}."),
            grid("Credit", columns, rows),
            *closing(result),
        ),
        pictures={"credit": picture},
    )
