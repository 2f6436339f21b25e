"""TAM, SAM and SOM as nested circles, with both ways side by side."""

import math
from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.size_market import MarketSize
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import amount, figure, grid, page, percent, words

MEANING = {"TAM": "everyone who could buy", "SAM": "of these, those we can serve", "SOM": "of these, those we can win"}
RADIUS, LEAST = 150.0, 16.0


def view(result: MarketSize, arguments: Mapping[str, Any]) -> View:
    """Title, circles, both ways by level, and the segments."""
    currency = str(arguments["currency"])
    som, sam = result.levels[2], result.levels[1]
    verdict = {
        None: "sized bottom-up only",
        True: "top-down agrees within a factor of two",
        False: "top-down disagrees by more than two",
    }[result.reconciled]
    title = f"{amount(sam.bottom_up, currency)} a year can be served, {amount(som.bottom_up, currency)} won; {verdict}"
    rows = [
        {
            "level": f"{row.level}: {MEANING[row.level]}",
            "up": figure(row.bottom_up),
            "low": figure(row.low),
            "high": figure(row.high),
            "down": "" if row.top_down is None else figure(row.top_down),
            "ratio": "" if row.ratio is None else figure(row.ratio),
        }
        for row in result.levels
    ]
    columns = {
        "level": ("Level", "text"),
        "up": (f"Bottom-up, {currency}", "money"),
        "low": ("Low", "money"),
        "high": ("High", "money"),
        "down": ("Top-down", "money"),
        "ratio": ("Factor", "ratio"),
    }
    given = arguments["segments"]
    segments = [
        {
            "name": words(key),
            "customers": figure(given[key].customers),
            "value": figure(given[key].annual_value),
            **{level: figure(value) for level, value in values.items()},
            "source": given[key].source or "assumption",
        }
        for key, values in result.by_segment.items()
    ]
    parts = {
        "name": ("Segment", "text"),
        "customers": ("Customers", "count"),
        "value": ("Value a year", "money"),
        "tam": ("TAM", "money"),
        "sam": ("SAM", "money"),
        "som": ("SOM", "money"),
        "source": ("Source", "text"),
    }
    picture = _circles(result, title, currency)
    return page(
        title,
        result,
        grid("Both ways", columns, rows),
        grid("Segments", parts, segments),
        pictures={"circles": (picture, title)},
    )


def _circles(result: MarketSize, title: str, currency: str) -> str:
    drawing = svg.Drawing(860, 470, title)
    top = drawing.heading(
        title, f"{currency} a year, bottom-up with its range; circle areas are to scale unless a circle is marked"
    )
    floor, centre = top + 2 * RADIUS + 14, 190.0
    largest = max(float(result.levels[0].bottom_up), 1.0)
    fills = (svg.TINTS[svg.NAVY], "#9CC3DC", svg.RUST)
    slots = [top + 30 + at * 108 for at in range(3)]
    for at, row in enumerate(result.levels):
        exact = RADIUS * math.sqrt(float(row.bottom_up) / largest)
        radius = max(exact, LEAST - 3 * at + 4 if at else LEAST)
        drawing.circle(centre, floor - radius, radius, fills[at], svg.NAVY, 1.2)
        colour = svg.INK
        peak = floor - 2 * radius
        y = slots[at]
        start_y = peak + min(radius * 0.35, 16) if at < 2 else floor - radius
        reach = math.sqrt(max(radius**2 - (floor - radius - start_y) ** 2, 0.0))
        drawing.path(
            f"M{svg.number(centre + reach)} {svg.number(start_y)}L{svg.number(392)} {svg.number(y - 5)}L{svg.number(404)} {svg.number(y - 5)}",
            stroke=svg.MUTED,
        )
        mark = " *" if exact < radius - 0.01 else ""
        drawing.text(412, y, f"{row.level}{mark}", 15, svg.NAVY, bold=True)
        drawing.text(468, y, svg.shorten(amount(row.bottom_up, currency), 15, 370, True), 15, colour, bold=True)
        drawing.text(
            412,
            y + 19,
            svg.shorten(f"{MEANING[row.level]}; range {amount(row.low)} to {amount(row.high)}", 11, 430),
            11,
            svg.MUTED,
        )
        if row.top_down is not None:
            factor = "" if row.ratio is None else f", factor {figure(row.ratio)}"
            off = row.ratio is not None and row.ratio > 2
            drawing.text(
                412,
                y + 37,
                svg.shorten(f"top-down {amount(row.top_down)}{factor}", 11, 430),
                11,
                svg.RUST if off else svg.MUTED,
                bold=off,
            )
        elif at:
            before = result.levels[at - 1].bottom_up
            share = percent(row.bottom_up / before) if before else "0 %"
            drawing.text(412, y + 37, f"{share} of {result.levels[at - 1].level}", 11, svg.MUTED)
    if any(RADIUS * math.sqrt(float(row.bottom_up) / largest) < LEAST for row in result.levels):
        drawing.text(24, 456, "* drawn larger than to scale, so that it can be seen", 10, svg.MUTED)
    return drawing.svg()
